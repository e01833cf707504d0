"""What counts as a quantity in a bare sentence: more than the tables take for a metric.

Ages, durations, parts of scores and standing groups say how much or how many; dates, clock times, orders, names and
the two sides of a score do not.
"""

from __future__ import annotations

import re

from flows.parse.marks import CLOSE
from flows.parse.periods import Period
from flows.parse.ranges import Amount, is_yearlike
from flows.parse.roles import TIME_UNITS, Role, role_of, window
from flows.parse.rules import load_words
from flows.parse.sieve import first_match, sift, table_sieve

_QUANTITY = Role("metric", "")
_NOTHING = Role("unresolved", "")
_TAKEN = load_words("bare")["taken"]
_AGE = re.compile(r"[ -](year|month|week|day)s?(?:[ -]olds?\b|[ -]of[ -]age\b)?")
_PAST_AGE = re.compile(r"[ -]olds?\b|[ -]of[ -]age\b")
_REACH = 120


def bare_role(text: str, amount: Amount, bounds: tuple[int, int], periods: list[Period]) -> Role:
    """Return what an amount of a bare sentence is taken for; an age gets its unit here."""
    told = role_of(text, amount, bounds, periods)
    if amount.value is None or (amount.form == "ordinal" and amount.unit is None):
        return told
    seen = window(text, amount.char_start, amount.char_end, bounds)
    sifted = sift(table_sieve("bare"), seen)
    found = next(((rule, match) for rule in sifted.rules if (match := first_match(sifted, rule, seen))), None)
    if found is not None:
        rule, match = found
        if rule.data["takes"] == "age":
            _make_age(text, amount, bounds[1])
        if "unit" in rule.data:  # often glued: "39.6C", "18-fold"
            behind = len(match[0].partition(CLOSE)[2])
            amount.unit, amount.own_unit, amount.char_end = str(rule.data["unit"]), True, amount.char_end + behind
        return Role("unresolved", rule.id) if rule.data["takes"] == "nothing" else _QUANTITY
    if told.rule in _TAKEN or (told.role == "date" and amount.unit in TIME_UNITS):
        return _QUANTITY
    bare = amount.unit is None and is_yearlike(text, amount.char_start, amount.char_end)
    return _NOTHING if bare and _looks_dated(text, amount) else told


def _make_age(text: str, amount: Amount, ceiling: int) -> None:
    """Give an age its unit and let it end behind "old": "24-year-old", "nine", "66 million years old"."""
    tail = _AGE.match(text, amount.char_end, ceiling)
    if amount.unit in TIME_UNITS:
        name, past = amount.unit, _PAST_AGE.match(text, amount.char_end, ceiling)
        amount.char_end = past.end() if past else amount.char_end
    elif tail:
        name, amount.char_end = tail[1], tail.end()
    else:
        name = "year"
    amount.unit, amount.own_unit = f"{name}_of_age", True


def _looks_dated(text: str, amount: Amount) -> bool:
    """Does a bare four-digit number stand as a year does: after "in" or "since", or before no noun?"""
    before = text[max(0, amount.char_start - 12) : amount.char_start].casefold()
    dated = re.search(r"\b(?:in|since|of|by|from|until|before|after|to|early|late|mid|and|than|for|the)[ -]\Z", before)
    return bool(dated) and not re.match(r"[ -][a-z]+s\b", text[amount.char_end : amount.char_end + 24])
