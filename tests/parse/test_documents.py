"""What a document says of itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.parse.documents import describe
from flows.parse.documents_dates import find_dates
from flows.parse.segment import segment
from flows.records import Document, RawText, Source

_ROOT = Path(__file__).parents[2]
_GOLD = sorted((_ROOT / "tests" / "gold").glob("*.json"))


def document_of(text: str) -> Document:
    layout = segment(text, "d")
    raw = RawText(
        "d", "raw/d.txt", text, "0" * 64, len(text.encode("utf-8", "replace")), Source(url="https://example.org/d")
    )
    return describe(raw, layout)


@given(st.text(max_size=300))
def test_any_text_is_described(text: str) -> None:
    document = document_of(text)
    assert document.characters == len(text)
    assert document.source_url == "https://example.org/d"


@pytest.mark.parametrize("path", _GOLD, ids=lambda path: path.stem)
def test_the_five_texts_say_what_their_gold_says(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    with (_ROOT / gold["file"]).open(encoding="utf-8", newline="") as file:
        document = document_of(file.read())
    for field, want in gold["document"].items():
        have = getattr(document, field)
        assert (have.isoformat() if isinstance(have, date) else have) == want, field


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("11 September 2025", [date(2025, 9, 11)]),
        ("Jan. 19, 2024", [date(2024, 1, 19)]),
        ("2024-03-21 16:56:00", [date(2024, 3, 21)]),
        ("21 December", [date(2023, 12, 21)]),
        ("31 February 2024", []),
    ],
)
def test_days_are_read(text: str, days: list[date]) -> None:
    assert find_dates(text, 2023) == days


@pytest.mark.parametrize(
    ("bar", "page", "count"),
    [("1  2  3  4  >", 1, 4), ("<  1  2  3  4  >", None, 4), ("<  1  2  3  4", 4, 4), ("Home > Trade", None, None)],
)
def test_navigation_shows_the_page(bar: str, page: int | None, count: int | None) -> None:
    document = document_of(f"Trade grew\n\nIt grew by 5% in May, as was said.\n\n{bar}")
    assert (document.page, document.page_count) == (page, count)


def test_day_beside_the_title_is_the_publications_and_under_the_speakers_the_events() -> None:
    document = document_of(
        "Press conference on trade\n\nChina.org.cn | May 3, 2024\n\nMr. Li Ming, "
        "minister of trade\n\nMay 2, 2024\n\nLi Ming:\n\nGood morning."
    )
    assert (document.publisher, document.published_on, document.event_on) == (
        "China.org.cn",
        date(2024, 5, 3),
        date(2024, 5, 2),
    )
    assert document.kind == "press_conference"


def test_day_without_a_year_takes_the_year_that_the_document_fixes() -> None:
    document = document_of(
        "The work conference was held on 21 December. It looked back on 2023. In 2023 output rose. 2024 is next.\n"
    )
    assert document.event_on == date(2023, 12, 21)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Price index, May 2024\n\nBureau of Statistics\n\nThe index rose by 0.3% in May of the year.",
            "statistical_release",
        ),
        ("Budget speech\n\nMr Speaker,\n\nWe will cut taxes.", "speech"),
        ("Action plan for ports\n\nAll ports must be open by 2027, and roads too.", "other"),
        ("Fire in port\n\nBy Li Ming\n\nA fire broke out in the port on Monday, the mayor said.", "news"),
    ],
)
def test_kinds(text: str, kind: str) -> None:
    assert document_of(text).kind == kind


def test_language_is_english_or_undetermined() -> None:
    assert document_of("The index rose in May and it will rise again.").language == "en"
    assert document_of("Le prix augmente chaque mois sans exception notable.").language == "und"
    assert document_of("").language == "und"


def test_the_dateline_of_a_report_gives_its_agency_and_its_day_in_the_year_that_fits_the_weekday() -> None:
    document = document_of(
        "Trade grows\n\nBEIJING, May 9 (Xinhua) -- Trade grew in 2026, data showed Saturday, an official said.\n\n"
        "By 2027 it will be larger, and by 2030 larger still, the official said.\n"
    )
    assert (document.publisher, document.published_on) == ("Xinhua", date(2026, 5, 9))


def test_a_range_of_days_is_the_events_and_a_greeting_of_the_press_a_press_conference() -> None:
    declared = document_of("Leaders' Declaration\n2022-11-16\n\nBali, 15-16 November 2022\n\nWe met. We will act.\n")
    assert (declared.kind, declared.published_on, declared.event_on) == (
        "other",
        date(2022, 11, 16),
        date(2022, 11, 15),
    )
    opening = "Good afternoon, the Vice-President and I welcome you to our press conference.\n\nWe kept rates.\n"
    assert document_of(opening).kind == "press_conference"


@pytest.mark.parametrize(
    ("text", "title", "publisher", "published", "event"),
    [
        (
            "Czech National Bank\nPress conference of the Bank Board\n7 August 2025\n\nGood day.\n\nQ: Why?\n\nA: So.",
            "Press conference of the Bank Board",
            "Czech National Bank",
            None,
            date(2025, 8, 7),
        ),
        (
            (
                "Office for National Statistics (ONS)\nStatistical Release\n\n"
                "Retail Sales May 2025\n\n10 July 2025, 11am\n\n"
                "Output fell by 3%.\n"
            ),
            "Retail Sales May 2025",
            "Office for National Statistics",
            date(2025, 7, 10),
            None,
        ),
        (
            (
                "Arcadia Energy Digest\nREADOUT | Administration sets out its agenda\n"
                "Posted 17 December 2025\n\nOutput grew by 3%.\n"
            ),
            "Administration sets out its agenda",
            "Arcadia Energy Digest",
            date(2025, 12, 17),
            None,
        ),
        (
            (
                "Exports on course for a new high\n\nBy Le Minh\nArcadia Times - October 7, 2025 | 17:05 GMT+7\n\n"
                "Exports climbed 16 per cent, Deputy Minister Tran Huy told reporters on Monday.\n\n"
                "Speaking at the quarterly press conference, Huy said that the surplus had narrowed.\n"
            ),
            "Exports on course for a new high",
            "Arcadia Times",
            date(2025, 10, 7),
            date(2025, 10, 6),
        ),
        (
            "- Home\n- Press\n- Ports statement\nPorts statement\nPublished on the 7th of March 2025\n\nPorts grew.\n",
            "Ports statement",
            None,
            date(2025, 3, 7),
            None,
        ),
        (
            "REUTERS\nOrders of Northland fall 3.7% in May\nBy Ada Roe (Coast Daily)\n\nOrders fell, data showed.\n",
            "Orders of Northland fall 3.7% in May",
            "Coast Daily",
            None,
            None,
        ),
        (
            "Skip Menu\n\nPorts jump 17.4 percent 2017-06-14\nThe bureau said that ports grew by 3%.\n",
            "Ports jump 17.4 percent",
            None,
            date(2017, 6, 14),
            None,
        ),
        (
            "Ada Roe attends a press conference in Lund, May 3, 2024. [Photo/Coast Daily]\n\nPorts grew, she said.\n",
            None,
            None,
            None,
            date(2024, 5, 3),
        ),
        (
            (
                "Keeping Water Secure\n\nBy Li Ming\n\n"
                "Source: Qiushi Journal, English Edition, No. 4, July-August 2025\n"
                "Updated: 2025-08-20\n\nWe save water.\n"
            ),
            "Keeping Water Secure",
            "Qiushi Journal",
            date(2025, 8, 20),
            None,
        ),
    ],
)
def test_letterheads_and_bylines(
    text: str, title: str | None, publisher: str | None, published: date | None, event: date | None
) -> None:
    document = document_of(text)
    assert (document.title, document.publisher) == (title, publisher)
    assert (document.published_on, document.event_on) == (published, event)


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Ports\n\nCoast.example.cnUpdated:  March 3, 2022\n\nPorts grew.\n", "Coast.example.cn"),
        ("Ports\n\n时间:2022-03-01 08:00:12来源: Coast Daily\n\nPorts grew.\n", "Coast Daily"),
        ("Ports\n\n(Coast Daily Online) 08:31, November 07, 2024\n\nPorts grew.\n", "Coast Daily Online"),
        (
            "Orders, May 2024\n\nOrders rose 1.7%, the Northland Census Bureau said today. Cars: 0.4%, 2%, 3%.\n",
            "Northland Census Bureau",
        ),
    ],
)
def test_publishers_of_glued_bylines_and_of_releases_without_one(text: str, publisher: str) -> None:
    assert document_of(text).publisher == publisher


def test_a_year_that_lies_ahead_dates_no_report() -> None:
    text = "Homes\n\nLISBON, March 3 (Reuters) - Portugal will build 59,000 homes by 2030, the minister said.\n"
    assert document_of(text).published_on is None
