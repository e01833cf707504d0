"""Where releases go: whole or not at all, and never changed once they are out.

A release is built beside the others, on the same file system, synced to the disk, and renamed into its place without
replacing anything. A lock keeps two publishers apart; the kernel drops it when its holder dies.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from flows.errors import ReleaseExistsError, ReleaseNotFoundError, TargetError
from flows.release.rename import rename_without_replacing

if TYPE_CHECKING:
    from collections.abc import Iterator

_STAGING = ".staging"
_LOCK = ".lock"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_VERSION = re.compile(r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)", re.ASCII)


class Target(Protocol):
    """A place of releases."""

    def versions(self) -> tuple[str, ...]:
        """Return the versions that are out, oldest first."""

    def newest(self) -> Path | None:
        """Return the folder of the newest release; None where there is none."""

    def folder(self, version: str) -> Path:
        """Return the folder of one release."""

    def stage(self) -> AbstractContextManager[Path]:
        """Hand out an empty folder to build in."""

    def publish(self, staging: Path, version: str) -> Path:
        """Put a built release in its place."""


class LocalTarget:
    """A folder of this machine with one folder in it for each version."""

    def __init__(self, dist: Path) -> None:
        """Name the folder; it is made when something is staged."""
        self.dist = dist

    def versions(self) -> tuple[str, ...]:
        """Return the versions that are out, oldest first; none where the folder is missing.

        Raises:
            TargetError: the folder cannot be read, or is none.
        """
        try:
            names = [path.name for path in self.dist.iterdir() if path.is_dir() and _VERSION.fullmatch(path.name)]
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise _target_error(self.dist, error) from error
        return tuple(sorted(names, key=lambda name: tuple(map(int, name.split(".")))))

    def newest(self) -> Path | None:
        """Return the folder of the newest release; None where there is none.

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
            TargetError: the place is no folder, or may not be written.
        """
        place = self.dist.absolute()
        while not place.exists() and place != place.parent:
            place = place.parent  # what is missing will be made in what is there
        if not place.is_dir():
            raise _target_error(self.dist, NotADirectoryError())
        lock = self.dist / _LOCK
        if not os.access(place, os.W_OK | os.X_OK) or (lock.exists() and not os.access(lock, os.W_OK)):
            raise _target_error(self.dist, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))

    @contextmanager
    def stage(self) -> Iterator[Path]:
        """Hand out an empty folder to build in, and hold the lock of the place until the end.

        What killed runs left behind is removed first, and the folder at the end, if it was not published.

        Raises:
            TargetError: the place is no folder, cannot be written, or is full.
        """
        with _lock(self.dist):
            staging = self.dist / _STAGING
            try:
                _remove(staging)
                folder = staging / "release"
                folder.mkdir(parents=True)
            except OSError as error:
                raise _target_error(self.dist, error) from error
            try:
                yield folder
            finally:
                shutil.rmtree(staging, ignore_errors=True)

    def publish(self, staging: Path, version: str) -> Path:
        """Put a built release in its place, whole, and return that place.

        Args:
            staging: the folder that ``stage`` handed out, inside whose block this must be called.
            version: a semantic version of three numbers.

        Raises:
            ReleaseExistsError: this version is out already.
            TargetError: the version is none, or the place cannot be written.
        """
        if not _VERSION.fullmatch(version):
            raise TargetError(f"{version}: this is no version; write three numbers, such as 1.4.0")
        place = self.dist / version
        try:
            _sync_tree(staging)
            rename_without_replacing(staging, place)
            _sync(self.dist)
        except FileExistsError:
            raise ReleaseExistsError(f"{place}: this version is out already and is never changed; raise it") from None
        except OSError as error:
            raise _target_error(self.dist, error) from error
        return place


@contextmanager
def _lock(dist: Path) -> Iterator[None]:
    try:
        dist.mkdir(parents=True, exist_ok=True)
        handle = os.open(dist / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise _target_error(dist, error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _sync_tree(folder: Path) -> None:
    """Have the disk hold all files, then all folders from the inside out."""
    for path, _, files in os.walk(folder, topdown=False):
        for name in files:
            _sync(Path(path, name))
        _sync(Path(path))


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _target_error(dist: Path, error: OSError) -> TargetError:
    if isinstance(error, NotADirectoryError | FileExistsError):
        return TargetError(f"{dist}: this is not a folder; name a folder for the releases, or move the file away")
    reason = error.strerror or str(error)
    advice = "free some space" if error.errno in _FULL else "allow writing there, or name another folder"
    return TargetError(f"{dist}: releases cannot be written here ({reason}); {advice}")
