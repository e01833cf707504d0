"""The raw folder: each text read, checked and decoded once. Nothing is known of a text but what this returns."""

import hashlib
import os
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from flows.collection import Collection, read_note
from flows.errors import RawFolderError, RawTextsError
from flows.records import RawText, Rejected, Source
from flows.sources import NAME, read_sources

MEGABYTE = 1_000_000
MAX_BYTES = 20 * MEGABYTE  # a thousand times the longest of our texts: more is a mistake, or many texts in one file
MAX_LINE = 5 * MEGABYTE  # characters; a text has line breaks, a dump or a minified file has none
_DIGEST_SHOWN = 12
_OTHERS_SHOWN = 3


class Raw(NamedTuple):
    """What a raw folder holds: its sound texts in the order of their ids, and those that cannot be read, by path."""

    texts: tuple[RawText, ...]
    rejected: tuple[Rejected, ...] = ()


def read_raw(folder: Path, *, quarantine: bool = False, keep: bool = True) -> Raw:
    """Read every ``*.txt`` of `folder` and of the folders in it.

    The case of the suffix does not matter; hidden files and folders and other suffixes are passed over.
    Bytes are decoded as UTF-8 with newlines untouched, so that offsets count code points of the file as it is.

    Args:
        folder: the raw folder.
        quarantine: return the texts that cannot be read as rejected, as long as any can.
        keep: keep each text in memory; else its record has none, and `read_again` reads it when it is wanted.

    Raises:
        RawFolderError: `folder` is missing, no folder, unreadable, or has no text.
        RawTextsError: texts or their records in ``sources.toml`` have faults; it lists those of all files.
    """
    collection = read_note(folder)
    paths = _text_files(folder) if not collection.aside else _texts_under(folder)
    by_id = _by_document_id(folder, paths)
    sources, faults = read_sources(folder, by_id)
    read = [_read_text(folder, path, sources, by_id[_id(folder, path)], keep=keep) for path in paths]
    texts = sorted((text for text in read if isinstance(text, RawText)), key=lambda text: text.document_id)
    rejected = [*(text for text in read if isinstance(text, Rejected)), *_set_aside(collection)]
    if faults or (rejected and not (quarantine and texts)):
        told = sorted([*faults, *(f"{collection.place}/{_name(it)}: {it.reason}" for it in rejected)])
        raise RawTextsError(told, 0 if faults else len(texts))
    return Raw(tuple(texts), tuple(rejected))


def _set_aside(collection: Collection) -> list[Rejected]:
    """Return the texts that were set aside when a collection was unpacked."""
    found = sorted(collection.aside.items())
    return [Rejected(f"raw/{name}", _id_of(name) or None, reason, None, None) for name, reason in found]


def read_again(folder: Path, known: RawText) -> RawText:
    """Return a text that `read_raw` found sound, with its words.

    Raises:
        RawTextsError: it is not what it was.
    """
    path = folder / known.path.removeprefix("raw/")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RawTextsError([f"{path}: cannot be read any more ({error.strerror}); publish again"]) from None
    if hashlib.sha256(data).hexdigest() != known.sha256:
        raise RawTextsError([f"{path}: has changed since this run began; publish again"])
    return known._replace(text=data.decode())


def document_id(stem: str) -> str:
    """Return the id of the file at the path `stem`, in lower-case kebab: ``"2024/Report (A)"`` is ``2024-report-a``.

    Accents are dropped; other letters beyond ASCII part words. The id is empty where nothing is left.
    """
    letters = [char for char in unicodedata.normalize("NFKD", stem.lower()) if not unicodedata.combining(char)]
    return re.sub(r"[^a-z0-9]+", "-", "".join(letters)).strip("-")


def _text_files(folder: Path) -> list[Path]:
    try:
        found = _texts_under(folder)
    except FileNotFoundError:
        advice = "or file; name a folder of texts (*.txt), an archive or a table"
        what = f"folder {advice}" if folder.suffix else "folder; make it and put texts (*.txt) into it"
        raise RawFolderError(f"{folder}: there is no such {what}") from None
    except NotADirectoryError:
        raise RawFolderError(f"{folder}: is a file; name the folder that holds the texts") from None
    except PermissionError as error:
        raise RawFolderError(f"{error.filename}: cannot be listed; give yourself the right to read it") from None
    if not found:
        raise RawFolderError(f"{folder}: holds no text; put at least one file named *.txt into it")
    return found


