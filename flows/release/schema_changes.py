"""What changed between two sets of Table Schemas, and what each change asks of those who use the data."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.table_schema import Field, Schema


class Level(IntEnum):
    """How much a change asks of those who use the data: which part of the version it raises."""

    PATCH = 1
    MINOR = 2
    MAJOR = 3


class SchemaChange(NamedTuple):
    """One difference between two schemas of `resource`, as a sentence."""

    resource: str
    level: Level
    sentence: str


def schema_changes(before: Mapping[str, Schema], now: Mapping[str, Schema]) -> Iterator[SchemaChange]:
    """Yield what changed, table by table: those that went first, then in the order of `now`."""
    for name in before:
        if name not in now:
            yield SchemaChange(name, Level.MAJOR, f"The table {name} was removed.")
    for name, schema in now.items():
        if name not in before:
            yield SchemaChange(name, Level.MINOR, f"The table {name} was added.")
        elif before[name].descriptor != schema.descriptor:
            # What no rule below knows, such as a property of our own, explains; it changes nothing for a query.
            told = SchemaChange(name, Level.PATCH, f"The descriptions of {name} were corrected.")
            yield from list(_changes_of(before[name], schema)) or [told]


def _changes_of(old: Schema, new: Schema) -> Iterator[SchemaChange]:
    columns, before = [(f.name, f.type) for f in new.fields], [(f.name, f.type) for f in old.fields]
    if columns != before:
        told = ", ".join(_told(dict(before), dict(columns))) or "their order"
        yield SchemaChange(new.name, Level.MAJOR, f"The columns of {new.name} changed: {told}.")
    if old.primary_key != new.primary_key:
        yield SchemaChange(new.name, Level.MAJOR, f"The primary key of {new.name} is now {', '.join(new.primary_key)}.")
    yield from _key_changes(old, new)
    known = {field.name: field for field in old.fields}
    for field in new.fields:
        if field.name in known:
            yield from _constraint_changes(new.name, known[field.name], field)
    if _prose(old) != _prose(new):
        yield SchemaChange(new.name, Level.PATCH, f"The descriptions of {new.name} were corrected.")


def _told(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{name} was removed" for name in before if name not in now)
    yield from (f"{name} was added" for name in now if name not in before)
    yield from (f"{name} is now of type {now[name]}" for name in now if before.get(name, now[name]) != now[name])


def _key_changes(old: Schema, new: Schema) -> Iterator[SchemaChange]:
    before, now = {*old.unique_keys, *old.foreign_keys}, {*new.unique_keys, *new.foreign_keys}
    if now - before:
        yield SchemaChange(new.name, Level.MAJOR, f"{new.name} has new unique or foreign keys.")
    elif before - now:
        yield SchemaChange(new.name, Level.MINOR, f"{new.name} has fewer unique or foreign keys.")


def _constraint_changes(table: str, old: Field, new: Field) -> Iterator[SchemaChange]:
    if old.constraints == new.constraints:
        return
    wider = all(_allows(new.constraints, name, value) for name, value in old.constraints.items())
    looser = wider and set(new.constraints) <= set(old.constraints)
    level, told = (Level.MINOR, "loosened") if looser else (Level.MAJOR, "tightened")
    yield SchemaChange(table, level, f"The constraints of {table}.{new.name} were {told}.")


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
