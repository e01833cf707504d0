"""The time of each value of a sentence: its clause's, else the one that is carried to it, or shifted from another."""

from __future__ import annotations

import re

from flows.parse.clauses import EARLIER
from flows.parse.periods import Period
from flows.parse.quantity import Quantity
from flows.parse.texts import Text
from flows.parse.timing import (
    NO_TIME,
    Timing,
    clause_period,
    completed,
    edge_of,
    points_back,
    resolve,
    shifted,
    usable,
)
from flows.parse.timing_carried import carried, is_timeless
from flows.parse.timing_chains import Timed, bracketed, spread

# In these, rates and parts without a time of their own are of the time that the release speaks of.
_SERIES = frozenset(("statistical_release",))


def times_of(
    read: Text, sentence: int, quantities: list[Quantity], periods: list[Period], opening: Timing
) -> list[Timed]:
    """Return the quantities of the sentence with that index, each with its time.

    `periods` are the time phrases of the sentence, `opening` is the time that its paragraph or list opens with.
    """
    bounds = read.layout.sentences[sentence]
    named = usable(periods, read.calendar, read.calendar.anchor.today)
    series = read.document.kind in _SERIES
    timed: list[Timed] = []
    for at, quantity in enumerate(quantities):
        after = quantities[at + 1].char_start if at + 1 < len(quantities) else bounds.char_end
        timing = (
            NO_TIME
            if quantity.rule == "goal" and quantity.status == "target"
            else _before_that(read, quantity, (periods, named), timed, opening)
        )
        if timing is None:
            period = bracketed(read.text, quantity, periods)
            period = period or clause_period(read.text, quantity, after, bounds.char_start, named)
            timeless = is_timeless(read.text, bounds.char_start, quantity, period)
            if timeless or (period and _is_elsewhere(quantity, period)):
                period = None
            timing = resolve(read.text, period, quantity) if period else NO_TIME
            if (not period and not timeless) or (period and period.kind == "now" and not period.start):
                told = carried(read.text, bounds.char_start, quantity, opening, read.calendar, series=series)
                timing = told if told.basis else timing  # in a text without a day "now" says nothing else
            timing = completed(timing, read.calendar.stated) if period else timing
            timing = edge_of(period, quantity, quantities[at - 1] if at else None, timing) if period else timing
            if period and quantity.rule in EARLIER and period.char_start >= quantity.char_end:
                named.remove(period)  # the time of what is compared with is nobody else's
        timed.append(Timed(sentence, quantity, timing))
    return spread(read.text, timed)


def _is_elsewhere(quantity: Quantity, period: Period) -> bool:
    """Does the value speak of the end of what "since" opens: the 62nd month of surplus, down by 60 points to 6.3%?

    Or of how it was before what "from" and "beginning in" open: "From April the cap will be lowered from $25 billion"?
    """
    if period.lead.startswith("since"):
        by_month = quantity.measure == "streak" and quantity.unit != "year"
        return by_month or (quantity.measure == "level" and quantity.rule == "to-level")
    opens = period.lead.startswith(("from", "beginning", "starting", "effective"))
    return opens and quantity.rule == "from-level" and period.char_end < quantity.char_start


# What stands between a value and the phrase that dates it: "the 6 percent increase in the same period of 2016".
_NEXT_TO = re.compile(
    r"\W{0,3}(?:(?:increase|rise|growth|decline|gain|drop|fall|rate|expansion|decrease)\W{1,3})?(?:the )?"
)
_IN_BRACKET = 20  # code points
_OPENED = 6  # code points: "(in the"
_DATING = frozenset(("", "in", "for", "during"))


def _opens_bracket(text: str, quantity: Quantity, period: Period) -> bool:
    """Is it "fell by 3% (the same period last year up ⟨5%⟩)": a value in a bracket that a time before it opens?"""
    if period.kind != "same" or not 0 < quantity.char_start - period.char_end <= _IN_BRACKET:
        return False
    opened = text.rfind("(", max(0, period.char_start - _OPENED), period.char_start)
    return opened >= 0 and text.find(")", opened, quantity.char_start) < 0


def _before_that(
    read: Text, quantity: Quantity, phrases: tuple[list[Period], list[Period]], timed: list[Timed], opening: Timing
) -> Timing | None:
    """The time of "from 35.4 hours a year ago" or "after 2% in the previous quarter": so long before another.

    `phrases` are those of the sentence and the ones that may date its other values, where such a one is taken out.
    """
    periods, named = phrases
    for period in periods:
        if _opens_bracket(read.text, quantity, period) and timed and timed[-1].timing.end:
            return shifted(timed[-1].timing, period, read.text)
        between = read.text[quantity.char_end : period.char_start - len(period.lead) - bool(period.lead)]
        near = period.char_start >= quantity.char_end and "(" not in between and _NEXT_TO.fullmatch(between)
        if not near or not points_back(read.text, period):
            continue
        earlier = quantity.rule in EARLIER
        base = timed[-1].timing if timed else opening if opening.start else read.calendar.stated
        if (earlier and timed) or (period.lead in _DATING and base.start and base.end):
            named[:] = [other for other in named if other is not period]
            return shifted(base, period, read.text)
    return None
