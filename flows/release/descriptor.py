"""The descriptor of a release, ``datapackage.json``, by the Data Package standard, version 2."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from flows.records import Source
from flows.release.layout import table_paths
from flows.release.names import DESCRIPTION, KEYWORDS, PACKAGE, TITLE
from flows.release.version import FIRST_VERSION, raised
from flows.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from flows.release.schema_changes import SchemaChange

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"

LICENCE = {"name": "MIT", "path": "https://opensource.org/license/mit", "title": "MIT License"}
_AT_ONCE = 1_000_000
_CONTRIBUTORS = ({"title": "The new-industrialization authors", "roles": ["creator"]},)


class Edition(NamedTuple):
    """What makes one release this release.

    Attributes:
        version: its semantic version.
        created: its day, in UTC.
        rows: how many rows each of its tables has, by resource.
        digests: the logical digests of its tables, by resource.
        schema_versions: the versions of its schemas, by resource.
        sources: what is known of its texts.
        account: how many raw texts there were, and what became of them.
    """

    version: str
    created: date
    rows: Mapping[str, int]
    digests: Mapping[str, str]
    schema_versions: Mapping[str, str]
    sources: Sequence[Mapping[str, str]]
    account: Account


class Account(NamedTuple):
    """The texts of the raw folder: all of them are either published or rejected."""

    published: int
    rejected: int

    @property
    def texts(self) -> int:
        """How many raw texts there were."""
        return self.published + self.rejected


def package_properties(edition: Edition) -> dict[str, Any]:
    """Return the properties of the package, without resources, that the release and its CSV zip share."""
    content = " ".join([PACKAGE, edition.version, *edition.digests.values()])
    return {
        "$schema": PROFILE,
        "name": PACKAGE,
        "id": f"urn:uuid:{uuid5(NAMESPACE_URL, content)}",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": edition.version,
        "created": f"{edition.created.isoformat()}T00:00:00Z",
        "licenses": [LICENCE],
        "contributors": list(_CONTRIBUTORS),
        "keywords": list(KEYWORDS),
        "sources": list(edition.sources),
        "account": {"texts": edition.account.texts, **edition.account._asdict()},
    }


def describe_sources(documents: pa.Table, sources: Mapping[str, Source]) -> list[dict[str, str]]:
    """Return one source of the standard for each document, in order; what is not known is left out.

    Args:
        documents: the table `documents`.
        sources: what is known of the raw texts, by document_id.
    """
    columns = documents.select(["document_id", "title", "publisher", "source_url"]).sort_by("document_id")
    rows = (row for batch in columns.to_batches() for row in batch.to_pylist())
    return [_source(row, sources.get(row["document_id"], Source())) for row in rows]


def describe_resources(folder: Path, edition: Edition) -> list[dict[str, Any]]:
    """Return the resources of a release: one a table, with the size and hash of its Parquet files in `folder`.

    Raises:
        OSError: a file cannot be read.
    """
    return [_resource(name, count, folder, edition) for name, count in edition.rows.items()]


def file_properties(folder: Path, paths: Sequence[str]) -> dict[str, Any]:
    """Return what a resource says of its files: ``path``, ``bytes`` and ``hash``, and of several each in ``parts``.

    What the hash of several files is, the standard leaves open: here it is that of their bytes one after the other.

    Raises:
        OSError: a file cannot be read.
    """
    whole, size = hashlib.sha256(), 0
    parts: list[dict[str, Any]] = []
    for path in paths:
        own = hashlib.sha256()
        with (folder / path).open("rb") as file:
            while piece := file.read(_AT_ONCE):
                own.update(piece)
                whole.update(piece)
            size += file.tell()
            parts.append({"path": path, "bytes": file.tell(), "hash": f"sha256:{own.hexdigest()}"})
    if len(parts) == 1:
        return parts[0]
    return {"path": list(paths), "bytes": size, "hash": f"sha256:{whole.hexdigest()}", "parts": parts}


def schema_versions(
    before: Mapping[str, Mapping[str, Any]], changes: Sequence[SchemaChange], names: Sequence[str]
) -> dict[str, str]:
    """Return the version of each table's schema: raised as a release's is, but by changes of that schema alone.

    Args:
        before: the resources of the release before, by name; none before the first.
        changes: how the schemas differ from those.
        names: the tables.
    """
    found = {}
    for name in names:
        level = max((it.level for it in changes if it.resource == name), default=None)
        known = before.get(name, {}).get("schemaVersion", FIRST_VERSION)
        found[name] = raised(known, level) if level and name in before else known
    return found


def _source(row: Mapping[str, Any], source: Source) -> dict[str, str]:
    known = {
        "title": row["title"] or row["document_id"],
        "path": row["source_url"] or source.url,
        "document": row["document_id"],
        "rightsHolder": source.rights_holder or row["publisher"],
        "license": source.licence,
    }
    return {name: value for name, value in known.items() if value is not None}


def _resource(name: str, rows: int, folder: Path, edition: Edition) -> dict[str, Any]:
    schema, of_files = schema_of(name), file_properties(folder, table_paths(folder, name))
    return {
        "name": name,
        "title": schema.title,
        "description": schema.description,
        "type": "table",
        "path": of_files.pop("path"),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "encoding": "utf-8",
        **of_files,
        "rowCount": rows,
        "logicalDigest": edition.digests[name],
        "schemaVersion": edition.schema_versions[name],
        "schema": schema.descriptor,
    }
