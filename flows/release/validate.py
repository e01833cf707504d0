"""Rows against their schemas, by two validators that share no code: Frictionless, and SQL compiled from the schemas.

Small packages are held against both, large ones against DuckDB alone: Frictionless takes a minute for what DuckDB does
in a second, and needs every row in memory. What either finds is a violation.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import InvalidTablesError
from flows.release.checked import checked
from flows.release.layout import table_files
from flows.release.names import CHANGES_TABLE
from flows.release.released import row_count, tables_in
from flows.release.sql_validate import sql_violations
from flows.schema import arrow_schema, schema_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flows.release.checked import Count
    from flows.release.released import Source

MOST_ROWS_FOR_BOTH = 20_000
"""A package of at most so many rows is small."""


class Validator(StrEnum):
    """Who holds the rows against their schemas; `AUTO` is both for small packages, DuckDB for others."""

    AUTO = "auto"
    FRICTIONLESS = "frictionless"
    DUCKDB = "duckdb"
    BOTH = "both"


def validate(sources: Mapping[str, Source], validator: Validator = Validator.AUTO) -> tuple[Count, ...]:
    """Check all tables, and return what now is known of them.

    Raises:
        InvalidTablesError: with every violation, one line each: table, row key, field, value, rule.
        TargetError: a Parquet file cannot be read.
    """
    lines = violations(sources, validator)
    if lines:
        raise InvalidTablesError(lines)
    return checked(sources)


def violations(sources: Mapping[str, Source], validator: Validator = Validator.AUTO) -> list[str]:
    """Return every violation of the schemas, one line each; none for valid tables.

    Args:
        sources: all tables by resource: in memory, or as the paths of Parquet files.
        validator: who is to look; what two say in the same words is told once.

    Raises:
        TargetError: a Parquet file cannot be read.
    """
    lines: list[str] = []
    if validator is Validator.AUTO:
        rows = sum(map(row_count, sources.values()))
        validator = Validator.BOTH if rows <= MOST_ROWS_FOR_BOTH else Validator.DUCKDB
    if validator in {Validator.DUCKDB, Validator.BOTH}:
        lines += sql_violations(sources)
    if validator in {Validator.FRICTIONLESS, Validator.BOTH}:
        from flows.release.frictionless_validate import frictionless_violations  # noqa: PLC0415 - slow to load

        found, tables = set(lines), {name: _in_memory(source) for name, source in sources.items()}
        lines += [line for line in frictionless_violations(tables) if line not in found]
    return lines


def _in_memory(source: Source) -> pa.Table:
    return source if isinstance(source, pa.Table) else pa.concat_tables([pq.ParquetFile(it).read() for it in source])


def staged_files(folder: Path) -> dict[str, Source]:
    """Return the tables in the folder of a release as sources; `changes`, which is not known yet, without rows."""
    files: dict[str, Source] = {name: table_files(folder, name) for name in tables_in(folder)}
    return {CHANGES_TABLE: arrow_schema(schema_of(CHANGES_TABLE)).empty_table(), **files}
