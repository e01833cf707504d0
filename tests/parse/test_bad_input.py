"""Texts that nobody means to write: each is parsed, soon, and the ledger stays whole.

The bound on time is a guard against hanging alone; what the parser costs is measured by ``make benchmark``.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from flows.errors import RawTextsError
from flows.parse import parse_text
from flows.parse.numbers import find_numbers

HANGING = 60  # seconds
MEGABYTE = 1_000_000
LONG = 100_000

TEXTS = {
    "nothing": "",
    "white space": " \n\t\r\n ",
    "NUL bytes": "Exports\x00grew. Exports\x00 grew by 5.2 percent\x00.\x00\n\x00",
    "control characters": "".join(map(chr, range(32))) + "\n\nExports grew by 5.2 percent.",
    "a byte order mark": "\ufeffExports grew by 5.2 percent.",
    "mixed newlines": "Exports\rgrew\n\rby 5.2\r\npercent.\x0b\x0c\x85\u2028\u2029",
    "bidirectional marks": "Exports \u202egrew\u202c by \u2066 5.2 \u2069 percent.\u200f",
    "labels of signs": "third , .$ - Q: I am here\n.: yes\nMr. ., Q: no\nA, .: I say\n., &: I say",
    "astral characters": "😀 Exports 🚢 grew by 5.2 percent \U0001d7dd \U0001d7d9\U0001d7d8 in 2023 👩‍👩‍👧.",
    "combining marks": "E\u0301xports" + "\u0301" * 5_000 + " grew by 5.2 percent.",
    "10,000 nested bullets": "\n".join(f"{' ' * min(depth, 200)}- build {depth} roads" for depth in range(10_000)),
    "10,000 bullets of bullets": "\n".join("- " * min(depth, 500) + "build roads" for depth in range(1_000)),
    "flat bullets": "We will:\n" + "• build 5 roads\n" * 5_000,
    "ordinals": "First, we will build. " * (LONG // 22),
    "a line of 1 MB": "Exports of steel grew, and imports fell in the cities along the coast, it was said. " * 11_900,
    "figures in a line": "Exports grew by 5.2 percent in 2023, and imports fell. " * (LONG // 55),
    "a sentence of 1 MB": "exports of steel and of coal, to Asia and " * 23_800,
    "a word of 1 MB": "x" * MEGABYTE,
    "1 MB of stops": "." * MEGABYTE,
    "1 MB of blanks": "Exports" + " " * MEGABYTE + "grew by 5.2 percent.",
    "1 MB of line breaks": "\n" * MEGABYTE,
    "colons": "Name: " * (LONG // 6),
    "open brackets": "(" * LONG,
    "capitals": "Smith " * (LONG // 6),
    "honorifics": "Mr. " * (LONG // 4),
    "hyphens": "a-" * (LONG // 4),
    "cues of tasks": "we will make efforts to " * (LONG // 24),
    "a million digits": "9" * MEGABYTE,
    "a million groups": "1,234" * 200_000,
    "a sentence of months": "May " * 12_000,
    "number words": "hundred million " * 1_000,
    "numbers beyond a double": f"Exports grew by {'9' * 39} percent to 1{',000' * 12} trillion trillion yuan.",
    "scales without end": f"Exports reached 5{' trillion' * 200} yuan.",
}
SLOW = {
    "a sentence of numbers": "5, " * 5_000,
    "a sentence of ranges": "5 to 7 to " * 4_000,
    "a table of 2,500 rows": "| a | 5 |\n" * 2_500,
}


# What is repeated to see that four times as much costs about four times as much.
GROWING = {
    "control characters": "".join(map(chr, range(32))) + "Exports grew by 5.2 percent.",
    "NUL bytes": "Exports\x00grew by 5.2 percent\x00.\x00\n\x00",
    "mixed newlines": "Exports\rgrew\n\rby 5.2\r\npercent.\x0b\x0c\x85\u2028\u2029",
    "bidirectional marks": "Exports \u202egrew\u202c by \u2066 5.2 \u2069 percent.\u200f ",
    "astral characters": "😀 Exports 🚢 grew by 5.2 percent \U0001d7dd in 2023 👩‍👩‍👧. ",
    "nested bullets": "\n".join(f"{' ' * depth}- build {depth} roads" for depth in range(100)) + "\n",
    "lead-ins": "We will do 5 tasks, including\n",
    "digits": "9" * 1_000,
    "numbers beyond a double": "9" * 400 + " percent, ",
    "figures in a line": "Exports grew by 5.2 percent in 2023, and imports fell. ",
    "a sentence without end": "exports of steel and of coal, to Asia and ",
    "a sentence of numbers": "5, ",
    "a sentence of ranges": "5 to 7 to ",
    "a sentence of time phrases": "by the end of June 2023 ",
    "number words": "hundred million ",
    "words of growth": "growth in ",
    "names": "Li Wei, minister of ",
    "questions": "Q: Why 5?\nA: Because 6.\n",
    "capitals": "Smith ",
    "open brackets": "(",
}
QUADRATIC = 16  # times: what four times as much would cost then


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what runs too long, instead of waiting for it."""

    def stop(*_: Any) -> None:
        raise TimeoutError(f"this takes more than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_parsed_soon(name: str) -> None:
    text = TEXTS[name]
    with at_most(HANGING):
        parsed = parse_text(text)
    numbers = [find_numbers(text, row.char_start, row.char_end) for row in parsed.passages]
    assert len(parsed.numerals) == sum(map(len, numbers))
    assert all(text[row.char_start : row.char_end] == row.text for row in parsed.passages)
    assert all(text[row.char_start : row.char_end] == row.text for row in parsed.numerals)
    assert all(text[row.char_start : row.char_end] == row.value_text for row in parsed.metrics)


@pytest.mark.parametrize("name", SLOW)
def test_cost_does_not_explode_within_one_sentence(name: str) -> None:
    with at_most(HANGING):
        assert parse_text(SLOW[name]).numerals


@pytest.mark.parametrize("name", GROWING)
def test_cost_grows_with_length(name: str) -> None:
    once = 8_000 // len(GROWING[name]) + 1
    few = min(_processor_seconds(GROWING[name] * once) for _ in range(2))
    many = _processor_seconds(GROWING[name] * 4 * once)
    assert many < few * QUADRATIC / 1.5 + 0.2  # the rest is a machine's noise, and what a text costs at all


def _processor_seconds(text: str) -> float:
    started = time.process_time()
    parse_text(text)
    return time.process_time() - started


@pytest.mark.parametrize("name", ["NUL bytes", "a byte order mark", "control characters"])
def test_odd_characters_hide_no_metric(name: str) -> None:
    assert 5.2 in [metric.value for metric in parse_text(TEXTS[name]).metrics]


def test_lone_surrogates_are_no_text() -> None:
    with pytest.raises(RawTextsError) as caught:
        parse_text("Exports \ud800 fell. Imports grew by 5.2 percent.", document_id="exports")
    [line] = str(caught.value).splitlines()
    assert line.startswith("exports: code point 8 ")
    assert "surrogate" in line


@pytest.mark.parametrize("name", ["numbers beyond a double", "scales without end", "a million digits", "number words"])
def test_values_are_finite(name: str) -> None:
    parsed = parse_text(TEXTS[name])
    assert all(abs(metric.value) < float("inf") for metric in parsed.metrics)
    assert all(abs(numeral.value or 0) < float("inf") for numeral in parsed.numerals)
