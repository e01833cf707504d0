"""Rows against their schemas by DuckDB: the same violations as `flows.release.validate` tells, out of core.

Each check of a schema is compiled to SQL. All checks that read the same rows are one scan that only counts; the rows
of a check are fetched where it counted any. So valid tables cost a scan each, and memory does not grow with them.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import SchemaError, TargetError
from flows.release.cells import fault_line
from flows.release.released import one_line
from flows.release.shape import shape_faults
from flows.release.sql import offer, quoted, workshop
from flows.release.sql_check import TABLE, Check, field
from flows.release.sql_constraints import constraint_checks, key_checks, repeated_key_checks, schema_faults
from flows.release.sql_patterns import pattern_checks
from flows.release.sql_sense import cell_checks, following, item_checks, reference_checks, row_checks
from flows.release.sql_spans import span_sql
from flows.schema import schemas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from flows.release.released import Source

_AT_ONCE = 10_000


def sql_violations(sources: Mapping[str, Source]) -> list[str]:
    """Return every violation of the schemas, one line each; none for valid tables.

    Args:
        sources: all tables by resource: in memory, or as the paths of Parquet files.

    Raises:
        TargetError: a Parquet file cannot be read.
    """
    try:
        wrong = shape_faults({name: _arrow_schema(source) for name, source in sources.items()})
        wrong = wrong or [line for schema in schemas().values() for line in schema_faults(schema)]
        return wrong or _violations(sources)
    except (duckdb.IOException, duckdb.OutOfMemoryException, OSError, pa.ArrowInvalid) as error:
        raise TargetError(f"the tables cannot be read to be validated: {one_line(error)}") from error


def _violations(sources: Mapping[str, Source]) -> list[str]:
    with workshop() as connection:
        connection.execute("SET preserve_insertion_order = true")  # rows are told in their order
        for resource, source in sources.items():
            offer(connection, resource, source)
        try:
            checks = list(_checks(connection))
        except SchemaError as error:
            return [str(error)]
        return [line for check in _broken(connection, checks) for line in _lines(connection, check)]


def _arrow_schema(source: Source) -> pa.Schema:
    return source.schema if isinstance(source, pa.Table) else pq.read_schema(source[0])


def _checks(connection: duckdb.DuckDBPyConnection) -> Iterator[Check]:
    for schema in schemas().values():
        yield from constraint_checks(schema)
        yield from following(pattern_checks(connection, schema), schema)
        yield from key_checks(schema)
        yield from repeated_key_checks(schema)
        yield from reference_checks(schema)
        yield from following(cell_checks(schema), schema)
    yield from item_checks()
    yield from row_checks()
    yield from span_sql()


def _broken(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> list[Check]:
    """Return the checks that some row may break."""
    broken = _counted(connection, [check for check in checks if not check.follows])
    doubtful = {(check.resource, check.field) for check in broken}
    return [*broken, *_counted(connection, [check for check in checks if check.follows & doubtful])]


def _counted(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> list[Check]:
    broken = []
    scans = [check for check in checks if check.probe is None]
    for (resource, source), group in groupby(sorted(scans, key=_scan), _scan):
        same = list(group)
        counts = ", ".join(f"count(*) FILTER (WHERE {check.fault})" for check in same)
        found = _first(connection, f"SELECT {counts} FROM {source.replace(TABLE, quoted(resource))}")
        broken += [check for check, count in zip(same, found, strict=True) if count]
    return [*broken, *(check for check in checks if check.probe is not None and _first(connection, check.probe)[0])]


def _scan(check: Check) -> tuple[str, str]:
    return check.resource, check.source


def _first(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    (row,) = connection.execute(query).fetchall()
    return tuple(row)


def _lines(connection: duckdb.DuckDBPyConnection, check: Check) -> Iterator[str]:
    """Yield a line for each row that breaks a check, in the order of the rows."""
    key = schemas()[check.resource].primary_key
    numbered = f'(SELECT row_number() OVER () AS "#row", * FROM {quoted(check.resource)})'
    told = ", ".join([*map(field, key), field(check.field), *check.parts])
    source = check.source.replace(TABLE, numbered)
    found = connection.execute(f'SELECT {told} FROM {source} WHERE {check.fault} ORDER BY t."#row"')
    while rows := found.fetchmany(_AT_ONCE):
        for row in rows:
            value, *parts = row[len(key) :]
            yield fault_line(check.resource, row[: len(key)], check.field, value, check.rule(*parts))
