"""Public tools beside ours in one run, each in an environment of its own: parsers of quantities, validators of tables.

Peers are given less to do: quantulum3 says no period, subject or kind of a figure; Frictionless and pandera look at the
fields of one table, ours at all tables, their keys, and whether each row's words stand in its text.
"""

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from pyarrow import csv

from flows.parse import parse_text
from flows.release.validate import Validator, violations
from flows.schema import schema_of
from tests.benchmarks.apart import ApartError, run_apart
from tests.benchmarks.corpora import density, text
from tests.benchmarks.packages import write_package
from tests.benchmarks.parsing import NUMBER
from tests.benchmarks.report import Figure, timed
from tests.benchmarks.validation import LARGE, SMALL

RAW = Path(__file__).parents[2] / "raw"
SAMPLE = 30  # generated texts whose figures are counted
SCRIPTS = Path(__file__).parent / "apart_scripts"
CHARACTERS = 5_000_000
QUANTULUM = ("quantulum3==0.10.0",)
PANDERA = ("pandera[polars]==0.35.0", "polars==2.1.0")
FRICTIONLESS = (f"frictionless[parquet,pandas]=={metadata.version('frictionless')}",)


def peers() -> list[Figure]:
    """Time parsers on one text of 5 MB, and validators on one table of a million rows."""
    with tempfile.TemporaryDirectory() as name:
        return [*_parsers(Path(name)), *_validators(Path(name))]


def _parsers(folder: Path) -> list[Figure]:
    """Seconds are the processor's, of one thread."""
    parts, size = list[str](), 0
    while size < CHARACTERS:
        parts.append(text(len(parts)))
        size += len(parts[-1])
    words = "\n\n".join(parts)
    (folder / "text.txt").write_text(words, "utf-8")
    parse_text(parts[0])  # rules are compiled once
    own, figures = _spent(lambda: [len(parse_text(part).metrics) for part in parts])
    bare, numbers = _spent(lambda: [len(NUMBER.findall(words))])
    given = size / 1e6
    return [
        Figure("this parser", given / own, "MB/s", f"{figures:,} metrics of {given:.1f} MB, with all eleven tables"),
        *_densities(parts),
        Figure("a bare number pattern", given / bare, "MB/s", f"{numbers:,} numbers, {own / bare:.0f} times as fast"),
        _peer("quantulum3", "quantulum.py", QUANTULUM, [folder / "text.txt"], lambda it: _quantities(it, given, own)),
    ]


def _densities(parts: Sequence[str]) -> list[Figure]:
    """Set generated texts beside the five real ones: a rate says little where the figures are not as dense."""
    made, real = density(parts[:SAMPLE]), density(path.read_text("utf-8") for path in sorted(RAW.glob("*.txt")))
    return [Figure(f"  {kind}", made[kind], "/kB", f"{real[kind]} in the five texts") for kind in made]


def _quantities(said: Any, size: float, own: float) -> Figure:
    beside = f"{said['found']:,} quantities; {said['refused']} of {said['of']:,} paragraphs stopped it; "
    beside += f"this parser is {said['seconds'] / own:.0f} times as fast"
    return Figure("quantulum3", size / said["seconds"], "MB/s", beside)


def _validators(folder: Path) -> list[Figure]:
    (folder / "many").mkdir()
    (folder / "few").mkdir()
    many, few = write_package(LARGE, folder / "many"), write_package(SMALL, folder / "few")
    own = min(timed(lambda: violations(many, Validator.DUCKDB)) for _ in range(3))
    table = pq.read_table(few["metrics"][0])
    csv.write_csv(table, folder / "metrics.csv")
    asked = {key: said for key, said in schema_of("metrics").descriptor.items() if key != "foreignKeys"}
    (folder / "schema.json").write_text(json.dumps(asked), "utf-8")
    stock = ("frictionless_table.py", FRICTIONLESS)
    share = LARGE / table.num_rows
    return [
        Figure("this validator", own, "s", f"{LARGE:,} metrics, with every key and span of the package"),
        _timed_peer("Frictionless on CSV", *stock, [folder / "metrics.csv", folder / "schema.json"], own, share),
        _timed_peer("Frictionless on Parquet", *stock, [few["metrics"][0], folder / "schema.json"], own, share),
        _timed_peer(
            "pandera on polars", "pandera_table.py", PANDERA, [many["metrics"][0], folder / "schema.json"], own, 1
        ),
    ]


def _timed_peer(
    name: str, script: str, needs: Sequence[str], given: Sequence[Path], own: float, share: float
) -> Figure:
    """Return what a peer's validator takes, scaled up to as many rows as ours was given."""

    def figure(said: Any) -> Figure:
        seconds = said["seconds"] * share
        told = f"; it finds {said['errors']:,} errors in sound rows" if said.get("errors") else ""
        scaled = f", scaled up from {SMALL:,} rows" if share > 1 else ""
        return Figure(name, seconds, "s", f"{seconds / own:.1f} times ours, fields alone{scaled}{told}")

    return _peer(name, script, needs, given, figure)


def _peer(
    name: str, script: str, needs: Sequence[str], given: Sequence[Path], figure: Callable[[Any], Figure]
) -> Figure:
    try:
        return figure(run_apart(SCRIPTS / script, needs, [str(path) for path in given]))
    except ApartError as error:
        return Figure(name, 0, "", f"not measured: {error}")


def _spent(work: Callable[[], list[int]]) -> tuple[float, int]:
    """Return the seconds of the processor that a piece of work takes, and the sum of what it counts."""
    begun = time.process_time()
    found = work()
    return time.process_time() - begun, sum(found)
