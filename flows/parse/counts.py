"""Lists that hold more or fewer items than their lead-in says."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from flows.parse.literals import fold_case
from flows.records import Finding, Numeral, Passage

_LEADING = (":", "including", "namely", "as follows", "by", "through")
_LEAD_IN = re.compile(rf"(?:\b|(?=:))(?:{'|'.join(_LEADING)})\Z")
_REACH = 16  # code points at the end of a passage; the longest of these words has fewer
_MOST = 60  # no lead-in counts more items than this


def count_mismatches(passages: Sequence[Passage], numerals: Sequence[Numeral]) -> list[Finding]:
    """Return a finding for each lead-in ("… 12 specific tasks, including") whose list has another number of items."""
    findings: list[Finding] = []
    for at, passage in enumerate(passages):
        ending = fold_case(passage.text.rstrip()[-_REACH:])
        if passage.kind == "list_item" or not (ending.endswith(_LEADING) and _LEAD_IN.search(ending)):
            continue
        items = _items(passages, at)
        numeral = _announced(passage, numerals)
        if numeral and numeral.value and items > 1 and items != int(numeral.value):
            findings.append(_mismatch(passage, numeral, items))
    return findings


def _items(passages: Sequence[Passage], at: int) -> int:
    """How many list items of the first level follow a passage without another passage between."""
    count, depth = 0, None
    for after in range(at + 1, len(passages)):
        passage = passages[after]
        if passage.kind != "list_item":
            break
        depth = passage.depth if depth is None else depth
        count += passage.depth == depth
    return count


def _announced(passage: Passage, numerals: Sequence[Numeral]) -> Numeral | None:
    """The last number of the lead-in that counts the text's own parts."""
    first = bisect_left(numerals, passage.char_start, key=_start)
    last = bisect_left(numerals, passage.char_end, key=_start)
    inside = [n for n in numerals[first:last] if n.role in {"structure", "group"} and n.value and 1 < n.value < _MOST]
    return inside[-1] if inside else None


def _start(numeral: Numeral) -> int:
    return numeral.char_start


def _mismatch(passage: Passage, numeral: Numeral, items: int) -> Finding:
    message = (
        f"The text announces {numeral.text!r} and lists {items}; the list may be split, or the announcement wrong."
    )
    return Finding(
        f"{passage.document_id}:c{numeral.char_start}",
        "warning",
        "count-mismatch",
        passage.document_id,
        passage.passage_id,
        numeral.char_start,
        numeral.char_end,
        message,
        (),
    )
