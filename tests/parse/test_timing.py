"""Which time a value speaks of: its clause's own, that of its paragraph or list, or the document's."""

from __future__ import annotations

from datetime import date

import pytest

from flows.parse import parse_text
from flows.parse.calendars import Anchor
from flows.parse.periods import find_periods
from flows.parse.timing import is_reference
from flows.records import Metric

HEAD = "Date: July 24, 2024\n\nSpeakers:\nLi Wei, Minister of Trade\n\nLi Wei: "
TITLED = "Press conference on industrial development in 2023\n\n" + HEAD


def metrics(text: str) -> list[Metric]:
    return list(parse_text(text).metrics)


def times(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(iso(row.period_start), iso(row.period_end), row.period_basis) for row in metrics(text)]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In 2023, exports grew by 5 percent.", ("2023-01-01", "2023-12-31", "clause")),
        ("Exports grew by 5 percent in the first half of 2024.", ("2024-01-01", "2024-06-30", "clause")),
        ("In May, exports grew by 5 percent.", ("2024-05-01", "2024-05-31", "clause")),
        ("By the end of June, we had built 27 centres.", ("2024-06-30", "2024-06-30", "clause")),
        ("By the end of June, 27 centres were built.", ("2024-06-30", "2024-06-30", "clause")),
        ("There are currently 27 centres in the country.", ("2024-07-24", "2024-07-24", "clause")),
        ("We aim to build 27 centres by 2027.", ("2027-01-01", "2027-12-31", "clause")),
        ("We aim to build 27 centres by the end of 2027.", ("2027-12-31", "2027-12-31", "clause")),
        ("Exports grew by 5 percent.", (None, None, None)),
    ],
)
def test_the_clause_comes_first(sentence: str, expected: tuple[str | None, str | None, str | None]) -> None:
    assert times(HEAD + sentence) == [expected]


def test_each_clause_has_its_own() -> None:
    found = times(HEAD + "Exports grew by 5 percent in 2022, and imports fell by 3 percent in 2023.")
    assert [start for start, _, _ in found] == ["2022-01-01", "2023-01-01"]


def test_a_time_that_is_compared_with_is_no_period() -> None:
    [rate, difference] = times(HEAD + "In 2023, exports grew by 5 percent, 1 percentage point faster than in 2022.")
    assert rate[:2] == difference[:2] == ("2023-01-01", "2023-12-31")


def test_a_paragraph_carries_the_time_that_it_opens_with() -> None:
    found = times(HEAD + "In 2023, exports grew by 5 percent. Imports fell by 3 percent.")
    assert found == [("2023-01-01", "2023-12-31", "clause"), ("2023-01-01", "2023-12-31", "paragraph")]


def test_a_new_paragraph_does_not() -> None:
    found = times(HEAD + "In 2023, exports grew by 5 percent.\n\nImports fell by 3 percent.")
    assert found[1] == (None, None, None)


def test_a_list_carries_the_time_of_its_lead_in() -> None:
    found = times(
        HEAD + "In 2023, the main results were:\n\n• exports grew by 5 percent\n• imports fell by 3 percent\n"
    )
    assert found == [("2023-01-01", "2023-12-31", "paragraph")] * 2


def test_growth_takes_the_time_that_the_document_states_and_a_stock_does_not() -> None:
    found = times(TITLED + "Exports grew by 5 percent. We have built 27 national centres.")
    assert found == [("2023-01-01", "2023-12-31", "document"), (None, None, None)]


