"""What a version changed, in the three forms that a release carries: for people, for programs, and as a table."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from flows.release.compare import KINDS, MOST_TOLD, RowCounts
from flows.release.names import CHANGES_JSON, CHANGES_TABLE, parquet_path
from flows.schema import arrow_schema, schema_of
from flows.table_schema import dump_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from flows.release.compare import Comparison
    from flows.release.version import Plan

_LONGEST_SHOWN = 80

_TITLE = f"""\
# Changes

What each version changed, newest first. `{CHANGES_JSON}` says the same of this version for programs;
`{parquet_path(CHANGES_TABLE)}` has every changed row of every version, and in the DuckDB file
`FROM changes_since('1.0.0')` gives those that came after a version.
"""


class Change(NamedTuple):
    """One version's changes: the plan that led to it, its differences, and how many rows each table has now."""

    plan: Plan
    created: date
    compared: Comparison
    rows: Mapping[str, int]

    @property
    def counts(self) -> dict[str, RowCounts]:
        """How many rows changed by table; all those of a new table were added."""
        return {name: self.compared.counts.get(name, RowCounts(rows, 0, 0, 0)) for name, rows in self.rows.items()}


def changes_table(change: Change, history: pa.Table | None) -> pa.Table:
    """Return the table `changes`: that of the version before, `history`, with the rows of this version after it."""
    rows, schema = change.compared.rows, arrow_schema(schema_of(CHANGES_TABLE))
    version = str(change.plan.version)
    ids = [f"{version}:c{place}" for place in range(1, rows.num_rows + 1)]
    columns = [pa.array(ids, pa.string()), pa.array([version] * rows.num_rows, pa.string()), *rows.columns]
    made = pa.table(columns, schema=schema)
    return pa.concat_tables([history.cast(schema), made]) if history is not None else made


def changes_json(change: Change, documents: Sequence[str] = ()) -> str:
    """Return the text of ``changes.json``, as ``schemas/files/changes.schema.json`` describes it.

    Args:
        change: this version's.
        documents: the ids of all documents, which are new in a first release.
    """
    return dump_json(describe(change, documents))


def describe(change: Change, documents: Sequence[str] = ()) -> dict[str, Any]:
    """Return what ``changes.json`` holds."""
    plan = change.plan
    return {
        "version": plan.version,
        "previous": plan.previous,
        "created": change.created.isoformat(),
        "reasons": [{"level": reason.level, "text": reason.sentence} for reason in plan.reasons],
        "resources": [{"name": name, **count._asdict()} for name, count in change.counts.items()],
        "schemaChanges": [
            {"resource": it.resource, "level": it.level.name.lower(), "text": it.sentence}
            for it in change.compared.schema
        ],
        "documents": {
            "added": _keys(change.compared, "documents", "added") if plan.previous else list(documents),
            "removed": _keys(change.compared, "documents", "removed"),
        },
    }


def changes_text(change: Change, documents: Sequence[str], earlier: str = "") -> str:
    """Return the text of ``CHANGES.md``.

    Args:
        change: this version's.
        documents: like `changes_json`.
        earlier: the ``CHANGES.md`` of the version before.
    """
    parts = [_TITLE, f"## {change.plan.version} ({change.created.isoformat()})\n", differences_text(change, documents)]
    before = earlier.partition("\n## ")[2]
    return "\n".join([*parts, *([f"## {before}"] if before else [])])


def differences_text(change: Change, documents: Sequence[str] = ()) -> str:
    """Return the differences in Markdown: why, how many rows of each table, and the first rows of each kind."""
    if change.compared.equal and change.plan.previous:
        return "".join(f"{reason.sentence}\n" for reason in change.plan.reasons)
    told = describe(change, documents)
    since = f" since {change.plan.previous}" if change.plan.previous else ""
    parts = ["\n".join(f"- {reason.level}: {reason.sentence}" for reason in change.plan.reasons) + "\n"]
    parts += [
        _texts(kind, ids)
        for kind, ids in (("New", told["documents"]["added"]), ("Gone", told["documents"]["removed"]))
        if ids
    ]
    parts.append(_table(change.counts, since))
    parts += [
        _resource(name, change.compared, count)
        for name, count in change.counts.items()
        if count.changed and change.plan.previous
    ]
    return "\n".join(part for part in parts if part)


def _texts(kind: str, ids: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in ids[:MOST_TOLD])
    rest = len(ids) - MOST_TOLD
    return f"{kind} texts: {shown}{f' and {rest:,} more' if rest > 0 else ''}.\n"


def _table(counts: Mapping[str, RowCounts], since: str) -> str:
    lines = [f"| rows{since} | added | removed | corrected | unchanged |", "|---|---:|---:|---:|---:|"]
    lines += [f"| {name} | {' | '.join(f'{number:,}' for number in count)} |" for name, count in counts.items()]
    return "\n".join(lines) + "\n"


def _resource(name: str, compared: Comparison, count: RowCounts) -> str:
    parts = [_kind(name, kind, compared) for kind in KINDS if getattr(count, kind)]
    return f"### {name}\n\n" + "\n".join(part for part in parts if part)


def _kind(resource: str, kind: str, compared: Comparison) -> str:
    """Tell of the first rows of one kind; one line for each row, or for each value that was corrected."""
    rows = compared.rows.filter(_is(compared.rows, resource, kind))
    if not rows.num_rows:
        return ""
    lines = [f"- {_line(row, compared.words)}" for row in rows.slice(0, MOST_TOLD).to_pylist()]
    rest = rows.num_rows - len(lines)
    more = [f"- … and {rest:,} more"] if rest else []
    return "\n".join([f"{kind.capitalize()}:\n", *lines, *more, ""])


def _line(row: Mapping[str, Any], words: Mapping[tuple[str, str], str]) -> str:
    if row["field"] is None:
        said = words.get((row["resource"], row["key"]))
        return f"`{row['key']}`" + (f": {_shown(said)}" if said else "")
    return f"`{row['key']}`, {row['field']}: {_shown(row['old'])} → {_shown(row['new'])}"


def _shown(text: str | None) -> str:
    if text is None:
        return "nothing"
    line = " ".join(text.split()).replace("<", "&lt;")
    return f"“{line[:_LONGEST_SHOWN]}…”" if len(line) > _LONGEST_SHOWN else f"“{line}”"


def _keys(compared: Comparison, resource: str, kind: str) -> list[str]:
    found: list[str] = compared.rows.filter(_is(compared.rows, resource, kind))["key"].to_pylist()
    return found


def _is(rows: pa.Table, resource: str, kind: str) -> pa.ChunkedArray:
    return pc.and_(pc.equal(rows["resource"], resource), pc.equal(rows["kind"], kind))


def _csv(change: Change) -> str:
    written = io.BytesIO()
    csv.write_csv(change.compared.rows, written)
    return written.getvalue().decode()


DRAWN: Mapping[str, Callable[[Change], str]] = {"text": differences_text, "json": changes_json, "csv": _csv}
"""How `newind diff` prints differences, by the word for it."""
