"""The `metrics`, `numerals` and `findings` of one text: each number read in its sentence, timed, and accounted for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from flows.parse.indicators import find_indicator
from flows.parse.numbers import Number, find_numbers
from flows.parse.periods import Period, find_periods
from flows.parse.quantities import Context, Quantity, Reading, read_sentence
from flows.parse.roles import Role
from flows.parse.timing import (
    NO_TIME,
    Calendar,
    Timing,
    calendar_of,
    clause_period,
    is_flow,
    opening_period,
    resolve,
    shifted,
    usable,
)
from flows.parse.units import UnitTable, unit_table
from flows.records import Document, Finding, Layout, Mention, Metric, Numeral, Passage, Task, Voices
from flows.vocabulary import Vocabulary

# Numbers of these passages say nothing about the world.
_SILENT = frozenset(("navigation", "page_header", "byline", "label", "head"))


class Found(NamedTuple):
    """What the numbers of one text give."""

    metrics: tuple[Metric, ...]
    numerals: tuple[Numeral, ...]
    findings: tuple[Finding, ...]


class _Text(NamedTuple):
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


def find_metrics(
    text: str,
    document: Document,
    layout: Layout,
    voices: Voices,
    mentions: Sequence[Mention],
    tasks: Sequence[Task],
    vocabulary: Vocabulary,
) -> Found:
    """Return the metrics, the ledger of numerals and the findings of a text.

    Every numeral of ``find_numbers(text)`` has one row in the ledger; its `metric_id` names the metric that it is
    part of. A time phrase that the document does not fix, a malformed number and a numeral that no rule could place
    are findings.
    """
    numbers = find_numbers(text)
    read = _Text(
        text,
        document,
        layout,
        voices,
        numbers,
        [n.char_start for n in numbers],
        unit_table(vocabulary),
        vocabulary,
        calendar_of(text, document, layout),
        frozenset(task.char_start for task in tasks),
    )
    metrics: list[Metric] = []
    roles: dict[int, Role] = {}
    findings: list[Finding] = []
    for timed in _read_sentences(read, roles):
        metric = _metric(read, timed, mentions)
        metrics.append(metric)
        findings += _period_findings(read, timed, metric)
        roles.update(dict.fromkeys(timed.quantity.numbers, Role("metric", metric.rule)))
    owners = {index: metric.metric_id for metric, timed_numbers in _owned(metrics, numbers) for index in timed_numbers}
    numerals = tuple(_numeral(read, index, roles, owners) for index in range(len(numbers)))
    findings += [finding for numeral in numerals if (finding := _numeral_finding(numeral))]
    return Found(tuple(metrics), numerals, tuple(findings))


class _Timed(NamedTuple):
    sentence: int
    quantity: Quantity
    timing: Timing


def _read_sentences(read: _Text, roles: dict[int, Role]) -> list[_Timed]:
    """Read every sentence that holds a numeral, and carry the opening times of paragraphs and lists along."""
    timed: list[_Timed] = []
    context = Context()
    openings: dict[int, Timing] = {}
    opened: dict[str, int] = {p.passage_id: i for i, p in enumerate(read.layout.passages)}
    previous = -1
    firsts: dict[int, int] = {}
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
        leaning = read.calendar.anchor._replace(past=not _FUTURE.search(read.text, *bounds))
        periods = find_periods(read.text, *bounds, leaning)
        if fresh and not run_in:
            context = Context() if passage.kind != "list_item" else context
            context.comparison, context.carries_comparison = None, read.document.kind in _SERIES
        if fresh:
            value_at = read.numbers[first].char_start if first < last else sentence.char_end
            openings[sentence.passage] = opening_period(read.text, passage, periods, value_at, read.calendar.own_days)
        elif (
            passage.text.rstrip().endswith((":", "including", "through", "by")) and not openings[sentence.passage].basis
        ):
            openings[sentence.passage] = opening_period(read.text, passage, periods, 0, read.calendar.own_days)
        if first == last:
            continue
        reading = _read_one(read, bounds, (first, last), periods, context)
        roles.update(reading.roles)
        quantities = reading.quantities
        if passage.kind == "list_item" and sentence.char_start in read.planned:
            quantities = [
                q if q.rule in _EARLIER or q.status != "actual" else q._replace(status="target") for q in quantities
            ]
        opening = _opening_of(read, sentence.passage, openings, opened)
        timed += _time(read, index, quantities, periods, opening)
    return timed


_SERIES = frozenset(
    ("statistical_release", "press_conference", "briefing_qa")
)  # growth without a word is growth on the year
_FUTURE = re.compile(
    r"\b(?:will|shall|from next|going to|is to|are to|plans? to|aims? to|is due|are due|is scheduled|are scheduled|must|should|’ll|'ll)\b"
)
_RUN_IN = 5  # words: "2.1 Mobile." opens a paragraph as a heading would


def _is_run_in(read: _Text, index: int) -> bool:
    sentence = read.layout.sentences[index]
    return len(read.text[sentence.char_start : sentence.char_end].split()) < _RUN_IN


def _read_one(
    read: _Text, bounds: tuple[int, int], span: tuple[int, int], periods: list[Period], context: Context
) -> Reading:
    return read_sentence(read.text, bounds, read.numbers, span, periods, read.table, context)


def _opening_of(read: _Text, passage: int, openings: dict[int, Timing], opened: dict[str, int]) -> Timing:
    """The time that the passage opens with, else the one of the list item, heading or lead-in above it."""
    at: int | None = passage
    for _ in range(12):
        if at is None:
            break
        if openings.get(at, NO_TIME).basis:
            return openings[at]
        above = read.layout.passages[at].parent_passage_id
        at = opened[above] if above else None
    return _lead_in(read, passage, openings)


def _lead_in(read: _Text, passage: int, openings: dict[int, Timing]) -> Timing:
    """Paragraphs that count off what a lead-in with a colon announced ("Firstly, …") speak of its time."""
    at = passage
    while at >= 0 and read.layout.passages[at].text.split(",")[0].casefold() in _COUNTED:
        at -= 1
    ahead = read.layout.passages[at]
    return openings.get(at, NO_TIME) if at != passage and ahead.text.rstrip().endswith(":") else NO_TIME


_COUNTED = frozenset(
    [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "firstly",
        "secondly",
        "thirdly",
        "fourthly",
        "fifthly",
        "finally",
        "lastly",
    ]
)


def _time(
    read: _Text, sentence: int, quantities: list[Quantity], periods: list[Period], opening: Timing
) -> list[_Timed]:
    bounds = read.layout.sentences[sentence]
    future = bool(_FUTURE.search(read.text, bounds.char_start, bounds.char_end))
    named = usable(periods, read.calendar.own_days, future=future)
    timed: list[_Timed] = []
    for at, quantity in enumerate(quantities):
        after = quantities[at + 1].char_start if at + 1 < len(quantities) else bounds.char_end
        timing = _before_that(read, quantity, periods, timed)
        if timing is None:
            period = clause_period(read.text, quantity, after, bounds.char_start, named)
            timing = (
                resolve(read.text, period, quantity, read.calendar) if period else _carried(read, quantity, opening)
            )
            if period and quantity.rule in _EARLIER and period.char_start >= quantity.char_end:
                named.remove(period)  # the time of what is compared with is nobody else's
        timed.append(_Timed(sentence, quantity, timing))
    return timed


_EARLIER = frozenset(("earlier-value", "from-level"))
_NEXT_TO = 3  # code points between a value and the phrase that dates it


def _before_that(read: _Text, quantity: Quantity, periods: list[Period], timed: list[_Timed]) -> Timing | None:
    """The time of "from 35.4 hours a year ago": one year before that of the value it is compared with."""
    if quantity.rule not in _EARLIER:
        return None
    for period in periods:
        near = 0 <= period.char_start - quantity.char_end <= _NEXT_TO + len(period.lead) + 1
        phrase = read.text[period.char_start : period.char_end]
        if near and (period.kind == "same" or (period.kind == "relative" and "previous" in phrase)) and timed:
            return shifted(timed[-1].timing, period, read.text)
    return None


def _carried(read: _Text, quantity: Quantity, opening: Timing) -> Timing:
    """A value without a time of its own: its paragraph's, else, for what runs through the year, the document's."""
    if opening.basis and quantity.status != "target":
        return opening
    if quantity.status != "target" and is_flow(quantity):
        return read.calendar.stated
    return NO_TIME


def _metric(read: _Text, timed: _Timed, mentions: Sequence[Mention]) -> Metric:
    quantity, timing, document = timed.quantity, timed.timing, read.document.document_id
    sentence = read.layout.sentences[timed.sentence]
    quote = read.text[sentence.char_start : sentence.char_end]
    industry, place = _entities(read, quantity.indicator, sentence.char_start, sentence.char_end, mentions)
    return Metric(
        metric_id=f"{document}:m{quantity.char_start}",
        document_id=document,
        passage_id=read.layout.passages[sentence.passage].passage_id,
        speaker_id=read.voices.by_sentence[timed.sentence],
        indicator=quantity.indicator or None,
        indicator_id=find_indicator(quantity.indicator, read.vocabulary) if quantity.indicator else None,
        value=quantity.value,
        value_upper=quantity.value_upper,
        unit=quantity.unit,
        measure=quantity.measure,
        comparison=quantity.comparison,
        bound=quantity.bound,
        status=quantity.status,
        period_start=timing.start,
        period_end=timing.end,
        period_text=timing.phrase,
        period_basis=timing.basis,
        out_of=quantity.out_of,
        industry_id=industry,
        place_id=place,
        value_text=read.text[quantity.char_start : quantity.char_end],
        char_start=quantity.char_start,
        char_end=quantity.char_end,
        quote=quote,
        rule=quantity.rule,
    )


def _entities(
    read: _Text, indicator: str, start: int, end: int, mentions: Sequence[Mention]
) -> tuple[str | None, str | None]:
    """The longest industry and place of the sentence that the indicator itself names."""
    kinds = _kinds(read.vocabulary)
    found: dict[str, Mention] = {}
    named = indicator.casefold()
    for mention in mentions[
        bisect_left(mentions, start, key=_mention_start) : bisect_right(mentions, end, key=_mention_start)
    ]:
        kind = kinds[mention.entity_id]
        if kind in {"industry", "place"} and mention.text.casefold() in named:
            if kind not in found or len(mention.text) > len(found[kind].text):
                found[kind] = mention
    industry, place = found.get("industry"), found.get("place")
    return industry and industry.entity_id, place and place.entity_id


def _mention_start(mention: Mention) -> int:
    return mention.char_start


def _kinds(vocabulary: Vocabulary) -> dict[str, str]:
    key = id(vocabulary)
    if key not in _KINDS:
        _KINDS.clear()
        _KINDS[key] = {entity.entity_id: entity.kind for entity in vocabulary.entities}
    return _KINDS[key]


_KINDS: dict[int, dict[str, str]] = {}


def _period_findings(read: _Text, timed: _Timed, metric: Metric) -> list[Finding]:
    period = timed.timing.unresolved
    if period is None:
        return []
    phrase = " ".join(read.text[period.char_start : period.char_end].split())
    message = (
        f"The time of {metric.value_text!r}, {phrase!r}, cannot be resolved from the text; its period is left empty."
    )
    return [
        _finding(
            "info",
            "unresolved-period",
            metric.passage_id,
            metric.document_id,
            period.char_start,
            period.char_end,
            message,
            (metric.metric_id,),
        )
    ]


def _finding(
    severity: str, code: str, passage: str, document: str, start: int, end: int, message: str, metrics: tuple[str, ...]
) -> Finding:
    tail = "t" if code == "unresolved-period" else "f"
    name = f"{document}:{tail}{metrics[0].rpartition(':')[2] if metrics and tail == 't' else start}"
    return Finding(name, severity, code, document, passage, start, end, message, metrics)


def _owned(metrics: Sequence[Metric], numbers: Sequence[Number]) -> list[tuple[Metric, list[int]]]:
    """Which numerals lie in the words of which metric."""
    starts = [number.char_start for number in numbers]
    return [
        (metric, list(range(bisect_left(starts, metric.char_start), bisect_left(starts, metric.char_end))))
        for metric in metrics
    ]


def _numeral(read: _Text, index: int, roles: dict[int, Role], owners: dict[int, str]) -> Numeral:
    number = read.numbers[index]
    passage = _passage_at(read.layout.passages, number.char_start)
    role = (
        Role("metric", roles[index].rule)
        if index in owners and index in roles
        else roles.get(index) or _outside(read, number, passage)
    )
    metric = owners.get(index) if role.role == "metric" else None
    if role.role == "metric" and metric is None:
        role = Role("unresolved", "no-frame")
    document = read.document.document_id
    return Numeral(
        f"{document}:n{number.char_start}",
        document,
        passage.passage_id,
        read.text[number.char_start : number.char_end],
        None if number.value is None else float(number.value),
        role.role,
        metric,
        role.rule,
        number.char_start,
        number.char_end,
    )


def _passage_at(passages: Sequence[Passage], offset: int) -> Passage:
    return passages[bisect_right(passages, offset, key=_passage_start) - 1]


def _passage_start(passage: Passage) -> int:
    return passage.char_start


def _outside(read: _Text, number: Number, passage: Passage) -> Role:
    """A numeral that stands in no sentence: a bullet, a page head, a date line."""
    for period in find_periods(read.text, passage.char_start, passage.char_end, read.calendar.anchor):
        if period.char_start <= number.char_start < period.char_end:
            return Role("date", period.rule)
    if number.form == "malformed":
        return Role("unresolved", "malformed-number")
    if passage.kind == "table":
        return Role("structure", "table-cell")
    return Role("structure", f"in-{passage.kind.replace('_', '-')}" if passage.kind in _SILENT else "list-marker")


def _numeral_finding(numeral: Numeral) -> Finding | None:
    if numeral.role != "unresolved":
        return None
    where = (numeral.passage_id, numeral.document_id, numeral.char_start, numeral.char_end)
    if numeral.rule == "malformed-number":
        message = f"{numeral.text!r} is malformed: its digits are not grouped as a number is. Nothing was repaired; look it up in another source."
        return _finding("error", "malformed-number", *where, message, ())
    message = f"No rule could place the number {numeral.text!r}; read its sentence before you rely on the table's completeness."
    return _finding("warning", "unresolved-numeral", *where, message, ())
