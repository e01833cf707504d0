"""Both validators on packages of the same make, in one run."""

import tempfile
from pathlib import Path

from flows.release.validate import Validator, violations
from tests.benchmarks.packages import write_package
from tests.benchmarks.report import Figure, timed

LARGE = 1_000_000
SMALL = 20_000  # Frictionless takes minutes for a million, and as long for each row of fewer


def validating() -> list[Figure]:
    """Time DuckDB on a million metrics with all their keys and spans, and Frictionless with our own checks on few."""
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large"), Path(folder, "small")
        large.mkdir()
        small.mkdir()
        many, few = write_package(LARGE, large), write_package(SMALL, small)
        verdicts = {tuple(violations(few, it)) for it in (Validator.FRICTIONLESS, Validator.DUCKDB)}
        compiled = min(timed(lambda: violations(many, Validator.DUCKDB)) for _ in range(3))
        stock = min(timed(lambda: violations(few, Validator.FRICTIONLESS)) for _ in range(2)) * LARGE / SMALL
    return [
        Figure("validate by DuckDB", compiled, "s", f"{LARGE:,} metrics, all rules; target: at most 3 s"),
        Figure("validate by Frictionless", stock, "s", f"scaled up from {SMALL:,}"),
        Figure("DuckDB is faster by", stock / compiled, "times", "target: at least 50"),
        Figure("verdicts", len(verdicts), "kinds", "1: both say the same"),
    ]
