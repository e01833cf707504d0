"""What one value of a list says for those beside it: which way they differ, how they are bounded and compared."""

from __future__ import annotations

import re

from flows.parse.links import CHAIN_ELSEWHERE
from flows.parse.marks import OPEN
from flows.parse.measures import POINTS
from flows.parse.quantity import Quantity, Value

_CLOSE = 12  # a chain's values stand no farther apart: "43.1, 36.2 and 35.6 percent"
ON_PERIOD = frozenset(("year_on_year", "month_on_month", "quarter_on_quarter"))
_OVER = frozenset(("more_than", "at_least"))
_COORDINATED = re.compile(r"(?:[ ]of(?:[ ][\w'’-]+){1,6})?[ ]and[ ]")


def compared(quantity: Quantity, comparison: str) -> Quantity:
    """Return a quantity compared so, if it is a change that is compared with nothing yet."""
    free = quantity.measure == "change" and quantity.comparison is None
    return quantity._replace(comparison=comparison) if free else quantity


_SAID_AGAIN = re.compile(rf",?[ ](?:or|\()[ ]?(?:{OPEN})?")


def spread_difference(found: list[Quantity], values: list[Value]) -> None:
    """Let the last say for all which way they differ: "0.6, 6.9 and ⟨5.7 points⟩ lower than in the previous month"."""
    for at in range(len(found) - 2, -1, -1):
        here, after = found[at], found[at + 1]
        if after.rule == "change-than" and here.measure == "level" and _is_said_again(here, after, values[at].right):
            found[at] = _differs_as(here, after)
        alike = after.rule == "change-than" and here.unit == after.unit and here.unit in POINTS
        if alike and values[at].right.strip(f" {OPEN}") in {",", "and", ", and"}:
            found[at] = _differs_as(here, after)


def _is_said_again(here: Quantity, after: Quantity, between: str) -> bool:
    """Is an amount said again in percent: "which is ⟨274 billion yuan⟩, or 42 percent, more than"?"""
    return after.unit == "percent" != here.unit and _SAID_AGAIN.fullmatch(between) is not None


def _differs_as(here: Quantity, after: Quantity) -> Quantity:
    value = -abs(here.value) if after.value < 0 else abs(here.value)
    return here._replace(
        value=value, direction=after.direction, comparison=after.comparison, rule=after.rule, measure="change"
    )


def spread_bound(found: list[Quantity], values: list[Value]) -> None:
    """Let one bound hold for two: "more than 15,000 engineers and ⟨5 million⟩ workers"."""
    for at in range(1, len(found)):
        before, here = found[at - 1], found[at]
        alike = before.bound in _OVER and here.bound == "exact" and before.unit == here.unit
        if alike and _COORDINATED.fullmatch(values[at].left):
            found[at] = here._replace(bound=before.bound)


def spread_comparison(found: list[Quantity], values: list[Value]) -> None:
    """Let the last say it for all: "43.1, 36.2 and 35.6 percent year on year"; later growth inherits it."""
    for at in range(len(found) - 2, -1, -1):
        after = found[at + 1].comparison
        again = values[at + 1].frame.rule == "restated"
        listed = values[at].frame.rule == "change-than" and not values[at].amount.own_unit
        leaning = values[at + 1].frame.chained or values[at + 1].frame.restated or again or listed
        near = again or len(values[at].right) < _CLOSE or CHAIN_ELSEWHERE.match(values[at + 1].left)
        alike = found[at].unit == found[at + 1].unit or values[at + 1].frame.restated or again
        if after and leaning and near and alike:
            found[at] = compared(found[at], after)
    for at in range(1, len(found)):
        before = _last_growth(found, at)
        if before.comparison in ON_PERIOD and found[at].unit == before.unit and found[at].status == before.status:
            found[at] = compared(found[at], str(before.comparison))


def _last_growth(found: list[Quantity], at: int) -> Quantity:
    """Return the growth before in percent, amounts left out: "20, up 5% year on year; that of B 30, up 6%"."""
    if found[at].unit == "percent":
        return next((q for q in reversed(found[:at]) if q.measure == "change" and q.unit == "percent"), found[at - 1])
    return found[at - 1]
