"""What everybody must be able to use: WCAG 2.2 A and AA, a phone's width, print, and no script at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.explorer.browsing import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.explorer.conftest import Site

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
METRIC = "scio-press-conference-industry-2023:m3187"
PLACES = {
    "#nowhere": "#notice:not(:empty)",
    f"#metrics/{METRIC}": "#evidence[open] mark",
    f"#doc/scio-press-conference-industry-2023/{METRIC}": "#reader-text .pointed",
}


@pytest.mark.parametrize(("scheme", "width", "places"), [("light", 1280, 3), ("dark", 1280, 2), ("light", 390, 1)])
def test_axe_finds_nothing(browser: Browser, five: Site, scheme: str, width: int, places: int) -> None:
    # Axe is put into the page as a script of its own, which the policy of the page would refuse.
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 844}, "bypass_csp": True}
    with opened(browser, five.http, **options) as (page, _, _):
        page.evaluate(
            "() => { for (const fold of document.querySelectorAll('#cite, #sql details')) fold.open = true; }"
        )
        for place, sign in list(PLACES.items())[:places]:
            page.evaluate("place => { document.getElementById('evidence').close(); location.hash = place; }", place)
            page.wait_for_selector(sign)
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
            assert found.violations_count == 0, found.generate_report()
            assert len(found.response["passes"]) > 10


@pytest.mark.parametrize("place", PLACES)
def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, five: Site, place: str) -> None:
    with opened(browser, f"{five.file}{place}", viewport={"width": 390, "height": 844}) as (page, _, _):
        page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
        assert page.evaluate("() => document.documentElement.scrollWidth") == 390
        wide = """() => [...document.querySelectorAll('body *')]
            .filter((it) => it.getBoundingClientRect().right > 391)
            .filter((it) => !it.closest('.scroll, pre, nav, .skip, #reader-text'))
            .map((it) => `${it.tagName} ${it.className}`)"""
        assert page.evaluate(wide) == []


def test_the_page_is_whole_without_a_script(browser: Browser, five: Site) -> None:
    with opened(browser, five.file, java_script_enabled=False) as (page, _, _):
        assert page.is_visible("#tables noscript p")
        assert not page.is_visible("#tracker-box")
        page.click(".growth li:last-child a")
        assert page.is_visible("#sentences li >> text=telecom service revenue")


def test_the_page_prints_without_what_only_a_screen_can_use(browser: Browser, five: Site) -> None:
    with opened(browser, five.file) as (page, _, _):
        page.emulate_media(media="print")
        for hidden in ("nav", "#tables-box", "#query", "[data-copy]"):
            assert not page.is_visible(hidden), hidden
        assert page.is_visible(".growth")
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_each_mark_is_large_enough_for_a_finger(browser: Browser, five: Site) -> None:
    with opened(browser, five.file, viewport={"width": 390, "height": 844}) as (page, _, _):
        sizes = page.evaluate(
            "() => [...document.querySelectorAll('.chart .hit')].map((it) => it.getBoundingClientRect().width)"
        )
        assert len(sizes) > 15
        assert min(sizes) >= 24
