"""The constraints of a Table Schema as SQL: types, required, unique, keys, enums, patterns, ranges and lengths.

What a cell breaks is told in the words of Frictionless. Where the two would judge differently, the README says which
side is followed: by the standard an empty text is a null, a pattern holds for the whole text, and NaN is no number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.release.sql import literal, quoted
from flows.release.sql_check import TABLE, Check, field, says, typed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.table_schema import Field, Schema

_BOUNDS: Mapping[str, str] = {"minimum": "<", "maximum": ">", "exclusiveMinimum": "<=", "exclusiveMaximum": ">="}
_LENGTHS: Mapping[str, str] = {"minLength": "<", "maxLength": ">"}
_SUPPORTED: Mapping[str, frozenset[str]] = {
    "string": frozenset({"pattern", "enum", *_LENGTHS}),
    "integer": frozenset({"enum", *_BOUNDS}),
    "number": frozenset({"enum", *_BOUNDS}),
    "boolean": frozenset({"enum"}),
    "date": frozenset({"enum", *_BOUNDS}),
    "list": frozenset(_LENGTHS),
}
_FORMATS: Mapping[str, str] = {"default": "true", "uri": "regexp_full_match({cell}, '(?s)[A-Za-z][A-Za-z0-9+.-]*:.*')"}
"""What each format of texts asks; of an address, Frictionless asks for its scheme alone."""


def schema_faults(schema: Schema) -> list[str]:
    """Return a line for every constraint and format of a schema that its field cannot have."""
    lines = []
    for it in schema.fields:
        known = _SUPPORTED[it.type] | {"required", "unique"}
        lines += [
            f'{schema.name}: field {it.name}: constraint "{constraint}" is not supported by type "{it.type}"'
            for constraint in it.constraints
            if constraint not in known
        ]
        if _format(schema, it) not in (_FORMATS if it.type == "string" else ("default",)):
            lines.append(f"{schema.name}: field {it.name}: no {it.type} has the format {_format(schema, it)!r} here")
    return lines


def constraint_checks(schema: Schema) -> Iterator[Check]:
    """Yield what the cells of each field must be, but for patterns, which are in `flows.release.sql_patterns`."""
    for it in schema.fields:
        cell, rules = _cell(it), it.constraints
        if _format(schema, it) != "default":
            good = _FORMATS[_format(schema, it)].format(cell=cell)
            yield _check(schema, it, f"NOT {good}", f'type error, type is "{it.type}/{_format(schema, it)}"')
        if it.type == "list":
            empty = f"len(list_filter({cell}, lambda item: item IS NULL)) > 0"
            yield _check(schema, it, empty, 'type error, expected item type is "string"')
        if rules.get("required"):
            yield _check(schema, it, f"{cell} IS NULL", _told(it, "required"))
        for constraint, less in _BOUNDS.items():
            if constraint in rules:
                beyond = f"{cell} {less} {typed(rules[constraint], it.type)}"
                yield _check(schema, it, f"{beyond} OR {_is_nan(it, cell)}", _told(it, constraint))
        for constraint, less in _LENGTHS.items():
            if constraint in rules and (constraint, rules[constraint]) != ("minLength", 1):  # a null is no shorter
                yield _check(schema, it, f"length({cell}) {less} {int(rules[constraint])}", _told(it, constraint))
        if "enum" in rules:
            choices = ", ".join(typed(choice, it.type) for choice in rules["enum"])
            yield _check(schema, it, f"{cell} NOT IN ({choices})", _told(it, "enum"))


def key_checks(schema: Schema) -> Iterator[Check]:
    """Yield that the primary key and every unique field name a row once."""
    by_name = {it.name: it for it in schema.fields}
    key = schema.primary_key
    nulls = [f"{_cell(by_name[it])} IS NULL" for it in key]
    everything = 'primarykey error, cells composing the primary keys are all "None"'
    yield Check(schema.name, key[-1], " AND ".join(nulls), says(everything))
    if len(key) > 1:
        some = f"({' OR '.join(nulls)}) AND NOT ({' AND '.join(nulls)})"
        yield Check(schema.name, key[-1], some, says("primarykey error, a cell of the key is null"))
    yield _once(schema, [by_name[it] for it in key], "primarykey error", "any")
    for it in schema.fields:
        if it.constraints.get("unique"):
            yield _once(schema, [it], "unique error", "all")


def _once(schema: Schema, fields: list[Field], title: str, nulls: str) -> Check:
    """Tell every row whose key a row before has; keys of nulls alone are none ("any"), or keys with a null ("all")."""
    cells = [_cell(it) for it in fields]
    junction = " OR " if nulls == "any" else " AND "
    whole = junction.join(f"{cell} IS NOT NULL" for cell in cells)
    keys = ", ".join(cells)
    before = f'lag(t."#row") OVER (PARTITION BY {keys} ORDER BY t."#row")'
    return Check(
        schema.name,
        fields[-1].name,
        f'"#before" IS NOT NULL AND ({whole})',
        lambda position: f"{title}, the same as in the row at position {position}",
        ('"#before" + 1',),  # the header is the first row
        f'(SELECT *, {before} AS "#before" FROM {TABLE} AS t) AS t',
        f"SELECT count(*) > 0 FROM (SELECT 1 FROM {quoted(schema.name)} AS t WHERE {whole} "
        f"GROUP BY {keys} HAVING count(*) > 1)",
    )


def repeated_key_checks(schema: Schema) -> Iterator[Check]:
    """Yield that every other unique key names a row once; a key with a null in it is none."""
    for key in schema.unique_keys:
        whole = " AND ".join(f"{field(it)} IS NOT NULL" for it in key)
        rule = f"an earlier row has this {' and '.join(key)} already; it must be unique"
        keys = ", ".join(map(field, key))
        place = f'row_number() OVER (PARTITION BY {keys} ORDER BY t."#row")'
        yield Check(
            schema.name,
            key[-1],
            f'"#place" > 1 AND {whole}',
            says(rule),
            (),
            f'(SELECT *, {place} AS "#place" FROM {TABLE} AS t) AS t',
            f"SELECT count(*) > 0 FROM (SELECT 1 FROM {quoted(schema.name)} AS t WHERE {whole} "
            f"GROUP BY {keys} HAVING count(*) > 1)",
        )


def _check(schema: Schema, it: Field, fault: str, rule: str) -> Check:
    return Check(schema.name, it.name, fault, says(rule))


def _told(it: Field, constraint: str) -> str:
    return f'constraint error, constraint "{constraint}" is "{it.constraints[constraint]}"'


def _cell(it: Field) -> str:
    """Return a field as the standard reads it: an empty text, and a list without items, are nulls."""
    if it.type == "string":
        return f"nullif({field(it.name)}, {literal('')})"
    return f"nullif({field(it.name)}, [])" if it.type == "list" else field(it.name)


def _is_nan(it: Field, cell: str) -> str:
    return f"isnan({cell})" if it.type == "number" else "false"


def _format(schema: Schema, it: Field) -> str:
    said = next(known for known in schema.descriptor["fields"] if known["name"] == it.name)
    return str(said.get("format", "default"))
