"""Large collections become a raw folder: compressed texts, archives, tables with a column of texts, and URLs.

Whatever a collection is, each of its texts is written out as one file whose name it had there; from then on it is a
folder like any other. Nothing is written outside of that folder, and no more of it than a text may have: what cannot be
written is noted, and `flows.read` stops at it or sets it aside, as it does with a text that cannot be read.
"""

from __future__ import annotations

import contextlib
import errno
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import fsspec

from flows.collection import Collection, write_note
from flows.errors import RawFolderError, RawTextsError
from flows.packed import BROKEN, is_packed, most_unpacked, texts_of, told
from flows.read import MAX_BYTES, MEGABYTE
from flows.release.disk import is_full, scratch_error
from flows.release.scratch import scratch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flows.packed import Text

_LEAST = 500  # bytes that a text counts for, so that there is an end to empty ones as well
_DRIVE = re.compile(r"[A-Za-z]:(?!//)")
_UNNAMEABLE = (errno.ENAMETOOLONG, errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.EINVAL, errno.EILSEQ)


@contextlib.contextmanager
def raw_folder(raw: str, column: str | None = None, say: Callable[[str], None] | None = None) -> Iterator[Path]:
    """Give the folder of a collection's texts: itself if it is one of plain files, else one that goes at the end.

    Args:
        raw: a folder, an archive, a JSON Lines or Parquet file, or the fsspec URL of one.
        column: of JSON Lines and Parquet, the field that holds the text; a field `id`, if there is one, names it.
        say: takes a line for every folder of a killed run that was removed to make room; without it, none is.

    Raises:
        RawFolderError: there is no such collection, or it cannot be read.
        TargetError: there is no room to unpack it.
        RawTextsError: it unpacks to more than texts do.
    """
    place = Path(raw)
    if "://" not in raw and (not place.exists() or (place.is_dir() and not is_packed(place, column))):
        yield place
        return
    with scratch(say) as room:
        place = _fetched(raw, room / "fetched") if "://" in raw else place
        folder = room / "raw"
        folder.mkdir()
        try:
            aside = _write_all(texts_of(place, column), folder, most_unpacked(place))
            write_note(folder, Collection(raw, aside))
        except BROKEN as error:
            if is_full(error):
                raise scratch_error() from None
            raise RawFolderError(f"{raw}: cannot be unpacked ({told(error)}); fetch or make it anew") from None
        if not (aside or any(path.is_file() for path in folder.rglob("[!.]*"))):
            raise RawFolderError(f"{raw}: holds no text; a text is a file in it named *.txt, or a row with words")
        yield folder


def _write_all(texts: Iterable[Text], folder: Path, most: int) -> dict[str, str]:
    """Write texts as files, and return what is wrong with those that were not, by name."""
    written, aside = 0, {}
    for text in texts:
        data = text.data or b""
        written += max(len(data), _LEAST)
        if written > most:
            raise RawTextsError(
                [f"{text.name}: with it the collection unpacks to {written:,} bytes, which no texts do; look into it"]
            )
        fault = text.fault or _name_fault(text.name) or _size_fault(data) or _write(folder / _parts(text.name), data)
        if fault:
            aside[_shown(text.name)] = fault
    return aside


def _write(path: Path, data: bytes) -> str:
    """Write a text, or return why that cannot be; of texts that have one name, none is left."""
    try:
        if path.exists():
            path.unlink()
            path.with_name(f".{path.name}").touch()  # the third of that name finds what the second left
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.with_name(f".{path.name}").exists():
            return "shares its name with another text of the collection; rename all but one"
        path.write_bytes(data)
    except OSError as error:
        if error.errno not in _UNNAMEABLE:
            raise
        return f"cannot have this name ({error.strerror}); rename it"
    return ""


def _name_fault(name: str) -> str:
    parts = _parts(name)
    if parts.is_absolute() or ".." in parts.parts or "\0" in name or _DRIVE.match(name):
        return "has a name that leads out of the collection; rename it"
    if any(part.startswith(".") for part in parts.parts):
        return "has a name that starts with a dot, as hidden files have; rename it"
    return "has a name that is no Unicode text; rename it" if _shown(name) != name else ""


def _size_fault(data: bytes) -> str:
    if len(data) <= MAX_BYTES:
        return ""
    return f"unpacks to more than {MAX_BYTES // MEGABYTE} MB, the limit of a text; split it, or remove it"


def _parts(name: str) -> PurePosixPath:
    return PurePosixPath(name.replace("\\", "/"))


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode().replace("\0", "\\0")


def _fetched(url: str, folder: Path) -> Path:
    """Copy what a URL names to this machine."""
    folder.mkdir()
    try:
        files, root = fsspec.core.url_to_fs(url)
        if files.isfile(root):
            place = folder / PurePosixPath(root).name
            files.get_file(root, str(place))
            return place
        files.get(root.rstrip("/") + "/", str(folder) + "/", recursive=True)
    except Exception as error:  # noqa: BLE001 - each file system has its own way to say no
        raise RawFolderError(
            f"{url}: cannot be fetched ({told(error)}); check the address and your right to read it"
        ) from None
    return folder
