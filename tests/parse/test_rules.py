"""Pattern tables: every rule's own proofs, and what the loader refuses."""

from __future__ import annotations

import io
import tokenize
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from flows.errors import RuleError
from flows.parse import rules
from flows.parse.rules import Rule, load_part, load_rules, load_words

RULE = {"id": "grew", "pattern": "grew [ ] by", "hits": ["grew by"], "misses": ["grewby"]}


def tables() -> Iterator[tuple[str, dict[str, Any]]]:
    folder = resources.files("flows.parse").joinpath("patterns")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            yield file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8"))


def proofs() -> Iterator[Any]:
    for table, content in tables():
        for rule in load_rules(table) if content.get("rule") else ():
            yield from (pytest.param(rule, hit, True, id=f"{table}-{rule.id}-hits-{hit}") for hit in rule.hits)
            yield from (pytest.param(rule, miss, False, id=f"{table}-{rule.id}-misses-{miss}") for miss in rule.misses)


@pytest.mark.parametrize(("rule", "sample", "hit"), list(proofs()))
def test_a_rule_finds_its_hits_and_none_of_its_near_misses(rule: Rule, sample: str, hit: bool) -> None:  # noqa: FBT001
    assert bool(rule.pattern.search(sample)) is hit


@pytest.mark.parametrize(("table", "content"), list(tables()))
def test_every_table_loads_whole(table: str, content: dict[str, Any]) -> None:
    assert len(load_rules(table)) == len(content.get("rule", ()))
    assert set(load_words(table)) == set(content.get("words", {}))


def test_a_rule_keeps_what_its_user_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    [rule] = load(monkeypatch, {"rule": [RULE | {"measure": "change"}]})
    assert (rule.id, rule.hits, rule.misses, rule.data) == ("grew", ("grew by",), ("grewby",), {"measure": "change"})


def test_patterns_are_blind_to_case_unless_they_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    blind, exact = load(monkeypatch, {"rule": [RULE, RULE | {"id": "exact", "case": True}]})
    assert blind.pattern.search("Grew by")
    assert not exact.pattern.search("Grew by")


def test_bigger_patterns_are_built_from_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"verb": "grew | rose", "clause": "<<verb>> [ ] by"}
    [rule] = load(monkeypatch, {"parts": parts, "rule": [RULE | {"pattern": r"<<clause>> [ ] \d"}]})
    assert rule.pattern.search("rose by 5")
    assert load_part("invented", "clause") == "(?:grew | rose) [ ] by"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"rule": [RULE, RULE]}, "grew"),
        ({"rule": [RULE | {"hits": []}]}, "grew"),
        ({"rule": [{key: RULE[key] for key in ("id", "pattern", "hits")}]}, "grew"),
        ({"rule": [RULE | {"pattern": "<<verb>> by"}]}, "verb"),
        ({"parts": {"clause": "<<verb>> by", "verb": "grew"}, "rule": [RULE]}, "verb"),
        ({"rule": [RULE | {"pattern": "(grew"}]}, "grew"),
    ],
    ids=["an id twice", "no hits", "no misses", "an unknown part", "a part before its parts", "a bad expression"],
)
def test_wrong_rules_are_refused_by_table_and_name(
    content: dict[str, Any], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RuleError, match=rf"invented\.toml.*{told}"):
        load(monkeypatch, content)


def test_a_form_twice_in_a_lexicon_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    stage(monkeypatch, {"words": {"tens": ["twenty", "thirty", "twenty"]}})
    with pytest.raises(RuleError, match=r"invented\.toml: twenty .* tens"):
        load_words("invented")


def test_a_table_that_is_no_toml_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "patterns").mkdir()
    (tmp_path / "patterns" / "invented.toml").write_text("[[rule]\n", "utf-8")
    monkeypatch.setattr("flows.parse.rules.resources.files", lambda _: tmp_path)
    load_rules.cache_clear()
    with pytest.raises(RuleError, match=r"invented\.toml"):
        load_rules("invented")


def stage(monkeypatch: pytest.MonkeyPatch, content: dict[str, Any]) -> None:
    monkeypatch.setattr(rules, "_read", lambda _: content)
    for loader in (load_rules, load_part, load_words):
        loader.cache_clear()


def load(monkeypatch: pytest.MonkeyPatch, content: dict[str, Any]) -> tuple[Rule, ...]:
    stage(monkeypatch, content)
    return load_rules("invented")


@pytest.fixture(autouse=True)
def _forget_invented_tables() -> Iterator[None]:
    yield
    for loader in (load_rules, load_part, load_words):
        loader.cache_clear()


def test_code_writes_the_marks_of_values_by_name_for_only_tables_are_translated() -> None:
    folder = resources.files("flows.parse")
    sources = {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".py")}
    found = [
        (name, token.start[0])
        for name, source in sources.items()
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.STRING and not token.string.startswith('"""') and {*"⟨⟩"} & {*token.string}
    ]
    assert {name for name, _ in found} == {"marks.py"}
