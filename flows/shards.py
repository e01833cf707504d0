"""Batches of texts become shards: a folder with one Parquet file a resource, and a seal that says it is whole.

A shard is kept under the version of the parser that wrote it, and tells the key of each of its texts: so a text that
was parsed before, by this parser, is found again whatever batch it was in, unless changed vocabularies touch it.

Prefect's own cache of task results is not asked: a task is a batch, and of two hundred texts in a batch two change in
every new collection, so that almost none would be found again. What is kept stands in Prefect as a cached run.
"""

from __future__ import annotations

import gc
import hashlib
import json
import shutil
import sys
import tempfile
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from flows.dependence import touched, vocabulary_digest, write_forms
from flows.patience import bounded, seconds_for
from flows.quarantine import parse_or_reject
from flows.read import read_again
from flows.records import Rejected
from flows.release.disk import full_error, is_full
from flows.resources import schemas_folder
from flows.schema import to_arrow
from flows.vocabulary import default_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flows.records import Parsed, RawText

PER_TEXT = ("documents", "metrics", "tasks", "passages", "appearances", "mentions", "numerals", "findings")
"""The resources whose rows each belong to one text; `speakers` are joined over all of them."""

SEAL = "shard.json"
_BATCHES_A_WORKER = 8
_LEAST_BATCH = 250_000  # bytes; they take a second or so, beside which a task run of Prefect's is little
_PARSER = Path(__file__).parent
_READ_BY_IT = (
    "parse/**/*.py",
    "parse/**/*.toml",
    "dependence.py",
    "records.py",
    "vocabulary.py",
    "quarantine.py",
    "shards.py",
)


class Shard(NamedTuple):
    """What parsing a batch came to: the folder of its rows, and the texts that could not be parsed."""

    folder: Path
    documents: int
    rejected: tuple[Rejected, ...] = ()


class Taken(NamedTuple):
    """A shard, and the documents that are to be left in it, because they are none of these texts any more."""

    folder: Path
    left: frozenset[str] = frozenset()


class _Seal(NamedTuple):
    """What a shard says of itself: the keys of its texts by document id, and the digest of its vocabularies."""

    texts: Mapping[str, str]
    vocabulary: str


