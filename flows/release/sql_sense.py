"""What a Table Schema cannot say, as SQL: `flows.release.sense` and `flows.release.keys`, rule by rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.release.csv_text import LIST_DELIMITER
from flows.release.keys import LIST_KEYS
from flows.release.sense import KINDS, ORDERED, ROW_IDS
from flows.release.sql import literal, quoted
from flows.release.sql_check import TABLE, Check, field, says
from flows.schema import schema_of, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flows.table_schema import Field, ForeignKey, Schema

    Rule = Callable[..., str]

_NUL = "chr(0)"


def cell_checks(schema: Schema) -> Iterator[Check]:
    """Yield that numbers are finite, texts neither empty nor cut, lists never null and such as CSV can hold."""
    for it in schema.fields:
        cell = field(it.name)
        if it.type == "number":
            yield Check(schema.name, it.name, f"NOT isfinite({cell})", says("a number must be finite"))
        if it.type == "string":
            empty, nul = "a text must not be empty; make it null", "a text must not hold the character U+0000"
            yield Check(schema.name, it.name, f"{cell} = ''", says(empty))
            yield Check(schema.name, it.name, f"contains({cell}, {_NUL})", says(nul))
        if "pattern" in it.constraints:
            yield Check(schema.name, it.name, f"ends_with({cell}, chr(10))", says("it must not end in a line break"))
        if it.type == "list":
            yield from _list_checks(schema.name, it.name)


def _list_checks(resource: str, column: str) -> Iterator[Check]:
    cell = field(column)
    bad = f"item IS NULL OR item = '' OR contains(item, {literal(LIST_DELIMITER)}) OR contains(item, {_NUL})"
    rule = f"an item must not be empty and must not hold {LIST_DELIMITER!r} or the character U+0000"
    yield Check(resource, column, f"{cell} IS NULL", says("a list is never null; make it empty"))
    yield Check(resource, column, f"len(list_filter({cell}, lambda item: {bad})) > 0", says(rule))


def following(checks: Iterable[Check], schema: Schema) -> Iterator[Check]:
    """Let the checks of a foreign key's cells follow those of the key that they name, where its pattern is theirs."""
    patterns = {(it.name, known.name): _pattern(known) for it in schemas().values() for known in it.fields}
    named = {key.field: (key.resource, key.reference) for key in schema.foreign_keys}
    for check in checks:
        own, other = (schema.name, check.field), named.get(check.field)
        if other is not None and patterns.get(other) == patterns[own]:
            yield check._replace(follows=frozenset({own, other}))
        else:
            yield check


def _pattern(it: Field) -> object:
    return it.type, it.constraints.get("pattern")


def reference_checks(schema: Schema) -> Iterator[Check]:
    """Yield that every cell of a foreign key names a row, and that no row stands above itself."""
    for key in schema.foreign_keys:
        rule = f"there is no such {key.resource}.{key.reference}"
        source = f"{TABLE} AS t ANTI JOIN {quoted(key.resource)} AS o ON {field(key.field)} = o.{quoted(key.reference)}"
        yield Check(schema.name, key.field, f"{field(key.field)} IS NOT NULL", says(rule), source=source)
        if key.resource == schema.name:
            yield _circle(schema, key)


def _circle(schema: Schema, key: ForeignKey) -> Check:
    """Tell the rows from which the way up comes back; only rows that no way down from the top reaches are followed.

    Where every row stands behind the one above it, none can come back: that is seen without a recursion, which DuckDB
    keeps in memory.
    """
    table, up, own = quoted(key.resource), quoted(key.field), quoted(key.reference)
    reached = (
        f"WITH RECURSIVE reached AS (SELECT {own} AS id FROM {table} "
        f"WHERE {up} IS NULL OR {up} NOT IN (SELECT {own} FROM {table} WHERE {own} IS NOT NULL) "
        f"UNION SELECT t.{own} FROM {table} AS t JOIN reached AS r ON t.{up} = r.id)"
    )
    lost = f"{own} IS NOT NULL AND {own} NOT IN (SELECT id FROM reached WHERE id IS NOT NULL)"
    follow = (
        f"{reached}, above AS (SELECT {own} AS id, {up} AS higher FROM {table} WHERE {lost} "
        f"UNION SELECT a.id, t.{up} FROM above AS a JOIN {table} AS t ON t.{own} = a.higher) "
        "SELECT id FROM above WHERE id = higher"
    )
    probe = f"{reached} SELECT count(*) > 0 FROM {table} WHERE {lost}"
    if any(it.name == "position" for it in schema.fields):
        behind = "coalesce(above.position < t.position, false)"
        probe = (
            f"SELECT count(*) > 0 FROM {table} AS t JOIN {table} AS above ON t.{up} = above.{own} WHERE NOT {behind}"
        )
    return Check(
        key.resource,
        key.field,
        f"{field(key.reference)} IN ({follow})",
        says("the row stands above itself"),
        probe=probe,
    )


