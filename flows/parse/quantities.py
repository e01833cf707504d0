"""Quantities of running text: every number that says how much, with its unit, what it measures, and which way it went.

>>> [found] = find_quantities("Exports of solar panels grew by nearly 5 percent last year.")
>>> found.value, found.unit, found.direction, found.bound, found.indicator
(5.0, 'percent', 'up', 'less_than', 'Exports of solar panels')
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from flows.parse.amounts import build_amounts
from flows.parse.bare import plain
from flows.parse.bare_roles import bare_role
from flows.parse.clauses import OF_WHICH
from flows.parse.complete import complete_values
from flows.parse.earlier_values import inherit_from_earlier
from flows.parse.numbers import Number, find_numbers
from flows.parse.percentage_points import settle_points
from flows.parse.periods import Period, find_periods, time_signs
from flows.parse.quantity import Context, Line, Quantity
from flows.parse.ranges import Amount
from flows.parse.roles import Role, role_of
from flows.parse.sentences import split_sentences
from flows.parse.timing_compared import compared_by_dates
from flows.parse.units import UnitTable, unit_table
from flows.parse.values import frame_values
from flows.vocabulary import default_vocabulary


class Reading(NamedTuple):
    """A sentence read: its quantities, and the role of each of its numerals by index."""

    quantities: list[Quantity]
    roles: dict[int, Role]


_OUT_OF = re.compile(
    r"[ ](?:out[ ]of|of)(?:[ ](?:the|a[ ]total[ ]of|all|our|its|these|those|their))?(?:[ ][\w'’-]+){0,2}[ ]"
)


# "32 industries within 41 divisions", "six seats among the top 10 firms": the first is counted by its own noun
_AMONG = re.compile(
    r"[ ](?:[a-z-]+[ ]){1,3}(?:among|within|out[ ]of)[ ](?:the[ ])?(?:(?:top|largest|leading|world's[ ]top)[ ])?"
)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)\b|[a-z](?:first|second|third|th)\b|\b(?:first|second|third)\b", re.IGNORECASE)
_OUTSIDE = frozenset(("date", "name", "structure"))  # page 1 of 21 is no part of a whole
# "Out of 115 plans sent, 82 were approved": the whole comes first
_LEAD = 12
_FIRST = re.compile(r"\b(?:Of|Out of|Among)[ ](?:the[ ])?\Z")
_THEN = re.compile(r"[ ][a-z][\w -]*,[ ](?:(?:about|over|some|only|nearly|around)[ ])?")
_FOOTNOTE = re.compile(r"(?<=[A-Za-z])\d(?=[ ,;])")  # "In July3 production grew"
_MASKED_LEADS = frozenset(
    ("in", "during", "for", "by", "at", "of", "over", "on", "throughout", "within", "since", "from", "through", "until")
) | {"between", "after", "before", "as of", "up to"}
# "100 projects, 40 of which are local and ⟨20⟩ of which were led by women"
_AGAIN = re.compile(r"[ ]of[ ](?:which|whom|them|these|those)\b")
_WHICH_BEFORE = re.compile(r"\bof[ ](?:which|whom|them|these)\b[^.;,]{0,16}\Z")


def find_quantities(text: str, *, ordinals: bool = False, table: UnitTable | None = None) -> list[Quantity]:
    """Return every quantity of a bare text, sentence by sentence, without a document around it.

    More counts as a quantity than in the tables: ages, durations, parts and wholes, counts of standing groups. Dates,
    clock times, names, both sides of a score, and bare orders ("First, …") do not.

    Args:
        text: any string; offsets of the quantities are its code points.
        ordinals: also return ranks and streaks that an ordinal tells ("ranks second", "for the 14th year running").
        table: the unit forms to look for, else those of the vocabulary that the package ships.

    Returns:
        The quantities in order, as `Quantity` describes them for bare sentences.
    """
    numbers, found, context = find_numbers(text), list[Quantity](), Context()
    units = table or _default_table()
    starts, signs = [number.char_start for number in numbers], time_signs(text)
    for bounds in split_sentences(text, 0, len(text)):
        span = bisect_left(starts, bounds[0]), bisect_left(starts, bounds[1])
        if span[0] < span[1]:
            periods = find_periods(text, *bounds, None, signs)
            reading = read_sentence(text, bounds, numbers, span, periods, units, context, bare=True)
            found += plain(Line(text, *bounds, ""), reading.quantities, units)
    return found if ordinals else [quantity for quantity in found if not _ORDINAL.search(_shown(text, quantity))]


def _shown(text: str, quantity: Quantity) -> str:
    return text[quantity.char_start : quantity.char_end] if quantity.measure in {"rank", "streak"} else ""


@lru_cache(maxsize=1)
def _default_table() -> UnitTable:
    return unit_table(default_vocabulary())


def read_sentence(
    text: str,
    bounds: tuple[int, int],
    numbers: list[Number],
    span: tuple[int, int],
    periods: list[Period],
    table: UnitTable,
    context: Context,
    *,
    bare: bool = False,
) -> Reading:
    """Read the numerals ``numbers[slice(*span)]``, all of the sentence ``text[slice(*bounds)]``."""
    amounts = build_amounts(text, numbers, *span, bounds, table)
    inherit_from_earlier(text, amounts, bounds[1])
    settle_points(text, amounts, *bounds, bare=bare)
    taken = [(bare_role if bare else role_of)(text, amount, bounds, periods) for amount in amounts]
    _take_wholes(text, amounts, list(taken) if bare else taken)  # in a bare sentence the whole is a quantity too
    _mark_orders(amounts, taken)
    _find_antecedents(text, [a for a, role in zip(amounts, taken, strict=True) if role.role != "date"], bounds)
    roles = {index: role for amount, role in zip(amounts, taken, strict=True) for index in amount.numbers}
    candidates = [amount for amount, role in zip(amounts, taken, strict=True) if role.role == "metric"]
    if not candidates:
        return Reading([], roles)
    line = Line(text, *bounds, mask(text, bounds, periods), compared_by_dates(periods))
    quantities = complete_values(line, frame_values(line, candidates, roles, context, bare=bare), context)
    for quantity in quantities:
        roles.update(dict.fromkeys(quantity.numbers, Role("metric", quantity.rule)))
    return Reading(quantities, roles)


# What notes say inside a sentence: "the economy[footnote 1] and", "up 17.3% (same below), or"
_NOTE_MARK = re.compile(
    r"\[(?:(?:foot)?note[ ])?\d{1,3}\]|\((?:the[ ])?same[ ](?:as[ ])?(?:below|hereinafter|hereafter)\)"
)


def mask(text: str, bounds: tuple[int, int], periods: list[Period]) -> str:
    """Return the sentence with its time phrases blanked, lead words and all, each code point in its place."""
    start, end = bounds
    pieces, at = [], start
    for period in periods:
        begin = max(at, _lead_start(text, start, period))
        stop = period.char_end + (2 if text[period.char_end : period.char_end + 2] in {"'s", "’s"} else 0)
        stop += bool(_FOOTNOTE.match(text, stop))
        pieces += [text[at:begin], " " * (stop - begin)]
        at = max(at, stop)
    masked = "".join([*pieces, text[at:end]])[: end - start]
    return _NOTE_MARK.sub(lambda mark: " " * len(mark[0]), masked) if "[" in masked or "(" in masked else masked


def _lead_start(text: str, floor: int, period: Period) -> int:
    """Where the word group before a time phrase begins, if it goes with it: "in the early" of "in the early 1990s"."""
    if period.lead not in _MASKED_LEADS:
        return period.char_start
    cut = text.rfind(period.lead, max(floor, period.char_start - len(period.lead) - 6), period.char_start)
    return period.char_start if cut < 0 else cut


def _mark_orders(amounts: list[Amount], taken: list[Role]) -> None:
    """Ranks and streaks are units of their own from here on."""
    for amount, role in zip(amounts, taken, strict=True):
        if role.rule in {"rank", "rank-number"}:
            amount.unit = "rank"
        elif role.rule == "streak":
            amount.unit = "streak"


def _find_antecedents(text: str, amounts: list[Amount], bounds: tuple[int, int]) -> None:
    """Let the second number count what the first counts: "50 cities, more than 10 of which"."""
    for before, here in itertools.pairwise(amounts):
        between = text[before.char_end : here.char_start]
        points_back = OF_WHICH.match(text, here.char_end, bounds[1]) or _WHICH_BEFORE.search(between)
        if points_back and _is_part(here, before) and before.value:
            again = before.noun_at is not None and before.out_of is not None and _AGAIN.search(between) is not None
            here.out_of = before.out_of if again else before.value
            here.noun_at = before.noun_at if again else before.char_end


def _take_wholes(text: str, amounts: list[Amount], taken: list[Role]) -> None:
    """Make the second number the whole of the first: "71 of the 97 categories"."""
    for at, (part, whole) in enumerate(itertools.pairwise(amounts)):
        between = text[part.char_end : whole.char_start]
        shares, among = _OUT_OF.fullmatch(between), _AMONG.fullmatch(between)
        if _FIRST.search(text, max(0, part.char_start - _LEAD), part.char_start) and _is_part(whole, part):
            whole.out_of = part.value if _THEN.fullmatch(between) else whole.out_of
        if whole.form not in {"digits", "words"} or taken[at].role in _OUTSIDE or not (shares or among):
            continue
        if _is_part(part, whole):
            part.out_of, part.noun_at = whole.value, whole.char_end if shares else part.noun_at
            taken[at], taken[at + 1] = Role("metric", ""), Role("group", "whole")


def _is_part(part: Amount, whole: Amount) -> bool:
    """Are both bare counts, the one no larger than the other?"""
    bare = part.unit is None and whole.unit is None
    return bare and part.value is not None and whole.value is not None and part.value <= whole.value