@lru_cache(maxsize=1)
def parser_version() -> str:
    """Return a digest of all that the rows of a text depend on but the text and the vocabularies: rules and Python."""
    read = [path for pattern in _READ_BY_IT for path in _PARSER.glob(pattern)]
    read += schemas_folder().rglob("*.json")
    digest = hashlib.sha256(f"{sys.version_info[:2]} {pa.__version__}".encode())
    for path in sorted(read):
        digest.update(f"{path.name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:24]


def text_key(text: RawText) -> str:
    """Return a digest of a text and of what its rows say of its file."""
    said = [text.document_id, text.path, text.sha256, text.source.url]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def batch_size(texts: Iterable[RawText], most: int, workers: int) -> int:
    """Return how many bytes of text go in a batch: fewer than `most` where workers would wait long for the last one."""
    return min(most, max(sum(text.bytes for text in texts) // (_BATCHES_A_WORKER * workers), _LEAST_BATCH))


def is_little(texts: Iterable[RawText], most: int, workers: int) -> bool:
    """Say whether texts are at most one batch of `most` bytes for each worker, so that to start them costs more."""
    return sum(text.bytes for text in texts) <= most * workers


def batches(texts: Sequence[RawText], size: int) -> Iterator[tuple[int, tuple[RawText, ...]]]:
    """Yield runs of texts of at most `size` bytes together, each with the 1-based place of its first.

    A text longer than that is a batch of its own.
    """
    first, held = 0, 0
    for at, text in enumerate(texts):
        if at > first and held + text.bytes > size:
            yield first + 1, tuple(texts[first:at])
            first, held = at, 0
        held += text.bytes
    if texts:
        yield first + 1, tuple(texts[first:])


def write_shard(texts: Sequence[RawText], raw: Path, store: Path) -> Shard:
    """Parse a batch and write its rows into a new folder of `store`, whole or not at all.

    A batch that takes more processor time than any sound one does ends its process.

    Args:
        texts: sound texts of the folder `raw`, with or without their words.
        raw: the raw folder.
        store: the folder of shards, made where there is none.

    Raises:
        RawTextsError: a text is not what it was.
        TargetError: the store is full.
        OSError: it cannot be written.
    """
    with _uncollected():
        return _write_shard(texts, raw, store)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare Python the search for circles among rows: parsing leaves none, and a batch holds rows by the 100,000."""
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()


def _write_shard(texts: Sequence[RawText], raw: Path, store: Path) -> Shard:
    vocabulary = default_vocabulary()
    with bounded(seconds_for(texts)):
        results = [parse_or_reject(text if text.text else read_again(raw, text), vocabulary) for text in texts]
    parsed = [it for it in results if not isinstance(it, Rejected)]
    rejected = tuple(it for it in results if isinstance(it, Rejected))
    lost = {it.raw_path for it in rejected}
    keys = {text.document_id: text_key(text) for text in texts if text.path not in lost}
    said = [vocabulary_digest(vocabulary), *sorted(keys.values())]
    place = store / parser_version() / hashlib.sha256("".join(said).encode()).hexdigest()[:24]
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=place.parent))
    try:
        write_forms(vocabulary, draft)
        _write(parsed, {"texts": keys, "vocabulary": vocabulary_digest(vocabulary)}, draft)
        shutil.rmtree(place, ignore_errors=True)  # the same texts again: what was there was damaged, or is the same
        draft.rename(place)
    except OSError as error:
        if is_full(error):
            raise full_error(
                store, "name a folder on a larger disk with --cache, or by TMPDIR where none is kept"
            ) from None
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Shard(place, len(parsed), rejected)


def stored(store: Path, texts: Iterable[RawText], raw: Path) -> tuple[list[Taken], list[RawText], list[str]]:
    """Return what a store has of some texts of the folder `raw`.

    Returns:
        What to take from its shards, the texts that are in none, and a line for every shard that is damaged.

    Raises:
        RawTextsError: a text is not what it was.
    """
    wanted = {text_key(text): text for text in texts}
    taken, damaged = [], []
    for folder in sorted((store / parser_version()).glob("[!.]*")):
        seal = _sealed(folder)
        if seal is None:
            damaged.append(f"{folder}: this stored shard is damaged; its texts are parsed again")
            continue
        held = _held(folder, seal, wanted, raw)
        if held:
            taken.append(Taken(folder, frozenset(seal.texts.keys() - held)))
            for document in held:
                del wanted[seal.texts[document]]
    return taken, list(wanted.values()), damaged


def _held(folder: Path, seal: _Seal, wanted: Mapping[str, RawText], raw: Path) -> set[str]:
    """Return the ids of the texts of a shard that are wanted, and that would be read in the same way today."""
    held = {document for document, key in seal.texts.items() if key in wanted}
    vocabulary = default_vocabulary()
    if held and seal.vocabulary != vocabulary_digest(vocabulary):
        held -= touched(folder, [wanted[seal.texts[document]] for document in held], raw, vocabulary)
    return held


def _write(parsed: Sequence[Parsed], said: Mapping[str, object], folder: Path) -> None:
    for name in PER_TEXT:
        pq.write_table(to_arrow(name, _rows(parsed, name)), folder / f"{name}.parquet", compression="zstd")
    pq.write_table(_speakers(parsed), folder / "speakers.parquet", compression="zstd")
    files = {path.name: _sha256(path) for path in sorted(folder.glob("*.parquet"))}
    (folder / SEAL).write_text(json.dumps({**said, "files": files}), "utf-8")


def _rows(parsed: Iterable[Parsed], name: str) -> Iterator[tuple[object, ...]]:
    for text in parsed:
        if name == "documents":
            yield text.document
        else:
            yield from getattr(text, name)


def _speakers(parsed: Sequence[Parsed]) -> pa.Table:
    """Return the speakers of each text, with its id and date, by which they are joined."""
    table = to_arrow("speakers", [row for text in parsed for row in text.speakers])
    ids = [text.document.document_id for text in parsed for _ in text.speakers]
    dates = [_date(text) for text in parsed for _ in text.speakers]
    said = table.append_column("document_id", pa.array(ids, pa.string()))
    return said.append_column("said_on", pa.array(dates, pa.string()))


def _date(text: Parsed) -> str:
    return str(text.document.event_on or text.document.published_on or "")


def _sealed(folder: Path) -> _Seal | None:
    """Return what a shard's seal says; None where it is not what it was sealed as."""
    try:
        seal = json.loads((folder / SEAL).read_text("utf-8"))
        whole = all(_sha256(folder / name) == said for name, said in seal["files"].items())
        return _Seal(dict(seal["texts"]), str(seal["vocabulary"])) if whole else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
