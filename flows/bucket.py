"""A store of shards in a bucket, with a folder of this machine for its mirror: what a run wants of it, and adds to it.

A shard's seal is sent last and fetched first: what has none is not there. What was damaged on its way, or lies there
damaged, is found by its seal in the mirror as it would be in any folder.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from flows.release.objects import Access, open_objects
from flows.settings import storage_settings
from flows.shards import SEAL, parser_version, text_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from flows.records import RawText
    from flows.release.objects import Objects
    from flows.settings import Settings
    from flows.shards import Shard


def bucket_of(settings: Settings) -> Objects | None:
    """Return the bucket that keeps what was parsed; None where a folder does, or nothing.

    Raises:
        TargetError: nothing here speaks to its URL, or there are no credentials.
    """
    if not (settings.cache and settings.in_bucket):
        return None
    return open_objects(settings.cache, Access(storage_settings()))


def fetch(bucket: Objects | None, mirror: Path, texts: Iterable[RawText]) -> None:
    """Copy the shards that hold any of these texts to the folder `mirror`, as `flows.shards.stored` looks for them.

    Raises:
        TargetError: the bucket cannot be read.
        OSError: the folder cannot be written.
    """
    if bucket is None:
        return
    wanted = {text_key(text) for text in texts}
    keys = bucket.list_keys(parser_version())
    for seal in (key for key in keys if key.endswith(f"/{SEAL}")):
        if not wanted.isdisjoint(_texts(bucket.read(seal))):
            for key in (key for key in keys if key.startswith(seal.removesuffix(SEAL))):
                _copy(bucket, key, mirror / key)


def send_all(bucket: Objects | None, shards: Iterable[Shard]) -> None:
    """Copy some shards to the bucket, each as `send` does."""
    for shard in shards:
        send(bucket, shard.folder)


def send(bucket: Objects | None, folder: Path) -> None:
    """Copy the shard in `folder` to the bucket, if there are both.

    Raises:
        TargetError: the bucket cannot be written.
    """
    if bucket is None or not (folder / SEAL).is_file():
        return
    for name in (*sorted(path.name for path in folder.glob("*.parquet")), SEAL):
        bucket.upload(f"{folder.parent.name}/{folder.name}/{name}", folder / name)


def _texts(seal: bytes) -> list[str]:
    """Return the keys of a shard's texts; none where its seal is damaged."""
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        return [str(key) for key in json.loads(seal)["texts"].values()]
    return []


def _copy(bucket: Objects, key: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError), path.open("wb") as file:  # one that is gone is missed when the seal is read
        for chunk in bucket.chunks(key):
            file.write(chunk)
