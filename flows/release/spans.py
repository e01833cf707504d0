"""Spans: every row that quotes a text must quote it, and the passages must tile their document in order."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from flows.release.cells import fault, row_count, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from flows.release.cells import Cells, Columns


class SpanCheck(NamedTuple):
    """How many rows of a table stand in their passage as they claim, and a violation for every one that does not."""

    resource: str
    rows: int
    faults: tuple[str, ...]


class _Passage(NamedTuple):
    document_id: str
    start: int
    text: str


class _Quoting(NamedTuple):
    """A table whose `field` is the raw text of its span; `folded` if with its white space folded."""

    resource: str
    field: str
    folded: bool


QUOTING = (
    _Quoting("metrics", "value_text", folded=False),
    _Quoting("mentions", "text", folded=False),
    _Quoting("numerals", "text", folded=False),
    _Quoting("tasks", "statement", folded=True),
)


def span_checks(cells: Cells) -> list[SpanCheck]:
    """Check each table that quotes the texts against the text of the passages."""
    columns = cells["passages"]
    read = rows_of(columns, "passage_id", "document_id", "char_start", "text")
    passages = {passage_id: _Passage(*rest) for passage_id, *rest in read if None not in rest}
    return [_check(cells, quoting, passages) for quoting in QUOTING]


def quote_faults(cells: Cells) -> list[str]:
    """Return a violation for every metric whose quote is not in its passage or does not hold its value."""
    columns = cells["metrics"]
    texts = rows_of(cells["passages"], "passage_id", "text")
    folded = {passage_id: fold(text or "") for passage_id, text in texts}
    lines = []
    for index, (passage_id, quote, value) in enumerate(rows_of(columns, "passage_id", "quote", "value_text")):
        if passage_id in folded and fold(quote or "") not in folded[passage_id]:
            lines.append(fault("metrics", columns, index, "quote", f"these words are not in passage {passage_id}"))
        elif fold(value or "") not in fold(quote or ""):
            lines.append(fault("metrics", columns, index, "quote", f"value_text {value!r} is not in it"))
    return lines


def tiling_faults(cells: Cells) -> list[str]:
    """Return a violation for every passage that overlaps the one before, or whose text or position does not fit."""
    columns = cells["passages"]
    rows = rows_of(columns, "document_id", "char_start", "char_end", "position", "text")
    whole = [index for index, row in enumerate(rows) if None not in row]
    order = sorted(whole, key=lambda index: rows[index][:3])
    pairs = pairwise([None, *order])
    return [
        line for before, index in pairs if index is not None for line in _place_faults(columns, rows, before, index)
    ]


def fold(text: str) -> str:
    """Return a text with every run of white space as one space, and none at its ends."""
    return " ".join(text.split())


def _place_faults(columns: Columns, rows: Sequence[tuple[Any, ...]], before: int | None, index: int) -> Iterator[str]:
    """Compare a passage with its own text and with the passage before it, by their indexes."""
    document, start, end, position, text = rows[index]
    last = rows[before] if before is not None and rows[before][0] == document else None
    if len(text) != end - start:
        rule = f"{len(text)} characters cannot stand from {start} to {end}"
        yield fault("passages", columns, index, "text", rule)
    if last and start < last[2]:
        yield fault("passages", columns, index, "char_start", f"the passage before ends only at {last[2]}")
    expected = last[3] + 1 if last else 0
    if position != expected:
        yield fault("passages", columns, index, "position", f"the passage at this place has {expected}")


def _check(cells: Cells, quoting: _Quoting, passages: dict[str, _Passage]) -> SpanCheck:
    columns = cells[quoting.resource]
    rows = rows_of(columns, "document_id", "passage_id", "char_start", "char_end", quoting.field)
    faults = []
    for index, (document, passage_id, start, end, text) in enumerate(rows):
        passage = passages.get(passage_id)
        found = _slice(passage, document, start, end)
        if found is None or (fold(found) if quoting.folded else found) != text:
            rule = span_rule(passage_id, passage is not None, start, end, found)
            faults.append(fault(quoting.resource, columns, index, quoting.field, rule))
    return SpanCheck(quoting.resource, row_count(columns), tuple(faults))


def _slice(passage: _Passage | None, document: str, start: int | None, end: int | None) -> str | None:
    """Return the passage's text from `start` to `end` of the raw file; None where that is not within the passage."""
    if passage is None or start is None or end is None or passage.document_id != document:
        return None
    first, last = start - passage.start, end - passage.start
    return passage.text[first:last] if 0 <= first < last <= len(passage.text) else None


def span_rule(passage_id: str, has_text: bool, start: int | None, end: int | None, found: str | None) -> str:  # noqa: FBT001 - a cell among cells
    """Return what is wrong with a span: its passage, its place, or the words `found` there."""
    if not has_text:
        return f"its passage {passage_id} has no text"
    if found is None:
        return f"characters {start} to {end} do not lie in passage {passage_id} of the same document"
    return f"the text says {fold(found)[:60]!r} there (characters {start} to {end})"
