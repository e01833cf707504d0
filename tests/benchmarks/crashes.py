"""Crash-safety, tampering and old readers at length: hundreds of kills and of changes, each DuckDB for itself."""

import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from flows.release.names import DATABASE, DESCRIPTOR
from flows.release.store import LocalTarget
from flows.schema import to_tables
from tests.benchmarks.apart import ApartError, run_apart
from tests.benchmarks.report import Figure, timed
from tests.killing import Stock, Tally, kill_at_random, make_stock
from tests.release.conftest import _rows
from tests.s3_gateway import missing_programs, running
from tests.tampering import KINDS, undetected

KILLS = 300
CHANGES = 550
DUCKDBS = ("1.1", "1.2", "1.3", "1.4", "")
_READ = Path(__file__).parent / "apart_scripts" / "read_release.py"


def killing() -> list[Figure]:
    """Kill publishers at random moments, in a folder and on S3; what is not whole afterwards stops the benchmark."""
    with _stock() as (stock, folder):
        figures = [_killed("a folder", lambda: _killed_in_folder(stock, folder))]
        if missing_programs():
            return [*figures, Figure("kills on S3", 0, "", f"{', '.join(missing_programs())} not installed")]
        return [*figures, _killed("S3", lambda: _killed_on_s3(stock, folder))]


def tampering() -> list[Figure]:
    """Change a release at random, and count the changes that verification misses."""
    with _stock() as (stock, folder):
        target = LocalTarget(folder / "dist")
        version, built = next(iter(stock.folders.items()))
        with target.stage() as staging:
            shutil.copytree(built, staging, dirs_exist_ok=True)
            release = target.publish(staging, version)
        (folder / "copies").mkdir()
        missed, shown = undetected(release, folder / "copies", CHANGES)
    told = "; ".join(missed) or f"{shown} of {shown} found, of {len(KINDS)} kinds"
    return [Figure("random changes missed", len(missed), "", told)]


def reading() -> list[Figure]:
    """Open a release by every DuckDB since 1.1, each in an environment of its own, and its Parquet by three readers."""
    with _stock() as (stock, _):
        release = list(stock.folders.values())[-1]
        package = json.loads((release / DESCRIPTOR).read_text("utf-8"))
        expected = {it["name"]: it["rowCount"] for it in package["resources"]}
        figures = [_read_by(version, release, expected) for version in DUCKDBS]
        paths = {name: release / f"data/{name}.parquet" for name in expected}
        for reader, rows in (
            ("pyarrow", {name: pq.read_table(path).num_rows for name, path in paths.items()}),
            ("polars", {name: pl.read_parquet(path).height for name, path in paths.items()}),
        ):
            figures.append(Figure(f"Parquet by {reader}", _same(rows, expected), "files", "with all their rows"))
    return figures


@contextmanager
def _stock() -> Iterator[tuple[Stock, Path]]:
    """Lend three small releases, and a folder."""
    steps = []
    for more in range(3):
        rows = _rows()
        first, *others = rows["metrics"]
        steps.append(to_tables({**rows, "metrics": [first._replace(indicator=f"output {more}"), *others]}))
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "stock").mkdir()
        yield make_stock(Path(name) / "stock", steps), Path(name)


def _killed(where: str, work: Callable[[], Tally]) -> Figure:
    tallies: list[Tally] = []
    seconds = timed(lambda: tallies.append(work()))
    told = f"{tallies[0]}; after each `latest` was whole and the next publish succeeded; {seconds / 60:.0f} min"
    return Figure(f"kills in {where}", tallies[0].killed, "", told)


def _killed_in_folder(stock: Stock, folder: Path) -> Tally:
    (folder / "local").mkdir()
    return kill_at_random(stock, lambda turn: str(folder / f"local/dist{turn}"), folder / "local", KILLS, {})


def _killed_on_s3(stock: Stock, folder: Path) -> Tally:
    (folder / "server").mkdir()
    (folder / "remote").mkdir()
    with running(folder / "server") as server:
        bucket = server.new_bucket()
        return kill_at_random(stock, lambda turn: f"{bucket}/{turn}", folder / "remote", KILLS, server.environment())


def _read_by(version: str, release: Path, expected: Mapping[str, int]) -> Figure:
    paths = [str(release / f"data/{name}.parquet") for name in expected]
    try:
        told = run_apart(_READ, [f"duckdb=={version}.*"] if version else [], [str(release / DATABASE), *paths])
    except ApartError as error:
        return Figure(f"DuckDB {version}", 0, "tables", f"FAILED: {error}")
    found, rows, views, changed, parquet = told
    files = _same({Path(path).stem: count for path, count in parquet.items()}, expected)
    beside = f"with all their rows; {views} views, {changed} rows of changes_since, {files} Parquet files"
    return Figure(f"DuckDB {found}", _same(rows, expected), "tables", beside)


def _same(rows: Mapping[str, int], expected: Mapping[str, int]) -> int:
    """Return how many tables have the rows that they should; every one must."""
    wrong = [name for name, count in expected.items() if rows.get(name) != count]
    if wrong:
        sys.exit(f"{', '.join(wrong)}: rows are missing")
    return len(expected)
