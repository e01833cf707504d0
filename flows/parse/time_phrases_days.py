"""Days in time phrases: one day, from a day to a day, a day in digits."""

from __future__ import annotations

import re
from datetime import date

from flows.parse.calendars import Anchor, Groups, Span, day_span, latest_year, month_number, move, year_of

_SOON = 45  # days: a day so near ahead of the text is told of sooner than the one eleven months back


def one_day(groups: Groups, anchor: Anchor) -> Span:
    """Return a day of a month, twice: "21 December", "May 1st, 2024"."""
    month = month_number(groups.get("month") or groups["month2"] or "")
    day = int(re.sub(r"\D", "", groups.get("day") or groups["day2"] or "0"))
    year = year_of(groups, anchor, "year", "year2")
    return day_span(year, month, day) if year else _nearby(month, day, anchor)


def _nearby(month: int, day: int, anchor: Anchor) -> Span:
    """The day named without a year: the latest that is not after the document, or one that is soon after it."""
    if anchor.today and anchor.year is None:
        for year in (anchor.today.year, anchor.today.year + 1):
            ahead = day_span(year, month, day)[0]
            if ahead and 0 < (ahead - anchor.today).days <= _SOON:
                return ahead, ahead
    return day_span(latest_year(month, anchor), month, day)


def days(groups: Groups, anchor: Anchor) -> Span:
    """From a day to a day, both of one year where only one is named, and of the month that either names."""
    if not (groups.get("day2") or groups.get("day4")):
        return _first_days(groups, anchor)
    months = [groups.get(name) for name in ("month", "month3", "month2", "month4")]
    months = [name for name in months if name]
    first, last = month_number(months[0] or ""), month_number(months[-1] or "")
    year = year_of(groups, anchor, "year", "year2", "relative", "year_from") or latest_year(last, anchor)
    opened = year_of(groups, anchor, "year_from") or (year and year - (first > last))
    begin = _day_of(opened, first, groups.get("day") or groups.get("day3"))
    end = _day_of(year, last, groups.get("day2") or groups.get("day4"))
    return (begin, end) if begin and end and begin <= end else (None, None)


def _day_of(year: int | None, month: int, printed: str | None) -> date | None:
    return day_span(year, month, int(re.sub(r"\D", "", printed or "0")))[0]


def iso(groups: Groups, _: Anchor) -> Span:
    """Return a day in digits, twice: "2024-03-21"."""
    return day_span(int(groups["year"] or 0), int(groups["monthno"] or 0), int(groups["day"] or 0))


_WORDS = {"ten": 10, "twenty": 20}


def _first_days(groups: Groups, anchor: Anchor) -> Span:
    """Return the days that a month begins with: "the first 20 days of June", "the first ten days of this month"."""
    word = (groups.get("day") or "").casefold()
    back = 1 if (groups.get("which") or "").casefold() == "last" else 0
    opened = move(anchor.today.replace(day=1), -back) if anchor.today else None
    if groups.get("month"):
        month = month_number(groups["month"] or "")
        year = year_of(groups, anchor, "year", "relative") or latest_year(month, anchor)
        opened = day_span(year, month, 1)[0]
    if opened is None:
        return None, None
    last = _WORDS.get(word) or int(word)
    return opened, day_span(opened.year, opened.month, last)[0]


def short_year(groups: Groups) -> int | None:
    """Return the year of "1Q24", "H1'24"; None where there is none."""
    word = groups.get("short") or groups.get("short3")
    return 2000 + int(word) if word else None
