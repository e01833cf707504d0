"""Amounts as they stand, and two that are the ends of one range: "5 to 7 GW", "between 3 and 4 percent"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from flows.parse.rules import load_pattern

SIGNS = frozenset("-−–+")
_RANGE = re.compile(r"[ ]?[-–—−~][ ]?|[ ]to[ ]|\s+to\s+")
_BETWEEN = re.compile(r"\bbetween[ \n]+\Z", re.IGNORECASE)
# What moves opens no range: "fell from 5 to 4", "climbed back above 50 to 51.2".
_FROM = re.compile(r"\b(?:from|above|below|past|beyond)[ \n]+(?:about |around |nearly |over |some )?\Z", re.IGNORECASE)
_MOVED = load_pattern("links", "moved-by")
_RANGING = re.compile(r"\b(?:rang(?:e|es|ed|ing)|vary|varying|anywhere|anything)[ \n]+from[ \n]+\Z", re.IGNORECASE)
_YEARLIKE = range(1900, 2101)


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


def is_yearlike(text: str, start: int, end: int) -> bool:
    """Is this a bare four-digit number that may be a year?"""
    printed = text[start:end]
    return len(printed) == 4 and printed.isdigit() and int(printed) in _YEARLIKE


def is_range(text: str, amount: Amount, gap: str, bounds: tuple[int, int]) -> bool:
    """Do the words between two numbers make them the ends of one range?"""
    left = max(bounds[0], amount.char_start - 28)
    if gap in {" and ", "\nand ", " and\n"}:
        return bool(_BETWEEN.search(text, left, amount.char_start))
    if not _RANGE.fullmatch(gap):
        return False
    if "to" in gap and _FROM.search(text, left, amount.char_start):
        return bool(_RANGING.search(text, left, amount.char_start))
    return True


def joined_range(low: Amount, high: Amount, text: str, bounds: tuple[int, int]) -> Amount | None:
    """Return the range from one amount to another, None where they are none: "raised by 3 to 4"."""
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
        value *= scale_of(high, text)
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


def scale_of(amount: Amount, text: str) -> Decimal:
    """What the scale word of an amount multiplies by: the amount over its bare numeral."""
    bare = re.match(r"\D*([\d,]+(?:\.\d+)?)", text[amount.char_start : amount.char_end])
    digits = Decimal(bare[1].replace(",", "")) if bare else Decimal(0)
    return amount.value / digits if amount.value and digits else Decimal(1)


def _unit_factor(low: Amount, high: Amount, text: str) -> Decimal:
    """Let the unit's own magnitude hold for both ends of "5 to 7 GW"."""
    return (
        scale_of(high, text)
        if high.unit in {"watt", "byte", "bit_per_second", "flops"} and low.unit is None
        else Decimal(1)
    )
