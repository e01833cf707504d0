"""Numerals become amounts: a number with its unit, sign, range and scale, as printed.

An amount does not know yet whether it is a quantity about the world; ``roles.py`` says that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from flows.parse.numbers import Number
from flows.parse.rules import load_pattern
from flows.parse.rupees import is_rupees
from flows.parse.units import Unit, UnitTable, per_unit, unit_after, unit_before


@dataclass(slots=True)
class Amount:
    """One amount of a sentence; `numbers` are the indexes of its numerals in the text's list.

    `form` is the first numeral's; `unit` is None for a bare number; `upper` is set for a range only.
    """

    char_start: int
    char_end: int
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    form: str
    numbers: tuple[int, ...]
    hyphenated: bool = False
    scaled: bool = False
    own_unit: bool = False
    out_of: Decimal | None = None
    noun_at: int | None = None  # where the words begin that say what is counted, if not right after the number


_SIGNS = frozenset("-−–+")
_SIGN = re.compile(r"(?:\A|[\s(:])[-−–+]\Z")
_RANGE = re.compile(r"[ ]?[-–—−~][ ]?|[ ]to[ ]|\s+to\s+")
_OF_NUMBER = re.compile(r"[ ]?(?:[a-z]+[ ])?(?:in|out[ ]of)[ ](?:every[ ])?\Z")
_CHAIN = re.compile(r",?[ \n]+(?:and|or|to)[ \n]+|,[ \n]*|[ ]?/[ ]?")
_POINTS = frozenset(("percentage_point", "basis_point"))
_DIFFERS = re.compile(r"[ \n](?:higher|lower|up|down|above|below|more|less|better|worse)\b")
_COUNTED = 1000  # "4,000 or 7 percent": no percentages are as many
_SCORED = re.compile(r"\d[-–]\Z")
_BETWEEN = re.compile(r"\bbetween[ \n]+\Z", re.IGNORECASE)
# What moves opens no range: "fell from 5 to 4", "climbed back above 50 to 51.2".
_FROM = re.compile(r"\b(?:from|above|below|past|beyond)[ \n]+(?:about |around |nearly |over |some )?\Z", re.IGNORECASE)
_MOVED = load_pattern("links", "moved-by")
_RANGING = re.compile(r"\b(?:rang(?:e|es|ed|ing)|vary|varying|anywhere|anything)[ \n]+from[ \n]+\Z", re.IGNORECASE)
_PART_AFTER = re.compile(
    r"\s*(?:[,.;:)—–]|\Z|(?:of|since|will|go|goes|went|are|is|were|was|have|has|had|came|comes|in|from|to|over|on|and|between|during|within)\b"
    r"|lower|higher|more|less|compared|this|last|below|above)"
)
_PART_BEFORE = re.compile(r"\b(?:an?|one)[ \n]\Z", re.IGNORECASE)
_OF_AN = re.compile(r"[ \n](?:of[ ])?an?[ ]")
_YEARLIKE = range(1900, 2101)
_OPENS_PART = re.compile(
    r"(?:\A|[.;:,”\"][ \n]|\n|\b(?:nearly|about|around|almost|roughly|some|over|than|that)[ ])\Z", re.IGNORECASE
)
_MAX_PART = 20


def build_amounts(
    text: str, numbers: list[Number], first: int, last: int, bounds: tuple[int, int], table: UnitTable
) -> list[Amount]:
    """Return the amounts of ``numbers[first:last]``, which stand in the sentence ``text[slice(*bounds)]``, in order."""
    amounts: list[Amount] = []
    at = first
    while at < last:
        amount = _read_amount(text, numbers[at], at, bounds, table)
        at += 1
        while at < last and (joined := _join(text, amount, numbers[at], at, bounds, table)):
            amount, at = joined, at + 1
        amounts.append(amount)
    _inherit_units(text, amounts)
    return amounts


def _read_amount(text: str, number: Number, index: int, bounds: tuple[int, int], table: UnitTable) -> Amount:
    floor, ceiling = bounds
    value, form = number.value, number.form
    start, end = number.char_start, number.char_end
    if form in {"ordinal", "multiple", "vague"}:
        return _wordy(text, number, index, bounds)
    before = unit_before(table, text, start, floor)
    after = None if before and number.scaled else unit_after(table, text, end, ceiling)
    if form == "fraction" and not after:
        article = _OF_AN.match(text, end, ceiling)
        after = unit_after(table, text, article.end() - 1, ceiling) if article else None
    unit, factor = _choose(before, after, text, number)
    if before and unit == before.unit:
        start = before.edge
    if after and unit == after.unit:
        end = after.edge
    if unit is None and number.scaled and is_rupees(text, number, floor):
        unit = "INR"
    if unit:
        unit, end = per_unit(table, text, unit, end, ceiling)
    if value is not None and text[start - 1 : start] in _SIGNS and _SIGN.search(text, max(floor, start - 2), start):
        value, start = value if text[start - 1] == "+" else -value, start - 1
    if form == "fraction" and unit is None and value is not None:
        unit, value = "percent", value * 100
    worth = None if value is None else value * factor
    hyphenated = bool(after and after.hyphenated and unit == after.unit)
    return Amount(start, end, worth, None, unit, form, (index,), hyphenated, number.scaled, bool(unit))


def _choose(before: Unit | None, after: Unit | None, text: str, number: Number) -> tuple[str | None, Decimal]:
    """A currency before the number wins; after a scaled number nothing else can be meant."""
    if before and not (after and after.unit == before.unit):
        return before.unit, before.factor
    if after and not (after.unit in {"second", "minute"} and text[number.char_end : number.char_end + 1] == "-"):
        return after.unit, after.factor
    return None, Decimal(1)


def _wordy(text: str, number: Number, index: int, bounds: tuple[int, int]) -> Amount:
    """Ordinals, multiples and vague words; "almost a third" is a fraction, "the third reading" is none."""
    start, end = number.char_start, number.char_end
    value, unit, form = number.value, None, number.form
    if form == "multiple":
        return Amount(start, end, value, None, "times", form, (index,), own_unit=True)
    article = _PART_BEFORE.search(text, max(bounds[0], start - 10), start)
    if form == "ordinal" and value and 2 < value <= _MAX_PART and _PART_AFTER.match(text, end, bounds[1]):
        rough = re.search(
            r"\b(?:nearly|almost|about|around|roughly|over|than|by)[ ]\Z", text[max(bounds[0], start - 10) : start]
        )
        if (article and text[start].isalpha()) or (rough and text[start].isalpha()):
            start = article.start() if article else start
            value, unit, form = Decimal(100) / value, "percent", "fraction"
    return Amount(start, end, value, None, unit, form, (index,), own_unit=bool(unit))


def _join(
    text: str, amount: Amount, number: Number, index: int, bounds: tuple[int, int], table: UnitTable
) -> Amount | None:
    """Take the next number into the amount where both are one range, or "three out of four"."""
    gap = text[amount.char_end : number.char_start]
    if (
        amount.value is None
        or number.value is None
        or number.form not in {"digits", "words", "fraction"}
        or len(gap) > 24
    ):
        return None
    if amount.form in {"words", "digits"} and amount.unit is None and _is_part(amount, number, gap, text):
        return Amount(
            amount.char_start,
            number.char_end,
            100 * amount.value / number.value,
            None,
            "percent",
            "fraction",
            (*amount.numbers, index),
            own_unit=True,
        )
    prefix = unit_before(table, text, number.char_start, amount.char_end)
    between = text[amount.char_end : prefix.edge] if prefix else gap
    if (
        amount.upper is not None
        or amount.form not in {"words", "digits"}
        or not _is_range(text, amount, between, bounds)
    ):
        return None
    return _range(amount, _read_amount(text, number, index, bounds, table), text, bounds)


def _is_part(amount: Amount, number: Number, gap: str, text: str) -> bool:
    if not _OF_NUMBER.fullmatch(gap) or number.value is None or amount.value is None:
        return False
    if not 0 < amount.value < number.value or is_yearlike(text, number.char_start, number.char_end):
        return False
    if _SCORED.search(text, max(0, amount.char_start - 3), amount.char_start):
        return False  # "won 6-3, 6-1 in 75 minutes"
    if gap.strip().count(" ") and amount.value != 1 and "out of" not in gap:
        return False  # "eight assists in 36 minutes"
    if (
        gap == " in "
        and number.value in {10, 100}
        and _OPENS_PART.search(text, max(0, amount.char_start - 12), amount.char_start)
    ):
        return text[number.char_end : number.char_end + 2].strip().isalpha()  # "nearly 6 in 10 firms said"
    wordy = text[amount.char_start].isalpha() or (
        amount.value == 1 and text[number.char_end : number.char_end + 2].strip().isalpha()
    )
    return wordy or ((number.value <= 10 or number.value in {100, 1000}) and "out of" in gap)


def is_yearlike(text: str, start: int, end: int) -> bool:
    """Is this a bare four-digit number that may be a year?"""
    printed = text[start:end]
    return len(printed) == 4 and printed.isdigit() and int(printed) in _YEARLIKE


def _is_range(text: str, amount: Amount, gap: str, bounds: tuple[int, int]) -> bool:
    left = max(bounds[0], amount.char_start - 28)
    if gap in {" and ", "\nand ", " and\n"}:
        return bool(_BETWEEN.search(text, left, amount.char_start))
    if not _RANGE.fullmatch(gap):
        return False
    if "to" in gap and _FROM.search(text, left, amount.char_start):
        return bool(_RANGING.search(text, left, amount.char_start))
    return True


def _range(low: Amount, high: Amount, text: str, bounds: tuple[int, int]) -> Amount | None:
    if low.value is None or high.value is None or high.upper is not None or high.form == "ordinal":
        return None
    half_year = text[max(0, low.char_start - 1) : low.char_start] in {"/", "-", "–", "Y"}  # "2025/26 to R144 billion"
    if (is_yearlike(text, low.char_start, low.char_end) or half_year) and (
        high.own_unit or high.scaled or not is_yearlike(text, high.char_start, high.char_end)
    ):
        return None  # "at the end of 2012 to 11.08 million"
    moved = _MOVED.search(text, max(bounds[0], low.char_start - 20), low.char_start)
    if low.own_unit and high.own_unit and (low.unit != high.unit or (moved and _is_move(moved["by"], low, high))):
        return None  # "raised by $12 million to $40 million", "fell 4p to 153p"
    if moved and low.value >= 1000 and (high.scaled > low.scaled or high.value >= 5 * low.value):
        return None  # "increased by 190,000 to 1.6 million"
    if _names_unit(low, text) and not _names_unit(high, text) and "to" in text[low.char_end : high.char_start]:
        return None  # "slipped 45 cents to $81.20", "added 0.4% to 4,451"
    value = low.value
    if not low.own_unit and high.scaled and not low.scaled and value < 1000:
        value *= _factor(high, text)
    if not low.own_unit and high.unit and not high.scaled:
        value = _unit_factor(low, high, text) * value
    if value >= high.value:
        return None
    left = _BETWEEN.search(text, max(bounds[0], low.char_start - 10), low.char_start)
    start = left.start() if left else low.char_start
    return Amount(
        start,
        high.char_end,
        value,
        high.value,
        high.unit or low.unit,
        low.form,
        (*low.numbers, *high.numbers),
        high.hyphenated,
        low.scaled or high.scaled,
        high.own_unit or low.own_unit,
    )


def _is_move(by: str | None, low: Amount, high: Amount) -> bool:
    return by is not None or (low.unit != "percent" and 3 * (low.value or 0) < (high.value or 0))


def _names_unit(amount: Amount, text: str) -> bool:
    return amount.own_unit and not text[amount.char_end - 1].isdigit() and not amount.scaled


def _factor(amount: Amount, text: str) -> Decimal:
    """What the scale word of an amount multiplies by: the amount over its bare numeral."""
    bare = re.match(r"\D*([\d,]+(?:\.\d+)?)", text[amount.char_start : amount.char_end])
    digits = Decimal(bare[1].replace(",", "")) if bare else Decimal(0)
    return amount.value / digits if amount.value and digits else Decimal(1)


def _unit_factor(low: Amount, high: Amount, text: str) -> Decimal:
    """Let the unit's own magnitude hold for both ends of "5 to 7 GW"."""
    return (
        _factor(high, text)
        if high.unit in {"watt", "byte", "bit_per_second", "flops"} and low.unit is None
        else Decimal(1)
    )


