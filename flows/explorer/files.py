"""The files of the page beside ``index.html``: the style sheet, the script, the database for DuckDB in the page."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from flows.explorer.parts import as_script
from flows.release.checksums import release_files, sha256
from flows.release.names import CHECKSUMS, DATABASE

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "index.html"
FOLDER = "explorer"
DATA_FOLDER = f"{FOLDER}/data"

MOST_DATABASE_BYTES = 32_000_000
"""Up to this size the database is also a script, for pages that are opened from the file system."""

# One after the other in one function: a page from the file system may load no modules.
_SCRIPTS = ("dom", "rows", "words", "places", "evidence", "grid", "table", "tracker", "reader", "sql", "start")


def asset(name: str) -> bytes:
    """Return a file of this package's folder ``assets``."""
    return (files("flows.explorer") / "assets" / name).read_bytes()


def script() -> bytes:
    """Return the page's own script."""
    inside = b"\n".join(asset(f"{name}.js") for name in _SCRIPTS)
    return b'(() => {\n"use strict";\n' + inside + b"})();\n"


def write_assets(folder: Path) -> None:
    """Write the style sheet and the script into a release.

    Raises:
        OSError: the folder cannot be written.
    """
    (folder / FOLDER / "style.css").write_bytes(asset("style.css"))
    (folder / FOLDER / "explorer.js").write_bytes(script())


def write_database_part(folder: Path) -> dict[str, Any]:
    """Write the database as a script too, unless it is too large for that, and say what there is of it.

    Raises:
        OSError: the database cannot be read, or the folder not written.
    """
    path = folder / DATABASE
    size = path.stat().st_size
    if size <= MOST_DATABASE_BYTES:
        (folder / DATA_FOLDER / "database.js").write_bytes(as_script("database", path.read_bytes()))
    return {"file": DATABASE, "part": size <= MOST_DATABASE_BYTES}


def files_to_offer(folder: Path) -> list[tuple[str, int | None, str | None]]:
    """Return path, size in bytes and SHA-256 of the files that readers download, those of the page itself left out.

    The database has neither here, for its bytes differ from build to build, and the page's do not.
    """
    paths = [
        path for path in release_files(folder) if path not in {PAGE, CHECKSUMS} and not path.startswith(f"{FOLDER}/")
    ]
    known = [
        (path, None, None) if path == DATABASE else (path, (folder / path).stat().st_size, sha256(folder / path))
        for path in paths
    ]
    return sorted(known, key=lambda it: "/" in it[0])
