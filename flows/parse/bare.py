"""Quantities of a bare sentence told as a reader of news tells them: short units, rates, concept, and one sign."""

from __future__ import annotations

from flows.parse.bare_nouns import group_noun, rate_of, unit_noun
from flows.parse.concepts import OF_THEM, concept
from flows.parse.directions import sign, with_direction
from flows.parse.measures import RATIOS
from flows.parse.nouns import fold
from flows.parse.quantity import GENERIC, Line, Quantity

_REACH = 600  # code points before a value in which its subject must stand


def plain(line: Line, quantities: list[Quantity]) -> list[Quantity]:
    """Return the quantities of a bare sentence with the short unit, the concept, the direction and the sign of each."""
    told: list[Quantity] = []
    for quantity in quantities:
        told.append(_plain(line, quantity, told[-1] if told else None))
    return told


def _plain(line: Line, quantity: Quantity, prior: Quantity | None) -> Quantity:
    noun, end = _noun(line, quantity, prior)
    left = fold(line.text[max(line.start, quantity.char_start - _REACH) : quantity.char_start]) + " "
    quantity = with_direction(line, left, _with_rate(line, quantity._replace(noun=noun), end))
    about = concept(line, left, quantity, end, prior)
    return quantity._replace(indicator=about, change=sign(line, left, quantity))


def _noun(line: Line, quantity: Quantity, prior: Quantity | None) -> tuple[str, int]:
    """Return what a count counts, and where its words end; "12 of them" counts what the count before did."""
    end = quantity.char_end
    if quantity.unit not in {GENERIC, "percent"}:
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
