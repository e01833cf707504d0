"""DuckDB for the page: found where ``make engine`` built it, and shared by all releases of one place.

It takes 10 MB, so it does not go into every release: it lies beside them in ``engine/<address>/``, where the address is
the hash of what is in it. A page names the address that it was built for, and nothing else ever lies there.
"""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "engine"

_BUILT = Path(__file__).parent / "_engine"
_ADDRESS = re.compile("[0-9a-f]{32}")


class Engine(NamedTuple):
    """A built engine: its files are in `folder`, whose name is its address."""

    folder: Path

    @property
    def address(self) -> str:
        """Return the hash that pages know it by."""
        return self.folder.name


def built_engine(place: Path = _BUILT) -> Engine | None:
    """Return the engine that was built into this package; None where there is none."""
    with suppress(FileNotFoundError, NotADirectoryError):
        found = sorted(path for path in place.iterdir() if _ADDRESS.fullmatch(path.name))
        return Engine(found[-1]) if found else None
    return None


def share(engine: Engine, dist: Path) -> Path:
    """Put an engine beside the releases in `dist`, whole or not at all, unless it is there already.

    Call it where nobody else does so at the same time: inside ``stage()`` of the target.

    Returns:
        The folder ``engine/<address>`` in `dist`.

    Raises:
        OSError: the folder cannot be written.
    """
    place = dist / FOLDER / engine.address
    if not place.is_dir():
        new = place.parent / ".new"
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(engine.folder, new)
        new.rename(place)
    return place


def engine_files(engine: Engine) -> Iterator[tuple[str, Path]]:
    """Yield each file of an engine with its path beside the releases, for places that are no folders."""
    for path in sorted(engine.folder.iterdir()):
        yield f"{FOLDER}/{engine.address}/{path.name}", path
