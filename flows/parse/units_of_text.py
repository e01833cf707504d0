"""The units that a text itself names: its dollars, and abbreviations that it spells out."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.parse.countries import dollar_of
from flows.parse.units import UnitTable, with_dollar
from flows.vocabulary import UnitForm

_SCALES = {"thousand": 10**3, "lakh": 10**5, "million": 10**6, "crore": 10**7, "billion": 10**9, "trillion": 10**12}
_ABBREVIATED = re.compile(r"\((?P<short>[A-Z][A-Za-z]{1,3})\)")
_EQUAL = re.compile(r"\b(?P<short>[A-Z][A-Za-z]{1,3})[ ]?=[ ]?(?P<full>[a-z]+[ ][a-z]+(?:[ ][a-z]+)?)")
_REACH = 30  # code points in which what a bracket abbreviates stands
_WORDS = 3  # a scale, and a unit of two words


def units_of(text: str, table: UnitTable) -> UnitTable:
    """Return the unit table as this text means it: "300 million tonnes (MT) … 255 MT" counts millions of tonnes."""
    table = with_dollar(table, dollar_of(text))
    told = {(m["short"], form) for m in _ABBREVIATED.finditer(text) if (form := _spelled(text, m.start(), table))}
    if "=" in text:
        full = ((m["short"], m["full"].split()) for m in _EQUAL.finditer(text))
        told |= {(short, form) for short, words in full if (form := _scaled(words[0], " ".join(words[1:]), table))}
    return _with_forms(table, frozenset(told)) if told else table


def _spelled(text: str, at: int, table: UnitTable) -> UnitForm | None:
    """Read the scale and the unit that end before a bracket: of "300 million tonnes (" the million tonnes."""
    words = text[max(0, at - _REACH) : at].split()[-_WORDS:]
    return next((form for i in range(len(words)) if (form := _scaled(words[i], " ".join(words[i + 1 :]), table))), None)


def _scaled(scale: str, unit: str, table: UnitTable) -> UnitForm | None:
    worth, form = _SCALES.get(scale.casefold()), table.loose.get(unit.casefold())
    return form._replace(factor=form.factor * worth, exact=True) if worth and form and not form.prefix else None


@lru_cache(maxsize=64)
def _with_forms(table: UnitTable, told: frozenset[tuple[str, UnitForm]]) -> UnitTable:
    exact = {**table.exact, **{short: form._replace(form=short) for short, form in told}}
    openings = {**table.openings, **{short.casefold(): table.openings.get(short.casefold(), 1) for short, _ in told}}
    return table._replace(exact=exact, openings=openings)
