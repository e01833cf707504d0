"""Whose fiscal years and whose dollars a text counts, by the country that it names most."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from flows.parse.rules import Rule, load_rules
from flows.parse.sieve import Sieve, each_match, sieve_of, sift

_FISCAL = re.compile(r"FY[ ]?\d|[Ff]iscal|[Ff]inancial [Yy]ear")
_TOLD_BY = ("FY", "iscal", "inancial ")
_TWO_YEARS = re.compile(r"[-–/](?<=\d{4}[-–/])\d\d\b")  # the mark first: a search leaps to it
_READ_FOR_COUNTRY = 20_000  # code points; what a text is about shows long before


def fiscal_rule(text: str) -> tuple[int | None, bool]:
    """The month in which the fiscal years of the document's country begin, and whether FY2022 begins in 2022."""
    rule = _most_named(text, "month") if _is_fiscal(text) else None
    return (int(rule.data["month"]), bool(rule.data.get("by_start"))) if rule else (None, False)


def _is_fiscal(text: str) -> bool:
    """Does a text name fiscal years? To look for plain letters is many times as fast as to search for a pattern."""
    told = any(letters in text for letters in _TOLD_BY) and _FISCAL.search(text) is not None
    return told or _TWO_YEARS.search(text) is not None


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
