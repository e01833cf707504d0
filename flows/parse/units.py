"""Units beside a number: the currency before it, the unit after it, "per" what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from flows.parse.literals import fold_case
from flows.vocabulary import UnitForm, Vocabulary


class UnitTable(NamedTuple):
    """The unit forms of a vocabulary, ready for look-up; keys of `loose` and `prefix_forms` are case-folded.

    So are `prefix_ends`, the last two characters of prefixes or their only one, and the keys of `openings`, the first
    words of all other forms, each with the most words that a form has that it opens.
    """

    exact: Mapping[str, UnitForm]
    loose: Mapping[str, UnitForm]
    prefix_forms: Mapping[str, UnitForm]
    prefix_ends: frozenset[str]
    openings: Mapping[str, int]

    def __hash__(self) -> int:
        """Hash by identity: a table is built once for a vocabulary."""
        return id(self)


class Unit(NamedTuple):
    """A unit found beside a number: its canonical name, its factor, and where it ends (or starts, for a prefix)."""

    unit: str
    factor: Decimal
    edge: int
    hyphenated: bool = False


_FARTHEST = 60  # code points after a number in which the words of its unit end
_LONGEST_PREFIX = 8  # code points before a number in which its currency stands
_OPENING = re.compile(r"(?:[ \u00a0]{1,2}|-|[ ]?\r?\n[ ]*)?([^\s,;:()\[\]]+)")
_WORD = r"[^\s,;:()\[\]]+"
_WORDS = tuple(re.compile(rf"{_WORD}(?:[ \u00a0\n]+{_WORD}){{0,{more}}}") for more in range(5))  # one to five
_PER = re.compile(r"(?:[ ]per[ ]|/|[ ]an?[ ])(?=[a-z]+\b)")
_MONEY = re.compile(r"\d{3}|\d+[.,]\d|\d+[ ]?(?:hundred|thousand|million|billion|trillion|lakh|crore|bn|m\b|\d{3}\b)")
_BLANKS = re.compile(r"\s+")
_CUT = re.compile(r"[-–—/)]")
_CLOSING = ".;:!?\"'”’"
_RATE_UNITS = frozenset(
    [
        "tonne",
        "kilogram",
        "kilowatt_hour",
        "hectare",
        "mu",
        "square_metre",
        "square_kilometre",
        "cubic_metre",
        "barrel",
        "litre",
        "kilometre",
    ]
)
_SHARE_UNITS = frozenset(("percent", "percentage_point", "basis_point"))
# "%-point" is a unit; "5-percent" and "24-hour" hyphenate number and unit.
_HYPHEN_UNITS = frozenset(
    [
        "metre",
        "kilometre",
        "year",
        "month",
        "week",
        "day",
        "hour",
        "minute",
        "tonne",
        "hectare",
        "percent",
        "basis_point",
        "mile",
    ]
)


@lru_cache(maxsize=4)
def unit_table(vocabulary: Vocabulary) -> UnitTable:
    """Index the unit forms of a vocabulary by their printed form."""
    suffix = [form for form in vocabulary.units if not form.prefix]
    prefix = {form.form.casefold(): form for form in vocabulary.units if form.prefix}
    return UnitTable(
        exact={form.form: form for form in suffix if form.exact},
        loose={form.form.casefold(): form for form in suffix if not form.exact},
        prefix_forms=prefix,
        prefix_ends=frozenset(fold_case(form[-2:]) for form in prefix),
        openings=_openings(form.form.casefold().split() for form in suffix),
    )


def _openings(forms: Iterable[list[str]]) -> dict[str, int]:
    openings: dict[str, int] = {}
    for words in forms:
        openings[words[0]] = max(len(words), openings.get(words[0], 0))
    return openings


@lru_cache(maxsize=16)
def with_dollar(table: UnitTable, currency: str) -> UnitTable:
    """Return the table with "$" and "dollars" read as that currency."""
    prefix = {**table.prefix_forms, "$": table.prefix_forms["$"]._replace(unit=currency)}
    words = {form: table.loose[form]._replace(unit=currency) for form in ("dollar", "dollars") if form in table.loose}
    loose = {**table.loose, **words}
    return table._replace(prefix_forms=prefix, loose=loose)


def unit_before(table: UnitTable, text: str, at: int, floor: int) -> Unit | None:
    """Return the currency that ends right before `at`, or None."""
    begin = max(floor, at - _LONGEST_PREFIX)
    near = text[begin:at]
    bare = near[:-1] if near[-1:] in {" ", "\u00a0"} else near
    end = fold_case(bare[-2:])
    if end not in table.prefix_ends and end[-1:] not in table.prefix_ends:
        return None
    for start in range(len(bare)):
        form = table.prefix_forms.get(bare[start:].casefold())
        before = text[begin + start - 1 : begin + start]
        if form is None or (before.isascii() and before.isalpha()):
            continue
        if (bare[start:].isalpha() and bare is near and not _MONEY.match(text, at)) or (
            form.exact and form.form != bare[start:]
        ):
            return None  # "COP15" is a name; "RMB100" is money
        return Unit(form.unit, form.factor, begin + start)
    return None


def unit_after(table: UnitTable, text: str, at: int, ceiling: int) -> Unit | None:
    """Return the unit that follows a number ending at `at`, or None."""
    ceiling = min(ceiling, at + _FARTHEST)
    opening = _OPENING.match(text, at, ceiling)
    most = _most_words(table, opening[1]) if opening else 0
    words = _WORDS[min(most, 5) - 1].match(text, opening.start(1), ceiling) if opening and most else None
    if not words:
        return None
    hyphenated = text[at : at + 1] == "-"
    form, size = _longest(table, words[0], hyphenated=hyphenated, glued=words.start() == at)
    return Unit(form.unit, form.factor, words.start() + size, hyphenated) if form else None


@lru_cache(maxsize=10_000)
def _most_words(table: UnitTable, opening: str) -> int:
    """Return how many words a form has at most that a word opens, whatever stops or is hyphenated to it."""
    words = {opening, opening.rstrip(_CLOSING), opening[: _head(opening)]}
    return max(table.openings.get(word.casefold(), 0) for word in words)


@lru_cache(maxsize=10_000)
def _longest(table: UnitTable, words: str, *, hyphenated: bool, glued: bool) -> tuple[UnitForm | None, int]:
    """Return the longest form that opens the words, None for none, and how much of them it is."""
    reach = [*(blank.start() for blank in _BLANKS.finditer(words)), len(words)][::-1]
    whole = [size for end in reach for size in (end, len(words[:end].rstrip(_CLOSING)))]
    for size in dict.fromkeys([*whole, *(_head(words[:end]) for end in reach)]):
        if size:
            form = _form(table, " ".join(words[:size].split()))
            if form and _fits(form, hyphenated=hyphenated, glued=glued):
                return form, size
    return None, 0


def _head(words: str) -> int:
    """The length up to a hyphen, dash or slash: "200-metre-long", "5%–7%", "GW/year"."""
    cut = _CUT.search(words)
    return cut.start() if cut else len(words)


def _form(table: UnitTable, words: str) -> UnitForm | None:
    return table.exact.get(words) or table.loose.get(words.casefold()) if words else None


def _fits(form: UnitForm, *, hyphenated: bool, glued: bool) -> bool:
    if hyphenated:
        return form.unit in _HYPHEN_UNITS or form.form[0] == "%" or len(form.unit) == 3 or form.unit in _RATE_UNITS
    return not glued or not form.form.islower() or len(form.form) <= 4


def per_unit(table: UnitTable, text: str, unit: str, at: int, ceiling: int) -> tuple[str, int]:
    """Return the unit with what it is per ("tonne_per_hectare") and where that ends; time and people are left out."""
    match = _PER.match(text, at, ceiling)
    if not match or unit in _SHARE_UNITS or unit.isupper():
        return unit, at
    below = unit_after(table, text, match.end() - (match[0][-1] == " "), ceiling)
    if below and below.unit in _RATE_UNITS and below.factor == 1 and below.edge > match.end():
        return f"{unit}_per_{below.unit}", below.edge
    return unit, at
