"""What the reading of a sentence works on: the line, its framed values, the quantities that come out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from flows.parse.amounts import Amount
from flows.parse.measures import Framed

GENERIC = "count"  # the unit of a number that has none printed


class Quantity(NamedTuple):
    """One quantity of a sentence.

    `value` and `value_upper` are scaled out; a fall is negative. `noun` is what a count counts, "" for others.
    `direction` is ``up`` or ``down`` for a change, else None. `numbers` are indexes into the numerals of the call.
    """

    char_start: int
    char_end: int
    value: float
    value_upper: float | None
    unit: str
    noun: str
    direction: str | None
    bound: str
    indicator: str
    measure: str
    comparison: str | None
    status: str
    out_of: float | None
    rule: str
    numbers: tuple[int, ...]
    change: str = "="


class Line(NamedTuple):
    """One sentence ``text[start:end]``, and `masked`, the same with its time phrases blanked in their places."""

    text: str
    start: int
    end: int
    masked: str


@dataclass(slots=True)
class Value:
    """An amount in its frame; `left` and `right` are the folded words between it and the values on either side."""

    amount: Amount
    frame: Framed
    left: str
    right: str


@dataclass(slots=True)
class Context:
    """What one sentence hands on to the next: what was measured last, against what."""

    indicator: str = ""
    comparison: str | None = None
    carries_comparison: bool = False
