"""The texts of a collection one after the other, whatever it is packed in: name and bytes, or what is wrong with it."""

from __future__ import annotations

import functools
import json
import lzma
import tarfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import RawFolderError
from flows.read import MAX_BYTES, MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

FILES = (".tar", ".tar.gz", ".tgz", ".tar.zst", ".zip")
TABLES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
ARCHIVES = (*FILES, *TABLES)
MOST_UNPACKED = 200  # times its size that an archive of more than a gigabyte may have: texts shrink to a quarter or so
_SMALL = 1_000 * MEGABYTE
PACKED = {".txt.gz": "gzip", ".txt.zst": "zstd"}
BROKEN = (
    *(OSError, EOFError, ValueError, RuntimeError),  # RuntimeError: encrypted, or packed in a way that nobody knows
    *(tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, pa.ArrowException),
)
"""What reading a packed file raises where the file is at fault."""


class Text(NamedTuple):
    """One text of a collection: its name there, and its bytes, at most one more than a text may have; or its fault."""

    name: str
    data: bytes | None
    fault: str = ""


def most_unpacked(place: Path) -> int:
    """Return how many bytes the texts of a collection may have together: more is a trap."""
    files = [path for path in place.rglob("*") if path.is_file()] if place.is_dir() else [place]
    return max(_SMALL, MOST_UNPACKED * sum(path.stat().st_size for path in files))


def is_packed(folder: Path, column: str | None) -> bool:
    """Say whether a folder, or one in it, has anything that must be unpacked."""
    packed = (*PACKED, *(ARCHIVES if column else FILES))
    return any(path.name.lower().endswith(packed) for path in folder.rglob("*"))


def texts_of(place: Path, column: str | None) -> Iterator[Text]:
    """Yield the texts of a folder, an archive or a table.

    Raises:
        RawFolderError: it is none of these, or `column` is not where its texts are.
        Exception: one of `BROKEN`: it is damaged, and what follows cannot be read.
    """
    name = place.name.lower()
    if place.is_dir():
        return _from_folder(place, column)
    if name.endswith(".zip"):
        return _from_zip(place)
    if name.endswith(FILES):
        return _from_tar(place)
    if not name.endswith(TABLES):
        raise RawFolderError(
            f"{place}: is a file; name the folder that holds the texts, or a file *{', *'.join(ARCHIVES)}"
        )
    if column is None:
        raise RawFolderError(f"{place}: which field holds the text? Name it with --text-column")
    return _from_rows(place, _parquet_rows if name.endswith(".parquet") else _json_rows, column)


def told(error: Exception) -> str:
    """Return what an error says, in one line."""
    return " ".join(str(error).split()) or type(error).__name__


def _from_folder(folder: Path, column: str | None) -> Iterator[Text]:
    for path in sorted(folder.rglob("*")):
        within = path.relative_to(folder)
        if _hidden(within) or not (path.is_file() or (path.is_symlink() and not path.is_dir())):
            continue
        name, suffix = within.as_posix(), next((it for it in PACKED if path.name.lower().endswith(it)), "")
        if path.is_symlink() and path.exists() and not path.is_file():
            yield Text(name, None, "is no file but a link to something else; remove it")
        elif suffix or path.suffix.lower() in {".txt", ".toml"}:
            opened = functools.partial(pa.input_stream, str(path), compression=PACKED.get(suffix))
            yield _read(name.rsplit(".", 1)[0] if suffix else name, opened, "fetch or make it anew")
        elif path.name.lower().endswith(ARCHIVES if column else FILES):
            yield from _from_archive(path, within.with_name(path.name.split(".")[0]), column)


def _from_archive(path: Path, prefix: Path, column: str | None) -> Iterator[Text]:
    """Yield the texts of one archive of several, each as if it lay in a folder with the archive's name."""
    try:
        for text in texts_of(path, column):
            absolute = PurePosixPath(text.name).is_absolute()
            yield text if absolute else text._replace(name=f"{prefix.as_posix()}/{text.name}")
    except BROKEN as error:
        raise RawFolderError(f"{path}: cannot be unpacked ({told(error)}); fetch or make it anew") from None


def _from_zip(path: Path) -> Iterator[Text]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if not _is_text(member.filename) or member.is_dir():
                continue
            if member.flag_bits & 1:
                yield Text(member.filename, None, "is encrypted; pack it anew, without a password")
            else:
                yield _read(member.filename, functools.partial(archive.open, member), "fetch or make it anew")


