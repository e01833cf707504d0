"""A temporary folder to build or fetch a release in, which the next run removes where this one is killed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import TargetError
from flows.release.disk import LOCK, locked, target_error

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def scratch(say: Callable[[str], None] | None = None) -> Iterator[Path]:
    """Lend an empty folder, gone at the end, after removing those of runs that were killed.

    Args:
        say: takes a line for every folder that was removed; without it, none is.

    Raises:
        TargetError: the folder of temporary files cannot be written.
    """
    parent = Path(tempfile.gettempdir(), f"newind-{os.getuid()}")
    with locked(parent):
        _check_owner(parent)
        try:
            if say:
                _sweep(parent, say)
            folder = Path(tempfile.mkdtemp(dir=parent, prefix="run-"))
            handle = _hold(folder)
        except OSError as error:
            raise target_error(parent, error) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def _sweep(parent: Path, say: Callable[[str], None]) -> None:
    """Remove the folders whose lock nobody holds: their runs are dead."""
    for folder in sorted(parent.glob("run-*")):
        try:
            handle = _hold(folder)
        except (BlockingIOError, FileNotFoundError):  # it is in use, or was removed just now
            continue
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)
        say(f"removed {folder}, which a killed run had left")


def _hold(folder: Path) -> int:
    handle = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    return handle


def _check_owner(parent: Path) -> None:
    """See that nobody else has made the folder, in a place where anyone may."""
    if parent.is_symlink() or parent.stat().st_uid != os.getuid():
        raise TargetError(f"{parent}: this folder belongs to somebody else; set TMPDIR to a folder of your own")
    parent.chmod(0o700)
