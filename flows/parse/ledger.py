"""The ledger of numerals: every number of a text, what it was taken for, and what is doubtful about it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from flows.parse.numbers import Number
from flows.parse.periods import Period, find_periods
from flows.parse.roles import Role
from flows.parse.texts import Text
from flows.records import Finding, Metric, Numeral, Passage

# Numbers of these passages say nothing about the world.
_SILENT = frozenset(("navigation", "page_header", "byline", "label", "head"))


def finding_row(
    severity: str, code: str, passage: str, document: str, start: int, end: int, message: str, metrics: tuple[str, ...]
) -> Finding:
    """Return a finding whose id says where it stands; of a metric's time, the metric's own place."""
    tail = "t" if code == "unresolved-period" else "f"
    name = f"{document}:{tail}{metrics[0].rpartition(':')[2] if metrics and tail == 't' else start}"
    return Finding(name, severity, code, document, passage, start, end, message, metrics)


def owned_numbers(metrics: Sequence[Metric], numbers: Sequence[Number]) -> list[tuple[Metric, list[int]]]:
    """Which numerals lie in the words of which metric."""
    starts = [number.char_start for number in numbers]
    return [
        (metric, list(range(bisect_left(starts, metric.char_start), bisect_left(starts, metric.char_end))))
        for metric in metrics
    ]


def numeral_row(
    read: Text,
    index: int,
    passage: Passage,
    roles: dict[int, Role],
    owners: dict[int, str],
    dated: dict[int, list[Period]],
) -> Numeral:
    """Return the ledger's row of one numeral of a passage: its role, and the metric that it is part of."""
    number = read.numbers[index]
    role = (
        Role("metric", roles[index].rule)
        if index in owners and index in roles
        else roles.get(index) or _outside(read, number, passage, dated)
    )
    metric = owners.get(index) if role.role == "metric" else None
    if role.role == "metric" and metric is None:
        role = Role("unresolved", "no-frame")
    document = read.document.document_id
    return Numeral(
        f"{document}:n{number.char_start}",
        document,
        passage.passage_id,
        read.text[number.char_start : number.char_end],
        None if number.value is None else float(number.value),
        role.role,
        metric,
        role.rule,
        number.char_start,
        number.char_end,
    )


def _outside(read: Text, number: Number, passage: Passage, dated: dict[int, list[Period]]) -> Role:
    """A numeral that stands in no sentence: a bullet, a page head, a date line. `dated` keeps the passages' dates."""
    if passage.position not in dated:
        bounds = (passage.char_start, passage.char_end)
        dated[passage.position] = find_periods(read.text, *bounds, read.calendar.anchor, read.signs)
    for period in dated[passage.position]:
        if period.char_start <= number.char_start < period.char_end:
            return Role("date", period.rule)
    if number.form == "malformed":
        return Role("unresolved", "malformed-number")
    if passage.kind == "table":
        return Role("structure", "table-cell")
    return Role("structure", f"in-{passage.kind.replace('_', '-')}" if passage.kind in _SILENT else "list-marker")


def numeral_finding(numeral: Numeral) -> Finding | None:
    """Return what a reader should know of a numeral that could not be placed, or None."""
    if numeral.role != "unresolved":
        return None
    where = (numeral.passage_id, numeral.document_id, numeral.char_start, numeral.char_end)
    if numeral.rule == "malformed-number":
        message = (
            f"{numeral.text!r} is malformed: its digits are not grouped as a number is. Nothing was repaired; "
            "look it up in another source."
        )
        return finding_row("error", "malformed-number", *where, message, ())
    message = f"No rule could place the number {numeral.text!r}; read its sentence before you rely on the table."
    return finding_row("warning", "unresolved-numeral", *where, message, ())
