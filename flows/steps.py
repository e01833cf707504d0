"""The stages of the flow as Prefect tasks: names, retries, what is said of them. *Steps*, for `tasks` is a table.

A step announces what it did on the logger ``flows.steps``; the worker shows that as progress, Prefect keeps it as the
run's log. Nothing is persisted between steps: the tables live in memory, and the release is the record of a run.
"""

# ruff: noqa: PLC0415 - a step imports what it works with: the worker loads that while Prefect starts its server

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING, Any, TypeVar, cast

from prefect import task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.utilities.annotations import opaque

from flows.errors import NewindError
from flows.outcome import Outcome
from flows.summary import in_brief, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from flows.records import Parsed, RawText, Source
    from flows.release.build import Built, Planned
    from flows.schema import Tables
    from flows.settings import Settings

T = TypeVar("T")
_log = logging.getLogger(__name__)


def _is_transient(_task: Any, _run: Any, state: Any) -> bool:
    """Say whether a failed step may succeed when tried again: a disk may, a fault in the data may not."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, OSError) and not isinstance(error, NewindError)


@task(
    name="read texts",
    task_run_name="read texts of {settings.raw}",
    retries=2,
    retry_delay_seconds=[1, 5],
    retry_condition_fn=_is_transient,
    cache_policy=NO_CACHE,
)
def read(settings: Settings) -> tuple[RawText, ...]:
    """Read the raw folder.

    Raises:
        RawFolderError: there is no such folder, or no text in it.
        RawTextsError: some texts cannot be read.
    """
    from flows.read import read_raw

    texts = read_raw(settings.raw)
    _log.info("read %s from %s", _count(len(texts), "text"), settings.raw)
    return texts


def parse(texts: Sequence[RawText], settings: Settings) -> tuple[Parsed, ...]:
    """Parse all texts, one task run a batch: a run costs Prefect more than a text costs us."""
    runs = [
        _parse_batch.submit(_whole(batch), f"{first}-{first + len(batch) - 1} of {len(texts)}")
        for first, batch in batches(texts, settings.batch_characters)
    ]
    return tuple(parsed for run in runs for parsed in run.result())


@task(name="parse texts", task_run_name="parse texts {label}", cache_policy=NO_CACHE)
def _parse_batch(texts: Sequence[RawText], label: str) -> tuple[Parsed, ...]:
    from flows.parse import parse_raw
    from flows.vocabulary import default_vocabulary

    vocabulary = default_vocabulary()
    parsed = tuple(parse_raw(text, vocabulary) for text in texts)
    _log.info("parsed texts %s", label)
    return parsed


def batches(texts: Sequence[RawText], characters: int) -> Iterator[tuple[int, tuple[RawText, ...]]]:
    """Yield runs of texts of at most `characters` code points together, each with the 1-based place of its first.

    A text longer than that is a batch of its own.
    """
    first, size = 0, 0
    for at, text in enumerate(texts):
        if at > first and size + len(text.text) > characters:
            yield first + 1, tuple(texts[first:at])
            first, size = at, 0
        size += len(text.text)
    if texts:
        yield first + 1, tuple(texts[first:])


def assemble(parsed: Sequence[Parsed]) -> Tables:
    """Bring the rows of all texts together, as Arrow tables by resource."""
    return _assemble(_whole(parsed))


@task(name="assemble tables", task_run_name="assemble tables", cache_policy=NO_CACHE)
def _assemble(parsed: Sequence[Parsed]) -> Tables:
    from flows.parse.assemble import assemble as assemble_rows
    from flows.schema import to_tables
    from flows.vocabulary import default_vocabulary

    tables = to_tables(assemble_rows(parsed, default_vocabulary()))
    _log.info("assembled %s", in_brief(_rows(tables)))
    return tables


@task(name="validate tables", task_run_name="validate tables", cache_policy=NO_CACHE)
def validate(tables: Tables) -> None:
    """Hold every row against its schema.

    Raises:
        InvalidTablesError: rows break their schema; it lists every violation.
    """
    from flows.release.validate import validate as validate_tables

    validate_tables(tables)
    _log.info("validated %s against their schemas", _count(sum(_rows(tables).values()), "row"))


def staging(settings: Settings) -> AbstractContextManager[Path]:
    """Hold the lock of the releases, and give an empty folder to build one in, gone at the end unless published."""
    from flows.release.store import LocalTarget

    return LocalTarget(settings.dist).stage()


def materialise(tables: Tables, folder: Path) -> Path:
    """Write the tables as Parquet into the empty `folder`, and return it."""
    return _materialise(_whole(tables), folder)


@task(name="materialise tables", task_run_name="materialise tables", cache_policy=NO_CACHE)
def _materialise(tables: Tables, folder: Path) -> Path:
    from flows.release.parquet import write_tables

    write_tables(tables, folder)
    return folder


@task(name="plan version", task_run_name="plan version", cache_policy=NO_CACHE)
def plan(folder: Path, settings: Settings) -> Planned:
    """Compare the tables in `folder` with the newest release, and say which version they make, if any.

    Raises:
        VersionError: the version that was asked for is lower than the changes ask for.
        TargetError: the newest release cannot be read.
    """
    from flows.release.build import plan_release
    from flows.release.store import LocalTarget

    planned = plan_release(folder, LocalTarget(settings.dist).newest(), settings.version)
    version, _, previous = planned.plan
    _log.info("planned version %s", version or f"none: nothing has changed since {previous}")
    return planned


def build(planned: Planned, texts: Sequence[RawText], settings: Settings, folder: Path) -> Built | None:
    """Write the release's other files into `folder`; nothing where nothing has changed."""
    sources = {text.document_id: text.source for text in texts}
    return _build(_whole(planned), _whole(sources), settings, folder, planned.plan.version)


