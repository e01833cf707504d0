"""The stages of the flow as Prefect tasks: names, retries, what is said of them. *Steps*, for `tasks` is a table.

A step announces what it did on the logger ``flows.steps``; the worker shows that as progress, Prefect keeps it as the
run's log. Between steps go paths, never rows: batches leave shards, shards become the Parquet files of a release.
"""

# ruff: noqa: PLC0415 - a step imports what it works with: the worker loads that while Prefect starts its server

from __future__ import annotations

import logging
import pickle
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar, cast

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_progress_artifact, update_progress_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import as_completed
from prefect.states import Completed
from prefect.utilities.annotations import opaque

from flows.errors import NewindError, RawTextsError
from flows.outcome import Outcome, Shelf, Staged
from flows.settings import storage_settings, worker_count
from flows.summary import in_brief, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from uuid import UUID

    from prefect.client.schemas import State

    from flows.read import Raw
    from flows.records import RawText, Source
    from flows.release.build import Built, Planned
    from flows.release.checked import Count
    from flows.release.objects import Objects
    from flows.release.target import Target
    from flows.settings import Settings
    from flows.shards import Shard

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

    raw = read_raw(settings.raw, quarantine=settings.quarantine, keep=False)
    _log.info("read %s from %s", _count(len(raw.texts), "text"), settings.raw)
    for rejected in raw.rejected:
        _log.warning("rejected %s: it %s", rejected.raw_path, rejected.reason)
    return raw


@contextmanager
def store(settings: Settings) -> Iterator[Path]:
    """Give the folder of shards: the one of the settings, else one that is gone at the end."""
    if settings.cache and not settings.in_bucket:
        yield Path(settings.cache)
        return
    with TemporaryDirectory(prefix="newind-") as folder:
        yield Path(folder)


def parse(raw: Raw, shards: Path, settings: Settings) -> Shelf:
    """Parse all texts that no shard holds yet, one task run a batch: a run costs Prefect more than a text costs us.

    Raises:
        RawTextsError: texts cannot be parsed, and are not to be set aside.
    """
    from flows.bucket import bucket_of, fetch
    from flows.shards import Taken, stored

    bucket = bucket_of(settings)
    fetch(bucket, shards, raw.texts)
    taken, texts, damaged = stored(shards, raw.texts, settings.raw)
    for line in damaged:
        _log.warning(line)
    if len(texts) < len(raw.texts):
        _keep(_count(len(raw.texts) - len(texts), "text"), return_state=True)
    found = _parsed(texts, shards, settings, bucket) if texts else []
    rejected = [text for shard in found for text in shard.rejected]
    fine = sum(shard.documents for shard in found) + len(raw.texts) - len(texts)
    if rejected and not (settings.quarantine and fine):
        raise RawTextsError([f"{it.raw_path}: {it.reason}" for it in rejected], fine)
    for text in rejected:
        _log.warning("rejected %s: it %s", text.raw_path, text.reason)
    return Shelf((*taken, *(Taken(shard.folder) for shard in found)), (*raw.rejected, *rejected))


@task(name="keep texts", task_run_name="keep {what}", cache_policy=NO_CACHE)
def _keep(what: str) -> State[None]:
    """Tell what need not be parsed again: in Prefect's pages the run stands as cached, as its own cached runs do."""
    _log.info(message := f"kept {what} from earlier runs")
    return Completed(name="Cached", message=message)


def _parsed(texts: Sequence[RawText], shards: Path, settings: Settings, bucket: Objects | None) -> list[Shard]:
    """Parse texts in batches, and tell how far it has come."""
    from flows.alone import shards_of
    from flows.bucket import send_all
    from flows.shards import batch_size, batches, is_little

    raw, workers = settings.raw.absolute(), worker_count(settings)
    if settings.runner == "processes" and is_little(texts, settings.batch_bytes, workers):
        these = _parse_little(whole(texts), raw, shards.absolute(), workers, f"1-{len(texts)} of {len(texts)}")
        send_all(bucket, these)
        _log.info("parsed %s", _count(len(texts), "text"))
        return these
    runs = {
        _parse_batch.submit(
            pickle.dumps(batch), raw, shards.absolute(), f"{first}-{first + len(batch) - 1} of {len(texts)}"
        ): batch
        for first, batch in batches(texts, batch_size(texts, settings.batch_bytes, workers))
    }
    found: list[Shard] = []
    done, began, many = 0, time.monotonic(), _count(len(texts), "text")
    progress = cast("UUID", create_progress_artifact(0.0, key="parse", description=many))
    for run in as_completed(list(runs)):
        these = shards_of(run.result, runs[run], settings.raw, shards, _log.warning)
        send_all(bucket, these)
        found, done = found + these, done + len(runs[run])
        rate = done / max(time.monotonic() - began, 0.001)
        left = f", about {(len(texts) - done) / rate:,.0f} s left" if done < len(texts) else ""
        line = f"parsed {done:,} of {many}, {rate:,.0f} a second{left}"
        _log.info(line)
        update_progress_artifact(progress, 100 * done / len(texts), line)
    return found


