"""Two small documents with rows in all tables that texts fill, written by hand, and a release built from them."""

from __future__ import annotations

import shutil
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from flows.records import (
    Appearance,
    Document,
    Entity,
    Finding,
    Indicator,
    Mention,
    Metric,
    Numeral,
    Passage,
    Source,
    Speaker,
    Task,
)
from flows.schema import to_tables
from tests.killing import Stock, make_stock
from tests.making import make_release

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

TEXTS = {
    "briefing-2024": (
        "Briefing of 5 July\n\n=Output grew by 6.2%, said Jin “Pad” Li (金立).\r\n\n"
        "- We will, first, build \U0001d7da labs:\n  ten times|more.\n"
    ),
    "report-2023": "Report\n\nOutput grew by 5.8% in 2023; 103,00 firms did.\n",
}
SOURCES = {
    "briefing-2024": Source(None, "https://example.org/briefing?a=1", "Example Office", "CC-BY-4.0"),
    "report-2023": Source(None, None, None, None),
}


def span(document: str, words: str) -> tuple[int, int]:
    """Return where words stand in a text of `TEXTS`."""
    start = TEXTS[document].index(words)
    return start, start + len(words)


def _document(document_id: str, kind: str, title: str, published_on: date | None) -> Document:
    text = TEXTS[document_id]
    raw = text.encode()
    return Document(
        document_id=document_id,
        title=title,
        kind=kind,
        publisher=None,
        published_on=published_on,
        event_name=None,
        event_on=date(2024, 7, 5) if kind == "briefing_qa" else None,
        language="en",
        page=1,
        page_count=2,
        source_url=SOURCES[document_id].url,
        raw_path=f"raw/{document_id}.txt",
        raw_sha256=sha256(raw).hexdigest(),
        raw_bytes=len(raw),
        characters=len(text),
        words=len(text.split()),
    )


def _passages(document: str, *parts: tuple[str, str, str | None]) -> list[Passage]:
    rows = []
    for position, (kind, words, speaker) in enumerate(parts):
        start, end = span(document, words)
        parent = f"{document}:p0" if position else None
        rows.append(
            Passage(
                f"{document}:p{start}", document, position, kind, parent, int(position > 0), speaker, start, end, words
            )
        )
    return rows


def _metric(document: str, passage: str, words: str, value: float, **more: Any) -> Metric:
    start, end = span(document, words)
    row = Metric(
        metric_id=f"{document}:m{start}",
        document_id=document,
        passage_id=passage,
        speaker_id=None,
        indicator="output",
        indicator_id="output",
        value=value,
        value_upper=None,
        unit="percent",
        measure="change",
        comparison="year_on_year",
        bound="exact",
        status="actual",
        period_start=date(2023, 1, 1),
        period_end=date(2023, 12, 31),
        period_text="in 2023",
        period_basis="clause",
        out_of=None,
        industry_id=None,
        place_id=None,
        value_text=words,
        char_start=start,
        char_end=end,
        quote=words,
        rule="change-percent",
    )
    return row._replace(**more)


def _numeral(document: str, passage: str, words: str, value: float | None, role: str, **more: Any) -> Numeral:
    start, end = span(document, words)
    row = Numeral(f"{document}:n{start}", document, passage, words, value, role, None, f"{role}-rule", start, end)
    return row._replace(**more)


