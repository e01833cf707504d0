"""The main job on large corpora: what it costs and how that grows, what the runners gain, what a second run saves."""

import os
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from flows.gather import gather
from flows.read import read_raw
from flows.release.build import build, plan_release
from flows.release.validate import Validator, staged_files, validate
from flows.settings import Settings
from flows.shards import Taken, batches, write_shard
from flows.supervisor import prefect_environment
from flows.vocabulary import default_vocabulary
from tests.benchmarks.corpora import write_corpus
from tests.benchmarks.report import Figure
from tests.benchmarks.watching import Run, watched

DOCUMENTS = int(os.environ.get("DOCUMENTS", "1000"))
CHANGED = 100  # one text of so many
MOST_BY_ALL_RUNNERS = 1_000  # they are run six times
MOST_IN_ONE_THREAD = 10_000
WHEN = date(2024, 12, 1)


def scaling() -> list[Figure]:
    """Publish a tenth of a corpus, all of it, and all again with one text in 100 new, by two processes.

    ``DOCUMENTS=100000 python -m tests.benchmarks scaling`` takes another number of texts, and says on standard error
    how far it is. With ``BENCHMARK_FOLDER`` it works there, and goes on where it was interrupted; it clears up.
    """
    with _folder() as folder:
        tenth = max(1, DOCUMENTS // 10)
        _corpus(tenth, folder / "raw-tenth")
        small = _publish(folder / "raw-tenth", folder / "dist-tenth")
        shutil.rmtree(folder / "dist-tenth")
        size = _corpus(DOCUMENTS, folder / "raw")
        first, seconds = _first(folder)
        write_corpus(max(1, DOCUMENTS // CHANGED), folder / "changed", first=DOCUMENTS)
        for at, path in enumerate(sorted((folder / "changed").iterdir())):
            shutil.copy(path, folder / "raw" / f"text-{at * CHANGED:07}.txt")
        again = _publish(folder / "raw", folder / "dist", cache=folder / "cache")
        few, many = 1000 * small.seconds / tenth, 1000 * seconds / DOCUMENTS
        return [
            Figure(f"{tenth:,} texts", small.seconds, "s", f"{few:.1f} ms a text; {_load()}"),
            Figure(f"{DOCUMENTS:,} texts", seconds, "s", f"{many:.1f} ms a text; {size:,.0f} MB; {_target()}"),
            Figure("growth", many / few, "x", "a text's time in ten times as many; at most 1, but for Prefect's start"),
            *_parts(first, ""),
            Figure(
                "again, 1 % changed", again.seconds, "s", f"{again.seconds / seconds:.0%} of the first; at most 15%"
            ),
            *_parts(again, "again: "),
        ]


def runners() -> list[Figure]:
    """Publish at most 1,000 texts by each runner with one worker and two."""
    figures = []
    with _folder() as folder:
        texts = min(DOCUMENTS, MOST_BY_ALL_RUNNERS)
        _corpus(texts, folder / "raw")
        for runner in ("processes", "dask", "ray"):
            one, two = (_once(folder, runner, workers) for workers in (1, 2))
            parsing = one.steps["parse"] / two.steps["parse"]
            told = f"{one.seconds:.1f} s with one: {one.seconds / two.seconds:.2f} times; at least 1.6"
            figures.append(Figure(f"{runner}, two workers", two.seconds, "s", f"{told}; {texts:,} texts, {_load()}"))
            used = [sum(run.processor.values()) for run in (one, two)]
            told = f"of {one.steps['parse']:.1f} s; processor time of all {used[0]:.0f} s and {used[1]:.0f} s"
            figures.append(Figure(f"{runner}, parsing alone", parsing, "x", told))
    return figures


def orchestrating() -> list[Figure]:
    """Publish at most 10,000 texts as plain functions, and by the flow with one worker."""
    with _folder() as folder:
        texts = min(DOCUMENTS, MOST_IN_ONE_THREAD)
        size = _corpus(texts, folder / "raw")
        bare, used = _plain(folder / "raw", folder / "plain")
        run = _once(folder, "local", 1)
        flow = run.seconds - run.steps["start"]
        spent = sum(run.processor.values()) - run.processor["server"]
        return [
            Figure("plain functions", bare, "s", f"{texts:,} texts, {size:.0f} MB; {used:.1f} s of processor time"),
            Figure("flow, one worker", flow, "s", f"{flow / bare - 1:+.0%} but for Prefect's start; at most +20%"),
            Figure(
                "its processor time", spent, "s", f"{spent / used - 1:+.0%}; its server {run.processor['server']:.1f} s"
            ),
            Figure("Prefect's start", run.steps["start"], "s", _load()),
        ]


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder for everything, Prefect's home in it: one of our own in that of the environment, else a new one."""
    chosen = os.environ.get("BENCHMARK_FOLDER")
    folder = Path(chosen, f"newind-{DOCUMENTS}") if chosen else Path(tempfile.mkdtemp(prefix="newind-"))
    folder.mkdir(parents=True, exist_ok=True)
    before = dict(os.environ)
    os.environ.update(prefect_environment(os.environ, folder / "home"))
    try:
        yield folder
        shutil.rmtree(folder)  # not where it was interrupted: then it goes on there
    finally:
        os.environ.clear()
        os.environ.update(before)
        if not chosen:
            shutil.rmtree(folder, ignore_errors=True)


def _corpus(texts: int, folder: Path) -> float:
    """See to a corpus, and return its size in MB."""
    if not (folder.is_dir() and sum(1 for _ in folder.iterdir()) == texts):
        write_corpus(texts, folder)
    return sum(path.stat().st_size for path in folder.iterdir()) / 1e6


def _publish(raw: Path, dist: Path, cache: Path | None = None, spent: Path | None = None) -> Run:
    before = _seconds(spent)

    def tell(now: float) -> None:
        if spent:
            spent.write_text(str(before + now))

    kept = str(cache) if cache else None
    return watched(Settings(raw, dist, WHEN, runner="processes", workers=2, cache=kept), tell)


def _first(folder: Path) -> tuple[Run | None, float]:
    """Publish all for the first time, and return the run and the seconds that it took with interrupted ones before."""
    spent, run = folder / "first.seconds", None
    if not (folder / "dist" / "1.0.0").is_dir():
        run = _publish(folder / "raw", folder / "dist", folder / "cache", spent)
    return run, _seconds(spent)


def _seconds(spent: Path | None) -> float:
    return float(spent.read_text()) if spent and spent.exists() else 0.0


def _once(folder: Path, runner: str, workers: int) -> Run:
    dist = folder / "dist-once"
    run = watched(Settings(folder / "raw", dist, WHEN, runner=runner, workers=workers))
    shutil.rmtree(dist)
    return run


def _parts(run: Run | None, before: str) -> Iterator[Figure]:
    if run is None:
        return
    told: Mapping[str, str] = {"main": "target: at most 1,000"}
    for step, seconds in run.steps.items():
        yield Figure(f"{before}{step}", seconds, "s")
    for kind in sorted(run.peaks):
        yield Figure(f"{before}peak of {kind}", run.peaks[kind], "MB", told.get(kind, "the largest one"))
    for kind in sorted(run.processor):
        yield Figure(f"{before}processor, {kind}", run.processor[kind], "s", "all together")


def _plain(raw: Path, folder: Path) -> tuple[float, float]:
    """Do what the flow does, without Prefect, in one thread; return seconds, and seconds of processors."""
    began, used = time.monotonic(), _processor()
    staging = folder / "release"
    staging.mkdir(parents=True)
    texts = read_raw(raw, keep=False).texts
    size = Settings(raw, folder, WHEN).batch_bytes
    shards = [write_shard(batch, raw, folder / "store") for _, batch in batches(texts, size)]
    gather([Taken(shard.folder) for shard in shards], (), default_vocabulary(), staging)
    validate(staged_files(staging), Validator.AUTO)
    build(staging, plan_release(staging, None), created=WHEN, sources={})
    return time.monotonic() - began, _processor() - used


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(it.ru_utime + it.ru_stime for it in used)


def _load() -> str:
    return f"load of the machine {os.getloadavg()[0]:.1f}"


def _target() -> str:
    minutes = {10_000: 3, 100_000: 30}.get(DOCUMENTS)
    return f"at most {minutes * 60:,} s" if minutes else "at most 18 ms a text from 10,000 on"