def test_a_streak_speaks_of_its_latest_period() -> None:
    found = metrics(HEAD + "From 2010 to 2023, output ranked first for 14 consecutive years.")
    streaks = [metric for metric in found if metric.measure == "streak"]
    assert [metric.period_end for metric in streaks] == [date(2023, 12, 31)]
    assert [metric.period_start for metric in streaks] == [date(2023, 1, 1)]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Exports were 5 million yuan in May 2024, down from May 2023 (6 million yuan).", ["2024-05-01", "2023-05-01"]),
        (
            "Sales fell 5 percent, compared with 3 percent in February. Orders fell 2 percent.",
            [None, "2024-02-01", None],
        ),
        ("Lending, which grew by 9 percent in 2022, rose by 4 percent.", ["2022-01-01", None]),
        ("We will hire 1,200 doctors, 200 nurses and 50 cooks next year.", ["2025-01-01"] * 3),
        ("Some 40 firms made over 3 million yuan in May.", ["2024-05-01"] * 2),
        ("Since the reform began in May 2022, the rate has fallen by 2 percentage points.", ["2022-05-01"]),
        ("Inflation will average 3 percent this year, up from 2 percent in the May forecast.", ["2024-01-01"] * 2),
        ("Since 2015, when the port was opened, 900 ships have called.", ["2015-01-01"]),
        ("A survey says rents are rising 5 percent, whereas sales should double by 2030.", [None, "2030-01-01"]),
        ("Some 6,500 pupils had been enrolled in May.", ["2024-05-01"]),
        ("Costs of 7 million yuan (about 1 million dollars) in 2023 were paid.", ["2023-01-01"] * 2),
        ("Rents rose 5 percent in 2023, according to figures from the office on May 2.", ["2023-01-01"]),
        ("In 2022, there were 90 ships. Catches rose 5 percent after the 2008-2009 recession.", ["2022-01-01"] * 2),
        ("Spending during the 13th Five-Year Plan (2016-20) period was 3 million yuan.", ["2016-01-01"]),
        ("Following the launch on May 2, catches rose 5 percent, or 900 tons, as of June.", ["2024-06-01"] * 2),
        ("Ships beat the record of 900 tons, set in May 2022.", ["2022-05-01"]),
        ("Rents rose 5 percent in May, from the April figure of 2 percent.", ["2024-05-01", "2024-04-01"]),
        ("Catches rose by 5 percent in terms of weight to nearly 3 million tons in May.", ["2024-05-01"] * 2),
        ("Catches rose by 5 percent, offsetting a fall of 2 percent in the prior month.", [None, "2024-06-01"]),
        ("The data revealed that in May catches rose by 5 percent.", ["2024-05-01"]),
        ("An outlay of 9 million yuan is approved, of which 4 million yuan falls in 2022.", [None, "2022-01-01"]),
    ],
)
def test_a_time_dates_its_own_value_and_those_of_its_clause(text: str, starts: list[str | None]) -> None:
    assert [start for start, _, _ in times(HEAD + text)] == starts


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("By the end of June, we had 5 ports. Berths went up. By then, we had 27 ships.", ["2024-06-30"] * 2),
        (
            "The roads are better than ever before. By the end of June, we had 5 ports. The number of ships was 27.",
            ["2024-06-30"] * 2,
        ),
        (
            "The roads are better than ever before. In June, we built 5 ports. The number of ships was 27.",
            ["2024-06-01", None],
        ),
        (
            "Prices rose 5 percent over the 12 months ending in May. Rents rose 4 percent over the same period.",
            ["2023-06-01"] * 2,
        ),
        ("Based on first-quarter results this year, exports grew by 5 percent.", ["2024-01-01"]),
        ("As to the end of May, we had 5 ports.", ["2024-05-31"]),
        (
            "In May, exports grew by 5 percent. Growth rose from the 4 percent rise in the same month of 2021.",
            ["2024-05-01", "2021-05-01"],
        ),
    ],
)
def test_what_goes_on_with_a_time_is_of_that_time(text: str, spans: list[str | None]) -> None:
    assert [start for start, _, _ in times(HEAD + text)] == spans


def test_a_text_that_looks_back_on_a_year_is_of_the_next_one() -> None:
    told = "Catches rose 5 percent in 2021, the office said. Last year, 90 ships were built.\n"
    planned = "The office set targets for 2021. Last year, 90 ships were built.\n"
    assert [start for start, _, _ in times(told)] == ["2021-01-01", "2021-01-01"]
    assert [start for start, _, _ in times(planned)] == ["2020-01-01"]


def test_the_mean_of_years_is_not_of_the_time_of_a_lead() -> None:
    text = "Cargo grew by 2 percent in 2023, the office said.\n\nShips had an average annual growth of 4 percent.\n"
    assert [start for start, _, _ in times(text)] == ["2023-01-01", None]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("By the end of May, there were 90 ships.\n\nOf these, 60 ships were new.", ["2024-05-31"] * 2),
        ("Over the past five years, ports grew.\n\nAs a result, 60 ships called.", ["2019-07-24"]),
        ("By the end of May, there were 90 ships.\n\nThe yard had 60 berths.", ["2024-05-31", None]),
    ],
)
def test_a_paragraph_that_goes_on_with_the_one_before_is_of_its_time(text: str, starts: list[str | None]) -> None:
    assert [start for start, _, _ in times(HEAD + text)] == starts


