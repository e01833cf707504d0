"""The page in a real browser: evidence, tables, tracker, reader and their addresses, from a server and from a file."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from flows.query import ask
from tests.explorer.browsing import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.explorer.browsing import Opened
    from tests.explorer.conftest import Site

INDUSTRY = "scio-press-conference-industry-2023"
GROWTH = f"{INDUSTRY}:m3187"


def go(page: Page, hash_: str) -> None:
    """Go to a place on the page that is open, from one that is none of those."""
    page.evaluate(GO, hash_)


GO = """async (hash) => {
    document.getElementById("evidence").close();
    await new Promise((go) => setTimeout(go, 20)); // what closing does comes later
    document.getElementById("notice").replaceChildren();
    if (location.hash === hash) location.hash = "#main";
    location.hash = hash;
}"""


def notice(page: Page) -> str:
    page.wait_for_function("() => document.getElementById('notice').textContent !== ''")
    return page.inner_text("#notice")


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_the_page_opens_and_asks_nobody_else(browser: Browser, five: Site, scheme: str) -> None:
    with opened(browser, f"{five.address(scheme)}#metrics/{GROWTH}") as (page, requests, errors):
        assert page.inner_text("#evidence mark") == "4.6%"
        page.click("text=Read in the document")
        page.wait_for_selector("#reader-text .pointed")
        assert page.inner_text("#reader-text .pointed") == "4.6%"
        page.click('[data-table="entities"]')
        page.wait_for_function("() => document.getElementById('table-count').textContent.startsWith('1,440 of')")
        page.check("#reader-mentions")
        page.wait_for_selector("#reader-text .mention")
        base = five.address(scheme).removesuffix("index.html")
        assert [url for url in requests if not url.startswith((base, "blob:", "data:"))] == []
        assert errors == []


def test_each_value_is_marked_in_its_sentence(page: Opened, five: Site) -> None:
    rows = ask(five.folder, "SELECT metric_id, value_text, quote, document_id FROM metrics ORDER BY metric_id").rows
    told = page.page.evaluate(EVIDENCE, [["metrics", row[0]] for row in rows])
    assert [found["mark"] for found in told] == [row[1] for row in rows]
    for found, (_, _, sentence, _) in zip(told, rows, strict=True):
        assert " ".join(found["sentence"].split()) == sentence
        assert len(found["all"]) <= len(found["sentence"]) + 2 * 260 + 20


def test_each_task_is_marked_in_its_text(page: Opened, five: Site) -> None:
    rows = ask(five.folder, "SELECT task_id, statement FROM tasks ORDER BY task_id").rows
    told = page.page.evaluate(EVIDENCE, [["tasks", row[0]] for row in rows])
    assert [" ".join(found["mark"].split()) for found in told] == [row[1] for row in rows]


EVIDENCE = """async (rows) => {
    const found = [];
    const dialog = document.getElementById("evidence");
    for (const [table, id] of rows) {
        dialog.replaceChildren();
        location.hash = `#${table}/${id}`;
        for (let wait = 0; wait < 2000 && !dialog.querySelector("mark"); wait++) {
            await new Promise((go) => setTimeout(go, 5));
        }
        found.push({
            mark: dialog.querySelector("mark").textContent,
            sentence: dialog.querySelector(".sentence").textContent,
            all: dialog.querySelector("blockquote").textContent,
        });
    }
    dialog.close();
    return found;
}"""


def test_evidence_tells_all_of_its_row(page: Opened) -> None:
    go(page.page, f"#metrics/{GROWTH}")
    page.page.wait_for_selector("#evidence[open] mark")
    words = page.page.inner_text("#evidence")
    for expected in ("Xin Guobin", "SCIO press conference", "Characters 3,187 to 3,191", "change-verb", "2023-12-31"):
        assert expected in words, expected
    assert "Not stated: upper value" in words


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("#metrics/nothing:m1", "There is no row “nothing:m1” in metrics"),
        ("#speakers/nobody", "There is no row “nobody” in speakers"),
        ("#doc/nothing", "There is no document “nothing”"),
        (f"#doc/{INDUSTRY}/{INDUSTRY}:m1", f"There is no row “{INDUSTRY}:m1” in the document"),
        ("#tables/nothing", "There is no table “nothing”"),
        ("#tables/metrics?colour=red", "has no column colour"),
        ("#elsewhere", "There is no place “elsewhere”"),
        ("#%E0%A4%A", "is not well written"),
        ("#metrics/%3Cimg%20src=x%20onerror=alert(1)%3E", "There is no row “<img src=x onerror=alert(1)>”"),
    ],
)
def test_an_address_of_nothing_says_so(page: Opened, place: str, expected: str) -> None:
    go(page.page, place)
    assert expected in notice(page.page)
    assert page.errors == []


def test_every_kind_of_row_has_an_address(page: Opened, five: Site) -> None:
    keys = {
        "documents": "document_id", "speakers": "speaker_id", "passages": "passage_id", "indicators": "indicator_id",
        "entities": "entity_id", "mentions": "mention_id", "numerals": "numeral_id", "findings": "finding_id",
        "appearances": "document_id || '/' || speaker_id || '/' || role",
    }  # fmt: skip
    for table, key in keys.items():
        ((row_id,),) = ask(five.folder, f"SELECT {key} FROM {table} ORDER BY 1 LIMIT 1").rows  # noqa: S608 - these keys
        go(page.page, f"#{table}/{quote(row_id)}")
        page.page.wait_for_selector("#evidence[open]")
        assert page.page.inner_text("#evidence .facts dd").strip() == row_id.split("/")[0]


def table_csv(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as download:
        page.click("text=CSV of these rows")
    written = download.value.path().read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    "place",
    [
        "#tables/metrics",
        "#tables/metrics?unit=percent&sort=-value",
        "#tables/metrics?q=Industrial%20VALUE&sort=period_end",
        "#tables/metrics?speaker_id=&sort=quote",
        "#tables/metrics?value=45",
        "#tables/tasks?theme_id=innovation&sort=-horizon_end",
        "#tables/numerals?role=date&sort=text",
        "#tables/entities?kind=place&q=china&sort=-label",
        "#tables/appearances?sort=-words",
    ],
)
def test_the_selection_as_sql_and_as_csv_is_the_selection(page: Opened, five: Site, place: str) -> None:
    go(page.page, place)
    page.page.wait_for_function(WAIT, arg=place)
    rows = table_csv(page.page)
    answer = ask(five.folder, page.page.text_content("#table-sql") or "")
    assert [[row[name] for name in answer.columns] for row in rows] == [[cell(it) for it in row] for row in answer.rows]
    assert page.page.inner_text("#table-count").startswith(f"{len(rows):,} of ")
    assert rows


WAIT = """place => location.hash === place
    && document.querySelector("[data-table][aria-pressed=true]")?.dataset.table === /tables.(\\w+)/.exec(place)[1]
    && !document.getElementById("table-count").textContent.startsWith("Loading")"""


def cell(value: object) -> str:
    """A value as the CSV of the page writes it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "|".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    written = str(value)
    formula = isinstance(value, str) and re.match("'*[=+\\-@\\t\\r\\n\uff1d\uff0b\uff0d\uff20]", written)
    return f"'{written}" if formula else written


