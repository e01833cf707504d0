"""The raw folder: each text read, checked and decoded once. Nothing is known of a text but what this returns."""

import hashlib
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from flows.errors import RawFolderError, RawTextsError
from flows.records import RawText, Source
from flows.sources import NAME, read_sources

MEGABYTE = 1_000_000
MAX_BYTES = 20 * MEGABYTE  # a thousand times the longest of our texts: more is a mistake, or many texts in one file
MAX_LINE = 5 * MEGABYTE  # characters; a text has line breaks, a dump or a minified file has none
_DIGEST_SHOWN = 12


def read_raw(folder: Path) -> tuple[RawText, ...]:
    """Read every ``*.txt`` of `folder`, in the order of their document ids.

    The case of the suffix does not matter; sub-folders, hidden files and other suffixes are passed over.
    Bytes are decoded as UTF-8 with newlines untouched, so that offsets count code points of the file as it is.

    Raises:
        RawFolderError: `folder` is missing, no folder, unreadable, or has no text.
        RawTextsError: texts or their records in ``sources.toml`` have faults; it lists those of all files.
    """
    paths = _text_files(folder)
    by_id = _by_document_id(paths)
    sources, faults = read_sources(folder, by_id)
    faults += [fault for name, same in by_id.items() for fault in _naming_faults(folder, name, same)]
    texts = []
    for path in paths:
        text = _read_text(path, sources)
        if isinstance(text, RawText):
            texts.append(text)
        else:
            faults.append(f"{path}: {text}")
    if faults:
        raise RawTextsError(sorted(faults))
    return tuple(sorted(texts, key=lambda text: text.document_id))


def document_id(stem: str) -> str:
    """Return the id of the file named `stem`, in lower-case kebab: ``"Report (2024)"`` is ``report-2024``.

    Accents are dropped; other letters beyond ASCII part words. The id is empty where nothing is left.
    """
    letters = [char for char in unicodedata.normalize("NFKD", stem.lower()) if not unicodedata.combining(char)]
    return re.sub(r"[^a-z0-9]+", "-", "".join(letters)).strip("-")


def _text_files(folder: Path) -> list[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        raise RawFolderError(f"{folder}: there is no such folder; make it and put texts (*.txt) into it") from None
    except NotADirectoryError:
        raise RawFolderError(f"{folder}: is a file; name the folder that holds the texts") from None
    except PermissionError:
        raise RawFolderError(f"{folder}: cannot be listed; give yourself the right to read it") from None
    paths = [folder / entry.name for entry in entries if _is_text(entry)]
    if not paths:
        raise RawFolderError(f"{folder}: holds no text; put at least one file named *.txt into it")
    return paths


def _is_text(entry: os.DirEntry[str]) -> bool:
    is_file = entry.is_file() or (entry.is_symlink() and not entry.is_dir())
    return is_file and entry.name.lower().endswith(".txt") and not entry.name.startswith(".")


def _by_document_id(paths: Iterable[Path]) -> dict[str, list[Path]]:
    named = defaultdict(list)
    for path in paths:
        named[document_id(path.stem)].append(path)
    return dict(named)


def _naming_faults(folder: Path, name: str, paths: list[Path]) -> list[str]:
    if not name:
        return [f"{path}: its name has no Latin letter or digit to make an id of; rename it" for path in paths]
    if len(paths) > 1:
        names = " and ".join(path.name for path in paths)
        return [f"{folder}: {names} give one id, {name!r}; rename all but one"]
    return []


def _read_text(path: Path, sources: dict[str, Source]) -> RawText | str:
    """Return the text, or what is wrong with it."""
    name = document_id(path.stem)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            return (
                f"has {size / MEGABYTE:.1f} MB, over the limit of {MAX_BYTES // MEGABYTE} MB a text; "
                "split it into one file a text"
            )
        data = path.read_bytes()
    except PermissionError:
        return "cannot be read; give yourself the right to read it"
    except FileNotFoundError:
        return "is a link that leads nowhere; restore its target, or remove it"
    sha256 = hashlib.sha256(data).hexdigest()
    source = sources.get(name, Source())
    fault = _byte_fault(data) or _digest_fault(path, sha256, source)
    if fault:
        return fault
    text = data.decode()
    return _text_fault(text) or RawText(name, f"raw/{path.name}", text, sha256, len(data), source)


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
