"""The schemas of the eleven resources, and rows as Arrow tables of them."""

from __future__ import annotations

import json
import math
import re
from datetime import date
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import records
from flows.errors import InvalidTablesError, SchemaError
from flows.resources import schemas_folder
from flows.schema import resource_names, schema_of, schemas, to_arrow, to_tables
from flows.table_schema import TYPES, Schema, read_schema

if TYPE_CHECKING:
    from flows.table_schema import Field

RECORDS: dict[str, Any] = {
    "documents": records.Document,
    "speakers": records.Speaker,
    "metrics": records.Metric,
    "tasks": records.Task,
    "passages": records.Passage,
    "appearances": records.Appearance,
    "indicators": records.Indicator,
    "entities": records.Entity,
    "mentions": records.Mention,
    "numerals": records.Numeral,
    "findings": records.Finding,
    "rejected": records.Rejected,
}
PYTHON = {
    "string": str,
    "integer": int,
    "number": float,
    "date": date,
    "list": tuple[str, ...],
}
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(st.characters(exclude_categories=["Cs"])),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False),
    "date": st.dates(),
    "list": st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3),
}


def _row(schema: Schema) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.tuples(*(CELLS[it.type] | st.none() if it.nullable else CELLS[it.type] for it in schema.fields))


@st.composite
def resource_and_rows(draw: st.DrawFn) -> tuple[str, list[tuple[Any, ...]]]:
    resource = draw(st.sampled_from(resource_names()))
    return resource, draw(st.lists(_row(schema_of(resource)), max_size=4))


@pytest.mark.parametrize("resource", RECORDS)
def test_fields_are_those_of_the_record_in_its_order_and_of_its_types(resource: str) -> None:
    hints = get_type_hints(RECORDS[resource])
    expected = {
        it.name: PYTHON[it.type] | None if it.nullable else PYTHON[it.type] for it in schema_of(resource).fields
    }
    assert list(expected) == list(RECORDS[resource]._fields)
    assert expected == hints


def test_every_resource_has_a_schema_and_there_is_no_other() -> None:
    files = {path.name.removesuffix(".schema.json") for path in schemas_folder().glob("*.schema.json")}
    assert files == set(resource_names()) == {*RECORDS, "changes"}
    assert list(schemas()) == list(resource_names())


@pytest.mark.parametrize("schema", schemas().values(), ids=lambda it: it.name)
def test_every_schema_and_field_says_what_it_means(schema: Schema) -> None:
    told = [schema.description, *(field.description for field in schema.fields)]
    assert all(len(text) > 10 and text.endswith((".", "…")) for text in told), told
    assert len({field.title for field in schema.fields}) == len(schema.fields)


@pytest.mark.parametrize("schema", schemas().values(), ids=lambda it: it.name)
def test_patterns_are_written_for_frictionless_and_texts_are_never_empty(schema: Schema) -> None:
    for field in schema.fields:
        pattern = field.constraints.get("pattern")
        if pattern:
            assert pattern.startswith("(?:")
            assert pattern.endswith(")")
            assert not re.fullmatch(pattern, "")
        elif field.type == "string":
            assert "enum" in field.constraints or field.constraints["minLength"] == 1


@pytest.mark.parametrize("schema", schemas().values(), ids=lambda it: it.name)
def test_keys_name_fields_of_the_same_type(schema: Schema) -> None:
    own = {field.name: field for field in schema.fields}
    for name in [*schema.primary_key, *(name for key in schema.unique_keys for name in key)]:
        assert not own[name].nullable
    for key in schema.foreign_keys:
        target = schema_of(key.resource)
        assert target.primary_key == (key.reference,)
        assert own[key.field].type == _field(target, key.reference).type


def _field(schema: Schema, name: str) -> Field:
    return next(field for field in schema.fields if field.name == name)


@given(resource_and_rows())
def test_rows_come_back_as_they_went_in(drawn: tuple[str, list[tuple[Any, ...]]]) -> None:
    resource, rows = drawn
    table = to_arrow(resource, rows)
    assert [tuple(row.values()) for row in table.to_pylist()] == rows
    assert table.schema.metadata[b"table_schema"].decode().startswith("{")


def test_empty_rows_give_an_empty_table_with_all_columns() -> None:
    tables = to_tables({})
    assert list(tables) == list(resource_names())
    assert {table.num_rows for table in tables.values()} == {0}
    assert tables["metrics"].column_names == list(records.Metric._fields)


def test_descriptions_go_with_the_columns() -> None:
    field = to_arrow("metrics", []).schema.field("value")
    assert "scaled out" in field.metadata[b"description"].decode()


def test_every_cell_that_does_not_fit_is_named() -> None:
    rows = [("a", "A", None, "person", None, None), ("b", 5, None, "person", None, None)]
    with pytest.raises(InvalidTablesError, match=r"speakers\.name = 5: this is no string"):
        to_arrow("speakers", rows)
    with pytest.raises(InvalidTablesError, match="has 2, not 6 cells"):
        to_arrow("speakers", [("a", "A")])


def test_a_lone_surrogate_is_no_text() -> None:
    with pytest.raises(InvalidTablesError, match="this is no string"):
        to_arrow("speakers", [("a", "\ud800", None, "person", None, None)])


def test_numbers_keep_nan_for_the_validation_to_find() -> None:
    row = records.Numeral("a:n0", "a", "a:p0", "1", math.nan, "date", None, "r", 0, 1)
    assert math.isnan(to_arrow("numerals", [row])["value"][0].as_py())


def test_an_unknown_resource_is_told() -> None:
    with pytest.raises(SchemaError, match="no such resource"):
        to_arrow("figures", [])
    with pytest.raises(SchemaError, match="no such resource"):
        to_tables({"figures": []})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"fields": [{"name": "a", "type": "geopoint"}]}', "\0"])
def test_what_is_no_schema_is_told_with_its_place(text: str) -> None:
    with pytest.raises(SchemaError, match=r"^here: this is no Table Schema"):
        read_schema(text, "here")


def test_a_field_of_an_unknown_type_is_told() -> None:
    descriptor = json.loads(json.dumps(schema_of("speakers").descriptor))
    descriptor["fields"][0]["type"] = "geopoint"
    with pytest.raises(SchemaError, match="geopoint of speaker_id is none of"):
        read_schema(json.dumps(descriptor), "here")
    assert "geopoint" not in TYPES
