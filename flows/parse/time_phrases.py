"""From the words of a time phrase to its days: one small function for each kind of phrase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from flows.parse.calendars import (
    Anchor,
    Groups,
    Span,
    fiscal_year,
    last_day,
    latest_year,
    month_number,
    month_span,
    move,
    whole_year,
    year_of,
)
from flows.parse.time_phrases_days import days, iso, one_day, short_year
from flows.parse.time_phrases_fiscal import ORDINALS, fiscal, fiscal_opening, fiscal_part, fiscal_quarter, fiscal_range

_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_BEYOND = {"eleven": 11, "twelve": 12, "thirteen": 13, "fifteen": 15, "eighteen": 18, "twenty": 20}
_COUNTS = dict(zip(_TO_TEN, range(1, 11), strict=True)) | _BEYOND


_PLANS = {"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15}


_CONGRESSES = {"18": date(2012, 11, 8), "19": date(2017, 10, 18), "20": date(2022, 10, 16)}


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS.get(word.casefold(), 0)


def _opening(groups: Groups, anchor: Anchor) -> Span:
    word = groups.get("count") or groups.get("count2") or "1"
    last = _count(word) * (3 if (groups.get("unit") or "").startswith("quarter") else 1)
    if groups.get("other"):
        return _opening_of_fiscal(last, groups["other"] or "", anchor)
    year = year_of(groups, anchor, "year", "relative") or latest_year(min(last, 12), anchor)
    return month_span(year, 1, last) if year and 1 <= last <= 12 else (None, None)


def _opening_of_fiscal(months: int, other: str, anchor: Anchor) -> Span:
    """The first months of the fiscal year that runs or has just ended; no other year that is not the calendar's."""
    if anchor.today is None or anchor.fiscal_month is None or other not in {"fiscal", "financial"}:
        return None, None
    begin = date(anchor.today.year - (anchor.today.month <= anchor.fiscal_month), anchor.fiscal_month, 1)
    return begin, move(begin, months) - timedelta(days=1)


def _month_range(groups: Groups, anchor: Anchor) -> Span:
    first, last = month_number(groups["month"] or ""), month_number(groups["month2"] or "")
    opens = groups.get("fiscal")  # "April to January 2024-25": the second is of the year that it ends in
    year = int(opens) + (last < first or last <= _EARLY) if opens else year_of(groups, anchor, "year", "relative")
    year = year or latest_year(last, anchor)
    if not year:
        return None, None
    begin = int(groups.get("year_from") or (year if first <= last else year - 1))
    return date(begin, first, 1), last_day(year, last)


def _half(groups: Groups, anchor: Anchor) -> Span:
    word = groups.get("half")
    half = ORDINALS[word.casefold()] if word else int(groups.get("h") or groups.get("h2") or groups.get("h3") or 1)
    named = ("year", "relative", "hyear", "hyear2", "hyear3", "hrelative", "syear")
    year = year_of(groups, anchor, *named) or short_year(groups) or latest_year(6 * half - 5, anchor, 6 * half)
    return month_span(year, 6 * half - 5, 6 * half) if year else (None, None)


def _quarter(groups: Groups, anchor: Anchor) -> Span:
    word = groups.get("quarter")
    quarter = ORDINALS[word.casefold()] if word else int(groups.get("q") or groups.get("q2") or groups.get("q3") or 1)
    named = ("year", "relative", "qyear", "qyear2", "qrelative")
    bare = groups.get("q") and not (short_year(groups) or any(groups.get(name) for name in named))
    if bare and anchor.fiscal_quarters and anchor.fiscal_month:
        return fiscal_quarter(quarter, anchor.fiscal_month, anchor)
    year = year_of(groups, anchor, *named) or short_year(groups) or latest_year(3 * quarter - 2, anchor, 3 * quarter)
    return month_span(year, 3 * quarter - 2, 3 * quarter) if year else (None, None)


