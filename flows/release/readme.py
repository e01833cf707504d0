"""The README of a release: what it is, how to start, what every column means, how to check it."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, NamedTuple

from flows.release.csv_bundle import NOTES
from flows.release.descriptor import LICENCE
from flows.release.names import (
    CHANGES_JSON,
    CHANGES_TEXT,
    CHECKSUMS,
    CSV_ZIP,
    DATA_FOLDER,
    DATABASE,
    DESCRIPTION,
    DESCRIPTOR,
    DIGESTS,
    PACKAGE,
    TITLE,
)
from flows.release.version import POLICY
from flows.release.views import VIEWS
from flows.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import duckdb

    from flows.release.descriptor import Account, Edition
    from flows.table_schema import Field, Schema

_MOST_FINDINGS = 50
_MOST_SOURCES = 1_000
_LONGEST_MESSAGE = 2_000


class Doubts(NamedTuple):
    """How many findings of each code there are, and the worst ones as severity, message and document."""

    counts: Mapping[str, int]
    shown: Sequence[tuple[str, str, str | None]]


class Large(NamedTuple):
    """What is otherwise in a large release: the tables that are several files, and whether the database has keys."""

    parted: Sequence[str]
    keyed: bool


_START = Template("""\
## Start

With DuckDB, from version 1.1.3: all tables with their keys and comments, and views to begin with.

```sql
ATTACH '$database' AS release (READ_ONLY);
FROM release.growth SELECT measured, value, period_start, period_end, quote;
FROM release.commitments_by_theme;
```

$views

With Python, from the Parquet files; any one of these:

```python
import duckdb
print(duckdb.sql("FROM '$data/$metrics' SELECT indicator, value, unit, quote"))
```

```python
import pandas
metrics = pandas.read_parquet("$data/$folder")
```

```python
import polars
metrics = polars.read_parquet("$data/$metrics")
```

In a spreadsheet: unpack `$csv` and open a file of its folder `$data`.

$notes""")

_POLICY = Template("""\
## Versions

A published version is never changed. What its number says about the version before:

| part | goes up when |
| --- | --- |
$policy

Nothing is published when no row, value or schema has changed. `$text` says what each version changed and why, \
`$json` the same for programs, and the table `changes` has every changed row: `FROM release.changes_since('1.0.0')` in \
the DuckDB file gives those that came after a version.
""")

_LIMITS = """\
## Known limits

