"""Scores of parsed texts against gold: what was found, missed and invented, and how much of each row is right.

``python -m tests.scoring [FOLDER …] [--misses]`` prints a table for each folder of gold. A folder holds one JSON file
a text; the text stands beside it under the same name, or in ``raw/`` under its document id.

A row of the parser and a row of the gold are the same where they say and mark the same:

* metrics: spans overlap, the unit is equal, the value is equal within 0.1 %
* tasks: intersection over union of the spans is at least 0.6
* appearances: the same name, honorifics and case aside, in the same role

Rows that only touch gold marked optional count neither for nor against. Attributes are judged on matched rows alone.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flows.parse import parse_text
from flows.records import Parsed

ROOT = Path(__file__).parents[1]
FIVE_TEXTS = ROOT / "tests" / "gold"

Row = Mapping[str, Any]
"""A row of the gold, or one of the parser brought into the gold's shape: dates as text, speakers by name."""

_SAME_VALUE = 1e-3
_SAME_TASK = 0.6
_SAME_PHRASE = 0.6
_SAME_TITLE = 0.8
_PARENT_SLACK = 12  # code points: whether a bullet or an ordinal belongs to the parent's span is a matter of taste

_HONORIFIC = re.compile(r"(?:mr|ms|mrs|miss|dr|prof|professor|sir|dame|shri|smt|h\.e)\.?\s+", re.IGNORECASE)
_LIGHT = frozenset("the a an of in for its their our china's total and by to on at".split(" "))


class Tally(NamedTuple):
    """Counts of one table: rows found, invented, missed; of each attribute how often it was right, and was judged."""

    found: int = 0
    invented: int = 0
    missed: int = 0
    attributes: Mapping[str, tuple[int, int]] = {}


class Miss(NamedTuple):
    """One disagreement: ``missed``, ``invented`` or ``wrong <attribute>``; `want` is the gold's row, `have` ours."""

    table: str
    document_id: str
    what: str
    want: Row | None
    have: Row | None


class Score(NamedTuple):
    """The tallies of the four tables, and every disagreement."""

    tallies: Mapping[str, Tally]
    misses: tuple[Miss, ...]


class Case(NamedTuple):
    """One annotated text, parsed."""

    gold: Mapping[str, Any]
    parsed: Parsed


class _Table(NamedTuple):
    """How rows of one table are compared: `likeness` is 0 for different rows; `touches` excuses an invention."""

    name: str
    likeness: Callable[[Row, Row], float]
    touches: Callable[[Row, Row], bool]
    attributes: Callable[[Row, Row], Iterable[tuple[str, bool]]]


def precision(tally: Tally) -> float:
    """Return the part of our rows that the gold has, 0 to 1."""
    return _part(tally.found, tally.found + tally.invented)


def recall(tally: Tally) -> float:
    """Return the part of the gold's rows that we have, 0 to 1."""
    return _part(tally.found, tally.found + tally.missed)


def f1(tally: Tally) -> float:
    """Return the harmonic mean of precision and recall, 0 to 1."""
    return _part(2 * tally.found, 2 * tally.found + tally.invented + tally.missed)


def right(tally: Tally, attribute: str) -> float:
    """Return how often an attribute of matched rows is right, 0 to 1; ``whole row`` is all of them at once."""
    return _part(*tally.attributes.get(attribute, (0, 0)))


