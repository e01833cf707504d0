"""Which time a value speaks of: its clause's own, that of its paragraph or list, or the document's stated one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from flows.parse.calendars import Anchor, move
from flows.parse.periods import Period
from flows.parse.quantity import Quantity
from flows.parse.rules import load_words

_FLOWS = load_words("nouns")["flow"]
_COUNTED_FLOWS = load_words("nouns")["counted_flow"]
_GROWTH = frozenset(("growth",))  # "90% of firms saw double-digit growth"
_REFERENCE = re.compile(
    r"\A(?:than|ahead of|flat|on (?:a )?par|in line|as(?![ ](?:of|at|on|to)\b)"
    r"|that|those|level|compared|comparison|versus|relative|against|below"
    r"|above|over|on|from|to)\b"
)
_DAYS = frozenset(("date", "days"))
_OPENINGS = frozenset(("opening", "months"))
_STARTS = frozenset(("month", "date", "year", "relative", "quarter", "fiscal"))
_BREAK = re.compile(
    r"[;:]|,\s+(?!on average)(?:\w+\s+)?(?:and|while|but|yet|in|by|during|from|with|as(?! of\b)|whereas|at|on)\b"
    r"|\b(?:since|before|than|built)\b|\b(?:while|whereas)\b"
)
_FOLLOWS = re.compile(r"(?:[^,;:]{0,60}: )?\W{0,3}(?:Following|After) the [^,;]*\Z")
# "the record of 15 billion dollars, set in May 2013"
_SET_IN = re.compile(r",? (?:set|reached|recorded|registered|posted|seen|hit|achieved) (?:in|on|for|during) (?:the )?")
SET_ASIDE = re.compile(
    r", (?:set|reached|recorded|registered|posted|seen|hit|achieved) (?:in|on|for|during) (?:the )?\Z"
)
_RESPECTIVELY = re.compile(r"(?: per \w+)?(?:,? (?:respectively|on average),?)?(?= )")
_CLAUSE_END = re.compile(
    r"[;:]|\b(?:was|were|is|are|will|has|have|had|which|who|while|but|grew|rose|fell|reached|stood)\b"
)
_PASSIVE = re.compile(r" (?:was|were|is|are|(?:has|have|had|will|to) (?:also )?be(?:en)?) \w+(?:ed|en|wn)\b")
_ASIDE = re.compile(r"[;:,]|\b(?:which|who|while|but|that)\b")
_IN_BRACKET = re.compile(r"\([^()]*\Z")
_ASIDE_OPEN = re.compile(r",[ ](?:which|who|whose)\b[^,;]*\Z")


class Timing(NamedTuple):
    """The time of one value; `basis` is ``clause`` | ``paragraph`` | ``document`` | None, `phrase` the words.

    An opening that is `late` stands so far into its paragraph that it carries on to what flows alone.
    """

    start: date | None
    end: date | None
    phrase: str | None
    basis: str | None
    unresolved: Period | None = None
    late: bool = False
    at: int = -1


class Calendar(NamedTuple):
    """What a document fixes: the anchor of its relative phrases, its stated period, its own dates."""

    anchor: Anchor
    stated: Timing
    own_days: frozenset[date]


NO_TIME = Timing(None, None, None, None)


def timing_of(text: str, period: Period, basis: str) -> Timing:
    """Return the time that a phrase names, and its words."""
    phrase = " ".join(text[period.char_start : period.char_end].split())
    return Timing(period.start, period.end, phrase, basis, at=period.char_start)


def is_reference(period: Period) -> bool:
    """Does the phrase name what is compared with, and not when?"""
    if period.kind == "same" or period.background:
        return True
    if period.kind == "told":
        return False
    if period.kind in {"past", "rolling", "years"} and period.lead in {"over", "from"}:
        return False
    if period.lead == "over" and period.kind in {"quarter", "half", "opening", "months", "coming", "to-date"}:
        return False
    if period.kind in {"date", "weekday"} and period.lead == "on":
        return False
    return bool(_REFERENCE.match(period.lead)) and not (
        period.lead == "from" and period.kind in {"months", "years", "days"}
    )


def clause_period(text: str, quantity: Quantity, after: int, before: int, periods: Sequence[Period]) -> Period | None:
    """Return the phrase of the value's own clause.

    Args:
        text: the document.
        quantity: the value.
        after: where the next value starts, or the sentence ends.
        before: where the sentence starts.
        periods: those of the sentence that name a time and no reference.
    """
    for period in periods:
        gap = (quantity.char_end, period.char_start)
        if gap[0] <= gap[1] < after and not _breaks(text, *gap) and not _opens_next(text, period, gap, after):
            return period
    earlier = [
        p
        for p in periods
        if before <= p.char_start < quantity.char_start and not _is_closed(text, before, p, quantity.char_start)
    ]
    if len(earlier) == 1 and _FOLLOWS.match(text, before, earlier[0].char_start):
        earlier = []  # "Following the launch on Sept 1, output rose": the day of what went before
    if earlier:
        forecast = len(earlier) > 1 and earlier[-1].kind == "now" and quantity.status != "actual"
        return earlier[-2 if forecast else -1]  # "the projection for 2026 is now slightly lower, at 1 percent"
    later = [
        p
        for p in periods
        if quantity.char_end <= p.char_start and (p.char_start < after or quantity.status == "target")
    ]
    return later[0] if later and _one_clause(text[quantity.char_end : later[0].char_start]) else None


_AND_IN = re.compile(r"\band[ ](?:(?:in|for|during|at|by)[ ])?\Z")
_NEXT_ONE = re.compile(r"[,;][ ]")
_THEN_BY = re.compile(r"\W{0,2}(?:(?:by|to|at|it)[ ])?")


def _opens_next(text: str, period: Period, gap: tuple[int, int], after: int) -> bool:
    """Does a time date the next value, right before which it stands: "by ⟨5%⟩ in May and in June by 4%"?"""
    numbered = text.startswith("Q", period.char_start)  # "with Q2 at ⟨6.4%⟩, Q3 at"
    form = _AND_IN.search if text.find(" and ", *gap) >= 0 else _NEXT_ONE.fullmatch if numbered else None
    joined = form(text, *gap) if form else None
    return joined is not None and _THEN_BY.fullmatch(text, period.char_end, after) is not None


def _is_closed(text: str, start: int, period: Period, end: int) -> bool:
    """Does a phrase stand in a relative clause that ends before `end`: "lending, which grew in 2024, slowed to"?"""
    if ")" in text[period.char_end : end] and _IN_BRACKET.search(text, start, period.char_start):
        return True  # "energy (9.5%, after 9.2% in August), food (2.7%)"
    if "," not in text[period.char_end : end]:
        return False
    before = text[start : period.char_start]
    return _ASIDE_OPEN.search(before) is not None or SET_ASIDE.search(before) is not None


def _breaks(text: str, start: int, end: int) -> bool:
    """Do a conjunction, a comma with a preposition or another verb stand between a value and a time?"""
    if _SET_IN.fullmatch(text, start, end):
        return False
    paired = _RESPECTIVELY.match(text, start, end)
    start = paired.end() if paired else start
    return bool(_BREAK.search(text, start, end) or _CLAUSE_END.search(text, start, end))


def _one_clause(words: str) -> bool:
    """Is there at most the one verb between a value and a time that "will be awarded in 2022-23" needs?"""
    return len(_CLAUSE_END.findall(_PASSIVE.sub(" was", words))) <= 1 and not _ASIDE.search(words)


def usable(periods: Sequence[Period], calendar: Calendar, ahead_of: date | None = None) -> list[Period]:
    """Leave out references, plans as names, and the days of the event; "from May" ahead of a day is no reference."""
    return [
        p
        for p in periods
        if (not is_reference(p) or _begins_ahead(p, ahead_of))
        and (p.kind != "congress" or p.lead.startswith("since"))
        and not (p.kind == "plan" and not p.start)
        and not (p.kind in _DAYS and p.start in calendar.own_days)
        and not _is_shorter(p, calendar.stated)
    ]


def _is_shorter(period: Period, stated: Timing) -> bool:
    """Is "over the first nine months" in a text of the first ten what their growth is compared with?"""
    if period.lead != "over" or period.kind not in _OPENINGS or not (period.end and stated.end):
        return False
    return period.start == stated.start and period.end < stated.end


def _begins_ahead(period: Period, today: date | None) -> bool:
    if today is not None and period.lead == "over" and period.kind in {"year", "years"}:
        return period.end is not None and period.end >= today  # "GDP will grow by 1.7% over 2025"
    ahead = today is not None and period.start is not None and period.start > today
    return ahead and period.lead == "from" and period.kind in _STARTS


def is_flow(quantity: Quantity) -> bool:
    """Does the value run through a year, so that the document's stated period is its own?"""
    if quantity.measure == "streak":
        return True
    if quantity.measure == "change":
        return quantity.unit in {"percent", "percentage_point"} or quantity.comparison is not None
    if quantity.measure == "share":
        return bool(_words_of(quantity) & (_FLOWS | _GROWTH))
    if quantity.measure == "level" and quantity.unit == "count":
        return bool(_words_of(quantity) & _COUNTED_FLOWS)
    if quantity.measure != "level" or quantity.unit in {"count", "percent", "index", "year", "month", "day", "hour"}:
        return False
    words = _words_of(quantity)
    return bool(words & _FLOWS) and not ("capacity" in words and "new" not in words)