def _briefing() -> dict[str, list[Any]]:
    name, said = "briefing-2024", TEXTS["briefing-2024"].split("\n\n")
    passages = _passages(
        name,
        ("title", said[0], None),
        ("paragraph", said[1].rstrip(), "jin-li"),
        ("list_item", said[2].rstrip(), "jin-li"),
    )
    _, talk, item = (passage.passage_id for passage in passages)
    task = span(name, "We will, first, build \U0001d7da labs:\n  ten times|more.")
    child = span(name, "ten times|more.")
    speaker = {"speaker_id": "jin-li", "place_id": "china", "industry_id": "steel"}
    metric = _metric(name, talk, "6.2%", 6.2, quote=said[1].strip(), **speaker)
    top = Task(
        task_id=f"{name}:t{task[0]}",
        document_id=name,
        passage_id=item,
        speaker_id="jin-li",
        parent_task_id=None,
        position=0,
        depth=0,
        ordinal=1,
        statement="We will, first, build \U0001d7da labs: ten times|more.",
        action="build",
        modality="commitment",
        actor="we",
        horizon_start=None,
        horizon_end=date(2027, 12, 31),
        theme_id="innovation",
        char_start=task[0],
        char_end=task[1],
        rule="will",
    )
    under = top._replace(
        task_id=f"{name}:t{child[0]}",
        parent_task_id=top.task_id,
        position=1,
        depth=1,
        ordinal=None,
        statement="ten times|more.",
        char_start=child[0],
        char_end=child[1],
    )
    output = span(name, "Output")
    return {
        "documents": [_document(name, "briefing_qa", "Briefing of 5 July", None)],
        "passages": passages,
        "metrics": [
            metric,
            _metric(name, item, "\U0001d7da labs", 2.0, unit="count", measure="level", comparison=None),
        ],
        "tasks": [top, under],
        "mentions": [Mention(f"{name}:e{output[0]}", "steel", name, talk, "Output", *output)],
        "appearances": [Appearance(name, "jin-li", "speaker", "minister", None, 2, 16, *span(name, "Jin “Pad” Li"))],
        "numerals": [
            _numeral(name, passages[0].passage_id, "5", 5.0, "date"),
            _numeral(name, talk, "6.2", 6.2, "metric", metric_id=metric.metric_id),
        ],
    }


def _report() -> dict[str, list[Any]]:
    name, said = "report-2023", TEXTS["report-2023"].split("\n\n")
    passages = _passages(name, ("title", said[0], None), ("paragraph", said[1].rstrip(), None))
    body = passages[1].passage_id
    metric = _metric(name, body, "5.8%", 5.8, quote=said[1].strip())
    wrong = span(name, "103,00")
    finding = Finding(
        f"{name}:f{wrong[0]}", "warning", "malformed-number", name, body, *wrong, "Read “103,00” anew.", ()
    )
    both = (metric.metric_id, "briefing-2024:m{}".format(span("briefing-2024", "6.2%")[0]))
    conflict = Finding("conflict-output", "warning", "conflicting-values", name, None, None, None, "Two values.", both)
    return {
        "documents": [_document(name, "statistical_release", "Report", date(2024, 1, 19))],
        "passages": passages,
        "metrics": [metric],
        "numerals": [_numeral(name, body, "103,00", None, "unresolved")],
        "findings": [finding, conflict],
    }


def _rows() -> dict[str, list[Any]]:
    merged: dict[str, list[Any]] = {
        "speakers": [Speaker("jin-li", "Jin “Pad” Li", "金立", "person", "minister", None)],
        "indicators": [
            Indicator("output", "Output", "What is made.", "percent", "change", ("output", "value added"), "-- none"),
            Indicator("trade", "Trade", "What is sold.", None, None, (), "+none"),
        ],
        "entities": [
            Entity("steel", "industry", "Steel", None, ("iron",), "a-raw-materials"),
            Entity("a-raw-materials", "industry", "Raw materials", "原材料", (), "b-industry"),
            Entity("b-industry", "industry", "Industry", None, (), None),
            Entity("china", "place", "China", "中国", (), None),
            Entity("innovation", "theme", "Innovation", None, (), None),
        ],
    }
    for part in (_briefing(), _report()):
        for resource, found in part.items():
            merged[resource] = [*merged.get(resource, []), *found]
    return merged


@pytest.fixture
def rows() -> dict[str, list[Any]]:
    return _rows()


@pytest.fixture
def tables(rows: dict[str, list[Any]]) -> dict[str, pa.Table]:
    return to_tables(rows)


@pytest.fixture
def sources() -> Mapping[str, Source]:
    return SOURCES


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the release once; every test has a copy of its own."""
    folder = tmp_path_factory.mktemp("pristine")
    make_release(to_tables(_rows()), folder, SOURCES)
    return folder


@pytest.fixture
def release(pristine: Path, tmp_path: Path) -> Path:
    return shutil.copytree(pristine, tmp_path / "1.0.0")


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    """Three releases, each with one value that the one before had otherwise."""
    steps = []
    for more in range(3):
        rows = _rows()
        first, *others = rows["metrics"]
        steps.append(to_tables({**rows, "metrics": [first._replace(indicator=f"output {more}"), *others]}))
    return make_stock(tmp_path_factory.mktemp("stock"), steps)
