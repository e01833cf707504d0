"""Sentence after sentence: the quantities of a text and their times; what opens a paragraph or list is carried on."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from flows.parse.aims import as_target, is_aimed
from flows.parse.clauses import EARLIER
from flows.parse.numbers import Number
from flows.parse.periods import Period, find_phrases, resolve_phrases
from flows.parse.quantities import Reading, read_sentence
from flows.parse.quantity import Context, Quantity
from flows.parse.roles import Role
from flows.parse.sieve import Signs
from flows.parse.timing import (
    NO_TIME,
    Calendar,
    Timing,
    clause_period,
    completed,
    edge_of,
    points_back,
    resolve,
    shifted,
    usable,
)
from flows.parse.timing_carried import carried, is_timeless, with_headline
from flows.parse.timing_chains import Timed, bracketed, spread
from flows.parse.timing_lists import opening_of
from flows.parse.timing_openings import as_told, opening_period
from flows.parse.timing_pages import with_cut_phrases
from flows.parse.units import UnitTable
from flows.records import Document, Layout, Sentence, Voices
from flows.vocabulary import Vocabulary


class Text(NamedTuple):
    """One text with all that its sentences are read against."""

    text: str
    document: Document
    layout: Layout
    voices: Voices
    numbers: list[Number]
    starts: list[int]
    table: UnitTable
    vocabulary: Vocabulary
    calendar: Calendar
    planned: frozenset[int]
    signs: Signs


def read_sentences(read: Text, roles: dict[int, Role]) -> list[Timed]:
    """Read every sentence that holds a numeral, and carry the opening times of paragraphs and lists along."""
    timed: list[Timed] = []
    context = Context()
    openings: dict[int, Timing] = {}
    opened: dict[str, int] = {p.passage_id: i for i, p in enumerate(read.layout.passages)}
    previous = -1
    firsts: dict[int, int] = {}
    paged = any(passage.kind == "page_header" for passage in read.layout.passages)
    for index, sentence in enumerate(read.layout.sentences):
        first = bisect_left(read.starts, sentence.char_start)
        last = bisect_left(read.starts, sentence.char_end)
        passage = read.layout.passages[sentence.passage]
        run_in = (
            previous == sentence.passage
            and not openings[previous].basis
            and index == firsts[previous] + 1
            and _is_run_in(read, index - 1)
        )
        fresh = sentence.passage != previous or run_in
        if sentence.passage != previous:
            firsts[sentence.passage] = index
        previous = sentence.passage
        bounds = (sentence.char_start, sentence.char_end)
        if fresh and not run_in:
            compared = context.comparison
            context = _of_paragraph(context) if passage.kind != "list_item" else context
            context.comparison, context.compared = None, compared
        periods = _phrases(read, index, paged=paged)
        if any(period.kind == "told" for period in periods):
            periods = as_told(periods, _told_last(timed, read.calendar.stated))
        if not _goes_on(read, sentence, periods, openings, timed):
            _open(read, sentence, periods, openings, fresh=fresh)
        if first == last:
            if passage.kind in _TELLING:
                context.told = context.before = bounds
            continue
        reading = _read_one(read, bounds, (first, last), periods, context)
        context.told, context.before = (0, 0) if reading.quantities else bounds, bounds
        roles.update(reading.roles)
        quantities = _as_planned(read, sentence, reading.quantities, opened)
        opening = opening_of(read.layout, sentence.passage, openings, opened)
        if fresh and opening.late:
            opening = opening._replace(late=False)
        fresh_rows = _time(read, index, quantities, periods, opening)
        timed += fresh_rows
        told = with_headline(read.layout, timed, fresh_rows)
        if told.start and not read.calendar.stated.start and read.document.kind == "news":
            read = read._replace(calendar=read.calendar._replace(stated=told))
    return timed


_TELLING = frozenset(("paragraph", "list_item"))  # headings and captions name what the text below them names anew


def _of_paragraph(context: Context) -> Context:
    """Return what a new paragraph takes over from the one before."""
    earlier = context.indicator or context.earlier
    return Context(earlier=earlier, topic=context.topic, before=context.before, told=context.told)


def _phrases(read: Text, index: int, *, paged: bool) -> list[Period]:
    """The time phrases of a sentence; one that speaks of what is to come names months and days that are ahead."""
    bounds = read.layout.sentences[index][:2]
    anchor = read.calendar.anchor
    phrases = find_phrases(read.text, *bounds, read.signs)
    if phrases and _FUTURE.search(read.text, *bounds):
        anchor = anchor._replace(past=False)
    periods = resolve_phrases(phrases, anchor)
    return with_cut_phrases(read.text, read.layout, index, periods, anchor) if paged else periods


def _told_last(timed: list[Timed], stated: Timing) -> Timing:
    return next((t.timing for t in reversed(timed) if t.timing.start and t.timing.end), stated)


def _goes_on(
    read: Text, sentence: Sentence, periods: list[Period], openings: dict[int, Timing], timed: list[Timed]
) -> bool:
    """Let a sentence that opens "During the same period, " speak of the time that the text spoke of last."""
    if not periods or periods[0].kind != "same" or periods[0].char_start - sentence.char_start > _REOPENS:
        return False
    if not read.text.endswith("same period", 0, periods[0].char_end):
        return False
    last = _told_last(timed, NO_TIME)
    openings[sentence.passage] = last._replace(basis="paragraph" if last.start else None, late=False)
    return True


def _as_planned(read: Text, sentence: Sentence, quantities: list[Quantity], opened: dict[str, int]) -> list[Quantity]:
    """Read what items of tasks, and of lists of aims, say as targets."""
    passages, start = read.layout.passages, sentence.char_start
    if is_aimed(passages, sentence.passage, opened):
        quantities = [as_target(read.text, start, q) for q in quantities]
    if passages[sentence.passage].kind == "list_item" and start in read.planned:
        return [q if q.rule in EARLIER or q.status != "actual" else q._replace(status="target") for q in quantities]
    return quantities


def _open(read: Text, sentence: Sentence, periods: list[Period], openings: dict[int, Timing], *, fresh: bool) -> None:
    """Note the time that a paragraph opens with, or that a lead-in or a later sentence in it moves on to."""
    at, words = sentence.passage, read.layout.passages[sentence.passage].text.rstrip()
    leads_in = words.endswith((":", "including", "through", "by")) and not openings.get(at, NO_TIME).basis
    if fresh or leads_in:
        openings[at] = opening_period(read.text, sentence.char_start, periods, read.calendar.own_days)
    elif periods and not words.endswith(":") and periods[0].char_start - sentence.char_start <= _REOPENS:
        moved = opening_period(read.text, sentence.char_start, periods[:1], read.calendar.own_days)
        if moved.basis and (openings[at].basis or periods[0].kind in _MOMENTS):
            openings[at] = moved


_MOMENTS = frozenset(("end", "date"))  # "By the end of March, …": what stands then is told on


# In these, rates and parts without a time of their own are of the time that the release speaks of.
_SERIES = frozenset(("statistical_release",))


_FUTURE = re.compile(
    r"\b(?:will|shall|from next|going to|(?:is|are) (?:to|due|scheduled)|plans? to|aims? to|must|should|’ll|'ll)\b"
)


_REOPENS = 8  # code points: a later sentence that opens "In 2024, " moves the paragraph's time on
_RUN_IN = 5  # words: "2.1 Mobile." opens a paragraph as a heading would


def _is_run_in(read: Text, index: int) -> bool:
    sentence = read.layout.sentences[index]
    return len(read.text[sentence.char_start : sentence.char_end].split()) < _RUN_IN


def _read_one(
    read: Text, bounds: tuple[int, int], span: tuple[int, int], periods: list[Period], context: Context
) -> Reading:
    return read_sentence(read.text, bounds, read.numbers, span, periods, read.table, context)


def _time(read: Text, sentence: int, quantities: list[Quantity], periods: list[Period], opening: Timing) -> list[Timed]:
    bounds = read.layout.sentences[sentence]
    named = usable(periods, read.calendar.own_days, read.calendar.anchor.today)
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
_DATING = frozenset(("", "in", "for", "during"))


def _before_that(
    read: Text, quantity: Quantity, phrases: tuple[list[Period], list[Period]], timed: list[Timed], opening: Timing
) -> Timing | None:
    """The time of "from 35.4 hours a year ago" or "after 2% in the previous quarter": so long before another.

    `phrases` are those of the sentence and the ones that may date its other values, where such a one is taken out.
    """
    periods, named = phrases
    for period in periods:
        between = read.text[quantity.char_end : period.char_start - len(period.lead) - bool(period.lead)]
        near = period.char_start >= quantity.char_end and _NEXT_TO.fullmatch(between)
        if not near or not points_back(read.text, period):
            continue
        earlier = quantity.rule in EARLIER
        base = timed[-1].timing if timed else opening if opening.start else read.calendar.stated
        if (earlier and timed) or (period.lead in _DATING and base.start and base.end):
            named[:] = [other for other in named if other is not period]
            return shifted(base, period, read.text)
    return None
