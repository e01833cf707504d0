"""The main job on large corpora: what it costs, what the runners gain, what a second run saves."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
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
from tests.benchmarks.report import Figure, timed

DOCUMENTS = int(os.environ.get("DOCUMENTS", "1000"))
CHANGED = 100  # one text of so many
RUNNERS = ("local", "processes", "dask", "ray")
WHEN = date(2024, 12, 1)


def scaling() -> list[Figure]:
    """Publish a corpus as plain functions, by each runner with one worker and two, and again with one text in 100 new.

    ``DOCUMENTS=10000 python -m tests.benchmarks scaling`` takes another number of texts.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write_corpus(DOCUMENTS, folder / "raw") / 1e6
        bare = timed(lambda: _plain(folder / "raw", folder / "plain"))
        publish = _Publishing(folder)
        one = {runner: publish.seconds(runner, 1) for runner in RUNNERS}
        two = {runner: publish.seconds(runner, 2) for runner in RUNNERS[1:]}
        first = publish.seconds("processes", 2, cache=True)
        shutil.rmtree(publish.last / ".staging", ignore_errors=True)
        write_corpus(max(1, DOCUMENTS // CHANGED), folder / "changed", first=DOCUMENTS)
        for at, path in enumerate(sorted((folder / "changed").iterdir())):
            shutil.copy(path, folder / "raw" / f"text-{at * CHANGED:07}.txt")
        again = publish.seconds("processes", 2, cache=True, dist=publish.last)
        empty = publish.empty()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    work = one["local"] - empty
    return [
        Figure("plain functions", bare, "s", f"{DOCUMENTS:,} texts, {size:.1f} MB, {DOCUMENTS / bare:.0f} a second"),
        Figure("flow, one worker", one["local"], "s", f"{work / bare - 1:+.0%} but for Prefect's start; at most +20%"),
        *(
            Figure(f"{runner}, two workers", two[runner], "s", f"{one[runner] / two[runner]:.2f} of one; at least 1.6")
            for runner in two
        ),
        Figure("again, 1 % changed", again, "s", f"{again / first:.0%} of {first:.1f} s; target: at most 15%"),
        Figure("largest process", peak, "MB", "target: at most 1,000"),
    ]


def _plain(raw: Path, folder: Path) -> None:
    """Do what the flow does, without Prefect, in one thread."""
    staging = folder / "release"
    staging.mkdir(parents=True)
    texts = read_raw(raw, keep=False).texts
    size = Settings(raw, folder, WHEN).batch_bytes
    shards = [write_shard(batch, raw, folder / "store") for _, batch in batches(texts, size)]
    gather([Taken(shard.folder) for shard in shards], (), default_vocabulary(), staging)
    validate(staged_files(staging), Validator.AUTO)
    build(staging, plan_release(staging, None), created=WHEN, sources={})


class _Publishing:
    """The command as a user runs it, on the texts of one folder, each time into new releases."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.runs = 0
        self.environment = prefect_environment(os.environ, folder / "home")
        self.last = folder

    def seconds(self, runner: str, workers: int, *, cache: bool = False, dist: Path | None = None) -> float:
        self.runs += 1
        self.last = dist or self.folder / f"dist-{self.runs}"
        kept = ["--cache", str(self.folder / "cache")] if cache else ["--no-cache"]
        chosen = ["--runner", runner, "--workers", str(workers), "--date", WHEN.isoformat()]
        return self._run("--raw", str(self.folder / "raw"), "--dist", str(self.last), *chosen, *kept)

    def empty(self) -> float:
        """Return what Prefect's start and end cost: the time of one short text."""
        (self.folder / "short").mkdir()
        (self.folder / "short" / "a.txt").write_text("Exports grew by 5 percent.")
        return self._run("--raw", str(self.folder / "short"), "--dist", str(self.folder / "none"), "--no-cache")

    def _run(self, *options: str) -> float:
        command = [sys.executable, "-m", "flows", "publish", *options]

        def run() -> None:
            done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
            if done.returncode:
                sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")

        return timed(run)
