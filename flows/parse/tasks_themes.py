"""Which theme of the vocabulary a task serves."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.vocabulary import Vocabulary


class ThemeIndex(NamedTuple):
    """All words that tell of a theme, and the theme of each of them."""

    automaton: AhoCorasick | None
    themes: tuple[str, ...]


@lru_cache(maxsize=4)
def theme_index(vocabulary: Vocabulary) -> ThemeIndex:
    """Build the index of a vocabulary's themes; do it once a text, for the key is the whole vocabulary."""
    forms = {
        form.lower(): entity.entity_id
        for entity in vocabulary.entities
        if entity.kind == "theme"
        for form in (entity.label, *entity.aliases)
    }
    forms.pop("", None)
    if not forms:
        return ThemeIndex(None, ())
    return ThemeIndex(AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest), tuple(forms.values()))


def find_theme(statement: str, index: ThemeIndex) -> str | None:
    """Return the id of the theme with the longest evidence in a statement; of equals the one with more of it."""
    if not index.automaton:
        return None
    low = statement.lower()
    lengths: dict[str, list[int]] = {}
    for form, start, end in index.automaton.find_matches_as_indexes(low):
        if not (start and low[start - 1].isalnum()) and _ends_word(low, end):
            lengths.setdefault(index.themes[form], []).append(end - start)
    if len(lengths) < 2:
        return next(iter(lengths), None)
    return max((max(own), sum(own), theme) for theme, own in lengths.items())[-1]


def _ends_word(low: str, end: int) -> bool:
    after = low[end : end + 2]
    return not after[:1].isalnum() or (after[0] == "s" and not after[1:].isalnum())
