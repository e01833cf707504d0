"""Which theme of the vocabulary a task serves."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.vocabulary import Vocabulary


class _Index(NamedTuple):
    automaton: AhoCorasick
    themes: tuple[str, ...]


def find_theme(statement: str, vocabulary: Vocabulary) -> str | None:
    """Return the id of the theme with the longest evidence in a statement; of equals the one with more of it."""
    index = _index(vocabulary.entities)
    low = statement.lower()
    longest: dict[str, int] = {}
    total: dict[str, int] = {}
    for form, start, end in index.automaton.find_matches_as_indexes(low):
        if low[start - 1 : start].isalnum() or not _ends_word(low, end):
            continue
        theme = index.themes[form]
        longest[theme] = max(longest.get(theme, 0), end - start)
        total[theme] = total.get(theme, 0) + end - start
    return max(longest, key=lambda theme: (longest[theme], total[theme], theme), default=None)


def _ends_word(low: str, end: int) -> bool:
    return not low[end : end + 1].isalnum() or (low[end] == "s" and not low[end + 1 : end + 2].isalnum())


@lru_cache(maxsize=4)
def _index(entities: tuple[object, ...]) -> _Index:
    return _Index(AhoCorasick([]), ())
