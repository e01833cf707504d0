"""What a run of the flow came to."""

from collections.abc import Mapping
from typing import NamedTuple


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
