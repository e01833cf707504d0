"""One quantity, and what one sentence hands on to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


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
    linked: bool


@dataclass(slots=True)
class Context:
    """What one sentence hands on to the next: what was measured last, against what."""

    indicator: str = ""
    comparison: str | None = None
    carries_comparison: bool = False


GENERIC = "count"
