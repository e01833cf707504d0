"""Prefect's temporary server: ``python -m flows.server SOCKET``, started by `started_server` alone.

Prefect would start one by itself, but from a process that has loaded all of the server, too: that takes as long as the
server takes. The socket is bound before the server starts, so no other process can have its port.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from flows.errors import NewindError

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_ONCE = 128  # connections that wait until the server takes them
_PATIENCE = 5  # seconds that one answer may take


class Server(NamedTuple):
    """A server that was started: its process, and the address of its API, where it does not answer at once."""

    process: subprocess.Popen[bytes]
    address: str


@contextmanager
def started_server() -> Iterator[Server]:
    """Start a server that ends with the block."""
    with socket.create_server(("127.0.0.1", 0), backlog=_AT_ONCE) as bound:
        command = [sys.executable, "-P", "-m", "flows.server", str(bound.fileno())]
        process = subprocess.Popen(command, pass_fds=(bound.fileno(),))  # noqa: S603 - a module of our own, and no shell
        address = f"http://127.0.0.1:{bound.getsockname()[1]}/api"
    try:
        yield Server(process, address)
    finally:
        process.terminate()


def wait_for(server: Server, seconds: float) -> None:
    """Wait until a server answers.

    Raises:
        NewindError: it ended, or did not answer in time.
    """
    ask, until = build_opener(ProxyHandler({})), time.monotonic() + seconds
    while time.monotonic() < until:
        if server.process.poll() is not None:
            raise NewindError(
                f"Prefect's temporary server ended with exit code {server.process.returncode} before it answered; "
                "run it again with --verbose to see why, or name a server with PREFECT_API_URL"
            )
        try:
            with ask.open(f"{server.address}/health", timeout=_PATIENCE):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise NewindError(
        f"Prefect's temporary server did not answer within {seconds:.0f} s; "
        "raise PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS, or name a server with PREFECT_API_URL"
    )


def _main(number: int) -> None:
    import uvicorn  # noqa: PLC0415 - here alone, as below
    from prefect.server.api.server import create_app  # noqa: PLC0415

    app = create_app(ephemeral=True, final=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
    server.run(sockets=[socket.socket(fileno=number)])


if __name__ == "__main__":
    _main(int(sys.argv[1]))