def add(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of tallies."""
    parts = list(tallies)
    names = dict.fromkeys(name for tally in parts for name in tally.attributes)
    attributes = {
        name: (
            sum(tally.attributes.get(name, (0, 0))[0] for tally in parts),
            sum(tally.attributes.get(name, (0, 0))[1] for tally in parts),
        )
        for name in names
    }
    return Tally(
        sum(tally.found for tally in parts),
        sum(tally.invented for tally in parts),
        sum(tally.missed for tally in parts),
        attributes,
    )


def score(parsed: Parsed, gold: Mapping[str, Any]) -> Score:
    """Compare one parsed text with its gold.

    Args:
        parsed: the text's rows.
        gold: `document`, `appearances`, `metrics` and `tasks`, in the format that tests/gold/README.md describes.

    Returns:
        Tallies under ``documents``, ``appearances``, ``metrics`` and ``tasks``.
    """
    document, misses = _score_document(parsed, gold.get("document", {}))
    tallies = {"documents": document}
    for table, have in zip(_TABLES, (_appearances(parsed), _metrics(parsed), _tasks(parsed)), strict=True):
        tallies[table.name], missed = _score_rows(table, have, gold[table.name], parsed.document.document_id)
        misses += missed
    return Score(tallies, tuple(misses))


def score_all(cases: Iterable[Case]) -> Score:
    """Return the scores of many texts, added up."""
    scores = [score(case.parsed, case.gold) for case in cases]
    names = dict.fromkeys(name for one in scores for name in one.tallies)
    tallies = {name: add(one.tallies[name] for one in scores) for name in names}
    return Score(tallies, tuple(miss for one in scores for miss in one.misses))


@cache
def read_cases(folder: Path) -> tuple[Case, ...]:
    """Read and parse the annotated texts of a folder.

    Raises:
        FileNotFoundError: a gold file has its text neither beside it nor in ``raw/``.
    """
    return tuple(_read_case(path) for path in sorted(folder.glob("*.json")))


def report(tallies: Mapping[str, Tally]) -> list[str]:
    """Return tallies as the lines of a table."""
    lines = []
    for name, tally in tallies.items():
        counts = f"(found {tally.found}, invented {tally.invented}, missed {tally.missed})"
        rates = f"precision {precision(tally):.3f}  recall {recall(tally):.3f}  F1 {f1(tally):.3f}"
        lines.append(f"{name:12} {rates}   {counts}")
        lines += [f"    {key:14} {_part(*seen):.3f} of {seen[1]}" for key, seen in sorted(tally.attributes.items())]
    return lines


def _part(some: int, whole: int) -> float:
    return some / whole if whole else 0.0


def _read_case(path: Path) -> Case:
    gold = json.loads(path.read_text("utf-8"))
    name = gold["document_id"]
    beside = path.with_suffix(".txt")
    source = beside if beside.exists() else ROOT / "raw" / f"{name}.txt"
    return Case(gold, parse_text(source.read_bytes().decode("utf-8"), document_id=name))


def _score_document(parsed: Parsed, want: Row) -> tuple[Tally, list[Miss]]:
    have = _plain(parsed.document)
    judged = {
        field: have[field] == want[field]
        for field in ("kind", "published_on", "event_on", "page", "page_count")
        if field in want
    }
    judged |= {
        field: phrase_likeness(have[field], want[field]) >= _SAME_TITLE
        for field in ("title", "publisher")
        if want.get(field)
    }
    misses = [
        Miss("documents", parsed.document.document_id, f"wrong {field}", {field: want[field]}, {field: have[field]})
        for field, good in judged.items()
        if not good
    ]
    return Tally(1, attributes={field: (int(good), 1) for field, good in judged.items()}), misses


def _score_rows(table: _Table, have: Sequence[Row], want: Sequence[Row], document: str) -> tuple[Tally, list[Miss]]:
    pairs = _pair(table, have, want)
    found, seen, good, misses = 0, Counter[str](), Counter[str](), list[Miss]()
    for i, j in pairs.items():
        if want[j].get("optional"):
            continue
        judged = dict(table.attributes(have[i], want[j]))
        misses += [Miss(table.name, document, f"wrong {name}", want[j], have[i]) for name in judged if not judged[name]]
        judged["whole row"] = all(judged.values())
        found += 1
        seen.update(judged.keys())
        good.update(name for name in judged if judged[name])
    missed = [row for j, row in enumerate(want) if j not in pairs.values() and not row.get("optional")]
    free = [row for i, row in enumerate(have) if i not in pairs]
    invented = [row for row in free if not any(other.get("optional") and table.touches(row, other) for other in want)]
    misses += [Miss(table.name, document, "missed", row, None) for row in missed]
    misses += [Miss(table.name, document, "invented", None, row) for row in invented]
    return Tally(found, len(invented), len(missed), {name: (good[name], seen[name]) for name in seen}), misses


def _pair(table: _Table, have: Sequence[Row], want: Sequence[Row]) -> dict[int, int]:
    """Match rows one to one, the likest first; of equals the earlier."""
    alike = [(table.likeness(row, other), i, j) for i, row in enumerate(have) for j, other in enumerate(want)]
    pairs: dict[int, int] = {}
    for likeness, i, j in sorted(alike, key=lambda cell: (-cell[0], cell[1], cell[2])):
        if likeness > 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _plain(row: Any) -> dict[str, Any]:
    return {
        name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in zip(row._fields, row, strict=True)
    }


def _appearances(parsed: Parsed) -> list[Row]:
    names = _names(parsed)
    return [_plain(row) | {"name": names[row.speaker_id]} for row in sorted(parsed.appearances)]


def _metrics(parsed: Parsed) -> list[Row]:
    names = _names(parsed)
    return [_plain(row) | {"speaker": names.get(row.speaker_id)} for row in sorted(parsed.metrics)]


def _tasks(parsed: Parsed) -> list[Row]:
    names: dict[str | None, str] = _names(parsed)
    starts: dict[str | None, int] = {row.task_id: row.char_start for row in parsed.tasks}
    return [
        _plain(row) | {"speaker": names.get(row.speaker_id), "parent_char_start": starts.get(row.parent_task_id)}
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
    return max(0, min(one["char_end"], other["char_end"]) - max(one["char_start"], other["char_start"]))


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
    yield "parent", ours is theirs is None or None not in {ours, theirs} and abs(ours - theirs) <= _PARENT_SLACK
    yield "speaker", _name(have["speaker"]) == _name(want.get("speaker"))


def _first_word(verb: str | None) -> str:
    return (verb or "").casefold().split(" ")[0]


_TABLES = (
    _Table("appearances", _same_appearance, _same_name, _appearance_attributes),
    _Table("metrics", _same_metric, _touches, _metric_attributes),
    _Table("tasks", _same_task, _touches, _task_attributes),
)


def _show(row: Row | None) -> str:
    return "-" if row is None else json.dumps(row, ensure_ascii=False, default=str)


def main() -> None:
    """Print the scores of the folders named on the command line, else of the five texts."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("folders", nargs="*", type=Path, default=[FIVE_TEXTS])
    arguments.add_argument("--misses", action="store_true", help="list every disagreement")
    given = arguments.parse_args()
    lines = []
    for folder in given.folders:
        cases = read_cases(folder)
        scored = score_all(cases)
        lines += [f"{folder}: {len(cases)} texts", *report(scored.tallies)]
        if given.misses:
            lines += [
                f"{miss.table} {miss.document_id}: {miss.what}\n    gold {_show(miss.want)}\n    have {_show(miss.have)}"
                for miss in scored.misses
            ]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
