r"""Patterns: RE2 decides on plain texts, Python's `re` on the few others, for the two differ beyond ASCII.

A pattern of a Table Schema is read as Frictionless reads it, by Python's syntax. On texts of ASCII alone RE2
agrees with it, at a tenth of the time; ``\w`` and ``\s`` mean less to RE2 on all others. Those are few in a column of
ids: each is looked at once.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from flows.errors import SchemaError
from flows.release.sql import literal, quoted
from flows.release.sql_check import Check, field, says

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.table_schema import Schema

_READ_OTHERWISE = re.compile(r"\{,|\[:")  # RE2 takes the first for letters, Python the second for a set of them
_ABOUT_BLANKS = re.compile(r"\\[sS]|\$")  # of control characters the two think differently here
_AT_ONCE = 10_000


def pattern_checks(connection: duckdb.DuckDBPyConnection, schema: Schema) -> Iterator[Check]:
    """Yield that the texts of each field with a pattern have it, from the first character to the last.

    Raises:
        SchemaError: a pattern is no regular expression.
    """
    for it in schema.fields:
        if it.type == "string" and "pattern" in it.constraints:
            fault = _fault(connection, schema.name, it.name, it.constraints["pattern"])
            rule = f'constraint error, constraint "pattern" is "{it.constraints["pattern"]}"'
            yield Check(schema.name, it.name, fault, says(rule))


def _fault(connection: duckdb.DuckDBPyConnection, resource: str, column: str, pattern: str) -> str:
    try:
        compiled = re.compile(f"^(?:{pattern})$")
    except re.error as error:
        raise SchemaError(f"{resource}.{column}: {pattern!r} is no regular expression ({error}); correct it") from None
    cell = field(column)
    plain = _plain(connection, cell, pattern)
    wrong = _wrong(connection, resource, column, compiled, plain)
    fault = f"({plain} AND NOT regexp_full_match({cell}, {literal(pattern)}))" if plain != "false" else "false"
    if not wrong:
        return fault
    listed = f"#wrong {resource}.{column}"
    connection.register(listed, pa.table({"cell": pa.array(wrong, pa.string())}))
    return f"{fault} OR {cell} IN (SELECT cell FROM {quoted(listed)})"


def _plain(connection: duckdb.DuckDBPyConnection, cell: str, pattern: str) -> str:
    """Return a condition on texts that RE2 judges as Python does; false where it cannot read the pattern."""
    if _READ_OTHERWISE.search(pattern):
        return "false"
    try:
        connection.execute(f"SELECT regexp_full_match('', {literal(pattern)})").fetchall()
    except duckdb.Error:
        return "false"
    if _ABOUT_BLANKS.search(pattern):
        return f"regexp_full_match({cell}, '[ -~]+')"
    ascii_only = f"strlen({cell}) = length({cell})"  # as many bytes as characters
    return f"({ascii_only} AND NOT ends_with({cell}, chr(10)))"  # before which Python lets a pattern end


def _wrong(
    connection: duckdb.DuckDBPyConnection, resource: str, column: str, pattern: re.Pattern[str], plain: str
) -> list[str]:
    """Return the texts that are not plain and do not have the pattern."""
    cell = field(column)
    found = connection.execute(
        f"SELECT DISTINCT {cell} FROM {quoted(resource)} AS t WHERE {cell} <> '' AND NOT {plain}"
    )
    wrong: list[str] = []
    while rows := found.fetchmany(_AT_ONCE):
        wrong += [cell for (cell,) in rows if not pattern.match(cell)]
    return wrong
