"""The catalogue of a folder: it follows the releases, to the byte, and one clear line where it cannot."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import jsonschema
import pytest

from flows.errors import ReleaseExistsError, ReleaseNotFoundError, TargetError
from flows.release.catalogue import as_text, catalogue_text, derive, read_catalogue
from flows.release.entry import entry_of
from flows.release.names import CATALOGUE, CHANGES_JSON, CHECKSUMS, DESCRIPTOR
from flows.release.store import LocalTarget
from flows.release.verify import listing
from flows.resources import schemas_folder
from tests.release.small import write_small

if TYPE_CHECKING:
    from pathlib import Path

    from tests.killing import Stock


def _publish(target: LocalTarget, version: str, previous: str | None) -> list[str]:
    """Publish a small release, and return the lines that the target said."""
    said: list[str] = []
    with target.stage(said.append) as staging:
        target.publish(write_small(staging, version, previous=previous), version)
    return said


@pytest.fixture
def target(tmp_path: Path) -> LocalTarget:
    """A folder with three releases."""
    target = LocalTarget(tmp_path / "dist")
    for version, previous in (("1.0.0", None), ("1.9.0", "1.0.0"), ("1.10.0", "1.9.0")):
        assert _publish(target, version, previous) == []
    return target


def _text(target: LocalTarget) -> str:
    return (target.dist / CATALOGUE).read_text("utf-8")


def test_it_tells_of_every_release_oldest_first(target: LocalTarget) -> None:
    told = json.loads(_text(target))
    assert (told["name"], told["latest"]) == ("new-industrialization", "1.10.0")
    assert [release["version"] for release in told["releases"]] == ["1.0.0", "1.9.0", "1.10.0"]
    assert told["releases"][1] == {
        "version": "1.9.0",
        "path": "1.9.0",
        "previous": "1.0.0",
        "created": "2024-12-01T00:00:00Z",
        "reasons": [{"level": "minor", "text": "Rows were added since 1.0.0."}],
        "digest": entry_of(target.dist / "1.9.0", "")["digest"],
        "duckdb": None,
        "resources": [
            {
                "name": "a",
                "schemaVersion": None,
                "rowCount": 3,
                "bytes": None,
                "hash": "sha256:a",
                "logicalDigest": "sha256:b",
            }
        ],
        "withdrawn": None,
    }


def test_of_a_real_release_it_knows_digests_rows_and_readers(release: Path) -> None:
    entry = entry_of(release, "1.0.0")
    rows = {resource["name"]: resource["rowCount"] for resource in entry["resources"]}
    assert (rows["metrics"], rows["documents"]) == (3, 2)
    assert all(resource["hash"].startswith("sha256:") for resource in entry["resources"])
    assert entry["duckdb"] == ">=1.1.3"
    assert listing(release, derive([entry], {})).ok


def test_it_is_as_its_schema_describes_it(stock: Stock, tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    for version, folder in stock.folders.items():
        with target.stage() as staging:
            shutil.copytree(folder, staging, dirs_exist_ok=True)
            target.publish(staging, version)
    target.withdraw("1.0.0", "Wrong.")
    told = json.loads(_text(target))
    assert told["releases"][2]["resources"][2]["schemaVersion"] == "1.0.0"
    assert told["releases"][2]["reasons"]
    schema = json.loads((schemas_folder() / "files/catalog.schema.json").read_text("utf-8"))
    jsonschema.validate(told, schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize("name", ["created", "digest", "duckdb"])
def test_a_catalogue_that_says_otherwise_is_found(release: Path, name: str) -> None:
    entry = {**entry_of(release, "1.0.0"), name: "other"}
    check = listing(release, derive([entry], {}))
    assert check.failures == (f"1.0.0: catalog.json says another {name} than the release's own files",)
    assert listing(release, derive([], {})).failures == ("1.0.0: catalog.json does not list it",)


def test_rebuilt_it_is_the_same_to_the_byte(target: LocalTarget) -> None:
    target.withdraw("1.9.0", "Wrong.")
    before = _text(target)
    (target.dist / CATALOGUE).unlink()
    assert target.rebuild() == read_catalogue(before, "")
    assert _text(target) == before
    (target.dist / CATALOGUE).write_text("{", "utf-8")
    target.rebuild()
    assert _text(target) == before


def test_a_withdrawn_release_stays_and_names_its_successor(target: LocalTarget) -> None:
    before = (target.dist / "1.9.0" / CHECKSUMS).read_bytes()
    catalogue = target.withdraw("1.9.0", "Two texts were read twice.")
    assert catalogue.release("1.9.0")["withdrawn"] == {"reason": "Two texts were read twice.", "successor": "1.10.0"}
    assert (catalogue.latest, target.versions()) == ("1.10.0", ("1.0.0", "1.9.0", "1.10.0"))
    assert (target.dist / "1.9.0" / CHECKSUMS).read_bytes() == before
    assert read_catalogue(_text(target), "") == catalogue


def test_what_stands_is_the_latest_and_the_successor_follows_the_releases(target: LocalTarget) -> None:
    assert target.withdraw("1.10.0", "Wrong.").latest == "1.9.0"
    with target.release() as folder:
        assert folder == target.dist / "1.9.0"
    assert target.catalogue().release("1.10.0")["withdrawn"]["successor"] == "1.9.0"
    assert target.newest() == target.dist / "1.10.0"  # what the next release is compared with
    _publish(target, "1.10.1", "1.10.0")
    assert target.catalogue().release("1.10.0")["withdrawn"]["successor"] == "1.10.1"
    for version in ("1.0.0", "1.9.0", "1.10.1"):
        catalogue = target.withdraw(version, "Wrong.")
    assert catalogue.latest is None
    assert {release["withdrawn"]["successor"] for release in catalogue.releases} == {None}


def test_a_release_is_withdrawn_once(target: LocalTarget) -> None:
    target.withdraw("1.9.0", "Wrong.")
    before = _text(target)
    with pytest.raises(ReleaseExistsError, match=r"1\.9\.0 was withdrawn already; .*1\.9\.0\.json says why"):
        target.withdraw("1.9.0", "Other.")
    with pytest.raises(ReleaseNotFoundError, match=r"no release 3\.0\.0"):
        target.withdraw("3.0.0", "Wrong.")
    assert _text(target) == before


def test_printed_the_newest_comes_first(target: LocalTarget) -> None:
    target.withdraw("1.9.0", "Wrong.")
    lines = as_text(target.catalogue()).splitlines()
    assert lines[:3] == ["1.10.0  2024-12-01  latest", "  minor: Rows were added since 1.9.0.", "  3 a"]
    assert "  withdrawn: Wrong.; use 1.10.0" in lines
    assert as_text(derive([], {})) == ""


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"releases": [1]}', '{"releases": [], "latest": "1.0.0"}', "[" * 99999, "\x00"]
)
def test_a_corrupt_catalogue_stops_every_command_in_one_line(target: LocalTarget, text: str) -> None:
    (target.dist / CATALOGUE).write_text(text, "utf-8")
    with pytest.raises(TargetError, match=r"this is no catalogue.*newind catalog --rebuild") as raised:
        target.catalogue()
    for work in (lambda: target.withdraw("1.9.0", "Wrong."), target.check, lambda: _publish(target, "2.0.0", "1.10.0")):
        with pytest.raises(TargetError) as again:
            work()
        assert str(again.value) == str(raised.value)
    assert "\n" not in str(raised.value)
    assert target.versions() == ("1.0.0", "1.9.0", "1.10.0")
    assert _text(target) == text


def test_bytes_that_are_no_text_are_no_catalogue(target: LocalTarget) -> None:
    (target.dist / CATALOGUE).write_bytes(b"\xff\xfe")
    with pytest.raises(TargetError, match="this is no catalogue"):
        target.catalogue()


def test_a_release_that_is_gone_is_told(target: LocalTarget) -> None:
    shutil.rmtree(target.dist / "1.9.0")
    with pytest.raises(
        TargetError, match=r"it names 1\.9\.0, which is gone; bring it back, or run `newind catalog --re"
    ):
        _publish(target, "2.0.0", "1.10.0")
    assert target.rebuild().versions() == ("1.0.0", "1.10.0")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        *((name, content) for name in (DESCRIPTOR, CHANGES_JSON) for content in ("", "[]", "[" * 99999)),
        (DESCRIPTOR, None),
        (DESCRIPTOR, '{"version": "1.9.0"}'),
        (DESCRIPTOR, '{"version": "1.9.0", "resources": 5}'),
        (CHANGES_JSON, '{"reasons": 5}'),
        (CHECKSUMS, None),
        (CHECKSUMS, "other"),
    ],
)
def test_a_broken_release_is_told_before_anything_is_built(target: LocalTarget, name: str, content: str | None) -> None:
    path = target.dist / "1.9.0" / name
    path.unlink()
    if content is not None:
        path.write_text(content, "utf-8")
    before = _text(target)
    with pytest.raises(TargetError, match=r"1\.9\.0") as raised:
        _publish(target, "2.0.0", "1.10.0")
    assert "\n" not in str(raised.value)
    assert _text(target) == before


def test_a_folder_with_another_release_s_files_is_told(target: LocalTarget) -> None:
    (target.dist / "1.9.0").rename(target.dist / "5.0.0")
    with pytest.raises(TargetError, match=r"5\.0\.0: this folder holds release 1\.9\.0"):
        target.rebuild()


def test_what_a_killed_run_had_published_is_listed_at_the_next(target: LocalTarget) -> None:
    write_small(target.dist / "1.11.0", "1.11.0", previous="1.10.0")  # all but the last step
    said = _publish(target, "1.12.0", "1.11.0")
    assert len(said) == 1
    assert "it now lists 1.11.0, which a run that broke off had published" in said[0]
    assert target.catalogue().versions() == ("1.0.0", "1.9.0", "1.10.0", "1.11.0", "1.12.0")


def test_what_a_killed_run_left_is_removed_with_a_line(target: LocalTarget) -> None:
    (target.dist / ".staging/release").mkdir(parents=True)
    (target.dist / ".new").write_text("{", "utf-8")
    said = _publish(target, "2.0.0", "1.10.0")
    assert said == [f"removed {target.dist / name}, which a killed run had left" for name in (".staging", ".new")]


@pytest.mark.parametrize("base", [None, "1.0.0", "1.9.0"])
def test_a_release_that_was_compared_with_another_is_refused(target: LocalTarget, base: str | None) -> None:
    told = rf"compared with {base or 'none'}, but 1\.10\.0 is the newest now; nothing was published; publish again"
    with pytest.raises(TargetError, match=told):
        _publish(target, "2.0.0", base)
    assert target.versions() == ("1.0.0", "1.9.0", "1.10.0")


def test_a_release_that_changed_after_it_was_built_is_refused(target: LocalTarget) -> None:
    with target.stage() as staging:
        write_small(staging, "2.0.0")
        with pytest.raises(TargetError, match=r"the release says that it is 2\.0\.0, not 2\.0\.1"):
            target.publish(staging, "2.0.1")
        (staging / "README.md").write_text("other", "utf-8")
        with pytest.raises(TargetError, match=r"changed after it was built; build it again: README\.md: its SHA-256"):
            target.publish(staging, "2.0.0")
    assert target.versions() == ("1.0.0", "1.9.0", "1.10.0")


def test_a_catalogue_that_cannot_be_written_does_not_hide_what_was_published(
    target: LocalTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with target.stage() as staging:
        write_small(staging, "2.0.0")
        monkeypatch.setattr("flows.release.local_catalogue.write_whole", refuse)
        with pytest.raises(
            TargetError, match=r"2\.0\.0 is published, but catalog\.json does not tell it yet: .*No space"
        ):
            target.publish(staging, "2.0.0")
    monkeypatch.undo()
    assert _publish(target, "2.0.1", "2.0.0") != []
    assert catalogue_text(target.catalogue()) == _text(target)
