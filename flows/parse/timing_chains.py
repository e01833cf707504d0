"""The times that values take from what stands beside them: a bracket's phrase, a chain's last value, a growth's end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from flows.parse.calendars import move
from flows.parse.measures import RATIOS
from flows.parse.periods import Period
from flows.parse.quantity import Quantity
from flows.parse.timing import Timing


class Timed(NamedTuple):
    """A quantity with its time, and the index of its sentence."""

    sentence: int
    quantity: Quantity
    timing: Timing


_CHAINED = re.compile(r",?\s+(?:and|or)\s+(?:by\s+)?|,\s+")
_CHAINED_ELSEWHERE = re.compile(r"\s+(?:in|for|among)\s+[^,;:.()\d]{2,60}?,?\s+and\s+(?:by\s+)?")
# "1,200 doctors, 200 nurses and 250": nouns alone, no verb and no preposition.
_LISTED = re.compile(
    r"\s+(?!(?:in|on|at|by|from|since|during|for|with)\b)(?:[\w'’-]+\s+){0,3}[\w'’-]+(?:,|,?\s+and|\s+or)\s+"
)
_VERB_ONLY = re.compile(r"\s+(?:[\w'’-]+\s+){1,6}(?:over\s+|about\s+|around\s+|nearly\s+|almost\s+|more than\s+)?")
# "an outlay of 3 million yuan and staff costs of 2 million yuan in 2023": nouns alone, no verb.
_OBJECTS = re.compile(
    r"\s+and\s+(?:[\w'’-]+\s+){1,5}of\s+(?:(?:about|around|some|nearly|over|almost|up to|more than)\s+)?"
)
_STANDING = re.compile(
    r"\b(?:which|who|where)\b[^,;]{0,40}"
    r"\b(?:accounts?|makes?[ ]up|represents?|comprises?|contributes?|supports?)\b(?:[ ][\w-]+){0,4}[ ]\Z"
)
# "enterprises with annual turnover of at least 20 million yuan": what they are, not what they had.
_CRITERION = re.compile(r"\bwith (?:an? )?(?:annual |main |\w+ ){0,4}of (?:[a-z]+ ){1,4}\Z")
# "with a weight of 5.4 percent", "contributing 5.4 percent to the index": how an index is made, not how it moved.
_WEIGHS = re.compile(r"\bweight(?:age|ing)? (?:of|is|at) (?:(?:about|around|some|nearly|over) )?\Z")
_WEIGHED = re.compile(r" (?:of|to|in) (?:the )?(?:items in the )?(?:[\w-]+ ){0,4}(?:[Ii]ndex|basket)\b")
_THRESHOLDS = frozenset(("at_least", "more_than"))
_LED_TO = re.compile(r"[^;:.]{0,60}?,?\s+to\s+(?:\w+\s+){0,3}")
_BRACKET = re.compile(r"\s?\((?:[a-z]+[ ]){0,2}")  # "20 million yuan (nearly 3 million dollars)"
_OWNED = re.compile(
    r"\s?[(\[]|(?:['’]s)?\s(?:\w+\s)?(?:figure|reading|level|rate|estimate|total|value|result|pace)s?\s(?:of|at)\s"
    r"(?:(?:about|around|some|nearly|only|just|over)\s)?"
)
_OWN = 40  # code points
_AGAIN = re.compile(rf"{_BRACKET.pattern}|,?\s+or\s+(?:(?:about|around|some|nearly|over|almost)\s+)?")
_REACH = 90
_LONGEST = 600  # months
_STANDING_UNITS = RATIOS | {"count", "index", "watt"}
_LEADS_TO = re.compile(
    r"\s(?:year.on.year\s)?(?:(?:in|by|on)\s[^,;:.()\d]{2,50}\s)?to\s"
    r"(?:(?:about|around|nearly|over|more than|almost)\s)?"
)


def bracketed(text: str, quantity: Quantity, periods: Sequence[Period]) -> Period | None:
    """Return the phrase that a value has as its own: "down on April 2024 (€246.5 bn)", "the April figure of 2%"."""
    for period in periods:
        near = (period.start or period.end) and 0 < quantity.char_start - period.char_end < _OWN
        if near and _OWNED.fullmatch(text, period.char_end, quantity.char_start):
            return period
    return None


def is_standing(text: str, quantity: Quantity) -> bool:
    """Is it a share that the text gives in the present, as a standing one: "which account for half of the basket"?"""
    before = text[max(0, quantity.char_start - _REACH) : quantity.char_start]
    if quantity.measure == "level":
        return quantity.bound in _THRESHOLDS and _CRITERION.search(before) is not None
    return quantity.measure == "share" and _STANDING.search(before) is not None


def is_weight(text: str, quantity: Quantity) -> bool:
    """Is it how much a part weighs in an index, which stays as the index moves?"""
    if quantity.unit != "percent" or quantity.measure == "change":
        return False
    before = text[max(0, quantity.char_start - _OWN) : quantity.char_start]
    return _WEIGHS.search(before) is not None or _WEIGHED.match(text, quantity.char_end) is not None


def spread(text: str, timed: list[Timed]) -> list[Timed]:
    """Give the time of a clause to those of its values that have none of their own, from the last to the first.

    "grew by 5% and 7% in the second quarter", "1,200 doctors and 200 nurses this year", "30 firms made over half of it
    in May"; and to the level that a growth leads to, "fell 2.8 percent to 3.7 billion", the time of the growth.
    """
    for at in range(len(timed) - 2, -1, -1):
        here, after = timed[at], timed[at + 1]
        named = after.timing.phrase is not None and after.timing.basis == "clause"
        named = named and not (
            here.quantity.status == "actual" != after.quantity.status
        )  # "built 12, with 5 planned for"
        if named and (
            _is_chained(text, here.quantity, after.quantity)
            or (here.timing.basis != "clause" and _is_one_clause(text, here.quantity, after.quantity))
        ):
            timed[at] = here._replace(timing=after.timing)
    _hold(text, timed)
    for at in range(1, len(timed)):
        before, here = timed[at - 1], timed[at]
        between = text[before.quantity.char_end : here.quantity.char_start]
        again = here.quantity.rule == "restated" and _BRACKET.fullmatch(between)
        if (again and here.timing.basis != "clause") or (
            here.timing.basis is None
            and here.timing.phrase is None
            and _is_led_to(text, before.quantity, here.quantity)
        ):
            timed[at] = here._replace(timing=before.timing)
    return timed


_HELD = re.compile(r"\)?(?:\s\([^()]*\))?,?\s+for\s+(?:(?:the|more than|at least|over|past|last|a)\s+){0,3}")
_MONTHS = {"year": 12, "quarter": 3, "month": 1}


def _hold(text: str, timed: list[Timed]) -> None:
    """Give a level that a streak says to have lasted all of its time: "above 650 tonnes for seven straight years"."""
    for at in range(1, len(timed)):
        streak, end = timed[at].quantity, timed[at].timing.end
        months = int(streak.value) * _MONTHS.get(streak.unit, 0) if streak.measure == "streak" else 0
        if not end or not 0 < months < _LONGEST:
            continue
        begin = move(end + timedelta(days=1), -months)
        held = timed[at].timing._replace(start=begin)
        for before in range(at - 1, -1, -1):
            here = timed[before].quantity
            if here.measure != "level" or not _HELD.fullmatch(text, here.char_end, streak.char_start):
                break
            timed[before] = timed[before]._replace(timing=held)


def _is_chained(text: str, here: Quantity, after: Quantity) -> bool:
    return here.unit == after.unit and _CHAINED.fullmatch(text, here.char_end, after.char_start) is not None


def _is_one_clause(text: str, here: Quantity, after: Quantity) -> bool:
    if after.rule == "restated" and _AGAIN.fullmatch(text, here.char_end, after.char_start):
        return True
    if here.measure == "change" and _leads_on(text, here, after):
        return True
    if here.unit == after.unit and _CHAINED_ELSEWHERE.fullmatch(text, here.char_end, after.char_start):
        return True
    if here.rule == after.rule == "level-of-noun" and _OBJECTS.fullmatch(text, here.char_end, after.char_start):
        return True
    if here.unit != "count" or here.measure != "level":
        return False
    if after.unit == "count" and _LISTED.fullmatch(text, here.char_end, after.char_start):
        return True
    return after.unit != "count" and _VERB_ONLY.fullmatch(text, here.char_end, after.char_start) is not None


def _leads_on(text: str, here: Quantity, after: Quantity) -> bool:
    """Does a change go on to what it comes to, or to itself in brackets: "fell by 0.1 hour to 34.2 hours in June"?"""
    if after.rule == "restated":
        return text[here.char_end : after.char_start].strip() == "("
    return after.rule == "to-level" and _LED_TO.fullmatch(text, here.char_end, after.char_start) is not None


def _is_led_to(text: str, change: Quantity, level: Quantity) -> bool:
    """Is it the amount that a growth of the same sentence leads to, and no rate or count that stands?"""
    if level.rule != "to-level" or change.measure != "change" or change.unit != "percent":
        return False
    return (
        level.unit not in _STANDING_UNITS and _LEADS_TO.fullmatch(text, change.char_end, level.char_start) is not None
    )
