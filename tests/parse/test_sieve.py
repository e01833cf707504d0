"""No match is lost to the sieve: what a pattern asks for is in everything that it matches."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import RuleError
from flows.parse.beginnings import may_begin
from flows.parse.documents_kind import _REPORTED
from flows.parse.literals import EDGE, fold_case, is_word, required_literals
from flows.parse.marks import CLOSE, OPEN, marked
from flows.parse.rules import load_rules, ways_of
from flows.parse.scan import find_words, scan
from flows.parse.sieve import each_match, find_signs, first_match, sift, sift_part, table_sieve
from flows.parse.speakers_parts import _HANDS_OVER

ROOT = Path(__file__).parents[2]
PATTERNS = ROOT / "flows" / "parse" / "patterns"
TABLES = sorted(path.stem for path in PATTERNS.glob("*.toml"))
HITS = [hit for table in TABLES for rule in load_rules(table) for hit in rule.hits]
EVERY_CHARACTER = "".join(map(chr, (code for code in range(sys.maxunicode) if not 0xD800 <= code < 0xE000)))


@pytest.mark.parametrize("table", TABLES)
def test_each_hit_passes_the_sieve_of_its_table(table: str) -> None:
    sieve = table_sieve(table)
    lost = [(rule.id, hit) for rule in load_rules(table) for hit in rule.hits if rule not in sift(sieve, hit).rules]
    assert lost == []


@pytest.mark.parametrize("table", TABLES)
def test_what_matches_any_other_words_passes_too(table: str) -> None:
    sieve = table_sieve(table)
    words = [*HITS, *(hit.upper() for hit in HITS), *(hit.replace(" ", "\u2003") for hit in HITS)]
    rules = load_rules(table)
    lost = [(r.id, hit) for hit in words for r in rules if r.pattern.search(hit) and r not in sift(sieve, hit).rules]
    assert lost == []


WAYS = [(rule, tuple(ways_of(rule))) for table in ("numerals", "clauses") for rule in load_rules(table)]
PIECES = [*HITS, " ", "\u017f", "\u0130", "\u212a", OPEN, CLOSE, ".", "-"]
run_together = given(st.lists(st.sampled_from(PIECES), max_size=4).map("".join))


@run_together
def test_no_match_is_lost_or_moved_where_hits_run_together(words: str) -> None:
    for table in TABLES:
        sifted = sift(table_sieve(table), words)
        for rule in load_rules(table):
            plain = [match.span() for match in rule.pattern.finditer(words)]
            if rule not in sifted.rules:
                assert (plain, rule.id) == ([], rule.id)
            elif not (rule.before or rule.after):
                first = first_match(sifted, rule, words)
                assert ([first.span()] if first else []) == plain[:1]
                assert [match.span() for match in each_match(sifted, rule, words, 0, len(words))] == plain


@given(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), st.integers(0, 40), st.integers(0, 40))
def test_no_match_is_lost_or_moved_in_a_part_of_a_text(words: str, skipped: int, cut: int) -> None:
    start, end = min(skipped, len(words)), max(len(words) - cut, 0)
    for table in ("periods", "documents", "clauses"):
        signs = find_signs(table_sieve(table), words)
        sifted = sift_part(signs, start, end)
        for rule in load_rules(table):
            plain = [match.span() for match in rule.pattern.finditer(words, start, end)]
            found = each_match(sifted, rule, words, start, end) if rule in sifted.rules else ()
            assert [match.span() for match in found] == plain


@run_together
def test_a_scan_finds_what_the_pattern_finds(words: str) -> None:
    for pattern in (_REPORTED, _HANDS_OVER):
        assert [match.span() for match in scan(pattern, words)] == [match.span() for match in pattern.finditer(words)]


def test_a_scan_needs_something_to_look_for() -> None:
    with pytest.raises(RuleError, match="use its own finditer"):
        next(scan(re.compile(r"\w+ly"), "quickly"))


def test_words_are_found_whole_and_in_any_case() -> None:
    text = "The MINISTER, a minister_of vice-minister, ministers; Mini\u017fter"
    assert find_words(frozenset(("minister", "vice")), text) == [4, 28, 33, 54]


def test_the_sieve_holds_back_most_rules() -> None:
    words = marked("The ministry stressed that innovation ⟨is⟩ what drives growth.")
    assert len(sift(table_sieve("periods"), words).rules) == 0
    assert len(sift(table_sieve("clauses"), words).rules) < len(load_rules("clauses")) / 2


def test_case_is_folded_as_patterns_fold_it() -> None:
    ascii_only = re.findall("[a-z]", EVERY_CHARACTER, re.IGNORECASE)
    assert {"\u017f", "\u212a", "\u0130", "\u0131"} < set(ascii_only)
    assert all(re.fullmatch(fold_case(c), c, re.IGNORECASE) for c in ascii_only)
    assert all(len(fold_case(c)) == 1 and fold_case(c).isascii() for c in ascii_only)


def test_folding_keeps_what_is_no_word_apart_from_words() -> None:
    assert [c for c in EVERY_CHARACTER if not is_word(c) and any(map(is_word, fold_case(c)))] == []


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"page[ ]\d", [{"page "}]),
        (r"(?i)Page|p\.", [{"page", "p."}]),
        (r"\bpages?\b", [{f"{EDGE}page{EDGE}", f"{EDGE}pages{EDGE}"}]),
        (r"quarter(?:ly)?[ ]\w+[ ]result", [{"quarter ", "quarterly "}, {" result"}]),
        (r"\w+|page", []),
        (r"(?:page)?", []),
        (r"(?:page)+", [{"page"}]),
        (r"quiz(?=[ ]room)", [{"quiz"}, {" room"}]),
        (r"(?<=room[ ])quiz(?![ ]show)", [{"quiz"}]),
        (r"[Ee]xports", [{"exports"}]),
        (r"Éxports", [{"xports"}]),
        (r"a\bb|quiz", [{"quiz"}]),
    ],
)
def test_literals_are_read_off_a_pattern(pattern: str, expected: list[set[str]]) -> None:
    assert sorted(map(sorted, required_literals(re.compile(pattern)))) == sorted(map(sorted, expected))


@run_together
def test_what_cannot_begin_a_match_begins_none(words: str) -> None:
    for table in ("segment", "speakers"):
        for rule in load_rules(table):
            if rule.pattern.match(words):
                assert may_begin(rule.pattern, words[:1]), (rule.id, words)


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        (r"(?:the[ ])?page", "PpTt"),
        (r"[^\w]+x", "-• "),
        (r"[^\w ]", "-•"),
        (r"\d|\s", "1\u0663 "),
        (r"(?=x)", "PpTt1\u0663-• K\u212a\u017fa"),
        (r"[k-l]", "K\u212a"),
        (r"s{0}a|(?:s|)t", "Tt\u017fa"),
    ],
)
def test_what_may_begin_a_match_is_read_off_a_pattern(pattern: str, characters: str) -> None:
    compiled = re.compile(pattern, re.IGNORECASE)
    assert "".join(c for c in "PpTt1\u0663-• K\u212a\u017fa" if may_begin(compiled, c)) == characters


@run_together
def test_a_rule_matches_where_one_of_its_ways_does(words: str) -> None:
    for rule, ways in WAYS:
        found = [way.id for way in ways if way.pattern.search(words)]
        assert (bool(found), rule.id) == (rule.pattern.search(words) is not None, rule.id)