@task(
    name="parse texts",
    task_run_name="parse texts {label}",
    retries=1,
    retry_condition_fn=_is_transient,
    cache_policy=NO_CACHE,
)
def _parse_little(texts: Sequence[RawText], raw: Path, shards: Path, workers: int, label: str) -> list[Shard]:  # noqa: ARG001 - the run's name
    """Parse few texts in bare processes: those of a pool load Prefect first, which takes longer than these texts."""
    from flows.alone import parse_beside

    return parse_beside(texts, raw, shards, workers)


@task(
    name="parse texts",
    task_run_name="parse texts {label}",
    retries=1,
    retry_condition_fn=_is_transient,
    cache_policy=NO_CACHE,
)
def _parse_batch(batch: bytes, raw: Path, shards: Path, label: str) -> Shard:  # noqa: ARG001 - the run's name
    """Parse a batch, given as pickled records: Dask takes tuples apart on their way, and gives back nameless ones."""
    from flows.shards import write_shard

    return write_shard(pickle.loads(batch), raw, shards)  # noqa: S301 - this flow wrote it a moment ago


@task(name="assemble tables", task_run_name="assemble tables", cache_policy=NO_CACHE)
def assemble(shelf: Shelf, folder: Path) -> Staged:
    """Bring the rows of all texts together, as Parquet files in the empty `folder` of a release."""
    from flows.gather import gather
    from flows.release.parquet import count_rows, count_values
    from flows.vocabulary import default_vocabulary

    gather(shelf.taken, shelf.rejected, default_vocabulary(), folder)
    staged = Staged(folder, count_rows(folder), count_values(folder, "findings", "severity"))
    _log.info("assembled %s", in_brief(staged.rows))
    return staged


@task(name="validate tables", task_run_name="validate tables", cache_policy=NO_CACHE)
def validate(staged: Staged, settings: Settings) -> tuple[Count, ...]:
    """Hold every row against its schema, and return what was checked.

    Raises:
        InvalidTablesError: rows break their schema; it lists every violation.
    """
    from flows.release import validate as rows

    checked = rows.validate(rows.staged_files(staged.folder), rows.Validator(settings.validator))
    _log.info("validated %s against their schemas", _count(sum(staged.rows.values()), "row"))
    return checked


def staging(settings: Settings) -> AbstractContextManager[Path]:
    """Hold the lock of the releases, and give an empty folder to build one in, gone at the end unless published."""
    return _target(settings).stage(_log.warning)


def _target(settings: Settings) -> Target:
    from flows.release.objects import Access
    from flows.release.target import open_target

    return open_target(settings.target, Access(storage_settings(), settings.single_publisher))


@task(name="plan version", task_run_name="plan version", cache_policy=NO_CACHE)
def plan(staged: Staged, checked: tuple[Count, ...], settings: Settings) -> Planned:
    """Compare the staged tables with the newest release, and say which version they make, if any.

    Raises:
        VersionError: the version that was asked for is lower than the changes ask for.
        TargetError: the newest release cannot be read.
    """
    from flows.release.build import plan_release

    planned = plan_release(staged.folder, _target(settings).newest(staged.folder), settings.version, checked)
    _log.info("planned version %s", planned.plan.version or f"none: nothing has changed since {planned.plan.previous}")
    return planned


def build(planned: Planned, raw: Raw, settings: Settings, folder: Path) -> Built | None:
    """Write the release's other files into `folder`; nothing where nothing has changed."""
    sources = {text.document_id: text.source for text in raw.texts}
    return _build(whole(planned), whole(sources), settings, folder, planned.plan.version)


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
def summarise(staged: Staged, planned: Planned, place: str | None) -> Outcome:
    """Tell what the run came to, and keep it in Prefect as an artifact."""
    version, reasons, previous = planned.plan
    told = tuple(f"{reason.level}: {reason.sentence}" for reason in reasons)
    outcome = Outcome(version, place, previous, told, staged.rows, staged.severities)
    text = markdown(outcome)
    create_markdown_artifact(text, key="release", description=text.splitlines()[0].lstrip("# "))
    return outcome


def whole(value: T) -> T:
    """Keep Prefect from walking into a large value in search of futures."""
    return cast("T", opaque(value))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