- The rows were made by rules, not by people. Each says which rule made it and where in the text it stands; \
read the quote before you rely on a figure.
- Offsets count Unicode code points. Where strings count UTF-16 units (JavaScript, Java, C#) they must be converted.
- What a text does not say is null. A null is no zero, and a missing row is no proof that nothing was said elsewhere.
- A figure is what a text states, not what is true; many of the texts are translations by their publishers.
- `findings` lists what is doubtful in these very rows.
"""

_VERIFY = f"""\
## Verify

```console
$ sha256sum --check {CHECKSUMS}
```

`{CHECKSUMS}` covers every file but itself. `{DESCRIPTOR}` has for each table the hash of its Parquet file (`hash`) \
and a hash of its rows (`logicalDigest`) that stays the same in whatever order, file or codec they are stored. \
`{DIGESTS}` computes the second again with DuckDB, for all tables:

```console
$ duckdb < {DIGESTS}
```

The keys, types and constraints hold by any tool that reads Data Packages, for one by Frictionless:

```console
$ frictionless validate {CSV_ZIP}
```

The same rows, released with the same software, give the same bytes of the Parquet files, the CSV zip, \
`{DESCRIPTOR}` and this page. Of the DuckDB file only the rows are promised to be the same.
"""


def readme(rows: Mapping[str, int], doubts: Doubts, edition: Edition, large: Large) -> str:
    """Return the text of a release's README.md.

    Args:
        rows: how many rows each table has.
        doubts: what its table `findings` says.
        edition: what makes it this release.
        large: which of its tables are in several files, and whether its database has no keys.
    """
    parts = [
        _head(edition),
        _counts(rows, edition.account),
        *_large(large),
        _start(large),
        _findings(doubts),
        *_dictionary(rows),
        _sources(edition),
        _policy(),
        _LIMITS,
        _VERIFY,
    ]
    return "\n".join(parts)


def doubts_of(connection: duckdb.DuckDBPyConnection) -> Doubts:
    """Return what the table `findings` says that a connection knows by its name."""
    counts = connection.execute("SELECT code, count(*) FROM findings GROUP BY code ORDER BY code").fetchall()
    shown = connection.execute(
        "SELECT severity, message, document_id FROM findings "
        "ORDER BY list_position(['error', 'warning', 'info'], severity), finding_id LIMIT ?",
        [_MOST_FINDINGS],
    ).fetchall()
    return Doubts(dict(counts), shown)


def _large(large: Large) -> Iterable[str]:
    """Tell what is otherwise in a large release."""
    lines = []
    if large.parted:
        tables = ", ".join(f"`{name}`" for name in large.parted)
        lines.append(
            f"- {tables}: several Parquet files each, `{DATA_FOLDER}/<table>/part-0.parquet` and so on, one row group "
            f"in each. In `{DESCRIPTOR}` their `path` is the list of them, `bytes` and `hash` are those of all of them "
            "one after the other (`cat` in the order of `path`), and `parts` has size and hash of each."
        )
    if not large.keyed:
        lines.append(
            "- The DuckDB file has comments, types and NOT NULL, but no keys and indexes, which would take more room "
            "and time than the rows. The keys were checked before it was written."
        )
    if lines:
        yield "\n".join(["## A large release\n", *lines, ""])


def _policy() -> str:
    lines = [f"| {level.name.lower()} | {told} |" for level, told in POLICY.items()]
    return _POLICY.substitute(policy="\n".join(lines), text=CHANGES_TEXT, json=CHANGES_JSON)


def _head(edition: Edition) -> str:
    day = edition.created.isoformat()
    return f"""\
# {TITLE}

Version {edition.version}, {day}. {DESCRIPTION}

**Cite as:** The new-industrialization authors ({day[:4]}). *{TITLE}* (version {edition.version}) [data package]. \
`{PACKAGE}`, {day}.

**Licence:** [{LICENCE["title"]}]({LICENCE["path"]}) for the tables. The quoted texts remain with their rights holders.
"""


def _counts(rows: Mapping[str, int], account: Account) -> str:
    lines = [(f"`{name}`", f"{count:,}", schema_of(name).description) for name, count in rows.items()]
    told = (
        f"Of {_texts(account.texts)} in the raw folder, {account.published} were read and {account.rejected} rejected"
    )
    return f"## What is in it\n\n{_table(('table', 'rows', 'one row'), lines)}\n{told}.\n"


def _texts(count: int) -> str:
    return "1 text" if count == 1 else f"{count:,} texts"


def _start(large: Large) -> str:
    views = "\n".join(f"- `{view.name}`: {view.comment}" for view in VIEWS)
    metrics = "metrics/*.parquet" if "metrics" in large.parted else "metrics.parquet"
    folder = "metrics" if "metrics" in large.parted else "metrics.parquet"
    return _START.substitute(
        database=DATABASE, data=DATA_FOLDER, csv=CSV_ZIP, views=views, notes=NOTES, metrics=metrics, folder=folder
    )


def _findings(doubts: Doubts) -> str:
    if not doubts.counts:
        return "## Findings\n\nNothing in these rows was found doubtful.\n"
    told = ", ".join(f"{count:,} of `{code}`" for code, count in doubts.counts.items())
    lines = [
        f"- {severity}: {_inline(_shortened(message))} (`{document}`)" for severity, message, document in doubts.shown
    ]
    rest = sum(doubts.counts.values()) - len(lines)
    more = [f"- … and {rest:,} more in the table `findings`."] if rest else []
    head = f"## Findings\n\nWhat a reader should know is doubtful: {told}.\n"
    return "\n".join([head, *lines, *more, ""])


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:_LONGEST_MESSAGE]}…"


def _dictionary(names: Iterable[str]) -> Iterable[str]:
    yield "## Data dictionary\n"
    for name in names:
        yield _columns(schema_of(name))


def _columns(schema: Schema) -> str:
    targets = {key.field: f" → `{key.resource}.{key.reference}`" for key in schema.foreign_keys}
    rows = [(f"`{f.name}`", _type(f) + targets.get(f.name, ""), _inline(f.description)) for f in schema.fields]
    key = ", ".join(f"`{name}`" for name in schema.primary_key)
    table = _table(("column", "type", "meaning"), rows)
    return f"### {schema.name}\n\n{schema.description}\nPrimary key: {key}.\n\n{table}"


def _type(field: Field) -> str:
    kind = "list of strings" if field.type == "list" else field.type
    return f"{kind}, or null" if field.nullable else kind


def _sources(edition: Edition) -> str:
    lines = [f"- {_source(source)}" for source in edition.sources[:_MOST_SOURCES]]
    rest = len(edition.sources) - len(lines)
    more = [f"- … and {rest:,} more in `{DESCRIPTOR}`."] if rest else []
    return "\n".join(["## Sources\n", *lines, *more, ""])


def _source(source: Mapping[str, str]) -> str:
    title = _inline(source["title"])
    linked = f"[{title}]({source['path']})" if "path" in source else title
    known = [f"`{source['document']}`", source.get("rightsHolder"), source.get("license")]
    return f"{linked} ({', '.join(item for item in known if item)})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def _inline(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;")
