"""What a page carries: all rows of a release, or, of a large one, those of its latest texts.

A page cannot show a million rows, and nobody looks at them there: the files of the release are for that.
"""

# ruff: noqa: S608 - statements are put together from quoted names of schemas

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flows.release.sql import quoted, quoted_names
from flows.schema import arrow_schema, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb
    import pyarrow as pa

    from flows.schema import Tables

MOST_ROWS = 500_000
"""Up to so many rows a page carries all of them."""

_MOST_OTHERS = 10_000  # of a table that no text of the page chooses from
_KEPT = ("indicators", "entities")


class Carried(NamedTuple):
    """The rows that a page carries, in the order of their keys, and how many rows the release has of each table."""

    tables: Tables
    rows: Mapping[str, int]

    @property
    def is_whole(self) -> bool:
        """Whether these are all rows of the release."""
        return all(table.num_rows == self.rows[name] for name, table in self.tables.items())


def carried(connection: duckdb.DuckDBPyConnection, rows: Mapping[str, int]) -> Carried:
    """Choose what a page carries.

    Args:
        connection: one that knows the tables of the release by their names.
        rows: how many rows each has.
    """
    if sum(rows.values()) <= MOST_ROWS:
        return Carried({name: _table(connection, name, "") for name in rows}, rows)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE carried AS {_latest(rows)}")
    return Carried({name: _table(connection, name, _chosen(name)) for name in rows}, rows)


def _latest(names: Iterable[str]) -> str:
    """Return the query of the latest texts that have `MOST_ROWS` rows together."""
    ids = " UNION ALL ".join(f"SELECT document_id FROM {quoted(name)}" for name in names if _is_of_texts(name))
    return f"""
        SELECT document_id FROM documents JOIN (SELECT document_id, count(*) AS n FROM ({ids}) GROUP BY document_id)
        USING (document_id)
        QUALIFY sum(n) OVER (ORDER BY coalesce(published_on, event_on) DESC NULLS LAST, document_id) - n < {MOST_ROWS}
    """


def _is_of_texts(name: str) -> bool:
    return name != "rejected" and any(field.name == "document_id" for field in schema_of(name).fields)


def _chosen(name: str) -> str:
    if name in _KEPT:
        return ""
    if name == "speakers":
        named = (
            f"SELECT speaker_id FROM {it} SEMI JOIN carried USING (document_id)" for it in ("appearances", "passages")
        )
        return f"WHERE speaker_id IN ({' UNION '.join(named)})"
    return "SEMI JOIN carried USING (document_id)" if _is_of_texts(name) else f"LIMIT {_MOST_OTHERS}"


def _table(connection: duckdb.DuckDBPyConnection, name: str, chosen: str) -> pa.Table:
    schema = schema_of(name)
    found = connection.sql(f"SELECT * FROM (FROM {quoted(name)} {chosen}) ORDER BY {quoted_names(schema.primary_key)}")
    return found.to_arrow_table().cast(arrow_schema(schema))
