"""The catalogue of a local folder of releases: its folders are the releases, and ``catalog.json`` follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.errors import TargetError
from flows.release.catalogue import (
    catalogue_text,
    check_presence,
    check_unchanged,
    derive,
    read_catalogue,
    read_withdrawal,
)
from flows.release.disk import target_error, write_whole
from flows.release.entry import entry_of
from flows.release.names import CATALOGUE, WITHDRAWN_FOLDER, withdrawal_path
from flows.release.versions import in_version_order, is_version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from flows.release.catalogue import Catalogue

ASIDE = ".new"
"""Where a file is written before it takes its place; what lies there was left by a killed run."""


def local_versions(dist: Path) -> tuple[str, ...]:
    """Return the versions that are out, oldest first; none where the folder is missing.

    Raises:
        TargetError: the folder cannot be read, or is none.
    """
    try:
        return in_version_order(path.name for path in dist.iterdir() if path.is_dir())
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise target_error(dist, error) from error


def derive_local(dist: Path) -> Catalogue:
    """Return the catalogue that the releases in a folder make.

    Raises:
        TargetError: a release or a withdrawal cannot be read.
    """
    versions = local_versions(dist)
    entries = [entry_of(dist / version, version) for version in versions]
    for version, entry in zip(versions, entries, strict=True):
        if entry["version"] != version:
            raise TargetError(f"{dist / version}: this folder holds release {entry['version']}; give it its name back")
    return derive(entries, _withdrawals(dist, versions))


def listed(dist: Path) -> Catalogue | None:
    """Return what ``catalog.json`` says; None where there is none.

    Raises:
        TargetError: it is no catalogue, or names a release that is gone.
    """
    path = dist / CATALOGUE
    text = read_if_there(path)
    if text is None:
        return None
    catalogue = read_catalogue(text, str(path))
    check_presence(catalogue, local_versions(dist), str(path))
    return catalogue


def catch_up(dist: Path, say: Callable[[str], None]) -> None:
    """Make ``catalog.json`` list what a run that broke off has published, and say so.

    Raises:
        TargetError: it is no catalogue, names a release that is gone, or cannot be written; a release cannot be read,
            or is no longer the one that was listed.
    """
    before, now = listed(dist), derive_local(dist)
    if not now.releases or before == now:
        return
    check_unchanged(before, now, str(dist / CATALOGUE))
    new = [version for version in now.versions() if not before or version not in before.versions()]
    write_local(dist, now)
    if before:
        told = (
            f"it now lists {', '.join(new)}, which a run that broke off had published" if new else "it is right again"
        )
        say(f"{dist / CATALOGUE} was not what the releases say; {told}")


def write_local(dist: Path, catalogue: Catalogue) -> None:
    """Replace ``catalog.json`` in one step.

    Raises:
        TargetError: it cannot be written.
    """
    try:
        write_whole(dist / CATALOGUE, dist / ASIDE, catalogue_text(catalogue))
    except OSError as error:
        raise target_error(dist / CATALOGUE, error) from error


def read_if_there(path: Path) -> str | None:
    """Return the text of a file; None where there is none.

    Raises:
        TargetError: it cannot be read.
    """
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise TargetError(f"{path}: it cannot be read ({error.strerror or error})") from None
    except UnicodeDecodeError:
        return ""  # no JSON either; whoever reads it says what it should be


def _withdrawals(dist: Path, versions: Sequence[str]) -> dict[str, str]:
    texts = {version: read_if_there(dist / withdrawal_path(version)) for version in versions}
    return {
        version: read_withdrawal(text, str(dist / withdrawal_path(version)))
        for version, text in texts.items()
        if text is not None
    }


def withdrawn_versions(dist: Path) -> tuple[str, ...]:
    """Return the versions that were withdrawn, oldest first."""
    folder = dist / WITHDRAWN_FOLDER
    return in_version_order(path.stem for path in folder.glob("*.json") if is_version(path.stem))
