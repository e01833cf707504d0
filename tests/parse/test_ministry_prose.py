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
            "Small firms accounted for 60 percent of GDP and provided over 80 percent of jobs.",
            [("60 percent", "Small firms of GDP", "share"), ("80 percent", "Small firms of jobs", "share")],
        ),
    ],
)
def test_what_goes_on(text: str, rows: list[tuple[str, str, str]]) -> None:
    assert _read(text) == rows
