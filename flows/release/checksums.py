"""SHA256SUMS: the hash of every file of a release but itself, in the form that ``sha256sum -c`` reads."""

from __future__ import annotations

import re
from hashlib import file_digest
from typing import TYPE_CHECKING

from flows.errors import TargetError
from flows.release.names import CHECKSUMS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def seal(folder: Path) -> tuple[str, ...]:
    """Write SHA256SUMS over all files of a release as they are now.

    Returns:
        The paths of all files of the release, SHA256SUMS among them, relative to `folder` and sorted.

    Raises:
        OSError: the folder cannot be read or written.
    """
    paths = [path for path in release_files(folder) if path != CHECKSUMS]
    text = _text({path: sha256(folder / path) for path in paths})
    (folder / CHECKSUMS).write_text(text, "utf-8", newline="\n")
    return tuple(sorted([*paths, CHECKSUMS]))


def checksums_of(data: bytes, where: str) -> dict[str, str]:
    """Return the hexadecimal SHA-256 of each file that the bytes of a SHA256SUMS name.

    Raises:
        TargetError: they are not exactly what `seal` writes, or a path leads out of the release.
    """
    lines = [_LINE.fullmatch(line) for line in data.decode(errors="replace").split("\n")[:-1]]
    named = {line[2]: line[1] for line in lines if line}
    if _text(named).encode() != data or any(_leads_out(path) for path in named):
        raise TargetError(f"{where}: this is no list of hashes and files, sorted, as `sha256sum` writes it")
    return named


def checksum_faults(folder: Path) -> tuple[list[str], int]:
    """Return a line for every file that is not the one SHA256SUMS names, and how many files there are or should be.

    Raises:
        OSError: a file cannot be read.
        TargetError: SHA256SUMS is no such list.
    """
    named = checksums_of((folder / CHECKSUMS).read_bytes(), str(folder / CHECKSUMS))
    present = [path for path in release_files(folder) if path != CHECKSUMS]
    faults = [f"{path}: {CHECKSUMS} names this file, but it is missing" for path in named if path not in present]
    for path in present:
        if path not in named:
            faults.append(f"{path}: {CHECKSUMS} does not name this file")
        elif sha256(folder / path) != named[path]:
            faults.append(f"{path}: its SHA-256 is not the one in {CHECKSUMS}")
    return faults, len({*named, *present})


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


def _text(named: Mapping[str, str]) -> str:
    return "".join(f"{named[path]}  {path}\n" for path in sorted(named))


def _leads_out(path: str) -> bool:
    return "\\" in path or any(part in {"", ".", ".."} for part in path.split("/"))