def test_a_count_of_what_rose_is_of_the_time_that_the_text_states() -> None:
    found = times(TITLED + "Catches rose in 9 of 12 ports. Some 30 ships posted growth. We have 7 cranes.")
    assert [start for start, _, _ in found] == ["2023-01-01", "2023-01-01", None]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("India names fiscal years. In Q4, catches grew by 5 percent.", "2024-01-01"),
        ("India names fiscal years. Catches will grow by 5 percent in Q4.", "2025-01-01"),
        ("The euro area names fiscal years. In Q1, catches grew by 5 percent.", "2024-01-01"),
    ],
)
def test_quarters_are_those_of_the_fiscal_year_where_a_country_counts_so(text: str, start: str) -> None:
    assert times(HEAD + text)[0][0] == start


@pytest.mark.parametrize(
    ("lead", "spans"),
    [
        ("Steel output rose by 4 percent in the first half of 2023, the office said on July 14.", ["2023-01-01"] * 2),
        ("The harbour is open, the office said. Catches fell by 4 percent in 2022.", ["2022-01-01"] * 2),
        ("Steel output rose by 4 percent in May 2023 and by 3 percent in April 2023.", ["2023-05-01", None]),
        ("Steel output will rise by 4 percent by 2099, the office said.", ["2099-01-01", None]),
    ],
)
def test_a_report_goes_on_with_the_time_of_its_lead(lead: str, spans: list[str | None]) -> None:
    report = f"LODZ, July 14 (Xinhua) -- {lead}\n\nCargo grew by 2 percent. Shops make up 7 percent of it.\n"
    starts = [start for start, _, _ in times(report)]
    assert (starts[0], starts[-2], starts[-1]) == (*spans, None)


def test_paragraphs_that_begin_with_their_matter_are_of_the_time_of_their_lead_in() -> None:
    head = "The ministry put out its 2026 guidelines.\n\nThe guidelines set these goals for 2026:\n\n"
    [row] = metrics(head + "Coal Supply: The mines are safer. Output will exceed 5 million tons.")
    assert (row.period_start, row.period_basis) == (date(2026, 1, 1), "paragraph")


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Last year, I spoke of this. I propose to raise the limit from 5 million yuan to 6 million yuan.", [None] * 2),
        (
            "In the first half of 2023, exports grew by 5 percent. Imports are likely to reach 6 million yuan.",
            ["2023-01-01", None],
        ),
        ("In 2024, exports grew by 5 percent. Imports are likely to reach 6 million yuan.", ["2024-01-01"] * 2),
        ("A survey of 27,000 firms shows that work went on after this year's holidays.", [None]),
        ("In 2023, we helped firms with annual turnover of at least 20 million yuan.", ["2023-01-01"]),
        ("The growth projection for 2026 is now lower, at 1 percent.", ["2026-01-01"]),
    ],
)
def test_what_lies_ahead_is_of_no_time_that_is_over(text: str, starts: list[str | None]) -> None:
    assert [start for start, _, _ in times(HEAD + text)] == starts


def test_a_headline_is_of_the_time_that_the_text_below_gives_its_figure() -> None:
    head = "Output of the province up 10%\n\nPost Date: 29 Dec 2012\n\nOutput is expected to rise 10 percent this year."
    body = "In the first 11 months, sales grew 6 percent. Exports are likely to reach 5 million tons."
    rows = metrics(f'{head}\n\n{body}\n\n"We are glad," said Li Wei, the minister of trade.')
    year = date(2012, 12, 31)
    assert [row.period_end for row in rows] == [year, year, date(2012, 11, 30), year]


def test_a_time_phrase_that_a_page_header_cuts_dates_what_stands_on_either_page() -> None:
    text = """Transcript of Chair Lee's Press Conference
March 19, 2025

CHAIR LEE. Prices rose 2.7 percent over the 12

Page 1 of 24

months ending in January; core prices rose 2.9 percent. Beginning in

Page 2 of 24

May, the cap will be 5 million dollars.
"""
    starts = [row.period_start for row in metrics(text)]
    assert starts == [date(2024, 2, 1), date(2024, 2, 1), date(2025, 5, 1)]


