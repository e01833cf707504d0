"""Two validators that share no code give one verdict: on rows and schemas changed at random, and line by line."""

from __future__ import annotations

import json
import math
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import flows.schema
from flows.errors import InvalidTablesError, TargetError
from flows.release.parquet import write_parquet
from flows.release.validate import Validator, violations
from flows.resources import schemas_folder
from flows.schema import resource_names, schema_of, to_tables
from tests.release.conftest import _rows
from tests.release.test_release_validate import VIOLATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Rows = dict[str, list[Any]]

# Cells that tell careless checks apart: white space, other scripts, bounds, infinities, signs of SQL.
CELLS: dict[str, list[Any]] = {
    "string": [
        "",
        " ",
        "x",
        "a-b",
        "A",
        "é-ü",
        "金立",
        "x\n",
        "x\u2028",
        "a\0b",
        "'); DROP TABLE metrics; --",
        "{table}",
    ],
    "integer": [0, -1, 1, 2, 2**53 + 1, -(2**63), 2**63 - 1],
    "number": [0.0, -0.0, 0.1, -1.5, 1e308, 5e-324, math.nan, math.inf, -math.inf],
    "boolean": [True, False],
    "date": [date(1, 1, 1), date(2023, 12, 31), date(9999, 12, 31)],
    "list": [(), ("a",), ("",), ("a|b",), ("a", "briefing-2024:m36"), (None,)],
}
PATTERNS = [
    "[a-z]+",
    "(?:a|b)",
    r"\w+",
    r"\W*",
    r"\s*",
    ".*",
    "x{,2}",
    "[[:alpha:]]+",
    "(?=x)x",
    "(a)?\\1",
    "(",
    "é.*",
    "x$",
]
CONSTRAINTS: dict[str, dict[str, list[Any]]] = {
    "string": {
        "minLength": [0, 1, 2, 30],
        "maxLength": [0, 1, 12],
        "enum": [["x"], ["it's", "a-b"]],
        "pattern": PATTERNS,
        "unique": [True, False],
        "required": [True, False],
    },
    "integer": {
        "minimum": [0, "1", -(2**63)],
        "maximum": [1, 2**53],
        "exclusiveMinimum": [0],
        "exclusiveMaximum": [2, 2**53 + 1],
        "enum": [[1, 2], ["1"]],
        "minLength": [1],
        "required": [True],
    },
    "number": {
        "minimum": [0, 0.1, "5.8"],
        "maximum": [6.2, 1e300],
        "exclusiveMinimum": [5.8],
        "exclusiveMaximum": [6.2],
        "enum": [[5.8, 6.2, 2], ["103"]],
        "unique": [True],
        "required": [True],
    },
    "date": {
        "minimum": ["2023-01-01"],
        "maximum": ["2023-12-31"],
        "exclusiveMinimum": ["2023-01-01"],
        "exclusiveMaximum": ["2024-01-19"],
        "enum": [["2023-01-01", "2023-12-31"]],
        "required": [True],
    },
    "list": {"minLength": [0, 1, 2], "maxLength": [0, 1], "required": [True], "enum": [["a"]]},
}

MUCH = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def changed_rows(draw: st.DrawFn) -> Rows:
    """Rows with some cells replaced, and rows repeated or dropped."""
    rows = _rows()
    for _ in range(draw(st.integers(1, 4))):
        resource = draw(st.sampled_from([name for name in resource_names() if rows.get(name)]))
        index = draw(st.integers(0, len(rows[resource]) - 1))
        action = draw(st.sampled_from(["change", "change", "change", "copy", "drop"]))
        if action == "drop":
            rows[resource].pop(index)
        elif action == "copy":
            rows[resource].append(rows[resource][index])
        else:
            field = draw(st.sampled_from(schema_of(resource).fields))
            others = [getattr(row, field.name) for row in rows[resource]]
            cell = draw(st.one_of(st.none(), st.sampled_from(CELLS[field.type]), st.sampled_from(others)))
            rows[resource][index] = rows[resource][index]._replace(**{field.name: cell})
    return rows


