"""Which rules are worth trying on some words: one pass of an automaton finds the literals that each rule asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.parse.literals import EDGE, fold_case, is_word, required_literals
from flows.parse.rules import Rule, load_rules

_MOST_KEPT = 10_000  # selections that a sieve remembers


class _Bits(NamedTuple):
    """The sets that a literal belongs to, a bit each: as it stands, at the start of a word, at its end, as a word."""

    anywhere: int
    opening: int
    closing: int
    whole: int


class Sieve(NamedTuple):
    """Rules behind an automaton over their literals; each set of literals has a bit, each rule the bits it needs."""

    find: Callable[[str], Sequence[tuple[int, int, int]]]
    bits: tuple[_Bits, ...]
    rules: tuple[tuple[int, Rule], ...]
    kept: dict[int, tuple[Rule, ...]]


def sieve_of(rules: Iterable[Rule]) -> Sieve:
    """Build the sieve of some rules, which it hands out in their order."""
    bits: dict[str, int] = {}
    needing: list[tuple[int, Rule]] = []
    next_bit = 1
    for rule in rules:
        asked = 0
        for need in _needs(rule):
            for literal in need:
                bits[literal] = bits.get(literal, 0) | next_bit
            asked, next_bit = asked | next_bit, next_bit << 1
        needing.append((asked, rule))
    plain = sorted({literal.strip(EDGE) for literal in bits}) or [EDGE]
    forms = ("{}", f"{EDGE}{{}}", f"{{}}{EDGE}", f"{EDGE}{{}}{EDGE}")
    by_form = tuple(_Bits(*(bits.get(form.format(word), 0) for form in forms)) for word in plain)
    automaton = AhoCorasick(plain, matchkind=MatchKind.Standard)
    return Sieve(lambda words: automaton.find_matches_as_indexes(words, overlapping=True), by_form, tuple(needing), {})


def _needs(rule: Rule) -> Iterable[frozenset[str]]:
    patterns = (rule.pattern, rule.before, rule.after)
    return dict.fromkeys(need for pattern in patterns if pattern for need in required_literals(pattern))


@cache
def table_sieve(table: str) -> Sieve:
    """Return the sieve of a whole pattern table."""
    return sieve_of(load_rules(table))


def sift(sieve: Sieve, words: str) -> Sequence[Rule]:
    """Return the rules that may match within `words`, in order; those left out cannot."""
    held = _held(sieve, fold_case(words))
    found = sieve.kept.get(held)
    if found is None:
        if len(sieve.kept) >= _MOST_KEPT:
            sieve.kept.clear()
        found = sieve.kept[held] = tuple(rule for asked, rule in sieve.rules if asked & held == asked)
    return found


def _held(sieve: Sieve, words: str) -> int:
    """The bits of all literals that stand in `words`."""
    held, bits, last = 0, sieve.bits, len(words)
    for literal, start, end in sieve.find(words):
        anywhere, opening, closing, whole = bits[literal]
        held |= anywhere
        if opening or closing or whole:
            opens = not start or not is_word(words[start - 1])
            closes = end == last or not is_word(words[end])
            if opens:
                held |= opening
            if closes:
                held |= closing | whole if opens else closing
    return held