def item_checks() -> Iterator[Check]:
    """Yield that every item of a list of keys names a row."""
    for key in LIST_KEYS:
        known, own = quoted(key.target), quoted(key.reference)
        lost = f"item IS NULL OR item NOT IN (SELECT {own} FROM {known} WHERE {own} IS NOT NULL)"
        items = f"SELECT unnest({field(key.field)}) AS item"
        said = f"(SELECT string_agg(coalesce(item, 'None'), ', ') FROM ({items}) WHERE {lost})"
        probe = f"SELECT count(*) > 0 FROM ({items} FROM {quoted(key.resource)} AS t) WHERE {lost}"
        rule = _no_item(key.target, key.reference)
        yield Check(key.resource, key.field, f"{said} IS NOT NULL", rule, (said,), probe=probe)


def _no_item(target: str, reference: str) -> Rule:
    return lambda lost: f"{lost} is no {target}.{reference}"


def row_checks() -> Iterator[Check]:
    """Yield that the cells of a row agree with one another and with the row that they point at."""
    yield from _order_checks()
    yield from _span_checks()
    for resource, letter in ROW_IDS.items():
        own = schema_of(resource).fields[0].name
        right = f"t.document_id || {literal(f':{letter}')} || t.char_start"
        yield Check(
            resource,
            own,
            f"{field(own)} IS DISTINCT FROM {right}",
            lambda document, start, letter=letter: f"by its document and place it is {document}:{letter}{start}",
            ("t.document_id", "t.char_start"),
        )
    for it in KINDS:
        source = f"{TABLE} AS t JOIN entities AS o ON {field(it.field)} = o.entity_id"
        fault = f"o.kind IS DISTINCT FROM {literal(it.kind)}"
        yield Check(it.resource, it.field, fault, _kind_rule(it.kind), ("o.kind",), source)
    yield Check(
        "numerals",
        "metric_id",
        "(t.role IS NOT DISTINCT FROM 'metric') <> (t.metric_id IS NOT NULL)",
        lambda role: f"the role is {role}; only and every `metric` has one",
        ("t.role",),
    )


def _kind_rule(kind: str) -> Rule:
    return lambda found: f"it names an entity of kind {found}, not {kind}"


def _order_checks() -> Iterator[Check]:
    for it in ORDERED:
        kinds = {known.name: known.type for known in schema_of(it.resource).fields}
        low, high = field(it.low), field(it.high)
        numbers = f" AND NOT isnan({low}) AND NOT isnan({high})" if kinds[it.low] == "number" else ""
        yield Check(
            it.resource,
            it.high,
            f"{high} < {low}{numbers}",
            lambda least, low=it.low: f"it must not be less than {low}, which is {least}",
            (low,),
        )


def _span_checks() -> Iterator[Check]:
    for resource, schema in schemas().items():
        if "char_end" not in {it.name for it in schema.fields}:
            continue
        half = "char_start and char_end are null together or not"
        yield Check(resource, "char_end", "(t.char_start IS NULL) <> (t.char_end IS NULL)", says(half))
        yield Check(
            resource,
            "char_end",
            "t.char_start >= t.char_end OR (t.char_start IS NOT NULL AND t.char_end > nullif(o.characters, 0))",
            lambda start, length: (
                f"it must follow char_start, {start}, and lie within the document's {length} characters"
            ),
            ("t.char_start", "o.characters"),
            f"{TABLE} AS t LEFT JOIN documents AS o USING (document_id)",
        )
