"""The commands that look after releases, as a user calls them."""

import json
import shutil
from pathlib import Path

import pytest

from tests.test_cli import Run, run

__all__ = ["run"]


@pytest.fixture
def folder(dist: Path, tmp_path: Path) -> Path:
    """A folder of releases that a test may change."""
    return shutil.copytree(dist, tmp_path / "dist")


def test_the_catalogue_is_printed(run: Run, folder: Path) -> None:
    ended = run("catalog", "--to", folder)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("1.0.0  2024-12-01  latest\n")
    assert "  DuckDB >=1.1.3\n" in ended.out
    told = run("catalog", "--to", folder, "--format", "json").out
    assert told == (folder / "catalog.json").read_text("utf-8")
    (folder / "catalog.json").unlink()
    assert run("catalog", "--to", folder, "--rebuild", "--format", "json").out == told
    assert (folder / "catalog.json").read_text("utf-8") == told


def test_a_catalogue_of_nothing(run: Run, tmp_path: Path) -> None:
    assert run("catalog", "--to", tmp_path) == (
        0,
        "",
        f"newind: no release in {tmp_path}; run `newind publish` first\n",
    )
    assert run("catalog", "--to", tmp_path, "--rebuild").code == 1
    assert run("catalog", "--format", "xml").code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_release_is_withdrawn(run: Run, folder: Path) -> None:
    ended = run("withdraw", "1.0.0", "--reason", "Read\n twice.", "--to", folder)
    assert ended == (0, "1.0.0 withdrawn: Read twice.; nothing takes its place yet\n", "")
    assert json.loads((folder / "catalog.json").read_text("utf-8"))["latest"] is None
    assert "withdrawn: Read twice." in run("catalog", "--to", folder).out
    asked = run("query", "SELECT 1", "--dist", folder)
    warned = "newind: 1.0.0 was withdrawn: Read twice.; nothing takes its place yet\n"
    assert (asked.code, asked.err) == (0, warned)
    again = run("withdraw", "1.0.0", "--reason", "Other.", "--to", folder)
    assert (again.code, again.out, again.err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize("arguments", [["9.9.9", "--reason", "x"], ["1.0.0", "--reason", " "], ["..", "--reason", "x"]])
def test_what_cannot_be_withdrawn(run: Run, folder: Path, arguments: list[str]) -> None:
    before = (folder / "catalog.json").read_bytes()
    ended = run("withdraw", *arguments, "--to", folder)
    assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
    assert (folder / "catalog.json").read_bytes() == before


def test_a_release_is_verified_by_its_target(run: Run, folder: Path) -> None:
    for name in (folder, f"{folder}@1.0.0", folder / "1.0.0", f"file://{folder}@1.0.0"):
        ended = run("verify", name)
        assert (ended.code, ended.err) == (0, "")
        assert "ok     8 of 8 properties of the release in catalog.json are what its files say\n" in ended.out
    assert run("verify", f"{folder}@1.0.1").err == f"newind: {folder}: no release 1.0.1; there are 1.0.0\n"
    assert run("verify", "1.0.0", "--dist", folder) == run("verify", folder)


def test_a_forged_release_is_not_what_its_catalogue_says(run: Run, folder: Path) -> None:
    text = (folder / "catalog.json").read_text("utf-8")
    (folder / "catalog.json").write_text(text.replace('"digest": "sha256:', '"digest": "sha256:0'), "utf-8")
    ended = run("verify", folder)
    assert ended.code == 1
    assert "FAILED only 7 of 8 properties of the release in catalog.json are what its files say\n" in ended.out
    assert "1.0.0: catalog.json says another digest than the release's own files\n" in ended.out


def test_a_corrupt_catalogue_is_told_in_one_line(run: Run, folder: Path) -> None:
    (folder / "catalog.json").write_text("{", "utf-8")
    for arguments in (["verify", folder], ["catalog", "--to", folder], ["publish", "--dist", folder]):
        ended = run(*arguments)
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1), arguments
        assert "this is no catalogue" in ended.err
