"""Stores of objects as a target needs them: names with bytes, and how to create one that nobody else has created.

Two kinds: S3 and what speaks its language by obstore, everything else by fsspec. Whatever goes wrong there becomes one
line, in which no secret stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from flows.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


class Access(NamedTuple):
    """How to reach a store: `settings` are those of AWS by their usual names in the environment, secrets among them."""

    settings: Mapping[str, str]
    single_publisher: bool = False


class Objects(Protocol):
    """A store; keys are relative to the address that it was opened by. Any method may raise TargetError."""

    def read(self, key: str) -> bytes:
        """Return an object's bytes; raises FileNotFoundError."""

    def head(self, key: str, length: int) -> bytes:
        """Return an object's first bytes; raises FileNotFoundError."""

    def chunks(self, key: str) -> Iterator[bytes]:
        """Yield an object's bytes in pieces; raises FileNotFoundError."""

    def list_keys(self, under: str = "") -> list[str]:
        """Return the keys of all objects in a folder, sorted."""

    def write(self, key: str, data: bytes) -> None:
        """Make an object, or replace it."""

    def upload(self, key: str, path: Path) -> None:
        """Make an object of a file, or replace it."""

    def create(self, key: str, data: bytes) -> None:
        """Make an object that is not there; raises FileExistsError if it is, in a store that honours conditions."""

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects; none that is gone already is a fault."""


def open_objects(address: str, access: Access) -> Objects:
    """Open the store that a URL names.

    Raises:
        TargetError: nothing here speaks to such a URL, a secret stands in it, or there are no credentials.
    """
    from flows.release.file_systems import FileSystemObjects  # noqa: PLC0415 - each loads only what it needs
    from flows.release.s3 import S3Objects  # noqa: PLC0415 - as above

    check_address(address)
    return S3Objects(address, access.settings) if address.startswith("s3://") else FileSystemObjects(address)


def check_address(address: str) -> None:
    """See that an address holds no secret: it stands in logs, and in the lists of processes.

    Raises:
        TargetError: it holds a password or a query.
    """
    parts = urlsplit(address)
    if parts.password is not None or parts.query or parts.fragment:
        told = f"{parts.scheme}://{parts.hostname or ''}…"
        raise TargetError(
            f"{told}: an address must hold neither a password nor anything after a ? or #, for it is logged; "
            "give secrets in the environment"
        )


def without_secrets(text: str, secrets: Iterable[str]) -> str:
    """Return a message in one line, without what may not be shown."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "…")
    return re.sub(r"//[^/@\s]+:[^/@\s]+@", "//…@", " ".join(text.split()))
