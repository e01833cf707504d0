"""Whose fiscal years and whose dollars a text counts, by the country that it names most."""

from __future__ import annotations

import re
from itertools import islice

from flows.parse.rules import Rule
from flows.parse.sieve import each_match, sift, table_sieve

_FISCAL = tuple(map(re.compile, (r"FY[ ]?\d", "Fiscal", "fiscal", "Financial [Yy]ear", "financial [Yy]ear")))
_TWO_YEARS = re.compile(r"\d{4}[-–/]\d\d\b")
_READ_FOR_COUNTRY = 20_000  # code points; what a text is about shows long before


def fiscal_rule(text: str) -> tuple[int | None, bool]:
    """The month in which the fiscal years of the document's country begin, and whether FY2022 begins in 2022."""
    rule = _most_named(text, "month") if _is_fiscal(text) else None
    return (int(rule.data["month"]), bool(rule.data.get("by_start"))) if rule else (None, False)


def _is_fiscal(text: str) -> bool:
    """Does a text name fiscal years? One search a form, each for its first letters, is far quicker than one for all."""
    return any(form.search(text) for form in _FISCAL) or _TWO_YEARS.search(text) is not None


def dollar_of(text: str) -> str:
    """Return whose dollars a bare "$" counts, by the country that the text names most."""
    rule = _most_named(text, "dollar") if "$" in text or "dollar" in text else None
    return str(rule.data["dollar"]) if rule else "USD"


# A fiscal year takes one naming of its country; a country's dollars are meant where more than a passing word is on it.
_NAMED = {"month": 1, "dollar": 2}


def _most_named(text: str, key: str) -> Rule | None:
    front = text[:_READ_FOR_COUNTRY]
    sifted = sift(table_sieve("context"), front)
    counted = [
        (sum(1 for _ in islice(each_match(sifted, rule, front, 0, len(front)), 50)), rule)
        for rule in sifted.rules
        if key in rule.data
    ]
    count, best = max(counted, key=lambda hit: hit[0], default=(0, None))
    return best if count >= _NAMED[key] else None
