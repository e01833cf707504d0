"""Moulds of statistical releases: what turns are from, who leads and comes next, printed signs, where and how long."""

import pytest

from flows.parse import parse_text

_Row = tuple[str, str | None, float, str | None]


def _rows(text: str) -> list[_Row]:
    return [(it.value_text, it.indicator, it.value, it.comparison) for it in parse_text(text).metrics]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "The sector grew by 10%, a sharp turnaround from the 4% contraction in the previous quarter.",
            ("4%", "sector", -4, None),
        ),
        ("Mining grew by 2%, slightly higher than the 1% growth in 2022.", ("1%", "Mining", 1, None)),
        ("Sales rose 2%, although this was down from the 3% rate in May 2023.", ("3%", "Sales", 3, None)),
        ("Shops suffered a 3% decline in May 2023.", ("3%", "Shops", -3, None)),
        ("Sales fell 2%, headed by toys, which were down 6%.", ("6%", "toys", -6, None)),
        ("Gains were seen in all trades apart from toys, which fell 6%.", ("6%", "toys", -6, None)),
        ("Sales rose in May, with Ardal leading the way with a 2% increase.", ("2%", "Ardal", 2, None)),
        ("Sales rose 5% in Ardal. This was followed by Borva with a 3% increase.", ("3%", "Borva", 3, None)),
        ("Growth in mining in May 2023 was (-)3.5%.", ("(-)3.5%", "mining", -3.5, None)),
        ("Growth in mining was (+) 3.5%, in steel (-)2%.", ("(-)2%", "steel", -2, None)),
        ("Toy shops' year on year volume fell 3.5%.", ("3.5%", "Toy shops' volume", -3.5, "year_on_year")),
        ("Sales in the three months from May to July 2023 rose by 1%.", ("1%", "Sales", 1, None)),
        ("Over the three months to July 2023 toy sales rose by 1%.", ("1%", "toy sales", 1, None)),
        ("In the toy trade sector, volumes dropped 6%.", ("6%", "volumes in toy trade sector", -6, None)),
        ("The amount spent online rose by 2%.", ("2%", "amount spent online", 2, None)),
        (
            "This marks the third consecutive month of growth in toy sales.",
            ("third consecutive month", "toy sales", 3, None),
        ),
        ("Employment increased 24,100 to 592,200 in May 2023.", ("592,200", "Employment", 592200, None)),
        ("Part-time jobs rose 5,400 persons to 380,400.", ("380,400", "Part-time jobs", 380400, None)),
        (
            "In May 2023 tea output was 5% lower contributing -2 percentage points.",
            ("-2 percentage points", "tea output", -2, None),
        ),
        (
            "Tea output fell 4% in May 2023, following month-on-month changes of 3% in April.",
            ("3%", "Tea output", 3, "month_on_month"),
        ),
        ("Sales fell by 6%, with the main contributors being toys, which fell by 24%.", ("24%", "toys", -24, None)),
        ("Sales of tea fell 8%, pulling down food sales by 4%.", ("4%", "food sales", -4, None)),
        (
            "Capacity rose to 12 GW, including 4 GW from tides and 3 GW from waves.",
            ("3 GW", "Capacity from waves", 3e9, None),
        ),
        ("It added that Fiji saw its capacity surge 25% in 2023.", ("25%", "capacity of Fiji", 25, None)),
        ("The main drivers were toys (TYs), where output was up 2%.", ("2%", "output in toys", 2, None)),
        ("Fiji saw 5% growth in output in 2023, reaching 3 million tonnes.", ("3 million tonnes", "output", 3e6, None)),
        (
            "Starts in May were at an adjusted annual rate of 900. It is 4% (±1%) below the revised April rate of 940.",
            ("940", "Starts", 940, None),
        ),
        (
            "The highest increases in prices were recorded in Fiji (+8%), while prices fell in Peru (-1%).",
            ("-1%", "prices in Peru", -1, None),
        ),
        ("Sales rose in May, while falls were observed in Fiji (-2%).", ("-2%", "Fiji", -2, None)),
        ("Prices have risen by a more modest 3% in May 2023.", ("3%", "Prices", 3, None)),
        ("Tea exports in the reviewed period fell 3%.", ("3%", "Tea exports", -3, None)),
        ("In 2023 Fiji had trade surplus of 6 billion dollars.", ("6 billion dollars", "trade surplus", 6e9, None)),
        ("The mix has improved with farming making up 16% in 2023.", ("16%", "farming", 16, None)),
        (
            "Total capital of new projects and repairs amounted to 5 billion yuan.",
            ("5 billion yuan", "Total capital of new projects and repairs", 5e9, None),
        ),
        ("Growth was seen in goods, including fruits (up 4%).", ("4%", "fruits", 4, None)),
        (
            "In 2023 sales fell on shipments of chips (down 3%), phones (down 2%), and toys (down 8%).",
            ("8%", "toys", -8, None),
        ),
        (
            "Revenue in April was 32 billion yuan, followed by 62 billion yuan in May.",
            ("62 billion yuan", "Revenue", 62e9, None),
        ),
        ("Fees were 6% higher and the duties are 15% higher than in 2022.", ("15%", "duties", 15, "versus_reference")),
        ("A total of 15 billion yuan worth of toys were shipped in 2023.", ("15 billion yuan", "toys", 15e9, None)),
        ("The rise was mainly contributed by food trade, which rose 22%.", ("22%", "food trade", 22, None)),
    ],
)
def test_the_last_value_of_a_release_sentence(text: str, row: _Row) -> None:
    assert _rows(text)[-1] == row


def test_quarter_on_quarter_is_no_fourth_part() -> None:
    assert _rows("On a quarter-on-quarter basis, output rose 2% in 2023.") == [
        ("2%", "output", 2, "quarter_on_quarter")
    ]


def test_a_window_of_weeks_is_no_quantity() -> None:
    assert _rows("During the four week period, weekly sales were 6 million pounds.")[0][0] == "6 million pounds"


def test_points_of_a_rate_and_parts_of_one_are_percentage_points() -> None:
    text = "The jobless rate rose 0.1 pts to 5.2%. The main drag was ore (-9% and adding -0.8 of a percentage point)."
    assert [it.unit for it in parse_text(text).metrics] == [
        "percentage_point",
        "percent",
        "percent",
        "percentage_point",
    ]
