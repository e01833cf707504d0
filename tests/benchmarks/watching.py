"""What a run of the flow takes of the machine: seconds a step, and the memory and processor time of its processes."""

import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from flows.settings import Settings
from flows.supervisor import run_flow

_OFTEN = 0.25  # seconds between two looks at the processes
_TICKS = os.sysconf("SC_CLK_TCK")
_SAID_BY = {
    "read": "read",
    "kept": "read",
    "parsed": "parse",
    "assembled": "assemble",
    "validated": "validate",
    "planned": "plan",
    "built": "build",
    "published": "publish",
}


class Run(NamedTuple):
    """What a run took.

    Attributes:
        seconds: from the start of the worker to the end of all.
        steps: the seconds of each step, as its last line ended it; "start" is what came before the first.
        peaks: the largest resident memory in MB of one process of each kind: main, server, workers.
        processor: the processor seconds of all processes of each kind together.
    """

    seconds: float
    steps: Mapping[str, float]
    peaks: Mapping[str, float]
    processor: Mapping[str, float]


def watched(settings: Settings, tell: Callable[[float], None] = lambda _: None) -> Run:
    """Run the flow, its lines on standard error, and look at its processes meanwhile.

    Args:
        settings: the run.
        tell: is told after each line how many seconds have gone.
    """
    began = last = time.monotonic()
    steps: dict[str, float] = defaultdict(float)

    def say(line: str) -> None:
        nonlocal last
        now = time.monotonic()
        step = _SAID_BY.get(line.split(maxsplit=1)[0])
        if step:
            steps["start" if not steps else step] += now - last
            last = now
        sys.stderr.write(f"{now - began:8.1f} s  {line}\n")
        tell(now - began)

    seen: dict[int, _Process] = {}
    done = Event()
    watch = Thread(target=_watch, args=(seen, done))
    watch.start()
    try:
        run_flow(settings, say, say)
    finally:
        done.set()
        watch.join()
    seconds = time.monotonic() - began
    tell(seconds)
    kinds = {it.kind for it in seen.values()}
    return Run(
        seconds,
        dict(steps),
        {kind: max(it.peak for it in seen.values() if it.kind == kind) for kind in kinds},
        {kind: sum(it.processor for it in seen.values() if it.kind == kind) for kind in kinds},
    )


class _Process(NamedTuple):
    kind: str
    peak: float
    processor: float


def _watch(seen: dict[int, _Process], done: Event) -> None:
    while not done.wait(_OFTEN):
        for pid in _descendants(os.getpid()):
            try:
                seen[pid] = _look(Path(f"/proc/{pid}"))
            except (OSError, ValueError, IndexError):  # it has just gone
                continue


def _look(process: Path) -> _Process:
    words = (process / "cmdline").read_bytes().split(b"\0")
    server = b"flows.server" in words
    kind = "main" if b"flows.worker" in words else "server" if server else "workers"
    (peak,) = (line.split()[1] for line in (process / "status").read_text().splitlines() if line.startswith("VmHWM"))
    after_name = (process / "stat").read_text().rsplit(")", 1)[1].split()
    return _Process(kind, int(peak) / 1024, (int(after_name[11]) + int(after_name[12])) / _TICKS)


def _descendants(pid: int) -> Iterator[int]:
    try:
        lists = [task.joinpath("children").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return
    for child in " ".join(lists).split():
        yield int(child)
        yield from _descendants(int(child))
