"""The flow in a process group of its own: whatever happens, Prefect's temporary server goes when the command goes.

Prefect starts that server as a child and may orphan it when it is killed. So the flow runs in a worker that leads its
own session: the supervisor follows what it says, passes Ctrl-C on, and ends the whole group behind it. If the
supervisor itself is killed, the worker sees its standard input close and ends the group on its own.

A text that kills the process that parses it takes the whole worker along where threads parse, and so does Ray when its
cluster goes away. Then the flow is started once more with processes, whose loss it outlives, and finds that text.

The worker's temporary files are in a folder that goes with the command, or that the next one removes.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from flows.errors import NewindError
from flows.outcome import Outcome
from flows.release.scratch import scratch
from flows.settings import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flows.settings import Settings

_PATIENCE = 15  # seconds that the worker has to end by itself, once its work is done or called off
_SHORT = 39  # bytes of a folder in which Ray's sockets keep to the 107 that a path of one has: it adds up to 68
_DEFAULTS = {
    "ARROW_DEFAULT_MEMORY_POOL": "system",  # its own keeps what it is given back: 100 MB at the peak, and no faster
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "flows",
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}


class _Broken(NamedTuple):
    """How a worker ended that told nothing: its exit code, and the last line of what it printed."""

    code: int
    told: str


def run_flow(
    settings: Settings, say: Callable[[str], None], warn: Callable[[str], None], *, verbose: bool = False
) -> Outcome:
    """Run the flow in a process of its own, and return what it came to.

    Args:
        settings: the run.
        say: takes one line for each thing that was done.
        warn: takes one line for each thing that the user must see, wherever the lines go.
        verbose: let Prefect's own output through to standard error; else it is dropped.

    Raises:
        NewindError: what the flow refused, with its own message, or that it broke off.
        TargetError: the folder of temporary files cannot be written.
        KeyboardInterrupt: the run was called off; it has ended.
    """
    tell = {"INFO": say, "WARNING": warn}
    with scratch(warn) as room:
        environment = prefect_environment(os.environ, _home(os.environ) or room) | _temporary(os.environ, room)
        say(f"starting the flow on {environment.get('PREFECT_API_URL') or 'a temporary Prefect server'}")
        ended = _run(settings, environment, tell, verbose=verbose)
        if isinstance(ended, _Broken) and (why := _outlived_by_processes(settings.runner, ended.code)):
            warn(f"{why}; starting it again with --runner processes")
            ended = _run(replace(settings, runner="processes"), environment, tell, verbose=verbose)
    if isinstance(ended, _Broken):
        raise NewindError(
            f"the flow broke off with exit code {ended.code}: {ended.told}; "
            "run it again with --verbose to see what Prefect says"
        )
    return ended


def _run(
    settings: Settings, environment: Mapping[str, str], tell: Mapping[str, Callable[[str], None]], *, verbose: bool
) -> Outcome | _Broken:
    with tempfile.TemporaryFile() as log:
        worker = subprocess.Popen(  # noqa: S603 - a module of our own, and no shell
            [sys.executable, "-P", "-m", "flows.worker", to_json(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if verbose else log,
            env=environment,
            start_new_session=True,
        )
        try:
            return _follow(worker, tell, log)
        except KeyboardInterrupt:
            worker.send_signal(signal.SIGINT)
            raise
        finally:
            _end(worker)


def _outlived_by_processes(runner: str, code: int) -> str:
    """Say what ended the worker, where processes may outlive it; nothing where somebody asked it to end."""
    if -code in {0, signal.SIGINT, signal.SIGTERM, signal.SIGHUP}:
        return ""
    if runner == "local" and code < 0:
        return f"the flow was ended by signal {-code}, by a text or by the system"
    if runner == "ray":
        return f"the flow was ended with exit code {code}, as Ray does when its cluster goes away"
    return ""


def prefect_environment(environ: Mapping[str, str], home: Path) -> dict[str, str]:
    """Return the environment of the worker: quiet, without telemetry, at home in `home`; what the user set wins."""
    told = {name: value for name, value in environ.items() if not (name == "PREFECT_API_URL" and not value)}
    profiles = Path(environ.get("HOME", "")) / ".prefect" / "profiles.toml"
    if "PREFECT_HOME" not in environ and profiles.is_file():
        told.setdefault("PREFECT_PROFILES_PATH", str(profiles))
    for name in ("no_proxy", "NO_PROXY"):  # the temporary server is on this machine, whatever the way out is
        told[name] = ",".join(filter(None, [environ.get(name), "127.0.0.1,localhost"]))
    return {**_DEFAULTS, **told, "PREFECT_HOME": str(home)}


def _temporary(environ: Mapping[str, str], room: Path) -> dict[str, str]:
    """Return what has the worker, and all that it starts, keep temporary files in `room`; Ray only where it can."""
    told = {"TMPDIR": str(room)}
    if len(str(room)) > _SHORT and "RAY_TMPDIR" not in environ:
        told["RAY_TMPDIR"] = tempfile.gettempdir()
    return told


def _home(environ: Mapping[str, str]) -> Path | None:
    """Return the folder of Prefect's database: the user's, else one in the cache; None where neither can be had."""
    if environ.get("PREFECT_HOME"):
        return Path(environ["PREFECT_HOME"])
    cache = Path(environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME", ""), ".cache"))
    folder = cache / "newind" / f"prefect-{version('prefect')}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if cache.is_absolute() and os.access(folder, os.W_OK) else None


def _follow(
    worker: subprocess.Popen[bytes], tell: Mapping[str, Callable[[str], None]], log: IO[bytes]
) -> Outcome | _Broken:
    for line in worker.stdout or ():
        kind, _, told = line.decode().rstrip("\n").partition(" ")
        if kind in tell:
            tell[kind](told)
        elif kind == "done":
            return _outcome(told)
        elif kind == "refused":
            raise NewindError(json.loads(told))
    return _Broken(worker.wait(_PATIENCE), _last_line(log))


def _outcome(told: str) -> Outcome:
    outcome = Outcome(**json.loads(told))
    return outcome._replace(reasons=tuple(outcome.reasons))


def _last_line(log: IO[bytes]) -> str:
    log.seek(0)
    lines = [line for line in log.read().decode(errors="replace").splitlines() if line and not line[0].isspace()]
    return lines[-1] if lines else "it left no message"


def _end(worker: subprocess.Popen[bytes]) -> None:
    try:
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.wait(_PATIENCE)
    finally:  # also where a second Ctrl-C cuts the waiting short
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        for pipe in filter(None, (worker.stdin, worker.stdout)):
            pipe.close()