def _texts_under(folder: Path) -> list[Path]:
    """Return the texts of a folder and of the folders in it, in the order of their paths; links to folders are left."""
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    paths = []
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            paths += _texts_under(folder / entry.name)
        elif _is_text(entry):
            paths.append(folder / entry.name)
    return paths


def _within(folder: Path, path: Path) -> str:
    """Return what a text is called in the raw folder: its path there, with forward slashes."""
    return path.relative_to(folder).as_posix()


def _id(folder: Path, path: Path) -> str:
    return _id_of(_within(folder, path))


def _id_of(name: str) -> str:
    return document_id(name.rpartition(".")[0])


def _is_text(entry: os.DirEntry[str]) -> bool:
    is_file = entry.is_file() or (entry.is_symlink() and not entry.is_dir())
    return is_file and entry.name.lower().endswith(".txt") and not entry.name.startswith(".")


def _by_document_id(folder: Path, paths: Iterable[Path]) -> dict[str, list[Path]]:
    named = defaultdict(list)
    for path in paths:
        named[_id(folder, path)].append(path)
    return dict(named)


def _name(rejected: Rejected) -> str:
    return rejected.raw_path.removeprefix("raw/")


def _naming_fault(folder: Path, name: str, path: Path, same: list[Path]) -> str | None:
    if not name:
        return "its name has no Latin letter or digit to make an id of; rename it"
    first = islice((_within(folder, other) for other in same if other != path), _OTHERS_SHOWN)
    more = [f"{len(same) - 1 - _OTHERS_SHOWN:,} more"] * (len(same) - 1 > _OTHERS_SHOWN)
    others = " and ".join([*first, *more])
    return f"gives the same id as {others}, {name!r}; rename all but one" if others else None


def _read_text(
    folder: Path, path: Path, sources: dict[str, Source], same: list[Path], *, keep: bool
) -> RawText | Rejected:
    """Return the text, or what is wrong with it; `same` are the files that give its id."""
    name, shown = _id(folder, path), f"raw/{_within(folder, path)}"
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # of a device there may be no end
            return Rejected(shown, name or None, "is no file but a link to something else; remove it", None, None)
        size = status.st_size
        if size > MAX_BYTES:
            with path.open("rb") as file:
                return Rejected(shown, name or None, _size_fault(size), size, file_digest(file, "sha256").hexdigest())
        data = path.read_bytes()
    except PermissionError:
        return Rejected(shown, name or None, "cannot be read; give yourself the right to read it", None, None)
    except FileNotFoundError:
        reason = "is a link that leads nowhere; restore its target, or remove it"
        return Rejected(shown, name or None, reason, None, None)
    sha256 = hashlib.sha256(data).hexdigest()
    source = sources.get(name, Source())
    fault = _naming_fault(folder, name, path, same) or _byte_fault(data) or _digest_fault(path, sha256, source)
    fault = fault or _text_fault(data.decode())
    if fault:
        return Rejected(shown, name or None, fault, len(data), sha256)
    return RawText(name, shown, data.decode() if keep else "", sha256, len(data), source)


def _size_fault(size: int) -> str:
    limit = f"{MAX_BYTES // MEGABYTE} MB"
    return f"has {size / MEGABYTE:.1f} MB, over the limit of {limit} a text; split it into one file a text"


def _byte_fault(data: bytes) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "is UTF-16, not UTF-8; save it as UTF-8"
    if (at := data.find(0)) >= 0:
        return f"is binary (byte {at} is zero), not text; replace it by the text, or remove it"
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return f"is not UTF-8 (byte {error.start} is 0x{data[error.start]:02X}); save it as UTF-8"
    return None


def _digest_fault(path: Path, sha256: str, source: Source) -> str | None:
    if source.sha256 in (None, sha256):
        return None
    return (
        f"has SHA-256 {sha256[:_DIGEST_SHOWN]}…, but {NAME} records {str(source.sha256)[:_DIGEST_SHOWN]}…; "
        f"restore the file, or, if the change is meant, record what `sha256sum {path}` prints"
    )


def _text_fault(text: str) -> str | None:
    if not text.removeprefix("\ufeff").strip():
        return "is empty; put the text into it, or remove it"
    longest = max(map(len, text.splitlines()))
    if longest > MAX_LINE:
        return (
            f"has a line of {longest / MEGABYTE:.1f} million characters, over the limit of "
            f"{MAX_LINE // MEGABYTE} million; break it into lines"
        )
    return None
