"""From what changed to the next version, with reasons."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from flows.errors import TargetError
from flows.release import version
from flows.release.names import DESCRIPTOR
from flows.release.version import Plan, next_version
from flows.schema import schemas, to_tables
from flows.table_schema import Schema, read_schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Rows = dict[str, list[Any]]


def test_the_first_release_is_1_0_0(rows: Rows) -> None:
    assert next_version(to_tables(rows), None) == Plan("1.0.0", ("This is the first release.",), None)


def test_nothing_changed_is_no_version(rows: Rows, release: Path) -> None:
    turned = {name: found[::-1] for name, found in rows.items()}
    plan = next_version(to_tables(turned), release)
    assert plan == Plan(None, ("No row, value or schema has changed since 1.0.0.",), "1.0.0")


def test_a_corrected_value_is_a_patch(rows: Rows, release: Path) -> None:
    rows["metrics"][0] = rows["metrics"][0]._replace(value=6.3)
    assert next_version(to_tables(rows), release) == Plan("1.0.1", ("1 row was corrected in metrics.",), "1.0.0")


def test_an_added_row_is_minor_and_a_removed_one_major(rows: Rows, release: Path) -> None:
    rows["speakers"] += [rows["speakers"][0]._replace(speaker_id=name) for name in ("a", "b")]
    assert next_version(to_tables(rows), release)[:2] == ("1.1.0", ("2 rows were added to speakers.",))
    rows["findings"].pop()
    plan = next_version(to_tables(rows), release)
    assert plan[:2] == ("2.0.0", ("1 row was removed from findings.", "2 rows were added to speakers."))


def test_numbers_are_raised_as_numbers(rows: Rows, release: Path) -> None:
    rows["findings"].pop()
    folder = release.rename(release.with_name("9.10.11"))
    assert next_version(to_tables(rows), folder).version == "10.0.0"
    rows["findings"] = []
    assert next_version(to_tables({**rows, "speakers": []}), folder).version == "10.0.0"


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
    "key": (lambda it: it.update(primaryKey=["name"]), "2.0.0", "The primary key of speakers is now name."),
    "unique key": (lambda it: it.update(uniqueKeys=[["name"]]), "2.0.0", "speakers has new unique or foreign keys."),
}


@pytest.mark.parametrize("case", SCHEMA_CHANGES)
def test_a_changed_schema_is_told(rows: Rows, release: Path, monkeypatch: pytest.MonkeyPatch, case: str) -> None:
    change, expected, reason = SCHEMA_CHANGES[case]
    tables = to_tables(rows)
    changed = _changed(change)
    columns = [field.name for field in changed["speakers"].fields]
    known = tables["speakers"].column_names
    tables["speakers"] = tables["speakers"].select([known[known.index(n) if n in known else -1] for n in columns])
    tables["speakers"] = tables["speakers"].rename_columns(columns)
    monkeypatch.setattr(version, "schemas", lambda: changed)
    plan = next_version(tables, release)
    assert plan.version == expected
    assert any(told.startswith(reason) for told in plan.reasons), plan.reasons


def test_a_table_gone_or_new_is_told(rows: Rows, release: Path) -> None:
    path = release / DESCRIPTOR
    package = json.loads(path.read_text("utf-8"))
    package["resources"] = [it for it in package["resources"] if it["name"] != "speakers"]
    path.write_text(json.dumps(package), "utf-8")
    plan = next_version(to_tables(rows), release)
    assert plan[:2] == ("1.1.0", ("The table speakers was added.",))
    tables = to_tables(rows)
    del tables["findings"]
    assert next_version(tables, release).reasons[0] == "The table findings was removed."


def test_a_broken_release_is_told(rows: Rows, release: Path) -> None:
    (release / DESCRIPTOR).write_text("{")
    with pytest.raises(TargetError, match="this is no descriptor of a release"):
        next_version(to_tables(rows), release)
