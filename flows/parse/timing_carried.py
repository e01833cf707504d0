"""The times of values that have none of their own: their paragraph's, the document's, their headline's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from flows.parse.periods import Period
from flows.parse.quantity import Quantity
from flows.parse.timing import NO_TIME, Calendar, Timing, is_flow
from flows.parse.timing_chains import Timed, is_standing, is_weight
from flows.records import Layout

# "are likely to reach", "I propose to raise": what is said so lies ahead of the text.
_LOOKS_AHEAD = re.compile(
    r"\b(?:will|shall|propose[sd]?"
    r"|(?:is|are)[ ](?:also[ ])?(?:likely|expected|projected|forecast|set|due|scheduled)[ ]to\b(?![ ]have\b))\b"
)
# "a survey of 27,000 firms": how many were asked.
_SAMPLED = re.compile(
    r"\b(?:survey|poll|sample|interviews?)\b(?:[ ][\w’'-]+){0,4}"
    r"[ ](?:of|on|among|with|covering|from)[ ](?:\w+[ ]){0,2}\Z"
)
# "firms with annual turnover of at least 20 million yuan": what they must have.
_REQUIRED = re.compile(
    r"\b(?:with|whose|having)[ ](?:an?[ ])?(?:annual|yearly)[ ](?:[\w-]+[ ]){1,4}(?:of|is|are|exceeds?|reaches)[ ]"
    r"(?:(?:at[ ]least|not?[ ]less[ ]than|(?:more|less)[ ]than|over|above|under|below|up[ ]to)[ ])?\Z"
)
_MEAN = re.compile(r"\b(?:compound(?:ed)?|average|mean) (?:annual|yearly)\b|\bannual average\b|\bCAGR\b")
_MOVES = (
    "(?:rose|fell|grew|increased|decreased|declined|dropped|expanded|contracted"
    r"|(?:saw|posted|recorded|registered|reported|enjoyed|maintained|achieved)\s(?:an?\s)?(?:[\w-]+\s){0,2}?"
    "(?:growth|increases?|decreases?|declines?|gains?|falls?|expansion))"
)
_MOVED_IN = re.compile(rf"\b{_MOVES}\sin\s(?:only\s|about\s|nearly\s|all\s|some\s)?\Z")
_MOVED = re.compile(rf"(?:\s(?:of|out of)\s(?:the\s)?\d+)?(?:\s[\w'’-]+){{1,5}}\s(?:have\s|has\s)?{_MOVES}\b")
_NEAR = 60  # code points
_OWN_CLAUSE = re.compile(r"[;:]|\b(?:which|who|where|while|whereas|but)\b|,[ ]and[ ](?:its|their|the|it|they)\b")
_ASIDE_OPEN = re.compile(r",[ ](?:which|who|whose|where)\b[^,;]*\Z")
_REACH = 120  # code points
_HEADLINE = 4  # values
_BODY = 8  # sentences in which a text says what its headline said
_SPAN = 28  # days


def is_timeless(text: str, start: int, quantity: Quantity, period: Period | None) -> bool:
    """Is it how many were asked or what is required, which no phrase behind it and nothing above it dates, or a weight?

    `start` is where the sentence begins, `period` the phrase of its clause.
    """
    if is_weight(text, quantity):
        return True
    if period and period.char_start < quantity.char_start:
        return False
    before = text[max(start, quantity.char_start - _REACH) : quantity.char_start]
    return _SAMPLED.search(before) is not None or _REQUIRED.search(before) is not None


def carried(text: str, start: int, quantity: Quantity, opening: Timing, calendar: Calendar, *, series: bool) -> Timing:
    """A value without a time of its own: its paragraph's, else, for what runs through the year, the document's.

    Args:
        text: the document.
        start: where the sentence begins.
        quantity: the value.
        opening: the time that its paragraph or list opens with.
        calendar: what the document says of its own time.
        series: is it a text in which rates and parts too are of the time that it states?
    """
    if is_standing(text, quantity) or quantity.rule == "from-level":
        return NO_TIME
    stated = NO_TIME if _is_mean(text, start, quantity) else calendar.stated
    states = not stated.late and (opening.start, opening.end) == (
        stated.start,
        stated.end,
    )  # the text's own time, said where it may be
    later = _LOOKS_AHEAD.search(text, start, quantity.char_start) is not None
    if (
        opening.basis
        and not _is_later_clause(text, start, quantity, opening)
        and not _is_to_come(quantity, opening, calendar)
        and (not opening.late or states or is_flow(quantity))
        and _suits(quantity, opening, calendar, later=later)
    ):
        return opening
    released = series and quantity.measure in {"level", "share"} and quantity.unit != "count"
    if stated.late and ((quantity.measure == "share" and not series) or quantity.status == "target"):
        return NO_TIME
    flows = released or is_flow(quantity) or _is_count_of_moves(text, quantity)
    return stated if flows and _suits(quantity, stated, calendar, later=later) else NO_TIME


def _is_mean(text: str, start: int, quantity: Quantity) -> bool:
    """Is it a growth a year, as a mean over years of its own: "a compound annual growth rate of 8%"?"""
    return quantity.measure == "change" and _MEAN.search(text, start, quantity.char_start) is not None


def _is_count_of_moves(text: str, quantity: Quantity) -> bool:
    """Does it count what rose or fell, as growth does: "output rose in 16 of 21 sectors", "9 ports posted growth"?"""
    if quantity.unit != "count" or quantity.measure != "level":
        return False
    before = text[max(0, quantity.char_start - _NEAR) : quantity.char_start]
    return bool(_MOVED_IN.search(before) or _MOVED.match(text, quantity.char_end))


def _is_later_clause(text: str, start: int, quantity: Quantity, opening: Timing) -> bool:
    """Does the phrase stand in a clause behind the value's: "demand rises by 25%, and sales will double by 2027"?"""
    if opening.at < quantity.char_end:
        return False
    if _OWN_CLAUSE.search(text, quantity.char_end, opening.at):
        return True
    return (
        "," in text[quantity.char_end : opening.at] and _ASIDE_OPEN.search(text, start, quantity.char_start) is not None
    )


