"""Whatever else fsspec speaks to: SFTP, WebDAV, other clouds, a test's memory; with secrets from fsspec's settings."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import fsspec

from flows.errors import TargetError
from flows.release.objects import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PIECE = 1 << 20


class FileSystemObjects:
    """A folder of a file system that fsspec knows."""

    def __init__(self, address: str) -> None:
        """Open the folder that a URL names.

        Raises:
            TargetError: fsspec knows no such file system, or lacks a package for it.
        """
        self._address, self._secrets = address, list[str]()
        with self._told():
            self._files, self._root = fsspec.core.url_to_fs(address)
            self._secrets = [str(value) for value in self._files.storage_options.values() if isinstance(value, str)]

    def read(self, key: str) -> bytes:
        """Return an object's bytes; raises FileNotFoundError."""
        with self._told():
            return bytes(self._files.cat_file(self._path(key)))

    def head(self, key: str, length: int) -> bytes:
        """Return an object's first bytes; raises FileNotFoundError."""
        with self._told():
            return bytes(self._files.cat_file(self._path(key), 0, length))

    def chunks(self, key: str) -> Iterator[bytes]:
        """Yield an object's bytes in pieces; raises FileNotFoundError."""
        with self._told(), self._files.open(self._path(key), "rb") as file:
            while chunk := file.read(_PIECE):
                yield bytes(chunk)

    def list_keys(self, under: str = "") -> list[str]:
        """Return the keys of all objects in a folder, sorted."""
        with self._told():
            self._files.invalidate_cache()
            found = self._files.find(self._path(under) if under else self._root)
        start = len(self._root.rstrip("/")) + 1
        return sorted(str(path)[start:] for path in found)

    def write(self, key: str, data: bytes) -> None:
        """Make an object, or replace it."""
        with self._told():
            self._make_folder(key)
            self._files.pipe_file(self._path(key), data)

    def upload(self, key: str, path: Path) -> None:
        """Make an object of a file, or replace it."""
        with self._told():
            self._make_folder(key)
            self._files.put_file(str(path), self._path(key))

    def create(self, key: str, data: bytes) -> None:
        """Make an object that is not there; raises FileExistsError if it is, in a store that honours conditions."""
        with self._told():
            self._make_folder(key)
            self._files.pipe_file(self._path(key), data, mode="create")

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects; none that is gone already is a fault."""
        for key in keys:
            try:
                with self._told():
                    self._files.rm_file(self._path(key))
            except FileNotFoundError:
                continue

    def _path(self, key: str) -> str:
        return f"{self._root.rstrip('/')}/{key}"

    def _make_folder(self, key: str) -> None:
        self._files.makedirs(self._path(key).rpartition("/")[0], exist_ok=True)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what a file system raises into one line."""
        try:
            yield
        except (FileExistsError, FileNotFoundError, TargetError):
            raise
        except Exception as error:  # noqa: BLE001 - each file system has exceptions of its own kind
            reason = without_secrets(str(error), self._secrets) or type(error).__name__
            raise TargetError(f"{self._address}: {reason}") from None
