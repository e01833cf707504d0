"""From the differences between two releases to a semantic version, with its reasons in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flows.errors import VersionError
from flows.release.schema_changes import Level
from flows.release.versions import checked_version, version_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.release.compare import Comparison

FIRST_VERSION = "1.0.0"

POLICY = {
    Level.MAJOR: "a column was added, removed, renamed, retyped or moved, a table was removed, a constraint was "
    "tightened, or rows were removed: a query may break, or miss rows",
    Level.MINOR: "rows or tables were added, or a constraint was loosened: a query finds more",
    Level.PATCH: "values or descriptions were corrected: the same rows say it better",
}
"""What each part of a version says about the version before, for the README of a release."""

_UNREFERRED = ("rejected",)
"""Tables whose rows nobody refers to: a text that is no longer turned away breaks nothing."""


class Reason(NamedTuple):
    """Why a version is what it is; `level` is ``major``, ``minor``, ``patch``, ``first``, ``asked`` or ``none``."""

    level: str
    sentence: str


class Plan(NamedTuple):
    """What to publish next: `version` is None where nothing has changed since `previous`."""

    version: str | None
    reasons: tuple[Reason, ...]
    previous: str | None


def next_version(compared: Comparison, previous: str | None, asked: str | None = None) -> Plan:
    """Return the version that a set of tables is to be published as.

    Args:
        compared: its differences from the newest release.
        previous: the version of that release, None where there is none.
        asked: a version that the publisher wants, at least as high as the computed one.

    Raises:
        VersionError: `asked` is no semantic version, or lower than it may be.
    """
    if previous is None:
        computed, reasons = FIRST_VERSION, [Reason("first", "This is the first release.")]
    else:
        levels = sorted(_reasons(compared), key=lambda it: -it[0])
        computed = raised(previous, levels[0][0]) if levels else previous
        reasons = [Reason(level.name.lower(), sentence) for level, sentence in levels]
    if asked is not None and version_key(checked_version(asked)) != version_key(computed):
        _check_order(asked, computed, reasons)
        reasons.append(Reason("asked", f"The publisher asked for {asked}; the changes alone make it {computed}."))
        computed = asked
    if computed == previous:
        if asked is not None:
            raise VersionError(f"--version: {asked} is out already and nothing has changed since; ask for a higher one")
        return Plan(None, (Reason("none", f"No row, value or schema has changed since {previous}."),), previous)
    return Plan(computed, tuple(reasons), previous)


def _check_order(asked: str, computed: str, reasons: list[Reason]) -> None:
    if version_key(checked_version(asked)) < version_key(computed):
        if not reasons:
            raise VersionError(f"--version: {asked} is too low; {computed} is out, and nothing has changed since")
        raise VersionError(
            f"--version: {asked} is too low; the changes ask for {computed} or higher ({reasons[0].sentence})"
        )


def raised(version: str, level: Level) -> str:
    """Return the version that follows after a change of this level."""
    major, minor, patch = version_key(version)
    if level is Level.MAJOR:
        return f"{major + 1}.0.0"
    return f"{major}.{minor + 1}.0" if level is Level.MINOR else f"{major}.{minor}.{patch + 1}"


def _reasons(compared: Comparison) -> Iterator[tuple[Level, str]]:
    for change in compared.schema:
        yield change.level, change.sentence
    for name, count in compared.counts.items():
        if count.removed:
            level = Level.PATCH if name in _UNREFERRED else Level.MAJOR
            yield level, f"{_rows(count.removed)} removed from {name}."
        if count.added:
            yield Level.MINOR, f"{_rows(count.added)} added to {name}."
        if count.corrected:
            yield Level.PATCH, f"{_rows(count.corrected)} corrected in {name}."


def _rows(count: int) -> str:
    return "1 row was" if count == 1 else f"{count:,} rows were"
