"""What grew or fell, where the words beside the value leave it to the sentence before."""

from __future__ import annotations

import re

from flows.parse.measures import Framed
from flows.parse.nouns import trim
from flows.parse.quantity import Context, Line, Value

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
