"""A valid package of any number of metrics, made by SQL: every key, span and quote of it is right.

It is for what comes behind the parser; `tests.benchmarks.corpora` makes texts for the parser itself.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from flows.parse.assemble import assemble
from flows.release.parquet import write_parquet
from flows.schema import arrow_schema, resource_names, schema_of, to_tables
from flows.vocabulary import default_vocabulary

PASSAGES = 30  # of a document
METRICS = 4  # of a passage, one a sentence

# Sentences are equally long, so that SQL can say where each begins.
_TABLES = {
    "documents": """
        SELECT 'report-' || d AS document_id, 'Report ' || d AS title, 'news' AS kind, 'en' AS language,
               DATE '2024-01-19' AS published_on, 'raw/report-' || d || '.txt' AS raw_path,
               sha256('report-' || d) AS raw_sha256, $size AS raw_bytes, $size AS characters, 1000 AS words
        FROM range($documents) AS r(d)""",
    "passages": """
        SELECT 'report-' || d || ':p' || p * $length AS passage_id, 'report-' || d AS document_id, p AS position,
               'paragraph' AS kind, 0 AS depth, p * $length AS char_start, p * $length + $length - 1 AS char_end,
               string_agg(sentence, ' ' ORDER BY m) AS text
        FROM sentences GROUP BY d, p""",
    "metrics": """
        SELECT 'report-' || d || ':m' || begins + 17 AS metric_id, 'report-' || d AS document_id,
               'report-' || d || ':p' || p * $length AS passage_id, 'Output' AS indicator,
               CASE WHEN m < 3 THEN '10g-pon-ports' END AS indicator_id, number AS value, 'percent' AS unit,
               'change' AS measure, CASE WHEN m > 1 THEN 'year_on_year' END AS comparison, 'exact' AS bound,
               'actual' AS status, DATE '2023-01-01' AS period_start, DATE '2023-12-31' AS period_end,
               'in 2023' AS period_text, 'clause' AS period_basis, digits || ' percent' AS value_text,
               begins + 17 AS char_start, begins + 17 + 13 AS char_end, sentence AS quote, 'change-percent' AS rule
        FROM sentences""",
}
_SENTENCES = """
    CREATE TABLE sentences AS
    SELECT *, 'Output increased ' || digits || ' percent in 2023; this is line ' || m || '.' AS sentence,
           p * $length + m * $sentence AS begins
    FROM (SELECT *, printf('%05.1f', number) AS digits
          FROM (SELECT d, p, m, (hash(d, p, m) % 10000) / 10 AS number
                FROM range($documents) AS r(d), range($passages) AS s(p), range($metrics) AS t(m)))
"""
_SENTENCE = len("Output increased 012.3 percent in 2023; this is line 1.") + 1


def write_package(metrics: int, folder: Path) -> dict[str, list[Path]]:
    """Write a package with so many metrics, or a few more, and return its Parquet files by resource."""
    documents = -(-metrics // (PASSAGES * METRICS))
    length = _SENTENCE * METRICS
    numbers = {
        "documents": documents,
        "passages": PASSAGES,
        "metrics": METRICS,
        "length": length,
        "sentence": _SENTENCE,
        "size": length * PASSAGES,
    }
    tables = dict(to_tables(assemble([], default_vocabulary())))
    with duckdb.connect() as connection:
        connection.execute(*_bound(_SENTENCES, numbers))
        for name, query in _TABLES.items():
            tables[name] = _filled(name, _answer(connection, query, numbers))
    write_parquet(tables, folder)
    return {name: [folder / "data" / f"{name}.parquet"] for name in resource_names()}


def _bound(query: str, numbers: dict[str, int]) -> tuple[str, dict[str, int]]:
    return query, {name: number for name, number in numbers.items() if f"${name}" in query}


def _answer(connection: duckdb.DuckDBPyConnection, query: str, numbers: dict[str, int]) -> pa.Table:
    text, bound = _bound(query, numbers)
    return connection.sql(text, params=bound).to_arrow_table()


def _filled(name: str, table: pa.Table) -> pa.Table:
    """Return a table with the columns of its schema, empty where the query has none."""
    schema = arrow_schema(schema_of(name))
    columns = [
        table[field.name].cast(field.type) if field.name in table.column_names else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)
