"""What unpacking tells the reader of a raw folder: what it was unpacked from, and the texts that it could not write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from flows.errors import RawFolderError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NOTE = ".unpacked.json"  # hidden, so no text; and no hidden file of a collection is unpacked


class Collection(NamedTuple):
    """Where a raw folder comes from, for people; and by name the texts set aside, with what is wrong with each."""

    place: str
    aside: Mapping[str, str]


def write_note(folder: Path, collection: Collection) -> None:
    """Leave a collection's note in the folder that it was unpacked into.

    Raises:
        OSError: it cannot be written.
    """
    (folder / _NOTE).write_text(json.dumps([collection.place, collection.aside]), "utf-8")


def read_note(folder: Path) -> Collection:
    """Return what was noted of a raw folder; for one of plain files that is its own place.

    Raises:
        RawFolderError: there is a note that nobody has written by unpacking.
    """
    try:
        place, aside = json.loads((folder / _NOTE).read_text("utf-8"))
        return Collection(str(place), dict(aside))
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return Collection(str(folder), {})
    except (ValueError, TypeError):
        raise RawFolderError(f"{folder / _NOTE}: is no note of this program; remove it") from None
