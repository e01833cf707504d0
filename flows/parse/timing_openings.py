"""The time that a paragraph or list opens with, which carries on to the values in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.parse.periods import Period
from flows.parse.timing import NO_TIME, SET_ASIDE, Calendar, Timing, is_reference, points_back, timing_of, usable

_SPANS = frozenset(
    (
        "opening",
        "months",
        "half",
        "quarter",
        "year",
        "relative",
        "month",
        "rolling",
        "fiscal",
        "fiscal-part",
        "week",
        "years",
        "past",
        "to-date",
        "end",
    )
)
LASTING = ("during", "for", "over", "in")  # "from May 1 to 5" may be when somebody travelled
_OPENING = 8  # words within which a paragraph is opened
# What dates a value that another is compared with, or stands in an aside, dates nothing around it.
_OF_EARLIER = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|as against|after|(?:up|down) from) "
    r"(?:[A-Z]{0,3}[$€£¥₹+−–-]?[ ]?)\d[\d.,]*(?:[ ]?%|[ ](?!and\b)[\w-]+){0,3}"
    r"(?:,?[ ]and[ ][+−–-]?\d[\d.,]*(?:[ ]?%|[ ]percent|[ ]per[ ]cent)?)?"
    r"(?:[ ]respectively)?(?:[ ](?:in|for|at|a|during)(?:[ ]the)?)?[ ]\Z"
    r"|\bfrom (?:(?:about|around|nearly|over|under|just|only|some|a mere|less than|fewer than|more than) ){0,2}"
    r"(?:[A-Z]{0,3}[$€£¥₹][ ]?)?\d[\d.,]*(?:[ ]?%|[ ](?:percent|per[ ]cent|hundred|thousand|million|billion|trillion"
    r"|lakh|crore|yuan|dollars|euros|pounds|yen|rupees|tonnes|tons|units|kWh|GW|kilowatts)\b(?: per \w+)?){0,3}"
    r"[ ](?:in|at|during|a)(?:[ ](?:the|early|late|mid))?[ ]\Z"
    r"|\b(?:from|than|extending|after|versus|against|following|reversing) (?:the|an?|its) \d[\d.,]*"
    r"(?:[ ]?%|[ ]percent|[ ]per[ ]cent)[ ](?:\w+[ ])?(?:growth|increase|decline|drop|fall|rise|contraction|expansion"
    r"|gain)[ ](?:in|for|of|during)(?:[ ]the)?[ ]\Z"
    r"|\b(?:after|following|reversing|having) (?:an? )?(?:[\w-]+ ){1,3}\d[\d.,]*(?:[ ]?%|[ ]percent|[ ]per[ ]cent)[ ]"
    r"(?:[\w-]+ )?(?:in|for|during)(?:[ ]the)?[ ]\Z"
)
_IN_ASIDE = re.compile(
    r";|,[ ](?:which|who|whose)\b[^,;]*\Z|,[ ]of[ ](?:which|whom|them)\b|\d (?:since|of them by)[ ]\Z"
)


# "Following growth of 2.5 percent last year, output fell in May": what went before the sentence's own time.
_AFTER_THAT = re.compile(r"\A\W{0,3}(?:Following|After|Despite|Unlike)\b[^,;]*\Z")


def is_aside(text: str, start: int, period: Period) -> bool:
    """Does a phrase of the sentence from `start` date a reference or what stands in an aside, and not the sentence?"""
    before = text[start : period.char_start]
    return any(form.search(before) for form in (_OF_EARLIER, _IN_ASIDE, _AFTER_THAT, SET_ASIDE))


def as_told(periods: Sequence[Period], last: Timing) -> list[Period]:
    """Give "by then" and "during the period" the time named before them in the sentence, else the one told `last`."""
    found: list[Period] = []
    for period in periods:
        if period.kind == "told":
            known = next((p for p in reversed(found) if p.start and p.end and not is_reference(p)), last)
            found.append(period._replace(start=known.start, end=known.end))
        else:
            found.append(period)
    return found


def opening_period(text: str, start: int, periods: Sequence[Period], calendar: Calendar) -> Timing:
    """Return the time that a paragraph or list opens with; `periods` are those of its first sentence, from `start`."""
    for period in usable(periods, calendar):
        if is_aside(text, start, period) or (period.kind == "relative" and points_back(text, period)):
            continue
        dated = period.kind == "date" and period.lead in {"as of", "by", "at", "as at", "as to"}
        lasting = period.kind == "days" and period.lead.startswith(LASTING)
        if (period.kind in _SPANS or dated or lasting) and (period.start or period.end):
            late = len(text[start : period.char_start].split()) > _OPENING and period.kind not in {"end", "date"}
            return timing_of(text, period, "paragraph")._replace(late=late)
    return NO_TIME
