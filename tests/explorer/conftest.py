"""One browser a session, and releases to look at, from a server and from the file system."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from flows.explorer.engine import built_engine, engine_files
from flows.release.store import LocalTarget
from tests.explorer.browsing import chromium, lacking, opened, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.explorer.browsing import Opened

_IDLE_MILLISECONDS = 60.0
_WORK = """() => {
    const from = performance.now();
    let sum = 0;
    for (let at = 0; at < 3e7; at++) sum = (sum * 31 + at) | 0;
    return performance.now() - from + (sum & 0);
}"""


class Site(NamedTuple):
    """A release and the two addresses of its page."""

    folder: Path
    http: str
    file: str

    def address(self, scheme: str) -> str:
        """Return the address by the name of its scheme."""
        return {"http": self.http, "file": self.file}[scheme]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def five(dist: Path) -> Iterator[Site]:
    """The release of the five texts."""
    engine = built_engine()
    if engine:
        LocalTarget(dist).share(engine_files(engine))
    folder = dist / "1.0.0"
    with served(folder) as address:
        yield Site(folder, address, (folder / "index.html").as_uri())


@pytest.fixture(scope="module")
def page(browser: Browser, five: Site) -> Iterator[Opened]:
    """The page of the five texts, opened once for tests that go from place to place on it."""
    with opened(browser, five.http) as here:
        yield here


@pytest.fixture
def engine() -> None:
    """Go on only where DuckDB for pages was built."""
    if built_engine() is None:
        lacking("npm, which builds DuckDB for pages,")


@pytest.fixture(scope="session")
def slack(browser: Browser) -> Callable[[], float]:
    """Say by how much this machine is slower just now than an idle one; limits of time grow with it, never shrink."""
    page = browser.new_context().new_page()

    def measure() -> float:
        return max(1.0, sum(float(page.evaluate(_WORK)) for _ in range(3)) / 3 / _IDLE_MILLISECONDS)

    return measure
