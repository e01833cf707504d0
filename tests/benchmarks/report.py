"""What a benchmark returns, and how it measures."""

import time
from collections.abc import Callable
from typing import NamedTuple


class Figure(NamedTuple):
    """One line of the report; `beside` says what the figure is to be read against."""

    name: str
    value: float
    unit: str
    beside: str = ""


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
