"""Which way a value of a bare sentence went, and the one sign that says how it is modified."""

from __future__ import annotations

import re

from flows.parse.marks import CLOSE, OPEN
from flows.parse.measures import sign_of
from flows.parse.nouns import fold
from flows.parse.quantity import Line, Quantity
from flows.parse.roles import TIME_UNITS
from flows.parse.rules import load_part, load_pattern
from flows.parse.sieve import first_match, sift, table_sieve

_VERBS = "|".join(load_part("frames", name) for name in ("up_verb", "down_verb"))
_TREND = re.compile(rf"\b(?:higher|lower|doubled|tripled|trebled|quadrupled|{_VERBS})\b", re.IGNORECASE | re.VERBOSE)
_REACHED = load_pattern("moves", "reached")
_UP_TO = load_pattern("moves", "bounded-up-to")
_OBJECT = load_pattern("moves", "object")
_BY = load_pattern("moves", "by")
_AFTER_IT = load_pattern("moves", "after")
_OVER_TIME = load_pattern("moves", "over-a-time")
_FRAMES_OF_CHANGE = ("change-", "chain", "restated", "multiple")
_NEAR = 110  # code points before the value in which its verb must stand
_AFTER = 40


def with_direction(line: Line, left: str, quantity: Quantity) -> Quantity:
    """Return the value with the way that it went: also of a level risen or fallen to, an object gained or lost.

    A value that only stands beside a change ("fallen in the past 60 days") is no change; its sign goes.
    """
    compound = "-" in line.text[quantity.char_start + 1 : quantity.char_end + 1]  # "jumped to a three-week high"
    reached = None if compound else _reached(left[-_NEAR:], quantity) or _said_after(line, quantity)
    if _is_change(line, left, quantity) and not (reached and quantity.rule == "change-noun-subject"):
        return quantity
    upper = None if quantity.value_upper is None else abs(quantity.value_upper)
    value = abs(quantity.value) if quantity.direction else quantity.value
    return quantity._replace(value=value, value_upper=upper, direction=reached)


def _is_change(line: Line, left: str, quantity: Quantity) -> bool:
    if quantity.direction is None:
        return False
    if quantity.unit == "times":  # "doubled", not "is four times the mass"
        return line.text.endswith(("d", "ing"), quantity.char_start, quantity.char_end)
    by_frame = quantity.rule.startswith(_FRAMES_OF_CHANGE)
    return by_frame and (quantity.unit not in TIME_UNITS or bool(_BY.search(left)))


def _said_after(line: Line, quantity: Quantity) -> str | None:
    after = _AFTER_IT.match(line.text[quantity.char_end : min(line.end, quantity.char_end + _AFTER)])
    return None if not after or quantity.noun or quantity.unit in TIME_UNITS else "up" if after["up"] else "down"


def _reached(near: str, quantity: Quantity) -> str | None:
    gained = _OBJECT.search(near)
    if gained:
        return "up" if gained["up"] else "down"
    reached = _REACHED.search(near)
    if not reached or quantity.rule == "from-level":
        return None
    trends = _TREND.findall(_UP_TO.sub("", near[: reached.start()]))
    return None if not trends else "down" if sign_of(trends[-1]) < 0 else "up"


def sign(line: Line, left: str, quantity: Quantity) -> str:
    """Return "=", "~", ">", "<", "up" or "down": what bounds the number, else the way that it went, else "="."""
    right = fold(line.text[quantity.char_end : min(line.end, quantity.char_end + _AFTER)])
    blank = " " if line.text[quantity.char_end : quantity.char_end + 1].isspace() else ""
    shown = fold(line.text[quantity.char_start : quantity.char_end])
    seen = f"{left[-_NEAR:]}{OPEN}{shown}{CLOSE}{blank}{right}"
    if quantity.unit in TIME_UNITS and _OVER_TIME.search(left[-_NEAR:]):
        return quantity.direction or "="
    sifted = sift(table_sieve("signs"), seen)
    told = next((rule for rule in sifted.rules if first_match(sifted, rule, seen)), None)
    return str(told.data["sign"]) if told else quantity.direction or "="
