"""Why a row is there: the row, the sentence that it was read from with its words marked, who said it, by which rule."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from flows.errors import RowNotFoundError
from flows.parse.sentences import split_sentences
from flows.query import open_release
from flows.render import folded, shown

Row = Mapping[str, Any]

_LOOKUPS = {
    "metric": "SELECT * FROM metrics WHERE metric_id = ?",
    "task": "SELECT * FROM tasks WHERE task_id = ?",
    "numeral": "SELECT * FROM numerals WHERE numeral_id = ?",
    "mention": "SELECT * FROM mentions WHERE mention_id = ?",
    "finding": "SELECT * FROM findings WHERE finding_id = ?",
    "passage": "SELECT * FROM passages WHERE passage_id = ?",
    "appearance": "SELECT * FROM appearances WHERE concat_ws('/', document_id, speaker_id, role) = ?",
    "document": "SELECT * FROM documents WHERE document_id = ?",
    "speaker": "SELECT * FROM speakers WHERE speaker_id = ?",
    "indicator": "SELECT * FROM indicators WHERE indicator_id = ?",
    "entity": "SELECT * FROM entities WHERE entity_id = ?",
}
_TABLE_OF_LETTER = {
    "m": "metrics",
    "t": "tasks",
    "n": "numerals",
    "p": "passages",
    "e": "mentions",
    "f": "findings",
}
_NOT_A_METRIC = {
    "date": "it is part of a date: it says when, not how much",
    "ordinal": "it puts the text in order",
    "name": "it belongs to a name, a model or a specification",
    "structure": "it counts or numbers the text's own parts",
    "group": "it names a standing group, and does not say how many there are",
    "unresolved": "no rule could place it; a finding says so",
}


class Explanation(NamedTuple):
    """A row and what it came from.

    Attributes:
        kind: what the row is, in the singular.
        row_id: as it was asked for.
        row: its fields.
        sentence: what stands before the words that were read, the words, what stands after; None without a span.
        context: further lines as (label, text).
    """

    kind: str
    row_id: str
    row: Row
    sentence: tuple[str, str, str] | None
    context: tuple[tuple[str, str], ...]


def explain(folder: Path, row_id: str) -> Explanation:
    """Look `row_id` up in all tables of the release in `folder`.

    Args:
        folder: the release.
        row_id: the primary key of a row of any table; of an appearance its three parts, joined by ``/``.

    Raises:
        RowNotFoundError: no table has it.
        ReleaseNotFoundError: `folder` is no release.
    """
    with open_release(folder) as connection:
        kind, row = _find(connection, row_id)
        passage = _passage_of(connection, row)
        return Explanation(
            kind,
            row_id,
            row,
            _sentence(passage, row) if passage else None,
            tuple(_context(connection, kind, row, passage)),
        )


def as_text(explanation: Explanation, *, colour: bool) -> str:
    """Return an explanation as lines: the sentence, what is known around it, the fields that are not null.

    Args:
        explanation: the row and its sentence.
        colour: mark the words in bold, for a terminal; else put them in double brackets.
    """
    lines = [f"{explanation.kind} {explanation.row_id}", ""]
    if explanation.sentence:
        before, words, after = map(folded, explanation.sentence)
        marked = f"\x1b[1;7m{words}\x1b[0m" if colour else f"[[{words}]]"
        lines += [f"  {before}{marked}{after}", ""]
    fields = [(name, shown(value)) for name, value in explanation.row.items() if value not in (None, [])]
    width = max(len(name) for name, _ in [*fields, *explanation.context])
    for block in (explanation.context, fields):
        lines += [f"  {name:<{width}}  {text}" for name, text in block] + [""] * bool(block)
    return "\n".join(lines[:-1]) + "\n"


def _find(connection: duckdb.DuckDBPyConnection, row_id: str) -> tuple[str, Row]:
    for kind, lookup in _LOOKUPS.items():
        row = _one(connection, lookup, row_id)
        if row:
            return kind, row
    raise RowNotFoundError(f"no row has the id {row_id!r}; {_where_to_look(row_id)}")


def _where_to_look(row_id: str) -> str:
    """Name the table whose ids look like this one: the letter after the colon says it; else all tables."""
    letter = re.search(r"(?:^|:)([a-z])\d+$", row_id)
    table = _TABLE_OF_LETTER.get(letter[1]) if letter else None
    if table is None:
        return '`newind query "SHOW TABLES"` lists the tables to look in'
    begin = "" if ":" in row_id else f"an id begins with its document, as in DOCUMENT:{row_id}; "
    return f'{begin}`newind query "FROM {table} SELECT {table[:-1]}_id"` lists those of the {table}'


def _one(connection: duckdb.DuckDBPyConnection, sql: str, *values: object) -> Row | None:
    cursor = connection.execute(sql, list(values))
    names = [column[0] for column in cursor.description or ()]
    found = cursor.fetchone()
    return dict(zip(names, found, strict=True)) if found else None


def _passage_of(connection: duckdb.DuckDBPyConnection, row: Row) -> Row | None:
    if row.get("char_start") is None:
        return None
    return _one(
        connection,
        "SELECT * FROM passages WHERE document_id = ? AND char_start <= ? AND char_end > ?",
        row["document_id"],
        row["char_start"],
        row["char_start"],
    )


def _sentence(passage: Row, row: Row) -> tuple[str, str, str]:
    text, offset = passage["text"], passage["char_start"]
    start, end = row["char_start"] - offset, min(row["char_end"] - offset, len(text))
    around = [bounds for bounds in split_sentences(text, 0, len(text)) if bounds[0] < end and bounds[1] > start]
    first = min([start, *(bounds[0] for bounds in around)])
    last = max([end, *(bounds[1] for bounds in around)])
    return text[first:start], text[start:end], text[end:last]


def _context(connection: duckdb.DuckDBPyConnection, kind: str, row: Row, passage: Row | None) -> list[tuple[str, str]]:
    lines = []
    document = _one(connection, "SELECT * FROM documents WHERE document_id = ?", row.get("document_id"))
    if document and kind != "document":
        lines.append(("document", _joined(document, "title", "publisher", "published_on", "raw_path")))
    speaker_id = row.get("speaker_id") or (passage or {}).get("speaker_id")
    speaker = _one(connection, "SELECT * FROM speakers WHERE speaker_id = ?", speaker_id)
    if speaker and kind != "speaker":
        lines.append(("speaker", _joined(speaker, "name", "position", "organisation")))
    if kind == "numeral":
        lines.append(("taken for", _taken_for(connection, row)))
    return lines + [("metric", _metric(connection, metric_id)) for metric_id in row.get("metric_ids") or ()]


def _taken_for(connection: duckdb.DuckDBPyConnection, numeral: Row) -> str:
    if numeral["metric_id"]:
        return f"a metric: {_metric(connection, numeral['metric_id'])}"
    return f"no metric: {_NOT_A_METRIC.get(numeral['role'], numeral['role'])}"


def _metric(connection: duckdb.DuckDBPyConnection, metric_id: str) -> str:
    metric = _one(connection, "SELECT * FROM metrics WHERE metric_id = ?", metric_id)
    return metric_id if metric is None else f"{_joined(metric, 'value_text', 'measure', 'indicator')} ({metric_id})"


def _joined(row: Row, *names: str) -> str:
    return ", ".join(str(row[name]) for name in names if row[name] is not None)
