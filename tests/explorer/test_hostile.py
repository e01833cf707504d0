"""Texts and values that want to be more than text: nothing of them runs, with the page's policy and without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from flows.parse import parse_raw
from flows.parse.assemble import assemble
from flows.records import RawText, Source
from flows.schema import to_tables
from flows.vocabulary import default_vocabulary
from tests.explorer.browsing import opened
from tests.making import make_release

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

ATTACK = "</script><script>self.hurt = 1</script><img src=x onerror='self.hurt = 2'>"
TEXT = f"""{ATTACK} 𝟙𝟙 a title

𝟙 Output {ATTACK} 𝟙 grew by 6.2% in 2023, the minister said. \u202eDetrevni\u202c exports rose by 4 percent in 2023.

We will build 10 labs <svg onload="self.hurt = 3"> 𝟙 by 2027.
"""
FORMULAS = ("=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "'=1", "plain")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of one hostile text, with hostile values where a text cannot put them."""
    vocabulary = default_vocabulary()
    data = TEXT.encode()
    raw = RawText(
        "attack", "raw/attack.txt", TEXT, "0" * 64, len(data), Source("javascript:alert(1)", ATTACK, None, None)
    )
    tables = to_tables(assemble([parse_raw(raw, vocabulary)], vocabulary))
    documents = [
        {**row, "source_url": "javascript:self.hurt=4", "title": f"{ATTACK}\u202e"} for row in rows(tables, "documents")
    ]
    indicators = [{**row, "label": word} for row, word in zip(rows(tables, "indicators")[:7], FORMULAS, strict=True)]
    speakers = [dict.fromkeys(tables["speakers"].column_names) | {"speaker_id": "x", "name": ATTACK, "kind": "person"}]
    metrics = [{**row, "speaker_id": "x", "indicator_id": None} for row in rows(tables, "metrics")]
    for name, changed in {
        "documents": documents,
        "indicators": indicators,
        "speakers": speakers,
        "metrics": metrics,
    }.items():
        tables[name] = pa.Table.from_pylist(changed, schema=tables[name].schema)
    folder = tmp_path_factory.mktemp("hostile") / "1.0.0"
    make_release(tables, folder)
    return folder


def rows(tables: dict[str, pa.Table], name: str) -> list[dict[str, Any]]:
    return list(tables[name].to_pylist())


@pytest.mark.parametrize("policy", ["with", "without"])
def test_nothing_of_a_text_runs(browser: Browser, hostile: Path, policy: str, tmp_path: Path) -> None:
    page = (hostile / "index.html").read_text("utf-8")
    if policy == "without":
        page, removed = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        assert removed == 1
    (tmp_path / "index.html").write_text(page, "utf-8")
    (tmp_path / "explorer").symlink_to(hostile / "explorer")
    with opened(browser, (tmp_path / "index.html").as_uri()) as (here, requests, errors):
        for table in ("documents", "speakers", "metrics", "tasks", "passages", "indicators"):
            here.evaluate("place => { location.hash = place; }", f"#tables/{table}")
            here.wait_for_selector(f'[data-table="{table}"][aria-pressed=true]')
            here.check("#table-all")
            here.evaluate("() => document.querySelector('#table-rows tbody th a').click()")
            here.wait_for_selector("#evidence[open]")
            here.keyboard.press("Escape")
            here.uncheck("#table-all")
        here.evaluate("() => { location.hash = '#doc/attack'; }")
        here.wait_for_selector("#reader-text .metric")
        here.check("#reader-mentions")
        here.wait_for_timeout(200)
        assert here.evaluate("() => self.hurt") is None
        assert here.evaluate("() => document.querySelectorAll('img, svg[onload], #reader-text script').length") == 0
        assert here.evaluate("() => [...document.links].filter((it) => !/^(file|https?):/.test(it.href)).length") == 0
        assert not [url for url in requests if not url.startswith("file://") and not url.startswith(("blob:", "data:"))]
        assert errors == []


def test_marks_count_code_points(browser: Browser, hostile: Path) -> None:
    with opened(browser, f"{(hostile / 'index.html').as_uri()}#doc/attack") as (page, _, _):
        marked = page.evaluate(
            "() => [...document.querySelectorAll('#reader-text .metric')].map((it) => it.textContent)"
        )
        assert {"6.2%", "4 percent"} <= set(marked)
        page.click("#reader-text .metric >> text=6.2%")
        page.wait_for_selector("#evidence[open] mark")
        assert page.inner_text("#evidence mark") == "6.2%"
        assert "𝟙 grew by" in page.inner_text("#evidence .sentence")


def test_controls_of_direction_are_shown_and_stay_in_their_box(browser: Browser, hostile: Path) -> None:
    with opened(browser, f"{(hostile / 'index.html').as_uri()}#doc/attack") as (page, _, _):
        boxes = page.evaluate("""() => [...document.querySelectorAll("#reader-text .turn")].map((it) =>
            [it.dataset.code, getComputedStyle(it).display, getComputedStyle(it).unicodeBidi])""")
        assert boxes == [["U+202E", "inline-block", "isolate"], ["U+202C", "inline-block", "isolate"]]
        stray = """() => {
            const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            let count = 0;
            while (walk.nextNode()) {
                const { parentElement: parent, data } = walk.currentNode;
                if (/[\\u202a-\\u202e]/.test(data) && !parent.closest(".turn, script")) count += 1;
            }
            return count;
        }"""
        assert page.evaluate(stray) == 0


def test_formulas_are_quoted_in_csv(browser: Browser, hostile: Path) -> None:
    with opened(browser, f"{(hostile / 'index.html').as_uri()}#tables/indicators") as (page, _, _):
        with page.expect_download() as download:
            page.click("text=CSV of these rows")
        written = download.value.path().read_bytes().decode("utf-8-sig")
        for word in FORMULAS:
            shown = word if word == "plain" else f"'{word}"
            assert f'"{shown}"' in written, word
