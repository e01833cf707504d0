"""A built release: the same bytes for the same rows, safe to open, and read back as it was written."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import csv

from flows.errors import SchemaError, TargetError
from flows.records import Indicator, Source
from flows.release.checksums import release_files
from flows.release.csv_text import csv_pieces
from flows.release.database import write_database
from flows.release.digests import logical_digests
from flows.release.names import (
    CHANGES_JSON,
    CHANGES_TEXT,
    CHECKSUMS,
    CSV_ZIP,
    DATABASE,
    DESCRIPTOR,
    DIGESTS,
    README,
)
from flows.release.parquet import write_parquet, write_tables
from flows.release.views import VIEWS
from flows.schema import resource_names, schema_of, schemas, to_arrow, to_tables
from tests.making import make_release

if TYPE_CHECKING:
    from collections.abc import Mapping

Tables = dict[str, pa.Table]

SHA256SUM = shutil.which("sha256sum") or ""
FRICTIONLESS = [str(Path(sys.executable).with_name("frictionless")), "validate"]


def test_a_release_has_all_its_files(tables: Tables, sources: Mapping[str, Source], tmp_path: Path) -> None:
    built = make_release(tables, tmp_path / "a", sources)
    data = [f"data/{name}.parquet" for name in resource_names()]
    ours = {README, DESCRIPTOR, CHECKSUMS, DATABASE, CSV_ZIP, DIGESTS, CHANGES_TEXT, CHANGES_JSON}
    parts = [f"explorer/data/{name}-0.js" for name in resource_names() if built.rows[name]]
    page = {"index.html", "explorer/explorer.js", "explorer/style.css", "explorer/data/database.js", *parts}
    assert set(built.files) == {*data, *ours, *page}
    assert list(built.files) == release_files(built.folder)
    assert built.rows["metrics"] == 3
    assert list(built.rows) == list(resource_names())


def test_the_same_rows_in_another_order_give_the_same_bytes(
    rows: dict[str, list[Any]], sources: Mapping[str, Source], tmp_path: Path
) -> None:
    first = make_release(to_tables(rows), tmp_path / "a", sources)
    turned = to_tables({name: found[::-1] for name, found in reversed(rows.items())})
    second = make_release(turned, tmp_path / "b", dict(reversed(list(sources.items()))))
    for path in set(first.files) - {DATABASE, "explorer/data/database.js", CHECKSUMS}:
        assert (first.folder / path).read_bytes() == (second.folder / path).read_bytes(), path


def test_chunks_leave_no_trace(tables: Tables, sources: Mapping[str, Source], tmp_path: Path) -> None:
    first = make_release(tables, tmp_path / "a", sources)
    chunked = {name: pa.concat_tables([table.slice(0, 1), table.slice(1)]) for name, table in tables.items()}
    second = make_release(chunked, tmp_path / "b", sources)
    assert (first.folder / DESCRIPTOR).read_bytes() == (second.folder / DESCRIPTOR).read_bytes()


def test_sha256sum_agrees(release: Path) -> None:
    done = subprocess.run([SHA256SUM, "--check", "--strict", CHECKSUMS], cwd=release, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_descriptor_follows_the_standard(release: Path) -> None:
    package = json.loads((release / DESCRIPTOR).read_text("utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["version"] == "1.0.0"
    assert package["created"] == "2024-07-31T00:00:00Z"
    assert [resource["name"] for resource in package["resources"]] == list(resource_names())
    assert package["sources"] == [
        {
            "title": "Briefing of 5 July",
            "path": "https://example.org/briefing?a=1",
            "document": "briefing-2024",
            "rightsHolder": "Example Office",
            "license": "CC-BY-4.0",
        },
        {"title": "Report", "document": "report-2023"},
    ]


def test_frictionless_takes_the_descriptor(release: Path) -> None:
    from frictionless import Package  # noqa: PLC0415 - slow to import, and needed here alone

    assert list(Package.metadata_validate(json.loads((release / DESCRIPTOR).read_text("utf-8")))) == []


def test_the_stock_command_finds_the_csv_zip_valid(release: Path) -> None:
    done = subprocess.run([*FRICTIONLESS, "--json", str(release / CSV_ZIP)], capture_output=True, check=False)
    report = json.loads(done.stdout)
    assert report["valid"], done.stdout
    assert {task["name"]: task["stats"]["errors"] for task in report["tasks"]} == dict.fromkeys(resource_names(), 0)


def test_parquet_holds_schema_and_descriptions(release: Path) -> None:
    schema = pq.ParquetFile(release / "data/metrics.parquet").schema_arrow
    assert json.loads(schema.metadata[b"table_schema"]) == schema_of("metrics").descriptor
    assert schema.field("value").metadata[b"title"] == b"Value"
    assert schema.field("unit").nullable is False


def test_rows_stand_in_key_order(release: Path) -> None:
    found = pq.read_table(release / "data/entities.parquet")["entity_id"].to_pylist()
    assert found == sorted(found)


def test_a_spreadsheet_runs_no_cell(release: Path) -> None:
    with ZipFile(release / CSV_ZIP) as file:
        for name in resource_names():
            options = csv.ConvertOptions(column_types={field.name: pa.string() for field in schema_of(name).fields})
            table = csv.read_csv(
                io.BytesIO(file.read(f"data/{name}.csv")),
                convert_options=options,
                parse_options=csv.ParseOptions(newlines_in_values=True),
            )
            cells = [cell for column in table.columns for cell in column.to_pylist()]
            assert not [cell for cell in cells if cell and cell[0] in "=+-@\t\r\n"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), max_size=5))
def test_one_apostrophe_taken_away_gives_every_text_back(texts: list[str]) -> None:
    rows = [Indicator(f"i{number}", text, "d.", None, None, (), "s") for number, text in enumerate(texts)]
    written = b"".join(csv_pieces(to_arrow("indicators", rows), schema_of("indicators")))
    columns = {field.name: pa.string() for field in schema_of("indicators").fields}
    read = csv.read_csv(
        io.BytesIO(written),
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(column_types=columns, quoted_strings_can_be_null=False, null_values=[""]),
    )
    back = [re.sub("^'('*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])", r"\1", cell) for cell in read["label"].to_pylist()]
    assert sorted(back) == sorted(texts)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(5)), st.integers(1, 4))
def test_a_logical_digest_knows_rows_not_order_or_chunks(order: list[int], cut: int) -> None:
    rows = [Indicator(f"i{number}", f"L{number}", "d.", None, None, ("a", "b"), "s") for number in range(5)]
    turned = to_arrow("indicators", [rows[index] for index in order])
    chunked = pa.concat_tables([turned.slice(0, cut), turned.slice(cut)])
    assert _digest(chunked) == _digest(to_arrow("indicators", rows))
    other = to_arrow("indicators", [*rows[:4], rows[4]._replace(aliases=("a",))])
    assert _digest(other) != _digest(turned)


def _digest(table: pa.Table) -> str:
    return logical_digests({"indicators": table}, schemas())["indicators"]


def test_the_database_has_keys_comments_and_views(release: Path) -> None:
    with duckdb.connect(str(release / DATABASE), read_only=True) as connection:
        own = "table_name IN (SELECT table_name FROM duckdb_tables())"
        uncommented = f"FROM duckdb_columns() SELECT table_name, column_name WHERE comment IS NULL AND {own}"
        assert connection.sql(uncommented).fetchall() == []
        assert connection.sql("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").fetchall() == []
        views = connection.sql("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall()
        assert dict(views) == {view.name: view.comment for view in VIEWS}
        keys = connection.sql("SELECT constraint_type, count(*) FROM duckdb_constraints() GROUP BY ALL").fetchall()
        assert dict(keys)["PRIMARY KEY"] == len(resource_names())
        assert dict(keys)["FOREIGN KEY"] == sum(len(schema_of(name).foreign_keys) for name in resource_names())
        counts = {view.name: len(connection.sql(f"FROM {view.name}").fetchall()) for view in VIEWS}
    expected = {"metrics_read": 3, "tasks_read": 2, "growth": 2, "latest": 3, "conflicts": 2, "commitments_by_theme": 1}
    assert counts == expected


def test_the_database_holds_nothing_of_the_process_that_had_it_written(
    tables: Tables, sources: Mapping[str, Source], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELEASE_TEST_SECRET", "zebra-in-the-environment")
    dropped = duckdb.connect()
    dropped.execute("CREATE TABLE gone AS SELECT 'zebra-in-a-dropped-table-' || range AS it FROM range(100000)")
    dropped.execute("DROP TABLE gone")
    built = make_release(tables, tmp_path / "a", sources)
    written = (built.folder / DATABASE).read_bytes()
    for trace in (b"zebra", str(tmp_path).encode(), str(Path(sys.executable).parent).encode(), os.fsencode(Path.cwd())):
        assert trace not in written


def test_a_database_that_cannot_be_written_is_told_in_one_line(
    tables: Tables, sources: Mapping[str, Source], tmp_path: Path
) -> None:
    (tmp_path / "a" / DATABASE).mkdir(parents=True)
    with pytest.raises(TargetError, match="the database could not be written") as raised:
        make_release(tables, tmp_path / "a", sources)
    assert "\n" not in str(raised.value)


def test_the_process_that_writes_the_database_loads_little() -> None:
    heavy = {"pyarrow", "frictionless", "prefect", "flows.parse"}
    program = f"import sys, flows.release.database; print({heavy} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_database_wants_our_parquet(tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    pq.write_table(pa.table({"a": [1]}), tmp_path / "data/a.parquet")
    with pytest.raises(SchemaError, match="holds no Table Schema"):
        write_database(tmp_path, tmp_path / "x.duckdb")
    (tmp_path / "data/a.parquet").unlink()
    write_parquet(tables, tmp_path)
    (tmp_path / "data/documents.parquet").unlink()
    with pytest.raises(SchemaError, match="no Parquet file of documents"):
        write_database(tmp_path, tmp_path / "y.duckdb")


def test_rows_that_stand_above_themselves_are_refused_by_the_database(
    rows: dict[str, list[Any]], tmp_path: Path
) -> None:
    rows["entities"][2] = rows["entities"][2]._replace(broader_id="steel")
    write_parquet(to_tables(rows), tmp_path)
    with pytest.raises(SchemaError, match="entities: some rows stand above themselves"):
        write_database(tmp_path, tmp_path / "x.duckdb")


def test_a_folder_that_cannot_be_written_is_told(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="the release could not be written"):
        write_tables(tables, tmp_path / "missing")


def test_a_release_without_rows_is_whole(tmp_path: Path) -> None:
    built = make_release(to_tables({}), tmp_path / "a", {})
    assert set(built.rows.values()) == {0}


def test_the_readme_tells_counts_findings_and_every_column(release: Path) -> None:
    text = (release / README).read_text("utf-8")
    assert "| `metrics` | 3 |" in text
    assert "Read “103,00” anew." in text
    for name in resource_names():
        assert f"### {name}" in text
        assert all(f"| `{field.name}` |" in text for field in schema_of(name).fields)
    assert str(Path.cwd()) not in text


def test_the_readme_s_sql_runs(release: Path) -> None:
    (script,) = re.findall(r"```sql\n(.*?)```", (release / README).read_text("utf-8"), re.DOTALL)
    program = f"import duckdb\nfor line in {script!r}.splitlines(): duckdb.sql(line) and duckdb.sql(line).fetchall()"
    subprocess.run([sys.executable, "-c", program], cwd=release, check=True)