def _from_tar(path: Path) -> Iterator[Text]:
    limit = most_unpacked(path)
    packed = "zstd" if path.name.lower().endswith(".zst") else "gzip" if path.name.lower().endswith("gz") else None
    with pa.input_stream(str(path), compression=packed) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            if member.offset > limit:
                raise RawFolderError(f"{path}: unpacks to more than {limit:,} bytes, which no texts do; look into it")
            if member.isdir() or not _is_text(member.name):
                continue
            data = archive.extractfile(member) if member.isfile() else None
            if data is None:
                yield Text(member.name, None, "is no file but a link or a device; pack the file itself")
            else:
                yield Text(member.name, data.read(MAX_BYTES + 1))


def _read(name: str, opened: Callable[[], AbstractContextManager[IO[bytes]]], advice: str) -> Text:
    """Read a text that stands for itself: where it is damaged, the others are not."""
    try:
        with opened() as data:
            return Text(name, data.read(MAX_BYTES + 1))
    except BROKEN as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else told(error)
        return Text(name, None, f"cannot be unpacked ({reason}); {advice}")


def _from_rows(path: Path, rows: Callable[[Path, str], Iterator[Any]], column: str) -> Iterator[Text]:
    for at, row in enumerate(rows(path, column)):
        name = f"{path.name.split('.')[0]}-{at + 1:08}"
        if isinstance(row, ValueError | RecursionError):
            yield Text(f"{name}.txt", None, f"is line {at + 1} of {path.name}, which is no JSON ({told(row)}); mend it")
            continue
        fields = row if isinstance(row, dict) else {}
        if at == 0 and column not in fields:
            has = f"it has {', '.join(map(str, fields))}" if fields else "it has no fields"
            raise RawFolderError(f"{path}: row 1 has no text in {column!r}; {has}; name another --text-column")
        given = fields.get("id")
        named = str(name if given is None or given == "" else given).removesuffix(".txt") + ".txt"
        words = fields.get(column)
        data = words.encode("utf-8", "surrogatepass") if isinstance(words, str) else words
        sound = isinstance(data, bytes)
        yield Text(named, data if sound else None, "" if sound else f"has no text in {column!r}; put the text into it")


def _parquet_rows(path: Path, column: str) -> Iterator[Any]:
    """Yield rows of a table, with the bytes of their texts: what is no UTF-8 is found where texts are read."""
    with pq.ParquetFile(path) as table:
        kept = [name for name in table.schema_arrow.names if name in {"id", column}]
        if column not in kept:
            yield dict.fromkeys(table.schema_arrow.names)
        for batch in table.iter_batches(100, columns=kept):
            words = batch.column(column)
            if pa.types.is_dictionary(words.type):
                words = words.cast(words.type.value_type)
            if pa.types.is_string(words.type) or pa.types.is_large_string(words.type):
                words = words.cast(pa.large_binary())
            ids = batch.column("id") if "id" in kept else [None] * len(words)
            for given, text in zip(ids, words, strict=True):
                yield {"id": given and given.as_py(), column: text.as_py()}


def _json_rows(path: Path, _: str) -> Iterator[Any]:
    """Yield what each line holds, or why it holds nothing."""
    with pa.input_stream(str(path)) as stream:  # the suffix says how it is compressed
        for line in _lines(stream):
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                yield error


def _lines(stream: Any) -> Iterator[bytes]:
    held: list[bytes] = []
    while data := stream.read(MEGABYTE):
        first, *others = data.split(b"\n")
        held.append(first)
        if sum(map(len, held)) > 2 * MAX_BYTES:
            raise ValueError(f"a line of it has more than {2 * MAX_BYTES // MEGABYTE} MB, which no text has")
        for line in others:
            yield from filter(bytes.strip, [b"".join(held)])
            held = [line]
    yield from filter(bytes.strip, [b"".join(held)])


def _hidden(path: PurePosixPath | Path) -> bool:
    return any(part.startswith(".") and part not in {".", ".."} for part in path.parts)


def _is_text(name: str) -> bool:
    path = PurePosixPath(name)
    return not _hidden(path) and (path.name.lower().endswith(".txt") or path.name == "sources.toml")
