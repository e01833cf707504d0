"""Many rows and many documents: what is chosen is chosen at once, and no more is loaded than is looked at."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pytest

from flows.explorer.carried import Carried
from flows.explorer.page import Rows, write_page, write_rows
from flows.release.csv_text import in_key_order
from flows.release.names import DATABASE
from flows.release.released import read_descriptor, read_table
from flows.schema import schema_of
from tests.explorer.browsing import opened, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

    from tests.explorer.conftest import Site

DOCUMENTS, METRICS = 10_000, 5
SENTENCE = (
    "In the first half of the year output of sector {at} grew by {value}% year on year, and the rest stayed as it was."
)


@pytest.fixture(scope="module")
def large(five: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of 10,000 documents with 50,000 metrics and 20,000 tasks, and its address."""
    folder = tmp_path_factory.mktemp("large") / "1.0.0"
    folder.mkdir()
    (folder / DATABASE).write_bytes(b"")
    package = read_descriptor(five.folder).package
    tables = {name: read_table(five.folder, name) for name in read_descriptor(five.folder).schemas}
    for name, rows in made(tables).items():
        table = pa.Table.from_pylist(rows, schema=tables[name].schema)
        tables[name] = in_key_order(table, schema_of(name))
    seen = Carried(tables, {name: table.num_rows for name, table in tables.items()})
    write_page(seen, Rows(write_rows(seen, folder), ()), folder, package, None)
    with served(folder) as address:
        yield address


def made(tables: dict[str, pa.Table]) -> dict[str, list[dict[str, Any]]]:
    """Rows like those of the five texts, many times over."""
    document, metric, task, passage = (
        tables[name].to_pylist()[0] for name in ("documents", "metrics", "tasks", "passages")
    )
    rows: dict[str, list[dict[str, Any]]] = {
        name: [] for name in ("documents", "metrics", "tasks", "passages", "mentions")
    }
    rows |= {"numerals": [], "findings": []}
    for at in range(DOCUMENTS):
        name = f"text-{at:05}"
        rows["documents"].append(
            {**document, "document_id": name, "title": f"Text {at}", "published_on": date(2000 + at % 25, 1, 1)}
        )
        start = 0
        for place in range(METRICS):
            value = f"{at % 97}.{place}"
            words = SENTENCE.format(at=at % 50, value=value)
            home, first = f"{name}:p{start}", start + words.index(f"{value}%")
            base = {"document_id": name, "passage_id": home, "speaker_id": None}
            rows["passages"].append(
                {
                    **passage,
                    **base,
                    "position": place,
                    "parent_passage_id": None,
                    "char_start": start,
                    "char_end": start + len(words),
                    "text": words,
                }
            )
            rows["metrics"].append(
                {
                    **metric,
                    **base,
                    "metric_id": f"{name}:m{first}",
                    "value": float(value),
                    "indicator": f"output of sector {at % 50}",
                    "indicator_id": None,
                    "value_text": f"{value}%",
                    "quote": words,
                    "char_start": first,
                    "char_end": first + len(value) + 1,
                }
            )
            if place < 2:
                rows["tasks"].append(
                    {
                        **task,
                        **base,
                        "task_id": f"{name}:t{start}",
                        "parent_task_id": None,
                        "statement": words,
                        "char_start": start,
                        "char_end": start + len(words),
                    }
                )
            start += len(words) + 2
    return rows


def spent(act: str) -> str:
    """A script that does something and returns how many milliseconds it took, until it can be seen."""
    return f"""async () => {{
        const times = [];
        for (let round = 0; round < 3; round++) {{
            const from = performance.now();
            ({act})(round);
            document.body.offsetHeight;
            times.push(performance.now() - from);
            await new Promise((go) => setTimeout(go, 50));
        }}
        return Math.min(...times);
    }}"""


TYPE = """(round) => {
    const search = document.getElementById("table-search");
    search.value = ["sector 17", "sector 1", "41.3%"][round];
    search.dispatchEvent(new Event("input"));
}"""
SORT = """(round) => { document.querySelector('[data-sort="value"]').click(); }"""
CHOOSE = """(round) => {
    const box = document.querySelector('#table-facets [data-facet="document_id"]');
    box.value = box.options[round + 1].value;
    box.dispatchEvent(new Event("change"));
}"""


def test_fifty_thousand_rows_are_filtered_and_sorted_at_once(
    browser: Browser, large: str, slack: Callable[[], float]
) -> None:
    with opened(browser, f"{large}#tables/metrics") as (page, _, errors):
        load = page.query_selector("#table-more button")
        if load:
            load.click()
        page.wait_for_function("() => document.getElementById('table-count').textContent === '50,000 of 50,000 rows'")
        page.wait_for_timeout(300)
        before = slack()
        times = {
            name: float(page.evaluate(spent(act)))
            for name, act in {"filter": TYPE, "sort": SORT, "facet": CHOOSE}.items()
        }
        limit = 100 * max(before, slack())
        assert max(times.values()) <= limit, times
        assert errors == []


def test_a_page_of_ten_thousand_documents_loads_what_is_looked_at(browser: Browser, large: str) -> None:
    with opened(browser, large) as (page, requests, _):
        sizes = {url: size for url, size in weights(page).items() if "/data/" in url}
        assert sum(sizes.values()) < 6_000_000, sizes
        assert "loaded rows" in page.inner_text("#table-count")
        assert page.inner_text(".stats").startswith("10,000")
        assert page.locator("#run").count() == 0
        assert page.inner_text("#sql-snippet").startswith("duckdb -readonly new-industrialization.duckdb")
        before = len(requests)
        page.evaluate("() => { location.hash = '#metrics/text-09876:m' + (2 * 115 + 55); }")
        page.wait_for_function(
            "() => document.getElementById('notice').textContent || document.querySelector('#evidence mark')"
        )
        assert len(requests) - before <= 20


def weights(page: Any) -> dict[str, int]:
    return dict(
        page.evaluate("() => performance.getEntriesByType('resource').map((it) => [it.name, it.encodedBodySize])")
    )


def test_a_row_of_any_document_is_found_by_its_address(browser: Browser, large: str) -> None:
    with opened(browser, f"{large}#doc/text-09876") as (page, requests, _):
        page.wait_for_selector("#reader-text .metric")
        assert page.inner_text("#reader-title") == "Text 9876"
        assert page.locator("#reader-text .passage").count() == METRICS
        page.click("#reader-text .metric >> nth=2")
        page.wait_for_selector("#evidence[open] mark")
        assert page.inner_text("#evidence mark") == "79.2%"
        assert len([url for url in requests if re.search(r"/passages-\d+\.js", url)]) <= 3
        page.keyboard.press("Escape")
        page.fill("#reader-pick", "00042")
        assert page.locator("#reader-ids option").first.get_attribute("value") == "text-00042"


def test_parts_are_small_and_told_in_order(large: str, five: Site, browser: Browser) -> None:
    with opened(browser, large) as (page, _, _):
        release = json.loads(page.text_content("#release") or "")
    parts = {table["name"]: table["parts"] for table in release["tables"]}
    assert len(parts["metrics"]) > 5
    assert sum(part["rows"] for part in parts["metrics"]) == DOCUMENTS * METRICS
    assert max(part["size"] for it in parts.values() for part in it) < 4_000_000
    ends = [(part["first"], part["last"]) for part in parts["passages"]]
    assert ends == sorted(ends)
    assert five.folder.is_dir()
