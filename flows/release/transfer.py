"""A release to a store and back, each file proved by its hash after the way."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from flows.errors import TargetError
from flows.release.checksums import checksums_of, release_files
from flows.release.disk import target_error
from flows.release.names import CHECKSUMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from flows.release.objects import Objects

_AT_ONCE = 8


def upload(objects: Objects, folder: Path, place: str) -> None:
    """Upload all files of a sealed release, and read each back to prove it.

    Args:
        objects: the store.
        folder: the release's, with SHA256SUMS.
        place: the folder of keys to put it in.

    Raises:
        TargetError: the store cannot be written, or holds other bytes than were sent.
    """
    data = (folder / CHECKSUMS).read_bytes()
    expected = {**checksums_of(data, str(folder / CHECKSUMS)), CHECKSUMS: hashlib.sha256(data).hexdigest()}

    def send(name: str) -> None:
        objects.upload(f"{place}/{name}", folder / name)
        try:
            found = _digest(objects.chunks(f"{place}/{name}"))
        except FileNotFoundError:
            told = "it is gone again; another run seems to have published, and cleared up"
            raise TargetError(f"{place}/{name}: {told}; publish again") from None
        if found != expected[name]:
            raise TargetError(f"{place}/{name}: the store holds other bytes than were sent; publish again")

    _all(send, release_files(folder))


def fetch(objects: Objects, place: str, digest: str, folder: Path, wanted: Callable[[str], bool]) -> None:
    """Download a release, or some of its files, and prove each by its hash.

    Args:
        objects: the store.
        place: the folder of keys that the release is in.
        digest: the SHA-256 of its SHA256SUMS, as entries write it.
        folder: where to put it; it is made.
        wanted: says by its name whether a file is to be fetched.

    Raises:
        TargetError: a file is gone, or is not the one that was published; the folder cannot be written.
    """
    where = f"{place}/{CHECKSUMS}"
    data = _whole(objects, where)
    if f"sha256:{hashlib.sha256(data).hexdigest()}" != digest:
        raise TargetError(f"{where}: this is not the file that the catalogue knows; fetch again, or tell the publisher")
    named = checksums_of(data, where)

    def receive(name: str) -> None:
        found = _receive(objects, f"{place}/{name}", folder / name)
        if found != named[name]:
            raise TargetError(f"{place}/{name}: its SHA-256 is not the one in {CHECKSUMS}; fetch again")

    try:
        folder.mkdir(parents=True, exist_ok=True)
        _all(receive, filter(wanted, named))
        (folder / CHECKSUMS).write_bytes(data)
    except OSError as error:
        raise target_error(folder, error) from error


def is_complete(objects: Objects, place: str, keys: Iterable[str]) -> bool:
    """Whether a folder of keys holds a whole release: all files that its SHA256SUMS names, and no other bytes."""
    here = {key.removeprefix(f"{place}/") for key in keys}
    try:
        named: Mapping[str, str] = checksums_of(objects.read(f"{place}/{CHECKSUMS}"), place)
        whole = {*named, CHECKSUMS} == here
        return whole and all(_digest(objects.chunks(f"{place}/{name}")) == named[name] for name in named)
    except (FileNotFoundError, TargetError):
        return False


def _all(work: Callable[[str], None], names: Iterable[str]) -> None:
    """Do the work for all names, some at once; raise the first fault, after the others have ended."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        runs = [pool.submit(work, name) for name in names]
        try:
            for run in runs:
                run.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _receive(objects: Objects, key: str, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    try:
        with path.open("wb") as file:
            for chunk in objects.chunks(key):
                digest.update(chunk)
                file.write(chunk)
    except FileNotFoundError:
        raise TargetError(f"{key}: the catalogue lists this release, but the file is gone; bring it back") from None
    return digest.hexdigest()


def _whole(objects: Objects, key: str) -> bytes:
    try:
        return objects.read(key)
    except FileNotFoundError:
        raise TargetError(f"{key}: the catalogue lists this release, but the file is gone; bring it back") from None


def _digest(chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()
