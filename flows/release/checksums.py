"""SHA256SUMS: the hash of every file of a release but itself, in the form that ``sha256sum -c`` reads."""

from __future__ import annotations

from hashlib import file_digest
from typing import TYPE_CHECKING

from flows.release.names import CHECKSUMS

if TYPE_CHECKING:
    from pathlib import Path


def seal(folder: Path) -> tuple[str, ...]:
    """Write SHA256SUMS over all files of a release as they are now.

    Returns:
        The paths of all files of the release, SHA256SUMS among them, relative to `folder` and sorted.

    Raises:
        OSError: the folder cannot be read or written.
    """
    paths = [path for path in release_files(folder) if path != CHECKSUMS]
    lines = [f"{sha256(folder / path)}  {path}\n" for path in paths]
    (folder / CHECKSUMS).write_text("".join(lines), "utf-8", newline="\n")
    return tuple(sorted([*paths, CHECKSUMS]))


def release_files(folder: Path) -> list[str]:
    """Return the paths of all files under `folder`, relative to it, with forward slashes, sorted."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as 64 hexadecimal digits.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
