"""Targets: the places where releases are, named by the path of a folder or by a URL, ``TARGET[@VERSION]``."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from flows.errors import ReleaseNotFoundError
from flows.release.local_catalogue import listed, local_versions
from flows.release.names import CATALOGUE
from flows.release.objects import open_objects
from flows.release.remote import RemoteTarget
from flows.release.store import LocalTarget
from flows.release.versions import is_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import AbstractContextManager

    from flows.release.catalogue import Catalogue
    from flows.release.objects import Access


class Target(Protocol):
    """A place of releases; its text is what to call it in a message."""

    def versions(self) -> tuple[str, ...]:
        """Return the versions that are out, oldest first."""

    def newest(self, beside: Path | None = None) -> Path | None:
        """Return a folder with the newest release; None where there is none. It may be fetched beside a staged one."""

    def release(self, version: str | None = None) -> AbstractContextManager[Path]:
        """Lend a folder with a release; with the latest one that stands if no version is given."""

    def fetch(self, version: str | None, place: Path) -> str:
        """Copy a release into the folder `place`, and return its version."""

    def check(self) -> None:
        """See whether releases could be written here, without publishing anything."""

    def stage(self, say: Callable[[str], None] = ...) -> AbstractContextManager[Path]:
        """Hand out an empty folder to build in, after clearing up behind killed runs, of which `say` is told."""

    def share(self, files: Iterable[tuple[str, Path]]) -> None:
        """Put files beside the releases that belong to all of them, named relative to the place, where missing."""

    def publish(self, staging: Path, version: str) -> Path | str:
        """Put a built release in its place, whole, and return the place."""

    def catalogue(self) -> Catalogue:
        """Return the catalogue."""

    def rebuild(self) -> Catalogue:
        """Derive the catalogue anew from the releases and withdrawals."""

    def withdraw(self, version: str, reason: str) -> Catalogue:
        """Mark a release as withdrawn; its files stay."""


class Opened(NamedTuple):
    """A release that was asked for: a folder with it, and the catalogue that should list it, if there is one."""

    folder: Path
    catalogue: Catalogue | None


def open_target(address: str, access: Access) -> Target:
    """Return the target of a path or URL.

    Raises:
        TargetError: nothing here can speak to such a URL.
    """
    if address.startswith("file://"):
        return LocalTarget(Path(address.removeprefix("file://")))
    if "://" not in address:
        return LocalTarget(Path(address))
    return RemoteTarget(address, open_objects(address, access), single_publisher=access.single_publisher)


def split_version(text: str) -> tuple[str, str | None]:
    """Split ``TARGET[@VERSION]``; an @ before anything but the digits of a version belongs to the target."""
    target, at, version = text.rpartition("@")
    return (target, version) if at and target and version[:1].isdigit() and "/" not in version else (text, None)


@contextmanager
def open_release(text: str, dist: Path, access: Access) -> Iterator[Opened]:
    """Lend the folder of a release that is named by its version, its folder, or ``TARGET[@VERSION]``.

    Args:
        text: a version in `dist`; a release's own folder; or a target, whose latest release is meant if none is given.
        dist: the folder of releases that a bare version is looked up in.
        access: how to reach a store.

    Raises:
        ReleaseNotFoundError: there is no such release.
        TargetError: the target or its catalogue cannot be read.
    """
    folder = Path(text)
    if is_version(text.rstrip("/")) and not folder.is_dir():
        folder = LocalTarget(dist).folder(text.rstrip("/"))
    if folder.is_dir() and not _holds_releases(folder):
        yield Opened(folder, _beside(folder))
        return
    address, version = split_version(text)
    if "://" not in address and not Path(address).exists():
        raise ReleaseNotFoundError(f"{address}: this is no version such as 1.0.0, no folder and no URL")
    target = open_target(address, access)
    with target.release(version) as lent:
        yield Opened(lent, target.catalogue())


def _holds_releases(folder: Path) -> bool:
    return (folder / CATALOGUE).is_file() or bool(local_versions(folder))


def _beside(folder: Path) -> Catalogue | None:
    """Return the catalogue beside a release's folder, if it lists it."""
    path = folder.resolve()
    catalogue = listed(path.parent) if is_version(path.name) else None
    return catalogue if catalogue and path.name in catalogue.versions() else None
