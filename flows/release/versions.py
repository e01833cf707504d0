"""Semantic versions of three numbers, as the folders of releases bear them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.errors import VersionError

if TYPE_CHECKING:
    from collections.abc import Iterable

_VERSION = re.compile(r"(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)", re.ASCII)


def is_version(name: str) -> bool:
    """Whether a name is three numbers with points between them, none with a zero in front."""
    return bool(_VERSION.fullmatch(name))


def checked_version(name: str) -> str:
    """Return the name as it is.

    Raises:
        VersionError: it is none.
    """
    if not is_version(name):
        raise VersionError(f"{name!r} is no version; write three numbers, such as 1.4.0")
    return name


def version_key(version: str) -> tuple[int, ...]:
    """Return the three numbers, by which versions sort."""
    return tuple(map(int, version.split(".")))


def in_version_order(names: Iterable[str]) -> tuple[str, ...]:
    """Return the versions among some names, oldest first."""
    return tuple(sorted(filter(is_version, names), key=version_key))
