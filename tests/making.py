"""A release made from tables, as the flow makes it, for tests."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from flows.records import Source
from flows.release.build import Built, build, plan_release
from flows.release.checked import Count
from flows.release.parquet import write_tables
from flows.schema import Tables

CREATED = date(2024, 7, 31)


def make_release(
    tables: Tables,
    folder: Path,
    sources: Mapping[str, Source] | None = None,
    *,
    previous: Path | None = None,
    version: str | None = None,
    created: date = CREATED,
    checked: Sequence[Count] = (),
) -> Built:
    """Build a release of the tables in `folder`, which need not exist; `version` as `newind publish --version`."""
    folder.mkdir(exist_ok=True)
    write_tables(tables, folder)
    return build(folder, plan_release(folder, previous, version, checked), created=created, sources=sources or {})
