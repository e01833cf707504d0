"""What the page tells first, chosen from the tables: growth by period, agreement, tasks by theme, who said what."""

from __future__ import annotations

from collections import Counter, defaultdict
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from flows.schema import Tables

    Row = Mapping[str, Any]

MOST_LETTERED = 8
"""Up to so many documents each have a letter and a colour of their own."""

_AT_ONCE = 10_000


class Paper(NamedTuple):
    """One document as the charts name it; `letter` is "" where there are too many for letters."""

    document_id: str
    letter: str
    place: int
    title: str
    kind: str
    on: date | None


class Comparison(NamedTuple):
    """One thing that several documents speak of: a value of each, and how far apart they are.

    `spread` is the largest difference as a share of the mean; None where the number cannot be read.
    """

    what: str
    row: Row
    values: Sequence[Row]
    spread: float | None


class Counts(NamedTuple):
    """How many tasks serve each theme, by year of horizon ("" is none) and by document."""

    themes: Sequence[str]
    horizons: Mapping[tuple[str, str], int]
    documents: Mapping[tuple[str, str], int]


def papers(tables: Tables) -> list[Paper]:
    """Return the documents in the order of their dates, those without a date last."""
    rows = tables["documents"].select(["document_id", "title", "kind", "published_on", "event_on"]).to_pylist()
    dated = [(row["published_on"] or row["event_on"], row) for row in rows]
    dated.sort(key=lambda pair: (pair[0] is None, str(pair[0]), pair[1]["document_id"]))
    lettered = len(dated) <= MOST_LETTERED
    return [
        Paper(
            row["document_id"],
            chr(65 + at) if lettered else "",
            at,
            row["title"] or row["document_id"],
            row["kind"],
            on,
        )
        for at, (on, row) in enumerate(dated)
    ]


def growth(tables: Tables, most: int) -> tuple[list[Row], int]:
    """Return growth rates that have happened, with both ends of their period, and how many there are in all.

    Of more than `most` those of the latest periods are kept. They stand by what grew, then by period.
    """
    rows = [
        row
        for row in _where(tables["metrics"], measure="change", unit="percent", status="actual")
        if row["period_start"] and row["period_end"]
    ]
    latest = sorted(rows, key=lambda row: (row["period_end"], row["indicator_id"] is not None), reverse=True)[:most]
    labels = indicator_labels(tables)
    latest.sort(key=lambda row: (what(row, labels), row["period_start"], row["period_end"], row["metric_id"]))
    return latest, len(rows)


def comparisons(tables: Tables) -> list[Comparison]:
    """Return what several documents give a value for: the unreadable first, then by how far they are apart."""
    labels = indicator_labels(tables)
    found = [_compared(what(rows[0], labels), rows) for rows in _same(_where(tables["metrics"], status="actual"))]
    differing = [comparison for comparison in found if comparison]
    differing.sort(key=lambda comparison: (-(comparison.spread or 0), comparison.what))
    return [*_malformed(tables), *differing]


def _where(table: pa.Table, **cells: str) -> Iterable[Row]:
    """Yield the rows whose cells are these, a few at a time: as Python's they take ten times the room."""
    for name, cell in cells.items():
        table = table.filter(pc.equal(table[name], cell))
    return (row for batch in table.to_batches(_AT_ONCE) for row in batch.to_pylist())


def what(row: Row, labels: Mapping[str, str]) -> str:
    """Return what a metric measures: the label of its indicator, else the text's own words."""
    return labels.get(row["indicator_id"] or "") or row["indicator"] or "not named"


def indicator_labels(tables: Tables) -> dict[str, str]:
    """Return the labels of the vocabulary's indicators by id."""
    columns = tables["indicators"].select(["indicator_id", "label"]).to_pydict()
    return dict(zip(columns["indicator_id"], columns["label"], strict=True))


def task_counts(tables: Tables) -> Counts:
    """Count tasks by theme, the largest first, against the years of their horizon and the documents."""
    rows = tables["tasks"].select(["theme_id", "horizon_end", "document_id"]).to_pylist()
    themes, horizons, documents = Counter[str](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in rows:
        theme, end = row["theme_id"] or "", row["horizon_end"]
        themes[theme] += 1
        horizons[theme, str(end.year) if end else ""] += 1
        documents[theme, row["document_id"]] += 1
    order = sorted(themes, key=lambda theme: (theme == "", -themes[theme], theme))
    return Counts(order, horizons, documents)


def said(tables: Tables) -> list[tuple[str | None, int, int]]:
    """Return speakers with their numbers of values and tasks, the most heard first; None, not attributed, last."""
    values = Counter(tables["metrics"]["speaker_id"].to_pylist())
    tasks = Counter(tables["tasks"]["speaker_id"].to_pylist())
    known = [name for name in {*values, *tasks} if name is not None]
    known.sort(key=lambda name: (-(values[name] + tasks[name]), name))
    return [(name, values[name], tasks[name]) for name in [*known, None]]


def _same(rows: Iterable[Row]) -> list[list[Row]]:
    """Group metrics that say the same kind of thing of the same thing and time.

    A value without a period goes with the one period that the others of its kind have, if it is only one.
    """
    kinds: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row["indicator_id"] and row["status"] == "actual":
            fields = ("indicator_id", "measure", "unit", "comparison", "industry_id", "place_id")
            kinds[tuple(row[field] for field in fields)].append(row)
    groups: list[list[Row]] = []
    for alike in kinds.values():
        by_period: dict[Any, list[Row]] = defaultdict(list)
        for row in alike:
            by_period[row["period_start"], row["period_end"]].append(row)
        undated = by_period.pop((None, None), [])
        if len(by_period) == 1:
            next(iter(by_period.values())).extend(undated)
        groups += by_period.values() if by_period else [undated]
    return groups


def _compared(name: str, rows: Sequence[Row]) -> Comparison | None:
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_document[row["document_id"]].append(row)
    if len(by_document) < 2:
        return None
    values = [_nearest(own, rows) for own in by_document.values()]
    values.sort(key=lambda row: (row["value"], row["metric_id"]))
    low, high = values[0]["value"], values[-1]["value"]
    mean = abs(low + high) / 2
    dated = next((row for row in values if row["period_end"]), values[0])
    return Comparison(name, dated, values, (high - low) / mean if mean else 0.0)


def _nearest(own: Sequence[Row], rows: Sequence[Row]) -> Row:
    """Of several values in one document, return the one that is nearest to those of the others."""
    others = [row["value"] for row in rows if row["document_id"] != own[0]["document_id"]]
    return min(own, key=lambda row: (abs(row["value"] - median(others)), row["metric_id"]))


def _malformed(tables: Tables) -> list[Comparison]:
    texts = dict(zip(*(tables["passages"][name].to_pylist() for name in ("passage_id", "text")), strict=True))
    starts = dict(zip(*(tables["passages"][name].to_pylist() for name in ("passage_id", "char_start")), strict=True))
    found = []
    for row in tables["findings"].to_pylist():
        passage = row["passage_id"]
        if row["code"] == "malformed-number" and passage in texts:
            start, end = row["char_start"] - starts[passage], row["char_end"] - starts[passage]
            words = " ".join(texts[passage][end : end + 60].split()).split(". ")[0].removesuffix(".")
            value = {**row, "printed": texts[passage][start:end]}
            found.append(Comparison(words or row["message"], value, [value], None))
    return found
