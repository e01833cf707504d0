"""The parts of the page that are plain HTML: what is in the release, what its columns mean, what changed, its files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from flows.explorer.charts import day
from flows.explorer.markup import attribute, fragment, table, text, web_link
from flows.release.names import CHECKSUMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from flows.explorer.overview import Paper
    from flows.release.checked import Count
    from flows.table_schema import Field, Schema

    Row = Mapping[str, Any]

_STATS = ("documents", "metrics", "tasks", "speakers", "findings")
_ABOUT_FILES = {
    ".duckdb": "all tables with keys, comments and views, in one DuckDB file",
    ".zip": "all tables as CSV, a data package of its own",
    "datapackage.json": "the descriptor: schemas, sizes, hashes",
    "README.md": "how to use the release, and what every column means",
    "CHANGES.md": "what changed since the version before",
    "changes.json": "the same, for programs",
    "digests.sql": "how to compute the logical digests of the tables",
}
_MOST_LISTED = 100


def stats(rows: Mapping[str, int]) -> str:
    """Return the numbers that a reader looks for first, each a link to its rows."""
    names = [*_STATS, *(["rejected"] if rows["rejected"] else [])]
    items = (f'<li><a href="{fragment("tables", name)}"><b>{rows[name]:,}</b> {text(name)}</a></li>' for name in names)
    return f'<ul class="stats">{"".join(items)}</ul>'


def part_of(texts: int, of: int) -> str:
    """Return a sentence on what a page leaves out that carries the rows of some texts."""
    which = "latest text" if texts == 1 else f"{texts:,} latest texts"
    told = f"This page has the charts and rows of the {which} of {of:,}"
    return f'<p class="note">{told}; <a href="{fragment("downloads")}">the files</a> and SQL have all rows.</p>'


def check_list(counts: Sequence[Count]) -> str:
    """Return the checks in words, their sum first; they have all passed, for nothing else is published."""
    head = f"{len(counts)} of {len(counts)} checks of the rows passed" if counts else "The rows were not checked"
    lines = "".join(f'<li class="good">{it.rows:,} of {it.rows:,} {text(it.sentence)}</li>' for it in counts)
    found = "Found is: word for word, at the very characters that the row names."
    return f'<h2 class="small">{head}</h2><ul class="checks">{lines}</ul><p class="note">{found}</p>'


def legend(papers: Sequence[Paper]) -> str:
    """Return which letter and colour stands for which document; "" where there are too many for letters."""
    if not all(paper.letter for paper in papers):
        return ""
    items = (
        f'<li><span class="key c{paper.place + 1}">{paper.letter}</span> '
        f'<a href="{fragment("doc", paper.document_id)}">{text(_kind(paper))}</a></li>'
        for paper in papers
    )
    return f'<ul class="legend" aria-label="Documents">{"".join(items)}</ul>'


def doubts(rows: Iterable[Row]) -> str:
    """Return the findings of the release as a list, the worst first."""
    order = ("error", "warning", "info")
    known = sorted(rows, key=lambda row: (order.index(row["severity"]), row["finding_id"]))
    lines = [
        f'<li><a href="{fragment("findings", row["finding_id"])}">{text(row["code"].replace("-", " "))}</a> '
        f'<span class="tag">{text(row["severity"])}</span><br>{text(row["message"])}</li>'
        for row in known[:8]
    ]
    more = len(known) - len(lines)
    rest = f'<p><a href="{fragment("tables", "findings")}">{more:,} more</a></p>' if more > 0 else ""
    told = Counter(row["severity"] for row in known)
    head = ", ".join(f"{told[name]:,} of severity {name}" for name in order if told[name])
    empty = "Nothing in these rows was found doubtful."
    return f'<p class="note">{text(head or empty)}</p><ul class="doubts">{"".join(lines)}</ul>{rest}'


def speaker_table(counts: Sequence[tuple[str | None, int, int]], speakers: Mapping[str, Row], most: int) -> str:
    """Return who said how much; what nobody is named for has a row of its own, the last."""
    shown = [*counts[:-1][:most], counts[-1]]
    rows = [
        (
            f'<a href="{fragment("speakers", name)}">{text(speakers[name]["name"])}</a>' if name else "not attributed",
            text(_office(speakers[name])) if name else "a text without a named speaker",
            _counted(values, fragment("tables", "metrics", speaker_id=name or "")),
            _counted(tasks, fragment("tracker", speaker=name or "")),
        )
        for name, values, tasks in shown
    ]
    head = (("speaker", ""), ("office", "wide"), ("values", "n"), ("tasks", "n"))
    hidden = len(counts) - len(shown)
    rest = f'<p><a href="{fragment("tables", "speakers")}">{hidden:,} more speakers</a></p>' if hidden else ""
    return table(head, rows, "Who said what") + rest


def source_list(rows: Sequence[Row], papers: Sequence[Paper]) -> str:
    """Return the documents with their publisher, day and words; the web address where it is one."""
    by_id = {row["document_id"]: row for row in rows}
    lines = [
        (
            f'{text(paper.letter)} <a href="{fragment("doc", paper.document_id)}">{text(paper.title)}</a>',
            text(paper.kind.replace("_", " ")),
            text(by_id[paper.document_id]["publisher"] or "–"),
            text(day(paper.on) if paper.on else "–"),
            f"{by_id[paper.document_id]['words']:,}",
            web_link(by_id[paper.document_id]["source_url"], "original")
            if by_id[paper.document_id]["source_url"]
            else "–",
        )
        for paper in papers[:_MOST_LISTED]
    ]
    head = (
        ("document", "wide"),
        ("kind", ""),
        ("publisher", ""),
        ("date", "nowrap"),
        ("words", "n"),
        ("on the web", ""),
    )
    more = len(papers) - len(lines)
    rest = f'<p><a href="{fragment("tables", "documents")}">{more:,} more documents</a></p>' if more > 0 else ""
    return table(head, lines, "Sources") + rest


def dictionary(schemas: Iterable[Schema], rows: Mapping[str, int]) -> str:
    """Return what every column means, a fold for each table."""
    return "".join(_dictionary_of(schema, rows[schema.name]) for schema in schemas)


def changes(found: Mapping[str, Any] | None) -> str:
    """Return what changed since the version before, from ``changes.json``; a sentence where there is no such file."""
    if not found:
        return '<p class="muted">This release does not say what changed.</p>'
    if found.get("previous") is None:
        return "<p>This is the first version: there is nothing to compare it with.</p>"
    reasons = "".join(f"<li>{_tag(it['level'])} {text(it['text'])}</li>" for it in found["reasons"])
    schema = "".join(
        f"<li>{_tag(it['level'])} <code>{text(it['resource'])}</code>: {text(it['text'])}</li>"
        for it in found["schemaChanges"]
    )
    columns = ("added", "removed", "corrected", "unchanged")
    counts = [(f"<code>{text(it['name'])}</code>", *(f"{it[name]:,}" for name in columns)) for it in found["resources"]]
    head = (("table", ""), *((name, "n") for name in columns))
    documents = found["documents"]
    parts = [
        f"<p>Version {text(found['version'])} compared with {text(found['previous'])}.</p><ul>{reasons}</ul>",
        table(head, counts, "Rows added, removed, corrected and unchanged"),
        f"<h3>Columns</h3><ul>{schema}</ul>" if schema else "",
        _named("Texts added", documents["added"], linked=True),
        _named("Texts removed", documents["removed"], linked=False),
    ]
    return "".join(parts)


def downloads(files: Sequence[tuple[str, int | None, str | None]], resources: Iterable[Row]) -> str:
    """Return the files with their size in bytes and SHA-256, both None where they differ from build to build."""
    paths = {path: told for resource in resources for path, told in _contents(resource)}
    rows = [
        (
            f'<a href="{attribute(path)}" download>{text(path)}</a>',
            text(paths.get(path) or next((about for end, about in _ABOUT_FILES.items() if path.endswith(end)), "")),
            f"{size:,}" if size is not None else "varies",
            _hash(path, sha) if sha else f'<a href="{CHECKSUMS}">in {CHECKSUMS}</a>',
        )
        for path, size, sha in files
    ]
    return table((("file", ""), ("content", "wide"), ("bytes", "n"), ("SHA-256", "hash")), rows, "Files")


def _contents(resource: Row) -> list[tuple[str, str]]:
    told, parts = f"{resource['rowCount']:,} {resource['name']}", resource.get("parts", [resource])
    if len(parts) == 1:
        return [(resource["path"], told)]
    return [(it["path"], f"part {at:,} of {len(parts):,} of {told}") for at, it in enumerate(parts, 1)]


def sentences(rows: Iterable[tuple[str, str, str, str]]) -> str:
    """Return the sentences behind the marks of the charts, for those who read the page without its script.

    Args:
        rows: table, row id, the words that were read, and the sentence.
    """
    known = {(resource, row_id): (words, sentence) for resource, row_id, words, sentence in rows}
    lines = "".join(
        f'<li id="{attribute(resource + "/" + row_id)}">{_marked(words, sentence)} <small>{text(row_id)}</small></li>'
        for (resource, row_id), (words, sentence) in known.items()
    )
    return f'<details id="sentences"><summary>The sentences behind these marks</summary><ul>{lines}</ul></details>'


def _marked(words: str, sentence: str) -> str:
    before, found, after = sentence.partition(words)
    return f"{text(before)}<mark>{text(found)}</mark>{text(after)}" if found else text(sentence)


def _kind(paper: Paper) -> str:
    return f"{paper.kind.replace('_', ' ')}, {day(paper.on)}" if paper.on else paper.kind.replace("_", " ")


def _office(row: Row) -> str:
    return ", ".join(row[name] for name in ("position", "organisation") if row[name]) or row["kind"]


def _counted(number: int, target: str) -> str:
    return f'<a href="{target}">{number:,}</a>' if number else "0"


def _named(title: str, document_ids: Sequence[str], *, linked: bool) -> str:
    if not document_ids:
        return ""
    shown = [
        f'<li><a href="{fragment("doc", name)}">{text(name)}</a></li>' if linked else f"<li>{text(name)}</li>"
        for name in document_ids[:_MOST_LISTED]
    ]
    more = len(document_ids) - len(shown)
    rest = f"<li>… and {more:,} more</li>" if more else ""
    return f"<h3>{title}</h3><ul>{''.join(shown)}{rest}</ul>"


def _dictionary_of(schema: Schema, count: int) -> str:
    targets = {key.field: f"{key.resource}.{key.reference}" for key in schema.foreign_keys}
    rows = [
        (
            f"<code>{text(field.name)}</code>",
            text(_type(field)),
            text(field.description) + _target(targets.get(field.name)),
        )
        for field in schema.fields
    ]
    columns = table((("column", ""), ("type", "nowrap"), ("meaning", "wide")), rows, f"Columns of {schema.name}")
    return (
        f'<details id="dictionary-{attribute(schema.name)}"><summary><b>{text(schema.name)}</b> '
        f'<span class="muted">{count:,} row{"s" * (count != 1)}, {len(rows)} columns</span></summary>'
        f"<p>{text(schema.description)}</p>{columns}</details>"
    )


def _type(field: Field) -> str:
    return f"{field.type}, or null" if field.nullable else field.type


def _target(target: str | None) -> str:
    return f" Points at <code>{text(target)}</code>." if target else ""


def _tag(level: str) -> str:
    return f'<span class="tag">{text(level)}</span>'


def _hash(path: str, sha: str) -> str:
    label = attribute(f"Copy the SHA-256 of {path}")
    return f'<code>{sha}</code> <button type="button" data-copy="{sha}" aria-label="{label}">Copy</button>'
