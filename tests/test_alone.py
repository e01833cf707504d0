"""A text that kills the process that parses it is found among the others, and named."""

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from flows import alone
from flows.errors import RawTextsError
from flows.gather import gather
from flows.read import read_raw
from flows.records import RawText
from flows.release.parquet import count_rows
from flows.shards import Shard, Taken, stored, write_shard
from flows.vocabulary import default_vocabulary


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for at in range(5):
        (folder / f"text-{at}.txt").write_text(f"Exports grew by {at + 1} percent in 2023.")
    return folder


def test_a_batch_is_parsed_in_a_process_of_its_own(raw: Path, tmp_path: Path) -> None:
    texts = read_raw(raw, keep=False).texts
    (shard,) = alone.parse_apart(texts, raw, tmp_path / "store")
    assert (shard.documents, shard.rejected) == (5, ())
    assert stored(tmp_path / "store", texts, raw)[1:] == ([], [])


def test_few_texts_are_parsed_side_by_side(raw: Path, tmp_path: Path) -> None:
    texts = read_raw(raw, keep=False).texts
    shards = alone.parse_beside(texts, raw, tmp_path / "store", 2)
    assert [shard.documents for shard in shards] == [3, 2]
    assert stored(tmp_path / "store", texts, raw)[1:] == ([], [])


def test_a_store_that_cannot_be_written_is_told_from_a_process_too(raw: Path, tmp_path: Path) -> None:
    (tmp_path / "store").write_text("no folder")
    with pytest.raises(NotADirectoryError):
        alone.parse_beside(read_raw(raw, keep=False).texts, raw, tmp_path / "store", 2)


def test_the_text_that_kills_is_named_and_the_others_are_parsed(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deadly(texts: Sequence[RawText], _: Path, store: Path) -> Shard | str:
        if any(text.document_id == "text-3" for text in texts):
            return "its process ended with -9"
        return write_shard(texts, raw, store)

    monkeypatch.setattr(alone, "_try", deadly)
    shards = alone.parse_apart(read_raw(raw, keep=False).texts, raw, tmp_path / "store")
    assert sum(shard.documents for shard in shards) == 4
    (rejected,) = [it for shard in shards for it in shard.rejected]
    (tmp_path / "tables").mkdir()
    gather([Taken(shard.folder) for shard in shards], [rejected], default_vocabulary(), tmp_path / "tables")
    assert (count_rows(tmp_path / "tables")["documents"], count_rows(tmp_path / "tables")["rejected"]) == (4, 1)
    assert (rejected.raw_path, rejected.bytes) == ("raw/text-3.txt", len("Exports grew by 4 percent in 2023."))
    assert rejected.reason.startswith("cannot be parsed (its process ended with -9); this is a fault of the parser")


def test_a_process_that_takes_too_long_is_named(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nulimit -S -t 1\nexec {sys.executable} -c "while True: pass"')
    python.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(python))
    shards = alone.parse_apart(read_raw(raw, keep=False).texts[:1], raw, tmp_path)
    assert "it was not done after 60 s" in shards[0].rejected[0].reason


def test_a_body_without_end_is_ended_though_others_begin_and_end() -> None:
    code = """
import re, resource, threading
from flows.patience import bounded
def endless():
    with bounded(0.1):
        re.match("(a+)+$", "a" * 60 + "b")
before = resource.getrlimit(resource.RLIMIT_CPU)
with bounded(0.1):
    pass
assert resource.getrlimit(resource.RLIMIT_CPU) == before
with bounded(0.1):
    threading.Thread(target=endless).start()
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (-signal.SIGXCPU, b"")


def test_a_text_that_changes_meanwhile_stops_the_run(raw: Path, tmp_path: Path) -> None:
    texts = read_raw(raw, keep=False).texts
    (raw / "text-0.txt").write_text("Other words.")
    with pytest.raises(RawTextsError, match="has changed since this run began"):
        alone.parse_apart(texts, raw, tmp_path)
