"""Numerals become amounts: a number with its unit, sign, range and scale, as printed.

An amount does not know yet whether it is a quantity about the world; ``roles.py`` says that.
"""

from __future__ import annotations

import re
from decimal import Decimal

from flows.parse.numbers import Number
from flows.parse.ranges import SIGNS, Amount, is_range, is_yearlike, joined_range, scale_of
from flows.parse.rupees import is_rupees
from flows.parse.units import Unit, UnitTable, per_unit, unit_after, unit_before

# So it may be printed: at "minus 0.1 percent", at "(-)0.1 percent"; but no "plus or minus 3 points".
_SAID_MINUS = ("minus ", "negative ", *(f"({sign}){gap}" for sign in SIGNS for gap in ("", " ")))
_MINUS = re.compile(r"(?<!plus or )\b(?:minus|negative) \Z|\([-−–+]\)[ ]?\Z")
_SIGN = re.compile(r"(?:\A|[\s(:])[-−–+]\Z")
_OF_NUMBER = re.compile(r"[ ]?(?:[a-z]+[ ])?(?:in|out[ ]of)[ ](?:every[ ])?\Z")
_CHAIN = re.compile(r",?[ \n]+(?:and|or|to)[ \n]+|,[ \n]*|[ ]?/[ ]?")
_POINTS = frozenset(("percentage_point", "basis_point"))
_DIFFERS = re.compile(r"[ \n](?:higher|lower|up|down|above|below|more|less|better|worse)\b")
_COUNTED = 1000  # "4,000 or 7 percent": no percentages are as many
_SCORED = re.compile(r"\d[-–]\Z")
_ANOTHER = re.compile(r"fourth (?:was|is|has|had|remains)\b")  # "three climbers died and a fourth was found"
_PART_AFTER = re.compile(
    r"\s*(?:[,.;:)—–]|\Z|(?:of|since|will|go|goes|went|are|is|were|was|have|has|had|came|comes|in|from|to|over|on|and|between|during|within)\b"
    r"|lower|higher|more|less|compared|this|last|below|above)"
)
_PART_BEFORE = re.compile(r"\b(?:an?|one)[ \n]\Z", re.IGNORECASE)
_OF_AN = re.compile(r"[ \n](?P<of>of[ ])?an?[ ]")  # "half a tonne", "⟨0.7⟩ of a percentage point"
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
    if not after and (article := _OF_AN.match(text, end, ceiling)) and (form == "fraction" or article["of"]):
        after = unit_after(table, text, article.end() - 1, ceiling)
    unit, factor = _choose(before, after, text, number)
    if before and unit == before.unit:
        start = before.edge
    if after and unit == after.unit:
        end = after.edge
    if unit is None and number.scaled and is_rupees(text, number, floor):
        unit = "INR"
    if unit:
        unit, end = per_unit(table, text, unit, end, ceiling)
    if value is not None and text[start - 1 : start] in SIGNS and _SIGN.search(text, max(floor, start - 2), start):
        value, start = value if text[start - 1] == "+" else -value, start - 1
    if (
        value is not None
        and text.endswith(_SAID_MINUS, floor, start)
        and (minus := _MINUS.search(text, max(floor, start - 13), start))
    ):
        value, start = value if "+" in minus[0] else -value, minus.start()
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
    part = form == "ordinal" and value and 2 < value <= _MAX_PART and not _ANOTHER.match(text, start)
    if part and value and _PART_AFTER.match(text, end, bounds[1]):
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
        or not is_range(text, amount, between, bounds)
    ):
        return None
    return joined_range(amount, _read_amount(text, number, index, bounds, table), text, bounds)


def _is_part(amount: Amount, number: Number, gap: str, text: str) -> bool:
    if not _OF_NUMBER.fullmatch(gap) or number.value is None or amount.value is None:
        return False
    if not 0 < amount.value < number.value or is_yearlike(text, number.char_start, number.char_end):
        return False
    if _SCORED.search(text, max(0, amount.char_start - 3), amount.char_start):
        return False  # "won 6-3, 6-1 in 75 minutes"
    if gap.strip().count(" ") and amount.value != 1 and "out of" not in gap and "every" not in gap:
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
            low.value, low.scaled = low.value * scale_of(high, text), True


def _is_rate(amount: Amount) -> bool:
    return amount.value is not None and amount.value < _COUNTED
