"""Every violation is found and told as one line with table, row key, field, value and rule."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from flows.errors import InvalidTablesError
from flows.release.validate import validate, violations
from flows.schema import to_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

Rows = dict[str, list[Any]]

METRIC = "briefing-2024:m36"
TASK = "briefing-2024:t70"


def _replaced(resource: str, index: int, **cells: Any) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[resource][index] = rows[resource][index]._replace(**cells)

    return change


def _repeated(resource: str, index: int, **cells: Any) -> Callable[[Rows], None]:
    return lambda rows: rows[resource].append(rows[resource][index]._replace(**cells))


def _dropped(resource: str, index: int) -> Callable[[Rows], None]:
    return lambda rows: rows[resource].pop(index) and None


VIOLATIONS = {
    "required": (_replaced("metrics", 0, unit=None), f"metrics[{METRIC}].unit = null: "),
    "enum": (_replaced("metrics", 0, measure="growth"), f"metrics[{METRIC}].measure = 'growth': constraint error"),
    "pattern": (_replaced("metrics", 0, unit="Per cent"), f"metrics[{METRIC}].unit = 'Per cent': constraint error"),
    "pattern to the end": (
        _replaced("metrics", 0, unit="percent\n"),
        "unit = 'percent\\n': it must not end in a line break",
    ),
    "minimum": (_replaced("documents", 0, page=0), "documents[briefing-2024].page = 0: constraint error"),
    "empty text": (
        _replaced("metrics", 0, indicator=""),
        f"metrics[{METRIC}].indicator = '': a text must not be empty",
    ),
    "format": (_replaced("documents", 0, source_url="no address"), "source_url = 'no address': type error"),
    "absolute path": (_replaced("documents", 0, raw_path="/raw/a.txt"), "raw_path = '/raw/a.txt': constraint error"),
    "unique": (_replaced("documents", 1, raw_path="raw/briefing-2024.txt"), "documents[report-2023].raw_path = "),
    "primary key": (_repeated("speakers", 0), "speakers[jin-li].speaker_id = 'jin-li': primarykey error"),
    "unique key": (_replaced("passages", 1, position=0), "must be unique"),
    "foreign key": (_replaced("metrics", 0, speaker_id="nobody"), "there is no such speakers.speaker_id"),
    "own foreign key": (_replaced("entities", 0, broader_id="x"), "entities[steel].broader_id = 'x': there is no such"),
    "list key": (_replaced("findings", 0, metric_ids=("a:m1",)), "a:m1 is no metrics.metric_id"),
    "circle": (_replaced("entities", 2, broader_id="steel"), "broader_id = 'b-industry': the row stands above itself"),
    "circle of tasks": (_replaced("tasks", 0, parent_task_id=TASK), "the row stands above itself"),
    "nan": (_replaced("metrics", 0, value=math.nan), "value = nan: a number must be finite"),
    "infinity": (_replaced("metrics", 0, out_of=math.inf), "out_of = inf: a number must be finite"),
    "null character": (_replaced("findings", 0, message="a\0b"), "U+0000"),
    "null list": (_replaced("indicators", 0, aliases=None), "indicators[output].aliases = null: a list is never null"),
    "null item": (_replaced("entities", 0, aliases=(None,)), "aliases = [None]: type error, expected item type"),
    "list delimiter": (_replaced("indicators", 0, aliases=("a|b",)), "must not hold '|'"),
    "upper value": (_replaced("metrics", 0, value_upper=6.0), "value_upper = 6.0: it must not be less than value"),
    "period": (_replaced("metrics", 0, period_end=date(2022, 1, 1)), "must not be less than period_start"),
    "horizon": (_replaced("tasks", 0, horizon_start=date(2028, 1, 1)), "must not be less than horizon_start"),
    "page": (
        _replaced("documents", 0, page=3),
        "documents[briefing-2024].page_count = 2: it must not be less than page",
    ),
    "half a span": (_replaced("findings", 0, char_end=None), "char_start and char_end are null together or not"),
    "empty span": (_replaced("findings", 0, char_end=37), "it must follow char_start, 37"),
    "beyond the document": (_replaced("findings", 0, char_end=9999), "the document's 55 characters"),
    "row id": (
        _replaced("metrics", 0, metric_id="briefing-2024:m1"),
        "by its document and place it is briefing-2024:m36",
    ),
    "place": (_replaced("metrics", 0, place_id="steel"), "it names an entity of kind industry, not place"),
    "theme": (_replaced("tasks", 0, theme_id="china"), "it names an entity of kind place, not theme"),
    "numeral of no metric": (_replaced("numerals", 1, metric_id=None), "only and every `metric` has one"),
    "value elsewhere": (_replaced("metrics", 0, value_text="6.3%"), "the text says '6.2%' there (characters 36 to 40)"),
    "mention elsewhere": (_replaced("mentions", 0, text="output"), "the text says 'Output' there"),
    "statement elsewhere": (_replaced("tasks", 0, statement="We will."), "the text says 'We will, first, build"),
    "other passage": (_replaced("numerals", 0, passage_id="report-2023:p0"), "do not lie in passage report-2023:p0"),
    "quote": (_replaced("metrics", 0, quote="Output fell by 6.2%"), "these words are not in passage"),
    "quote without value": (_replaced("metrics", 0, quote="Output"), "value_text '6.2%' is not in it"),
    "position": (_replaced("passages", 2, position=7), "position = 7: the passage at this place has 2"),
    "length": (_replaced("passages", 2, char_end=118), "49 characters cannot stand from 68 to 118"),
    "overlap": (_replaced("passages", 0, char_end=30), "the passage before ends only at 30"),
    "passage lost": (_dropped("passages", 1), "there is no such passages.passage_id"),
}


def test_the_fixture_is_valid(tables: dict[str, pa.Table]) -> None:
    assert violations(tables) == []
    validate(tables)


def test_no_rows_at_all_are_valid() -> None:
    validate(to_tables({}))


@pytest.mark.parametrize(("change", "expected"), VIOLATIONS.values(), ids=VIOLATIONS)
def test_each_violation_is_told_in_one_line(rows: Rows, change: Callable[[Rows], None], expected: str) -> None:
    change(rows)
    lines = violations(to_tables(rows))
    assert any(expected in line for line in lines), lines
    assert not any("\n" in line for line in lines)


def test_all_violations_are_told_at_once(rows: Rows) -> None:
    rows["numerals"] = [row._replace(role="figure") for row in rows["numerals"] * 700]
    with pytest.raises(InvalidTablesError) as raised:
        validate(to_tables(rows))
    enum = [line for line in raised.value.violations if ".role = 'figure'" in line]
    assert len(enum) == len(rows["numerals"]) == 2100
    assert str(raised.value).splitlines()[0].endswith("violations of the schemas; nothing was published:")


def test_missing_unknown_and_misshapen_tables_are_told(tables: dict[str, pa.Table]) -> None:
    tables["figures"] = tables.pop("findings")
    tables["speakers"] = tables["speakers"].drop_columns(["name"])
    lines = violations(tables)
    assert len(lines) == 3
    assert lines[0].startswith("findings: this table is missing")
    assert lines[1].startswith("figures: there is no such resource")
    assert lines[2].startswith("speakers: the columns are not those of its schema")
