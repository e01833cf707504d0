"""SQL in the page: DuckDB from a server and from a file, the same answers as the native one, and no way out."""

from __future__ import annotations

import json
import math
import shutil
from datetime import date
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest

from flows.explorer import files
from flows.explorer.engine import built_engine, engine_files
from flows.query import ask
from flows.release.store import LocalTarget
from tests.explorer.browsing import opened, run_query, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.explorer.browsing import Opened
    from tests.explorer.conftest import Site

pytestmark = pytest.mark.usefixtures("engine")

QUERIES = (
    "SELECT count(*), min(char_start), max(char_end) FROM metrics",
    "SELECT * FROM documents ORDER BY document_id",
    "SELECT * FROM metrics ORDER BY metric_id",
    "SELECT * FROM tasks ORDER BY task_id",
    "SELECT * FROM findings ORDER BY finding_id",
    "SELECT entity_id, aliases, len(aliases) FROM entities ORDER BY entity_id LIMIT 50",
    "SELECT * FROM growth ORDER BY metric_id",
    "SELECT * FROM commitments_by_theme ORDER BY theme_id NULLS LAST",
    "SELECT * FROM conflicts ORDER BY metric_id",
    "SELECT theme_id, list(task_id ORDER BY task_id) FROM tasks GROUP BY ALL ORDER BY theme_id NULLS LAST",
    "SELECT unit, avg(value), sum(value), median(value) FROM metrics GROUP BY unit ORDER BY unit",
    "SELECT m.metric_id, s.name FROM metrics m LEFT JOIN speakers s USING (speaker_id) ORDER BY ALL",
    "SELECT document_id, count(*) FILTER (role = 'date') FROM numerals GROUP BY ALL ORDER BY ALL",
    "SELECT metric_id, rank() OVER (PARTITION BY unit ORDER BY value DESC) FROM metrics ORDER BY ALL",
    """SELECT m.metric_id, substr(p.text, m.char_start - p.char_start + 1, m.char_end - m.char_start) = m.value_text
    FROM metrics m JOIN passages p USING (passage_id) ORDER BY ALL""",
    "SELECT regexp_extract_all(statement, '[0-9]+') FROM tasks ORDER BY task_id",
    "SELECT year(period_end), count(*) FROM metrics GROUP BY ALL ORDER BY ALL",
    "SELECT 9007199254740991::BIGINT, 1.25::DECIMAL(10, 2), DATE '1999-12-31', NULL, true, 'é𝟙\u202e', -0.5",
    """WITH RECURSIVE up(id, n) AS (
        SELECT entity_id, 0 FROM entities WHERE broader_id IS NULL
        UNION ALL SELECT e.entity_id, n + 1 FROM entities e JOIN up ON e.broader_id = up.id
    ) SELECT n, count(*) FROM up GROUP BY n ORDER BY n""",
    "SELECT table_name, column_count FROM duckdb_tables() ORDER BY table_name",
)
RESULT = """() => {
    const rows = [...document.querySelectorAll("#sql-rows tbody tr")];
    return rows.map((row) => [...row.cells].map((cell) => cell.textContent));
}"""


@pytest.fixture(scope="module", params=["http", "file"])
def console(request: pytest.FixtureRequest, browser: Browser, five: Site) -> Iterator[Opened]:
    """A page on which a first query has been run."""
    with opened(browser, five.address(request.param)) as here:
        run_query(here.page, "SELECT 1")
        yield here


def answer(here: Opened, query: str) -> list[list[Any]]:
    """Run a query in the page, and return the rows of its CSV as JSON would have them."""
    run_query(here.page, query)
    assert here.page.inner_text("#sql-error") == ""
    with here.page.expect_download() as download:
        here.page.click("#sql-csv")
    return cells(download.value.path().read_text("utf-8-sig"))


def cells(text: str) -> list[list[Any]]:
    """Cells of CSV in which text stands in quotation marks, and nothing else does."""
    rows: list[list[Any]] = [[]]
    at = 0
    while at < len(text):
        if text[at] == '"':
            end = at + 1
            while text[end] != '"' or text[end + 1] == '"':
                end += 1 + (text[end] == '"')
            rows[-1].append(text[at + 1 : end].replace('""', '"'))
            at = end + 1
        else:
            end = min(text.index(mark, at) for mark in ",\n" if mark in text[at:])
            rows[-1].append(json.loads(text[at:end]) if end > at else None)
            at = end
        if text[at] == "\n":
            rows.append([])
        at += 1
    return rows[1:-1]


def as_page(value: Any) -> Any:
    """A value of the native DuckDB as the page gives it out."""
    if isinstance(value, list):
        return "|".join(map(str, value)) if value else ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    return float(value)