def _inherit_units(text: str, amounts: list[Amount]) -> None:
    """In "43.1, 36.2 and 35.6 percent" the last unit holds for all."""
    for low, high in zip(reversed(amounts[:-1]), reversed(amounts[1:]), strict=True):
        gap = text[low.char_end : high.char_start]
        if low.unit is not None or low.form not in {"digits", "words"} or not high.unit or high.hyphenated:
            continue
        if high.unit == "percent" and (gap.startswith(", or") or (" or " in gap and not _is_rate(low))):
            continue  # "gained 8.51, or 0.29 percent", "up 120 million or 7.6 percent"
        if high.unit in _POINTS and _DIFFERS.match(text, high.char_end) and "and" not in gap:
            continue  # "the index was 50, 0.2 percentage points lower than in June"
        if low.value is None or not _CHAIN.fullmatch(gap) or text[low.char_start : low.char_end].casefold() == "one":
            continue
        if (high.unit in {"year", "month", "day", "week"} and "," in gap) or is_yearlike(
            text, low.char_start, low.char_end
        ):
            continue
        if low.upper is not None and is_yearlike(text, low.char_end - 4, low.char_end):
            continue  # "between 2021 and 2024, 45%"
        if (low.scaled and not high.scaled) or text[low.char_start - 1 : low.char_start] in {"-", "–", "/"}:
            continue
        low.unit = high.unit
        if (high.scaled and not low.scaled and low.value < 1000) or high.unit in {"watt", "byte", "flops"}:
            low.value, low.scaled = low.value * _factor(high, text), True


def _is_rate(amount: Amount) -> bool:
    return amount.value is not None and amount.value < _COUNTED
