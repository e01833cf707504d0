"""The tables of a package out of the rows of its texts: speakers joined, disagreements found, rows in key order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from flows.records import Document, Finding, Metric, Parsed, Speaker
from flows.vocabulary import Vocabulary

CLOSE = 1e-6


def assemble(parsed: Sequence[Parsed], vocabulary: Vocabulary) -> dict[str, list[NamedTuple]]:
    """Return the rows of every resource, in the contract's order of resources, each in the order of its key."""
    texts = sorted(parsed, key=lambda text: text.document.document_id)
    metrics = [metric for text in texts for metric in text.metrics]
    findings = [finding for text in texts for finding in text.findings]
    tables: dict[str, Iterable[NamedTuple]] = {
        "documents": (text.document for text in texts),
        "speakers": _join_speakers(texts),
        "metrics": metrics,
        "tasks": (row for text in texts for row in text.tasks),
        "passages": (row for text in texts for row in text.passages),
        "appearances": (row for text in texts for row in text.appearances),
        "indicators": vocabulary.indicators,
        "entities": vocabulary.entities,
        "mentions": (row for text in texts for row in text.mentions),
        "numerals": (row for text in texts for row in text.numerals),
        "findings": [*findings, *find_conflicts(metrics), *find_duplicates([text.document for text in texts])],
    }
    return {name: sorted(rows, key=_KEYS.get(name, _first)) for name, rows in tables.items()}


def _first(row: tuple[object, ...]) -> str:
    return str(row[0])


def _appearance_key(row: tuple[object, ...]) -> tuple[str, str, str]:
    return str(row[0]), str(row[1]), str(row[2])


_KEYS = {"appearances": _appearance_key}


def _join_speakers(texts: Sequence[Parsed]) -> list[Speaker]:
    """One row a speaker: what the latest document says of them, gaps filled from the earlier ones."""
    dated = sorted(
        texts, key=lambda t: (str(t.document.event_on or t.document.published_on or ""), t.document.document_id)
    )
    return merge_speakers(speaker for text in dated for speaker in text.speakers)


def merge_speakers(speakers: Iterable[Speaker]) -> list[Speaker]:
    """Return one row a speaker, of what texts say of them from the earliest to the latest."""
    joined: dict[str, Speaker] = {}
    for speaker in speakers:
        known = joined.get(speaker.speaker_id)
        joined[speaker.speaker_id] = speaker if known is None else _merge(known, speaker)
    return list(joined.values())


def _merge(known: Speaker, later: Speaker) -> Speaker:
    position = (
        (later.position, later.organisation)
        if later.position
        else (known.position, later.organisation or known.organisation)
    )
    return Speaker(later.speaker_id, later.name, later.name_native or known.name_native, later.kind, *position)


def find_conflicts(metrics: Sequence[Metric]) -> list[Finding]:
    """Return a finding where two documents give one indicator, place, industry and period two different values."""
    groups: dict[tuple[object, ...], list[Metric]] = {}
    for metric in metrics:
        if metric.indicator_id and (metric.period_start or metric.period_end) and metric.status == "actual":
            groups.setdefault(series(metric), []).append(metric)
    return [_conflict(group) for group in groups.values() if _differ(group)]


def series(metric: Metric) -> tuple[object, ...]:
    """Return what two metrics share that measure one thing: all but the value and where it stands."""
    span = (metric.period_start, metric.period_end)
    return (
        metric.indicator_id,
        metric.place_id,
        metric.industry_id,
        span,
        metric.unit,
        metric.measure,
        metric.comparison,
        metric.out_of,
    )


def _differ(group: Sequence[Metric]) -> bool:
    if len({metric.document_id for metric in group}) < 2:
        return False
    exact = [metric for metric in group if metric.bound == "exact" and metric.value_upper is None]
    values = [metric.value for metric in exact]
    texts = {metric.document_id for metric in exact}
    return len(texts) > 1 and max(values) - min(values) > CLOSE * max(map(abs, values))


def _conflict(group: Sequence[Metric]) -> Finding:
    ordered = sorted(group, key=lambda metric: metric.metric_id)
    first = ordered[0]
    said = "; ".join(dict.fromkeys(f"{metric.value_text} in {metric.document_id}" for metric in ordered))
    message = (
        f"Documents differ on {first.indicator_id} from {first.period_start} to {first.period_end}: {said}. "
        "Check whether they measure the same thing before you use either."
    )
    ids = tuple(metric.metric_id for metric in ordered)
    return Finding(
        f"{first.document_id}:d{first.char_start}",
        "warning",
        "conflicting-values",
        first.document_id,
        first.passage_id,
        first.char_start,
        first.char_end,
        message,
        ids,
    )


def find_duplicates(documents: Sequence[Document]) -> list[Finding]:
    """Return a finding for each document whose bytes one before it has too."""
    first: dict[str, str] = {}
    findings = []
    for document in documents:
        other = first.setdefault(document.raw_sha256, document.document_id)
        if other != document.document_id:
            message = f"This text is byte for byte that of {other}; its rows count twice. Remove one of the two files."
            name = f"{document.document_id}:same"
            findings.append(
                Finding(name, "warning", "duplicate-document", document.document_id, None, None, None, message, ())
            )
    return findings
