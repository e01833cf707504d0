"""A folder of releases: each there whole or not at all, and never changed once it is out.

A release is built beside the others, on the same file system, synced to the disk, and renamed into its place without
replacing anything; then the catalogue is replaced. A lock keeps two publishers apart; the kernel drops it when its
holder dies.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from flows.errors import ReleaseExistsError, ReleaseNotFoundError, TargetError
from flows.release.catalogue import withdrawal_text
from flows.release.checksums import checksum_faults
from flows.release.disk import LOCK, copy_whole, locked, remove, sync, sync_tree, target_error, write_whole
from flows.release.entry import base_of, entry_of
from flows.release.local_catalogue import (
    ASIDE,
    catch_up,
    derive_local,
    listed,
    local_versions,
    withdrawn_versions,
    write_local,
)
from flows.release.names import CATALOGUE, WITHDRAWN_FOLDER, withdrawal_path
from flows.release.rename import rename_without_replacing
from flows.release.versions import checked_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from flows.release.catalogue import Catalogue

_STAGING = ".staging"


def silent(_line: str) -> None:
    """Take a line and tell nobody."""


class LocalTarget:
    """A folder of this machine with one folder in it for each version."""

    def __init__(self, dist: Path) -> None:
        """Name the folder; it is made when something is staged."""
        self.dist = dist

    def __str__(self) -> str:
        """Return the folder's path."""
        return str(self.dist)

    def versions(self) -> tuple[str, ...]:
        """Return the versions that are out, oldest first; none where the folder is missing.

        Raises:
            TargetError: the folder cannot be read, or is none.
        """
        return local_versions(self.dist)

    def newest(self, beside: Path | None = None) -> Path | None:  # noqa: ARG002 - stores need it
        """Return the folder of the newest release, withdrawn or not; None where there is none.

        Raises:
            TargetError: like `versions`.
        """
        versions = self.versions()
        return self.dist / versions[-1] if versions else None

    def folder(self, version: str) -> Path:
        """Return the folder of one release.

        Raises:
            ReleaseNotFoundError: there is no such release.
            TargetError: like `versions`.
        """
        versions = self.versions()
        if version not in versions:
            known = f"there are {', '.join(versions)}" if versions else "there is none yet; publish one"
            raise ReleaseNotFoundError(f"{self.dist}: no release {version}; {known}")
        return self.dist / version

    def check(self) -> None:
        """See whether releases could be written here, without writing anything.

        Raises:
            TargetError: the place is no folder, or may not be written; its catalogue is broken, or names a release
                that is gone.
        """
        place = self.dist.absolute()
        while not place.exists() and place != place.parent:
            place = place.parent  # what is missing will be made in what is there
        if not place.is_dir():
            raise target_error(self.dist, NotADirectoryError())
        lock = self.dist / LOCK
        if not os.access(place, os.W_OK | os.X_OK) or (lock.exists() and not os.access(lock, os.W_OK)):
            raise target_error(self.dist, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))
        listed(self.dist)

    @contextmanager
    def release(self, version: str | None = None) -> Iterator[Path]:
        """Lend the folder of a release; of the latest one that stands if no version is given.

        Raises:
            ReleaseNotFoundError: there is no such release.
            TargetError: like `versions`.
        """
        if version is None:
            standing = [other for other in self.versions() if other not in withdrawn_versions(self.dist)]
            version = (standing or self.versions() or (None,))[-1]
        if version is None:
            raise ReleaseNotFoundError(f"no release in {self.dist}; run `newind publish` first")
        yield self.folder(version)

    def fetch(self, version: str | None, place: Path) -> str:
        """Copy a release into the folder `place`, and return its version; else like `release`."""
        with self.release(version) as folder:
            try:
                shutil.copytree(folder, place, dirs_exist_ok=True)
            except OSError as error:
                raise target_error(place, error) from error
            return folder.name

    @contextmanager
    def stage(self, say: Callable[[str], None] = silent) -> Iterator[Path]:
        """Hand out an empty folder to build in, and hold the lock of the place until the end.

        What killed runs left behind is removed or ended first, and the folder at the end, if it was not published.

        Args:
            say: takes a line for everything that a killed run had left.

        Raises:
            TargetError: the place is no folder, cannot be written, or is full; a release or the catalogue is broken.
        """
        with locked(self.dist):
            staging = self.dist / _STAGING
            try:
                _sweep(self.dist, say)
                catch_up(self.dist, say)
                staging.mkdir()
                # A name of its own: children of a killed run may still be writing to the name that they know.
                folder = Path(mkdtemp(dir=staging, prefix="run-")) / "release"
                folder.mkdir()
            except OSError as error:
                raise target_error(self.dist, error) from error
            try:
                yield folder
            finally:
                shutil.rmtree(staging, ignore_errors=True)

    def publish(self, staging: Path, version: str) -> Path:
        """Put a built release in its place, whole, list it in the catalogue, and return that place.

        Args:
            staging: the folder that ``stage`` handed out, inside whose block this must be called.
            version: a semantic version of three numbers.

        Raises:
            ReleaseExistsError: this version is out already.
            TargetError: the version is none, the release is not whole or was not compared with the newest one here,
                or the place cannot be written.
        """
        checked_version(version)
        _check_base(self, staging)
        return self.place(staging, version)

    def place(self, staging: Path, version: str) -> Path:
        """Put a whole release in its place, whatever it was compared with; else like `publish`."""
        check_whole(staging, version)
        place = self.dist / version
        try:
            sync_tree(staging)
            rename_without_replacing(staging, place)
            sync(self.dist)
        except FileExistsError:
            raise ReleaseExistsError(f"{place}: this version is out already and is never changed; raise it") from None
        except OSError as error:
            raise target_error(self.dist, error) from error
        self._list(f"{place} is published")
        return place

    def share(self, files: Iterable[tuple[str, Path]]) -> None:
        """Put files beside the releases that belong to all of them, where they are missing; call it inside ``stage()``.

        Raises:
            TargetError: the place cannot be written.
        """
        try:
            for name, path in files:
                copy_whole(path, self.dist / name, self.dist / ASIDE)
        except OSError as error:
            raise target_error(self.dist, error) from error

    def catalogue(self) -> Catalogue:
        """Return the catalogue: what ``catalog.json`` says, or what the releases make where it is missing.

        Raises:
            TargetError: it is no catalogue, or names a release that is gone.
        """
        return listed(self.dist) or derive_local(self.dist)

    def rebuild(self) -> Catalogue:
        """Derive ``catalog.json`` anew from the releases and withdrawals.

        Raises:
            TargetError: a release or a withdrawal cannot be read, or the place cannot be written.
        """
        if not self.versions():
            raise ReleaseNotFoundError(f"{self.dist}: there is no release to make a catalogue of; publish one")
        with locked(self.dist):
            catalogue = derive_local(self.dist)
            write_local(self.dist, catalogue)
        return catalogue

    def withdraw(self, version: str, reason: str) -> Catalogue:
        """Mark a release as withdrawn; its files stay.

        Raises:
            ReleaseNotFoundError: there is no such release.
            ReleaseExistsError: it was withdrawn already.
            TargetError: the place cannot be written, or its catalogue is broken.
        """
        self.folder(version)
        with locked(self.dist):
            listed(self.dist)
            place = self.dist / withdrawal_path(version)
            if place.exists():
                raise ReleaseExistsError(f"{self.dist}: {version} was withdrawn already; {place} says why")
            try:
                (self.dist / WITHDRAWN_FOLDER).mkdir(exist_ok=True)
                write_whole(place, self.dist / ASIDE, withdrawal_text(version, reason))
                sync(self.dist)
            except OSError as error:
                raise target_error(self.dist, error) from error
            return self._list(f"{version} is withdrawn")

    def _list(self, done: str) -> Catalogue:
        try:
            catalogue = derive_local(self.dist)
            write_local(self.dist, catalogue)
        except TargetError as error:
            raise TargetError(f"{done}, but {CATALOGUE} does not tell it yet: {error}") from error
        return catalogue


def _sweep(dist: Path, say: Callable[[str], None]) -> None:
    for place in (dist / _STAGING, dist / ASIDE):
        if remove(place):
            say(f"removed {place}, which a killed run had left")


def _check_base(target: LocalTarget, staging: Path) -> None:
    """See whether the release was compared with what is the newest one now."""
    versions = target.versions()
    newest = versions[-1] if versions else None
    base = base_of(staging, newest)
    if base != newest:
        told = f"the release was compared with {base or 'none'}, but {newest or 'none'} is the newest now"
        raise TargetError(f"{target}: {told}; nothing was published; publish again")


def check_whole(staging: Path, version: str) -> None:
    """See whether the files of a release are those that SHA256SUMS names, and describe this version.

    Raises:
        TargetError: they do not.
    """
    try:
        faults, _ = checksum_faults(staging)
    except OSError as error:
        raise TargetError(f"{staging}: the release is not whole ({error.strerror or error}); build it again") from error
    if faults:
        raise TargetError(f"{staging}: the release changed after it was built; build it again: {faults[0]}")
    said = entry_of(staging, version)["version"]
    if said != version:
        raise TargetError(f"{staging}: the release says that it is {said}, not {version}; build it again")
