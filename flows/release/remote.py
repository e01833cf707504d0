"""Releases in a store of objects: uploaded beside, proved, and visible when their entry is created, last of all.

The store must keep two publishers apart, by refusing to create what is there already. Not every store does: a probe
tells, and without that nothing is published, unless the user answers for there being one publisher only.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from flows.errors import ReleaseExistsError, TargetError
from flows.release.catalogue import find_release, withdrawal_text
from flows.release.entry import base_of, entry_of
from flows.release.names import CATALOGUE, CHECKSUMS, CSV_ZIP, DATABASE, withdrawal_path
from flows.release.remote_catalogue import (
    current,
    derived,
    entry_bytes,
    entry_key,
    listed,
    rebuild_entries,
    sweep,
    uploads,
    write_derived,
)
from flows.release.scratch import scratch
from flows.release.store import check_whole, silent
from flows.release.transfer import fetch, upload
from flows.release.versions import checked_version, version_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from flows.release.catalogue import Catalogue
    from flows.release.objects import Objects

_PROBE = "catalog/probe"
_TRIES = 3  # a request of a killed run, to remove its probe, may come in late, between two of ours
_DIGITS = 12
_NOT_COMPARED = (DATABASE, CSV_ZIP)


class RemoteTarget:
    """A store, or a folder in it, with releases."""

    def __init__(self, address: str, objects: Objects, *, single_publisher: bool = False) -> None:
        """Name the place; nothing is read or written yet."""
        self.address = address.rstrip("/")
        self._objects = objects
        self._single = single_publisher

    def __str__(self) -> str:
        """Return the address."""
        return self.address

    def versions(self) -> tuple[str, ...]:
        """Return the versions that are out, oldest first.

        Raises:
            TargetError: the store cannot be read, or an entry is none.
        """
        return derived(self._objects).versions()

    def newest(self, beside: Path | None = None) -> Path | None:
        """Fetch what the next release is compared with, and return the folder; None where there is no release.

        Args:
            beside: the folder that `stage` handed out; without it, a temporary folder that goes with this object.

        Raises:
            TargetError: the store cannot be read, or a file is not the one that was published.
        """
        catalogue = current(self._objects, self.address)
        if not catalogue.releases:
            return None
        release = catalogue.releases[-1]
        if beside is None:
            self._kept = TemporaryDirectory(prefix="newind-newest-")
        folder = Path(beside.parent if beside else self._kept.name, "newest", release["version"])
        self._fetch(release, folder, lambda name: name not in _NOT_COMPARED)
        return folder

    @contextmanager
    def release(self, version: str | None = None) -> Iterator[Path]:
        """Fetch a release, the latest one that stands if no version is given, and lend its folder.

        Raises:
            ReleaseNotFoundError: there is no such release.
            TargetError: the store cannot be read, or a file is not the one that was published.
        """
        with scratch() as folder:
            place = folder / "release"
            self.fetch(version, place)
            yield place

    def fetch(self, version: str | None, place: Path) -> str:
        """Fetch a release into the folder `place`, and return its version; else like `release`."""
        release = find_release(current(self._objects, self.address), version, self.address)
        self._fetch(release, place, lambda _: True)
        return str(release["version"])

    def check(self) -> None:
        """See whether releases could be published here.

        Raises:
            TargetError: the store cannot be reached, read or written, its catalogue is broken, or it does not keep two
                publishers apart.
        """
        current(self._objects, self.address)
        self._probe()

    @contextmanager
    def stage(self, say: Callable[[str], None] = silent) -> Iterator[Path]:
        """Hand out an empty folder to build in; before and after, clear up behind runs that broke off.

        Args:
            say: takes a line for everything that such a run had left.

        Raises:
            TargetError: like `check`.
        """
        with scratch(say) as folder:
            self._probe()
            self._catch_up(say)
            place = folder / "release"
            place.mkdir()
            yield place
            sweep(self._objects, derived(self._objects), self.address, say)

    def publish(self, staging: Path, version: str) -> str:
        """Upload a built release, prove it, make it visible, and return its address.

        Args:
            staging: the folder that ``stage`` handed out, inside whose block this must be called.
            version: a semantic version of three numbers.

        Raises:
            ReleaseExistsError: this version is out already, or another one has followed the same release meanwhile.
            VersionError: the version is none.
            TargetError: the release is not whole, or the store cannot be written.
        """
        checked_version(version)
        check_whole(staging, version)
        base = self._base(staging, version)
        digest = hashlib.sha256((staging / CHECKSUMS).read_bytes()).hexdigest()
        path = f"{version}-{digest[:_DIGITS]}"
        entry = entry_of(staging, path)
        try:
            upload(self._objects, staging, path)
            self._enter(entry, base)
        except (TargetError, ReleaseExistsError):
            self._drop(path)
            raise
        try:
            write_derived(self._objects)
        except TargetError as error:
            raise TargetError(f"{version} is published, but {CATALOGUE} does not tell it yet: {error}") from error
        return f"{self.address}/{path}"

    def share(self, files: Iterable[tuple[str, Path]]) -> None:
        """Upload files that belong to all releases, where they are missing.

        Raises:
            TargetError: the store cannot be read or written.
        """
        for key, path in files:
            if key not in self._objects.list_keys(key.rpartition("/")[0]):
                self._objects.upload(key, path)

    def catalogue(self) -> Catalogue:
        """Return the catalogue that the entries and withdrawals make.

        Raises:
            TargetError: the store cannot be read; ``catalog.json`` is none, or names a release that is gone.
        """
        return current(self._objects, self.address)

    def rebuild(self) -> Catalogue:
        """Make the entries anew from the releases, and ``catalog.json`` from the entries and withdrawals.

        Raises:
            TargetError: there is no release, or the store cannot be read or written.
        """
        rebuild_entries(self._objects, self.address)
        return write_derived(self._objects)

    def withdraw(self, version: str, reason: str) -> Catalogue:
        """Mark a release as withdrawn; its files stay.

        Raises:
            ReleaseNotFoundError: there is no such release.
            ReleaseExistsError: it was withdrawn already.
            TargetError: the store cannot be written, or its catalogue is broken.
        """
        find_release(current(self._objects, self.address), version, self.address)
        self._probe()
        try:
            self._create(withdrawal_path(version), withdrawal_text(version, reason).encode())
        except FileExistsError:
            told = f"{version} was withdrawn already; {withdrawal_path(version)} says why"
            raise ReleaseExistsError(f"{self.address}: {told}") from None
        return write_derived(self._objects)

    def _fetch(self, release: Mapping[str, Any], folder: Path, wanted: Callable[[str], bool]) -> None:
        try:
            fetch(self._objects, release["path"], release["digest"], folder, wanted)
        except TargetError as error:
            raise TargetError(f"{self.address}: release {release['version']} cannot be fetched: {error}") from error

    def _base(self, staging: Path, version: str) -> str | None:
        """Return the newest release, having seen that the new one was compared with it and is no version of old."""
        versions = derived(self._objects).versions()
        newest = versions[-1] if versions else None
        if version in versions:
            raise ReleaseExistsError(f"{self.address}: {version} is out already and is never changed; raise it")
        base = base_of(staging, newest)
        if base != newest:
            told = f"the release was compared with {base or 'none'}, but {newest or 'none'} is the newest now"
            raise TargetError(f"{self.address}: {told}; nothing was published; publish again")
        if newest and version_key(version) <= version_key(newest):
            raise TargetError(f"{self.address}: {version} is not higher than {newest}, the newest; raise it")
        return base

    def _enter(self, entry: Mapping[str, Any], base: str | None) -> None:
        """Create the entry: from here on the release is out."""
        key, data = entry_key(base), entry_bytes(entry)
        try:
            self._create(key, data)
        except FileExistsError:
            if self._objects.read(key) == data:  # it was ours: the answer was lost, and the question asked again
                return
            told = "another run has published meanwhile; nothing of this one was published; publish again"
            raise ReleaseExistsError(f"{self.address}: {told}") from None

    def _create(self, key: str, data: bytes) -> None:
        if not self._single:
            self._objects.create(key, data)
        elif key in self._objects.list_keys(key.rpartition("/")[0]):
            raise FileExistsError(key)
        else:
            self._objects.write(key, data)

    def _drop(self, path: str) -> None:
        """Remove what was uploaded and will not be published, as far as the store still answers."""
        with suppress(TargetError):
            named = {release["path"] for release in derived(self._objects).releases}
            self._objects.delete(uploads(self._objects).get(path, []) if path not in named else [])

    def _catch_up(self, say: Callable[[str], None]) -> None:
        catalogue, before = current(self._objects, self.address), listed(self._objects, self.address)
        sweep(self._objects, catalogue, self.address, say)
        if catalogue.releases and before != catalogue:
            write_derived(self._objects)
            say(f"{self.address}/{CATALOGUE} was not what the releases say; it is right again")

    def _probe(self) -> None:
        """See whether the store refuses to create what is there already.

        Raises:
            TargetError: it does not, and nobody answers for there being one publisher only.
        """
        if self._single or any(self._refuses_twice() for _ in range(_TRIES)):
            return
        told = "this store ignores conditions, and so cannot keep two publishers apart"
        raise TargetError(f"{self.address}: {told}; if there is only one, say so with --single-publisher")

    def _refuses_twice(self) -> bool:
        try:
            self._objects.create(_PROBE, b"")
        except FileExistsError:
            return True
        try:
            self._objects.create(_PROBE, b"")
        except FileExistsError:
            return True
        finally:
            self._objects.delete([_PROBE])
        return False