def _words_of(quantity: Quantity) -> set[str]:
    return {word.strip(",.()").casefold() for word in quantity.indicator.split()}


def resolve(text: str, period: Period, quantity: Quantity) -> Timing:
    """Turn the clause's phrase into the time of the value; what has no dates stays null and is named."""
    phrase = " ".join(text[period.char_start : period.char_end].split())
    start, end = period.start, period.end
    if quantity.measure == "streak" and quantity.unit == "year" and start and end is None:
        latest = start.year + int(quantity.value) - 1  # "since 2015 it has led for seven consecutive years"
        start, end = date(latest, 1, 1), date(latest, 12, 31)
    if quantity.measure == "streak" and quantity.unit == "year" and period.kind == "past" and end:
        latest = end.year - ((end.month, end.day) != (12, 31))  # "in the past decade", told in July
        start, end = date(latest, 1, 1), date(latest, 12, 31)
    if quantity.measure == "streak" and start and end:
        start = max(start, date(end.year, 1, 1)) if (end - start).days > 366 else start
    if (
        quantity.status != "actual"
        and period.lead.startswith(("from", "since", "beginning", "starting", "effective"))
        and period.kind in _STARTS
    ):
        end = None
    unresolved = period if start is None and end is None else None
    return Timing(start, end, phrase, None if unresolved else "clause", unresolved, at=period.char_start)


