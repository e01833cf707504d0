"""Which rules are worth trying on some words, and where: one pass of an automaton finds the literals that they ask for.

A rule of which some literal is missing is left out. Of one whose matches begin with literals, only those places are
tried. What is found is what the patterns alone would find.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.parse.literals import EDGE, Literals, fold_case, is_word, opening_literals, required_literals
from flows.parse.rules import Rule, load_rules

_MOST_KEPT = 10_000  # selections that a sieve remembers


class _Use(NamedTuple):
    """What a literal is good for: bits of the sets that it belongs to, and the rules whose matches it may begin."""

    bits: int
    rules: tuple[str, ...]


class _Entry(NamedTuple):
    """A literal as it stands, at the start of a word, at its end, and as a whole word."""

    anywhere: _Use
    edges: tuple[_Use, _Use, _Use] | None


class Sieve(NamedTuple):
    """Rules behind an automaton over their literals; each set of literals has a bit, each rule the bits it needs."""

    find: Callable[[str], Sequence[tuple[int, int, int]]]
    entries: tuple[_Entry, ...]
    rules: tuple[tuple[int, Rule], ...]
    opened: frozenset[str]
    kept: dict[int, tuple[Rule, ...]]


class Sifted(NamedTuple):
    """The rules that may match some words, in order, and by their ids the places where a match can begin.

    A rule without places may match anywhere.
    """

    rules: tuple[Rule, ...]
    places: Mapping[str, Sequence[int]]


def sieve_of(rules: Iterable[Rule]) -> Sieve:
    """Build the sieve of some rules, which it hands out in their order."""
    bits: dict[str, int] = defaultdict(int)
    openers: dict[str, tuple[str, ...]] = defaultdict(tuple)
    needing: list[tuple[int, Rule]] = []
    next_bit = 1
    opened: set[str] = set()
    for rule in rules:
        asked = 0
        for need in _needs(rule):
            for literal in need:
                bits[literal] |= next_bit
            asked, next_bit = asked | next_bit, next_bit << 1
        needing.append((asked, rule))
        for literal in opening_literals(rule.pattern) or ():
            openers[literal] += (rule.id,)
            opened.add(rule.id)
    plain = sorted({literal.strip(EDGE) for literal in (*bits, *openers)}) or [EDGE]
    entries = tuple(_entry(word, bits, openers) for word in plain)
    automaton = AhoCorasick(plain, matchkind=MatchKind.Standard)

    def find(words: str) -> Sequence[tuple[int, int, int]]:
        return automaton.find_matches_as_indexes(words, overlapping=True)

    return Sieve(find, entries, tuple(needing), frozenset(opened), {})


def _entry(word: str, bits: Mapping[str, int], openers: Mapping[str, tuple[str, ...]]) -> _Entry:
    forms = (word, f"{EDGE}{word}", f"{word}{EDGE}", f"{EDGE}{word}{EDGE}")
    anywhere, *edges = (_Use(bits.get(form, 0), openers.get(form, ())) for form in forms)
    return _Entry(anywhere, (edges[0], edges[1], edges[2]) if any(map(any, edges)) else None)


def _needs(rule: Rule) -> Iterable[Literals]:
    patterns = [pattern for pattern in (rule.pattern, rule.before, rule.after) if pattern]
    opening = opening_literals(rule.pattern)
    return dict.fromkeys([*([opening] if opening else []), *(need for p in patterns for need in required_literals(p))])


@cache
def table_sieve(table: str) -> Sieve:
    """Return the sieve of a whole pattern table."""
    return sieve_of(load_rules(table))


def sift(sieve: Sieve, words: str) -> Sifted:
    """Return the rules that may match within `words`; those left out cannot."""
    held = 0
    places: dict[str, list[int]] = {}
    last = len(words)
    folded = fold_case(words)
    for literal, start, end in sieve.find(folded):
        anywhere, edges = sieve.entries[literal]
        uses = [anywhere]
        if edges:
            if not start or not is_word(folded[start - 1]):
                uses.append(edges[0])
            if end == last or not is_word(folded[end]):
                uses += edges[1:] if len(uses) > 1 else edges[1:2]
        for use in uses:
            held |= use.bits
            for rule in use.rules:
                places.setdefault(rule, []).append(start)
    return Sifted(_selected(sieve, held), places)


def _selected(sieve: Sieve, held: int) -> tuple[Rule, ...]:
    found = sieve.kept.get(held)
    if found is None:
        if len(sieve.kept) >= _MOST_KEPT:
            sieve.kept.clear()
        found = sieve.kept[held] = tuple(rule for asked, rule in sieve.rules if asked & held == asked)
    return found


def first_match(sifted: Sifted, rule: Rule, words: str, begin: int = 0) -> re.Match[str] | None:
    """Return what ``rule.pattern.search(words, begin)`` returns; `words` are those that were sifted."""
    places = sifted.places.get(rule.id)
    if places is None:
        return rule.pattern.search(words, begin)
    for place in sorted(places):
        if place >= begin and (match := rule.pattern.match(words, place)):
            return match
    return None


def each_match(sifted: Sifted, rule: Rule, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what ``rule.pattern.finditer(text, start, end)`` yields; ``text[start:end]`` is what was sifted."""
    places = sifted.places.get(rule.id)
    if places is None:
        yield from rule.pattern.finditer(text, start, end)
        return
    free = start
    for place in sorted(places):
        if start + place >= free and (match := rule.pattern.match(text, start + place, end)):
            yield match
            free = match.end()
