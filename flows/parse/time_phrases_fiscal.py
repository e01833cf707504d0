"""From the words that name a fiscal year, or a part of one, to its days."""

from __future__ import annotations

from datetime import date, timedelta

from flows.parse.calendars import Anchor, Groups, Span, fiscal_year, month_number, move, year_of

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "latter": 2}
ORDINALS |= {"opening": 1, "closing": 4, "last": 4}


def fiscal(groups: Groups, anchor: Anchor) -> Span:
    """A fiscal year by its number or numbers; none where the text does not tell in which month it opens."""
    first, second = groups.get("year") or groups.get("year3"), groups.get("year2") or groups.get("year4")
    opening = anchor.fiscal_month
    if opening is None:
        return None, None
    if first and second:
        year = int(first)
        return (None, None) if int(second) % 100 != (year + 1) % 100 else fiscal_year(year, opening)
    ends = int(first) if first else 2000 + int(groups["short"] or 0)
    return fiscal_year(ends - (opening > 1 and not anchor.fiscal_by_start), opening)


def fiscal_opening(groups: Groups, anchor: Anchor) -> Span:
    """The fiscal year whose first month is named: the one that runs or is about to, of a month without a year."""
    month, today = month_number(groups["month"] or ""), anchor.today
    named = year_of(groups, anchor, "year") or (today.year if today else anchor.year)
    return fiscal_year(named, month) if named else (None, None)


def fiscal_range(groups: Groups, anchor: Anchor) -> Span:
    """The days from the first of one fiscal year to the last of another."""
    if anchor.fiscal_month is None:
        return None, None
    first, last = int(groups["year"] or 0), int(groups["year2"] or 0)
    return fiscal_year(first, anchor.fiscal_month)[0], fiscal_year(last, anchor.fiscal_month)[1]


def fiscal_part(groups: Groups, anchor: Anchor) -> Span:
    """A quarter or half of a fiscal year, counted from the month in which that opens."""
    begin, _ = fiscal(groups, anchor)
    if begin is None:
        return None, None
    word = groups.get("quarter") or groups.get("half")
    place = ORDINALS[word.casefold()] if word else int(groups.get("q") or groups.get("h") or 1)
    months = 3 if groups.get("quarter") or groups.get("q") else 6
    return move(begin, months * (place - 1)), move(begin, months * place) - timedelta(days=1)


def fiscal_quarter(place: int, opening: int, anchor: Anchor) -> Span:
    """The latest such quarter of a fiscal year that has begun, or, of what is to come, the next that is not over."""
    today = anchor.today
    if today is None:
        return None, None
    begin = move(date(today.year, opening, 1), 3 * (place - 1))
    years = [move(begin, 12 * shift) for shift in (-2, -1, 0, 1)]
    if anchor.past:
        first = max(day for day in years if day <= today)
    else:
        first = min(day for day in years if move(day, 3) > today)
    return first, move(first, 3) - timedelta(days=1)
