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
