"""What the reading of a sentence works on: the line, its framed values, the quantities that come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from flows.parse.measures import Framed
from flows.parse.ranges import Amount

GENERIC = "count"  # the unit of a number that has none printed


class Quantity(NamedTuple):
    """One quantity of a sentence.

    Attributes:
        char_start: where its span begins, in code points; a currency sign belongs to it, words that bound it do not.
        char_end: where its span ends, exclusive; behind its unit, or the number where what is counted follows.
        value: the number, scaled out into its unit ("1 trillion yuan" is 1e12); a change that is a fall is negative.
        value_upper: the end of a range that is printed second, else None; of a fall it is negative, too.
        unit: the canonical unit; ``count`` for what a noun counts and for a bare number, ``index`` for points,
            ``year_of_age`` for an age. In bare sentences with what it is per: ``USD_per_barrel``, ``litre_per_day``.
        noun: what a count counts. In bare sentences the short phrase up to its head ("affordable homes",
            "points per game"), in documents with what belongs to it; "" for all else.
        direction: ``up`` or ``down`` for a change, else None. In bare sentences also for a level that was risen or
            fallen to, and for what was gained or lost.
        bound: ``exact``, ``approximately``, ``more_than``, ``at_least``, ``less_than`` or ``at_most``.
        indicator: what is measured, in the sentence's words. In bare sentences, where a count has its noun, it is
            the concept beside: who has what is counted, or what it is of ("airline" of "the airline carried 300
            passengers").
        measure: ``level``, ``change``, ``share``, ``rank`` or ``streak``.
        comparison: what a change is compared with, or None.
        status: ``actual``, ``expected`` or ``target``.
        out_of: the whole that a count is part of, or None.
        rule: the rule that framed it.
        numbers: indexes into the numerals of the call.
        change: bare sentences alone: how the value is modified, in one sign: ``~`` about or nearly, ``>`` more than
            or at least, ``<`` less than or at most, else ``up`` or ``down`` as the direction, else ``=``.
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
    """One sentence ``text[start:end]``, and `masked`, the same with its time phrases blanked in their places.

    `by_dates` is how the times that it compares lie to each other: ``year_on_year`` and the like, else None.
    """

    text: str
    start: int
    end: int
    masked: str
    by_dates: str | None = None


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
    unit: str = ""  # in which unit
    earlier: str = ""  # what was measured last in the paragraph before
    first: str = ""  # what the sentence measured first
    grew: bool = False  # it grew or fell
    mover: str = ""  # what rose in so many of the countries that the sentence before counted
    places: list[str] = field(default_factory=list)  # what its values told apart: "in the north", "in the south"
    topic: str = ""  # whose capacity, turnover or cost was measured last
    before: tuple[int, int] = (0, 0)  # where the sentence before stands
    told: tuple[int, int] = (0, 0)  # where the sentence before stands, if nothing was measured in it
    comparison: str | None = None
    compared: str | None = None  # the comparison that the paragraph before ended with
    differs: bool = False  # it compared differences of growth with another time
