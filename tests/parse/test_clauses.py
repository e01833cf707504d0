"""What a clause says of its values across asides, lists, notes and references to earlier values."""

from __future__ import annotations

import pytest

from flows.parse import parse_text
from flows.records import Metric

HEAD = "Date: July 24, 2024\n\n"


def metrics(text: str) -> list[Metric]:
    return list(parse_text(HEAD + text).metrics)


def indicators(text: str) -> list[str]:
    return [row.indicator or "" for row in metrics(text)]


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("Orders for goods in May, up fifteen of the last sixteen months, increased $6.2 billion.", "Orders for goods"),
        (
            "The scale of investment, in areas including ports, farms and schools, will increase by 25 percent.",
            "scale of investment",
        ),
        (
            "Quotas for firms as well as farms will be increased by 15 billion yuan.",
            "Quotas for firms as well as farms",
        ),
        ("The ministry expects an average annual output growth rate of 10 percent.", "output"),
        ("Mexico targets an economic growth of 4.5 percent.", "economic growth"),
        ("New lines were opened, bringing total track length to 2,900 kilometers.", "total track length"),
        ("The mill contributes £20 billion to the economy[footnote 1].", "mill"),
    ],
)
def test_the_subject_stands_beyond_what_is_set_off(sentence: str, indicator: str) -> None:
    assert indicators(sentence) == [indicator]


@pytest.mark.parametrize(
    ("sentence", "indicator"),
    [
        ("Services expanded by 3 per cent, moderating slightly from the 3.2 per cent growth in Q1.", "Services"),
        ("Output fell 1.3 percent in June after moving down 0.1 percent in May.", "Output"),
        ("Output rose by 2.9 percent in nominal terms, and the growth rate was 0.4 points lower.", "Output"),
        ("Output of wool reached 5 tons, a yearly increase of 2.9 percent in real terms.", "Output of wool"),
    ],
)
def test_what_goes_on_is_of_the_same(sentence: str, indicator: str) -> None:
    assert set(indicators(sentence)) == {indicator}


def test_lists_pair_with_the_differences_behind_them() -> None:
    found = metrics(
        "In June, the steel index, the iron index, and the metal index were 50.2 percent, 54.7 percent, and 54.1 "
        "percent, respectively, 0.6, 6.9, and 5.7 percentage points higher than the previous month."
    )
    assert [row.indicator for row in found] == ["steel index", "iron index", "metal index"] * 2
    assert [row.unit for row in found[3:]] == ["percentage_point"] * 3
    assert [row.value for row in found[3:]] == [0.6, 6.9, 5.7]


def test_an_index_and_its_difference_are_no_list() -> None:
    assert [row.unit for row in metrics("The index was 50, 0.2 percentage points lower than in June.")] == [
        "index",
        "percentage_point",
    ]


def test_examples_pair_with_their_values() -> None:
    assert indicators(
        "Trade with old markets such as Ardal, Borva, and Japan fell by 9%, 4%, and 5% respectively."
    ) == [
        "Trade with Ardal",
        "Trade with Borva",
        "Trade with Japan",
    ]


def test_who_follows_grew_too() -> None:
    found = metrics(
        "Mining showed the highest growth of 17 percent, followed by fishing (15 percent), and farming (12 percent)."
    )
    assert [(row.indicator, row.measure) for row in found[1:]] == [("fishing", "change"), ("farming", "change")]


def test_an_earlier_fall_is_negative() -> None:
    assert [
        row.value for row in metrics("Prices dropped 2.1 percent in June versus a 2 percent contraction in May.")
    ] == [
        -2.1,
        -2.0,
    ]


def test_growth_that_narrows_stays_growth() -> None:
    assert [
        row.measure for row in metrics("Growth in energy narrowed from 3.4 percent in May to 3.1 percent in June.")
    ] == [
        "change",
        "change",
    ]


@pytest.mark.parametrize(
    ("sentence", "bound"),
    [
        ("The jobless rate must not rise above 4.5%.", "at_most"),
        ("Growth didn't dip below 6 percent.", "at_least"),
        ("The jobless rate rose above 4.5%.", "more_than"),
    ],
)
def test_a_negated_bound_is_the_other_one(sentence: str, bound: str) -> None:
    assert [row.bound for row in metrics(sentence)] == [bound]


def test_differences_of_growth_are_against_a_reference() -> None:
    [_, difference] = metrics(
        "Sales of cars grew by 16.1%, 7.3 percentage points higher than that of the same period of last year."
    )
    assert difference.comparison == "versus_reference"


def test_a_text_says_what_its_abbreviations_mean() -> None:
    found = metrics("Coal output reached 300 million tonnes (MT) in May against 255 MT in April.")
    assert [row.value for row in found] == [300e6, 255e6]
    assert [row.value for row in metrics("The ship carried 255 MT of coal.")] == [255]


def test_nairas_are_counted_in_nigeria() -> None:
    assert [(row.value, row.unit) for row in metrics("Nigeria gave the ports N19bn.")] == [(19e9, "NGN")]
    assert not [row for row in metrics("The N95 mask and the N19 road.") if row.unit == "NGN"]