def test_a_selection_has_an_address(browser: Browser, five: Site) -> None:
    with opened(browser, f"{five.file}#tables/metrics?unit=count&sort=-value") as (page, _, _):
        first = page.inner_text("#table-rows tbody tr:first-child th")
        assert first == "103,000"
        page.select_option('#table-facets [data-facet="document_id"]', f"={INDUSTRY}")
        assert f"document_id={INDUSTRY}" in page.url
        page.click('[data-sort="indicator"]')
        assert page.url.endswith("sort=indicator")
        assert page.evaluate("() => document.activeElement.dataset.sort") == "indicator"
        kept = page.inner_text("#table-count")
        page.goto("about:blank")
        page.go_back()
        page.wait_for_selector('html[data-script="done"]')
        assert page.inner_text("#table-count") == kept


def test_the_tracker_filters_tasks(page: Opened, five: Site) -> None:
    here = page.page
    go(here, "#tracker?theme=green-development")
    here.wait_for_function("() => document.getElementById('tracker-count').textContent.startsWith('9 of 130')")
    assert "lucid waters" in here.inner_text("#tasks-list")
    here.fill("#tracker-search", "CARBON")
    ((count,),) = ask(
        five.folder, "SELECT count(*) FROM tasks WHERE theme_id = 'green-development' AND statement ILIKE '%carbon%'"
    ).rows
    assert here.inner_text("#tracker-count").startswith(f"{count} of 130")
    here.click("#tracker-box >> text=Clear")
    here.select_option('#tracker-facets [data-facet="horizon"]', "=2024")
    here.click("text=Same tasks as SQL")
    assert len(ask(five.folder, here.input_value("#query")).rows) == 1


