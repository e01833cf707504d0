"""Verifying: a sound release passes, and whatever is done to its files fails a check and raises nothing."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.release.checksums import release_files, seal, sha256
from flows.release.names import CHECKSUMS, CSV_ZIP, DATABASE, DESCRIPTOR, README
from flows.release.verify import Check, verify
from flows.schema import to_tables
from tests.making import make_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _failures(checks: list[Check]) -> str:
    return "\n".join(failure for check in checks if not check.ok for failure in check.failures)


def test_a_sound_release_passes_every_check_in_words(release: Path) -> None:
    checks = verify(release)
    assert all(check.ok and not check.failures for check in checks), checks
    told = [check.sentence for check in checks]
    files = len(release_files(release)) - 1
    assert f"{files} of {files} files are those that {CHECKSUMS} names" in told
    assert "3 of 3 spans of metrics found in their passages" in told
    assert "27 of 27 rows have a key of their own" in told
    assert f"13 of 13 tables of {DATABASE} hold the same rows as the Parquet files" in told


def test_a_release_without_rows_passes(tmp_path: Path) -> None:
    make_release(to_tables({}), tmp_path)
    assert all(check.ok for check in verify(tmp_path))


def test_a_release_may_be_moved(release: Path, tmp_path: Path) -> None:
    assert all(check.ok for check in verify(release.rename(tmp_path / "elsewhere")))


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"{}", b"[]", b'"', b'{"resources": []}', b'{"resources": [1]}', b"[" * 99999]
)
@pytest.mark.parametrize("name", [DESCRIPTOR, CHECKSUMS, DATABASE, CSV_ZIP, "data/metrics.parquet", README])
def test_no_content_of_a_file_raises_or_passes(release: Path, name: str, content: bytes) -> None:
    (release / name).write_bytes(content)
    assert not all(check.ok for check in verify(release))


@pytest.mark.parametrize("name", [DESCRIPTOR, CHECKSUMS, DATABASE, CSV_ZIP, "data/metrics.parquet", README])
def test_a_missing_file_is_found(release: Path, name: str) -> None:
    (release / name).unlink()
    assert name in _failures(verify(release))


@pytest.mark.parametrize("name", [DESCRIPTOR, DATABASE, CSV_ZIP, "data/metrics.parquet"])
def test_a_folder_in_a_file_s_place_is_found(release: Path, name: str) -> None:
    (release / name).unlink()
    (release / name).mkdir()
    assert not all(check.ok for check in verify(release))


def test_a_file_too_many_is_found(release: Path) -> None:
    (release / "data/extra.parquet").write_bytes(b"")
    assert f"data/extra.parquet: {CHECKSUMS} does not name this file" in _failures(verify(release))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_flipped_byte_is_found(release: Path, data: st.DataObject) -> None:
    path = release / data.draw(st.sampled_from(release_files(release)))
    sound = path.read_bytes()
    place = data.draw(st.integers(0, len(sound) - 1))
    broken = bytearray(sound)
    broken[place] ^= data.draw(st.integers(1, 255))
    try:
        path.write_bytes(broken)
        assert not all(check.ok for check in verify(release))
    finally:
        path.write_bytes(sound)


DESCRIBED_OTHERWISE = {
    "a title": (("title",), "other", 'title is "other", but new-industrialization-csv.zip has it otherwise'),
    "no version": (("version",), "1.0", 'version is "1.0", which is no semantic version'),
    "a day": (("created",), "2024-08-01T00:00:00Z", 'created is "2024-08-01", but changes.json has it otherwise'),
    "a meaning": (("resources", 2, "schema", "fields", 0, "title"), "other", "metrics: schema is "),
    "a format": (("resources", 2, "format"), "csv", 'metrics: format is "csv", but data/metrics.parquet'),
    "a count": (("resources", 2, "rowCount"), 3.0, "metrics: rowCount is 3.0, but changes.json"),
}


@pytest.mark.parametrize(("place", "value", "expected"), DESCRIBED_OTHERWISE.values(), ids=DESCRIBED_OTHERWISE)
def test_a_descriptor_that_says_otherwise_is_found_although_sealed_anew(
    release: Path, place: tuple[Any, ...], value: Any, expected: str
) -> None:
    package = holder = json.loads((release / DESCRIPTOR).read_text("utf-8"))
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value
    (release / DESCRIPTOR).write_text(json.dumps(package, ensure_ascii=False), "utf-8")
    seal(release)
    assert expected in _failures(verify(release))


def test_swapped_files_are_found_although_sealed_anew(release: Path) -> None:
    one, other, aside = release / "data/metrics.parquet", release / "data/tasks.parquet", release / "aside"
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    seal(release)
    told = _failures(verify(release))
    assert f"data/metrics.parquet: its size or SHA-256 is not the one in {DESCRIPTOR}" in told


def _rewrite(release: Path, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Change a table's Parquet file and everything that says what its bytes are, as a forger would."""
    path = release / f"data/{name}.parquet"
    pq.write_table(change(pq.ParquetFile(path).read()), path)
    package = json.loads((release / DESCRIPTOR).read_text("utf-8"))
    for resource in package["resources"]:
        if resource["name"] == name:
            resource.update(hash=f"sha256:{sha256(path)}", bytes=path.stat().st_size)
    (release / DESCRIPTOR).write_text(json.dumps(package), "utf-8")
    seal(release)