def test_marks_of_notes_end_sentences_and_count_nothing() -> None:
    found = metrics("Ardal built a plant with 4,000 jobs attached.[footnote 3] Borva has built 5 plants.[4]")
    assert [(row.value, row.indicator) for row in found] == [(4000, "jobs"), (5, "plants")]


def test_a_share_may_lack_its_plural_and_a_scale_may_stand_apart() -> None:
    [share, amount] = metrics("Services, two-third of the economy, brought in 297  billion yuan.")
    assert round(share.value, 2) == 66.67
    assert amount.value == 297e9


def test_an_undated_text_is_of_the_year_that_it_tells_of() -> None:
    [row] = parse_text(
        "Exports came to 187 billion dirhams in 2023, after 133 billion in 2021. Since its launch in 2021 the plan has "
        "helped. By 2031 more is due. Growth was 7 percent last year."
    ).metrics[-1:]
    assert row.period_start is not None
    assert row.period_start.year in {2022, 2023}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Forty-one licenses were issued to firms in Ardal followed by 26 in the Eastern Province and 22 in Cand.",
            ["licenses", "licenses in the Eastern Province", "licenses in Cand"],
        ),
        ("A total of 109 million kilowatts of new capacity were installed.", ["new capacity"]),
        ("We are also now the 8th largest manufacturing economy in the world.", ["manufacturing economy"]),
        ("The firm made a £600 million commitment to the sector.", ["commitment"]),
        (
            "Farms made up 4.6 percent of gross output, while tourism contributed 4.4 percent.",
            ["Farms of gross output", "tourism of gross output"],
        ),
        (
            "The volume of trade1 rose by 0.1% in the euro area (EA17) and fell by 0.3% in the EU.",
            ["volume of trade"] * 2,
        ),
        ("Lines carried 1.6 million riders, up 120,000 or 7.6 percent from last year.", ["riders"] * 3),
        ("Shipments, down following three consecutive monthly increases, decreased 0.5%.", ["Shipments"] * 2),
        ("In May, due to the holiday, imports and exports fell by 7%.", ["imports and exports"]),
        ("Trade reached $6 trillion after a decade, and its growth rate of 30% was high.", ["Trade"] * 2),
    ],
)
def test_what_is_measured(sentence: str, expected: list[str]) -> None:
    assert indicators(sentence) == expected


def test_differences_in_a_list_go_one_way() -> None:
    found = metrics("The two rates were 5.1% and 4.4%, 0.6 and 0.7 percentage points lower than in the previous month.")
    assert [(row.value, row.comparison) for row in found[-2:]] == [
        (-0.6, found[-1].comparison),
        (-0.7, found[-1].comparison),
    ]


def test_negative_growth_falls() -> None:
    assert [row.value for row in metrics("Trade saw a negative growth of 2.5 percent in Q1.")] == [-2.5]


def test_what_beats_expectations_is_actual() -> None:
    [row] = metrics("The economy posted a better-than-expected 4.5 percent growth in Q1.")
    assert (row.status, row.indicator) == ("actual", "economy")


def test_the_high_base_of_a_year_ago_is_compared_with() -> None:
    [row] = metrics("Exports were up 9.4% from the high base of the same period last year.")
    assert row.comparison == "year_on_year"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Urban passenger traffic came to 20.9 billion people.", ["Urban passenger traffic"]),
        ("The plant employs 500 people.", ["people"]),
        ("The state helped shopkeepers whose annual turnover is less than Rs 1.5 crore.", ["annual turnover"]),
        (
            "Our economic output has crossed thresholds, and it is expected to reach 140 trillion yuan.",
            ["economic output"],
        ),
        ("In May, it had 3,167 higher education institutions.", ["higher education institutions"]),
        ("Some 350 million yuan has been set apart for the training of farmers.", ["training of farmers"]),
    ],
)
def test_whose_it_is(sentence: str, expected: list[str]) -> None:
    assert indicators(sentence) == expected


def test_a_negative_rate_is_a_level() -> None:
    assert [row.measure for row in metrics("The bank has a -0.1% deposit rate. Sales: -0.1%.")] == ["level", "change"]


def test_probes_have_numbers_in_their_names() -> None:
    assert not metrics("The Chang'e-6 lunar mission ended, and the two sessions of China's two sessions opened.")[1:]


def test_another_year_that_is_compared_with_dates_no_text() -> None:
    text = (
        "The ministry met on August 19th.\n\nFrom January to July, output was up by 3.5% year-on-year.\n\n"
        "In the first half of the year, its part was 28.8% of the GDP, 1.4 percentage points more than in 2021."
    )
    assert {row.period_start for row in parse_text(text).metrics} == {None}


def test_a_release_may_first_tell_who_published_it() -> None:
    text = (
        "On June 30, 2022, the Survey Center published the Purchasing Index. Its statistician gave an interpretation.\n"
        "As demand improves, the recovery has sped up. In June, the index was 50.2 percent.\n"
        "I. Orders\nThe order index was 52.8 percent, and it rose by 2 percentage points."
    )
    assert {str(row.period_start) for row in parse_text(text).metrics if row.unit == "percentage_point"} <= {
        "2022-06-01",
        "None",
    }
