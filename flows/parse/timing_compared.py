"""What two times of a sentence say of its growth: "in August 2011 compared with August 2010" is year on year."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from flows.parse.periods import Period

_WITH = re.compile(r"(?:compared|comparison|over|on|from|than|against|versus|relative)\b")
_DATED = frozenset(("month", "quarter", "half", "months", "opening", "rolling"))
_BLANKS = 3  # code points: around the words that compare, and a comma
_YEAR = 12
_NEXT = {1: "month_on_month", 3: "quarter_on_quarter"}  # by length in months


def compared_by_dates(periods: Sequence[Period]) -> str | None:
    """Return how two times side by side compare, or None where there are none such of one kind, so far apart.

    "for March 2024 over March 2023" is ``year_on_year``, "Q2 2020 compared with Q1 2020" ``quarter_on_quarter``.
    Two years are none, nor is what stands apart: "fell in May 2024 by 2% compared with April" names its reference.
    """
    for here, before in itertools.pairwise(p for p in periods if p.kind in _DATED):
        beside = before.char_start - here.char_end <= len(before.lead) + _BLANKS
        if beside and _WITH.match(before.lead) and (found := _named(_months(here), _months(before))):
            return found
    return None


def _months(period: Period) -> tuple[int, int] | None:
    """Return a span's first month, counted from the year 0, and its length in months; None where an end is open."""
    if period.start is None or period.end is None:
        return None
    first = period.start.year * _YEAR + period.start.month
    return first, period.end.year * _YEAR + period.end.month - first + 1


def _named(here: tuple[int, int] | None, before: tuple[int, int] | None) -> str | None:
    if here is None or before is None or here[1] != before[1]:
        return None
    back = here[0] - before[0]
    return "year_on_year" if back == _YEAR else _NEXT.get(back) if back == here[1] else None
