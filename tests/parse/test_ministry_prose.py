"""Moulds of what ministries tell: lists that pair with lists, what goes on behind a comparison, whose something is."""

import pytest

from flows.parse import parse_text


def _read(text: str) -> list[tuple[str, str | None, str]]:
    return [(it.value_text, it.indicator, it.measure) for it in parse_text(text).metrics]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Output and sales reached 4.1 million and 4.9 million buses respectively, up 30 percent and 32 percent.",
            [
                ("4.1 million", "Output", "level"),
                ("4.9 million", "sales", "level"),
                ("30 percent", "Output", "change"),
                ("32 percent", "sales", "change"),
            ],
        ),
        (
            "Sales stood at 4.9 million units respectively, up 30 percent.",
            [("4.9 million", "Sales", "level"), ("30 percent", "Sales", "change")],
        ),
        (
            "Output rose 7.1 percent, with output of tin, zinc and lead up 13.5 percent, 3.7 percent and 11 percent.",
            [
                ("7.1 percent", "Output", "change"),
                ("13.5 percent", "output of tin", "change"),
                ("3.7 percent", "output of zinc", "change"),
                ("11 percent", "output of lead", "change"),
            ],
        ),
        (
            "Three trades, namely mining, steel and orders on hand, grew by 5 percent, 7 percent and 9 percent.",
            [
                ("Three", "trades", "level"),
                ("5 percent", "mining", "change"),
                ("7 percent", "steel", "change"),
                ("9 percent", "orders on hand", "change"),
            ],
        ),
    ],
)
def test_lists_that_pair(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert _read(text) == rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Output was 20 million tonnes, 5 percent up on 2022.",
            [("20 million tonnes", "Output", "level"), ("5 percent", "Output", "change")],
        ),
        (
            "Outlays rose by 9 percent, 5 percentage points higher than those in towns, and made up 40 percent of GDP.",
            [
                ("9 percent", "Outlays", "change"),
                ("5 percentage points", "Outlays", "change"),
                ("40 percent", "Outlays of GDP", "share"),
            ],
        ),
        (
            "The number of users went from 157 million in 2020 to 182 million in 2023.",
            [("157 million", "number of users", "level"), ("182 million", "number of users", "level")],
        ),
        (
            "We fostered 12,000 keen enterprises, whose average outlay exceeds 5 million yuan.",
            [
                ("12,000", "keen enterprises", "level"),
                ("5 million yuan", "average outlay of keen enterprises", "level"),
            ],
        ),
        (
            "Chip imports went up 14.1 percent by volume and 10.5 percent by value in 2023.",
            [("14.1 percent", "Chip imports by volume", "change"), ("10.5 percent", "Chip imports by value", "change")],
        ),
        (
            "Exports totaled 52,307 tonnes, while their value shrank by 20 percent.",
            [("52,307 tonnes", "Exports", "level"), ("20 percent", "value of Exports", "change")],
        ),
        (
            "Exports swung from a 3.9-percent decline in 2023 to a 5.1-percent increase in 2024.",
            [("3.9-percent", "Exports", "change"), ("5.1-percent", "Exports", "change")],
        ),
        (
            "Profits went from a decline of 3.9 percent in 2023 to growth of 5.1 percent in 2024.",
            [("3.9 percent", "Profits", "change"), ("5.1 percent", "Profits", "change")],
        ),
        (
            "The city aims to have 60 percent of its buses replaced by 2025.",
            [("60 percent", "buses replaced", "share")],
        ),
        (
            "Electric cars made up 38.4 percent of sales in the month.",
            [("38.4 percent", "Electric cars of sales", "share")],
        ),
        (
            "Stocks grew 4.7 percent and accounts receivable 9.1 percent.",
            [("4.7 percent", "Stocks", "change"), ("9.1 percent", "accounts receivable", "change")],
        ),
        (
            "Sales rose 5 percent, ending 16 straight months of decline.",
            [("5 percent", "Sales", "change"), ("16 straight months", "Sales", "streak")],
        ),
        (
            "The plant uses 30 percent less water and emits 50 percent less carbon than older ones.",
            [("30 percent", "water", "change"), ("50 percent", "carbon", "change")],
        ),
        (
            "The number of labs tripled from 97 to 301.",
            [
                ("tripled", "number of labs", "change"),
                ("97", "number of labs", "level"),
                ("301", "number of labs", "level"),
            ],
        ),
        (
            "It was the fifth month in a row that factory output shrank.",
            [("fifth month in a row", "factory output", "streak")],
        ),
        (
            "The number of piles went past 10 million in June.",
            [("10 million", "number of piles", "level")],
        ),
        (
            "The ministry received 1,340 applications, approved 870 and rejected 120.",
            [
                ("1,340", "applications", "level"),
                ("870", "applications", "level"),
                ("120", "applications", "level"),
            ],
        ),
        (
            "Sales of electric cars rose by 30 percent, those of petrol ones by 2 percent.",
            [("30 percent", "Sales of electric cars", "change"), ("2 percent", "Sales of petrol cars", "change")],
        ),
        (
            "Small firms accounted for 60 percent of GDP and provided over 80 percent of jobs.",
            [("60 percent", "Small firms of GDP", "share"), ("80 percent", "Small firms of jobs", "share")],
        ),
    ],
)
def test_what_goes_on(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert _read(text) == rows


def test_what_a_month_is_flat_with_dates_nothing() -> None:
    text = "The index stood at 49.5 in June 2024, flat with May, with the sub-index for orders at 50.6."
    assert [it.period_start and it.period_start.month for it in parse_text(text).metrics] == [6, 6]


def test_what_pulls_up_lets_rise() -> None:
    text = "Power took up 33 percent of the total and pulled up growth by 2.5 percentage points."
    assert [it.value for it in parse_text(text).metrics] == [33, 2.5]


def test_parts_of_money_and_differences_to_it_are_money() -> None:
    texts = (
        "Of the 3.9 billion yuan raised, 1.2 billion went to mills.",
        "It cost 3 billion yuan, 2 billion more than before.",
    )
    assert [[it.unit for it in parse_text(text).metrics] for text in texts] == [["CNY", "CNY"]] * 2
