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

    from flows.read import Raw
    from flows.records import Parsed, RawText, Rejected, Source
    from flows.release.build import Built, Planned
    from flows.release.target import Target
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
def read(settings: Settings) -> Raw:
    """Read the raw folder.

    Raises:
        RawFolderError: there is no such folder, or no text in it.
        RawTextsError: some texts cannot be read.
    """
    from flows.read import read_raw

    raw = read_raw(settings.raw, quarantine=settings.quarantine)
    _log.info("read %s from %s", _count(len(raw.texts), "text"), settings.raw)
    for rejected in raw.rejected:
        _log.warning("rejected %s: it %s", rejected.raw_path, rejected.reason)
    return raw


def parse(raw: Raw, settings: Settings) -> tuple[Parsed | Rejected, ...]:
    """Parse all texts, one task run a batch: a run costs Prefect more than a text costs us.

    Raises:
        RawTextsError: texts cannot be parsed, and are not to be set aside.
    """
    from flows.quarantine import divide

    texts = raw.texts
    runs = [
        _parse_batch.submit(_whole(batch), f"{first}-{first + len(batch) - 1} of {len(texts)}")
        for first, batch in batches(texts, settings.batch_characters)
    ]
    results = (result for run in runs for result in run.result())
    parsed, rejected = divide(results, quarantine=settings.quarantine)
    for text in rejected:
        _log.warning("rejected %s: it %s", text.raw_path, text.reason)
    return (*parsed, *raw.rejected, *rejected)


@task(name="parse texts", task_run_name="parse texts {label}", cache_policy=NO_CACHE)
def _parse_batch(texts: Sequence[RawText], label: str) -> tuple[Parsed | Rejected, ...]:
    from flows.quarantine import parse_or_reject
    from flows.vocabulary import default_vocabulary

    vocabulary = default_vocabulary()
    parsed = tuple(parse_or_reject(text, vocabulary) for text in texts)
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


def assemble(parsed: Sequence[Parsed | Rejected]) -> Tables:
    """Bring the rows of all texts together, as Arrow tables by resource."""
    return _assemble(_whole(parsed))


@task(name="assemble tables", task_run_name="assemble tables", cache_policy=NO_CACHE)
def _assemble(texts: Sequence[Parsed | Rejected]) -> Tables:
    from flows.parse.assemble import assemble as assemble_rows
    from flows.quarantine import divide
    from flows.schema import to_tables
    from flows.vocabulary import default_vocabulary

    parsed, rejected = divide(texts, quarantine=True)
    tables = to_tables({**assemble_rows(parsed, default_vocabulary()), "rejected": rejected})
    _log.info("assembled %s", in_brief(_rows(tables)))
    return tables


def validate(tables: Tables, settings: Settings) -> None:
    """Hold every row against its schema.

    Raises:
        InvalidTablesError: rows break their schema; it lists every violation.
    """
    _validate(_whole(tables), settings)


@task(name="validate tables", task_run_name="validate tables", cache_policy=NO_CACHE)
def _validate(tables: Tables, settings: Settings) -> None:
    from flows.release.validate import Validator
    from flows.release.validate import validate as validate_tables

    validate_tables(tables, Validator(settings.validator))
    _log.info("validated %s against their schemas", _count(sum(_rows(tables).values()), "row"))


def staging(settings: Settings) -> AbstractContextManager[Path]:
    """Hold the lock of the releases, and give an empty folder to build one in, gone at the end unless published."""
    return _target(settings).stage(_log.warning)


def _target(settings: Settings) -> Target:
    from flows.release.objects import Access
    from flows.release.target import open_target
    from flows.settings import storage_settings

    return open_target(settings.target, Access(storage_settings(), settings.single_publisher))


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

    planned = plan_release(folder, _target(settings).newest(folder), settings.version)
    version, _, previous = planned.plan
    _log.info("planned version %s", version or f"none: nothing has changed since {previous}")
    return planned


def build(planned: Planned, raw: Raw, settings: Settings, folder: Path) -> Built | None:
    """Write the release's other files into `folder`; nothing where nothing has changed."""
    sources = {text.document_id: text.source for text in raw.texts}
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
def publish(built: Built | None, settings: Settings) -> str | None:
    """Move the built release to its place, whole, and return that; nothing where nothing was built.

    Raises:
        ReleaseExistsError: this version is out already.
    """
    from flows.explorer.engine import built_engine, engine_files

    if built is None:
        return None
    target, engine = _target(settings), built_engine()
    target.share(engine_files(engine) if engine else ())
    place = str(target.publish(built.folder, built.version))
    _log.info("published %s", place)
    return place


@task(name="summarise release", task_run_name="summarise release", cache_policy=NO_CACHE)
def summarise(tables: Tables, planned: Planned, place: str | None) -> Outcome:
    """Tell what the run came to, and keep it in Prefect as an artifact."""
    severities = Counter(tables["findings"]["severity"].to_pylist())
    version, reasons, previous = planned.plan
    told = tuple(f"{reason.level}: {reason.sentence}" for reason in reasons)
    outcome = Outcome(version, place, previous, told, _rows(tables), dict(severities))
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
