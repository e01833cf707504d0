"""Texts that nobody means to write: each is parsed, soon, and the ledger stays whole.

The bound on time is a guard against hanging alone; what the parser costs is measured by ``make benchmark``.
"""

from __future__ import annotations

import time

import pytest

from flows.parse import parse_text
from flows.parse.numbers import find_numbers

HANGING = 60  # seconds

TEXTS = {
    "nothing": "",
    "white space": " \n\t\r\n ",
    "NUL bytes": "Exports\x00grew by\x00 5.2 percent\x00.\x00\n\x00",
    "control characters": "".join(map(chr, range(32))) + "Exports grew by 5.2 percent.",
    "a byte order mark": "\ufeffExports grew by 5.2 percent.",
    "mixed newlines": "Exports\rgrew\n\rby 5.2\r\npercent.\x0b\x0c\x85\u2028\u2029",
    "bidirectional marks": "Exports \u202egrew\u202c by \u2066 5.2 \u2069 percent.\u200f",
    "astral characters": "😀 Exports 🚢 grew by 5.2 percent 𝟝 𝟙𝟘 in 2023 👩‍👩‍👧.",
    "combining marks": "E\u0301xports" + "\u0301" * 5_000 + " grew by 5.2 percent.",
    "lone surrogates": "Exports \ud800 grew by 5.2 percent \udfff.",
    "10,000 nested bullets": "\n".join(f"{' ' * depth}- build {depth} roads" for depth in range(10_000)),
    "10,000 flat bullets": "We will:\n" + "• build 5 roads\n" * 10_000,
    "10,000 ordinals": "First, we will build. " * 10_000,
    "a line of 1 MB": "Exports grew by 5.2 percent in 2023, and imports fell. " * 18_500,
    "a sentence of 1 MB": "exports of steel and of coal, to Asia and " * 24_000,
    "a word of 1 MB": "x" * 1_000_000,
    "1 MB of stops": "." * 1_000_000,
    "1 MB of commas": "5, " * 333_000,
    "1 MB of colons": "Name: " * 166_000,
    "1 MB of blanks": "Exports" + " " * 1_000_000 + "grew by 5.2 percent.",
    "1 MB of open brackets": "(" * 1_000_000,
    "1 MB of capitals": "Smith " * 166_000,
    "1 MB of line breaks": "\n" * 1_000_000,
    "a million digits": "9" * 1_000_000,
    "a million groups": "1,234" * 200_000,
    "1 MB of number words": "hundred million " * 62_000,
    "numbers beyond a double": f"Exports grew by {'9' * 39} percent to 1{',000' * 12} trillion trillion yuan.",
    "scales without end": f"Exports reached 5{' trillion' * 200} yuan.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_parsed_soon(name: str) -> None:
    text = TEXTS[name]
    began = time.monotonic()
    parsed = parse_text(text)
    assert time.monotonic() - began < HANGING
    assert len(parsed.numerals) == len(find_numbers(text))
    assert all(text[row.char_start : row.char_end] == row.text for row in (*parsed.passages, *parsed.numerals))
    assert all(text[row.char_start : row.char_end] == row.value_text for row in parsed.metrics)


@pytest.mark.parametrize("name", ["NUL bytes", "a byte order mark", "lone surrogates", "control characters"])
def test_odd_characters_hide_no_metric(name: str) -> None:
    assert 5.2 in [metric.value for metric in parse_text(TEXTS[name]).metrics]


def test_values_are_finite() -> None:
    for name in ("numbers beyond a double", "scales without end", "a million digits", "1 MB of number words"):
        parsed = parse_text(TEXTS[name])
        assert all(abs(metric.value) < float("inf") for metric in parsed.metrics)
        assert all(abs(numeral.value or 0) < float("inf") for numeral in parsed.numerals)
