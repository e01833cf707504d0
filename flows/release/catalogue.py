"""The catalogue of a target: an index derived from one entry a release and from the withdrawals, and nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.errors import ReleaseNotFoundError, TargetError
from flows.release.names import PACKAGE
from flows.release.versions import is_version, version_key
from flows.table_schema import dump_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Entry = Mapping[str, Any]

_REBUILD = "run `newind catalog --rebuild`, which derives it from the releases"


class Catalogue(NamedTuple):
    """What ``catalog.json`` says: the newest release that stands, and all releases, oldest first."""

    latest: str | None
    releases: tuple[Mapping[str, Any], ...]

    def versions(self) -> tuple[str, ...]:
        """Return the versions that are out, oldest first."""
        return tuple(str(release["version"]) for release in self.releases)

    def release(self, version: str) -> Mapping[str, Any]:
        """Return a release that is listed."""
        return next(release for release in self.releases if release["version"] == version)


def find_release(catalogue: Catalogue, version: str | None, where: str) -> Mapping[str, Any]:
    """Return a release; the latest one that stands if no version is given, and the newest where none stands.

    Raises:
        ReleaseNotFoundError: there is no such release.
    """
    if not catalogue.releases:
        raise ReleaseNotFoundError(f"{where}: there is no release yet; run `newind publish --to {where}` first")
    wanted = version or catalogue.latest or catalogue.versions()[-1]
    if wanted not in catalogue.versions():
        raise ReleaseNotFoundError(f"{where}: no release {wanted}; there are {', '.join(catalogue.versions())}")
    return catalogue.release(wanted)


def derive(entries: Iterable[Entry], reasons: Mapping[str, str]) -> Catalogue:
    """Return the catalogue of some entries.

    Args:
        entries: one a release, in any order.
        reasons: why releases were withdrawn, by version.
    """
    ordered = sorted(entries, key=lambda entry: version_key(entry["version"]))
    versions = [entry["version"] for entry in ordered]
    standing = [version for version in versions if version not in reasons]
    releases = tuple({**entry, "withdrawn": _withdrawn(entry["version"], reasons, standing)} for entry in ordered)
    return Catalogue(standing[-1] if standing else None, releases)


def catalogue_text(catalogue: Catalogue) -> str:
    """Return the text of ``catalog.json``: the same for the same releases and withdrawals."""
    return dump_json({"name": PACKAGE, "latest": catalogue.latest, "releases": list(catalogue.releases)})


def read_catalogue(text: str, where: str) -> Catalogue:
    """Read ``catalog.json``.

    Args:
        text: the file's.
        where: the file's name, for the error.

    Raises:
        TargetError: this is no catalogue.
    """
    try:
        read = json.loads(text)
        releases = tuple(read["releases"])
        sound = all(is_version(it["version"]) and it["path"] and it["digest"] and "withdrawn" in it for it in releases)
        known = {None, *(it["version"] for it in releases)}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise TargetError(f"{where}: this is no catalogue ({' '.join(str(error).split())}); {_REBUILD}") from None
    if not sound or read.get("latest") not in known:
        raise TargetError(f"{where}: this is no catalogue; {_REBUILD}")
    return Catalogue(read.get("latest"), releases)


def check_presence(catalogue: Catalogue, present: Iterable[str], where: str) -> None:
    """See whether the releases that a catalogue names are there.

    Raises:
        TargetError: some are not.
    """
    here = set(present)
    gone = [version for version in catalogue.versions() if version not in here]
    if gone:
        told = ", ".join(gone)
        raise TargetError(f"{where}: it names {told}, which is gone; bring it back, or {_REBUILD}")


def check_unchanged(before: Catalogue | None, now: Catalogue, where: str) -> None:
    """See whether all releases that a catalogue lists are still what they were.

    Raises:
        TargetError: some have other files now.
    """
    digests = {release["version"]: release["digest"] for release in now.releases}
    listed = before.releases if before else ()
    changed = [it["version"] for it in listed if digests.get(it["version"], it["digest"]) != it["digest"]]
    if changed:
        told = ", ".join(changed)
        raise TargetError(f"{where}: {told} has other files now than when it was listed; bring it back, or {_REBUILD}")


def withdrawal_text(version: str, reason: str) -> str:
    """Return the text of a withdrawal's own file."""
    return dump_json({"version": version, "reason": reason})


def read_withdrawal(text: str, where: str) -> str:
    """Return the reason that the text of a withdrawal gives.

    Raises:
        TargetError: this is no withdrawal.
    """
    try:
        return str(json.loads(text)["reason"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise TargetError(f'{where}: this is no withdrawal; it must be JSON, {{"version": …, "reason": …}}') from None


def as_text(catalogue: Catalogue) -> str:
    """Return the catalogue as lines for a terminal, newest release first."""
    lines = [_line(release, catalogue.latest) for release in reversed(catalogue.releases)]
    return "\n\n".join(lines) + "\n" if lines else ""


def withdrawn_line(release: Mapping[str, Any]) -> str | None:
    """Return what to tell of a release that was withdrawn; None for one that stands."""
    withdrawn = release["withdrawn"]
    if withdrawn is None:
        return None
    successor = withdrawn["successor"]
    return f"withdrawn: {withdrawn['reason']}; " + (f"use {successor}" if successor else "nothing takes its place yet")


def _withdrawn(version: str, reasons: Mapping[str, str], standing: Sequence[str]) -> dict[str, Any] | None:
    """Name as the successor the first release after it that stands; else, the last before it."""
    if version not in reasons:
        return None
    later = [other for other in standing if version_key(other) > version_key(version)]
    return {"reason": reasons[version], "successor": later[0] if later else standing[-1] if standing else None}


def _line(release: Mapping[str, Any], latest: str | None) -> str:
    version, day = release["version"], str(release.get("created") or "")[:10]
    told = [f"{version}  {day}  {'latest' if version == latest else ''}".rstrip()]
    told += [f"  {line}" for line in [withdrawn_line(release)] if line]
    told += [f"  {reason['level']}: {reason['text']}" for reason in release.get("reasons", ())]
    rows = ", ".join(f"{it['rowCount']:,} {it['name']}" for it in release.get("resources", ()) if it.get("rowCount"))
    told += [f"  {rows}"] if rows else []
    told += [f"  DuckDB {release['duckdb']}"] if release.get("duckdb") else []
    told += [f"  {release['digest']}"]
    return "\n".join(told)
