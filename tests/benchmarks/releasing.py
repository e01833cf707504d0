"""What comes behind the parser: seconds and memory of each stage, its writer beside DuckDB's own ``COPY``.

Texts are parsed once, and their shards written again and again under new ids: so there are as many documents as wanted,
and parsing takes none of the time. Each number of documents is measured in a process of its own.
"""

# ruff: noqa: S608 - statements are put together from names of files that this program made

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from flows.read import read_raw
from flows.release.sql import literal, quoted
from flows.shards import write_shard
from tests.benchmarks.corpora import write_corpus
from tests.benchmarks.report import Figure

PARSED = 250
DOCUMENTS = int(os.environ.get("DOCUMENTS", "1000"))
_WITH_ID = """
    document_id passage_id parent_passage_id metric_id task_id parent_task_id mention_id numeral_id finding_id raw_path
"""
_STAGES = """
import json, re, sys, time
from datetime import date
from pathlib import Path
from flows.gather import gather
from flows.release.build import build, plan_release
from flows.release.store import LocalTarget
from flows.release.validate import Validator, staged_files, validate
from flows.shards import Taken
from flows.vocabulary import default_vocabulary

def measured(name, work):
    Path("/proc/self/clear_refs").write_text("5")  # the peak is that of this stage
    start = time.perf_counter()
    found = work()
    spent = time.perf_counter() - start
    peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1e3
    print(json.dumps([name, spent, peak]))
    return found

shards, folder = map(Path, sys.argv[1:])
taken, vocabulary, target = [Taken(it) for it in sorted(shards.iterdir())], default_vocabulary(), LocalTarget(folder)
with target.stage() as staging:
    measured("gather", lambda: gather(taken, (), vocabulary, staging))
    measured("validate", lambda: validate(staged_files(staging), Validator.DUCKDB))
    planned = measured("compare", lambda: plan_release(staging, None))
    built = measured("build", lambda: build(staging, planned, created=date(2024, 12, 1), sources={}))
    measured("publish", lambda: target.publish(built.folder, built.version))
"""


def releasing() -> list[Figure]:
    """Measure a tenth of the documents, then all: time must grow with them, memory must not.

    ``DOCUMENTS=10000 python -m tests.benchmarks releasing`` takes another number of documents.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seed = _seed(folder)
        few, many = (_measured(seed, folder, documents) for documents in (max(PARSED, DOCUMENTS // 10), DOCUMENTS))
        copy = _copied(folder / f"shards-{DOCUMENTS}", folder)
    figures = []
    for stage, (seconds, peak) in many.items():
        before, below = few[stage]
        beside = f"{DOCUMENTS:,} documents; {seconds / max(before, 0.01):.1f} times a tenth of them"
        figures += [
            Figure(stage, seconds, "s", beside),
            Figure(f"{stage}, memory", peak, "MB", f"{below:,.0f} at a tenth; target: at most 1,000"),
        ]
    ratio = f"of the same shards, unsorted and unchecked; gather takes {many['gather'][0] / copy:.1f} times as long"
    return [*figures, Figure("DuckDB COPY", copy, "s", ratio)]


def _seed(folder: Path) -> Path:
    write_corpus(PARSED, folder / "raw")
    return write_shard(read_raw(folder / "raw", keep=False).texts, folder / "raw", folder / "seed").folder


def _measured(seed: Path, folder: Path, documents: int) -> dict[str, tuple[float, float]]:
    """Return seconds and megabytes of each stage."""
    shards = folder / f"shards-{documents}"
    for at in range(-(-documents // PARSED)):
        _copy_shard(seed, shards / f"{at:05}", f"c{at:05}-text-")
    command = [sys.executable, "-c", _STAGES, str(shards), str(folder / f"dist-{documents}")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"the stages of {documents} documents failed:\n{done.stderr}")
    return {stage: (seconds, peak) for stage, seconds, peak in map(json.loads, done.stdout.splitlines())}


def _copy_shard(seed: Path, place: Path, prefix: str) -> None:
    """Write a shard again, its documents under other names."""
    place.mkdir(parents=True)
    with duckdb.connect() as connection:
        for path in seed.glob("*.parquet"):
            source = f"read_parquet({literal(str(path))})"
            names = [column[0] for column in connection.execute(f"FROM {source} LIMIT 0").description or ()]
            columns = ", ".join(_renamed(name, prefix) for name in names)
            target = literal(str(place / path.name))
            connection.execute(f"COPY (SELECT {columns} FROM {source}) TO {target} (FORMAT parquet, COMPRESSION zstd)")


def _renamed(name: str, prefix: str) -> str:
    column, new = quoted(name), literal(prefix)
    if name in _WITH_ID.split():
        return f"replace({column}, 'text-', {new}) AS {column}"
    if name == "metric_ids":
        return f"list_transform({column}, lambda item: replace(item, 'text-', {new})) AS {column}"
    return f"sha256({column} || {new}) AS {column}" if name == "raw_sha256" else column


def _copied(shards: Path, folder: Path) -> float:
    """Return the seconds that DuckDB takes to make one Parquet file of each table of the shards."""
    script = f"""
import duckdb, time
from pathlib import Path
names = sorted(path.name for path in next(Path({str(shards)!r}).iterdir()).glob("*.parquet"))
start = time.perf_counter()
for name in names:
    out = "(FORMAT parquet, COMPRESSION zstd)"
    duckdb.execute(f"COPY (FROM read_parquet('{shards}/*/{{name}}')) TO '{folder}/{{name}}' {{out}}")
print(time.perf_counter() - start)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return float(done.stdout)
