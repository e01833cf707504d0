"""The pages of releases on this machine alone: ``http://127.0.0.1:PORT/1.0.0/``, with ranges of large files."""

from __future__ import annotations

import socket
import threading
import webbrowser
from typing import TYPE_CHECKING

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from flows.errors import ReleaseNotFoundError, TargetError
from flows.explorer.engine import FOLDER as ENGINE_FOLDER
from flows.explorer.engine import built_engine
from flows.explorer.files import PAGE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LOOPBACK = "127.0.0.1"


def serve(release: Path, port: int, say: Callable[[str], None], *, browser: bool) -> None:
    """Serve a release, and the engine of its page, until Ctrl-C.

    Args:
        release: the folder of a release.
        port: where to listen, 0 for any that is free.
        say: takes the address, once it answers.
        browser: open the address in the user's browser too.

    Raises:
        ReleaseNotFoundError: the folder has no page.
        TargetError: the port is taken, or may not be used.
    """
    if not (release / PAGE).is_file():
        raise ReleaseNotFoundError(
            f"{release}: there is no {PAGE}; publish a release with this version of newind first"
        )
    with _listening(port) as listener:
        address = f"http://{LOOPBACK}:{listener.getsockname()[1]}/{release.resolve().name}/"
        say(address)
        if browser:
            threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
        config = uvicorn.Config(site(release), log_level="error", access_log=False)
        uvicorn.Server(config).run(sockets=[listener])


def site(release: Path) -> FastAPI:
    """Return the application: the release under its name, the engine beside it, and nothing else of the disk."""
    name = release.resolve().name
    app = FastAPI(openapi_url=None)
    # A page elsewhere that has a name of its own point here must not read what this machine serves to itself.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])
    beside = release.resolve().parent / ENGINE_FOLDER
    built = built_engine()
    engines = beside if beside.is_dir() else built.folder.parent if built else None
    if engines:
        app.mount(f"/{ENGINE_FOLDER}", StaticFiles(directory=engines))
    app.mount(f"/{name}", StaticFiles(directory=release, html=True))
    app.add_api_route("/", lambda: RedirectResponse(f"/{name}/"))
    return app


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((LOOPBACK, port))
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise TargetError(f"port {port} cannot be used ({reason}); name another with --port, or 0 for any") from None
