"""Files and folders that outlast a crash: locked, written whole, synced to the disk, and told of in plain words."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK = ".lock"

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_TOLD_FULL = ("No space left on device", "Disk quota exceeded", "File too large", "max_temp_directory_size")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make the folder where it is missing, and hold its lock; the kernel drops it when its holder dies.

    Raises:
        TargetError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise target_error(folder, error) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def remove(path: Path) -> bool:
    """Remove a file, a link or a whole folder; say whether there was any."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
    else:
        return False
    return True


def write_whole(path: Path, aside: Path, text: str) -> None:
    """Write a file so that others see its old text or its new one, and the disk holds it; by way of the file `aside`.

    Raises:
        OSError: it could not be written; the old file is as it was.
    """
    aside.write_text(text, "utf-8", newline="\n")
    sync(aside)
    aside.replace(path)
    sync(path.parent)


def copy_whole(source: Path, path: Path, aside: Path) -> None:
    """Copy a file to where it is missing, so that others see all of it or none; by way of the file `aside`.

    Raises:
        OSError: it could not be read or written.
    """
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, aside)
    sync(aside)
    aside.replace(path)
    sync(path.parent)


def sync_tree(folder: Path) -> None:
    """Have the disk hold all files, then all folders from the inside out."""
    for path, _, files in os.walk(folder, topdown=False):
        for name in files:
            sync(Path(path, name))
        sync(Path(path))


def sync(path: Path) -> None:
    """Have the disk hold a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_full(error: BaseException | str) -> bool:
    """Whether an error tells of a full disk, be it of the system, of Arrow or of DuckDB."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return True
    return any(words in str(error) for words in _TOLD_FULL)


def full_error(folder: Path, advice: str) -> TargetError:
    """Return what to tell of a folder whose disk is full, and what to do about it."""
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free / 1e6
    told = f"the disk of this folder is full ({free:,.0f} MB are free now, more are needed); nothing was published"
    return TargetError(f"{folder}: {told}; free some space, or {advice}")


def scratch_error() -> TargetError:
    """Return what to tell where the folder of temporary files is full."""
    return full_error(Path(tempfile.gettempdir()), "set TMPDIR to a folder on a larger disk")


def target_error(folder: Path, error: OSError) -> TargetError:
    """Return what to tell of a place that cannot be written."""
    if isinstance(error, NotADirectoryError | FileExistsError):
        return TargetError(f"{folder}: this is not a folder; name a folder for the releases, or move the file away")
    reason = error.strerror or str(error)
    advice = "free some space" if error.errno in _FULL else "allow writing there, or name another folder"
    return TargetError(f"{folder}: releases cannot be written here ({reason}); {advice}")