def test_tasks_nest_and_are_numbered(page: Opened) -> None:
    go(page.page, "#tracker?document=qiushi-miit-key-tasks-new-industrialization")
    page.page.wait_for_function("() => document.getElementById('tracker-count').textContent.startsWith('71 of')")
    first = page.page.locator("#tasks-list li:has(.ordinal)").first
    assert first.inner_text().startswith("1. First, we will make every effort")
    assert first.evaluate("item => item.nextElementSibling.className") == "depth1"


def test_a_mark_of_a_chart_opens_its_sentence(page: Opened) -> None:
    go(page.page, "#overview")
    page.page.click(f'.agreement a[href="#metrics/{GROWTH}"]')
    page.page.wait_for_selector("#evidence[open] mark")
    assert page.page.inner_text("#evidence mark") == "4.6%"
    page.page.keyboard.press("Escape")
    assert page.page.evaluate("() => document.getElementById('evidence').open") is False


def test_a_cell_of_the_task_table_filters_the_tracker(page: Opened) -> None:
    page.page.click('.heat td a[href="#tracker?theme=innovation&horizon="]')
    page.page.wait_for_function("() => document.getElementById('tracker-count').textContent.startsWith('19 of 130')")


def test_the_reader_marks_all_that_was_found(page: Opened, five: Site) -> None:
    go(page.page, f"#doc/{INDUSTRY}")
    page.page.wait_for_function("id => document.getElementById('reader-pick').value === id", arg=INDUSTRY)
    marked = page.page.evaluate(
        "() => [...document.querySelectorAll('#reader-text .metric')].map((it) => [it.dataset.span, it.textContent])"
    )
    where = f"WHERE document_id = '{INDUSTRY}'"
    rows = ask(five.folder, f"SELECT metric_id, value_text FROM metrics {where} ORDER BY char_start")  # noqa: S608 - a constant
    assert [tuple(pair) for pair in marked] == rows.rows
    text = page.page.evaluate(
        "() => [...document.querySelectorAll('#reader-text .passage')].map((it) => it.textContent)"
    )
    passages = ask(five.folder, f"SELECT text FROM passages {where} ORDER BY position")  # noqa: S608 - a constant
    assert text == [row[0] for row in passages.rows]


def test_the_page_can_be_used_by_keyboard_alone(browser: Browser, five: Site) -> None:
    with opened(browser, five.http) as (page, _, _):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.textContent") == "Skip to content"
        page.focus(".growth a")
        page.keyboard.press("Enter")
        page.wait_for_selector("#evidence[open]")
        inside = "() => document.getElementById('evidence').contains(document.activeElement)"
        for _ in range(6):
            page.keyboard.press("Tab")
            assert page.evaluate(inside) or page.evaluate("() => document.activeElement === document.body")
        page.keyboard.press("Escape")
        assert page.evaluate("() => document.activeElement.matches('.growth a')")
        page.focus("#table-search")
        page.keyboard.type("telecom")
        assert page.inner_text("#table-count").startswith("1 of 48")
        page.focus('[data-sort="value"]')
        page.keyboard.press("Enter")
        assert page.get_attribute("th:has([data-sort=value])", "aria-sort") == "ascending"


def test_a_step_leads_to_the_next_row(page: Opened) -> None:
    go(page.page, f"#metrics/{GROWTH}")
    page.page.wait_for_selector("#evidence[open] mark")
    page.page.click("[data-step=Next]")
    page.page.wait_for_function("() => document.querySelector('#evidence mark')?.textContent === '1 percentage point'")


def test_links_are_copied(browser: Browser, five: Site) -> None:
    with opened(browser, f"{five.http}#metrics/{GROWTH}", permissions=["clipboard-read", "clipboard-write"]) as (
        page,
        _,
        _,
    ):
        page.click("#evidence >> text=Copy link")
        page.wait_for_selector("#evidence >> text=Copied")
        assert page.evaluate("() => navigator.clipboard.readText()") == f"{five.http}#metrics/{GROWTH}"
