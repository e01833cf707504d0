"""A release that is as small as one can be, and whole: what targets are tested with."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flows.release.checksums import release_files, seal
from flows.release.names import CHANGES_JSON, DESCRIPTOR

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILES = {"README.md": "read", "data/a.parquet": "a" * 5000, "data/b.parquet": "b"}
ANY = "any"


def write_small(folder: Path, version: str, *, previous: str | None = ANY, files: Mapping[str, str] = FILES) -> Path:
    """Write a release of some files into a folder; `previous` is the version that it says it was compared with."""
    resources = [{"name": "a", "rowCount": 3, "hash": "sha256:a", "logicalDigest": "sha256:b"}]
    package = {"version": version, "created": "2024-12-01T00:00:00Z", "resources": resources}
    written = {**files, DESCRIPTOR: json.dumps(package)}
    if previous != ANY:
        reasons = [{"level": "minor", "text": f"Rows were added since {previous}."}]
        written[CHANGES_JSON] = json.dumps({"version": version, "previous": previous, "reasons": reasons})
    for name, content in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    seal(folder)
    return folder


def content_of(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {name: (folder / name).read_bytes() for name in release_files(folder)}
