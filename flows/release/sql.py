"""DuckDB as the release's workshop: connections of one kind, and names and texts quoted for it."""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

from flows.release.disk import is_full, scratch_error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

SILENT = "SET enable_progress_bar = false"
"""Keeps DuckDB from drawing its progress on standard output, where results go."""

MEMORY_LIMIT = "400MB"
"""What DuckDB may take before it goes on in a scratch folder; the process around it needs some, too."""

_MOST_SIDE_BY_SIDE = 5_000_000  # rows


@contextmanager
def workshop() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that goes on in a scratch folder when memory runs out, and leaves nothing behind.

    Raises:
        TargetError: the scratch folder is full.
    """
    with TemporaryDirectory(prefix="newind-") as scratch:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": scratch,
            "preserve_insertion_order": "false",
        }
        try:
            with duckdb.connect(config=config) as connection:
                connection.execute(SILENT)
                yield connection
        except Exception as error:
            # What DuckDB finds while Arrow reads from it, Arrow tells as its own.
            if is_full(error) and (isinstance(error, duckdb.Error) or scratch in str(error)):
                raise scratch_error() from error
            raise


def at_once(rows: Iterable[int]) -> int:
    """Return how many tables of so many rows to work on at a time.

    Of a large file DuckDB reads a row group in a thread, so that with one table the other processor would often wait;
    but two share the memory, and of the largest each would go on in the scratch folder.
    """
    return 2 if sum(rows) <= _MOST_SIDE_BY_SIDE else 1


def another(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Open a connection for another thread, to the same database within the same memory, with tables of its own."""
    opened = connection.cursor()
    opened.execute(SILENT)
    return opened


def quoted(name: str) -> str:
    """Return a name of a table or column as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def quoted_names(names: Sequence[str]) -> str:
    """Return names as a list in SQL."""
    return ", ".join(map(quoted, names))


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def parquet(files: Sequence[Path | str]) -> str:
    """Return the Parquet files of one table as a source of rows in SQL."""
    listed = ", ".join(literal(str(path)) for path in files)
    return f"read_parquet({listed})" if len(files) == 1 else f"read_parquet([{listed}])"


def offer(connection: duckdb.DuckDBPyConnection, name: str, source: object) -> None:
    """Let SQL know a table by its name: Arrow's in memory, or the Parquet files that hold its rows in their order."""
    if isinstance(source, list | tuple):
        connection.execute(f"CREATE OR REPLACE VIEW {quoted(name)} AS FROM {parquet(source)}")
    else:
        connection.register(name, source)