def _rolling(groups: Groups, anchor: Anchor) -> Span:
    month, count = month_number(groups["month"] or ""), _count(groups.get("count") or "12")
    count = 3 if groups.get("quarter") else count
    year = year_of(groups, anchor, "year", "year2") or latest_year(month, anchor)
    if not year or not 0 < count <= 120:
        return None, None
    index = year * 12 + month - count
    return date(index // 12, index % 12 + 1, 1), last_day(year, month)


def _week(groups: Groups, anchor: Anchor) -> Span:
    end = one_day(groups, anchor)[1]
    return (end - timedelta(days=6), end) if end else (None, None)


def _plan(groups: Groups, _: Anchor) -> Span:
    word = (groups["ordinal"] or "").casefold()
    number = int(word[:-2]) if word[:2].isdigit() else _PLANS[word]
    if not groups.get("period"):
        return None, None  # the plan is a name; its period is a time
    return date(1951 + 5 * number, 1, 1), date(1955 + 5 * number, 12, 31)


def _years(groups: Groups, _: Anchor) -> Span:
    first, last = int(groups["year"] or 0), int(groups["year2"] or 0)
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last else (None, None)


def _end(groups: Groups, anchor: Anchor) -> Span:
    span = _end_base(groups, anchor)
    which = (groups.get("which") or "end").casefold()
    edge = span[0] if which in {"start", "beginning"} else span[1]
    return edge, edge


def _fiscal_part(groups: Groups, anchor: Anchor) -> Span:
    """A quarter or half of a fiscal year, or its first months: "the first six months of 2023-24"."""
    months = _count(groups.get("months") or "") * (3 if groups.get("unit") == "quarters" else 1)
    begin = fiscal(groups, anchor)[0] if months else None
    return (begin, move(begin, months) - timedelta(days=1)) if begin else fiscal_part(groups, anchor)


_RUNNING = frozenset(("", "year", "the year", "this year"))


def _end_base(groups: Groups, anchor: Anchor) -> Span:
    if groups.get("month"):
        given = {"month": groups["month"], "year": groups.get("month_year"), "relative": groups.get("month_relative")}
        return _month(given, anchor)
    if groups.get("plan"):
        return _plan({"ordinal": groups["plan"], "period": "period"}, anchor)
    if groups.get("quarter"):
        return _quarter({"quarter": groups["quarter"], "year": groups.get("quarter_year")}, anchor)
    if groups.get("half"):
        return _half({"half": groups["half"], "year": groups.get("half_year")}, anchor)
    relative = groups.get("relative") or ""
    if relative.endswith(("decade", "month", "quarter", "century")):
        which, _, unit = relative.rpartition(" ")
        return _relative({"which": which if which == "last" else "this", "unit": unit}, anchor)
    running = anchor.today.year if anchor.today else anchor.writes if relative in _RUNNING else None
    year = year_of(groups, anchor, "year", "relative", "yearend_year") or running
    return whole_year(year) if year else (None, None)


def _month(groups: Groups, anchor: Anchor) -> Span:
    month = month_number(groups["month"] or "")
    which = (groups.get("which") or "").casefold()
    leaning = anchor._replace(past=which != "next", year=None) if which else anchor
    year = year_of(groups, anchor, "year", "relative") or latest_year(month, leaning)
    return month_span(year, month, month) if year else (None, None)


def _same(groups: Groups, _: Anchor) -> Span:
    year = groups.get("year")
    return whole_year(int(year)) if year else (None, None)


_EARLY = 3  # months of a year in which the past years that a text looks back on are those that are over


def _past(groups: Groups, anchor: Anchor) -> Span:
    today = anchor.today or (date(anchor.writes, 1, 1) if anchor.writes else None)
    if today is None:
        return None, None
    if groups.get("past_year"):
        return move(today, -12), today
    unit = (groups.get("unit") or groups.get("unit3") or "").casefold()
    count = _count(groups.get("count") or "") or int("decade" in unit or not unit.endswith("s"))
    days = count // 24 if unit == "hours" else count * {"day": 1, "week": 7}.get(unit.removesuffix("s"), 0)
    if days:
        return (today - timedelta(days=days), today) if anchor.today else (None, None)
    months = count * {"year": 12, "deca": 120, "mont": 1, "quar": 3}.get(unit[:4], 0)
    if unit == "months" and months:
        opened = move(today.replace(day=1), -months)  # whole months: the last that is over, and those before it
        return opened, today.replace(day=1) - timedelta(days=1)
    if months and months % 12 == 0 and today.month <= _EARLY:
        return date(today.year - months // 12, 1, 1), date(today.year - 1, 12, 31)
    return (move(today, -months), today) if months else (None, None)


def _ago(groups: Groups, anchor: Anchor) -> Span:
    """The calendar year that lies so many years back."""
    now = anchor.today.year if anchor.today else anchor.writes
    unit = groups.get("unit") or groups.get("unit2") or ""
    years = _count(groups.get("count") or "1") * (10 if unit.startswith("decade") else 1)
    return whole_year(now - years) if now and years < now else (None, None)


def _coming(groups: Groups, anchor: Anchor) -> Span:
    if anchor.today is None:
        return None, None
    unit = (groups.get("unit") or groups.get("unit2") or "").casefold()
    months = _count(groups.get("count") or "1") * {"year": 12, "deca": 120, "mont": 1, "quar": 3}.get(unit[:4], 0)
    return (anchor.today, move(anchor.today, months)) if months else (None, None)


def _congress(groups: Groups, _: Anchor) -> Span:
    opened = _CONGRESSES[(groups["ordinal"] or "")[:2]]
    return opened, opened


def _to_date(_: Groups, anchor: Anchor) -> Span:
    return (date(anchor.today.year, 1, 1), anchor.today) if anchor.today else (None, None)


def _relative(groups: Groups, anchor: Anchor) -> Span:
    which, unit = (groups.get("which") or "").casefold(), groups.get("unit") or groups.get("unit2") or ""
    today = anchor.today or (date(anchor.writes, 12, 31) if anchor.writes and unit == "year" else None)
    if anchor.told and which == "this" and unit in {"month", "quarter"}:
        today = anchor.told
    if today is None:
        return None, None
    shift = -1 if which in {"last", *EARLIER_ONES} else 1 if which in {"next", "the coming"} else 0
    budgeted = which == "the current" and anchor.fiscal_month in _BUDGET_MONTHS
    if unit == "year" and (groups.get("fiscal") or budgeted):
        opening = anchor.fiscal_month
        return (None, None) if opening is None else fiscal_year(today.year - (today.month < opening) + shift, opening)
    if unit == "year":
        return whole_year(today.year + shift)
    if unit == "decade":
        begin = today.year // 10 * 10 + 10 * shift
        return date(begin, 1, 1), date(begin + 9, 12, 31)
    if unit == "week":
        return None, None
    months = 3 if unit == "quarter" else 1
    moved = move(today.replace(day=1), shift * months)
    first = (moved.month - 1) // months * months + 1
    return month_span(moved.year, first, first + months - 1)


_BUDGET_MONTHS = (4, 7)  # where years run from them, "the current year" of a budget is the one that it speaks of
EARLIER_ONES = frozenset(("the previous", "the prior", "the preceding"))
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _weekday(groups: Groups, anchor: Anchor) -> Span:
    """The last such day that is not after the document's; "next Monday" the first after it."""
    if anchor.today is None:
        return None, None
    back = (anchor.today.weekday() - _WEEKDAYS.index((groups["weekday"] or "").casefold())) % 7
    which = (groups.get("which") or "").casefold()
    day = anchor.today + timedelta(days=7 - back if which == "next" else -back - 7 * (which == "last" and back == 0))
    return day, day


def _now(_: Groups, anchor: Anchor) -> Span:
    return anchor.today, anchor.today


def _year(groups: Groups, _: Anchor) -> Span:
    return whole_year(int(groups["year"] or 0))


RESOLVERS: dict[str, Callable[[Groups, Anchor], Span]] = {
    "date": one_day,
    "days": days,
    "iso": iso,
    "opening": _opening,
    "months": _month_range,
    "half": _half,
    "quarter": _quarter,
    "rolling": _rolling,
    "fiscal": fiscal,
    "fiscal-range": fiscal_range,
    "fiscal-opening": fiscal_opening,
    "fiscal-part": _fiscal_part,
    "week": _week,
    "plan": _plan,
    "years": _years,
    "end": _end,
    "month": _month,
    "same": _same,
    "told": lambda _, __: (None, None),  # what the text spoke of last is known where its sentences are read
    "past": _past,
    "ago": _ago,
    "coming": _coming,
    "congress": _congress,
    "to-date": _to_date,
    "relative": _relative,
    "now": _now,
    "weekday": _weekday,
    "year": _year,
}
