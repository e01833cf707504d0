"""How one release differs from another, whatever their versions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flows.errors import TargetError
from flows.release.changes import Change
from flows.release.compare import compare
from flows.release.names import CHANGES_TABLE, DESCRIPTOR
from flows.release.released import read_descriptor
from flows.release.version import next_version

if TYPE_CHECKING:
    from pathlib import Path


def difference(before: Path, after: Path) -> Change:
    """Return what makes the release in the folder `after` differ from that in `before`.

    The reasons say what the differences would ask of a version; where there are none, the reason says so.

    Raises:
        TargetError: one of the folders holds no release, or one that cannot be read.
        VersionError: a release calls itself by a version that is none.
    """
    (was, _), (now, created) = _edition(before), _edition(after)
    compared = compare(before, after)
    resources = read_descriptor(after).resources
    rows = {name: int(it.get("rowCount", 0)) for name, it in resources.items() if name != CHANGES_TABLE}
    return Change(next_version(compared, was)._replace(version=now), created, compared, rows)


def _edition(folder: Path) -> tuple[str, date]:
    package = read_descriptor(folder).package
    try:
        return str(package["version"]), date.fromisoformat(str(package["created"])[:10])
    except (KeyError, ValueError) as error:
        raise TargetError(f"{folder / DESCRIPTOR}: it names no version or day of the release ({error})") from error
