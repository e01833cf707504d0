"""``raw/sources.toml``: what a text cannot say of itself, one table a text."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flows.records import Source

NAME = "sources.toml"
_KEYS = ("sha256", "url", "rights_holder", "licence", "note")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_sources(folder: Path, document_ids: Iterable[str]) -> tuple[dict[str, Source], list[str]]:
    """Read the records of the texts in `folder`.

    Args:
        folder: the raw folder; it need not have a ``sources.toml``.
        document_ids: the ids that its texts have.

    Returns:
        The sound records by document id, and one line for each fault.
    """
    path = folder / NAME
    if not path.exists():
        return {}, []
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return {}, [f"{path}: is not valid TOML ({error}); correct it there"]
    except OSError as error:
        return {}, [f"{path}: cannot be read ({error.strerror}); make it readable"]
    known = frozenset(document_ids)
    faults = [f"{path}: {fault}" for name, table in tables.items() for fault in _faults(name, table, known)]
    sound = {name: _source(table) for name, table in tables.items() if not any(_faults(name, table, known))}
    return sound, faults


def _faults(name: str, table: Any, known: frozenset[str]) -> list[str]:
    if not isinstance(table, dict):
        return [f"{name!r} stands outside a record; put it under the [document-id] that it belongs to"]
    faults = []
    if name not in known:
        faults.append(f"[{name}] names no text of the folder; remove the record, or bring the file back")
    faults += [
        f"[{name}] has an unknown key {key!r}; known are {', '.join(_KEYS)}" for key in table if key not in _KEYS
    ]
    faults += [
        f"[{name}] {key} must be text in quotes, and not empty"
        for key, value in table.items()
        if key in _KEYS and not (isinstance(value, str) and value.strip())
    ]
    if not _SHA256.fullmatch(str(table.get("sha256", ""))):
        faults.append(f"[{name}] needs sha256, 64 lower-case hexadecimal digits; `sha256sum` prints them")
    return faults


def _source(table: dict[str, str]) -> Source:
    return Source(table["sha256"], table.get("url"), table.get("rights_holder"), table.get("licence"))