def same(mine: Any, theirs: Any) -> bool:
    if isinstance(theirs, float) and not isinstance(theirs, bool):
        return math.isclose(float(mine), theirs, rel_tol=1e-12)
    return mine in (theirs, f"'{theirs}")  # the second where a spreadsheet would take it for a formula


def test_there_are_twenty_queries() -> None:
    assert len(QUERIES) == 20


def test_the_answers_are_those_of_the_native_database(console: Opened, five: Site) -> None:
    for query in QUERIES:
        mine, theirs = answer(console, query), ask(five.folder, query).rows
        assert len(mine) == len(theirs) > 0, query
        for row, other in zip(mine, theirs, strict=True):
            assert all(same(one, as_page(two)) for one, two in zip(row, other, strict=True)), (query, row, other)


@pytest.mark.parametrize(
    ("query", "refusal"),
    [
        ("DELETE FROM metrics", "read-only"),
        ("CREATE TABLE mine AS SELECT 1", "read-only"),
        ("SELECT * FROM read_csv('https://example.org/x.csv')", "disabled by configuration"),
        ("ATTACH 'https://example.org/x.duckdb'", "disabled by configuration"),
        ("COPY metrics TO 'out.csv'", "disabled by configuration"),
        ("SET autoload_known_extensions = true", "locked"),
        ("SET enable_external_access = true", "external"),
        ("LOAD httpfs", "disabled"),
        ("SELECT nothing FROM nowhere", "does not exist"),
    ],
)
def test_a_query_cannot_leave_the_page(console: Opened, query: str, refusal: str) -> None:
    before = len(console.requests)
    run_query(console.page, query)
    assert refusal in console.page.inner_text("#sql-error")
    assert console.requests[before:] == []


def test_nothing_is_loaded_before_a_query_is_run(browser: Browser, five: Site) -> None:
    with opened(browser, f"{five.http}#sql?SELECT%2042%20AS%20answer") as (page, requests, _):
        assert page.input_value("#query") == "SELECT 42 AS answer"
        assert not [url for url in requests if "/engine/" in url or "database.js" in url]
        page.focus("#query")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("#sql-rows td")
        assert page.evaluate(RESULT) == [["42"]]


def test_a_large_database_is_read_by_range(browser: Browser, five: Site, tmp_path: Path) -> None:
    folder = shutil.copytree(five.folder, tmp_path / "1.0.0")
    share_engine(tmp_path)
    (folder / "explorer/data/database.js").unlink()
    page = (folder / "index.html").read_text("utf-8")
    (folder / "index.html").write_text(page.replace('"part":true', '"part":false'), "utf-8")
    with served(folder) as address, opened(browser, address) as (here, requests, _):
        run_query(here, "SELECT count(*) FROM metrics")
        assert here.inner_text("#sql-error") == ""
        assert here.evaluate(RESULT) == [["48"]]
        assert any(url.endswith("new-industrialization.duckdb") for url in requests)
    with opened(browser, (folder / "index.html").as_uri()) as (here, _, _):
        run_query(here, "SELECT 1")
        assert "newind serve" in here.inner_text("#sql-error")


def test_the_engine_is_found_where_a_store_keeps_uploads_apart(browser: Browser, five: Site, tmp_path: Path) -> None:
    folder = shutil.copytree(five.folder, tmp_path / "1.0.0" / "0123456789ab")
    share_engine(tmp_path)
    with opened(browser, (folder / "index.html").as_uri()) as (page, _, _):
        run_query(page, "SELECT 42")
        assert page.evaluate(RESULT) == [["42"]]


def share_engine(place: Path) -> None:
    engine = built_engine()
    assert engine
    LocalTarget(place).share(engine_files(engine))


def test_how_large_a_database_may_be_to_go_into_a_script(five: Site, tmp_path: Path) -> None:
    folder = shutil.copytree(five.folder, tmp_path / "1.0.0")
    (folder / "explorer/data/database.js").unlink()
    with patch.object(files, "MOST_DATABASE_BYTES", 1000):
        assert files.write_database_part(folder)["part"] is False
    assert not (folder / "explorer/data/database.js").exists()


def test_a_release_that_lost_its_engine_says_where_it_lies(browser: Browser, five: Site, tmp_path: Path) -> None:
    folder = shutil.copytree(five.folder, tmp_path / "1.0.0")
    with opened(browser, (folder / "index.html").as_uri()) as (page, _, _):
        run_query(page, "SELECT 1")
        assert "Copy it with them" in page.inner_text("#sql-error")
        assert page.inner_text("#sql-snippet").startswith("duckdb -readonly new-industrialization.duckdb")
