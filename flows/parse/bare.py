"""Quantities of a bare sentence told as a reader of news tells them: short units, rates, concept, and one sign."""

from __future__ import annotations

from flows.parse.bare_nouns import group_noun, rate_of, unit_noun
from flows.parse.concepts import OF_THEM, concept
from flows.parse.directions import sign, with_direction
from flows.parse.marks import CLOSE, OPEN
from flows.parse.measures import RATIOS
from flows.parse.nouns import fold
from flows.parse.quantity import GENERIC, Line, Quantity
from flows.parse.rules import load_pattern
from flows.parse.units import UnitTable

_WEIGHT = load_pattern("concepts", "weight")
_GRADED = load_pattern("concepts", "graded")
_BEFORE_UNIT = ("-", " or more ", " or less ", " or fewer ", " or so ")
_GRADE = 30  # code points in which a grade and its number stand
_WEIGHED = 60  # code points on either side that tell a weight from money
_REACH = 600  # code points before a value in which its subject must stand


def plain(line: Line, quantities: list[Quantity], table: UnitTable) -> list[Quantity]:
    """Return the quantities of a bare sentence with the short unit, the concept, the direction and the sign of each."""
    told: list[Quantity] = []
    for quantity in quantities:
        told.append(_plain(line, _with_unit(line, quantity, table), told[-1] if told else None))
    return told


def _with_unit(line: Line, quantity: Quantity, table: UnitTable) -> Quantity:
    """Read the unit of a compound as such: "a 10-minute walk", "a 40-square-metre terrace", "10 or more years"."""
    if quantity.unit == "GBP" and _is_weight(line, quantity):
        return quantity._replace(unit="pound_mass")
    if quantity.unit != GENERIC or not line.text.startswith(_BEFORE_UNIT, quantity.char_end):
        return quantity
    noun, end = unit_noun(line.text, quantity.char_end, line.end)
    form = table.loose.get(noun.replace("-", " ").casefold())
    if form is None:
        return quantity
    if line.text[quantity.char_end] != "-":
        end = quantity.char_end  # "10 or more years": what bounds it stands behind the number
    upper = None if quantity.value_upper is None else quantity.value_upper * float(form.factor)
    value = quantity.value * float(form.factor)
    return quantity._replace(value=value, value_upper=upper, unit=form.unit, noun="", char_end=end)


def _is_weight(line: Line, quantity: Quantity) -> bool:
    """Are pounds no money here: "weighed in at 154 pounds", "40 pounds of cocaine"?"""
    start, end = quantity.char_start, quantity.char_end
    near = line.text[max(line.start, start - _WEIGHED) : start]
    return bool(
        _WEIGHT.search(f"{near}{OPEN}{line.text[start:end]}{CLOSE}{line.text[end : min(line.end, end + _WEIGHED)]}")
    )


def _plain(line: Line, quantity: Quantity, prior: Quantity | None) -> Quantity:
    noun, end = _noun(line, quantity, prior)
    left = fold(line.text[max(line.start, quantity.char_start - _REACH) : quantity.char_start]) + " "
    quantity = with_direction(line, left, _with_rate(line, quantity._replace(noun=noun), end))
    about = concept(line, left, quantity, end, prior)
    return quantity._replace(indicator=about, change=sign(line, left, quantity))


def _noun(line: Line, quantity: Quantity, prior: Quantity | None) -> tuple[str, int]:
    """Return what a count counts, and where its words end; "12 of them" counts what the count before did."""
    end = quantity.char_end
    if quantity.unit not in {GENERIC, "percent"} or _GRADED.search(line.text[max(line.start, end - _GRADE) : end]):
        return "", end
    noun, stop = group_noun(line.text, end, line.end)
    if not noun and quantity.unit == GENERIC:
        noun, stop = unit_noun(line.text, end, line.end, one=abs(quantity.value) == 1)
    if not noun and prior and line.text.startswith(OF_THEM, end):
        noun = prior.noun
    return (noun, stop) if noun else ("", end)


def _with_rate(line: Line, quantity: Quantity, end: int) -> Quantity:
    """Put in what the value is per: ``USD_per_barrel``, "points per game"."""
    if quantity.unit in RATIOS | {"times"} or quantity.unit.endswith("_of_age") or "_per_" in quantity.unit:
        return quantity
    rate, _ = rate_of(line.text, end, line.end)
    if not rate:
        return quantity
    if quantity.unit == GENERIC:
        return quantity._replace(noun=f"{quantity.noun} per {rate}") if quantity.noun else quantity
    return quantity._replace(unit=f"{quantity.unit}_per_{rate}")
