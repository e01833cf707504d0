"""The five real texts against their gold: the scores that the project promises."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from flows.parse.assemble import find_conflicts
from flows.records import Finding
from tests.scoring import FIVE_TEXTS, Tally, f1, read_cases, report, right, score_all


@pytest.fixture(scope="module")
def tallies() -> Mapping[str, Tally]:
    return score_all(read_cases(FIVE_TEXTS)).tallies


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    parsed = [case.parsed for case in read_cases(FIVE_TEXTS)]
    conflicts = find_conflicts([metric for text in parsed for metric in text.metrics])
    return [*(finding for text in parsed for finding in text.findings), *conflicts]


def test_there_are_five_texts() -> None:
    assert len(read_cases(FIVE_TEXTS)) == 5


@pytest.mark.parametrize(
    ("table", "least", "least_whole"), [("metrics", 0.97, 0.90), ("tasks", 0.97, 0.90), ("appearances", 0.95, 0.0)]
)
def test_rows_are_found_and_right(tallies: Mapping[str, Tally], table: str, least: float, least_whole: float) -> None:
    told = "\n".join(report({table: tallies[table]}))
    assert f1(tallies[table]) >= least, told
    assert right(tallies[table], "whole row") >= least_whole, told


def test_every_attribute_of_every_document_is_right(tallies: Mapping[str, Tally]) -> None:
    assert all(good == seen for good, seen in tallies["documents"].attributes.values()), report(tallies)


def test_no_numeral_is_unresolved_but_the_malformed_one() -> None:
    unresolved = [
        numeral.text
        for case in read_cases(FIVE_TEXTS)
        for numeral in case.parsed.numerals
        if numeral.role == "unresolved"
    ]
    assert unresolved == ["103,00"]


def test_the_malformed_number_is_a_finding(findings: list[Finding]) -> None:
    assert any("103,00" in finding.message for finding in findings if finding.code == "malformed-number")


def test_the_documents_that_disagree_on_growth_in_2023_are_a_finding(findings: list[Finding]) -> None:
    conflicts = [finding for finding in findings if finding.code == "conflicting-values"]
    assert any("4.3" in finding.message and "4.6" in finding.message for finding in conflicts)


def test_the_digest_that_announces_12_tasks_and_lists_13_is_a_finding(findings: list[Finding]) -> None:
    counts = [finding for finding in findings if finding.code == "count-mismatch"]
    assert any("12" in finding.message and "13" in finding.message for finding in counts)
