"""Parquet files in, a whole release out: every other file of it, in a folder that nobody sees yet."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.explorer.carried import carried
from flows.explorer.engine import built_engine
from flows.explorer.page import Rows, write_page, write_rows
from flows.release.changes import Change, changes_json, changes_table, changes_text
from flows.release.checksums import seal
from flows.release.compare import compare
from flows.release.csv_bundle import write_csv_zip
from flows.release.database import MOST_KEYED_ROWS, finish_database, start_database
from flows.release.descriptor import (
    Account,
    Edition,
    describe_resources,
    describe_sources,
    package_properties,
    schema_versions,
)
from flows.release.digests import digests_script, logical_digest
from flows.release.layout import table_files, table_paths
from flows.release.names import (
    CHANGES_JSON,
    CHANGES_TABLE,
    CHANGES_TEXT,
    CSV_ZIP,
    DATABASE,
    DESCRIPTOR,
    DIGESTS,
    README,
)
from flows.release.parquet import count_rows, write_parquet
from flows.release.readme import Large, doubts_of, readme
from flows.release.released import read_descriptor, read_table, tables_in, unwritable
from flows.release.sql import offer, workshop
from flows.release.version import next_version
from flows.schema import schema_of
from flows.table_schema import dump_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import duckdb
    import pyarrow as pa

    from flows.explorer.carried import Carried
    from flows.records import Source
    from flows.release.checked import Count
    from flows.release.compare import Comparison
    from flows.release.version import Plan


class Built(NamedTuple):
    """A release that is whole, but not published; `files` are relative to `folder`, `rows` are counted by resource."""

    folder: Path
    version: str
    files: tuple[str, ...]
    rows: Mapping[str, int]


class Planned(NamedTuple):
    """What is to be published: the version and why, what makes it differ, the release before, and what was checked."""

    plan: Plan
    compared: Comparison
    previous: Path | None
    checked: Sequence[Count] = ()


def plan_release(
    staging: Path, newest: Path | None, asked: str | None = None, checked: Sequence[Count] = ()
) -> Planned:
    """Compare the Parquet files in `staging` with a release, and say which version they make.

    Args:
        staging: a folder with what `flows.release.parquet.write_tables` wrote.
        newest: the folder of the newest release, named by its version; None where there is none.
        asked: the version that the publisher wants, None for the computed one.
        checked: what `flows.release.validate.validate` gave for the files, for the page to tell.

    Raises:
        VersionError: `asked` is no version, or too low.
        TargetError: the newest release cannot be read.
    """
    compared = compare(newest, staging)
    return Planned(next_version(compared, newest.name if newest else None, asked), compared, newest, checked)


def build(staging: Path, planned: Planned, *, created: date, sources: Mapping[str, Source]) -> Built:
    """Write a release around the Parquet files in `staging`.

    Args:
        staging: the folder that `planned` was made of; it holds nothing else yet.
        planned: the version to write into it, from `plan_release`.
        created: the day of the release, in UTC.
        sources: what is known of the raw texts, by document_id.

    Returns:
        What was written. The same arguments give the same bytes, but for the DuckDB file and SHA256SUMS.

    Raises:
        TargetError: a file could not be written, or the release before cannot be read.
    """
    rows = count_rows(staging)
    change = Change(planned.plan, created, planned.compared, rows)
    try:
        rows = {**rows, CHANGES_TABLE: _write_changes(change, staging, planned.previous)}
        with workshop() as connection, _database_beside(staging):
            for name in rows:
                offer(connection, name, table_files(staging, name))
            edition = _edition(connection, rows, change, sources, planned.previous)
            seen, parts, package = _write(connection, staging, change, edition, planned.previous)
        engine = built_engine()
        write_page(seen, Rows(parts, planned.checked), staging, package, engine.address if engine else None)
        return Built(staging, edition.version, seal(staging), rows)
    except OSError as error:
        raise unwritable(staging, error) from error


@contextmanager
def _database_beside(folder: Path) -> Iterator[None]:
    """Have a process write the database meanwhile, so that a second core has work all the time."""
    with TemporaryDirectory(prefix="newind-") as scratch:
        process = start_database(folder, folder / DATABASE, Path(scratch))
        try:
            yield
        finally:
            finish_database(process, folder / DATABASE)


def _write_changes(change: Change, folder: Path, previous: Path | None) -> int:
    table = changes_table(change, _history(previous))
    write_parquet({CHANGES_TABLE: table}, folder)
    return int(table.num_rows)


def _write(
    connection: duckdb.DuckDBPyConnection, folder: Path, change: Change, edition: Edition, previous: Path | None
) -> tuple[Carried, dict[str, list[dict[str, Any]]], dict[str, Any]]:
    """Write all but the page, which tells of the finished database, and return what the page is made of."""
    files = {name: table_files(folder, name) for name in edition.rows}
    large = Large(
        [name for name, paths in files.items() if len(paths) > 1], sum(edition.rows.values()) <= MOST_KEYED_ROWS
    )
    package = package_properties(edition)
    with ThreadPoolExecutor(1) as beside:
        zipped = beside.submit(write_csv_zip, files, package, folder / CSV_ZIP)
        resources = describe_resources(folder, edition)
        for name, text in {
            DESCRIPTOR: dump_json({**package, "resources": resources}),
            README: readme(edition.rows, doubts_of(connection), edition, large),
            DIGESTS: digests_script(
                {name: schema_of(name) for name in files}, {name: table_paths(folder, name) for name in files}
            ),
            **_changes(change, connection, previous),
        }.items():
            (folder / name).write_text(text, "utf-8", newline="\n")
        seen = carried(connection, edition.rows)
        parts = write_rows(seen, folder)
        zipped.result()
    return seen, parts, {**package, "resources": resources}


def _edition(
    connection: duckdb.DuckDBPyConnection,
    rows: Mapping[str, int],
    change: Change,
    sources: Mapping[str, Source],
    previous: Path | None,
) -> Edition:
    before = read_descriptor(previous).resources if previous else {}
    documents = connection.sql("SELECT document_id, title, publisher, source_url FROM documents").to_arrow_table()
    return Edition(
        version=str(change.plan.version),
        created=change.created,
        rows=rows,
        digests={name: logical_digest(connection, schema_of(name)) for name in rows},
        schema_versions=schema_versions(before, change.compared.schema, tuple(rows)),
        sources=describe_sources(documents, sources),
        account=Account(rows["documents"], rows["rejected"]),
    )


def _changes(change: Change, connection: duckdb.DuckDBPyConnection, previous: Path | None) -> dict[str, str]:
    found = connection.execute("SELECT document_id FROM documents ORDER BY document_id").fetchall()
    documents = [document for (document,) in found]
    earlier = previous / CHANGES_TEXT if previous else None
    told = earlier.read_text("utf-8") if earlier and earlier.is_file() else ""
    return {CHANGES_JSON: changes_json(change, documents), CHANGES_TEXT: changes_text(change, documents, told)}


def _history(previous: Path | None) -> pa.Table | None:
    """Return the table of changes of the release before; None where it has none, as the first ones had."""
    if previous is None or CHANGES_TABLE not in tables_in(previous):
        return None
    return read_table(previous, CHANGES_TABLE)
