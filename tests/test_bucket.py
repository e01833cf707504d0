"""What was parsed is kept in a bucket: fetched from there, sent to it, and damage in it told."""

from datetime import date
from pathlib import Path

import fsspec
import pytest

from flows.bucket import bucket_of, fetch, send
from flows.read import read_raw
from flows.records import RawText
from flows.release.objects import Objects
from flows.settings import Settings
from flows.shards import SEAL, Taken, stored, write_shard


@pytest.fixture
def texts(tmp_path: Path) -> tuple[RawText, ...]:
    (tmp_path / "raw").mkdir()
    for name in "abc":
        (tmp_path / "raw" / f"{name}.txt").write_text(f"In plant {name}, exports grew by 5 percent in 2023.")
    return read_raw(tmp_path / "raw", keep=False).texts


@pytest.fixture
def bucket(tmp_path: Path, texts: tuple[RawText, ...]) -> Objects:
    """A bucket with two shards: one of a and b, one of c."""
    address = f"memory://{tmp_path.name}/cache"
    found = bucket_of(Settings(tmp_path / "raw", tmp_path / "dist", date(2024, 12, 1), cache=address))
    assert found is not None
    for batch in (texts[:2], texts[2:]):
        send(found, write_shard(batch, tmp_path / "raw", tmp_path / "store").folder)
    return found


def test_only_the_shards_of_these_texts_are_fetched(
    tmp_path: Path, texts: tuple[RawText, ...], bucket: Objects
) -> None:
    mirror = tmp_path / "mirror"
    fetch(bucket, mirror, texts[:1])
    taken, missing, damaged = stored(mirror, texts, tmp_path / "raw")
    assert ([it.left for it in taken], missing, damaged) == ([frozenset()], [texts[2]], [])
    assert sorted(path.name for path in taken[0].folder.iterdir()) == sorted(
        path.name for path in (tmp_path / "store").rglob(f"{taken[0].folder.name}/*")
    )


@pytest.mark.parametrize("name", ["metrics.parquet", SEAL])
def test_what_is_damaged_in_a_bucket_is_not_taken(
    tmp_path: Path, texts: tuple[RawText, ...], bucket: Objects, name: str
) -> None:
    key = next(key for key in bucket.list_keys() if key.endswith(name))
    bucket.write(key, b"damage")
    fetch(bucket, tmp_path / "mirror", texts)
    taken, missing, damaged = stored(tmp_path / "mirror", texts, tmp_path / "raw")
    assert (len(taken), len(missing) in {1, 2}) == (1, True)
    assert len(damaged) == (name != SEAL)
    again = write_shard(missing, tmp_path / "raw", tmp_path / "mirror")
    send(bucket, again.folder)
    fetch(bucket, tmp_path / "other", texts)
    assert sorted(it.folder.name for it in stored(tmp_path / "other", texts, tmp_path / "raw")[0]) == sorted(
        it.folder.name for it in (*taken, Taken(again.folder))
    )


def test_a_shard_whose_sending_broke_off_is_none(tmp_path: Path, texts: tuple[RawText, ...], bucket: Objects) -> None:
    fsspec.filesystem("memory").rm(f"/{tmp_path.name}/cache/{bucket.list_keys()[0]}")
    bucket.delete([key for key in bucket.list_keys() if key.endswith(SEAL)])
    fetch(bucket, tmp_path / "mirror", texts)
    assert stored(tmp_path / "mirror", texts, tmp_path / "raw")[1] == list(texts)


def test_no_bucket_takes_and_gives_nothing(tmp_path: Path, texts: tuple[RawText, ...]) -> None:
    settings = Settings(tmp_path, tmp_path, date(2024, 12, 1), cache=str(tmp_path / "folder"))
    assert bucket_of(settings) is None
    fetch(None, tmp_path / "mirror", texts)
    send(None, tmp_path)
    assert not (tmp_path / "mirror").exists()
