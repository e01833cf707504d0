"""A real browser and a real server, for tests and for the pictures of the README."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pytest
import uvicorn
from playwright.sync_api import sync_playwright

from flows.explorer.serve import LOOPBACK, site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

_OPTIONS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


class Opened(NamedTuple):
    """A page, and what happened on it: the addresses that it asked for, and the errors of its script."""

    page: Page
    requests: list[str]
    errors: list[str]


def lacking(what: str) -> None:
    """Skip a test for want of something that CI must have."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is missing: tests of the page in a real browser are skipped")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium."""
    path = shutil.which("chromium")
    if path is None:
        lacking("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_OPTIONS.split())
        yield browser
        browser.close()


@contextmanager
def served(release: Path) -> Iterator[str]:
    """Serve a release as `newind serve` does, and return the address of its page."""
    listener = socket.create_server((LOOPBACK, 0))
    server = uvicorn.Server(uvicorn.Config(site(release), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://{LOOPBACK}:{listener.getsockname()[1]}/{release.name}/index.html"
    server.should_exit = True
    thread.join()


@contextmanager
def opened(browser: Browser, address: str, **options: object) -> Iterator[Opened]:
    """Open a page in a context of its own, and wait until it shows what it shows unasked."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})  # type: ignore[arg-type]
    page, requests, errors = context.new_page(), list[str](), list[str]()
    page.set_default_timeout(30_000)
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    if options.get("java_script_enabled", True):
        page.wait_for_selector('html[data-script="done"]')
    yield Opened(page, requests, errors)
    context.close()


def run_query(page: Page, query: str) -> None:
    """Run a query in the page, and wait for its end."""
    runs = page.evaluate("() => Number(document.getElementById('sql-box').dataset.runs ?? 0)")
    page.fill("#query", query)
    page.click("#run")
    page.wait_for_selector(f'#sql-box[data-runs="{runs + 1}"]')
