"""Quantities of a bare sentence told as a reader of news tells them: short units, rates, concept, and one sign."""

from __future__ import annotations

import re

from flows.parse.bare_nouns import group_noun, rate_of, unit_noun
from flows.parse.concepts import clause_subject, phrase_beside, phrase_of
from flows.parse.measures import RATIOS, sign_of
from flows.parse.nouns import fold
from flows.parse.quantity import GENERIC, Line, Quantity
from flows.parse.roles import TIME_UNITS
from flows.parse.rules import load_part, load_rules, load_words

_WORDS = load_words("bare")
_TREND = re.compile(rf"\b(?:{load_part('frames', 'up_verb')}|{load_part('frames', 'down_verb')})\b", re.I | re.X)
_TO = re.compile(r"\b(?:to|above|below|beyond|past)[ ](?:[a-z]+[ ]){0,4}\Z|\bto[ ](?:an?|the)[ ](?:[a-z]+[ ]){1,3}of[ ]\Z")
_OBJECT = re.compile(
    rf"\b(?:(?P<up>{'|'.join(sorted(_WORDS['gain']))})|(?:{'|'.join(sorted(_WORDS['loss']))}))[ ]"
    r"(?:(?:about|around|some|nearly|almost|more than|at least|over|up to|another|a further|an average of|the|an?)[ ]){0,2}\Z",
    re.IGNORECASE,
)
_SPREAD = re.compile(r"\b(?:for|in|after|just|well|of|lasted|lasts|took|takes|was|is|than)[ ](?:just[ ]|well[ ])?over[ ]\Z")
_OWN = frozenset(("change", "share"))  # measures whose subject the frames read well
_TRUSTED = ("change-", "to-level", "from-level", "chain", "restated", "earlier", "share", "level-of", "level-verb")
_REACH = 110
_TAIL = 160


def plain(line: Line, quantities: list[Quantity]) -> list[Quantity]:
    """Return the quantities of a bare sentence with the short unit, the concept, the direction and the sign of each."""
    told: list[Quantity] = []
    for quantity in quantities:
        told.append(_plain(line, quantity, told[-1] if told else None))
    return told


def _plain(line: Line, quantity: Quantity, prior: Quantity | None) -> Quantity:
    noun, end = _noun(line, quantity, prior)
    quantity = _with_rate(line, quantity._replace(noun=noun), end)
    left = fold(line.text[line.start : quantity.char_start]) + " "
    quantity = quantity._replace(
        direction=_direction(left, quantity), indicator=_concept(line, left, quantity, end, prior)
    )
    return quantity._replace(change=_sign(line, left, quantity))


def _noun(line: Line, quantity: Quantity, prior: Quantity | None) -> tuple[str, int]:
    """Return what a count counts, and where its words end; "12 of them" counts what the count before did."""
    if quantity.unit != GENERIC and not (quantity.unit == "percent" and quantity.rule != "percent"):
        return "", quantity.char_end
    end = quantity.char_end
    noun, stop = group_noun(line.text, end, line.end)
    if not noun and quantity.unit == GENERIC:
        noun, stop = unit_noun(line.text, end, line.end, one=abs(quantity.value) == 1)
    if not noun and prior and line.text.startswith((" of them", " of whom", " of which", " of these"), end):
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


def _direction(left: str, quantity: Quantity) -> str | None:
    """Return which way a value went: also a level that was risen or fallen to, and an object gained or lost."""
    if quantity.direction or quantity.rule == "from-level":
        return quantity.direction
    object_of = _OBJECT.search(left[-_REACH:])
    if object_of:
        return "up" if object_of["up"] else "down"
    near = left[-_REACH:]
    reached = _TO.search(near[-44:])
    if not reached or quantity.unit in TIME_UNITS - {quantity.unit if quantity.measure == "level" else ""}:
        return None
    trends = [match[0] for match in _TREND.finditer(near[: len(near) - (44 - reached.start()) if len(near) > 44 else reached.start()])]
    return None if not trends else "down" if sign_of(trends[-1]) < 0 else "up"


def _sign(line: Line, left: str, quantity: Quantity) -> str:
    """Return "=", "~", ">", "<", "up" or "down": what stands nearest to the number wins."""
    right = fold(line.text[quantity.char_end : min(line.end, quantity.char_end + 40)])
    blank = " " if line.text[quantity.char_end : quantity.char_end + 1].isspace() else ""
    shown = fold(line.text[quantity.char_start : quantity.char_end])
    seen = f"{left[-_REACH:]}⟨{shown}⟩{blank}{right}"
    spread = quantity.unit in TIME_UNITS and left.endswith("over ") and not _SPREAD.search(left)
    for rule in () if spread else load_rules("signs"):
        if rule.pattern.search(seen):
            return str(rule.data["sign"])
    return quantity.direction or "="


def _concept(line: Line, left: str, quantity: Quantity, end: int, prior: Quantity | None) -> str:
    """Return the words of what the value is about: what it is of, what stands beside it, or its clause's subject."""
    text, stop = line.text, min(line.end, quantity.char_end + _TAIL)
    subject = clause_subject(left)
    if quantity.unit == GENERIC:
        return _of_count(line, quantity, end, subject, prior)
    if quantity.unit not in RATIOS:
        beside = phrase_of(text, quantity.char_end, stop) or phrase_beside(text, quantity.char_end, stop)
        if beside:
            return beside
    if quantity.indicator and quantity.unit not in TIME_UNITS and _is_trusted(quantity):
        return quantity.indicator
    return subject or quantity.indicator


def _of_count(line: Line, quantity: Quantity, end: int, subject: str, prior: Quantity | None) -> str:
    """A count is about who has what it counts, or about what is of the things counted; else about the things."""
    beside = phrase_of(line.text, end, min(line.end, end + _TAIL)) if end > quantity.char_end else ""
    if line.text.startswith("-", quantity.char_end):
        beside = phrase_beside(line.text, end, min(line.end, end + _TAIL))
    known = quantity.indicator if _is_trusted(quantity) and not quantity.noun else ""
    return beside or known or subject or quantity.noun or quantity.indicator or (prior.indicator if prior else "")


def _is_trusted(quantity: Quantity) -> bool:
    return quantity.measure in _OWN or quantity.rule.startswith(_TRUSTED)
