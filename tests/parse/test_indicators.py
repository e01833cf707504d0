"""Canonical indicators: spelling, plural and word order do not matter; what the vocabulary lacks has none."""

from __future__ import annotations

import pytest

from flows.parse.indicators import find_indicator
from flows.records import Indicator
from flows.vocabulary import Vocabulary, default_vocabulary

SMALL = Vocabulary(
    (
        Indicator("labour-productivity", "Labour productivity", "", None, None, ("output per hour worked",), ""),
        Indicator("innovation-centres", "Innovation centres", "", "count", None, ("centres for innovation",), ""),
        Indicator("new-orders", "New orders index", "", None, None, (), ""),
    ),
    (),
    (),
    frozenset(),
)


@pytest.mark.parametrize(
    ("phrase", "indicator"),
    [
        ("labour productivity", "labour-productivity"),
        ("Labour Productivity", "labour-productivity"),
        ("labor productivity", "labour-productivity"),
        ("the productivity of labour", "labour-productivity"),
        ("output per hour worked", "labour-productivity"),
        ("innovation centers", "innovation-centres"),
        ("innovation centre", "innovation-centres"),
        ("centers for innovation", "innovation-centres"),
        ("innovation centres (ICs)", "innovation-centres"),
        ("innovation-centres", "innovation-centres"),
        ("productivity", None),
        ("centres", None),
        ("innovation centres of nothing known", None),
        ("", None),
        ("(…)", None),
    ],
)
def test_a_phrase_finds_its_indicator(phrase: str, indicator: str | None) -> None:
    assert find_indicator(phrase, SMALL) == indicator


def test_a_new_row_is_all_it_takes() -> None:
    more = SMALL._replace(indicators=(*SMALL.indicators, Indicator("tea", "Tea output", "", None, None, (), "")))
    assert find_indicator("output of tea", SMALL) is None
    assert find_indicator("output of tea", more) == "tea"


def test_every_label_of_the_shipped_vocabulary_finds_its_own_row() -> None:
    vocabulary = default_vocabulary()
    lost = [row.label for row in vocabulary.indicators if find_indicator(row.label, vocabulary) != row.indicator_id]
    assert not lost
