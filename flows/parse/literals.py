"""What a text must hold for a pattern to match at all: literals, read off the pattern's own parse tree.

A pattern is tried only where its literals stand, so that most patterns cost nothing in most sentences. What cannot
be read off asks for nothing: such a pattern is always tried, and no match is ever lost.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product
from re import _parser  # type: ignore[attr-defined]  # no types; the same from CPython 3.11 on
from typing import Any, NamedTuple

from flows.parse.marks import CLOSE, OPEN

EDGE = "\x00"  # at either end of a literal: a word begins or ends there
_INNER_EDGE = re.compile(rf"([^{EDGE}]){EDGE}+(?=([^{EDGE}]))")
_MOST = 400  # literals of one set; larger sets find too much to be worth it
_CLASS = 60  # characters of a class that are spelled out
_SETS = 4  # sets that a pattern asks for together
REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_COMMON = 0.03  # a set of which running text holds one at one place of thirty says little
# How often running text has a character, in thousandths. The marks of a value stand in every window.
_THOUSANDTHS = dict(zip("etaoinsrhlcdumpfgyb", (96, 70, 65, 62, 62, 60, 52, 52, 37, 37, 30, 30), strict=False))
_THOUSANDTHS |= {" ": 150, OPEN: 10, CLOSE: 10, ",": 11, ".": 11, EDGE: 400}
_ALWAYS_THERE = f" {OPEN}{CLOSE}{EDGE}"
_THOUSANDTHS |= dict.fromkeys("0123456789", 40)  # rarer than that, but where there is one there are more
_LETTER, _SIGN = 15, 3  # of any other
_TOLD = 10  # characters; after so many a literal is rare enough
_SEVERAL = 30  # literals; those of a larger set are cut there
# These stand far more often than their letters make one think: at so many places of a thousand.
_EVERYDAY = {
    "the": 9.0,
    "and": 5.0,
    "of": 6.0,
    "to": 5.0,
    "in": 5.0,
    "for": 1.8,
    "from": 1.0,
    "year": 1.3,
    "month": 0.5,
}

Literals = frozenset[str]


class _Part(NamedTuple):
    """A piece of a pattern: all that it can match, the sets of which it holds one each, and what it begins with.

    `exact` and `opening` are None where there is too much of it.
    """

    exact: Literals | None
    needs: tuple[Literals, ...]
    opening: Literals | None


_EMPTY = frozenset(("",))
_NOTHING, _ANYTHING = _Part(_EMPTY, (), _EMPTY), _Part(None, (), None)


def fold_case(text: str) -> str:
    """Fold case as ``re.IGNORECASE`` does, code point by code point, so that every literal of a match is found."""
    if text.isascii():
        return text.lower()
    lower = text.replace("\u0130", "i").lower()  # a capital i with a dot, the one letter with two in lower case
    return lower.replace("\u017f", "s").replace("\u0131", "i")  # a long s, an i without a dot


def holds(text: str, words: str) -> bool:
    """Say whether words stand in a text, in whatever case: a pattern that is made of them is worth making only then."""
    return fold_case(words) in fold_case(text)


def is_word(character: str) -> bool:
    r"""Is it one of the characters that ``\w`` matches?"""
    return character.isalnum() or character == "_"


def required_literals(pattern: re.Pattern[str]) -> tuple[Literals, ...]:
    """Return sets of folded literals; whatever the pattern matches holds one of each set. () asks for nothing.

    `EDGE` at the start or end of a literal stands for the edge of a word.
    """
    found = sorted((_pruned(need) for need in _all_needs(_read(pattern))), key=commonness)
    return tuple(need for need in dict.fromkeys(found) if commonness(need) < _COMMON)[:_SETS]


def opening_literals(pattern: re.Pattern[str]) -> Literals | None:
    """Return folded literals with one of which each match of the pattern begins, None where they are too many."""
    opening = _tidied(_read(pattern).opening)
    return _pruned(opening) if opening and sum(map(_frequency, opening)) < _COMMON else None


@cache
def _read(pattern: re.Pattern[str]) -> _Part:
    return _sequence(parse_tree(pattern))


@cache
def parse_tree(pattern: re.Pattern[str]) -> Sequence[Any]:
    """Return the nodes of a compiled pattern, as the parser of ``re`` gives them."""
    return tuple(_parser.parse(pattern.pattern, pattern.flags))


def _all_needs(part: _Part) -> tuple[Literals, ...]:
    words = _tidied(part.exact)
    return (*part.needs, words) if words else part.needs


def _tidied(words: Literals | None) -> Literals | None:
    """Keep the edges that a literal begins or ends with, where they are those of an ASCII word; None for none."""
    tidied = frozenset(_tidy(word) for word in words if _is_possible(word)) if words else None
    return None if tidied is None or "" in tidied else tidied


def _tidy(word: str) -> str:
    bare = word.replace(EDGE, "")
    opened = EDGE if word[:1] == EDGE and bare[:1].isascii() and is_word(bare[:1]) else ""
    closed = EDGE if word[-1:] == EDGE and bare[-1:].isascii() and is_word(bare[-1:]) else ""
    return f"{opened}{bare}{closed}" if bare else ""


def _is_possible(word: str) -> bool:
    """Is there no edge of a word between two letters, nor between two signs?"""
    return not any(is_word(found[1]) == is_word(found[2]) for found in _INNER_EDGE.finditer(word))


def _sequence(nodes: Iterable[Any]) -> _Part:
    """Parts in a row: literals that touch are one; what follows something unknown begins anew."""
    exact, whole = _EMPTY, True
    needs: tuple[Literals, ...] = ()
    opening: Literals | None = None
    for node in nodes:
        part = _part(node)
        needs += part.needs
        joined = _joined(exact, part.exact)
        if joined is None:
            begun = _joined(exact, part.opening) or exact
            needs += _all_needs(_Part(begun, (), None))
            opening = begun if whole else opening
            exact, whole = part.exact or _EMPTY, False
        else:
            exact = joined
    return _Part(exact, needs, exact) if whole else _Part(None, (*needs, *_all_needs(_Part(exact, (), None))), opening)


def _joined(left: Literals, right: Literals | None) -> Literals | None:
    if right is None or len(left) * len(right) > _MOST:
        return None
    return frozenset(f"{head}{tail}" for head, tail in product(left, right))


def _part(node: tuple[Any, Any]) -> _Part:
    name, value = str(node[0]), node[1]
    if name == "LITERAL":
        return _characters((value,))
    if name == "IN":
        return _class(value)
    if name == "AT":
        return _exactly(frozenset((EDGE,))) if str(value) == "AT_BOUNDARY" else _NOTHING
    if name == "ASSERT_NOT":
        return _NOTHING
    if name == "ASSERT":
        return _Part(_EMPTY, _all_needs(_sequence(value[1])) if value[0] > 0 else (), _EMPTY)
    if name == "SUBPATTERN":
        return _sequence(value[3])
    if name == "ATOMIC_GROUP":
        return _sequence(value)
    if name == "BRANCH":
        return _branch([_sequence(branch) for branch in value[1]])
    return _repeat(*value) if name in REPEATS else _ANYTHING


def _class(items: Sequence[tuple[Any, Any]]) -> _Part:
    codes: list[int] = []
    for kind, value in items:
        if str(kind) == "LITERAL":
            codes.append(value)
        elif str(kind) == "RANGE" and value[1] - value[0] < _CLASS:
            codes += range(value[0], value[1] + 1)
        else:
            return _ANYTHING
    return _characters(tuple(codes)) if len(codes) <= _CLASS else _ANYTHING


@cache
def _characters(codes: tuple[int, ...]) -> _Part:
    found = {chr(code) for code in codes}
    plain = all(c != EDGE and (c.isascii() or c.casefold() == c == c.upper()) for c in found)
    return _exactly(frozenset(map(fold_case, found))) if plain else _ANYTHING


def _exactly(words: Literals) -> _Part:
    return _Part(words, (), words)


def _branch(parts: Sequence[_Part]) -> _Part:
    union = _union(part.exact for part in parts)
    if union is not None and not any(part.needs for part in parts):
        return _exactly(union)
    needs = _union(_cut(min(_all_needs(part), key=commonness, default=None)) for part in parts)
    return _Part(None, () if needs is None else (needs,), _union(part.opening for part in parts))


def _cut(need: Literals | None) -> Literals | None:
    return need if need is None or len(need) <= _SEVERAL else frozenset(word[:_TOLD] for word in need)


def _union(sets: Iterable[Literals | None]) -> Literals | None:
    united: Literals = frozenset()
    for words in sets:
        if words is None or len(united) > _MOST:
            return None
        united |= words
    return united


def _repeat(least: int, most: int, body: Iterable[Any]) -> _Part:
    part = _sequence(body)
    if least == most == 1:
        return part
    if least:
        return _Part(None, _all_needs(part), part.opening)
    if most == 1 and part.exact is not None and not part.needs:
        return _exactly(part.exact | _EMPTY)
    return _ANYTHING


def _pruned(need: Literals) -> Literals:
    """Leave out what begins with another one of the same set."""
    kept = [""]
    for word in sorted(need):
        if not kept[-1] or not word.startswith(kept[-1]):
            kept.append(word)
    return frozenset(kept[1:])


def commonness(need: Literals) -> float:
    """Return roughly how often a place of running text begins one of the literals."""
    return sum(map(_chance, need))


def _chance(word: str) -> float:
    return _frequency(word) if word.strip(_ALWAYS_THERE) else 1.0


@cache
def _frequency(word: str) -> float:
    everyday = _EVERYDAY.get(word.strip(f"-{_ALWAYS_THERE}"))
    if everyday is not None:
        return everyday / 1000
    frequencies = (_THOUSANDTHS.get(c, _LETTER if c.isalnum() else _SIGN) for c in word[:_TOLD])
    return float(math.prod(frequencies) / 1000 ** len(word[:_TOLD]))
