"""The canonical indicator of a noun phrase: aliases, spelling, plural, hyphens and word order do not matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from flows.vocabulary import Vocabulary

_SPELLING = {
    "center": "centre",
    "program": "programme",
    "labor": "labour",
    "utilization": "utilisation",
    "industrialization": "industrialisation",
    "meter": "metre",
    "fiber": "fibre",
    "aluminum": "aluminium",
    "defense": "defence",
    "specialized": "specialised",
    "catalog": "catalogue",
    "organization": "organisation",
    "digitalization": "digitalisation",
}
_SMALL = frozenset(("the", "a", "an", "of", "in", "for", "on", "to", "by", "and"))
_DROPPED = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "for",
        "on",
        "to",
        "by",
        "and",
        "its",
        "their",
        "our",
        "total",
        "overall",
        "china's",
        "chinas",
        "country's",
        "countrys",
        "nation's",
        "nationwide",
        "national",
        "annual",
        "china",
        "combined",
        "cumulative",
        "country",
        "nation",
        "s",
        "all",
        "new",
        "year",
    ]
)
_KEPT_PLURALS = frozenset(
    ("gas", "goods", "sales", "works", "gross", "business", "less", "access", "process", "assets", "statistics")
)
_BRACKETS = re.compile(r"\([^)]*\)")


_WORD = re.compile(r"[\w%&']+")


def _keys(phrase: str) -> Iterable[tuple[str, ...]]:
    """Yield the words of a phrase in order of the alphabet: first all but small ones, then those that say much."""
    plain = _BRACKETS.sub(" ", phrase.replace("’", "'")).casefold()
    found = _WORD.findall(plain.replace("-", " ").replace("–", " "))
    for dropped in (_SMALL, _DROPPED):
        yield tuple(sorted(_stem(word) for word in found if word not in dropped))


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    singular = word
    if word not in _KEPT_PLURALS and len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        singular = f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
    return _SPELLING.get(singular, singular)


@lru_cache(maxsize=4)
def _index(vocabulary: Vocabulary) -> Mapping[tuple[str, ...], str]:
    forms = [(form, it.indicator_id) for it in vocabulary.indicators for form in (it.label, *it.aliases)]
    keys = [tuple(_keys(form)) for form, _ in forms]
    index: dict[tuple[str, ...], str] = {}
    for some in zip(*keys, strict=True):  # first all that are without small words alone
        for key, (_, indicator_id) in zip(some, forms, strict=True):
            index.setdefault(key, indicator_id)
    index.pop((), None)
    return index


@lru_cache(maxsize=4096)
def find_indicator(phrase: str, vocabulary: Vocabulary) -> str | None:
    """Return the `indicator_id` of a phrase, or None where the vocabulary has none."""
    index = _index(vocabulary)
    for candidate in dict.fromkeys((phrase, phrase.partition(" (")[0], phrase.removesuffix(" growth"))):
        for key in _keys(candidate):
            if key in index:
                return index[key]
    return None
