"""A text's passages tile it, in order, and are of the right kinds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.parse.rules import load_rules
from flows.parse.segment import segment
from flows.records import Layout

_PIECES = st.sampled_from(
    [
        "Jin Zhuanglong:", "Q: Why?", "CHAIR POWELL. Good.", "• item", "\t- deeper", "1. One", "(a) two", "I. Heading",
        "\n", "\n\n", "\r\n", "\r", "\u2028", "\x0c", "\x00", "\ufeff", "\u200b", "\xa0", "   ", "😀", "金壮龙",
        "<  1  2  3  >", "a   b   5", "including", "We will act.", "PHOTO BY X", "Mr. Xin Guobin, vice minister",
        "Notes:", "Page 1 of 3",
        "May 3, 2024", "By Li Ming", "he said", "Present:", "* * *", "|a|b|5|", "First heading", "...", "\u202e",
    ]
)  # fmt: skip
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(_PIECES, max_size=40).map("".join),
    st.lists(_PIECES, max_size=40).map("\n".join),
)


def kinds_of(text: str) -> list[str]:
    return [passage.kind for passage in segment(text, "d").passages]


def assert_tiles(text: str, layout: Layout) -> None:
    at = 0
    for position, passage in enumerate(layout.passages):
        assert passage.position == position
        assert passage.passage_id == f"d:p{passage.char_start}"
        assert passage.char_start < passage.char_end
        assert passage.text == text[passage.char_start : passage.char_end]
        assert not text[at : passage.char_start].strip()
        at = passage.char_end
    assert not text[at:].strip()


@given(_TEXTS)
def test_every_printed_character_lies_in_exactly_one_passage(text: str) -> None:
    assert_tiles(text, segment(text, "d"))


@given(_TEXTS)
def test_sentences_lie_in_their_passages_in_order(text: str) -> None:
    layout = segment(text, "d")
    at = 0
    for sentence in layout.sentences:
        passage = layout.passages[sentence.passage]
        assert max(at, passage.char_start) <= sentence.char_start < sentence.char_end <= passage.char_end
        at = sentence.char_end


@given(_TEXTS)
def test_parents_stand_before_their_children_and_one_step_up(text: str) -> None:
    by_id = {passage.passage_id: passage for passage in segment(text, "d").passages}
    for passage in by_id.values():
        if passage.parent_passage_id is None:
            assert passage.depth == 0
        else:
            parent = by_id[passage.parent_passage_id]
            assert parent.position < passage.position
            assert passage.depth == parent.depth + 1


def test_head_of_a_page() -> None:
    text = "Home > News\n\nTrade grew fast\n\nXinhua | May 3, 2024\n\nTrade grew by 5% in April. It will grow on.\n"
    assert kinds_of(text) == ["navigation", "title", "byline", "paragraph"]


def test_text_without_a_title_opens_with_a_paragraph() -> None:
    assert (
        kinds_of("On Monday the ministry held a long and open meeting. It was good.\n\nMore was said there.")
        == ["paragraph"] * 2
    )


def test_label_on_the_line_of_its_words_is_a_passage_of_its_own() -> None:
    layout = segment("Press conference\n\nQ: Why now?\n\nMarchetti: Because we must.\n\nMarchetti: And we will.", "d")
    assert [p.text for p in layout.passages if p.kind == "label"] == ["Q:", "Marchetti:", "Marchetti:"]
    assert [p.text for p in layout.passages if p.kind == "paragraph"] == [
        "Why now?",
        "Because we must.",
        "And we will.",
    ]


def test_headings_before_a_colon_are_no_labels() -> None:
    text = "Bulletin\n\nIt grew in every month of the year.\n\nPrices: the index rose.\n\nKey Tasks: more is to come.\n"
    assert "label" not in kinds_of(text)


def test_lists_nest_by_indent_and_by_style() -> None:
    text = "The plan sets tasks, including\n• one\n    – deeper\n    – again\n• two\n1. a numbered item\n"
    layout = segment(text, "d")
    assert [(p.kind, p.depth) for p in layout.passages] == [
        ("paragraph", 0),
        ("list_item", 1),
        ("list_item", 2),
        ("list_item", 2),
        ("list_item", 1),
        ("list_item", 2),
    ]
    assert text[layout.sentences[1].char_start :].startswith("one")


def test_list_without_bullets_stands_under_its_lead_in() -> None:
    text = (
        "Plan of the year\n\nIt has four parts. They are big.\n\nThe ministry "
        "will:\nbuild roads\nopen ports\nlay cables\n"
    )
    layout = segment(text, "d")
    assert [p.kind for p in layout.passages[2:]] == ["paragraph", "list_item", "list_item", "list_item"]
    assert {p.parent_passage_id for p in layout.passages[3:]} == {layout.passages[2].passage_id}


def test_numbered_paragraphs_of_a_speech_are_paragraphs_and_numbered_headings_headings() -> None:
    text = (
        "Budget\n\nFarms\n\n12. I propose to build barns in all districts.\n\n13. We "
        "will go on.\n\nI. Prices rose\nThey rose by 5%.\n"
    )
    assert kinds_of(text) == ["title", "heading", "paragraph", "paragraph", "heading", "paragraph"]


def test_hard_wrapped_lines_are_one_paragraph_and_page_heads_stand_alone() -> None:
    text = (
        "May 3, 2024        Chair Li's Press Conference        FINAL\n\n"
        "      CHAIR LI. Good afternoon to all of you. My colleagues and I remain\n"
        "focused on our goals, and we will do whatever it takes to reach them in\n"
        "the end, as the people of this country rightly expect from us.\n\n"
        "                         Page 1 of 2\n\n"
        "May 3, 2024        Chair Li's Press Conference        FINAL\n\n"
        "      Prices rose by two percent over the last year, and we expect them to\n"
        "rise at much the same pace next year.\n"
    )
    assert kinds_of(text) == ["page_header", "label", "paragraph", "page_header", "page_header", "paragraph"]


def test_columns_of_figures_are_a_table() -> None:
    text = (
        "Output\n\nThe table gives output by region of the country.\n\nRegion     May    "
        " June\nNorth      1.5     2.5\nSouth      3.5     4.5\n"
    )
    assert kinds_of(text)[-1] == "table"


@pytest.mark.parametrize(
    "text",
    [
        "1" * 1_000_000,
        " " * 1_000_000 + "x",
        "\n" * 1_000_000,
        "word and Then 5.5% grew. " * 40_000,
        "".join("\t" * (n % 200) + "- item\n" for n in range(10_000)),
        "".join(" " * n + "• x\n" for n in range(1_000)),
        "ab\r\nc\rd\u2028e\x0bf\x85\n" * 10_000,
        "\x00" * 1_000_000,
        "including\n" * 20_000,
        "😀 \U0001d49cbc 𠀀。" * 100_000,
    ],
    ids=["digits", "blanks", "newlines", "one-line", "bullets", "staircase", "breaks", "nul", "lead-ins", "astral"],
)
def test_hostile_texts_are_cut_quickly(text: str) -> None:
    started = time.process_time()
    assert_tiles(text, segment(text, "d"))
    assert time.process_time() - started < 10


def test_page_heads_in_the_middle_of_a_sentence_stand_alone() -> None:
    text = (
        "Prices rose in the labor\nPage 1 of 28March 19, 2025 Chair Hartley's Press Conference FINAL\n"
        "market and fell elsewhere in the year.\n"
    )
    assert "page_header" in kinds_of(text)
    assert "heading" not in kinds_of(text)


def test_pieces_of_a_sentence_around_a_number_or_an_indent_are_one_passage() -> None:
    assert len(segment("Output has grown by about\n10\npercent in the year.\n", "x").passages) == 1
    items = segment("Steps:\n\n-   Already the department has received\n    statements of interest.\n-   More\n", "x")
    assert [passage.kind for passage in items.passages if passage.depth][:2] == ["list_item", "list_item"]


def test_head_block_without_colons_and_with_long_lines_is_one() -> None:
    text = (
        "Ridge briefing on ports\nand railways\nAldera | 10 a.m. March 19, 2021\n\nSpeakers\n\n"
        "Yan Xiao, vice minister of transport\n\nSun Wei, a person in charge of the Department of High-Speed Lines of "
        "the Ministry of Transport of the Republic\n\nChairperson:\n\nChen Wen, head of the Press Bureau of the State "
        "Council Information Office (SCIO) and spokesperson of the SCIO\n\nDate:\n\nMarch 19, 2021\n\nChen Wen:\n\n"
        "Good morning."
    )
    assert kinds_of(text) == ["title", "title", *["head"] * 8, "label", "paragraph"]


@pytest.mark.parametrize(
    "menu",
    ["App | 中文 |", "print-only banner\nNews\nHome > News > May 2006", "分享縮略圖", "- RIDGE & WORLD - News - Ports"],
)
def test_menus_over_a_title_are_navigation(menu: str) -> None:
    kinds = kinds_of(f"{menu}\n\nPorts grow again in the north\n\nUpdated: Jul 8,2016 11:37 AM\n\nTraffic grew by 5%.")
    assert kinds[-3:] == ["title", "byline", "paragraph"]
    assert set(kinds[:-3]) == {"navigation"}


def test_contents_of_letters_are_no_answers() -> None:
    assert "label" not in kinds_of("CONTENTS\n\nA. Investing in People  8\n\nB. Investing in Ports  10\n\nWe will act.")


def test_an_item_goes_on_in_deeper_lines_behind_a_comma_or_an_open_bracket() -> None:
    text = (
        "- Quays (Aldo, Bree,\n\t\t\tCape) will be linked.\n- Yards that lead in ropes,\n\t\t\tsails and masts grow.\n"
    )
    assert kinds_of(text) == ["list_item", "list_item"]
    assert kinds_of("- The plan covers:\n    Ropes,\n    Sails,\n") != ["list_item"]


def test_rules_that_say_that_their_lines_hold_no_full_stop_match_none_that_does() -> None:
    rules = [rule for rule in load_rules("segment") if not rule.data.get("stops", True)]
    stopped = [(rule, f"{hit[:at]}.{hit[at:]}") for rule in rules for hit in rule.hits for at in range(len(hit) + 1)]
    assert [line for rule, line in stopped if rule.pattern.match(line)] == []
    assert len(rules) == 4
