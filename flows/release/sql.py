"""DuckDB as the release's workshop: connections of one kind, and names and texts quoted for it."""

from __future__ import annotations

from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SILENT = "SET enable_progress_bar = false"
"""Keeps DuckDB from drawing its progress on standard output, where results go."""

MEMORY_LIMIT = "700MB"
"""What DuckDB may take before it goes on in a scratch folder; the process around it needs some, too."""


@contextmanager
def workshop() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database in memory that goes on in a scratch folder when memory runs out, and leaves nothing behind."""
    with TemporaryDirectory(prefix="newind-") as scratch:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": scratch,
            "preserve_insertion_order": "false",
        }
        with duckdb.connect(config=config) as connection:
            connection.execute(SILENT)
            yield connection


def quoted(name: str) -> str:
    """Return a name of a table or column as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def quoted_names(names: Sequence[str]) -> str:
    """Return names as a list in SQL."""
    return ", ".join(map(quoted, names))


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def parquet(path: Path) -> str:
    """Return a Parquet file as a source of rows in SQL."""
    return f"read_parquet({literal(str(path))})"
