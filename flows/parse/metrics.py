"""The `metrics`, `numerals` and `findings` of one text: each number read in its sentence, timed, and accounted for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from flows.parse.indicators import find_indicator
from flows.parse.ledger import finding_row, numeral_finding, numeral_row, owned_numbers
from flows.parse.numbers import find_numbers
from flows.parse.periods import Period
from flows.parse.reading import read_sentences
from flows.parse.roles import Role
from flows.parse.sieve import Signs
from flows.parse.texts import Text
from flows.parse.timing_chains import Timed
from flows.parse.timing_documents import calendar_of
from flows.parse.units import unit_table
from flows.parse.units_of_text import units_of
from flows.records import Document, Finding, Layout, Mention, Metric, Numeral, Task, Voices
from flows.vocabulary import Vocabulary


class Found(NamedTuple):
    """What the numbers of one text give."""

    metrics: tuple[Metric, ...]
    numerals: tuple[Numeral, ...]
    findings: tuple[Finding, ...]


def find_metrics(
    text: str,
    document: Document,
    layout: Layout,
    voices: Voices,
    mentions: Sequence[Mention],
    tasks: Sequence[Task],
    vocabulary: Vocabulary,
    signs: Signs,
) -> Found:
    """Return the metrics, the ledger of numerals and the findings of a text.

    Every numeral of a passage has one row in the ledger; its `metric_id` names the metric that it is part of. A time
    phrase that the document does not fix, a malformed number and a numeral that no rule could place are findings.
    `signs` are those of time phrases in the text.
    """
    # Passage by passage: "… 2024" at the end of one and "Million tonnes" at the head of the next are two numerals.
    numbers = [it for passage in layout.passages for it in find_numbers(text, passage.char_start, passage.char_end)]
    read = Text(
        text,
        document,
        layout,
        voices,
        numbers,
        [n.char_start for n in numbers],
        units_of(text, unit_table(vocabulary)),
        vocabulary,
        calendar_of(text, document, layout),
        frozenset(task.char_start for task in tasks),
        signs,
    )
    metrics: list[Metric] = []
    roles: dict[int, Role] = {}
    findings: list[Finding] = []
    begins = [mention.char_start for mention in mentions]
    for timed in read_sentences(read, roles):
        start, end, _ = layout.sentences[timed.sentence]
        metric = _metric(read, timed, mentions[bisect_left(begins, start) : bisect_right(begins, end)])
        metrics.append(metric)
        findings += _period_findings(read, timed, metric)
        roles.update(dict.fromkeys(timed.quantity.numbers, Role("metric", metric.rule)))
    owners = {
        index: metric.metric_id for metric, timed_numbers in owned_numbers(metrics, numbers) for index in timed_numbers
    }
    dated: dict[int, list[Period]] = {}
    opens = [passage.char_start for passage in layout.passages]
    held = [layout.passages[bisect_right(opens, start) - 1] for start in read.starts]
    numerals = tuple(numeral_row(read, index, passage, roles, owners, dated) for index, passage in enumerate(held))
    findings += [finding for numeral in numerals if (finding := numeral_finding(numeral))]
    return Found(tuple(metrics), numerals, tuple(findings))


def _metric(read: Text, timed: Timed, mentions: Sequence[Mention]) -> Metric:
    quantity, timing, document = timed.quantity, timed.timing, read.document.document_id
    sentence = read.layout.sentences[timed.sentence]
    quote = read.text[sentence.char_start : sentence.char_end]
    industry, place = _entities(read, quantity.indicator, mentions)
    low, high = quantity.value, quantity.value_upper
    if high is not None and high < low:  # "fell by 3 to 5 percent" lies between -5 and -3
        low, high = high, low
    return Metric(
        metric_id=f"{document}:m{quantity.char_start}",
        document_id=document,
        passage_id=read.layout.passages[sentence.passage].passage_id,
        speaker_id=read.voices.by_sentence[timed.sentence],
        indicator=quantity.indicator or None,
        indicator_id=find_indicator(quantity.indicator, read.vocabulary) if quantity.indicator else None,
        value=low,
        value_upper=high,
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


def _entities(read: Text, indicator: str, mentions: Sequence[Mention]) -> tuple[str | None, str | None]:
    """The longest industry and place of its sentence's mentions that the indicator itself names."""
    kinds = _kinds(read.vocabulary)
    found: dict[str, Mention] = {}
    named = indicator.casefold()
    for mention in mentions:
        kind = kinds[mention.entity_id]
        longer = kind not in found or len(mention.text) > len(found[kind].text)
        if kind in {"industry", "place"} and longer and mention.text.casefold() in named:
            found[kind] = mention
    industry, place = found.get("industry"), found.get("place")
    return industry and industry.entity_id, place and place.entity_id


def _kinds(vocabulary: Vocabulary) -> dict[str, str]:
    key = id(vocabulary)
    if key not in _KINDS:
        _KINDS.clear()
        _KINDS[key] = {entity.entity_id: entity.kind for entity in vocabulary.entities}
    return _KINDS[key]


_KINDS: dict[int, dict[str, str]] = {}


def _period_findings(read: Text, timed: Timed, metric: Metric) -> list[Finding]:
    period = timed.timing.unresolved
    if period is None:
        return []
    phrase = " ".join(read.text[period.char_start : period.char_end].split())
    message = (
        f"The time of {metric.value_text!r}, {phrase!r}, cannot be resolved from the text; its period is left empty."
    )
    return [
        finding_row(
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
