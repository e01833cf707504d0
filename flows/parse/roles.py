"""What each number is taken for: a metric's value, or one of the things that numbers are besides."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from flows.parse.marks import CLOSE, OPEN
from flows.parse.multiples import multiple_of
from flows.parse.nouns import is_folded
from flows.parse.periods import Period
from flows.parse.ranges import Amount
from flows.parse.rules import load_rules, ways_of
from flows.parse.sieve import Sieve, matches, sieve_of, sift

_REACH = 60  # code points of context on either side; the longest rule needs fewer
_SPACE = re.compile(r"[^\S ]\s*| \s+")  # all but single blanks, which stay as they are
TIME_UNITS = frozenset(("year", "month", "week", "day", "hour", "minute", "second", "quarter", "decade"))


class Role(NamedTuple):
    """A role of the ledger and the rule that gave it; ``metric`` is provisional until a frame holds the value."""

    role: str
    rule: str


def window(text: str, start: int, end: int, bounds: tuple[int, int], reach: int = _REACH) -> str:
    """Return the words around ``text[start:end]``, folded, with the marks around it; the sentence bounds it."""
    left, right = text[max(bounds[0], start - reach) : start], text[end : min(bounds[1], end + reach)]
    shown = " ".join(text[start:end].split())
    return f"{_folded(left)}{OPEN}{shown}{CLOSE}{_folded(right)}"


def _folded(words: str) -> str:
    return words if is_folded(words) else _SPACE.sub(" ", words)


def role_of(text: str, amount: Amount, bounds: tuple[int, int], periods: list[Period]) -> Role:
    """Return what an amount is taken for."""
    if amount.form == "malformed":
        return Role("unresolved", "malformed-number")
    inside = _period_around(amount, periods)
    if inside:
        return inside
    seen = window(text, amount.char_start, amount.char_end, bounds)
    sifted = sift(_sieve(bare=amount.unit is None, ordinal=amount.form == "ordinal"), seen)
    for rule in sifted.rules:
        if matches(sifted, rule, seen):
            return Role(str(rule.data["role"]), rule.id.partition("|")[0])
    if not multiple_of(text, amount, bounds[1]):
        return Role("group", "occasions")
    if amount.value is None:
        return Role("unresolved", "no-value")
    return Role("metric", "")


@cache
def _sieve(*, bare: bool, ordinal: bool) -> Sieve:
    rules = (
        r for r in load_rules("numerals") if (bare or r.data.get("unit")) and (ordinal or not r.data.get("ordinal"))
    )
    return sieve_of(way for rule in rules for way in ways_of(rule))


def _period_around(amount: Amount, periods: list[Period]) -> Role | None:
    if amount.unit is not None and amount.unit not in TIME_UNITS and amount.form != "fraction":
        return None
    for period in periods:
        overlap = period.char_start < amount.char_end and amount.char_start < period.char_end
        if overlap and (period.char_start <= amount.char_start or amount.unit in TIME_UNITS):
            return Role("name" if period.kind in {"plan", "congress"} else "date", period.rule)
    return None
