"""A changed vocabulary has the texts parsed again that it touches, and the rows are those of a parse of all."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.gather import gather
from flows.parse import parse_raw
from flows.read import read_raw
from flows.records import Entity, Indicator, RawText
from flows.shards import Shard, Taken, stored, write_shard
from flows.vocabulary import Vocabulary, default_vocabulary

SAID = {
    "ore": "Exports of zinc ore rose by 4 percent in 2023. Zinc smelters in Hunan used 3 quintals of coke a day.",
    "ships": "Shipyards delivered 60 vessels in 2023, 4 more than in 2022. We will raise the output of ferries.",
    "yarn": "Output of cotton yarn was 7 million tonnes in 2023. We must open new mills in Zibo and Weifang.",
}
THEME = Entity("theme-ferries", "theme", "ferries", None, ("cotton mills", "new mills"), None)
NEW: tuple[tuple[str, object], ...] = (
    ("entities", Entity("zinc", "industry", "zinc", None, ("zinc ore",), None)),
    ("entities", Entity("ferry", "industry", "ferry", None, (), None)),
    ("entities", Entity("hunan-2", "place", "Hunan", None, ("Hunan Province",), None)),
    ("entities", THEME),
    ("indicators", Indicator("zinc-ore-exports", "zinc ore exports", "", "percent", None, (), "")),
    ("indicators", Indicator("delivered-vessels", "vessels delivered", "", "count", None, ("vessels",), "")),
)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    for name, words in SAID.items():
        (folder / f"{name}.txt").write_text(words)
    return folder


def change(vocabulary: Vocabulary, field: str, row: object) -> Vocabulary:
    rows = {field: (*getattr(vocabulary, field), row)}
    return vocabulary._replace(**rows)  # type: ignore[arg-type] # the fields are drawn


def without(vocabulary: Vocabulary, *words: str) -> Vocabulary:
    """Leave out all entities and units that these words name."""
    entities = tuple(it for it in vocabulary.entities if it.label not in words)
    ids = {it.entity_id for it in entities}
    entities = tuple(it._replace(broader_id=it.broader_id if it.broader_id in ids else None) for it in entities)
    units = tuple(it for it in vocabulary.units if it.form not in words)
    return vocabulary._replace(entities=entities, units=units)


def again(
    texts: tuple[RawText, ...], raw: Path, store: Path, vocabulary: Vocabulary, patch: pytest.MonkeyPatch
) -> list[str]:
    """Parse what a store does not have under a vocabulary, hold the rows against a parse of all, and return the ids."""
    patch.setattr("flows.shards.default_vocabulary", lambda: vocabulary)
    taken, missing, damaged = stored(store, texts, raw)
    assert not damaged
    shards: list[Shard] = [write_shard(missing, raw, store)] if missing else []
    assert stored(store, texts, raw)[1] == []
    both: list[dict[str, bytes]] = []
    for found in (
        [*taken, *(Taken(it.folder) for it in shards)],
        [Taken(write_shard(texts, raw, store / "all").folder)],
    ):
        folder = store / f"tables-{len(both)}-{len(list(store.iterdir()))}"
        folder.mkdir()
        gather(found, (), vocabulary, folder)
        both.append({path.name: path.read_bytes() for path in (folder / "data").iterdir()})
    assert both[0] == both[1]
    return [text.document_id for text in missing]


@pytest.mark.parametrize(
    ("field", "row", "parsed"),
    [
        (*NEW[0], ["ore"]),
        (*NEW[1], ["ships"]),
        (*NEW[2], ["ore"]),
        (*NEW[3], ["ships", "yarn"]),
        (*NEW[4], ["ore"]),
        (*NEW[5], ["ships"]),
        ("entities", Entity("titanium-2", "industry", "titanium", None, (), None), []),
    ],
)
def test_a_new_row_has_the_texts_parsed_again_that_hold_it(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str, row: object, parsed: list[str]
) -> None:
    texts, vocabulary = read_raw(raw, keep=False).texts, default_vocabulary()
    assert again(texts, raw, tmp_path, vocabulary, monkeypatch) == list(SAID)
    assert again(texts, raw, tmp_path, vocabulary, monkeypatch) == []
    assert again(texts, raw, tmp_path, change(vocabulary, field, row), monkeypatch) == parsed
    assert again(texts, raw, tmp_path, vocabulary, monkeypatch) == []  # the shard of all is there still


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(NEW)), st.sets(st.sampled_from(["Hunan", "Zibo", "tonnes", "coke", "steel"]))
        ),
        min_size=2,
        max_size=3,
    )
)
def test_any_changes_one_after_another_give_the_rows_of_a_parse_of_all(
    raw: Path, tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[set[tuple[str, object]], set[str]]]
) -> None:
    texts, store = read_raw(raw, keep=False).texts, tmp_path_factory.mktemp("store")
    for added, dropped in changes:
        vocabulary = without(default_vocabulary(), *dropped)
        for field, row in sorted(added, key=repr):
            vocabulary = change(vocabulary, field, row)
        with pytest.MonkeyPatch.context() as patch:
            again(texts, raw, store, vocabulary, patch)


def test_the_rows_do_differ(raw: Path) -> None:
    text = next(text for text in read_raw(raw).texts if text.document_id == "ore")
    vocabulary = default_vocabulary()
    changed = change(change(vocabulary, *NEW[0]), *NEW[4])
    before, after = parse_raw(text, vocabulary), parse_raw(text, changed)
    assert {it.indicator_id for it in after.metrics} - {it.indicator_id for it in before.metrics} == {
        "zinc-ore-exports"
    }
    assert "zinc" in {it.entity_id for it in after.mentions}