@task(name="build release", task_run_name="build release {version}", cache_policy=NO_CACHE)
def _build(
    planned: Planned, sources: Mapping[str, Source], settings: Settings, folder: Path, version: str | None
) -> Built | None:
    from flows.release.build import build as build_release

    if version is None:
        return None
    built = build_release(folder, planned, created=settings.date, sources=sources)
    _log.info("built %s", _count(len(built.files), "file"))
    return built


@task(
    name="publish release",
    task_run_name="publish release",
    retries=2,
    retry_delay_seconds=[1, 5],
    retry_condition_fn=_is_transient,
    cache_policy=NO_CACHE,
)
def publish(built: Built | None, settings: Settings) -> Path | None:
    """Move the built release to its place, whole; nothing where nothing was built.

    Raises:
        ReleaseExistsError: this version is out already.
    """
    from flows.explorer.engine import built_engine, share
    from flows.release.store import LocalTarget

    if built is None:
        return None
    engine = built_engine()
    if engine:
        share(engine, settings.dist)
    folder = LocalTarget(settings.dist).publish(built.folder, built.version)
    _log.info("published %s", folder)
    return folder


@task(name="summarise release", task_run_name="summarise release", cache_policy=NO_CACHE)
def summarise(tables: Tables, planned: Planned, folder: Path | None) -> Outcome:
    """Tell what the run came to, and keep it in Prefect as an artifact."""
    severities = Counter(tables["findings"]["severity"].to_pylist())
    version, reasons, previous = planned.plan
    told = tuple(f"{reason.level}: {reason.sentence}" for reason in reasons)
    outcome = Outcome(version, folder, previous, told, _rows(tables), dict(severities))
    text = markdown(outcome)
    create_markdown_artifact(text, key="release", description=text.splitlines()[0].lstrip("# "))
    return outcome


def _whole(value: T) -> T:
    """Keep Prefect from walking into a large value in search of futures."""
    return cast("T", opaque(value))


def _rows(tables: Tables) -> dict[str, int]:
    return {name: table.num_rows for name, table in tables.items()}


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