@st.composite
def changed_schema(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A resource, and its Table Schema with some constraints and keys replaced."""
    resource = draw(st.sampled_from(["documents", "metrics", "indicators", "passages", "findings"]))
    descriptor = json.loads((schemas_folder() / f"{resource}.schema.json").read_text("utf-8"))
    for _ in range(draw(st.integers(1, 3))):
        field = draw(st.sampled_from(descriptor["fields"]))
        constraint = draw(st.sampled_from(sorted(CONSTRAINTS[field["type"]])))
        value = draw(st.sampled_from(CONSTRAINTS[field["type"]][constraint]))
        field["constraints"] = {**field.get("constraints", {}), constraint: value}
    names = st.sampled_from([field["name"] for field in descriptor["fields"] if field["type"] != "list"])
    if draw(st.booleans()):
        descriptor["uniqueKeys"] = [draw(st.lists(names, min_size=1, max_size=2, unique=True))]
    if draw(st.booleans()):
        column, reference = draw(names), {"resource": "speakers", "fields": ["speaker_id"]}
        texts = {field["name"] for field in descriptor["fields"] if field["type"] == "string"}
        descriptor["foreignKeys"] = [{"fields": [column], "reference": reference}] if column in texts else []
    return resource, descriptor


@contextmanager
def schemas_with(resource: str, descriptor: dict[str, Any]) -> Iterator[None]:
    """Let the package's schemas be others for a while."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for path in schemas_folder().glob("*.schema.json"):
            Path(folder, path.name).write_bytes(path.read_bytes())
        Path(folder, f"{resource}.schema.json").write_text(json.dumps(descriptor), "utf-8")
        patch.setattr(flows.schema, "schemas_folder", lambda: Path(folder))
        flows.schema.schemas.cache_clear()
        try:
            yield
        finally:
            flows.schema.schemas.cache_clear()


def agree(rows: Rows) -> None:
    """Hold that both refuse or neither does, and that DuckDB tells of each cell what Frictionless itself tells."""
    try:
        tables = to_tables(rows)
    except InvalidTablesError:
        return  # no Arrow table can hold them: there is nothing to validate
    stock, compiled = (set(violations(tables, it)) for it in (Validator.FRICTIONLESS, Validator.DUCKDB))
    assert bool(stock) == bool(compiled), (stock, compiled)
    assert {line for line in stock if " error, " in line} <= compiled


@MUCH
@given(changed_rows())
def test_both_give_one_verdict_on_changed_rows(rows: Rows) -> None:
    agree(rows)


@MUCH
@given(changed_schema(), changed_rows())
def test_both_give_one_verdict_on_changed_schemas(schema: tuple[str, dict[str, Any]], rows: Rows) -> None:
    with schemas_with(*schema):
        agree(_rows())
        agree(rows)


@pytest.mark.parametrize("change", [change for change, _ in VIOLATIONS.values()], ids=VIOLATIONS)
def test_both_tell_a_violation_in_the_same_line(rows: Rows, change: Callable[[Rows], None]) -> None:
    change(rows)
    tables = to_tables(rows)
    stock, compiled = (violations(tables, it) for it in (Validator.FRICTIONLESS, Validator.DUCKDB))
    assert stock
    assert sorted(set(stock)) == sorted(set(compiled))


def test_parquet_files_are_validated_like_tables(rows: Rows, tmp_path: Path) -> None:
    rows["metrics"] = [rows["metrics"][0]._replace(unit="Per cent"), *rows["metrics"][1:]]
    tables = to_tables(rows)
    write_parquet(tables, tmp_path)
    files = {name: [tmp_path / f"data/{name}.parquet"] for name in tables}
    for validator in Validator:
        assert sorted(violations(files, validator)) == sorted(violations(tables, validator))
    assert violations(files, Validator.DUCKDB)


def test_a_file_that_is_no_parquet_is_told(tables: dict[str, pa.Table], tmp_path: Path) -> None:
    broken = tmp_path / "metrics.parquet"
    broken.write_bytes(b"PAR1, said the file")
    with pytest.raises(TargetError, match=r"cannot be read to be validated"):
        violations({**tables, "metrics": [broken]}, Validator.DUCKDB)


@pytest.mark.parametrize(("pattern", "cell"), [("a|b", "ab"), ("x|en", "xen"), ("en|x", "en, but more")])
def test_where_frictionless_is_wrong_duckdb_is_followed(rows: Rows, pattern: str, cell: str) -> None:
    """It joins `^`, the pattern and `$`, so that each end of a choice is bound to one end of the text alone."""
    descriptor = json.loads((schemas_folder() / "documents.schema.json").read_text("utf-8"))
    language = next(field for field in descriptor["fields"] if field["name"] == "language")
    language["constraints"]["pattern"] = pattern
    rows["documents"] = [row._replace(language=cell) for row in rows["documents"]]
    with schemas_with("documents", descriptor):
        tables = to_tables(rows)
        assert violations(tables, Validator.FRICTIONLESS) == []
        assert len(violations(tables, Validator.DUCKDB)) == len(rows["documents"])
        assert len(violations(tables)) == len(rows["documents"])


def test_half_a_key_is_told_by_duckdb_alone(rows: Rows) -> None:
    descriptor = json.loads((schemas_folder() / "appearances.schema.json").read_text("utf-8"))
    role = next(field for field in descriptor["fields"] if field["name"] == "role")
    role["constraints"] = {}
    rows["appearances"] = [row._replace(role=None) for row in rows["appearances"]]
    with schemas_with("appearances", descriptor):
        tables = to_tables(rows)
        assert violations(tables, Validator.FRICTIONLESS) == []
        assert "primarykey error, a cell of the key is null" in violations(tables, Validator.DUCKDB)[0]
