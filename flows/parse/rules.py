"""Pattern tables: rules as data, compiled once.

A table is ``patterns/<name>.toml``. ``[parts]`` names fragments that patterns may use as ``<<name>>``, bigger ones
from smaller. Each ``[[rule]]`` has an ``id``, a verbose ``pattern`` (a printed blank is ``[ ]``), ``hits`` that it
must find and ``misses`` that it must not, and whatever else its user reads. ``[words]`` holds lexicons. A value
stands between ⟨ and ⟩, which are read as the marks of ``marks.py``.
One test runs every hit and near miss of every table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from flows.errors import RuleError
from flows.parse.marks import marked

_PART = re.compile(r"<<(\w+)>>")
_KNOWN = {"id", "pattern", "hits", "misses", "case", "before", "after"}


class Rule(NamedTuple):
    """A compiled rule; `before` and `after` are cheap conditions, `data` holds the table's further keys."""

    id: str
    pattern: re.Pattern[str]
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    data: Mapping[str, Any]
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None


@cache
def load_rules(table: str) -> tuple[Rule, ...]:
    """Compile the rules of ``patterns/<table>.toml``, in order.

    Raises:
        RuleError: an id stands twice, a part is unknown, a pattern does not compile, a proof is missing.
    """
    content = _read(table)
    parts = _resolve_parts(content.get("parts", {}), table)
    rules = tuple(_compile(entry, parts, table) for entry in content.get("rule", ()))
    twice = {rule.id for rule in rules if sum(other.id == rule.id for other in rules) > 1}
    if twice:
        raise RuleError(f"{table}.toml: rule {', '.join(sorted(twice))} stands twice; ids are unique in a table")
    return rules


@cache
def load_part(table: str, part: str) -> str:
    """Return one named fragment, its own parts filled in, to build a pattern in code."""
    return _resolve_parts(_read(table).get("parts", {}), table)[part]


@cache
def load_words(table: str) -> Mapping[str, frozenset[str]]:
    """Return the lexicons of a table: class name to forms, lower-case.

    Raises:
        RuleError: a form stands twice in a class, or in two classes that exclude each other.
    """
    words: dict[str, list[str]] = _read(table).get("words", {})
    for name, forms in words.items():
        twice = sorted({form for form in forms if forms.count(form) > 1})
        if twice:
            raise RuleError(f"{table}.toml: {', '.join(twice)} stands twice in [words] {name}")
    return {name: frozenset(forms) for name, forms in words.items()}


def _read(table: str) -> dict[str, Any]:
    source = resources.files("flows.parse").joinpath(f"patterns/{table}.toml").read_text("utf-8")
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{table}.toml: {error}") from None


def _resolve_parts(parts: Mapping[str, str], table: str) -> dict[str, str]:
    resolved: dict[str, str] = {}
    for name, fragment in parts.items():
        resolved[name] = _fill(fragment, resolved, f"{table}.toml: part {name}")
    return resolved


def _fill(pattern: str, parts: Mapping[str, str], where: str) -> str:
    def part(match: re.Match[str]) -> str:
        if match[1] not in parts:
            raise RuleError(f"{where}: <<{match[1]}>> is no part that stands before it")
        return f"(?:{parts[match[1]]})"

    return _PART.sub(part, marked(pattern))


def _compile(entry: Mapping[str, Any], parts: Mapping[str, str], table: str) -> Rule:
    name = entry.get("id", "?")
    where = f"{table}.toml: rule {name}"
    if not entry.get("hits") or not entry.get("misses"):
        raise RuleError(f"{where}: needs hits and misses; a rule without proof is a guess")
    flags = re.VERBOSE if entry.get("case") else re.VERBOSE | re.IGNORECASE
    try:
        pattern, before, after = (
            re.compile(_fill(entry[key], parts, where), flags) if key in entry else None
            for key in ("pattern", "before", "after")
        )
    except re.error as error:
        raise RuleError(f"{where}: {error}") from None
    if pattern is None:
        raise RuleError(f"{where}: needs a pattern")
    data = {key: value for key, value in entry.items() if key not in _KNOWN}
    hits, misses = (tuple(map(marked, entry[key])) for key in ("hits", "misses"))
    return Rule(name, pattern, hits, misses, data, before, after)


_PIECE = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL
)  # an escape, a set of characters, any other character
_OPENED = re.compile(r"\s*(?P<edge>(?:\\b)?)\s*\(\?:")  # a group that a pattern begins with


def ways_of(rule: Rule) -> Iterator[Rule]:
    """Yield the alternatives of a rule's pattern as rules of their own; what they add to its `id` stands behind "|".

    One of them matches where the rule does, if perhaps elsewhere in the words. Each asks for literals of its own, so
    that most need not be tried.
    """
    ways = [inner for way in _split(rule.pattern.pattern)[0] for inner in _ways_inside(way)]
    for at, way in enumerate(ways):
        yield rule._replace(id=f"{rule.id}|{at}", pattern=re.compile(way, rule.pattern.flags))


def _ways_inside(way: str) -> list[str]:
    """Return the alternatives of the group that an alternative begins with, each with what stands around the group."""
    opened = _OPENED.match(way)
    inner, end = _split(way[opened.end() :]) if opened else ([], 0)
    behind = way[opened.end() + end :] if opened else ""
    if not opened or behind.lstrip()[:1] in {"*", "+", "?", "{"}:
        return [way]
    return [f"{opened['edge']}(?:{it}){behind}" for it in inner]


def _split(pattern: str) -> tuple[list[str], int]:
    """Return the alternatives of a pattern, and where it ends; one that opens inside a group ends behind that."""
    ways, depth, at = [""], 0, 0
    for piece in _PIECE.findall(pattern):
        at += len(piece)
        depth += (piece == "(") - (piece == ")")
        if depth < 0:
            break
        if piece == "|" and not depth:
            ways.append("")
        else:
            ways[-1] += piece
    return ways, at


@cache
def load_pattern(table: str, rule: str) -> re.Pattern[str]:
    """Return the compiled pattern of one rule by its id."""
    return next(found.pattern for found in load_rules(table) if found.id == rule)
