"""Numerals: what is one number, what it is worth, and what is malformed."""

from __future__ import annotations

import itertools
import re
import sys
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.parse.numbers import find_numbers
from flows.parse.rules import load_words


def values(text: str) -> list[str]:
    return [str(number.value) for number in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("007", "7"),
        ("3.14", "3.14"),
        ("1,234", "1234"),
        ("1,000,000", "1000000"),
        ("100,000.50", "100000.50"),
        ("12,34,567", "1234567"),
        ("1,00,000", "100000"),
        ("10,00,000.5", "1000000.5"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("1\u202f234", "1234"),
        ("2.2 billion", "2.2e9"),
        ("1.5 trillion", "1.5e12"),
        ("1.5 lakh crore", "1.5e12"),
        ("5 lakh", "5e5"),
        ("3 crore", "3e7"),
        ("50 Crores", "5e8"),
        ("2 lakh crores", "2e12"),
        ("5.5bn", "5.5e9"),
        ("40m", "4e7"),
        ("12mn", "1.2e7"),
        ("20k", "2e4"),
        ("5\nmillion", "5e6"),
        ("5 \r\n million", "5e6"),
        ("2½", "2.5"),
        ("2 ½", "2.5"),
        ("4-1/4", "4.25"),
        ("4 1/4", "4.25"),
        ("¾", "0.75"),
        ("1/2", "0.5"),
        ("zero", "0"),
        ("nineteen", "19"),
        ("twenty-one", "21"),
        ("ninety nine", "99"),
        ("hundred and ten", "110"),
        ("two hundred and five", "205"),
        ("ten thousand", "1e4"),
        ("five hundred thousand", "5e5"),
        ("one hundred and twenty-three thousand four hundred and five", "123405"),
        ("two million three hundred thousand", "2.3e6"),
        ("half a million", "5e5"),
        ("two and a half million", "2.5e6"),
        ("one and a half", "1.5"),
        ("a dozen", "12"),
        ("three dozen", "36"),
        ("two-thirds", "0.666667"),
        ("three quarters", "0.75"),
        ("one fifth", "0.2"),
        ("half", "0.5"),
        ("a quarter", "0.25"),
        ("twice", "2"),
        ("tripled", "3"),
        ("quadrupled", "4"),
        ("tenfold", "10"),
        ("First", "1"),
        ("secondly", "2"),
        ("forty-first", "41"),
        ("21st", "21"),
        ("103rd", "103"),
        ("five thousand million", "5e9"),
        ("two thousand crore", "2e10"),
    ],
)
def test_one_numeral_is_worth(text: str, value: str) -> None:
    [number] = find_numbers(text)
    assert number.value is not None
    assert float(number.value) == pytest.approx(float(value), rel=1e-5)


@pytest.mark.parametrize("text", ["103,00", "1,2,3", "12,3456", "1,234,56", "14,15,16", "2024,2025", "1" * 400])
def test_a_malformed_numeral_is_never_repaired(text: str) -> None:
    [number] = find_numbers(text)
    assert (number.form, number.value) == ("malformed", None)
    assert text[number.char_start : number.char_end] == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("January 5,2024", ["5", "2024"]),
        ("4-6", ["4", "6"]),
        ("2¼ to 2½", ["2.25", "2.5"]),
        ("nineteen ninety", ["19", "90"]),
        ("2023/24", ["2023", "24"]),
        ("COVID-19", ["19"]),
        ("one in five", ["1", "5"]),
        ("three, four and five", ["3", "4", "5"]),
        ("the ones that mattered for seconds", []),
        ("someone is often tense", []),
    ],
)
def test_neighbours_that_make_no_number_stay_apart(text: str, found: list[str]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("12", "digits"),
        ("twelve", "words"),
        ("12th", "ordinal"),
        ("twelfth", "ordinal"),
        ("two thirds", "fraction"),
        ("¾", "fraction"),
        ("tenfold", "multiple"),
        ("dozens", "vague"),
        ("hundreds", "vague"),
        ("103,00", "malformed"),
    ],
)
def test_the_form_says_how_it_was_written(text: str, form: str) -> None:
    assert [number.form for number in find_numbers(text)] == [form]


def test_a_scale_word_is_remembered() -> None:
    assert [number.scaled for number in find_numbers("5 billion or 5")] == [True, False]


def test_the_words_between_the_bounds_alone_are_read() -> None:
    text = "one two three"
    assert [text[n.char_start : n.char_end] for n in find_numbers(text, 4, 7)] == ["two"]


def test_a_million_digits_are_one_malformed_numeral() -> None:
    assert [(n.char_end, n.form) for n in find_numbers("9" * 1_000_000)] == [(1_000_000, "malformed")]


PIECES = [
    "5",
    "12",
    "345",
    "6789",
    ",",
    ".",
    " ",
    "-",
    "/",
    "½",
    "¾",
    "\u00a0",
    "\u202f",
    "\n",
    "th",
    "st",
    "bn",
    "x",
    "٣",
]
PIECES += sorted(form for forms in load_words("numbers").values() for form in forms)
PIECES += ["million", "billion", "hundred", "thousand", "lakh", "crore", "dozen", " and ", " a ", " of "]
WORDS = frozenset(form for forms in load_words("numbers").values() for form in forms)


@given(st.lists(st.sampled_from(PIECES), max_size=30) | st.text().map(list))
def test_every_digit_run_and_number_word_is_in_exactly_one_numeral(pieces: list[str]) -> None:
    text = "".join(pieces)
    numbers = find_numbers(text)
    assert all(left.char_end <= right.char_start for left, right in itertools.pairwise(numbers))
    runs = [match.span() for match in re.finditer(r"\d+", text)]
    runs += [match.span() for match in re.finditer(r"\w+", text) if match[0].lower() in WORDS]
    for start, end in runs:
        assert sum(n.char_start <= start and end <= n.char_end for n in numbers) == 1, text[start:end]


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_digits_are_worth_what_they_say(value: int) -> None:
    assert values(f"{value:,}") == [str(value)]


@given(st.decimals(min_value=0, max_value=10**6, places=3))
def test_decimals_are_worth_what_they_say(value: Decimal) -> None:
    [number] = find_numbers(f"{value:f}")
    assert number.value == value


def test_a_digit_of_any_script_opens_a_number() -> None:
    digits = [digit for digit in map(chr, range(sys.maxunicode + 1)) if re.match(r"\d", digit)]
    assert [value for digit in digits for value in values(digit)] == [str(int(digit)) for digit in digits]