def test_the_past_years_of_a_text_of_early_in_the_year_are_those_that_are_over() -> None:
    phrase = "over the past two years"
    [early] = find_periods(phrase, 0, len(phrase), Anchor(date(2025, 3, 9)))
    assert (early.start, early.end) == (date(2023, 1, 1), date(2024, 12, 31))


def test_the_end_of_the_year_of_an_undated_text_is_that_of_the_year_it_names() -> None:
    [row] = metrics(
        "The 2025 guidelines of the ministry\n\nCapacity is to exceed 5 million tons by the end of the year."
    )
    assert row.period_end == date(2025, 12, 31)


def test_counts_of_what_happens_take_the_time_that_the_document_states() -> None:
    [trips, bridges] = times(TITLED + "Rail trips totaled 5 billion. There are 27 bridges.")
    assert (trips[2], bridges[2]) == ("document", None)


def test_a_time_that_nothing_fixes_is_a_finding() -> None:
    parsed = parse_text("In May, exports grew by 5 percent.")
    [metric] = parsed.metrics
    assert (metric.period_start, metric.period_end, metric.period_basis) == (None, None, None)
    [finding] = [finding for finding in parsed.findings if finding.code == "unresolved-period"]
    assert finding.metric_ids == (metric.metric_id,)
    assert "May" in finding.message


@pytest.mark.parametrize(
    ("phrase", "reference"),
    [("than in 2022", True), ("compared with 2019", True), ("in 2022", False), ("from 2021 to 2025", False)],
)
def test_what_is_compared_with_is_a_reference(phrase: str, reference: bool) -> None:  # noqa: FBT001
    [period] = find_periods(phrase, 0, len(phrase), Anchor(date(2024, 7, 24)))
    assert is_reference(period) is reference


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        # an undated text speaks of the year after the one with whose part it compares its own
        (
            "Grid investment in the first half hit 12 billion yuan, 9 percent more than in the first half of 2021.",
            [("2022-01-01", "2022-06-30")] * 2,
        ),
        # what a part weighs in an index is of no month
        (
            "In May 2024, coal output, with a weight of 10 percent, rose by 6 percent.",
            [(None, None), ("2024-05-01", "2024-05-31")],
        ),
        # what two values are compared with dates nothing around it
        (
            "Roads fell by 2% in the north, after +8% and -1% respectively in March 2024. Rail rose by 4%.",
            [(None, None), ("2024-03-01", "2024-03-31"), ("2024-03-01", "2024-03-31"), (None, None)],
        ),
        # what stands in square brackets is of the time right before them
        (
            "Exports were worth €16 billion in June 2019, 4% less than in June 2018 [€17 billion].",
            [("2019-06-01", "2019-06-30")] * 2 + [("2018-06-01", "2018-06-30")],
        ),
    ],
)
def test_what_is_compared_with_has_its_own_time(text: str, spans: list[tuple[str | None, str | None]]) -> None:
    assert [time[:2] for time in times(text)] == spans


def test_the_last_month_of_a_title_is_the_quarter_of_which_its_text_speaks() -> None:
    text = "Wage Price Index, Mar 2012\nReleased 16/05/2012\n\n{} Wages rose by 3%.\n"
    assert times(text.format("Figures are of the March quarter 2012."))[-1][:2] == ("2012-01-01", "2012-03-31")
    assert times(text.format("Figures are early."))[-1][:2] == ("2012-03-01", "2012-03-31")


def test_then_is_the_time_named_before_it_even_where_nothing_was_counted() -> None:
    found = times("By 2027, machines shall be in use widely. By then, 50% of firms are to have reached level two.")
    assert found[-1][:2] == ("2027-01-01", "2027-12-31")


def test_a_year_before_the_forecast_is_no_name_of_a_paper() -> None:
    found = times(HEAD + "For 2025, the forecast fell from 3% to 2%, and for 2026 the forecast fell from 4% to 3%.")
    assert [start for start, _, _ in found] == ["2025-01-01"] * 2 + ["2026-01-01"] * 2
