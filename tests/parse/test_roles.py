"""What a number is taken for: years, names, markers and ages are no metrics; whoever drops one says why."""

from __future__ import annotations

import pytest

from flows.parse import parse_text
from flows.parse.marks import marked
from flows.parse.roles import window


@pytest.mark.parametrize(
    ("sentence", "number", "role"),
    [
        ("The plan was adopted in 2023.", "2023", "date"),
        ("The law of May 15, 2020 applies.", "15", "date"),
        ("The meeting began at 10:30 a.m.", "30", "date"),
        ("The meeting began at 3 p.m.", "3", "date"),
        ("Five years ago the port was small.", "Five", "date"),
        ("Operators built 5G networks.", "5", "name"),
        ("COVID-19 hit trade.", "19", "name"),
        ("The C919 aircraft flew.", "919", "name"),
        ("The Shenzhou 16 spacecraft flew.", "16", "name"),
        ("The G20 met.", "20", "name"),
        ("Article 12 applies.", "12", "name"),
        ("It is in Document No. 5.", "5", "name"),
        ("A Level 2 alert holds.", "2", "name"),
        ("The 14th Five-Year Plan sets goals.", "14th", "name"),
        ("The 14th Five-Year Plan sets goals.", "Five", "name"),
        ("The 20th National Congress met.", "20th", "name"),
        ("The 21st century began.", "21st", "name"),
        ("First, we will build roads.", "First", "ordinal"),
        ("He spoke for the first time.", "first", "ordinal"),
        ("1. Building roads is our work.", "1", "structure"),
        ("(2) Building roads is our work.", "2", "structure"),
        ("Page 14 of the report is blank.", "14", "structure"),
        ("There are five keywords.", "five", "structure"),
        ("We work in four key aspects.", "four", "structure"),
        ("One of the firms left.", "One", "structure"),
        ("They sell 6-row pickers.", "6", "structure"),
        ("It is a two-way flow.", "two", "structure"),
        ("A man aged 45 was hurt.", "45", "group"),
        ("A 30-year-old man was hurt.", "30", "group"),
        ("These 58 apps were checked.", "58", "group"),
        ("Hundreds of firms came.", "Hundreds", "group"),
        ("We helped 103,00 firms.", "103,00", "unresolved"),
    ],
)
def test_a_number_that_is_no_metric(sentence: str, number: str, role: str) -> None:
    parsed = parse_text(sentence)
    assert {row.text: row.role for row in parsed.numerals}[number] == role
    assert number not in {row.value_text for row in parsed.metrics}


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Output reached 2,024 tonnes.", "2,024"),
        ("We built 2000 factories in the city.", "2000"),
        ("Two thirds of exports went to Asia.", "Two thirds"),
        ("The country ranks second globally.", "second"),
        ("Output grew for the 14th consecutive year.", "14th"),
        ("Two manufacturing innovation centers were built.", "Two"),
        ("Nearly half of the homes have heat pumps.", "half"),
        ("More than 62,000 5G factories were built.", "62,000"),
        ("Tests are valid for 48 hours.", "48"),
    ],
)
def test_a_number_that_is_one(sentence: str, number: str) -> None:
    parsed = parse_text(sentence)
    assert {row.text: row.role for row in parsed.numerals}[number] == "metric"


def test_every_row_of_the_ledger_names_its_rule() -> None:
    parsed = parse_text("First, in 2023, exports of 5G phones grew by 5 percent, and 12 of the 97 goals were met.")
    assert all(row.rule for row in parsed.numerals)


def test_the_window_marks_the_number_within_its_sentence() -> None:
    text = "It ended. Exports\n grew  by 5 percent. It began."
    assert window(text, 28, 37, (10, 38)) == marked("Exports grew by ⟨5 percent⟩.")