def _is_to_come(quantity: Quantity, opening: Timing, calendar: Calendar) -> bool:
    """Does what is done stand before a time that lies ahead: "12 centres were built, with 5 planned for 2030"?"""
    today = calendar.anchor.today
    if quantity.status != "actual" or opening.at < quantity.char_end or opening.start is None or today is None:
        return False
    return opening.start > today


def _suits(quantity: Quantity, timing: Timing, calendar: Calendar, *, later: bool) -> bool:
    """May a value be of that time: a target, and what is said to come, of none that is over?"""
    if quantity.status == "target":
        return timing.end is not None and _is_ahead(timing.end, calendar)
    today = calendar.anchor.today
    told_later = quantity.status == "actual" and timing.at > quantity.char_end
    if told_later and today and timing.start and timing.start > today:
        return False  # "left its rate at 16 percent and said that inflation would be 4 percent by year-end"
    return not later or timing.end is None or _is_ahead(timing.end, calendar)


def _is_ahead(end: date, calendar: Calendar) -> bool:
    """Does it end after the document's day: "Priorities for 2026"?"""
    today = calendar.anchor.today
    return end > today if today else end.year >= (calendar.anchor.year or 0)


def with_headline(layout: Layout, timed: list[Timed], fresh: Sequence[Timed]) -> Timing:
    """Give the headline's figures the time of the same figures in the text below; return it where it is a span.

    `timed` are the values so far, in which the headline's are changed, `fresh` those of the sentence read last.
    """
    told = NO_TIME
    for at, title in enumerate(timed[:_HEADLINE]):
        if layout.passages[layout.sentences[title.sentence].passage].kind != "title":
            break
        same = next((one for one in fresh if _is_same(title.quantity, one.quantity) and one.timing.start), None)
        if title.timing.start or same is None or not 0 < same.sentence - title.sentence <= _BODY:
            continue
        timed[at] = title._replace(timing=same.timing._replace(basis="document"))
        told = NO_TIME if same.quantity.status == "target" else timed[at].timing
    return told if told.start and told.end and (told.end - told.start).days >= _SPAN else NO_TIME


def _is_same(title: Quantity, body: Quantity) -> bool:
    return title.unit == body.unit and abs(title.value) == abs(body.value)
