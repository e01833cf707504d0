"""Mentions: names of the vocabulary, the longest first."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.parse.mentions import find_mentions
from flows.records import Entity, Mention, Passage
from flows.vocabulary import Vocabulary, default_vocabulary

SMALL = Vocabulary(
    (),
    (
        Entity("steel", "industry", "Steel", None, ("iron and steel",), None),
        Entity("metals", "industry", "Non-ferrous metals", None, ("nonferrous metals",), None),
        Entity("batteries", "industry", "Battery", None, ("power battery", "power battery swapping"), None),
        Entity("nevs", "industry", "New energy vehicles", None, ("NEV", "IT"), None),
        Entity("apple", "organisation", "Apple", None, (), None),
        Entity("one", "place", "One land", None, ("the region",), None),
        Entity("two", "place", "Two land", None, ("the region",), None),
        Entity("theme", "theme", "Growth", None, ("steel growth",), None),
    ),
    (),
    frozenset({"apple"}),
)


def mentions_of(text: str, vocabulary: Vocabulary = SMALL) -> tuple[Mention, ...]:
    whole = Passage("d:p0", "d", 0, "paragraph", None, 0, None, 0, len(text), text)
    return find_mentions(text, [whole], vocabulary, "d")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Iron and steel grew.", [("Iron and steel", "steel")]),
        ("Steelmakers and stainless-steel.", [("steel", "steel")]),
        (
            "non ferrous metals, nonferrous\nmetal",
            [("non ferrous metals", "metals"), ("nonferrous\nmetal", "metals")],
        ),
        ("Batteries and power battery swaps.", [("Batteries", "batteries"), ("power battery", "batteries")]),
        ("NEVs, nevs and an NEV; it grew.", [("NEVs", "nevs"), ("NEV", "nevs")]),
        ("Apple sold apples to apple fans.", [("Apple", "apple")]),
        ("The region and growth.", []),
        ("𝟙 Steel, İ steel", [("Steel", "steel"), ("steel", "steel")]),
    ],
)
def test_mentions(text: str, found: list[tuple[str, str]]) -> None:
    rows = mentions_of(text)
    assert [(row.text, row.entity_id) for row in rows] == found
    assert all(text[row.char_start : row.char_end] == row.text for row in rows)


def test_the_vocabulary_of_the_package() -> None:
    rows = mentions_of("The MIIT supports new energy vehicles in Jiangsu.", default_vocabulary())
    assert [row.entity_id for row in rows] == [
        "ministry-of-industry-and-information-technology",
        "new-energy-vehicles",
        "jiangsu",
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=100),
        st.lists(st.sampled_from(["steel", " ", "NEV", "-", "\n", "İ", "𝟙", "power battery "])).map("".join),
    )
)
def test_any_text_gives_valid_rows(text: str) -> None:
    rows = mentions_of(text)
    assert len({row.mention_id for row in rows}) == len(rows)
    assert all(text[row.char_start : row.char_end] == row.text != "" for row in rows)
    assert all(a.char_end <= b.char_start for a, b in pairwise(rows))
