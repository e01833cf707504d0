"""Rows as text: a table for eyes, CSV and JSON for programs."""

import csv
import io
import json
import math
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Any

from flows.query import Answer

_NARROWEST = 12  # no column is cut below this many cells
_LONGEST = 60  # characters of a value that a table shows
_GAP = "  "


def as_csv(answer: Answer, width: int | None = None) -> str:
    """Return the rows as CSV with a header; null is an empty field, a list is JSON. `width` is not used."""
    del width
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([_csv_field(value) for value in row] for row in answer.rows)
    return out.getvalue()


def as_json(answer: Answer, width: int | None = None) -> str:
    """Return the rows as a JSON array of objects, one a line; dates are ISO 8601, NaN is null. `width` is not used."""
    del width
    rows = [dict(zip(answer.columns, map(_json_value, row), strict=True)) for row in answer.rows]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n" if rows else "[]\n"


def as_table(answer: Answer, width: int | None = None) -> str:
    """Return the rows as aligned columns under a header; a value longer than 60 characters is cut.

    Args:
        answer: the rows.
        width: of the terminal, in cells; the widest columns are cut further to fit. None is no limit.
    """
    cells = [[_cut(shown(value)) for value in row] for row in answer.rows]
    columns = list(zip(answer.columns, *cells, strict=True))
    widths = _fitted([max(map(_cells, column)) for column in columns], width)
    right = [
        all(isinstance(row[at], int | float | Decimal | None) for row in answer.rows) for at in range(len(columns))
    ]
    lines = [list(answer.columns), ["─" * size for size in widths], *cells]
    drawn = [
        _GAP.join(
            _padded(cell, size, to_right=to_right) for cell, size, to_right in zip(line, widths, right, strict=True)
        )
        for line in lines
    ]
    count = len(cells)
    return "\n".join(line.rstrip() for line in drawn) + f"\n({count:,} row{'s' * (count != 1)})\n"


DRAWN: Mapping[str, Callable[[Answer, int | None], str]] = {"table": as_table, "csv": as_csv, "json": as_json}


def _csv_field(value: Any) -> Any:
    if isinstance(value, list | dict):
        return json.dumps(_json_value(value), ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else value


def _json_value(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _json_value(item) for key, item in value.items()}
    if isinstance(value, float | Decimal):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, date | time):
        return value.isoformat()
    return value if isinstance(value, str | int | None) else str(value)


def folded(text: str) -> str:
    """Return `text` in one line, with spaces for what a terminal would act on."""
    return "".join(char if char.isprintable() else " " for char in text)


def shown(value: Any) -> str:
    """Return a value as a table shows it: nothing for null, 5 for 5.0, lists as JSON."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    text = _csv_field(value) if isinstance(value, list | dict | bool) else str(value)
    return folded(text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _fitted(widths: list[int], total: int | None) -> list[int]:
    """Take from the widest columns until all fit into `total` cells, or none can give more."""
    fitted = list(widths)
    while total is not None and sum(fitted) + len(_GAP) * (len(fitted) - 1) > total and max(fitted) > _NARROWEST:
        fitted[fitted.index(max(fitted))] -= 1
    return fitted


def _padded(text: str, width: int, *, to_right: bool) -> str:
    if _cells(text) > width:
        while _cells(text) >= width:
            text = text[:-1]
        text += "…"
    space = " " * (width - _cells(text))
    return space + text if to_right else text + space


def _cells(text: str) -> int:
    """Count the terminal cells of `text`: two for a Chinese character."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
