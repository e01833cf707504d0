"""A rename that never replaces: plain ``rename`` silently succeeds onto an empty folder."""

from __future__ import annotations

import ctypes
import errno
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are taken as they are
_NO_REPLACE = 1  # RENAME_NOREPLACE
_NOT_KNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def rename_without_replacing(source: Path, place: Path) -> None:
    """Rename in one step that others see wholly or not at all.

    Where the kernel or the file system knows no such step, look first and rename then; a lock must keep others away.

    Raises:
        FileExistsError: there is something at `place`; nothing was changed.
        OSError: the rename failed; nothing was changed.
    """
    code = _renameat2(source, place)
    if code in _NOT_KNOWN:
        if os.path.lexists(place):
            code = errno.EEXIST
        else:
            source.rename(place)
            return
    if code:
        raise OSError(code, os.strerror(code), str(place))


def _renameat2(source: Path, place: Path) -> int:
    """Return 0, or the error's number."""
    function = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if function is None:
        return errno.ENOSYS
    failed = function(_HERE, os.fsencode(source), _HERE, os.fsencode(place), _NO_REPLACE)
    return ctypes.get_errno() if failed else 0
