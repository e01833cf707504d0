"""Tables in several files: the same rows and digests as in one, and no part can be changed, lost, added or swapped."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.explorer import carried
from flows.release import parquet, verify
from flows.release.checksums import seal
from flows.release.compare import compare
from flows.release.database import write_database
from flows.release.digests import logical_digests
from flows.release.layout import table_files
from flows.release.names import CSV_ZIP, DATABASE, DESCRIPTOR, DIGESTS, README
from flows.release.parquet import write_rows, write_tables
from flows.release.released import read_descriptor, read_table
from flows.release.validate import Validator, staged_files, violations
from flows.schema import schemas, to_tables
from tests.making import make_release

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa

    from flows.records import Source

Tables = dict[str, "pa.Table"]


@pytest.fixture(scope="module")
def in_parts(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the other tests with a row or two in a file."""
    tables = {name: read_table(pristine, name) for name in schemas()}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parquet, "PART_BYTES", 400)
        patched.setattr(parquet, "_SLAB", 1)
        return make_release(tables, tmp_path_factory.mktemp("parts") / "parted").folder


@pytest.fixture
def parted(in_parts: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return shutil.copytree(in_parts, tmp_path / "parted")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(1, 3000), slab=st.integers(1, 3), cut=st.integers(1, 3))
def test_any_size_of_parts_holds_the_same_rows_and_digests(
    tmp_path_factory: pytest.TempPathFactory, tables: Tables, size: int, slab: int, cut: int
) -> None:
    folder, again = tmp_path_factory.mktemp("parts"), tmp_path_factory.mktemp("again")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parquet, "PART_BYTES", size)
        patched.setattr(parquet, "_SLAB", slab)
        write_tables(tables, folder)
        for name in ("metrics", "passages"):
            write_rows(name, read_table(folder, name).combine_chunks().to_batches(cut), again)
    files = {name: table_files(folder, name) for name in tables if name != "changes"}
    for name, paths in files.items():
        assert read_table(folder, name).equals(
            tables[name].sort_by([(key, "ascending") for key in schemas()[name].primary_key])
        )
        assert all(pq.ParquetFile(path).num_row_groups == 1 for path in paths)
    whole = {name: table for name, table in tables.items() if name != "changes"}
    assert logical_digests(files, schemas()) == logical_digests(whole, schemas())
    for name in ("metrics", "passages"):
        assert [path.read_bytes() for path in table_files(again, name)] == [it.read_bytes() for it in files[name]]


def test_all_of_a_release_follows_its_parts(parted: Path, release: Path) -> None:
    package = read_descriptor(parted)
    (metrics,) = (it for it in package.package["resources"] if it["name"] == "metrics")
    assert metrics["path"] == [f"data/metrics/part-{number}.parquet" for number in range(len(metrics["parts"]))]
    assert len(metrics["parts"]) > 1
    assert metrics["bytes"] == sum(part["bytes"] for part in metrics["parts"])
    whole = read_descriptor(release).resources
    assert {name: it["logicalDigest"] for name, it in package.resources.items()} == {
        name: it["logicalDigest"] for name, it in whole.items()
    }
    assert all(check.ok for check in verify.verify(parted)), verify.verify(parted)
    assert compare(release, parted).equal
    assert compare(parted, release).equal
    assert violations(staged_files(parted), Validator.BOTH) == []
    with ZipFile(parted / CSV_ZIP) as ours, ZipFile(release / CSV_ZIP) as other:
        assert ours.read("data/metrics.csv") == other.read("data/metrics.csv")
    with duckdb.connect(str(parted / DATABASE), read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM metrics").fetchall() == [(3,)]
    assert "`data/<table>/part-0.parquet`" in (parted / README).read_text("utf-8")
    assert "part 1 of" in (parted / "index.html").read_text("utf-8")


def test_the_standard_and_its_script_take_parts(parted: Path) -> None:
    from frictionless import Package  # noqa: PLC0415 - slow to import, and needed here alone

    described = json.loads((parted / DESCRIPTOR).read_text("utf-8"))
    resources = Package.from_descriptor(described).resources
    assert [[it.path, *it.extrapaths] for it in resources if it.name == "metrics"] == [
        it["path"] for it in described["resources"] if it["name"] == "metrics"
    ]
    program = f"import duckdb; print(dict(duckdb.sql(open({DIGESTS!r}).read()).fetchall()))"
    done = subprocess.run([sys.executable, "-c", program], cwd=parted, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(
        {it["name"]: it["logicalDigest"] for it in sorted(described["resources"], key=lambda it: it["name"])}
    )


def _flip(folder: Path) -> None:
    data = bytearray((folder / "part-1.parquet").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "part-1.parquet").write_bytes(data)


def _swap(folder: Path) -> None:
    first, second = (folder / f"part-{number}.parquet" for number in (0, 1))
    first.rename(folder / "aside")
    second.rename(first)
    (folder / "aside").rename(second)


BROKEN: Mapping[str, Callable[[Path], object]] = {
    "tampered": _flip,
    "missing": lambda folder: (folder / "part-1.parquet").unlink(),
    "the last missing": lambda folder: max(folder.iterdir()).unlink(),
    "extra": lambda folder: shutil.copy(folder / "part-0.parquet", folder / "part-9.parquet"),
    "swapped": _swap,
    "copied over": lambda folder: shutil.copy(folder / "part-0.parquet", folder / "part-1.parquet"),
}


@pytest.mark.parametrize("in_memory", [True, False])
@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_part_is_found(parted: Path, kind: str, in_memory: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    if not in_memory:
        monkeypatch.setattr(verify, "MOST_ROWS_IN_MEMORY", 0)
    BROKEN[kind](parted / "data/passages")
    assert not all(check.ok for check in verify.verify(parted))
    seal(parted)
    found = verify.verify(parted)
    assert all(check.ok for check in found) == (kind == "extra"), found  # of files too many a catalogue tells


def test_a_large_database_has_no_keys_and_the_same_rows(
    parted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.release.database.MOST_KEYED_ROWS", 0)
    write_database(parted, tmp_path / "x.duckdb", tmp_path)
    with duckdb.connect(str(tmp_path / "x.duckdb"), read_only=True) as connection:
        kinds = connection.sql("SELECT DISTINCT constraint_type FROM duckdb_constraints()").fetchall()
        assert kinds == [("NOT NULL",)]
        assert connection.sql("SELECT count(*) FROM passages").fetchall() == [
            (read_table(parted, "passages").num_rows,)
        ]
        assert connection.sql("SELECT count(*) FROM duckdb_tables() WHERE comment IS NULL").fetchall() == [(0,)]


def test_the_page_of_a_large_release_says_what_it_leaves_out(
    tables: Tables, sources: Mapping[str, Source], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "MOST_ROWS", 5)
    built = make_release(tables, tmp_path / "a", sources)
    page = (built.folder / "index.html").read_text("utf-8")
    assert "This page has the charts and rows of the latest text of 2; <a" in page
    assert "<b>3</b> metrics" in page
    told = json.loads(page.partition('id="release">')[2].partition("</script>")[0])
    assert {table["name"]: table["rows"] for table in told["tables"]}["documents"] == 1
    assert all(check.ok for check in verify.verify(built.folder))


def test_a_release_without_rows_has_no_parts(tmp_path: Path) -> None:
    write_tables(to_tables({}), tmp_path)
    assert sorted(path.suffix for path in (tmp_path / "data").iterdir()) == [".parquet"] * 12
