"""The process that the flow runs in: ``python -m flows.worker SETTINGS``, started by ``flows.supervisor`` alone.

It speaks one line at a time on the standard output that it was given: ``INFO TEXT`` and ``WARNING TEXT``, then ``done
OUTCOME`` or ``refused MESSAGE``, the last two in JSON. Everything else that prints goes to standard error.
"""

import json
import logging
import os
import signal
import sys
from importlib import import_module
from threading import Thread
from typing import TextIO

from flows.errors import NewindError
from flows.runners import one_server, task_runner
from flows.settings import from_json


def main() -> None:
    """Run the flow that the first argument tells of."""
    Thread(target=_die_with_parent, daemon=True).start()
    channel = _own_stdout()
    settings = from_json(sys.argv[1])
    temporary = False
    try:
        with one_server(_warm_up) as temporary:
            from flows.publish import publish  # noqa: PLC0415 - takes seconds: the server starts before

            _announce_to(channel)
            outcome = publish.with_options(task_runner=task_runner(settings))(settings)
    except NewindError as error:
        _tell(channel, "refused", str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _tell(channel, "refused", f"{where}{error.strerror or error}")
    else:
        _tell(channel, "done", outcome._asdict())
    if temporary:
        logging.shutdown()  # sends what is left of the log
        os.killpg(0, signal.SIGKILL)  # the server takes two seconds to close, and has nothing more to do


def _warm_up() -> None:
    """Load what the steps need, while Prefect starts its server."""
    for module in (
        "flows.publish",
        "flows.parse",
        "flows.gather",
        "flows.release.build",
        "flows.release.frictionless_validate",
    ):
        import_module(module)
    sys.modules["flows.parse"].parse_text("We will raise output by 5 percent in 2024, the minister said.")


def _tell(channel: TextIO, kind: str, told: object) -> None:
    channel.write(f"{kind} {json.dumps(told, default=str)}\n")
    channel.flush()


def _die_with_parent() -> None:
    """End the whole group when standard input closes: the supervisor holds its other end, and never writes."""
    os.read(0, 1)
    os.killpg(0, signal.SIGKILL)


def _own_stdout() -> TextIO:
    """Keep standard output for what this module says; let every other print, and every child, have standard error."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return channel


def _announce_to(channel: TextIO) -> None:
    handler = logging.StreamHandler(channel)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    steps = logging.getLogger("flows.steps")
    steps.setLevel(logging.INFO)
    steps.addHandler(handler)


if __name__ == "__main__":
    main()
