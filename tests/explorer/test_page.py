"""The page as HTML alone: what it says, what it weighs, and that a text stays text."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from flows.explorer.charts import amount, period
from flows.explorer.markup import attribute, fragment, text, web_link
from flows.explorer.parts import as_script
from flows.release.checksums import sha256
from flows.schema import resource_names

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tests.explorer.conftest import Site

from datetime import date as day


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append((tag, dict(attrs)))


def tags_of(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(page)
    return parser.opened


def page_of(folder: Path) -> str:
    return (folder / "index.html").read_text("utf-8")


def shown(page: str) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_the_page_without_data_is_small(five: Site) -> None:
    names = ("index.html", "explorer/explorer.js", "explorer/style.css")
    sizes = [len(gzip.compress((five.folder / name).read_bytes(), 9)) for name in names]
    assert sum(sizes) <= 60_000, sizes


def test_the_page_says_what_is_in_the_release(five: Site) -> None:
    words = shown(page_of(five.folder))
    assert "version 1.0.0" in words
    assert "1 Dec 2024" in words
    assert "MIT License" in words
    assert "(version 1.0.0) [data package]" in words
    assert "7 of 7 checks of the rows passed" in words
    assert "130 of 130 tasks found in the texts" in words
    assert "This is the first version" in words
    for name in resource_names():
        assert f'id="dictionary-{name}"' in page_of(five.folder)


def test_every_file_is_offered_with_its_hash(five: Site) -> None:
    page = page_of(five.folder)
    offered = {str(pairs["href"]) for tag, pairs in tags_of(page) if tag == "a" and "download" in pairs}
    files = {path.relative_to(five.folder).as_posix() for path in five.folder.rglob("*") if path.is_file()}
    assert offered == {name for name in files if name != "index.html" and not name.startswith("explorer/")}
    for name in offered - {"new-industrialization.duckdb", "SHA256SUMS"}:
        assert sha256(five.folder / name) in page, name


def test_the_four_views_are_drawn(five: Site) -> None:
    words = shown(page_of(five.folder))
    for verdict in ("agree", "differ by 7%", "malformed"):
        assert verdict in words
    assert "Industrial value added Jan–May 2024" in words
    assert "not attributed" in words
    assert 'href="#tracker?theme=innovation&amp;horizon="' in page_of(five.folder)


def test_each_mark_leads_to_its_sentence_without_a_script(five: Site) -> None:
    tags = tags_of(page_of(five.folder))
    places = {pairs["id"] for _, pairs in tags if "id" in pairs}
    marks = [
        str(pairs["href"])[1:]
        for tag, pairs in tags
        if tag == "a" and str(pairs.get("href", "")).startswith("#metrics/")
    ]
    assert len(marks) >= 15
    assert set(marks) <= places


def test_nothing_is_asked_of_another_host(five: Site) -> None:
    for tag, pairs in tags_of(page_of(five.folder)):
        if tag in {"script", "img", "link", "iframe", "source", "use"}:
            for name in ("src", "href"):
                assert not re.match(r"(?:\w+:)?//", pairs.get(name) or ""), (tag, pairs)
        assert not [name for name in pairs if name.startswith("on") or name == "style"], (tag, pairs)


def test_the_policy_names_no_origin_but_the_page(five: Site) -> None:
    (policy,) = [str(pairs["content"]) for _, pairs in tags_of(page_of(five.folder)) if pairs.get("http-equiv")]
    rules = dict(rule.split(maxsplit=1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    allowed = {source for sources in rules.values() for source in sources.split()}
    assert allowed == {"'none'", "'self'", "file:", "blob:", "data:", "'wasm-unsafe-eval'"}


def test_the_description_for_search_engines_is_sound(five: Site) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page_of(five.folder), re.DOTALL)
    assert found
    dataset = json.loads(found[1])
    assert dataset["@type"] == "Dataset"
    for file in dataset["distribution"]:
        assert sha256(five.folder / file["contentUrl"]) == file["sha256"]


def test_parts_are_scripts_that_hand_over_gzip() -> None:
    script = as_script("metrics-0", b'{"a": 1}').decode()
    assert re.fullmatch(r'newindPart\("metrics-0","[\w+/=]+"\);\n', script)
    assert as_script("metrics-0", b'{"a": 1}').decode() == script


def test_text_stays_text() -> None:
    assert text('<img onerror="x">') == "&lt;img onerror=&quot;x&quot;&gt;"
    assert text("a\u202eb") == 'a<span class="turn" data-code="U+202E">\u202e</span>b'
    assert attribute('"\u202e>') == "&quot;&gt;"
    assert fragment("doc", 'a"/<b>', theme="", other=None) == "#doc/a%22/%3Cb%3E?theme="


def test_only_the_web_is_linked() -> None:
    assert web_link("javascript:alert(1)", "original") == "original"
    assert web_link("data:text/html,x", "original") == "original"
    assert web_link("HTTPS://example.org/", "original").startswith('<a href="HTTPS://example.org/" rel=')


def test_periods_are_told_shortly() -> None:
    def told(start: str | None, end: str | None) -> str:
        days: list[date | None] = [day.fromisoformat(it) if it else None for it in (start, end)]
        return period(*days)

    assert told("2024-01-01", "2024-05-31") == "Jan–May 2024"
    assert told("2023-01-01", "2023-12-31") == "2023"
    assert told("2021-01-01", "2025-12-31") == "2021–2025"
    assert told("2023-11-01", "2024-02-29") == "Nov 2023 – Feb 2024"
    assert told("2024-05-01", "2024-05-31") == "May 2024"
    assert told("2024-06-30", "2024-06-30") == "30 Jun 2024"
    assert told("2024-06-03", "2024-06-30") == "3 Jun 2024 – 30 Jun 2024"
    assert told(None, "2027-12-31") == "to 31 Dec 2027"
    assert told(None, None) == "period not stated"
    assert told("9999-01-01", "9999-12-31")


def test_amounts_are_told_shortly() -> None:
    assert amount(4.3, "percent") == "4.3%"
    assert amount(12000, "count") == "12,000"
    assert amount(1.8e12, "CNY") == "1.8 trillion CNY"
    assert amount(-2, "percentage_point") == "-2 points"
    assert amount(2200000000, "tonne") == "2.2 billion tonne"
