"""Metrics of small documents: who says them, where they stand, and the ledger beside them."""

from __future__ import annotations

import pytest

from flows.parse import parse_text
from flows.records import Parsed

CONFERENCE = """\
Date: July 24, 2024

Speakers:
Li Wei, Minister of Trade
Ana Moreno, Director-General of Statistics

Li Wei: Good morning. In the first half of this year, exports of cars grew by 5 percent.

Imports fell 3 percent over the same time. We will cut tariffs in the 14th Five-Year Plan period.

Xinhua News Agency: Are prices rising by 10 percent?

Ana Moreno: No. Consumer prices rose 1.2 percent in June.
"""


def conference() -> Parsed:
    return parse_text(CONFERENCE, document_id="talks")


def test_a_turn_gives_its_speaker_to_every_metric_in_it() -> None:
    assert [(metric.value, metric.speaker_id) for metric in conference().metrics] == [
        (5, "li-wei"),
        (-3, "li-wei"),
        (10, "xinhua-news-agency"),
        (1.2, "ana-moreno"),
    ]


def test_nobody_speaks_a_text_without_speakers() -> None:
    assert [metric.speaker_id for metric in parse_text("Exports grew by 5 percent.").metrics] == [None]


def test_what_counts_anything_does_not_say_what_is_counted() -> None:
    told = parse_text("Service robot output rose by 25.5 percent to 8.82 million sets.").metrics
    assert [(metric.value, metric.indicator) for metric in told] == [
        (25.5, "Service robot output"),
        (8_820_000, "Service robot output"),
    ]


@pytest.mark.xfail(reason="a label that stands once is not taken for a speaker, even where the head names that person")
def test_a_speaker_of_the_head_may_speak_once() -> None:
    text = "Date: July 24, 2024\n\nSpeakers:\nLi Wei, Minister of Trade\n\nLi Wei: Exports grew by 5 percent.\n"
    assert [(metric.speaker_id, metric.indicator) for metric in parse_text(text).metrics] == [("li-wei", "Exports")]


def test_a_sentence_that_begins_with_by_is_no_byline() -> None:
    assert len(parse_text("By the end of 2023, 27 centres were built in the cities.").metrics) == 1


def test_reported_speech_belongs_to_the_person_reported() -> None:
    text = "Exports grew by 5 percent, said Li Wei, minister of trade.\n\nThe port handled 12 ships.\n"
    assert [metric.speaker_id for metric in parse_text(text).metrics] == ["li-wei", None]


def test_a_metric_stands_where_it_says() -> None:
    parsed = conference()
    passages = {passage.passage_id: passage for passage in parsed.passages}
    for metric in parsed.metrics:
        passage = passages[metric.passage_id]
        assert metric.metric_id == f"talks:m{metric.char_start}"
        assert metric.document_id == "talks"
        assert CONFERENCE[metric.char_start : metric.char_end] == metric.value_text
        assert passage.char_start <= metric.char_start < metric.char_end <= passage.char_end
        assert metric.quote in CONFERENCE
        assert metric.value_text in metric.quote


def test_a_pronoun_stands_for_what_was_measured_last() -> None:
    text = "Exports of cars grew by 5 percent in 2023. They reached $3 billion in 2024."
    assert [metric.indicator for metric in parse_text(text).metrics] == ["Exports of cars", "Exports of cars"]


def test_what_is_measured_has_a_canonical_indicator_where_there_is_one() -> None:
    known, unknown = parse_text("Exports grew by 5 percent. Zeppelin races grew by 7 percent.").metrics
    assert (known.indicator_id, unknown.indicator_id) == ("exports", None)


def test_numbers_of_heads_and_page_marks_measure_nothing() -> None:
    assert not parse_text("Page 1 of 3\n\nDate: July 24, 2024\n").metrics


def test_numerals_name_the_metric_that_they_are_part_of() -> None:
    parsed = parse_text("In 2023, between 50 and 75 ships came.", document_id="port")
    assert [(row.numeral_id, row.text, row.metric_id) for row in parsed.numerals] == [
        ("port:n3", "2023", None),
        ("port:n17", "50", "port:m9"),
        ("port:n24", "75", "port:m9"),
    ]


def test_a_malformed_number_is_a_finding_where_it_stands() -> None:
    parsed = parse_text("We helped 103,00 specialised firms.", document_id="digest")
    [finding] = parsed.findings
    assert (finding.code, finding.char_start, finding.char_end) == ("malformed-number", 10, 16)
    assert finding.finding_id.startswith("digest:")
    assert not parsed.metrics


