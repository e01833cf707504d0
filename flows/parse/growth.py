"""What grew or fell, where the words beside the value leave it to the sentence before."""

from __future__ import annotations

import re

from flows.parse.measures import Framed
from flows.parse.nouns import trim
from flows.parse.quantity import Context, Line, Value
from flows.parse.ranges import SIGNS
from flows.parse.rules import load_part
from flows.parse.unframed import NEXT_NAME

_MOVED = (
    r"(?:rose|fell|increased|decreased|declined|dropped|grew|shrank|remained[ ]stable|was[ ]unchanged)(?:[ ]\w+ly)?"
)
_ROSE_IN = re.compile(
    r"\W*(?:Among|Of|In|Across)[ ](?:the|all)[ ](?:[\d,]+[ ])?(?P<np>[^,]+?)"
    r"(?:[ ](?:for|in|from|with)[ ](?:which|whom)[ ][^,]*)?,[ ]"
    rf"(?P<what>[^,;]+?)[ ]{_MOVED}[ ]in[ ]\Z"
)
_FELL_IN = re.compile(rf",?[ ](?:and[ ]|but[ ]|while[ ]it[ ])?{_MOVED}[ ]in[ ]\Z")
_LED = re.compile(
    r"\W*The[ ](?:\w+est|most|least)[ ](?:\w+[ ])?(?:increases?|decreases?|rises?|falls?|gains?|declines?|drops?)\b"
)


def moved_in(left: str, prior: Framed | None, context: Context) -> str:
    """Return what is counted in "Among the member states, output rose in ⟨twelve⟩ and fell in ⟨ten⟩"; "" for none."""
    if prior:
        return prior.noun if prior.unit == "count" and _FELL_IN.fullmatch(left) else ""
    rose = _ROSE_IN.match(left)
    context.mover = trim(rose["what"]) if rose else context.mover
    return trim(rose["np"]) if rose else ""


def moved_last(line: Line, context: Context) -> str:
    """Return what moved most where a sentence goes on "The largest increases were registered in"."""
    return context.mover if context.mover and _LED.match(line.text, line.start, line.end) else ""


def go_on_growing(line: Line, frame: Framed, values: list[Value], context: Context) -> None:
    """Let "Growth in the second quarter was" go on with what grew in the sentence before."""
    opens = line.text.startswith(("Growth", "The growth"), line.start)
    if opens and not values and context.grew and frame.indicator.casefold() == "growth":
        frame.indicator = context.indicator


_LISTED = "value-listed"
_FAR = 240  # code points before a value in which its list tells how it goes
_HOW = re.compile(
    rf"\b(?:{load_part('frames', 'up_verb')}|higher|led[ ]by"
    rf"|(?P<down>{load_part('frames', 'down_verb')}|lower))\b(?![ ]to[ ]\d)"
)
_STANDS = re.compile(r"\b(?:rates?|shares?|proportions?|ratios?|margins?|utili[sz]ation)\b", re.IGNORECASE)


def tell_listed(line: Line, values: list[Value]) -> None:
    """Let a list of brackets grow or fall as its clause does: "fell, dragged down by mining (⟨3%⟩) and tin (⟨2%⟩)"."""
    before: Value | None = None
    for value in values:
        frame, start = value.frame, value.amount.char_start
        if line.text[start - 1 : start] == "(" and frame.measure == "level" and frame.rule.startswith("value-alone"):
            sign = 1 if line.text[start] in SIGNS else _sign_of_list(line, value, before)
            if sign:
                frame.measure, frame.sign, frame.rule = "change", sign, _LISTED
        before = value


def _sign_of_list(line: Line, value: Value, before: Value | None) -> int:
    """Return how a value without a printed sign goes: as the one listed before it, else as its clause; 0 for no way."""
    unit = value.amount.unit
    if before and before.frame.rule == _LISTED and before.amount.unit == unit and NEXT_NAME.fullmatch(value.left):
        return before.frame.sign
    words = line.masked[: value.amount.char_start - line.start][-_FAR:]
    if unit != "percent" or _STANDS.search(value.frame.indicator) or _STANDS.search(words):
        return 0
    told = list(_HOW.finditer(words))
    return 0 if not told else -1 if told[-1]["down"] else 1
