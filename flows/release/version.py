"""From two sets of tables to a semantic version, with its reasons in sentences."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.release.cells import rows_of
from flows.release.csv_text import logical_digest
from flows.release.released import read_descriptor, read_table
from flows.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from flows.schema import Tables
    from flows.table_schema import Field, Schema

FIRST_VERSION = "1.0.0"


class Level(IntEnum):
    """How much a change asks of those who use the data."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


class Change(NamedTuple):
    """One difference between two releases, as a sentence."""

    level: Level
    sentence: str


class Plan(NamedTuple):
    """What to publish next: `version` is None where nothing has changed since `previous`."""

    version: str | None
    reasons: tuple[str, ...]
    previous: str | None


def next_version(tables: Tables, newest: Path | None) -> Plan:
    """Return the version that the tables are to be published as.

    Args:
        tables: all eleven, valid.
        newest: the folder of the newest release, named by its version; None where there is none.

    Raises:
        TargetError: the newest release cannot be read.
    """
    if newest is None:
        return Plan(FIRST_VERSION, ("This is the first release.",), None)
    changes = sorted(_changes(tables, newest), key=lambda change: -change.level)
    if not changes:
        return Plan(None, (f"No row, value or schema has changed since {newest.name}.",), newest.name)
    version = _raised(newest.name, max(change.level for change in changes))
    return Plan(version, tuple(change.sentence for change in changes), newest.name)


def _raised(version: str, level: Level) -> str:
    major, minor, patch = map(int, version.split("."))
    if level is Level.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if level is Level.MINOR else f"{major}.{minor}.{patch + 1}"


def _changes(tables: Tables, newest: Path) -> Iterator[Change]:
    before, now = read_descriptor(newest), schemas()
    for name in before.schemas:
        if name not in tables:
            yield Change(Level.MAJOR, f"The table {name} was removed.")
    for name, table in tables.items():
        if name not in before.schemas:
            yield Change(Level.MINOR, f"The table {name} was added.")
            continue
        old = before.schemas[name]
        yield from _schema_changes(old, now[name])
        if logical_digest(table, now[name]) != before.resources[name].get("logicalDigest"):
            yield from _row_changes(old, read_table(newest, name), now[name], table)


def _schema_changes(old: Schema, new: Schema) -> Iterator[Change]:
    if old.descriptor == new.descriptor:
        return
    columns, before = [(f.name, f.type) for f in new.fields], [(f.name, f.type) for f in old.fields]
    if columns != before:
        told = ", ".join(_told(dict(before), dict(columns))) or "their order"
        yield Change(Level.MAJOR, f"The columns of {new.name} changed: {told}.")
    if old.primary_key != new.primary_key:
        yield Change(Level.MAJOR, f"The primary key of {new.name} is now {', '.join(new.primary_key)}.")
    yield from _key_changes(old, new)
    known = {field.name: field for field in old.fields}
    for field in new.fields:
        if field.name in known:
            yield from _constraint_changes(new.name, known[field.name], field)
    if _prose(old) != _prose(new):
        yield Change(Level.PATCH, f"The descriptions of {new.name} were corrected.")


def _told(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} was removed" for name in before if name not in now)
    yield from (f"{name} was added" for name in now if name not in before)
    yield from (f"{name} is now of type {now[name]}" for name in now if before.get(name, now[name]) != now[name])


def _key_changes(old: Schema, new: Schema) -> Iterator[Change]:
    before, now = {*old.unique_keys, *old.foreign_keys}, {*new.unique_keys, *new.foreign_keys}
    if now - before:
        yield Change(Level.MAJOR, f"{new.name} has new unique or foreign keys.")
    elif before - now:
        yield Change(Level.MINOR, f"{new.name} has fewer unique or foreign keys.")


def _constraint_changes(table: str, old: Field, new: Field) -> Iterator[Change]:
    if old.constraints == new.constraints:
        return
    wider = all(_allows(new.constraints, name, value) for name, value in old.constraints.items())
    looser = wider and set(new.constraints) <= set(old.constraints)
    level, told = (Level.MINOR, "loosened") if looser else (Level.MAJOR, "tightened")
    yield Change(level, f"The constraints of {table}.{new.name} were {told}.")


def _allows(new: Mapping[str, Any], name: str, old: Any) -> bool:
    """Whether the constraint `name` still allows everything that it allowed with the value `old`."""
    if name not in new or new[name] == old:
        return True
    if name == "enum":
        return set(old) <= set(new[name])
    if name in {"required", "unique"}:
        return not new[name]
    if name in {"minimum", "minLength"}:
        return bool(new[name] <= old)
    return bool(new[name] >= old) if name in {"maximum", "maxLength"} else False


def _prose(schema: Schema) -> list[tuple[str, str]]:
    return [(schema.title, schema.description), *((field.title, field.description) for field in schema.fields)]


def _row_changes(old: Schema, before: pa.Table, new: Schema, now: pa.Table) -> Iterator[Change]:
    if old.primary_key != new.primary_key:
        return
    shared = [field.name for field in new.fields if field.name in before.column_names]
    was, rows = _by_key(before, old, shared), _by_key(now, new, shared)
    removed, added = was.keys() - rows.keys(), rows.keys() - was.keys()
    changed = [key for key in rows.keys() & was.keys() if rows[key] != was[key]]
    if removed:
        yield Change(Level.MAJOR, f"{_rows(removed)} removed from {new.name}.")
    if added:
        yield Change(Level.MINOR, f"{_rows(added)} added to {new.name}.")
    if changed:
        yield Change(Level.PATCH, f"{_rows(changed)} corrected in {new.name}.")


def _by_key(table: pa.Table, schema: Schema, shared: list[str]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    columns = table.to_pydict()
    return dict(zip(rows_of(columns, *schema.primary_key), rows_of(columns, *shared), strict=True))


def _rows(keys: Any) -> str:
    count = len(keys)
    return "1 row was" if count == 1 else f"{count:,} rows were"
