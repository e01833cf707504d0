"""Validate one Parquet table with pandera on polars: ``pandera_table.py FILE SCHEMA``, printing seconds.

The checks are those of the Table Schema's fields: types, required, unique, choices, patterns, ranges and lengths.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import pandera.polars as pa
import polars as pl

TYPES = {"string": pl.String, "number": pl.Float64, "integer": pl.Int64, "date": pl.Date}
CHECKS = {
    "enum": pa.Check.isin,
    "pattern": lambda said: pa.Check.str_matches(f"^(?:{said})$"),
    "minimum": pa.Check.greater_than_or_equal_to,
    "minLength": lambda said: pa.Check.str_length(min_value=said),
}


def column(field: dict[str, Any], keys: list[str]) -> pa.Column:
    """Return the column that a field of a Table Schema asks for."""
    rules = dict(field.get("constraints") or {})
    required = rules.pop("required", False)
    checks = [CHECKS[name](said) for name, said in rules.items()]
    return pa.Column(TYPES[field["type"]], checks, nullable=not required, unique=field["name"] in keys)


asked = json.loads(Path(sys.argv[2]).read_text("utf-8"))
schema = pa.DataFrameSchema({field["name"]: column(field, asked["primaryKey"]) for field in asked["fields"]})
begun = time.perf_counter()
schema.validate(pl.read_parquet(sys.argv[1]), lazy=True)
sys.stdout.write(json.dumps({"seconds": time.perf_counter() - begun}) + "\n")
