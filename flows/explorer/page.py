"""``index.html`` of a release and the folder ``explorer/`` that it loads: the same rows, the same bytes."""

from __future__ import annotations

import json
from datetime import date
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.explorer.charts import agreement_chart, day, growth_chart, task_table
from flows.explorer.files import DATA_FOLDER, PAGE, asset, files_to_offer, write_assets, write_database_part
from flows.explorer.markup import attribute, fragment, text
from flows.explorer.overview import comparisons, growth, indicator_labels, papers, said, task_counts
from flows.explorer.parts import order, used_labels, write_parts
from flows.explorer.sections import (
    changes,
    check_list,
    dictionary,
    doubts,
    downloads,
    legend,
    part_of,
    sentences,
    source_list,
    speaker_table,
    stats,
)
from flows.release.names import CHANGES_JSON, DATABASE
from flows.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from flows.explorer.carried import Carried
    from flows.explorer.overview import Comparison, Counts, Paper
    from flows.release.checked import Count
    from flows.schema import Tables

# What a page may load: its own files, from a host or the file system, and DuckDB. No other origin, no inline script.
POLICY = (
    "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self' blob: data:; "
    "style-src 'self' file:; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)
_MOST_GROWTH, _MOST_COMPARED, _MOST_SPEAKERS = 24, 14, 12
_MOST_HORIZONS = 6


class Rows(NamedTuple):
    """The rows as the page loads them: the parts of each table, and what was checked of them."""

    parts: Mapping[str, Sequence[Mapping[str, Any]]]
    checked: Sequence[Count]


def write_rows(seen: Carried, folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Write the rows that the page of a release carries, and return the parts of each table.

    The database need not be there yet.

    Raises:
        OSError: the folder cannot be written.
    """
    (folder / DATA_FOLDER).mkdir(parents=True, exist_ok=True)
    return {name: write_parts(table, schema_of(name), folder / DATA_FOLDER) for name, table in seen.tables.items()}


def write_page(seen: Carried, rows: Rows, folder: Path, package: Mapping[str, Any], engine: str | None) -> None:
    """Write the page of a release into its folder, beside the files that are there already.

    Args:
        seen: what the page carries of the release.
        rows: what `write_rows` gave for them, and what was checked.
        folder: the release, whole but for the page and SHA256SUMS.
        package: the descriptor of the release, its resources in it.
        engine: the address of DuckDB for the page (see `flows.explorer.engine`), None where there is none.

    Raises:
        OSError: the folder cannot be read or written.
    """
    database = write_database_part(folder)
    write_assets(folder)
    release = _release(seen.tables, package, rows.parts, {"engine": engine, "database": database})
    fields = {
        **_head(package),
        **_overview(seen.tables),
        **_rest(seen.rows, folder, package),
        "stats": stats(seen.rows),
        "carried": "" if seen.is_whole else part_of(seen.tables["documents"].num_rows, seen.rows["documents"]),
        "checks": check_list(rows.checked),
        "release": _json(release),
    }
    page = Template(asset("page.html").decode()).substitute(fields)
    (folder / PAGE).write_text(page, "utf-8", newline="\n")


def _release(
    tables: Tables, package: Mapping[str, Any], parts: Mapping[str, Sequence[Mapping[str, Any]]], sql: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the script needs to know before it loads any rows."""
    described = [
        {
            "name": name,
            "title": schema.title,
            "fields": [[field.name, field.type, field.title] for field in schema.fields],
            "key": schema.primary_key,
            "order": order(schema),
            "rows": tables[name].num_rows,
            "parts": parts[name],
        }
        for name, schema in ((name, schema_of(name)) for name in tables)
    ]
    base = {"name": package["name"], "version": package["version"], "folder": DATA_FOLDER, "tables": described}
    return {**base, "labels": used_labels(tables), **sql}


def _head(package: Mapping[str, Any]) -> dict[str, str]:
    name, _, subtitle = package["title"].partition(": ")
    created = date.fromisoformat(package["created"][:10])
    (licence,) = package["licenses"]
    citation = (
        f"{package['contributors'][0]['title']} ({created.year}). {package['title']} "
        f"(version {package['version']}) [data package]. {package['name']}, {created.isoformat()}."
    )
    return {
        "policy": attribute(POLICY),
        "name": text(name),
        "subtitle": text(subtitle[:1].upper() + subtitle[1:]),
        "version": text(package["version"]),
        "day": text(day(created)),
        "description": attribute(package["description"]),
        "licence": text(licence["title"]),
        "licence_url": attribute(licence["path"]),
        "citation": text(citation),
        "citation_plain": attribute(citation),
        "dataset": _json(_dataset(package)),
    }


def _dataset(package: Mapping[str, Any]) -> dict[str, Any]:
    """Return what search engines for data read of a page, in the words of schema.org."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
        "datePublished": package["created"][:10],
        "license": package["licenses"][0]["path"],
        "keywords": package["keywords"],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": part["path"],
                "encodingFormat": it["mediatype"],
                "sha256": part["hash"][7:],
            }
            for it in package["resources"]
            for part in it.get("parts", [it])
        ],
    }


def _overview(tables: Tables) -> dict[str, str]:
    known = papers(tables)
    by_id = {paper.document_id: paper for paper in known}
    labels = indicator_labels(tables)
    grown, all_grown = growth(tables, _MOST_GROWTH)
    compared = comparisons(tables)
    counts = task_counts(tables)
    columns, rest = _columns(counts, known)
    entities = tables["entities"].select(["entity_id", "label"]).to_pydict()
    themes = dict(zip(entities["entity_id"], entities["label"], strict=True))
    speakers = {row["speaker_id"]: row for row in tables["speakers"].to_pylist()}
    chosen = fragment("tables", "metrics", measure="change", unit="percent", status="actual")
    return {
        "legend": legend(known),
        "growth": growth_chart(grown, labels, by_id),
        "growth_rest": _rest_of(len(grown), all_grown, f'<a href="{chosen}">all {all_grown:,}</a>', "latest"),
        "agreement": agreement_chart(compared[:_MOST_COMPARED], by_id),
        "agreement_rest": _rest_of(min(len(compared), _MOST_COMPARED), len(compared), f"{len(compared):,}", "widest"),
        "tasks": task_table(counts, themes, columns),
        "columns_rest": rest,
        "speakers": speaker_table(said(tables), speakers, _MOST_SPEAKERS),
        "doubts": doubts(tables["findings"].to_pylist()),
        "sentences": sentences([*_quotes(grown), *_compared_quotes(compared[:_MOST_COMPARED], tables)]),
        "sources": source_list(tables["documents"].to_pylist(), known),
    }


def _rest(rows: Mapping[str, int], folder: Path, package: Mapping[str, Any]) -> dict[str, str]:
    changed = folder / CHANGES_JSON
    found = json.loads(changed.read_text("utf-8")) if changed.is_file() else None
    return {
        "dictionary": dictionary([schema_of(name) for name in rows], rows),
        "changes": changes(found),
        "downloads": downloads(files_to_offer(folder), package["resources"]),
        "database": DATABASE,
    }


def _columns(counts: Counts, known: Sequence[Paper]) -> tuple[list[tuple[str, str, str]], str]:
    """Return the columns of the table of tasks, and a sentence on what they leave out."""
    years = sorted({year for _, year in counts.horizons if year})
    shown = years[-_MOST_HORIZONS:]
    columns = [("no date", "horizon", ""), *((f"by {year}", "horizon", year) for year in shown)]
    lettered = [(paper.letter, "document", paper.document_id) for paper in known if paper.letter]
    rest = [f"Horizons before {shown[0]} are in the tracker."] if len(years) > len(shown) else []
    rest += [] if lettered else ["There are too many documents for columns of their own."]
    return [*columns, *lettered], " ".join(rest)


def _rest_of(shown: int, total: int, all_of_them: str, which: str) -> str:
    return f"These are the {shown:,} {which} of {all_of_them}." if shown < total else ""


def _quotes(rows: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    return [("metrics", row["metric_id"], row["value_text"], row["quote"]) for row in rows]


def _compared_quotes(found: Sequence[Comparison], tables: Tables) -> list[tuple[str, str, str, str]]:
    quotes = _quotes([row for it in found for row in it.values if "metric_id" in row])
    malformed = [it.row for it in found if "finding_id" in it.row]
    if malformed:
        texts = dict(zip(*(tables["passages"][name].to_pylist() for name in ("passage_id", "text")), strict=True))
        quotes += [("findings", row["finding_id"], row["printed"], texts[row["passage_id"]]) for row in malformed]
    return quotes


def _json(value: object) -> str:
    """Return JSON that can stand inside a script element: nothing in it ends the element, or a line of a script."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in ("<", ">", "&", "\u2028", "\u2029"):
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written
