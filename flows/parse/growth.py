"""What grew or fell, where the words beside the value leave it to the sentence before."""

from __future__ import annotations

import re

from flows.parse.measures import Framed
from flows.parse.nouns import trim
from flows.parse.quantity import Context, Line, Value
from flows.parse.rules import load_part

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


_SIGNS = ("+", "-", "−", "–")
_HOW = re.compile(
    rf"\b(?:(?P<up>{load_part('frames', 'up_verb')}|higher|led[ ]by)"
    rf"|(?P<down>{load_part('frames', 'down_verb')}|lower))\b"
    r"(?![ ]to[ ]\d)"
)
_STANDS = re.compile(r"\b(?:rates?|shares?|proportions?|ratios?|margins?|utili[sz]ation)\b", re.IGNORECASE)
_NAME_ONLY = re.compile(r"\)?(?:,|[ ]and|,[ ]and)[ ][^,;()\d]{2,60}[ ]\(")


def tell_listed(line: Line, values: list[Value]) -> None:
    """Let what a list of brackets goes with say how each moved: "fell, dragged down by mining (⟨3%⟩), tin (⟨2%⟩)"."""
    for at, value in enumerate(values):
        frame, amount = value.frame, value.amount
        bracket = line.text[amount.char_start - 1 : amount.char_start] == "("
        if not bracket or frame.measure != "level" or not frame.rule.startswith("value-alone"):
            continue
        before = values[at - 1] if at else None
        signed = line.text[amount.char_start] in _SIGNS
        again = before is not None and before.frame.rule == _LISTED and _NAME_ONLY.fullmatch(value.left) is not None
        if again and before and before.amount.unit == amount.unit:
            frame.measure, frame.rule, frame.sign = "change", _LISTED, 1 if signed else before.frame.sign
        elif signed or (amount.unit == "percent" and not _STANDS.search(frame.indicator)):
            how = None if signed else _last_how(line.masked[: amount.char_start - line.start])
            if signed or how:
                frame.measure, frame.rule = "change", _LISTED
                frame.sign = -1 if how and how["down"] else 1


def _last_how(words: str) -> re.Match[str] | None:
    found = list(_HOW.finditer(words[-_FAR:])) if not _STANDS.search(words) else []
    return found[-1] if found else None


_LISTED = "value-listed"
_FAR = 240  # code points
