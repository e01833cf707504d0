"""Which characters a match of a pattern can begin with, read off the pattern's own parse tree.

Rules for whole lines are tried only on lines that begin as their matches do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple

from flows.parse.literals import REPEATS, fold_case, is_word, parse_tree

_CASES = {"i": ("\u0130", "\u0131"), "k": ("\u212a",), "s": ("\u017f",)}  # what folds to a letter beside its capital


def may_begin(pattern: re.Pattern[str], character: str) -> bool:
    """Say whether a match of the pattern may begin with this character; where it cannot be read off, it may.

    "" stands for no character at all: whether the pattern may match nothing.
    """
    first = _first_of(pattern)
    if first.empty or character in first.letters or not character:
        return first.empty or character != ""
    cases = _cases(character)
    return any(items is None or _is_in_class(items, cases) for items in first.classes)


class _First(NamedTuple):
    """What a match may begin with: letters, classes of characters (None for any), or nothing at all."""

    letters: frozenset[str]
    classes: tuple[Any, ...]
    empty: bool


@cache
def _first_of(pattern: re.Pattern[str]) -> _First:
    return _first(parse_tree(pattern))


def _first(nodes: Iterable[Any]) -> _First:
    letters: frozenset[str] = frozenset()
    classes: tuple[Any, ...] = ()
    for name, value in ((str(node[0]), node[1]) for node in nodes):
        if name in {"AT", "ASSERT", "ASSERT_NOT"}:
            continue
        parts = _first_parts(name, value)
        letters = letters.union(*(part.letters for part in parts))
        classes += tuple(items for part in parts for items in part.classes)
        if not any(part.empty for part in parts):
            return _First(letters, classes, empty=False)
    return _First(letters, classes, empty=True)


def _first_parts(name: str, value: Any) -> list[_First]:
    if name == "BRANCH":
        return [_first(branch) for branch in value[1]]
    if name in {"SUBPATTERN", "ATOMIC_GROUP"}:
        return [_first(value[3] if name == "SUBPATTERN" else value)]
    if name in REPEATS:
        part = _first(value[2])
        return [part._replace(empty=part.empty or not value[0])]
    if name == "LITERAL":
        return [_First(_cases(chr(value)), (), empty=False)]
    return [_First(frozenset(), (value if name == "IN" else None,), empty=False)]


def _cases(character: str) -> frozenset[str]:
    """The characters that a pattern which tells no capitals apart may take for one."""
    folded = fold_case(character)
    return frozenset((character, *folded, *folded.upper(), *_CASES.get(folded, ())))


def _is_in_class(items: Sequence[tuple[Any, Any]], cases: frozenset[str]) -> bool:
    negated = str(items[0][0]) == "NEGATE"
    return any(any(_is_in(str(kind), item, c) for kind, item in items[negated:]) != negated for c in cases)


def _is_in(kind: str, item: Any, character: str) -> bool:
    if kind == "LITERAL":
        return chr(item) == character
    if kind == "RANGE":
        return bool(item[0] <= ord(character) <= item[1])
    base, negated = str(item).removeprefix("CATEGORY_").removeprefix("NOT_"), "NOT_" in str(item)
    tests = {"DIGIT": character.isdecimal(), "SPACE": character.isspace(), "WORD": is_word(character)}
    return tests[base] != negated
