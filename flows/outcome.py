"""What a run of the flow came to, in the end and on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from flows.records import Rejected
    from flows.shards import Taken


class Shelf(NamedTuple):
    """Where the rows of all texts are, and the texts that have none."""

    taken: tuple[Taken, ...]
    rejected: tuple[Rejected, ...]


class Staged(NamedTuple):
    """The folder with a release's tables; how many rows each has, and findings of each severity there are."""

    folder: Path
    rows: Mapping[str, int]
    severities: Mapping[str, int]


class Outcome(NamedTuple):
    """A published release, or the reason why there is none.

    Attributes:
        version: the version published, None where nothing has changed.
        place: its folder or address, None where nothing has changed.
        previous: the release before, None before the first.
        reasons: why the version is what it is, one line each.
        rows: how many rows each resource has.
        findings: how many findings there are by severity.
    """

    version: str | None
    place: str | None
    previous: str | None
    reasons: tuple[str, ...]
    rows: Mapping[str, int]
    findings: Mapping[str, int]
