"""``newind plan`` and ``newind diff``: what would change, and what did."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from flows.preview import preview, preview_text
from flows.release.objects import Access
from flows.release.released import read_table
from flows.schema import resource_names
from flows.settings import Settings
from tests.making import CREATED, make_release
from tests.test_cli import Run, run

__all__ = ["run"]  # a fixture


@pytest.fixture(scope="module")
def raw(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two of the five texts."""
    folder = tmp_path_factory.mktemp("raw")
    for name in ("china-policy-miit-work-conference-2024", "scio-summary-industry-first-three-quarters-2024"):
        shutil.copy(root / "raw" / f"{name}.txt", folder)
    return folder


def test_plan_of_what_is_out(run: Run, root: Path, dist: Path) -> None:
    before = sorted(dist.rglob("*"))
    ended = run("plan", "--raw", root / "raw", "--dist", dist)
    told = "nothing would be published: No row, value or schema has changed since 1.0.0.\n"
    assert ended == (0, told, "")
    assert sorted(dist.rglob("*")) == before


def test_plan_of_a_first_release(run: Run, raw: Path, tmp_path: Path) -> None:
    ended = run("plan", "--raw", raw, "--dist", tmp_path / "none")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("1.0.0 would be the first release: ")
    assert "- first: This is the first release." in ended.out
    assert not (tmp_path / "none").exists()


def test_plan_says_what_would_go_and_why(run: Run, raw: Path, dist: Path) -> None:
    ended = run("plan", "--raw", raw, "--dist", dist)
    assert ended.code == 0
    assert ended.out.startswith("2.0.0 would follow 1.0.0: ")
    assert "- major: 3 rows were removed from documents." in ended.out
    assert "Gone texts: `qiushi-miit-key-tasks-new-industrialization`, " in ended.out


def test_plan_holds_to_the_version_that_is_asked_for(run: Run, raw: Path, dist: Path) -> None:
    assert run("plan", "--raw", raw, "--dist", dist, "--version", "3.1.0").out.startswith("3.1.0 would follow 1.0.0")
    ended = run("plan", "--raw", raw, "--dist", dist, "--version", "1.4.0")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("newind: --version: 1.4.0 is too low; the changes ask for 2.0.0 or higher (")


def test_plan_stops_at_a_text_that_cannot_be_read_or_sets_it_aside(run: Run, raw: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(raw, tmp_path / "raw")
    (folder / "bad.txt").write_bytes(b"\xff")
    ended = run("plan", "--raw", folder, "--dist", tmp_path)
    assert (ended.code, ended.out) == (1, "")
    told = f"{folder}/bad.txt: is not UTF-8 (byte 0 is 0xFF); save it as UTF-8"
    assert ended.err == f"newind: {told}\nnewind: --quarantine publishes the other 2 texts without them\n"
    seen = preview(Settings(folder, tmp_path, CREATED, quarantine=True), Access({}))
    assert (seen.change.rows["documents"], seen.change.rows["rejected"]) == (2, 1)
    assert "\nrejected raw/bad.txt: it is not UTF-8 (byte 0 is 0xFF); save it as UTF-8\n" in preview_text(seen)


def test_diff_of_a_release_with_itself(run: Run, dist: Path) -> None:
    ended = run("diff", "1.0.0", dist / "1.0.0", "--dist", dist)
    assert ended == (0, "No row, value or schema has changed since 1.0.0.\n", "")


@pytest.fixture(scope="module")
def corrected(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """1.0.0 with one value corrected."""
    tables = {name: read_table(dist / "1.0.0", name) for name in resource_names()}
    values = tables["metrics"]["value"].to_pylist()
    place = tables["metrics"].column_names.index("value")
    tables["metrics"] = tables["metrics"].set_column(
        place, tables["metrics"].schema.field(place), [[values[0] + 1, *values[1:]]]
    )
    return make_release(tables, tmp_path_factory.mktemp("corrected"), previous=dist / "1.0.0").folder


def test_diff_in_words(run: Run, dist: Path, corrected: Path) -> None:
    ended = run("diff", "1.0.0", corrected, "--dist", dist)
    assert (ended.code, ended.err) == (1, "")
    assert ended.out.startswith("- patch: 1 row was corrected in metrics.\n")
    assert "### metrics\n\nCorrected:\n\n- `" in ended.out


def test_diff_for_programs(run: Run, dist: Path, corrected: Path) -> None:
    ended = run("diff", "1.0.0", corrected, "--dist", dist, "--format", "json")
    assert ended.code == 1
    told = json.loads(ended.out)
    assert (told["previous"], told["version"]) == ("1.0.0", "1.0.1")
    rows = run("diff", corrected, "1.0.0", "--dist", dist, "--format", "csv")
    [row] = csv.DictReader(io.StringIO(rows.out))
    assert (rows.code, row["resource"], row["kind"], row["field"]) == (1, "metrics", "corrected", "value")
    assert float(row["old"]) == float(row["new"]) + 1


def test_diff_of_what_is_no_release(run: Run, dist: Path, tmp_path: Path) -> None:
    ended = run("diff", "1.0.0", tmp_path, "--dist", dist)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"newind: {tmp_path}/datapackage.json: there is no such file\n"
    assert run("diff", "1.0.0", "9.9.9", "--dist", dist).err.count("\n") == 1
