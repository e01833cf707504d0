"""What changed between two releases: counted, listed row by row, told to people and programs, carried along."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import duckdb
import jsonschema
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.errors import TargetError
from flows.records import Indicator
from flows.release.compare import RowCounts, compare
from flows.release.names import CHANGES_JSON, CHANGES_TEXT, DATABASE, DESCRIPTOR, DIGESTS
from flows.release.parquet import write_tables
from flows.release.verify import verify
from flows.resources import schemas_folder
from flows.schema import resource_names, to_tables
from tests.making import make_release

if TYPE_CHECKING:
    from pathlib import Path

Rows = dict[str, list[Any]]


@pytest.fixture
def second(rows: Rows, release: Path, tmp_path: Path) -> Path:
    """1.0.0 with one value corrected, one emptied, a speaker added, and a document gone with all its rows."""
    gone = "report-2023"
    kept = {name: [row for row in found if getattr(row, "document_id", None) != gone] for name, found in rows.items()}
    kept["metrics"][0] = kept["metrics"][0]._replace(value=6.3, period_text=None)
    kept["speakers"].append(kept["speakers"][0]._replace(speaker_id="li"))
    built = make_release(to_tables(kept), tmp_path / "2.0.0", previous=release)
    assert built.version == "2.0.0"
    return built.folder


def test_equal_releases_have_no_difference(rows: Rows, release: Path, tmp_path: Path) -> None:
    write_tables(to_tables(rows), tmp_path)
    found = compare(release, tmp_path)
    assert found.equal
    assert found.rows.num_rows == 0
    assert found.counts["metrics"] == RowCounts(0, 0, 0, 3)


def test_every_change_is_a_row(release: Path, second: Path) -> None:
    found = compare(release, second)
    assert not found.equal
    assert found.counts["metrics"] == RowCounts(0, 1, 1, 1)
    metrics = [row for row in found.rows.to_pylist() if row["resource"] == "metrics"]
    corrected = [(row["field"], row["old"], row["new"]) for row in metrics if row["kind"] == "corrected"]
    assert corrected == [("period_text", "in 2023", None), ("value", "6.2", "6.3")]
    assert [(row["kind"], row["field"], row["old"], row["new"]) for row in metrics if row["kind"] != "corrected"] == [
        ("removed", None, None, None)
    ]


def test_the_key_of_several_columns_is_what_explain_takes(release: Path, rows: Rows, tmp_path: Path) -> None:
    built = make_release(to_tables({**rows, "appearances": []}), tmp_path / "b", previous=release)
    [row] = [row for row in compare(release, built.folder).rows.to_pylist() if row["resource"] == "appearances"]
    assert row["key"] == "briefing-2024/jin-li/speaker"


def test_the_changes_are_told_to_people(second: Path) -> None:
    text = (second / CHANGES_TEXT).read_text("utf-8")
    assert "## 2.0.0 (2024-07-31)\n\n- major: 1 row was removed from documents." in text
    assert "- patch: 1 row was corrected in metrics." in text
    assert "Gone texts: `report-2023`." in text
    assert "\nRemoved:\n\n- `report-2023`: “" in text
    assert "| metrics | 0 | 1 | 1 | 1 |" in text
    assert ", value: “6.2” → “6.3”\n" in text
    assert ", period_text: “in 2023” → nothing\n" in text
    assert text.index("## 2.0.0") < text.index("## 1.0.0 (2024-07-31)\n\n- first: This is the first release.")
    assert text.count("# Changes\n") == 1


def test_the_changes_are_told_to_programs(release: Path, second: Path) -> None:
    schema = json.loads((schemas_folder() / "files/changes.schema.json").read_text("utf-8"))
    first, told = (json.loads((folder / CHANGES_JSON).read_text("utf-8")) for folder in (release, second))
    for file in (first, told):
        jsonschema.validate(file, schema, cls=jsonschema.Draft202012Validator)
    assert first["documents"]["added"] == ["briefing-2024", "report-2023"]
    assert (told["version"], told["previous"]) == ("2.0.0", "1.0.0")
    assert told["documents"] == {"added": [], "removed": ["report-2023"]}
    assert told["reasons"][0] == {"level": "major", "text": "1 row was removed from documents."}
    assert {"name": "metrics", "added": 0, "removed": 1, "corrected": 1, "unchanged": 1} in told["resources"]


def test_the_table_of_changes_goes_on_from_version_to_version(rows: Rows, second: Path, tmp_path: Path) -> None:
    rows["speakers"].append(rows["speakers"][0]._replace(speaker_id="li"))
    built = make_release(to_tables(rows), tmp_path / "2.1.0", previous=second)
    assert built.version == "2.1.0"
    before, now = (pq.read_table(folder / "data/changes.parquet") for folder in (second, built.folder))
    assert set(now["version"].to_pylist()) == {"2.0.0", "2.1.0"}
    assert set(before["change_id"].to_pylist()) < set(now["change_id"].to_pylist())
    with duckdb.connect(str(built.folder / DATABASE), read_only=True) as connection:
        since = "FROM changes_since('{}') SELECT DISTINCT version ORDER BY version"
        assert connection.sql(since.format("1.0.0")).fetchall() == [("2.0.0",), ("2.1.0",)]
        assert connection.sql(since.format("2.0.0")).fetchall() == [("2.1.0",)]
        assert connection.sql(since.format("10.0.0")).fetchall() == []
    assert all(check.ok for check in verify(built.folder))


def test_a_schema_has_a_version_of_its_own(rows: Rows, release: Path, tmp_path: Path) -> None:
    path = release / DESCRIPTOR
    package = json.loads(path.read_text("utf-8"))
    assert {it["schemaVersion"] for it in package["resources"]} == {"1.0.0"}
    for resource in package["resources"]:
        if resource["name"] == "speakers":
            resource["schema"]["fields"][1]["description"] = "Another."
            resource["schemaVersion"] = "1.2.0"
    path.write_text(json.dumps(package), "utf-8")
    built = make_release(to_tables(rows), tmp_path / "b", previous=release)
    now = json.loads((built.folder / DESCRIPTOR).read_text("utf-8"))
    assert {it["name"]: it["schemaVersion"] for it in now["resources"] if it["schemaVersion"] != "1.0.0"} == {
        "speakers": "1.2.1"
    }


def test_a_release_without_a_table_of_changes_can_be_followed(rows: Rows, release: Path, tmp_path: Path) -> None:
    path = release / DESCRIPTOR
    package = json.loads(path.read_text("utf-8"))
    package["resources"] = [it for it in package["resources"] if it["name"] != "changes"]
    path.write_text(json.dumps(package), "utf-8")
    (release / CHANGES_TEXT).unlink()
    rows["metrics"][0] = rows["metrics"][0]._replace(value=6.3)
    built = make_release(to_tables(rows), tmp_path / "b", previous=release)
    assert pq.read_table(built.folder / "data/changes.parquet").num_rows == 1


def test_a_release_that_has_lost_a_file_cannot_be_compared(release: Path, second: Path) -> None:
    (release / "data/metrics.parquet").unlink()
    with pytest.raises(TargetError, match=r"its tables cannot be compared: .*metrics\.parquet") as raised:
        compare(release, second)
    assert "\n" not in str(raised.value)


def test_the_release_s_own_script_gives_its_logical_digests(release: Path) -> None:
    program = "import duckdb, sys; print(dict(duckdb.sql(sys.stdin.read()).fetchall()))"
    script = (release / DIGESTS).read_text("utf-8")
    done = subprocess.run(
        [sys.executable, "-c", program], input=script, cwd=release, capture_output=True, text=True, check=True
    )
    package = json.loads((release / DESCRIPTOR).read_text("utf-8"))
    assert done.stdout.strip() == str(
        {it["name"]: it["logicalDigest"] for it in sorted(package["resources"], key=lambda it: it["name"])}
    )
    assert len(package["resources"]) == len(resource_names())


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4)
INDICATORS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(
        lambda label, unit, aliases: Indicator("", label, "d.", unit, None, tuple(aliases), "s"),
        TEXTS,
        st.none() | st.just("percent"),
        st.lists(st.sampled_from(["x", "y"]), max_size=2),
    ),
    max_size=5,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(INDICATORS, INDICATORS)
def test_the_changes_lead_from_one_table_to_the_other(
    tmp_path_factory: pytest.TempPathFactory, was: dict[str, Indicator], now: dict[str, Indicator]
) -> None:
    folders = []
    for rows in (was, now):
        folder = tmp_path_factory.mktemp("side")
        write_tables(to_tables({"indicators": [row._replace(indicator_id=key) for key, row in rows.items()]}), folder)
        folders.append(folder)
    found = compare(*folders)
    table = {key: _texts(row) for key, row in was.items()}
    for row in found.rows.to_pylist():
        if row["kind"] == "removed":
            del table[row["key"]]
        elif row["kind"] == "added":
            table[row["key"]] = _texts(now[row["key"]])
        else:
            assert table[row["key"]][row["field"]] == row["old"] != row["new"]
            table[row["key"]][row["field"]] = row["new"]
    assert table == {key: _texts(row) for key, row in now.items()}
    assert found.equal == (was == now)


def _texts(row: Indicator) -> dict[str, str | None]:
    cells = row._replace(indicator_id="")._asdict()
    return {name: "|".join(cell) or None if isinstance(cell, tuple) else cell for name, cell in cells.items()}
