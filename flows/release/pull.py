"""A release out of a target into a folder of releases: proved on the way, and listed as it was where it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.errors import ReleaseExistsError
from flows.release.catalogue import find_release
from flows.release.entry import entry_of
from flows.release.store import LocalTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Any

    from flows.release.target import Target


def pull(source: Target, version: str | None, dist: Path, say: Callable[[str], None]) -> Path:
    """Bring a release into a folder, and return its place there.

    Args:
        source: the target that it is in.
        version: the version; the latest one that stands if none is given.
        dist: the folder of releases; it is made. A release that is there already is left as it is.
        say: takes a line for what killed runs had left.

    Raises:
        ReleaseNotFoundError: there is no such release.
        ReleaseExistsError: the folder has another release of this version.
        TargetError: the target cannot be read, a file is not the one that was published, or `dist` cannot be written.
    """
    release = find_release(source.catalogue(), version, str(source))
    name, target = str(release["version"]), LocalTarget(dist)
    with target.stage(say) as staging:
        if name in target.versions():
            _check_same(target.folder(name), release)
        else:
            source.fetch(name, staging)
            target.place(staging, name)
    withdrawn = release["withdrawn"]
    if withdrawn and not target.catalogue().release(name)["withdrawn"]:
        target.withdraw(name, withdrawn["reason"])
    return target.folder(name)


def _check_same(folder: Path, release: Mapping[str, Any]) -> None:
    if entry_of(folder, "")["digest"] != release["digest"]:
        raise ReleaseExistsError(f"{folder}: this is another release of the same version; pull into another folder")
