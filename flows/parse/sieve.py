"""Which rules are worth trying on some words, and where: one pass of an automaton finds the literals that they ask for.

A rule of which some literal is missing is left out. Of one whose matches begin with literals, only those places are
tried. What is found is what the patterns alone would find.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.parse.literals import EDGE, Literals, commonness, fold_case, is_word, opening_literals, required_literals
from flows.parse.rules import Rule, load_rules

_FEW = 0.004  # where it does, the places to try are so rare that finding them pays
_TELLING = 0.0002  # a set that running text holds as rarely as this is enough by itself
_FREQUENT = (
    0.016  # to find a set that stands as often as this costs more than it spares, where a rarer one is asked for
)
_MOST_KEPT = 10_000  # selections that a sieve remembers
_CAPITALS = re.compile(r"(\(\?P[<=]\w+|\\[^xuUN])|[A-Z]+")  # none are in the names of groups and behind a backslash
_CODE = re.compile(r"\\x([\da-f]{2})|\\u([\da-f]{4})", re.IGNORECASE)


# What a literal is good for: bits of its sets, and of those where it asks for the edge of a word before or behind it.
_Use = tuple[int, tuple[tuple[bool, bool, int], ...]]
_Hit = tuple[int, int]  # where a literal stands, and bits of its sets


class Sieve(NamedTuple):
    """Rules behind an automaton over their literals; each set of literals has a bit, each rule the bits it needs.

    `openings` has the bit of the set that each match of a rule begins with, where there is one, by the rule's id;
    `opens` has all of these bits. `kept` remembers selections, `folded` by the ids of rules their patterns for folded
    words.
    """

    find: Callable[[str, bool], Sequence[tuple[int, int, int]]]
    uses: tuple[_Use, ...]
    rules: tuple[tuple[int, Rule], ...]
    openings: Mapping[str, int]
    opens: int
    kept: dict[int, tuple[Rule, ...]]
    folded: dict[str, re.Pattern[str] | None]


class Sifted(NamedTuple):
    """The rules that may match some words, in order, and the literals there that some match begins with, by place.

    `folded` is the words with their case folded, of the `sieve` that sifted, `whole` the text that they are a part of.
    """

    rules: tuple[Rule, ...]
    begins: Sequence[_Hit]
    folded: str
    sieve: Sieve
    whole: str


class Signs(NamedTuple):
    """Where in a text the literals of a sieve stand, in order: what each part of it may hold is looked up by place.

    `folded` is the text with its case folded, `none` what parts of it are that hold no literal.
    """

    sieve: Sieve
    folded: str
    places: list[int]
    hits: list[_Hit]
    none: Sifted


def sieve_of(rules: Iterable[Rule]) -> Sieve:
    """Build the sieve of some rules, which it hands out in their order."""
    bit_of: dict[Literals, int] = {}
    openings: dict[str, int] = {}
    needing: list[tuple[int, Rule]] = []
    for rule in rules:
        opening, needs = _asked(rule)
        asked = [bit_of.setdefault(need, 1 << len(bit_of)) for need in needs]
        if opening:
            openings[rule.id] = bit_of[opening]
        needing.append((reduce(or_, asked, 0), rule))
    bits: dict[str, int] = defaultdict(int)
    for need, bit in bit_of.items():
        for literal in need:
            bits[literal] |= bit
    uses: dict[str, _Use] = {EDGE: (0, ())}
    for literal in sorted(bits):
        word = literal.strip(EDGE)
        held, edged = uses.get(word, (0, ()))
        use = (literal[0] == EDGE, literal[-1] == EDGE, bits[literal])
        uses[word] = (held, (*edged, use)) if EDGE in literal else (held | bits[literal], edged)
    find = AhoCorasick(list(uses), matchkind=MatchKind.Standard).find_matches_as_indexes
    opens = reduce(or_, openings.values(), 0)
    return Sieve(find, tuple(uses.values()), tuple(needing), openings, opens, {}, {})


def _asked(rule: Rule) -> tuple[Literals, tuple[Literals, ...]]:
    """The literals that begin a match, () if that does not pay, and the sets that a rule needs."""
    patterns = [pattern for pattern in (rule.pattern, rule.before, rule.after) if pattern]
    needs = sorted({need for pattern in patterns for need in required_literals(pattern)}, key=commonness)
    telling = bool(needs) and commonness(needs[0]) < _TELLING
    needs = [need for at, need in enumerate(needs) if not at or (not telling and commonness(need) < _FREQUENT)]
    opening = opening_literals(rule.pattern)
    if opening and telling and commonness(opening) > _FEW:
        opening = None
    return opening or frozenset(), tuple(dict.fromkeys([opening, *needs] if opening else needs))


@cache
def table_sieve(table: str) -> Sieve:
    """Return the sieve of a whole pattern table."""
    return sieve_of(load_rules(table))


def sift(sieve: Sieve, words: str) -> Sifted:
    """Return the rules that may match within `words`; those left out cannot."""
    folded = fold_case(words)
    return _sifted(sieve, folded, _hits(sieve, folded), 0, folded)


def _hits(sieve: Sieve, folded: str) -> list[_Hit]:
    """Return where literals stand at the edges of words that they ask for, in the order of their ends."""
    hits: list[_Hit] = []
    padded, uses = f" {folded} ", sieve.uses
    for literal, start, end in sieve.find(padded, True):  # noqa: FBT003 - the library's: overlapping; by name it is slower
        held, edged = uses[literal]
        for opens, closes, bits in edged:
            if opens and ((before := padded[start - 1]).isalnum() or before == "_"):
                continue
            if closes and ((after := padded[end]).isalnum() or after == "_"):
                continue
            held |= bits
        if held:
            hits.append((start - 1, held))
    return hits


def find_signs(sieve: Sieve, text: str) -> Signs:
    """Find the literals of a sieve in a whole text, in one pass."""
    folded = fold_case(text)
    hits = sorted(_hits(sieve, folded))
    return Signs(sieve, folded, [at for at, _ in hits], hits, _sifted(sieve, "", (), 0, folded))


def sift_part(signs: Signs, start: int, end: int) -> Sifted:
    """Return the rules that may match within ``text[start:end]``, a part of the text in which the signs were found."""
    if end < len(signs.folded) and is_word(signs.folded[end]):
        return sift(signs.sieve, signs.folded[start:end])  # a word that is cut in two ends there for the part alone
    first = bisect_left(signs.places, start)
    hits = signs.hits[first : bisect_left(signs.places, end, first)]
    if not hits and not signs.none.rules:
        return signs.none
    return _sifted(signs.sieve, signs.folded[start:end], hits, start, signs.folded)


def _sifted(sieve: Sieve, folded: str, hits: Sequence[_Hit], start: int, whole: str) -> Sifted:
    """Select the rules that all hits together allow; keep of the hits where some rule can begin, from `start` on."""
    held, opens = 0, sieve.opens
    for _, bits in hits:
        held |= bits
    rules = _selected(sieve, held)
    begins = sorted([(at - start, bits) for at, bits in hits if bits & opens]) if rules else ()
    return Sifted(rules, begins, folded, sieve, whole)


def _selected(sieve: Sieve, held: int) -> tuple[Rule, ...]:
    found = sieve.kept.get(held)
    if found is None:
        if len(sieve.kept) >= _MOST_KEPT:
            sieve.kept.clear()
        found = sieve.kept[held] = tuple(rule for asked, rule in sieve.rules if asked & held == asked)
    return found


def first_match(sifted: Sifted, rule: Rule, words: str, begin: int = 0) -> re.Match[str] | None:
    """Return what ``rule.pattern.search(words, begin)`` returns; `words` are those that were sifted."""
    opening = sifted.sieve.openings.get(rule.id)
    if opening is None:
        return _search(sifted, rule, words, begin)
    at = _place(sifted, rule, words, opening, begin)
    return None if at is None else rule.pattern.match(words, at)


def matches(sifted: Sifted, rule: Rule, words: str) -> bool:
    """Say whether ``rule.pattern.search(words)`` finds anything; `words` are those that were sifted."""
    opening = sifted.sieve.openings.get(rule.id)
    if opening is not None:
        return _place(sifted, rule, words, opening, 0) is not None
    folded = _folded_of(sifted.sieve, rule)
    return (folded.search(sifted.folded) if folded else rule.pattern.search(words)) is not None


def _place(sifted: Sifted, rule: Rule, words: str, opening: int, begin: int) -> int | None:
    """Return where the first match of a rule begins: it begins with one of the literals of `opening`."""
    folded = _folded_of(sifted.sieve, rule)
    tried, seen = (folded, sifted.folded) if folded else (rule.pattern, words)
    for at, bits in sifted.begins:
        if bits & opening and at >= begin and tried.match(seen, at):
            return at
    return None


def _search(sifted: Sifted, rule: Rule, words: str, begin: int) -> re.Match[str] | None:
    """Search the folded words first, as `_place` does: with case that is several times as fast as without."""
    folded = _folded_of(sifted.sieve, rule)
    if folded is None:
        return rule.pattern.search(words, begin)
    found = folded.search(sifted.folded, begin)
    return found and rule.pattern.search(words, found.start())


def _folded_of(sieve: Sieve, rule: Rule) -> re.Pattern[str] | None:
    known = sieve.folded
    return known[rule.id] if rule.id in known else known.setdefault(rule.id, _folded(rule.pattern))


def _folded(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    """Return what matches folded words where the pattern matches the words, None if it tells capitals apart."""
    source = _CODE.sub(lambda code: chr(int(code[1] or code[2], 16)), pattern.pattern)
    plain = not any(c.isalpha() and not c.isascii() for c in source)
    if not plain or not pattern.flags & re.IGNORECASE or re.search(r"\\[xuUN]|\(\?-|A-z", source):
        return None
    lower = _CAPITALS.sub(lambda part: part[1] or part[0].lower(), pattern.pattern)
    return re.compile(lower, pattern.flags & ~re.IGNORECASE)


def each_match(sifted: Sifted, rule: Rule, text: str, start: int, end: int) -> Iterable[re.Match[str]]:
    """Return what ``rule.pattern.finditer(text, start, end)`` yields; ``text[start:end]`` is what was sifted."""
    opening = sifted.sieve.openings.get(rule.id)
    if opening is None:
        return _each_found(sifted, rule, text, start, end)
    found: list[re.Match[str]] = []
    free = start
    for at, bits in sifted.begins:
        if bits & opening and start + at >= free and (match := rule.pattern.match(text, start + at, end)):
            found.append(match)
            free = match.end()
    return found


def _each_found(sifted: Sifted, rule: Rule, text: str, start: int, end: int) -> Iterable[re.Match[str]]:
    """Look through the folded text, as `_place` does, where that is known: what stands before a match is part of it."""
    folded = _folded_of(sifted.sieve, rule) if len(sifted.whole) == len(text) else None
    if folded is None:
        return rule.pattern.finditer(text, start, end)
    places = (match.start() for match in folded.finditer(sifted.whole, start, end))
    return [match for place in places if (match := rule.pattern.match(text, place, end))]
