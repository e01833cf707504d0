"""The entry of a release in the catalogue: what its own small files say, and nothing else, so that anyone can redo it.

Python's standard library is enough: an entry must come at once, and from files that are only part of a release.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from flows.errors import TargetError
from flows.release.names import CHANGES_JSON, CHECKSUMS, DATABASE, DESCRIPTOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    Entry = Mapping[str, Any]

SMALL_FILES = (DESCRIPTOR, CHANGES_JSON, CHECKSUMS)
"""The files of a release that its entry is made of, beside the first bytes of its database."""

DATABASE_HEAD = 20
"""So many bytes at the beginning of a DuckDB file say in which format it is."""

# The first DuckDB that reads a format, by its number in the file. Our files have blocks smaller than 1.0 can read.
_FIRST_READERS = {64: "1.1.3", 65: "1.2.2", 66: "1.3.0", 67: "1.4.0", 68: "1.5.0"}
_RESOURCE_PROPERTIES = ("name", "schemaVersion", "rowCount", "bytes", "hash", "logicalDigest")


def entry_of(folder: Path, path: str) -> dict[str, Any]:
    """Return the entry of a release.

    Args:
        folder: a folder with its `SMALL_FILES`, and at least the head of its database.
        path: where the release lies in its target.

    Returns:
        The properties ``version, path, previous, created, reasons, digest, duckdb, resources``. `previous` is null and
        `reasons` empty for a release without `changes.json`; `digest` is the SHA-256 of SHA256SUMS, and so stands for
        all files; `duckdb` is the range of DuckDB versions that read the database, null where it is not known.

    Raises:
        TargetError: a file is missing, or says no such thing.
    """
    package, changes = _json(folder / DESCRIPTOR), _changes(folder)
    try:
        return {
            "version": str(package["version"]),
            "path": path,
            "previous": changes.get("previous"),
            "created": package.get("created"),
            "reasons": [{"level": it["level"], "text": it["text"]} for it in changes.get("reasons", [])],
            "digest": f"sha256:{sha256(_bytes(folder / CHECKSUMS)).hexdigest()}",
            "duckdb": _readers(folder / DATABASE),
            "resources": [{name: it.get(name) for name in _RESOURCE_PROPERTIES} for it in package["resources"]],
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise TargetError(f"{folder}: {DESCRIPTOR} or {CHANGES_JSON} is not that of a release: {error!r}") from None


def base_of(folder: Path, otherwise: str | None) -> str | None:
    """Return the version that a release was compared with, None for none; `otherwise` where it does not say.

    Raises:
        TargetError: its `changes.json` is broken.
    """
    base = _changes(folder).get("previous", otherwise)
    return None if base is None else str(base)


def _changes(folder: Path) -> Mapping[str, Any]:
    return _json(folder / CHANGES_JSON) if (folder / CHANGES_JSON).exists() else {}


def _json(path: Path) -> Mapping[str, Any]:
    try:
        read = json.loads(_bytes(path))
    except (ValueError, RecursionError) as error:
        raise TargetError(f"{path}: this is no JSON: {error}") from None
    if not isinstance(read, dict):
        raise TargetError(f"{path}: this is no JSON object")
    return read


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TargetError(f"{path}: there is no such file; the release is not whole") from None
    except OSError as error:
        raise TargetError(f"{path}: it cannot be read ({error.strerror or error})") from None


def _readers(path: Path) -> str | None:
    """Return the DuckDB versions that read a database, by the number of its format in the file's head."""
    try:
        with path.open("rb") as file:
            head = file.read(DATABASE_HEAD)
    except OSError:
        return None
    first = _FIRST_READERS.get(int.from_bytes(head[12:], "little")) if head[8:12] == b"DUCK" else None
    return first and f">={first}"


def resource_rows(entry: Entry) -> Sequence[tuple[str, int | None]]:
    """Return the name and number of rows of each resource of an entry."""
    return [(it["name"], it["rowCount"]) for it in entry["resources"]]
