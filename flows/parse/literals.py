"""What a text must hold for a pattern to match at all: literals, read off the pattern's own parse tree.

A pattern is tried only where its literals stand, so that most patterns cost nothing in most sentences. What cannot
be read off asks for nothing: such a pattern is always tried, and no match is ever lost.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache, reduce
from itertools import product
from re import _parser  # type: ignore[attr-defined]  # no types; the same from CPython 3.11 on
from typing import Any, NamedTuple

EDGE = "\x00"  # at either end of a literal: a word begins or ends there
_INNER_EDGE = re.compile(rf"([^{EDGE}]){EDGE}+(?=([^{EDGE}]))")
_MOST = 400  # literals of one set; larger sets find too much to be worth it
_CLASS = 6  # characters of a class that are spelled out
_SETS = 4  # sets that a pattern asks for together
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"))
_COMMON = 0.02  # a set of which running text holds one at one place of fifty says little
# How often running text has a character, in thousandths; the marks of a value stand in every window.
_THOUSANDTHS = dict(zip("etaoinsrhlcdumpfgyb", (96, 70, 65, 62, 62, 60, 52, 52, 37, 37, 30, 30), strict=False))
_THOUSANDTHS |= {" ": 150, "⟨": 1000, "⟩": 1000, ",": 11, ".": 11, EDGE: 400}
_LETTER, _SIGN = 15, 3  # of any other
_TOLD = 10  # characters; after so many a literal is rare enough

Literals = frozenset[str]


class _Part(NamedTuple):
    """All that a piece of a pattern can match, if that is few words; and the sets of which it holds one each."""

    exact: Literals | None
    needs: tuple[Literals, ...]


_EMPTY = frozenset(("",))
_NOTHING, _ANYTHING = _Part(_EMPTY, ()), _Part(None, ())


def fold_case(text: str) -> str:
    """Fold case as ``re.IGNORECASE`` does, so that every literal of a match is found; lengths may change."""
    if text.isascii():
        return text.lower()
    folded = text.replace("\u0345", "\u0301").casefold()  # a sign below that alone would fold to a letter
    return folded.replace("\u0131", "i").replace("i\u0307", "i")  # i without a dot, and with one in capitals


def is_word(character: str) -> bool:
    r"""Is it one of the characters that ``\w`` matches?"""
    return character.isalnum() or character == "_"


@cache
def required_literals(pattern: re.Pattern[str]) -> tuple[Literals, ...]:
    """Return sets of folded literals; whatever the pattern matches holds one of each set. () asks for nothing.

    `EDGE` at the start or end of a literal stands for the edge of a word.
    """
    part = _sequence(_parser.parse(pattern.pattern, pattern.flags))
    found = sorted((_pruned(need) for need in _all_needs(part)), key=_commonness)
    return tuple(need for need in dict.fromkeys(found) if _commonness(need) < _COMMON)[:_SETS]


def _all_needs(part: _Part) -> tuple[Literals, ...]:
    if part.exact is None:
        return part.needs
    words = frozenset(_tidy(word) for word in part.exact if _is_possible(word))
    return part.needs if "" in words else (*part.needs, words)


def _tidy(word: str) -> str:
    """Keep the edges that a literal begins or ends with, where they are those of an ASCII word."""
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
    for node in nodes:
        part = _part(node)
        needs += part.needs
        joined = _joined(exact, part.exact)
        if joined is None:
            needs += _all_needs(_Part(exact, ()))
            exact, whole = part.exact or _EMPTY, False
        else:
            exact = joined
    return _Part(exact, needs) if whole else _Part(None, (*needs, *_all_needs(_Part(exact, ()))))


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
        return _Part(frozenset((EDGE,)), ()) if str(value) == "AT_BOUNDARY" else _NOTHING
    if name == "ASSERT_NOT":
        return _NOTHING
    if name == "ASSERT":
        return _Part(_EMPTY, _all_needs(_sequence(value[1])) if value[0] > 0 else ())
    if name == "SUBPATTERN":
        return _sequence(value[3])
    if name == "ATOMIC_GROUP":
        return _sequence(value)
    if name == "BRANCH":
        return _branch([_sequence(branch) for branch in value[1]])
    return _repeat(*value) if name in _REPEATS else _ANYTHING


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
    return _Part(frozenset(map(fold_case, found)), ()) if plain else _ANYTHING


def _branch(parts: Sequence[_Part]) -> _Part:
    union = frozenset[str]().union(*(part.exact or () for part in parts))
    if all(part.exact is not None and not part.needs for part in parts) and len(union) <= _MOST:
        return _Part(union, ())
    best = [min(_all_needs(part), key=_commonness, default=None) for part in parts]
    if any(need is None for need in best):
        return _ANYTHING
    return _Part(None, (reduce(frozenset.union, (need for need in best if need), frozenset[str]()),))


def _repeat(least: int, most: int, body: Iterable[Any]) -> _Part:
    part = _sequence(body)
    if least == most == 1:
        return part
    if least:
        return _Part(None, _all_needs(part))
    if most == 1 and part.exact is not None and not part.needs:
        return _Part(part.exact | _EMPTY, ())
    return _ANYTHING


def _pruned(need: Literals) -> Literals:
    """Leave out what begins with another one of the same set."""
    kept = [""]
    for word in sorted(need):
        if not kept[-1] or not word.startswith(kept[-1]):
            kept.append(word)
    return frozenset(kept[1:])


def _commonness(need: Literals) -> float:
    """Roughly how often a place of running text begins one of the literals."""
    return sum(map(_chance, need))


@cache
def _chance(word: str) -> float:
    frequencies = (_THOUSANDTHS.get(c, _LETTER if c.isalnum() else _SIGN) for c in word[:_TOLD])
    return float(math.prod(frequencies) / 1000 ** len(word[:_TOLD]))
