"""Where sentences end, and where a full stop ends none."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.parse.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Output rose. Imports fell.", 2),
        ("Did output rose? It did! Imports fell.", 3),
        ("He said: “Output rose.” Imports fell.", 2),
        ("It closed (for good.) Nobody came.", 2),
        ("Exports rose 3.5 percent. 12 centres were built.", 2),
        ("The fund grew. $5 billion came in.", 2),
        ("The fund grew. ¥5 billion came in.", 2),
        ("No stop at all", 1),
        ("A line\nthat is wrapped\nstays whole. The next.", 2),
        ("It ended… Then it began.", 2),
        ("", 0),
        (" \n\t ", 0),
    ],
)
def test_sentences_end_at_a_stop_before_an_opening(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Xin and Ms. Wang spoke.",
        "Dr. A. B. Smith spoke.",
        "It paid Rs. 500 crore.",
        "See No. 12 of the list.",
        "The firm, Acme Inc. of Delaware, closed.",
        "It opened on Oct. 23 in the capital.",
        "Output rose 3.5 percent.",
        "Trade with the U.S. Treasury stopped.",
        "It rose, e.g. Steel, cement and glass.",
        "Gen. Smith met Sen. Jones.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "text", ["It trades with the U.S. The rest is small.", "They sell steel, cement, etc. This is new."]
)
def test_an_abbreviation_before_an_opener_does(text: str) -> None:
    assert len(sentences(text)) == 2


def test_only_the_part_asked_for_is_split() -> None:
    text = "One here. Two here. Three here."
    assert [text[a:b] for a, b in split_sentences(text, 10, 19)] == ["Two here."]


@given(st.lists(st.sampled_from(["Output rose", "Mr.", "5.2", ". ", "? ", ".”", "\n", " ", "The", "U.S.", "\t", "…"])))
def test_sentences_lie_in_order_and_lose_nothing_but_white_space(parts: list[str]) -> None:
    text = "".join(parts)
    bounds = split_sentences(text, 0, len(text))
    assert "".join("".join(text[a:b].split()) for a, b in bounds) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() for a, b in bounds)
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(bounds))
