"""SQL on a release: its DuckDB file, opened for reading alone."""

import re
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from flows.errors import QueryError, ReleaseNotFoundError
from flows.release.names import DATABASE
from flows.release.sql import SILENT


class Answer(NamedTuple):
    """The columns of a query's result, each with a name of its own, and its rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def open_release(folder: Path) -> duckdb.DuckDBPyConnection:
    """Open the database of the release in `folder`; it can neither be changed, nor reach any other file.

    Raises:
        ReleaseNotFoundError: `folder` has no such file, or one that DuckDB cannot open.
    """
    path = folder / DATABASE
    if not path.is_file():
        raise ReleaseNotFoundError(f"{path}: there is no such file; `newind verify {folder}` tells what is amiss")
    try:
        connection = duckdb.connect(str(path), read_only=True, config={"enable_external_access": False})
    except duckdb.Error as error:
        raise ReleaseNotFoundError(f"{path}: {in_one_line(error)}") from None
    connection.execute(SILENT)
    return connection


def ask(folder: Path, sql: str) -> Answer:
    """Run `sql` on the release in `folder`.

    Raises:
        QueryError: DuckDB refuses it, or it has no result.
        ReleaseNotFoundError: `folder` is no release.
    """
    with open_release(folder) as connection:
        try:
            cursor = connection.execute(sql)
            # An empty statement has no cursor, whatever DuckDB's stubs say.
            described = cursor.description if isinstance(cursor, duckdb.DuckDBPyConnection) else None
            rows = cursor.fetchall() if described else []
        except duckdb.InterruptException:
            raise KeyboardInterrupt from None
        except duckdb.Error as error:
            raise QueryError(in_one_line(error)) from None
    if not described:
        raise QueryError("the query has no result; write a SELECT")
    return Answer(_distinct([str(column[0]) for column in described]), rows)


def in_one_line(error: Exception) -> str:
    """Return DuckDB's message without its drawing of the place, in one line."""
    return re.split(r"\n+LINE \d+:", str(error))[0].strip().replace("\n\n", " ").replace("\n", " ")


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Number the names that come again, so that no row loses a value: ``a, a, b`` is ``a, a_2, b``."""
    distinct: list[str] = []
    for name in names:
        new, count = name, 1
        while new in distinct:
            count += 1
            new = f"{name}_{count}"
        distinct.append(new)
    return tuple(distinct)
