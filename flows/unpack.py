"""Large collections become a raw folder: compressed texts, archives, tables with a column of texts, and URLs.

Whatever a collection is, each of its texts is written out as one file whose name it had there; from then on it is a
folder like any other. Nothing is written outside of that folder, and no more of it than a text may have.
"""

from __future__ import annotations

import contextlib
import json
import tarfile
import tempfile
import zipfile
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from flows.errors import RawFolderError, RawTextsError
from flows.read import MAX_BYTES, MEGABYTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.zst", ".zip", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
PACKED = {".txt.gz": "gzip", ".txt.zst": "zstd"}
MOST_UNPACKED = 200  # times its size that an archive of more than a gigabyte may have: texts shrink to a quarter or so
_SMALL = 1_000 * MEGABYTE


class Text(NamedTuple):
    """One text of a collection: its name there, and where its bytes are read from."""

    name: str
    data: IO[bytes]


@contextlib.contextmanager
def raw_folder(raw: str, column: str | None = None) -> Iterator[Path]:
    """Give the folder of a collection's texts: itself if it is one of plain files, else one that goes at the end.

    Args:
        raw: a folder, an archive, a JSON Lines or Parquet file, or the fsspec URL of one.
        column: of JSON Lines and Parquet, the field that holds the text; a field `id`, if there is one, names it.

    Raises:
        RawFolderError: there is no such collection, or it cannot be read.
        RawTextsError: a text has a name that leads out of the folder, or is one of two with that name, or too large.
    """
    with tempfile.TemporaryDirectory(prefix="newind-raw-") as scratch:
        place = _fetched(raw, Path(scratch, "fetched")) if "://" in raw else Path(raw)
        if place.is_dir() and not any(_packed(path) for path in place.rglob("*")):
            yield place
            return
        if not place.is_dir() and not place.name.lower().endswith(ARCHIVES):
            yield place  # `flows.read` says what is wrong with it
            return
        folder = Path(scratch, "raw")
        folder.mkdir()
        try:
            _write_all(_texts(place, column), folder, _most(place))
        except (OSError, tarfile.TarError, zipfile.BadZipFile, EOFError, pa.ArrowException) as error:
            told = " ".join(str(error).split())
            raise RawFolderError(f"{raw}: cannot be unpacked ({told}); fetch or make it anew") from None
        yield folder


def _texts(place: Path, column: str | None) -> Iterator[Text]:
    name = place.name.lower()
    if place.is_dir():
        return _from_folder(place)
    if name.endswith(".zip"):
        return _from_zip(place)
    if name.endswith((".tar", ".tar.gz", ".tgz", ".tar.zst")):
        return _from_tar(place)
    if column is None:
        raise RawFolderError(f"{place}: which field holds the text? Name it with --text-column")
    return _from_rows(place, _parquet_rows(place) if name.endswith(".parquet") else _json_rows(place), column)


def _from_folder(folder: Path) -> Iterator[Text]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.name.startswith("."):
            continue
        if _packed(path):
            with pa.input_stream(str(path), compression=PACKED[_packed(path)]) as data:
                yield Text(name.rsplit(".", 1)[0], data)
        elif path.suffix.lower() in {".txt", ".toml"}:
            with path.open("rb") as data:
                yield Text(name, data)


def _from_zip(path: Path) -> Iterator[Text]:
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            if _is_text(member.filename):
                with archive.open(member) as data:
                    yield Text(member.filename, data)


def _from_tar(path: Path) -> Iterator[Text]:
    packed = "zstd" if path.name.lower().endswith(".zst") else "gzip" if path.name.lower().endswith("gz") else None
    with pa.input_stream(str(path), compression=packed) as stream, tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            data = archive.extractfile(member) if member.isfile() and _is_text(member.name) else None
            if data is not None:
                yield Text(member.name, data)


def _from_rows(path: Path, rows: Iterable[Any], column: str) -> Iterator[Text]:
    for at, row in enumerate(rows):
        if not isinstance(row, dict) or not isinstance(row.get(column), str):
            raise RawTextsError([f"{path}: row {at + 1} has no text in {column!r}; name another --text-column"])
        name = str(row.get("id") or f"{path.name.split('.')[0]}-{at + 1:08}")
        with contextlib.closing(pa.BufferReader(row[column].encode())) as data:
            yield Text(f"{name.removesuffix('.txt')}.txt", data)


def _parquet_rows(path: Path) -> Iterator[Any]:
    for batch in pq.ParquetFile(path).iter_batches(1_000):
        yield from batch.to_pylist()


def _json_rows(path: Path) -> Iterator[Any]:
    with pa.input_stream(str(path)) as stream:  # the suffix says how it is compressed
        for at, line in enumerate(_lines(stream)):
            try:
                yield json.loads(line)
            except ValueError as error:
                raise RawTextsError([f"{path}: line {at + 1} is no JSON ({error}); mend it"]) from None


def _lines(stream: Any) -> Iterator[bytes]:
    held = b""
    while data := stream.read(MEGABYTE):
        *lines, held = (held + data).split(b"\n")
        if len(held) > 2 * MAX_BYTES:
            raise RawTextsError([f"a line of it has more than {2 * MAX_BYTES // MEGABYTE} MB; no text is that long"])
        yield from filter(bytes.strip, lines)
    if held.strip():
        yield held


def _write_all(texts: Iterable[Text], folder: Path, most: int) -> None:
    written = 0
    for text in texts:
        path = _place(folder, text.name)
        data = text.data.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            limit = f"{MAX_BYTES // MEGABYTE} MB"
            raise RawTextsError([f"{text.name}: unpacks to more than {limit}, the limit of a text; split or remove it"])
        written += len(data)
        if written > most:
            raise RawTextsError(
                [f"{text.name}: with it the collection unpacks to {written:,} bytes, which no texts do"]
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _place(folder: Path, name: str) -> Path:
    parts = PurePosixPath(name.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or "\0" in name or ":" in parts.parts[0]:
        raise RawTextsError([f"{name!r}: this name leads out of the collection; rename the text in it"])
    path = folder / parts
    if path.exists():
        raise RawTextsError([f"{name}: two texts of the collection have this name; rename one"])
    return path


def _most(place: Path) -> int:
    files = place.rglob("*") if place.is_dir() else [place]
    return max(_SMALL, MOST_UNPACKED * sum(path.stat().st_size for path in files))


def _is_text(name: str) -> bool:
    shown = PurePosixPath(name).name.lower()
    return not shown.startswith(".") and (shown.endswith(".txt") or shown == "sources.toml")


def _packed(path: Path) -> str:
    return next((suffix for suffix in PACKED if path.name.lower().endswith(suffix)), "")


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
        told = " ".join(str(error).split()) or type(error).__name__
        raise RawFolderError(
            f"{url}: cannot be fetched ({told}); check the address and your right to read it"
        ) from None
    return folder