def test_a_list_that_is_longer_than_announced_is_a_finding() -> None:
    text = "The plan names two key tasks, including:\n\n• build roads\n• build ports\n• build rails\n"
    [finding] = [finding for finding in parse_text(text).findings if finding.code == "count-mismatch"]
    assert text[finding.char_start : finding.char_end] == "two"
    assert "3" in finding.message


def test_the_same_text_gives_the_same_rows() -> None:
    assert conference() == conference()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Output grew at an average annual rate of 7 percent.", [None]),
        ("Zinc rose 4.3 percent year on year. That of tin rose 3 percent.", ["year_on_year", "year_on_year"]),
        ("Growth of freight for May 2024 over May 2023 was 4 percent.", ["year_on_year"]),
        ("In May 2024 compared with April 2024, catches rose by 4 percent.", ["month_on_month"]),
        ("In the year 2024 compared with 2023, catches rose by 4 percent.", ["versus_reference"]),
        ("In May 2024 catches rose by 4 percent compared with April 2024.", ["versus_reference"]),
        ("Sales fell by 5 percent in Quarter 2 2020 compared with Quarter 1 2020.", ["quarter_on_quarter"]),
        (
            "Output grew 6.9 percent year on year, compared with the 6.8 percent increase for the first quarter.",
            ["year_on_year", "year_on_year"],
        ),
        ("Tin rose 7 percent, lead fell 2 percent, both in year-on-year terms.", ["year_on_year"] * 2),
        ("The 12-month change in rents was 3 percent, up from the March figure of 2 percent.", ["year_on_year"] * 2),
        ("Catches rose 4 percent year on year, slower than the 9 percent in May.", ["year_on_year"] * 2),
        ("Catches rose 4 percent year on year, less than the 9 percent target.", ["year_on_year", None]),
        ("Catches rose 4 percent, or 900 tons, year on year.", ["year_on_year"] * 2),
        ("Catches rose 4 percent to their highest level since May 2008.", [None]),
        ("Output was 900 tons in 2022, 1.5 times that of 2005.", [None, "versus_reference"]),
        ("Each ship weighs 1.5 times that of its rival.", [None]),
        ("The average monthly gain was 4 percent.", [None]),
        ("Ships added 900 jobs a month over May and June.", [None]),
        ("Employment was 159,000 lower than previously reported.", [None]),
    ],
)
def test_growth_is_compared_as_its_own_words_or_those_before_say(text: str, told: list[str | None]) -> None:
    assert [metric.comparison for metric in parse_text(text).metrics] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Exports are likely to reach 1 million units, and revenue will exceed 7 billion yuan.", ["expected"] * 2),
        ("The subsidy is expected to rise by 5 yuan, reaching 99 yuan.", ["expected", "expected"]),
        ("A power of 9 GW is to be built, a leap from the capacity of 2 GW.", ["target", "actual"]),
        ("Inflation is at around our 2 percent target.", ["actual"]),
        (
            "The paper sets these targets:\n\n- Coverage: output will rise to 20 tonnes.\n- Rest: 5 tonnes.",
            ["target"] * 2,
        ),
    ],
)
def test_a_value_is_actual_expected_or_a_target(text: str, told: list[str]) -> None:
    assert [metric.status for metric in parse_text(text).metrics] == told


def test_one_bound_holds_for_two_that_and_joins() -> None:
    told = parse_text("The school trained more than 15,000 engineers and 5 million workers, and 3 pilots.").metrics
    assert [metric.bound for metric in told] == ["more_than", "more_than", "exact"]


@pytest.mark.parametrize(
    "text",
    [
        "Prices fell 2 percent in June after a 1 percent decline in May.",
        "Sales fell 2 percent, versus a 1% contraction.",
    ],
)
def test_what_fell_before_is_negative_too(text: str) -> None:
    assert [metric.value for metric in parse_text(text).metrics] == [-2, -1]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The plan envisages a capacity of 300 MW.", "target"),
        ("The price is set at 5 yuan.", "actual"),
        ("The growth is set to reach 5 percent.", "expected"),
    ],
)
def test_what_is_set_at_a_value_is_so(text: str, told: str) -> None:
    assert [metric.status for metric in parse_text(text).metrics] == [told]


def test_the_contribution_of_a_part_is_a_share() -> None:
    text = "Mining was the biggest contributor to growth, at 16 percent. Food led with a contribution of 38 percent."
    assert [metric.measure for metric in parse_text(text).metrics] == ["share", "share"]
