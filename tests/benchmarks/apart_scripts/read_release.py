"""Open a release by the DuckDB at hand: ``read_release.py DATABASE PARQUET …``, printing what it holds."""

import json
import sys

import duckdb


def counted(rows: str, *given: str) -> int:
    """Return how many rows something has, each of them read whole."""
    return len(duckdb.execute(f"FROM {rows}", given).fetchall())


database, *paths = sys.argv[1:]
duckdb.execute(f"ATTACH '{database}' AS release (READ_ONLY); USE release")
named = "SELECT {0}_name FROM duckdb_{0}s() WHERE database_name = 'release' AND NOT internal ORDER BY ALL"
tables = {name: counted(f'"{name}"') for (name,) in duckdb.execute(named.format("table")).fetchall()}
views = {name: counted(f'"{name}"') for (name,) in duckdb.execute(named.format("view")).fetchall()}
changed = counted("changes_since('0.0.0')")
parquet = {path: counted("read_parquet(?)", path) for path in paths}
sys.stdout.write(json.dumps([duckdb.__version__, tables, len(views), changed, parquet]) + "\n")
