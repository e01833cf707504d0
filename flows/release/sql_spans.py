"""Spans as SQL: `flows.release.spans`, rule by rule. Code points are counted by DuckDB's `length` and `substring`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.release.spans import QUOTING, span_rule
from flows.release.sql_check import TABLE, Check, field, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

_IN_PASSAGE = f"{TABLE} AS t LEFT JOIN passages AS p ON p.passage_id = t.passage_id"
_HAS_TEXT = "(p.text IS NOT NULL AND p.char_start IS NOT NULL AND p.document_id IS NOT NULL)"
_LIES = (
    f"coalesce({_HAS_TEXT} AND p.document_id = t.document_id AND p.char_start <= t.char_start "
    "AND t.char_start < t.char_end AND t.char_end <= CAST(p.char_start AS HUGEINT) + length(p.text), false)"
)
_WORDS = "substring(p.text, t.char_start - p.char_start + 1, t.char_end - t.char_start)"


def span_sql() -> Iterator[Check]:
    """Yield that every row that quotes a text quotes it, and that the quotes of metrics hold their values."""
    for it in QUOTING:
        said = f"CASE WHEN {_LIES} THEN {folded(_WORDS) if it.folded else _WORDS} END"
        words = f"CASE WHEN {_LIES} THEN {_WORDS} END"
        fault = f"{said} IS NULL OR {said} IS DISTINCT FROM {field(it.field)}"
        parts = ("t.passage_id", _HAS_TEXT, "t.char_start", "t.char_end", words)
        yield Check(it.resource, it.field, fault, span_rule, parts, _IN_PASSAGE)
    yield from _quote_checks()
    yield from _tiling_checks()


def _quote_checks() -> Iterator[Check]:
    quote, value, passage = "coalesce(t.quote, '')", "coalesce(t.value_text, '')", "coalesce(p.text, '')"
    astray = f"p.passage_id IS NOT NULL AND NOT {_holds(passage, quote)}"
    yield Check(
        "metrics",
        "quote",
        astray,
        lambda passage: f"these words are not in passage {passage}",
        ("t.passage_id",),
        _IN_PASSAGE,
    )
    yield Check(
        "metrics",
        "quote",
        f"NOT ({astray}) AND NOT {_holds(quote, value)}",
        lambda value: f"value_text {value!r} is not in it",
        ("t.value_text",),
        _IN_PASSAGE,
    )


def _holds(whole: str, part: str) -> str:
    """Whether a text holds another, white space folded; most do as they are, and folding costs ten times as much."""
    return f"CASE WHEN contains({whole}, {part}) THEN true ELSE contains({folded(whole)}, {folded(part)}) END"


def _tiling_checks() -> Iterator[Check]:
    before = "OVER (PARTITION BY document_id ORDER BY char_start, char_end)"
    whole = "document_id IS NOT NULL AND char_start IS NOT NULL AND char_end IS NOT NULL AND position IS NOT NULL"
    source = (
        f'(SELECT *, lag(char_end) {before} AS "#end", '
        f'coalesce(lag(CAST(position AS HUGEINT)) {before} + 1, 0) AS "#position" '
        f"FROM {TABLE} WHERE {whole} AND text IS NOT NULL) AS t"
    )
    yield Check(
        "passages",
        "text",
        "t.char_end <> CAST(t.char_start AS HUGEINT) + length(t.text)",
        lambda length, start, end: f"{length} characters cannot stand from {start} to {end}",
        ("length(t.text)", "t.char_start", "t.char_end"),
        source,
    )
    yield Check(
        "passages",
        "char_start",
        't.char_start < "#end"',
        lambda end: f"the passage before ends only at {end}",
        ('"#end"',),
        source,
    )
    yield Check(
        "passages",
        "position",
        't.position <> "#position"',
        lambda expected: f"the passage at this place has {expected}",
        ('"#position"',),
        source,
    )