def _cell(column: str, row: int, value: Any) -> Callable[[pa.Table], pa.Table]:
    def change(table: pa.Table) -> pa.Table:
        cells = table.column(column).to_pylist()
        cells[row] = value
        index = table.schema.get_field_index(column)
        return table.set_column(index, table.schema.field(index), pa.array(cells, table.schema.field(index).type))

    return change


FORGED = {
    "a row dropped": ("metrics", lambda table: table.slice(1), "metrics: it has 2 rows"),
    "a value": ("metrics", _cell("value", 0, 9.9), "metrics: its rows do not give the logical digest"),
    "a span": ("metrics", _cell("value_text", 0, "9.9%"), "the text says '6.2%' there"),
    "a key": ("metrics", _cell("metric_id", 1, "briefing-2024:m36"), "it must be unique"),
    "a reference": ("metrics", _cell("speaker_id", 0, "nobody"), "there is no such speakers.speaker_id"),
    "a column gone": ("metrics", lambda table: table.drop_columns(["rule"]), "its columns differ"),
    "a column's type": ("metrics", lambda table: table.cast(_as_text(table.schema, "value")), "its columns differ"),
    "a schema": ("metrics", lambda table: table.replace_schema_metadata(None), "the Table Schema in its metadata"),
    "a null passage": ("metrics", _cell("period_text", 0, None), "do not give the logical digest"),
}


def _as_text(schema: pa.Schema, column: str) -> pa.Schema:
    index = schema.get_field_index(column)
    return schema.set(index, schema.field(index).with_type(pa.string()))


@pytest.mark.parametrize(("name", "change", "expected"), FORGED.values(), ids=FORGED)
def test_forged_tables_are_found(
    release: Path, name: str, change: Callable[[pa.Table], pa.Table], expected: str
) -> None:
    _rewrite(release, name, change)
    assert expected in _failures(verify(release))


@pytest.mark.parametrize("resealed", [False, True])
def test_a_changed_parquet_file_is_not_what_the_other_forms_hold(
    release: Path,
    resealed: bool,  # noqa: FBT001 - a case
) -> None:
    change = _cell("value", 0, 9.9)
    if resealed:
        _rewrite(release, "metrics", change)
    else:
        path = release / "data/metrics.parquet"
        pq.write_table(change(pq.ParquetFile(path).read()), path)
    failed = {check.sentence: check.failures for check in verify(release) if not check.ok}
    for form, line in ((CSV_ZIP, "data/metrics.csv"), (DATABASE, "metrics")):
        told = failed[f"only 12 of 13 tables of {form} hold the same rows as the Parquet files"]
        assert told == (f"{line}: its rows are not those of data/metrics.parquet",)
    files = len(release_files(release)) - 1
    assert resealed or f"only {files - 1} of {files} files are those that {CHECKSUMS} names" in failed


@pytest.mark.parametrize("name", [DESCRIPTOR, CHECKSUMS, DATABASE, CSV_ZIP, "data/metrics.parquet"])
@pytest.mark.parametrize("content", [None, b"", b"nonsense"])
def test_failures_are_told_in_plain_words(release: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (release / name).unlink()
    else:
        (release / name).write_bytes(content)
    failed = [check for check in verify(release) if not check.ok]
    assert all(check.sentence.startswith(("only ", "none of ")) or "cannot be" in check.sentence for check in failed)
    assert all(word not in _failures(failed).casefold() for word in ("errno", "detail:", "error:"))


def test_a_forged_database_is_found(release: Path) -> None:
    with duckdb.connect(str(release / DATABASE)) as connection:
        connection.execute("UPDATE metrics SET rule = 'forged'")
        connection.execute("DROP VIEW commitments_by_theme; DROP TABLE findings")
    seal(release)
    told = _failures(verify(release))
    assert "metrics: its rows are not those of data/metrics.parquet" in told
    assert "findings: the database has no such table" in told


def test_a_forged_csv_zip_is_found(release: Path) -> None:
    aside = release / "aside.zip"
    shutil.move(release / CSV_ZIP, aside)
    with ZipFile(aside) as old, ZipFile(release / CSV_ZIP, "w") as new:
        for name in old.namelist():
            new.writestr(name if "tasks" not in name else "data/more.csv", old.read(name).replace(b"5.8", b"8.5"))
    aside.unlink()
    seal(release)
    told = _failures(verify(release))
    assert "data/metrics.csv: its rows are not those of data/metrics.parquet" in told
    assert "data/tasks.csv: it is not in the zip" in told
    assert "data/more.csv: the zip holds it, but no table has this name" in told


def test_a_path_out_of_the_release_is_refused(release: Path) -> None:
    package = json.loads((release / DESCRIPTOR).read_text("utf-8"))
    package["resources"][0]["path"] = "../documents.parquet"
    (release / DESCRIPTOR).write_text(json.dumps(package), "utf-8")
    seal(release)
    assert "each resource must have its table at data/<name>.parquet" in _failures(verify(release))


def test_what_is_no_folder_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "missing", tmp_path / "file", tmp_path):
        assert not all(check.ok for check in verify(place))
