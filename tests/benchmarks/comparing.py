"""Two releases of a million metrics each, compared in a process of its own, so that its memory can be told."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.release.parquet import write_parquet
from tests.benchmarks.packages import write_package
from tests.benchmarks.report import Figure

METRICS = 1_000_000
_COMPARE = """
import re, sys, time
from pathlib import Path
from flows.release.compare import compare
start = time.perf_counter()
found = compare(*map(Path, sys.argv[1:]))
spent = time.perf_counter() - start
most = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())  # ru_maxrss counts the parent's too
print(spent, int(most[1]) / 1e6, found.rows.num_rows)
"""


def comparing() -> list[Figure]:
    """Time what `newind diff` does where one metric in a hundred was corrected, and where every one was."""
    with tempfile.TemporaryDirectory() as folder:
        before, few, all_of_them = (Path(folder, name) for name in ("before", "few", "all"))
        for place in (before, few, all_of_them):
            place.mkdir()
            write_package(METRICS, place)
        _correct(few, every=100)
        _correct(all_of_them, every=1)
        figures = []
        for name, after in (("one metric in 100 corrected", few), ("every metric corrected", all_of_them)):
            spent, memory, rows = _compared(before, after)
            beside = f"{METRICS:,} metrics, {name}: {rows:,.0f} changes"
            figures += [
                Figure("diff", spent, "s", f"{beside}; target: at most 10 s"),
                Figure("diff, memory", memory, "GB", "target: at most 1 GB"),
            ]
    return figures


def _correct(folder: Path, every: int) -> None:
    path = folder / "data/metrics.parquet"
    table = pq.ParquetFile(path).read()
    place = table.column_names.index("value")
    chosen = pa.array(row % every == 0 for row in range(table.num_rows))
    values = pc.if_else(chosen, pc.add(table["value"], 1), table["value"])
    write_parquet({"metrics": table.set_column(place, table.schema.field(place), values)}, folder)


def _compared(before: Path, after: Path) -> tuple[float, float, float]:
    command = [sys.executable, "-c", _COMPARE, str(before), str(after)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    spent, memory, rows = map(float, done.stdout.split())
    return spent, memory, rows
