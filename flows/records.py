"""The rows of the package and the two things that they are made from: a text, and what is known about it.

Every record is an immutable tuple whose fields stand in the order of its Table Schema in ``schemas/``
(a test holds that). Offsets are Unicode code points into the decoded text; ends are exclusive.
Records have no behaviour.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Source(NamedTuple):
    """What ``raw/sources.toml`` says of a text that the text itself cannot say; None where it says nothing."""

    sha256: str | None = None
    url: str | None = None
    rights_holder: str | None = None
    licence: str | None = None


class RawText(NamedTuple):
    """One file of the raw folder, decoded, with its newlines untouched."""

    document_id: str
    path: str
    text: str
    sha256: str
    bytes: int
    source: Source = Source()


class Document(NamedTuple):
    """One row of `documents`."""

    document_id: str
    title: str | None
    kind: str
    publisher: str | None
    published_on: date | None
    event_name: str | None
    event_on: date | None
    language: str
    page: int | None
    page_count: int | None
    source_url: str | None
    raw_path: str
    raw_sha256: str
    raw_bytes: int
    characters: int
    words: int


class Speaker(NamedTuple):
    """One row of `speakers`."""

    speaker_id: str
    name: str
    name_native: str | None
    kind: str
    position: str | None
    organisation: str | None


class Appearance(NamedTuple):
    """One row of `appearances`."""

    document_id: str
    speaker_id: str
    role: str
    position: str | None
    organisation: str | None
    passages: int
    words: int
    char_start: int
    char_end: int


class Passage(NamedTuple):
    """One row of `passages`; `text` is exactly ``raw[char_start:char_end]``."""

    passage_id: str
    document_id: str
    position: int
    kind: str
    parent_passage_id: str | None
    depth: int
    speaker_id: str | None
    char_start: int
    char_end: int
    text: str


class Metric(NamedTuple):
    """One row of `metrics`."""

    metric_id: str
    document_id: str
    passage_id: str
    speaker_id: str | None
    indicator: str | None
    indicator_id: str | None
    value: float
    value_upper: float | None
    unit: str
    measure: str
    comparison: str | None
    bound: str
    status: str
    period_start: date | None
    period_end: date | None
    period_text: str | None
    period_basis: str | None
    out_of: float | None
    industry_id: str | None
    place_id: str | None
    value_text: str
    char_start: int
    char_end: int
    quote: str
    rule: str


class Task(NamedTuple):
    """One row of `tasks`."""

    task_id: str
    document_id: str
    passage_id: str
    speaker_id: str | None
    parent_task_id: str | None
    position: int
    depth: int
    ordinal: int | None
    statement: str
    action: str | None
    modality: str
    actor: str | None
    horizon_start: date | None
    horizon_end: date | None
    theme_id: str | None
    char_start: int
    char_end: int
    rule: str


class Indicator(NamedTuple):
    """One row of `indicators`; `aliases` are the phrasings that mean it."""

    indicator_id: str
    label: str
    definition: str
    unit: str | None
    measure: str | None
    aliases: tuple[str, ...]
    source: str


class Entity(NamedTuple):
    """One row of `entities`."""

    entity_id: str
    kind: str
    label: str
    label_native: str | None
    aliases: tuple[str, ...]
    broader_id: str | None


class Mention(NamedTuple):
    """One row of `mentions`."""

    mention_id: str
    entity_id: str
    document_id: str
    passage_id: str
    text: str
    char_start: int
    char_end: int


class Numeral(NamedTuple):
    """One row of `numerals`: the ledger of every number of a text."""

    numeral_id: str
    document_id: str
    passage_id: str
    text: str
    value: float | None
    role: str
    metric_id: str | None
    rule: str
    char_start: int
    char_end: int


class Finding(NamedTuple):
    """One row of `findings`; `metric_ids` names the rows that it is about."""

    finding_id: str
    severity: str
    code: str
    document_id: str
    passage_id: str | None
    char_start: int | None
    char_end: int | None
    message: str
    metric_ids: tuple[str, ...]


class Rejected(NamedTuple):
    """One row of `rejected`."""

    raw_path: str
    document_id: str | None
    reason: str
    bytes: int | None
    sha256: str | None


class Sentence(NamedTuple):
    """One sentence or list item: where it stands, and the index of its passage. Not published."""

    char_start: int
    char_end: int
    passage: int


class Layout(NamedTuple):
    """A text cut into passages and sentences; every sentence lies in one passage. Not published."""

    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]


class Voices(NamedTuple):
    """Who speaks: `passages` with their speakers filled in, and the speaker of each sentence. Not published."""

    speakers: tuple[Speaker, ...]
    appearances: tuple[Appearance, ...]
    passages: tuple[Passage, ...]
    by_sentence: tuple[str | None, ...]


class Parsed(NamedTuple):
    """All rows of one text."""

    document: Document
    speakers: tuple[Speaker, ...]
    appearances: tuple[Appearance, ...]
    passages: tuple[Passage, ...]
    metrics: tuple[Metric, ...]
    tasks: tuple[Task, ...]
    mentions: tuple[Mention, ...]
    numerals: tuple[Numeral, ...]
    findings: tuple[Finding, ...]