def completed(timing: Timing, stated: Timing) -> Timing:
    """Give "up to December 2024" the beginning of the period that the document states, where that ends so too."""
    open_start = timing.start is None and timing.end is not None and timing.end == stated.end
    return timing._replace(start=stated.start) if open_start else timing


_EDGES = {"from-level": 0, "to-level": 1}


def edge_of(period: Period, quantity: Quantity, before: Quantity | None, timing: Timing) -> Timing:
    """Give the first year to the first value and the last to the last: "Between 2014 and 2024 it rose from 5 to 8"."""
    edge = _EDGES.get(quantity.rule)
    paired = edge == 0 or (before is not None and before.rule == "from-level")
    if edge is None or not paired or period.kind not in {"years", "fiscal-range"} or not (timing.start and timing.end):
        return timing
    if edge == 0:
        return timing._replace(end=move(timing.start, 12) - timedelta(days=1))
    return timing._replace(start=move(timing.end + timedelta(days=1), -12))


def points_back(text: str, period: Period) -> bool:
    """Is a phrase so long before the time of something else: "a year earlier", "the previous quarter"?"""
    words = text[period.char_start : period.char_end].casefold().split()
    return period.kind == "same" or (period.kind == "relative" and words[1] in {"previous", "prior", "preceding"})


_YEAR_IN = re.compile(r"\b(?:19|20)\d\d\b")


def shifted(timing: Timing, period: Period, text: str) -> Timing:
    """Return the time before that of the value: "down from 4.0% a year earlier" speaks of one year before."""
    phrase = " ".join(text[period.char_start : period.char_end].split())
    named = next((unit for unit in ("week", "quarter", "month") if unit in phrase and "same" not in phrase), "year")
    if timing.start is None or timing.end is None:
        return Timing(None, None, phrase, None)
    if named == "week":
        return Timing(timing.start - timedelta(days=7), timing.end - timedelta(days=7), phrase, "clause")
    stated = _YEAR_IN.search(phrase)
    months = {"quarter": -3, "month": -1, "year": -12}[named]
    months = 12 * (int(stated[0]) - timing.end.year) if stated else months  # "in the same period of 2016"
    day_after = timing.end + timedelta(days=1)
    end = move(day_after, months) - timedelta(days=1) if day_after.day == 1 else move(timing.end, months)
    return Timing(move(timing.start, months), end, phrase, "clause")
