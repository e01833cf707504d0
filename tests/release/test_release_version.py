"""From what changed to the next version, with reasons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from flows.errors import TargetError, VersionError
from flows.release.build import plan_release
from flows.release.names import DESCRIPTOR
from flows.release.parquet import write_tables
from flows.release.schema_changes import schema_changes
from flows.release.version import Plan, Reason, raised
from flows.schema import schemas, to_tables
from flows.table_schema import Schema, read_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Rows = dict[str, list[Any]]


def _plan(rows: Rows, newest: Path | None, folder: Path, asked: str | None = None) -> Plan:
    staging = folder / "staging"
    staging.mkdir(exist_ok=True)
    write_tables(to_tables(rows), staging)
    return plan_release(staging, newest, asked).plan


def test_the_first_release_is_1_0_0(rows: Rows, tmp_path: Path) -> None:
    assert _plan(rows, None, tmp_path) == Plan("1.0.0", (Reason("first", "This is the first release."),), None)


def test_nothing_changed_is_no_version(rows: Rows, release: Path, tmp_path: Path) -> None:
    turned = {name: found[::-1] for name, found in rows.items()}
    told = Reason("none", "No row, value or schema has changed since 1.0.0.")
    assert _plan(turned, release, tmp_path) == Plan(None, (told,), "1.0.0")


def test_a_corrected_value_is_a_patch(rows: Rows, release: Path, tmp_path: Path) -> None:
    rows["metrics"][0] = rows["metrics"][0]._replace(value=6.3)
    told = Reason("patch", "1 row was corrected in metrics.")
    assert _plan(rows, release, tmp_path) == Plan("1.0.1", (told,), "1.0.0")


def test_an_added_row_is_minor_and_a_removed_one_major(rows: Rows, release: Path, tmp_path: Path) -> None:
    rows["speakers"] += [rows["speakers"][0]._replace(speaker_id=name) for name in ("a", "b")]
    added = Reason("minor", "2 rows were added to speakers.")
    assert _plan(rows, release, tmp_path)[:2] == ("1.1.0", (added,))
    rows["findings"].pop()
    removed = Reason("major", "1 row was removed from findings.")
    assert _plan(rows, release, tmp_path)[:2] == ("2.0.0", (removed, added))


def test_numbers_are_raised_as_numbers(rows: Rows, release: Path, tmp_path: Path) -> None:
    rows["findings"].pop()
    folder = release.rename(release.with_name("9.10.11"))
    assert _plan(rows, folder, tmp_path).version == "10.0.0"


@pytest.mark.parametrize(("asked", "version"), [("1.0.1", "1.0.1"), ("1.0.7", "1.0.7"), ("3.0.0", "3.0.0")])
def test_a_publisher_may_ask_for_a_higher_version(
    rows: Rows, release: Path, tmp_path: Path, asked: str, version: str
) -> None:
    rows["metrics"][0] = rows["metrics"][0]._replace(value=6.3)
    plan = _plan(rows, release, tmp_path, asked)
    assert plan.version == version
    asked_for = Reason("asked", f"The publisher asked for {asked}; the changes alone make it 1.0.1.")
    assert (asked_for in plan.reasons) == (asked != "1.0.1")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("1.0.0", r"1\.0\.0 is too low; the changes ask for 1\.0\.1 or higher \(1 row was corrected in metrics\.\)"),
        ("0.9.0", r"0\.9\.0 is too low"),
        ("1.1", r"'1\.1' is no version; write three numbers, such as 1\.4\.0"),
        ("1.02.0", "is no version"),
        ("2.0.0-beta", "is no version"),
    ],
)
def test_a_version_that_is_too_low_or_none_is_refused(
    rows: Rows, release: Path, tmp_path: Path, asked: str, told: str
) -> None:
    rows["metrics"][0] = rows["metrics"][0]._replace(value=6.3)
    with pytest.raises(VersionError, match=told):
        _plan(rows, release, tmp_path, asked)


def test_a_version_that_is_out_is_refused_and_a_higher_one_may_say_the_same(
    rows: Rows, release: Path, tmp_path: Path
) -> None:
    with pytest.raises(VersionError, match=r"1\.0\.0 is out already and nothing has changed since"):
        _plan(rows, release, tmp_path, "1.0.0")
    plan = _plan(rows, release, tmp_path, "2.0.0")
    assert plan[:2] == (
        "2.0.0",
        (Reason("asked", "The publisher asked for 2.0.0; the changes alone make it 1.0.0."),),
    )


def _changed(change: Callable[[dict[str, Any]], object], name: str = "speakers") -> dict[str, Schema]:
    descriptor = json.loads(json.dumps(schemas()[name].descriptor))
    change(descriptor)
    return {**schemas(), name: read_schema(json.dumps(descriptor), name)}


SCHEMA_CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str, str]] = {
    "description": (lambda it: it["fields"][1].update(description="Other."), "1.0.1", "The descriptions of speakers"),
    "removed": (lambda it: it["fields"].pop(), "2.0.0", "The columns of speakers changed: organisation was removed."),
    "renamed": (
        lambda it: it["fields"][5].update(name="body"),
        "2.0.0",
        "The columns of speakers changed: organisation was removed, body was added.",
    ),
    "retyped": (
        lambda it: it["fields"][5].update(type="integer", constraints={}),
        "2.0.0",
        "The columns of speakers changed: organisation is now of type integer.",
    ),
    "reordered": (lambda it: it["fields"].reverse(), "2.0.0", "The columns of speakers changed: their order."),
    "tightened": (
        lambda it: it["fields"][2]["constraints"].update(required=True),
        "2.0.0",
        "The constraints of speakers.name_native were tightened.",
    ),
    "narrower list": (
        lambda it: it["fields"][3]["constraints"].update(enum=["person"]),
        "2.0.0",
        "The constraints of speakers.kind were tightened.",
    ),
    "wider list": (
        lambda it: it["fields"][3]["constraints"]["enum"].append("machine"),
        "1.1.0",
        "The constraints of speakers.kind were loosened.",
    ),
    "longer text": (
        lambda it: it["fields"][2]["constraints"].update(minLength=0),
        "1.1.0",
        "The constraints of speakers.name_native were loosened.",
    ),
    "our own property": (lambda it: it.update(unit="%"), "1.0.1", "The descriptions of speakers were corrected."),
    "key": (lambda it: it.update(primaryKey=["name"]), "2.0.0", "The primary key of speakers is now name."),
    "unique key": (lambda it: it.update(uniqueKeys=[["name"]]), "2.0.0", "speakers has new unique or foreign keys."),
}


@pytest.mark.parametrize("case", SCHEMA_CHANGES)
def test_a_changed_schema_is_told(case: str) -> None:
    change, expected, reason = SCHEMA_CHANGES[case]
    found = list(schema_changes(schemas(), _changed(change)))
    assert raised("1.0.0", max(it.level for it in found)) == expected
    assert {it.resource for it in found} == {"speakers"}
    assert any(it.sentence.startswith(reason) for it in found), found


def test_a_table_gone_or_new_is_told(rows: Rows, release: Path, tmp_path: Path) -> None:
    path = release / DESCRIPTOR
    package = json.loads(path.read_text("utf-8"))
    package["resources"] = [it for it in package["resources"] if it["name"] != "speakers"]
    path.write_text(json.dumps(package), "utf-8")
    assert _plan(rows, release, tmp_path)[:2] == ("1.1.0", (Reason("minor", "The table speakers was added."),))
    (tmp_path / "staging/data/findings.parquet").unlink()
    told = plan_release(tmp_path / "staging", release).plan.reasons[0]
    assert told == Reason("major", "The table findings was removed.")


def test_a_broken_release_is_told(rows: Rows, release: Path, tmp_path: Path) -> None:
    (release / DESCRIPTOR).write_text("{")
    with pytest.raises(TargetError, match="this is no descriptor of a release"):
        _plan(rows, release, tmp_path)
