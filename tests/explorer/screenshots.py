"""The pictures of the README: ``python -m tests.explorer.screenshots DIST FOLDER``, from the newest release in DIST."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.release.store import LocalTarget
from tests.explorer.browsing import chromium, opened, run_query, served

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

METRIC = "scio-press-conference-industry-2023:m3187"


class Picture(NamedTuple):
    """One picture: the place on the page, what is done there first, and how the browser is set."""

    name: str
    place: str
    prepare: Callable[[Page], object]
    options: dict[str, Any]


def _size(width: int, height: int) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": height}}


def _ask(page: Page) -> None:
    run_query(page, page.input_value("#query"))
    page.evaluate("() => document.getElementById('sql').scrollIntoView()")


PICTURES = (
    Picture("page", "", lambda _: None, _size(1180, 860)),
    Picture("page-dark", "", lambda _: None, {**_size(1180, 860), "color_scheme": "dark"}),
    Picture("evidence", f"#metrics/{METRIC}", lambda page: page.wait_for_selector("#evidence mark"), _size(900, 620)),
    Picture("sql", "#sql", _ask, _size(1180, 760)),
    Picture("phone", "#overview", lambda _: None, _size(390, 844)),
)


def main() -> None:
    """Take all pictures."""
    dist, folder = map(Path, sys.argv[1:])
    folder.mkdir(exist_ok=True)
    with LocalTarget(dist).release() as release, served(release) as address, chromium() as browser:
        for picture in PICTURES:
            with opened(browser, f"{address}{picture.place}", **picture.options) as (page, _, _):
                picture.prepare(page)
                page.screenshot(path=folder / f"{picture.name}.png")


if __name__ == "__main__":
    main()
