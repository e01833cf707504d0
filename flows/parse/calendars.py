"""What time phrases lean on, and the arithmetic of days, months and years."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple


class Anchor(NamedTuple):
    """What relative phrases lean on: the document's own date, the year last named, and how fiscal years run.

    `writes` is the year in which a text without a date was written, `told` the last day of the month or quarter that
    a title names, which is "this month" and "this quarter" of its figures.
    """

    today: date | None
    year: int | None = None
    fiscal_month: int | None = None
    fiscal_by_start: bool = False
    fiscal_quarters: bool = False
    past: bool = True
    writes: int | None = None
    told: date | None = None


_MONTHS = {name.casefold(): i for i, name in enumerate(calendar.month_name) if name}


_MONTHS |= {name[:3].casefold(): i for i, name in enumerate(calendar.month_name) if name} | {"sept": 9}


Span = tuple[date | None, date | None]


Groups = Mapping[str, str | None]


def month_number(name: str) -> int:
    """Return 1 to 12 for a month as printed, full or short."""
    return (
        _MONTHS[name.rstrip(".").casefold()] if name.rstrip(".").casefold() in _MONTHS else _MONTHS[name[:3].casefold()]
    )


def is_month(word: str) -> bool:
    """Say whether a word, with what is printed behind it, names a month: "May", "Jan.", "April,"."""
    return word.rstrip(".,;)").casefold() in _MONTHS


def last_day(year: int, month: int) -> date:
    """Return a month's last day."""
    return date(year, month, calendar.monthrange(year, month)[1])


def month_span(year: int, first: int, last: int) -> Span:
    """Return the days from the first to the last of these months of a year."""
    return date(year, first, 1), last_day(year, last)


def whole_year(year: int) -> Span:
    """Return the days of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def year_of(groups: Groups, anchor: Anchor, *names: str) -> int | None:
    """The year that a phrase names, by number or as "last year"; else None."""
    for name in names:
        word = groups.get(name)
        if not word:
            continue
        if word.isdigit():
            return int(word)
        year = anchor.today.year if anchor.today else anchor.writes
        if year is None:
            return None
        shift = {"last": -1, "next": 1}.get(word.casefold().split()[0], 0)
        return year + (-1 if "previous" in word or "before" in word else shift)
    return None


def latest_year(month: int, anchor: Anchor, last: int | None = None) -> int | None:
    """The year of a month named without one: the latest that is not after the document, or the year last named.

    Of what lies ahead it is the first whose `last` month is not over.
    """
    if anchor.year is not None:
        return anchor.year
    if anchor.today is None:
        return None
    if not anchor.past:
        return anchor.today.year + ((last or month) < anchor.today.month)
    return anchor.today.year - (month > anchor.today.month)


def day_span(year: int | None, month: int, day: int) -> Span:
    """Return one day twice, or nothing where the calendar has no such day."""
    try:
        exact = date(year or 0, month, day)
    except ValueError:
        return None, None
    return exact, exact


def fiscal_year(begins: int, opening: int) -> Span:
    """Return the fiscal year that begins in the month `opening` of a year."""
    begin = date(begins, opening, 1)
    return begin, date(begins + 1, opening, 1) - timedelta(days=1)


def move(day: date, months: int) -> date:
    """Return the day that many months later, or the month's last where it has none such."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
