"""Whose fiscal years and whose dollars a text counts, by the country that it names most."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from flows.parse.rules import Rule, load_rules
from flows.parse.sieve import Sieve, each_match, sieve_of, sift

_FISCAL = ("Fiscal", "fiscal", *(f"{first}inancial {second}ear" for first in "Ff" for second in "Yy"))
_SHORT = re.compile(r"FY[ ]?\d")
# The mark first: a search leaps to it, and to one that it knows several times as fast as to one of three.
_TWO_YEARS = {mark: re.compile(rf"{mark}(?<=\d{{4}}{mark})\d\d\b") for mark in "-–/"}
_READ_FOR_COUNTRY = 20_000  # code points; what a text is about shows long before


class Fiscal(NamedTuple):
    """How a country's fiscal years run.

    `month` is the one in which they begin, None where the text does not tell; FY2022 begins in 2022 where they are
    named `by_start`, and Q1 is the first quarter of the fiscal year where the `quarters` are its own.
    """

    month: int | None = None
    by_start: bool = False
    quarters: bool = False


def fiscal_rule(text: str) -> Fiscal:
    """How the fiscal years of the document's country run, if the document names such years."""
    rule = _most_named(text, "month") if _is_fiscal(text) else None
    if rule is None:
        return Fiscal()
    return Fiscal(int(rule.data["month"]), bool(rule.data.get("by_start")), bool(rule.data.get("quarters")))


def _is_fiscal(text: str) -> bool:
    """Does a text name fiscal years? To look for plain letters is many times as fast as to search for a pattern."""
    told = any(words in text for words in _FISCAL) or ("FY" in text and _SHORT.search(text))
    return bool(told) or any(mark in text and two_years.search(text) for mark, two_years in _TWO_YEARS.items())


def dollar_of(text: str) -> str:
    """Return whose dollars a bare "$" counts, by the country that the text names most."""
    rule = _most_named(text, "dollar") if "$" in text or "dollar" in text else None
    return str(rule.data["dollar"]) if rule else "USD"


# A fiscal year takes one naming of its country; a country's dollars are meant where more than a passing word is on it.
_NAMED = {"month": 1, "dollar": 2}


@cache
def _sieve(key: str) -> Sieve:
    return sieve_of(rule for rule in load_rules("context") if key in rule.data)


def _most_named(text: str, key: str) -> Rule | None:
    front = text[:_READ_FOR_COUNTRY]
    sifted = sift(_sieve(key), front)
    counted = [
        (sum(1 for _ in islice(each_match(sifted, rule, front, 0, len(front)), 50)), rule) for rule in sifted.rules
    ]
    count, best = max(counted, key=lambda hit: hit[0], default=(0, None))
    return best if count >= _NAMED[key] else None
