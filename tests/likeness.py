"""When a row of the parser and a row of the gold are the same, and which of its attributes are right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from flows.records import Parsed

Row = Mapping[str, Any]
"""A row of the gold, or one of the parser brought into the gold's shape: dates as text, speakers by name."""

_SAME_VALUE = 1e-3
_SAME_TASK = 0.6
_SAME_PHRASE = 0.6
_SAME_TITLE = 0.8
_PARENT_SLACK = 12  # code points: whether a bullet or an ordinal belongs to the parent's span is a matter of taste

_HONORIFIC = re.compile(r"(?:mr|ms|mrs|miss|dr|prof|professor|sir|dame|shri|smt|h\.e)\.?\s+", re.IGNORECASE)
_LIGHT = frozenset(
    ("the", "a", "an", "of", "in", "for", "its", "their", "our", "china's", "total", "and", "by", "to", "on", "at")
)


class Table(NamedTuple):
    """How rows of one table are read and compared.

    `likeness` is 0 for different rows; a row that `touches` an optional row of the gold is no invention.
    """

    name: str
    rows: Callable[[Parsed], list[Row]]
    likeness: Callable[[Row, Row], float]
    touches: Callable[[Row, Row], bool]
    attributes: Callable[[Row, Row], Iterable[tuple[str, bool]]]


def document_attributes(parsed: Parsed, want: Row) -> list[tuple[str, Any, bool]]:
    """Return the document's attributes that the gold knows: name, what we have, whether it is right."""
    have = plain(parsed.document)
    exact = [field for field in ("kind", "published_on", "event_on", "page", "page_count") if field in want]
    worded = [field for field in ("title", "publisher") if want.get(field)]
    return [
        *((field, have[field], have[field] == want[field]) for field in exact),
        *((field, have[field], phrase_likeness(have[field], want[field]) >= _SAME_TITLE) for field in worded),
    ]


def plain(row: Any) -> dict[str, Any]:
    """Return a record as a dictionary, its dates as text."""
    return {
        name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in zip(row._fields, row, strict=True)
    }


def _appearances(parsed: Parsed) -> list[Row]:
    names = _names(parsed)
    return [plain(row) | {"name": names[row.speaker_id]} for row in sorted(parsed.appearances)]


def _metrics(parsed: Parsed) -> list[Row]:
    names = _names(parsed)
    return [plain(row) | {"speaker": names.get(row.speaker_id)} for row in sorted(parsed.metrics)]


def _tasks(parsed: Parsed) -> list[Row]:
    names: dict[str | None, str] = _names(parsed)
    starts: dict[str | None, int] = {row.task_id: row.char_start for row in parsed.tasks}
    return [
        plain(row) | {"speaker": names.get(row.speaker_id), "parent_char_start": starts.get(row.parent_task_id)}
        for row in sorted(parsed.tasks)
    ]


def _names(parsed: Parsed) -> dict[str | None, str]:
    return {speaker.speaker_id: speaker.name for speaker in parsed.speakers}


def _name(name: str | None) -> str:
    bare = (name or "").strip()
    honorific = _HONORIFIC.match(bare)
    return " ".join(re.findall(r"\w+", bare[honorific.end() :] if honorific else bare)).casefold()


def phrase_likeness(one: str | None, other: str | None) -> float:
    """Return how alike two phrases are, 0 to 1: the F1 of their words, articles and the like left out."""
    some, others = Counter(_weighty(one)), Counter(_weighty(other))
    if not some or not others:
        return float(some == others)
    return 2 * (some & others).total() / (some.total() + others.total())


def _weighty(phrase: str | None) -> Iterator[str]:
    for found in re.findall(r"[\w%'-]+", (phrase or "").replace("’", "'").casefold()):
        word = found.strip("'-")
        if word and word not in _LIGHT:
            yield word


def _shared(one: Row, other: Row) -> int:
    """How many code points two spans share."""
    return max(0, int(min(one["char_end"], other["char_end"]) - max(one["char_start"], other["char_start"])))


def _overlap(one: Row, other: Row) -> float:
    shared = _shared(one, other)
    lengths = one["char_end"] - one["char_start"] + other["char_end"] - other["char_start"]
    return shared / (lengths - shared) if shared else 0.0


def _touches(one: Row, other: Row) -> bool:
    return _shared(one, other) > 0


def _same_number(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _SAME_VALUE * max(abs(one), abs(other))


def _same_name(one: Row, other: Row) -> bool:
    return _name(one["name"]) == _name(other["name"])


def _same_appearance(one: Row, other: Row) -> float:
    return float(_same_name(one, other) and one["role"] == other["role"])


def _same_metric(one: Row, other: Row) -> float:
    same = one["unit"] == other["unit"] and _touches(one, other) and _same_number(one["value"], other["value"])
    return 1 + _overlap(one, other) if same else 0.0


def _same_task(one: Row, other: Row) -> float:
    overlap = _overlap(one, other)
    return overlap if overlap >= _SAME_TASK else 0.0


def _appearance_attributes(have: Row, want: Row) -> Iterator[tuple[str, bool]]:
    for field in ("position", "organisation"):
        yield field, phrase_likeness(have[field], want.get(field)) >= _SAME_PHRASE


def _metric_attributes(have: Row, want: Row) -> Iterator[tuple[str, bool]]:
    for field in ("measure", "comparison", "bound", "status"):
        yield field, have[field] == want.get(field)
    yield "indicator", phrase_likeness(have["indicator"], want.get("indicator")) >= _SAME_PHRASE
    yield "period", all(have[field] == want.get(field) for field in ("period_start", "period_end"))
    yield "speaker", _name(have["speaker"]) == _name(want.get("speaker"))
    for field in ("out_of", "value_upper"):
        if want.get(field) is not None:
            yield field, _same_number(have[field], want[field])


def _task_attributes(have: Row, want: Row) -> Iterator[tuple[str, bool]]:
    yield "action", _first_word(have["action"]) == _first_word(want.get("action"))
    for field in ("modality", "ordinal"):
        yield field, have[field] == want.get(field)
    ours, theirs = have["parent_char_start"], want.get("parent_char_start")
    yield "parent", _same_place(ours, theirs)
    yield "speaker", _name(have["speaker"]) == _name(want.get("speaker"))


def _same_place(one: int | None, other: int | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _PARENT_SLACK


def _first_word(verb: str | None) -> str:
    return (verb or "").casefold().split(" ")[0]


TABLES = (
    Table("appearances", _appearances, _same_appearance, _same_name, _appearance_attributes),
    Table("metrics", _metrics, _same_metric, _touches, _metric_attributes),
    Table("tasks", _tasks, _same_task, _touches, _task_attributes),
)
