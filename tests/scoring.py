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
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flows.parse import parse_text
from flows.records import Parsed
from tests.likeness import TABLES, Row, Table, document_attributes

ROOT = Path(__file__).parents[1]
FIVE_TEXTS = ROOT / "tests" / "gold"


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
    for table in TABLES:
        tallies[table.name], missed = _score_rows(
            table, table.rows(parsed), gold[table.name], parsed.document.document_id
        )
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
    judged = document_attributes(parsed, want)
    name = parsed.document.document_id
    misses = [
        Miss("documents", name, f"wrong {field}", {field: want[field]}, {field: have})
        for field, have, good in judged
        if not good
    ]
    return Tally(1, attributes={field: (int(good), 1) for field, _, good in judged}), misses


def _score_rows(table: Table, have: Sequence[Row], want: Sequence[Row], document: str) -> tuple[Tally, list[Miss]]:
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


def _pair(table: Table, have: Sequence[Row], want: Sequence[Row]) -> dict[int, int]:
    """Match rows one to one, the likest first; of equals the earlier."""
    alike = [(table.likeness(row, other), i, j) for i, row in enumerate(have) for j, other in enumerate(want)]
    pairs: dict[int, int] = {}
    for likeness, i, j in sorted(alike, key=lambda cell: (-cell[0], cell[1], cell[2])):
        if likeness > 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _told(miss: Miss) -> str:
    head = f"{miss.table} {miss.document_id}: {miss.what}"
    return f"{head}\n    gold {_show(miss.want)}\n    have {_show(miss.have)}"


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
            lines += [_told(miss) for miss in scored.misses]
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
