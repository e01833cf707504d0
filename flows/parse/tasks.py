"""Tasks: what an authority announces, promises or orders, one row a sentence, list item or numbered heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from flows.parse.calendars import Anchor
from flows.parse.sieve import Signs
from flows.parse.tasks_candidates import Found, find_candidates
from flows.parse.tasks_horizons import find_horizon
from flows.parse.tasks_themes import find_theme, theme_index
from flows.parse.timing_documents import day_of
from flows.records import Document, Layout, Task, Voices
from flows.vocabulary import Vocabulary

_DEEPEST = 40  # nobody nests deeper; it keeps the cost of a text that does linear
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = re.compile(
    rf"\W*(?:The\s)?(?P<word>{'|'.join(_ORDINALS)}|eleventh|twelfth)(?:ly)?\b"
    r"(?:\sof\sall|\sand\sforemost)?(?:\s?[,:;–—]|\sis\sto\b|\s(?=we\b|the\sministry\b|it\sis\b))",
    re.IGNORECASE,
)


_ONE = re.compile(r"One\sis\sto\b")


class _Place(NamedTuple):
    """The parent of each found task, as an index into them, and how deep it lies."""

    parent: int | None
    depth: int
    ordinal: int | None


def find_tasks(
    text: str, document: Document, layout: Layout, voices: Voices, vocabulary: Vocabulary, signs: Signs
) -> tuple[Task, ...]:
    """Return the tasks of a text in its order.

    Args:
        text: the raw text, which every offset points into.
        document: its row; its date resolves horizons, its kind decides what a budget speech's present tense means.
        layout: its passages and sentences.
        voices: who speaks; what a questioner says is no task.
        vocabulary: its themes.
        signs: those of time phrases in the text.

    Returns:
        One row a task; a parent stands before its children. Cost is linear in the text's length.
    """
    found = find_candidates(text, document, layout, voices)
    places = _place(found, layout)
    themes = theme_index(vocabulary)
    anchor = Anchor(day_of(text, document), past=False)
    tasks: list[Task] = []
    for position, (row, place) in enumerate(zip(found, places, strict=True)):
        passage = layout.passages[row.passage]
        parent = None if place.parent is None else tasks[place.parent]
        horizon = find_horizon(text, row.char_start, row.char_end, anchor, signs)
        tasks.append(
            Task(
                task_id=f"{document.document_id}:t{row.char_start}",
                document_id=document.document_id,
                passage_id=passage.passage_id,
                speaker_id=voices.by_sentence[row.sentence],
                parent_task_id=parent.task_id if parent else None,
                position=position,
                depth=place.depth,
                ordinal=place.ordinal,
                statement=row.statement,
                action=row.verdict.action,
                modality=row.verdict.modality,
                actor=row.verdict.actor,
                horizon_start=horizon[0],
                horizon_end=horizon[1],
                theme_id=find_theme(row.statement, themes) or (parent.theme_id if parent else None),
                char_start=row.char_start,
                char_end=row.char_end,
                rule=row.verdict.rule,
            )
        )
    return tuple(tasks)


def _place(found: Sequence[Found], layout: Layout) -> list[_Place]:
    """Nest the tasks: under the task of a heading or list item above, or the ordinal sentence before."""
    above = _passages_above(layout)
    heads: dict[int, int] = {}  # passage index -> the task that its heading or list item is
    opened: dict[int, int] = {}  # passage index -> the task of its last ordinal sentence
    places: list[_Place] = []
    for index, row in enumerate(found):
        ordinal = read_ordinal(row.statement)
        parent = None if ordinal else opened.get(row.passage)
        if parent is None and row.passage in heads:
            parent = heads[row.passage]
        if parent is None:
            parent = _nearest(row.passage, above, heads, opened)
        places.append(_Place(parent, 0 if parent is None else places[parent].depth + 1, ordinal))
        if row.heads:
            heads[row.passage] = index
        elif ordinal:
            opened[row.passage] = index
    return places


def _passages_above(layout: Layout) -> list[int | None]:
    by_id = {passage.passage_id: index for index, passage in enumerate(layout.passages)}
    return [by_id.get(passage.parent_passage_id or "") for passage in layout.passages]


def _nearest(passage: int, above: Sequence[int | None], heads: dict[int, int], opened: dict[int, int]) -> int | None:
    for at in _climb(passage, above):
        if at in heads:
            return heads[at]
        if at in opened:
            return opened[at]
    return None


def _climb(passage: int, above: Sequence[int | None]) -> list[int]:
    """The passages over one, nearest first; as deep as people nest, so that cost stays linear."""
    chain: list[int] = []
    at = above[passage]
    while at is not None and at < passage and len(chain) < _DEEPEST:
        chain.append(at)
        at = above[at]
    return chain


def read_ordinal(statement: str) -> int | None:
    """Return 1 for "First, …", 2 for "Secondly, …" and so on, None for a sentence that opens without an ordinal."""
    if _ONE.match(statement):
        return 1
    match = _ORDINAL.match(statement)
    word = match["word"].casefold() if match else ""
    return _ORDINALS.index(word) + 1 if word in _ORDINALS else {"eleventh": 11, "twelfth": 12}.get(word)
