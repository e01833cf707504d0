"""Times that run from day to day, are named in a lead-in, last as long as a streak, or are no time at all."""

from __future__ import annotations

from datetime import date

import pytest

from flows.parse import parse_text

NEWS = "KARANA, May 7, 2026 (Wire) -- "


def spans(text: str) -> list[tuple[date | None, date | None]]:
    return [(row.period_start, row.period_end) for row in parse_text(text).metrics]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("During the May 1-5 period", date(2026, 5, 1), date(2026, 5, 5)),
        ("Between April 28 and May 3", date(2026, 4, 28), date(2026, 5, 3)),
        ("Over the travel season (January 30 - March 10) this year", date(2026, 1, 30), date(2026, 3, 10)),
        ("In the week from 28 December to 3 January", date(2025, 12, 28), date(2026, 1, 3)),
        ("From Sept. 28 to Oct. 3, 2024", date(2024, 9, 28), date(2024, 10, 3)),
        ("From the 3rd to the 9th of March", date(2026, 3, 3), date(2026, 3, 9)),
    ],
)
def test_from_day_to_day(words: str, first: date, last: date) -> None:
    assert spans(f"{NEWS}{words}, the ports handled 5 million containers.") == [(first, last)]


def test_a_release_tells_of_the_days_that_its_lead_names() -> None:
    found = spans(
        f"{NEWS}Railways carried 20 million passengers during the May 1-5 period.\n\n"
        "Ticket revenue grew by 5 percent.\n\nHotels held 400 concerts during this holiday."
    )
    assert found == [(date(2026, 5, 1), date(2026, 5, 5))] * 3


def test_a_day_soon_after_the_text_lies_ahead() -> None:
    assert spans(f"{NEWS}The bank said that it would cut the rate by 50 basis points on May 15.") == [
        (date(2026, 5, 15),) * 2
    ]


def test_the_weekday_of_a_statement_dates_no_value() -> None:
    assert spans(f"{NEWS}The quota will be raised by 15 billion euros, the bank said in a statement Monday.") == [
        (None, None)
    ]


def test_a_lead_in_names_the_time_of_the_list_below_it() -> None:
    [_, growth] = spans(
        "Press conference on trade in January to November of 2024\n\nDate: December 18, 2024\n\n"
        "From January to November, sales grew by 4 percent. The main features in November are as follows:\n\n"
        "1. Demand for cars was strong. Sales of cars grew by 9 percent."
    )
    assert growth == (date(2024, 11, 1), date(2024, 11, 30))


def test_a_shorter_span_than_the_stated_one_is_what_growth_is_compared_with() -> None:
    found = parse_text(
        "Investment in the First Ten Months of 2024\n\nIn the first ten months of 2024, investment in mines reached "
        "13 billion euros, and the growth rate increased 0.4 percentage points over the first nine months; that in "
        "farms, 8 billion euros, increased by 6 percent."
    ).metrics
    assert {(row.period_start, row.period_end) for row in found} == {(date(2024, 1, 1), date(2024, 10, 31))}
    assert [row.comparison for row in found if row.unit == "percentage_point"] == ["versus_reference"]


def test_growth_over_the_first_months_is_of_them() -> None:
    assert spans(f"{NEWS}Exports grew by 5 percent over the first three months.") == [
        (date(2026, 1, 1), date(2026, 3, 31))
    ]


def test_what_a_streak_held_it_held_through_all_of_it() -> None:
    found = spans(
        f"{NEWS}In 2025, the harvest stayed above 60 million tonnes (2.2 billion bushels) for four consecutive years."
    )
    assert found == [(date(2022, 1, 1), date(2025, 12, 31))] * 2 + [(date(2025, 1, 1), date(2025, 12, 31))]


def test_when_a_record_was_set_dates_the_record_alone() -> None:
    found = spans(
        f"{NEWS}In April, exports, which broke the record of $15 billion, set in May 2013, advanced by 7 percent."
    )
    assert found[0] == (date(2013, 5, 1), date(2013, 5, 31))
    assert found[1] == (date(2026, 4, 1), date(2026, 4, 30))


@pytest.mark.parametrize(
    "name", ["Under the National Steel Policy, 2017,", "Under the Harbour Master Plan 2040 (HMP 2040),", "Vision 2040:"]
)
def test_the_year_of_a_plan_is_a_part_of_its_name(name: str) -> None:
    assert spans(f"{NEWS}{name} the ports have 27 terminals.") == [(None, None)]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("In the first 20 days of April", date(2026, 4, 1), date(2026, 4, 20)),
        ("In the three months ended March 31", date(2026, 1, 1), date(2026, 3, 31)),
        ("In the fiscal year that ended in March", date(2025, 4, 1), date(2026, 3, 31)),
        ("In the January-March quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("In the opening quarter", date(2026, 1, 1), date(2026, 3, 31)),
        ("In the last quarter of 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("In Q4 of the previous year", date(2025, 10, 1), date(2025, 12, 31)),
        ("In H1 of last year", date(2025, 1, 1), date(2025, 6, 30)),
        ("In 1H25", date(2025, 1, 1), date(2025, 6, 30)),
        ("In 3Q24", date(2024, 7, 1), date(2024, 9, 30)),
        ("Since the onset of the campaign in March 2025", date(2025, 3, 1), None),
        ("Since its launch in 2021", date(2021, 1, 1), None),
    ],
)
def test_parts_of_years(words: str, first: date, last: date | None) -> None:
    assert spans(f"{NEWS}{words}, the ports handled 5 million containers.") == [(first, last)]


def test_what_was_a_year_ago_stands_in_a_bracket() -> None:
    found = spans(f"{NEWS}In April, mining fell by 3.8% (the same period last year up 0.1%), and trade rose by 2%.")
    assert found == [
        (date(2026, 4, 1), date(2026, 4, 30)),
        (date(2025, 4, 1), date(2025, 4, 30)),
        (date(2026, 4, 1), date(2026, 4, 30)),
    ]


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("Exports rose 5% in the first quarter, and the ministry will support exporters.", date(2026, 1, 1)),
        ("In April, exports rose 5%, and the ministry will support exporters.", date(2026, 4, 1)),
        ("The ministry will support exporters, whose sales rose 5% in March.", date(2026, 3, 1)),
        ("Exports will rise by 6% in the second quarter.", date(2026, 4, 1)),
        ("Exports will rise by 6% in March.", date(2027, 3, 1)),
        ("In September, the fund, which was set up last year, will pay $5 billion.", date(2026, 9, 1)),
    ],
)
def test_a_clause_that_tells_what_was_lies_behind(sentence: str, first: date) -> None:
    assert [start for start, _ in spans(NEWS + sentence)] == [first]
