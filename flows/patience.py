"""The processor time that texts have to be parsed in: past that, their process is ended, for no text may take for ever.

The kernel counts and ends, so that not even an expression that never gives Python its turn is spared.
"""

from __future__ import annotations

import math
import resource
import time
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from flows.records import RawText

_AT_LEAST = 60
_A_MEGABYTE = 120
"""Seconds of processor time that a batch has: so many, and so many for each megabyte.

To load the rules takes some two seconds, and a megabyte of dense text some six; so a processor ten times as slow does
not come near, nor does the worker of a cluster that does other work in the same process. It is no time by the clock:
on a machine that has much else to do, a batch may take as long as it wants.
"""

_running: list[float] = []
_lock = Lock()
_usual = {kind: resource.getrlimit(kind) for kind in (resource.RLIMIT_CPU, resource.RLIMIT_CORE)}


def seconds_for(texts: Sequence[RawText]) -> float:
    """Return the seconds of processor time that texts have."""
    return _AT_LEAST + _A_MEGABYTE * sum(text.bytes for text in texts) / 1e6


@contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Have the kernel end this process by SIGXCPU, with no core left, where the body takes more processor time.

    Bodies may run at once in several threads. The kernel counts them together, so they have their seconds together,
    from the moment that the last of them began or ended: none is ended early, and one that is endless is in the end.
    """
    _bound(seconds, begins=True)
    try:
        yield
    finally:
        _bound(seconds, begins=False)


def _bound(seconds: float, *, begins: bool) -> None:
    with _lock:
        (_running.append if begins else _running.remove)(seconds)
        _limit(resource.RLIMIT_CPU, math.ceil(time.process_time() + sum(_running)))
        _limit(resource.RLIMIT_CORE, 0)


def _limit(kind: int, most: int) -> None:
    """Set a limit of this process while a body runs, to at most what it is otherwise; else set it back."""
    soft, hard = _usual[kind]
    if _running:
        soft = most if soft == resource.RLIM_INFINITY else min(soft, most)
    resource.setrlimit(kind, (soft, hard))
