"""Time phrases against the date of a document: 24 July 2024."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.parse.calendars import Anchor, move
from flows.parse.periods import find_periods

TODAY = date(2024, 7, 24)

RESOLVED = [
    ("in the first five months of this year", "2024-01-01", "2024-05-31"),
    ("in the first three quarters of 2024", "2024-01-01", "2024-09-30"),
    ("in the first 11 months of 2023", "2023-01-01", "2023-11-30"),
    ("in the first six months", "2024-01-01", "2024-06-30"),
    ("year to date", "2024-01-01", "2024-07-24"),
    ("so far this year", "2024-01-01", "2024-07-24"),
    ("from January to May", "2024-01-01", "2024-05-31"),
    ("from January to May this year", "2024-01-01", "2024-05-31"),
    ("from November to February", "2023-11-01", "2024-02-29"),
    ("in H1", "2024-01-01", "2024-06-30"),
    ("in the first half of 2025", "2025-01-01", "2025-06-30"),
    ("in the second half of last year", "2023-07-01", "2023-12-31"),
    ("in Q3", "2024-07-01", "2024-09-30"),
    ("in Q1 2025", "2025-01-01", "2025-03-31"),
    ("in the second quarter", "2024-04-01", "2024-06-30"),
    ("in the fourth quarter of last year", "2023-10-01", "2023-12-31"),
    ("in May", "2024-05-01", "2024-05-31"),
    ("in December", "2023-12-01", "2023-12-31"),
    ("in October last year", "2023-10-01", "2023-10-31"),
    ("in February 2024", "2024-02-01", "2024-02-29"),
    ("in 2023", "2023-01-01", "2023-12-31"),
    ("last year", "2023-01-01", "2023-12-31"),
    ("next year", "2025-01-01", "2025-12-31"),
    ("last month", "2024-06-01", "2024-06-30"),
    ("this quarter", "2024-07-01", "2024-09-30"),
    ("last quarter", "2024-04-01", "2024-06-30"),
    ("over the past five years", "2019-07-24", "2024-07-24"),
    ("in Quarter 2 (April to June) 2023", "2023-04-01", "2023-06-30"),
    ("over the past decade", "2014-07-24", "2024-07-24"),
    ("over the next five years", "2024-07-24", "2029-07-24"),
    ("since the 18th National Congress", "2012-11-08", None),
    ("since 2015", "2015-01-01", None),
    ("since March", "2024-03-01", None),
    ("through 2024", None, "2024-12-31"),
    ("by the end of June", "2024-06-30", "2024-06-30"),
    ("at the end of last year", "2023-12-31", "2023-12-31"),
    ("at the end of the second quarter", "2024-06-30", "2024-06-30"),
    ("end-2023", "2023-12-31", "2023-12-31"),
    ("as of June 30", "2024-06-30", "2024-06-30"),
    ("on 21 December", "2023-12-21", "2023-12-21"),
    ("on the 15th of May", "2024-05-15", "2024-05-15"),
    ("on March 31st, 2031", "2031-03-31", "2031-03-31"),
    ("on 2024-03-21", "2024-03-21", "2024-03-21"),
    ("on Tuesday", "2024-07-23", "2024-07-23"),
    ("by 2027", "2027-01-01", "2027-12-31"),
    ("by the end of 2027", "2027-12-31", "2027-12-31"),
    ("during the 14th Five-Year Plan period", "2021-01-01", "2025-12-31"),
    ("during the 13th Five-Year Plan period (2016-2020)", "2016-01-01", "2020-12-31"),
    ("from 2021 to 2025", "2021-01-01", "2025-12-31"),
    ("2021-2025", "2021-01-01", "2025-12-31"),
    ("in the 12 months to March", "2023-04-01", "2024-03-31"),
    ("in the year to June 2024", "2023-07-01", "2024-06-30"),
    ("at present", "2024-07-24", "2024-07-24"),
    ("currently", "2024-07-24", "2024-07-24"),
    ("on February 29, 2024", "2024-02-29", "2024-02-29"),
    ("by the end of February 2024", "2024-02-29", "2024-02-29"),
    ("by the end of February 2023", "2023-02-28", "2023-02-28"),
]


def resolved(phrase: str, anchor: date | Anchor | None = TODAY) -> list[tuple[str | None, str | None]]:
    return [(iso(period.start), iso(period.end)) for period in find_periods(phrase, 0, len(phrase), anchor)]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@pytest.mark.parametrize(("phrase", "start", "end"), RESOLVED)
def test_a_phrase_is_resolved(phrase: str, start: str | None, end: str | None) -> None:
    assert resolved(phrase) == [(start, end)]


@pytest.mark.parametrize(("phrase", "start", "end"), RESOLVED)
def test_a_phrase_is_resolved_within_its_sentence(phrase: str, start: str | None, end: str | None) -> None:
    assert (start, end) in resolved(f"We saw, {phrase}, exports of steel.")


@pytest.mark.parametrize(
    "phrase",
    [
        "on February 29, 2023",
        "on September 31, 2024",
        "in fiscal year 2024-25",
        "the same period last year",
        "a year earlier",
        "last week",
    ],
)
def test_what_the_document_does_not_fix_stays_null(phrase: str) -> None:
    assert resolved(phrase) == [(None, None)]


@pytest.mark.parametrize(
    "phrase",
    [
        "in May",
        "last year",
        "in Q3",
        "in H1",
        "currently",
        "year to date",
        "over the past five years",
        "on 21 December",
    ],
)
def test_a_document_without_a_date_fixes_nothing_relative(phrase: str) -> None:
    assert resolved(phrase, None) == [(None, None)]


def test_a_document_without_a_date_fixes_what_names_its_year() -> None:
    assert resolved("in the first three quarters of 2024", None) == [("2024-01-01", "2024-09-30")]


@pytest.mark.parametrize(
    ("phrase", "month", "start", "end"),
    [
        ("in fiscal year 2024-25", 4, "2024-04-01", "2025-03-31"),
        ("in the current year", 4, "2024-04-01", "2025-03-31"),
        ("in the current year", 10, "2024-01-01", "2024-12-31"),
        ("for the financial year starting July", 7, "2024-07-01", "2025-06-30"),
        ("in FY2025", 10, "2024-10-01", "2025-09-30"),
        ("in FY26", 7, "2025-07-01", "2026-06-30"),
        ("in 2023-24", 4, "2023-04-01", "2024-03-31"),
    ],
)
def test_fiscal_years_run_as_the_country_counts_them(phrase: str, month: int, start: str, end: str) -> None:
    assert resolved(phrase, Anchor(TODAY, fiscal_month=month)) == [(start, end)]


def test_a_text_without_a_date_looks_back_on_the_year_before_it_was_written() -> None:
    anchor = Anchor(None, 2021, writes=2022)
    assert resolved("by the end of last year", anchor) == [("2021-12-31", "2021-12-31")]
    assert resolved("last year", anchor) == [("2021-01-01", "2021-12-31")]
    assert resolved("last month", anchor) == [(None, None)]


def test_this_quarter_is_the_one_that_a_title_names() -> None:
    anchor = Anchor(date(2017, 2, 27), told=date(2016, 12, 31))
    assert resolved("this quarter", anchor) == [("2016-10-01", "2016-12-31")]
    assert resolved("this year", anchor) == [("2017-01-01", "2017-12-31")]


def test_the_first_month_of_a_year() -> None:
    assert resolved("in the first month of 2024") == [("2024-01-01", "2024-01-31")]


@pytest.mark.parametrize("text", ["they may rise", "the march of time", "2,024 firms", "2000 million yuan", "C2023"])
def test_what_names_no_time(text: str) -> None:
    assert resolved(text) == []


def test_phrases_stand_in_order_with_their_leads() -> None:
    text = "By the end of June, exports were up from those in 2023."
    periods = find_periods(text, 0, len(text), TODAY)
    assert [text[p.char_start : p.char_end] for p in periods] == ["the end of June", "2023"]
    assert periods[0].lead == "by"
    assert periods[1].lead.endswith("in")


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 1, 31), 0, date(2024, 1, 31)),
    ],
)
def test_days_move_by_months(day: date, months: int, moved: date) -> None:
    assert move(day, months) == moved


@given(st.lists(st.sampled_from([phrase for phrase, *_ in RESOLVED] + [", ", " ", "and ", "2024", "May ", "\n"])))
def test_periods_never_overlap_nor_end_before_they_start(parts: list[str]) -> None:
    text = " ".join(parts)
    periods = find_periods(text, 0, len(text), TODAY)
    assert all(a.char_end <= b.char_start for a, b in itertools.pairwise(periods))
    assert all(p.start <= p.end for p in periods if p.start and p.end)
