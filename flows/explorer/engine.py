"""DuckDB for the page: found where ``make engine`` built it, and shared by all releases of one place.

It takes 10 MB, so it does not go into every release: it lies beside them in ``engine/<address>/``, where the address is
the hash of what is in it. A page names the address that it was built for, and nothing else ever lies there.
"""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

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


def engine_files(engine: Engine) -> list[tuple[str, Path]]:
    """Return the files of an engine, each with its path beside the releases."""
    return [(f"{FOLDER}/{engine.address}/{path.name}", path) for path in sorted(engine.folder.iterdir())]
