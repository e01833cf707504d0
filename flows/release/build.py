"""Tables in, a whole release out: every file of it, in a folder that nobody sees yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flows.errors import TargetError
from flows.release.checksums import seal
from flows.release.csv_bundle import write_csv_zip
from flows.release.csv_text import csv_text, digest, in_key_order
from flows.release.database import finish_database, start_database
from flows.release.descriptor import Edition, describe_resources, describe_sources, package_properties
from flows.release.names import CSV_ZIP, DATA_FOLDER, DATABASE, DESCRIPTOR, README
from flows.release.parquet import write_parquet
from flows.release.readme import readme
from flows.schema import resource_names, schema_of
from flows.table_schema import dump_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from flows.records import Source
    from flows.schema import Tables


class Built(NamedTuple):
    """A release that is whole, but not published; `files` are relative to `folder`, `rows` are counted by resource."""

    folder: Path
    version: str
    files: tuple[str, ...]
    rows: Mapping[str, int]


def build(tables: Tables, staging: Path, *, version: str, created: date, sources: Mapping[str, Source]) -> Built:
    """Write a release of the tables into the empty folder `staging`.

    Args:
        tables: all eleven, valid (see `flows.release.validate`).
        staging: an empty folder, best from ``LocalTarget.stage``.
        version: the semantic version to write into it.
        created: the day of the release, in UTC.
        sources: what is known of the raw texts, by document_id.

    Returns:
        What was written. The same arguments give the same bytes, but for the DuckDB file and SHA256SUMS.

    Raises:
        TargetError: a file could not be written.
    """
    ordered = {name: in_key_order(tables[name], schema_of(name)) for name in resource_names()}
    try:
        files = _write(ordered, staging, version, created, sources)
    except OSError as error:
        reason = error.strerror or error
        raise TargetError(f"{staging}: the release could not be written ({reason}); free or grant the space") from error
    return Built(staging, version, files, {name: table.num_rows for name, table in ordered.items()})


def _write(tables: Tables, folder: Path, version: str, created: date, sources: Mapping[str, Source]) -> tuple[str, ...]:
    write_parquet(tables, folder)
    with start_database(folder / DATA_FOLDER, folder / DATABASE) as process:
        texts = {name: csv_text(table, schema_of(name)) for name, table in tables.items()}
        digests = {name: digest(text) for name, text in texts.items()}
        edition = Edition(version, created, digests, describe_sources(tables["documents"], sources))
        package = package_properties(edition)
        write_csv_zip(texts, package, folder / CSV_ZIP)
        resources = describe_resources(tables, folder, digests)
        (folder / DESCRIPTOR).write_text(dump_json({**package, "resources": resources}), "utf-8", newline="\n")
        (folder / README).write_text(readme(tables, edition), "utf-8", newline="\n")
        finish_database(process, folder / DATABASE)
    return seal(folder)
