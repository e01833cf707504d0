"""Whose value it is: subjects that are long, elided, coordinated, or stand in another clause."""

from __future__ import annotations

import pytest

from flows.parse import parse_text

SENTENCES: dict[str, list[str]] = {
    "The value added of mining rose by 2.0 percent, the manufacturing grew by 6.1 percent.": [
        "value added of mining",
        "value added of manufacturing",
    ],
    "Investment in ports grew by 4.4 percent, and exports fell by 10.6 percent.": ["Investment in ports", "exports"],
    "Investment in ports was up by 2.6 percent, and that in railways down by 1.1 percent.": [
        "Investment in ports",
        "Investment in railways",
    ],
    "The output and sales of tractors reached 1.2 million and 1.1 million units, up 4 percent and 5 percent.": [
        "output of tractors",
        "sales of tractors",
        "output of tractors",
        "sales of tractors",
    ],
    "The value added of steel and glass grew by 5% and 7% respectively, 1 and 3 percentage points faster.": [
        "value added of steel",
        "value added of glass",
        "value added of steel",
        "value added of glass",
    ],
    "Exports of pumps topped 1 trillion yuan for the first time, up 29.9%.": ["Exports of pumps", "Exports of pumps"],
    "Sales of five product groups — lamps, fans and stoves — exceeded 500 billion yuan.": [
        "product groups",
        "Sales of five product groups",
    ],
    "The M9 money supply stood at 313 trillion yuan.": ["M9 money supply"],
    "Receipts other than borrowings are estimated at 35 trillion yuan.": ["Receipts other than borrowings"],
    "Annual growth in loans to firms rose to 1.2%.": ["loans to firms"],
    "The contribution of exports to economic growth was 44.5 percent.": ["contribution of exports to economic growth"],
    "The jobless rate remained at its historical low of 6.3%.": ["jobless rate"],
    "Investment in looms rose 9 percent, outpacing overall growth by 6 percentage points.": [
        "Investment in looms",
        "Investment in looms",
    ],
    "The highest unemployment rates were seen in Ardal (11.2%), Borva (9.3%) and Cand (8.1%).": [
        "unemployment rate in Ardal",
        "unemployment rate in Borva",
        "unemployment rate in Cand",
    ],
    "This will provide tax relief up to 2,000 yuan to every firm.": ["tax relief"],
    "Exports to Ardal rose by 5%; those to Borva fell by 3%.": ["Exports to Ardal", "Exports to Borva"],
    "The growth rates of the three sectors, mining, textiles and power, are 1.2%, 5.2% and 8.6%.": [
        "mining",
        "textiles",
        "power",
    ],
    "A total of 3,680 emitters from the steel sector have been included.": ["emitters from the steel sector"],
    "As for tin, exports reached 7,742 tonnes.": ["exports of tin"],
    "The gap was widest in the textile sector, where the surplus fell to 3 billion yuan.": [
        "surplus in textile sector"
    ],
    "Some 310 GW of new capacity was connected, 84% of all additions.": [
        "new capacity",
        "new capacity of additions",
    ],
    "Lending to firms, which had grown by 9.8% in 2024, slowed to 4.4%.": ["Lending to firms", "Lending to firms"],
    "The ministry will invest 3 billion yuan in fibre networks and boost support.": ["investment in fibre networks"],
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_value_measures(sentence: str) -> None:
    parsed = parse_text(f"Report\n\n{sentence}\n", document_id="report")
    assert [metric.indicator for metric in parsed.metrics] == SENTENCES[sentence]


def test_a_paragraph_may_point_back_to_the_one_before() -> None:
    text = "Report\n\nIndustrial output grew by 6.9 percent.\n\nThe growth was 0.9 points faster than in May.\n"
    parsed = parse_text(text, document_id="report")
    assert [metric.indicator for metric in parsed.metrics] == ["Industrial output", "Industrial output"]


def test_a_definite_head_stands_for_the_whole_phrase() -> None:
    text = "Report\n\nThe change in rural employment was revised up by 3,000, and the change was later cut by 2,000.\n"
    parsed = parse_text(text, document_id="report")
    assert {metric.indicator for metric in parsed.metrics} == {"change in rural employment"}
