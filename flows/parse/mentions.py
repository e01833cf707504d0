"""Which entities of the vocabulary a text names, and where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.records import Entity, Mention, Passage
from flows.vocabulary import Vocabulary

# Everything that parts words counts as one blank, so that "non-ferrous", "non ferrous" and a broken line agree.
_BLANKS = (
    "-‐‑‒–—−_/\\()[]{}<>\"“”„«»‘’'`´.,;:!?…•▪●■◦‣·*+=|~^@#%&$€£¥₹§\t\n\r\x0b\x0c\xa0\u2002\u2003\u2009\u200b\u202f"
    "\u3000\ufeff（）「」《》，。、：；"
)
_ABBREVIATION = re.compile(r"(?=.*[A-Z].*[A-Z0-9]|.*[0-9].*[A-Z])[A-Z0-9&./ -]+s?\Z|[A-Z]+[a-z]{1,2}[A-Z]+s?\Z")
_SHORTEST = 3  # shorter words in any case mean too many things: "it", "us"
_VOWELS = "aeiou"


class _Forms(NamedTuple):
    """One automaton over all forms, each behind a blank, and the entity that each form names; `ids` in their order."""

    automaton: AhoCorasick | None
    entities: Mapping[str, str]
    ids: tuple[str, ...]


class _Names(NamedTuple):
    """Forms that match in any case, and those that match in their own alone."""

    any_case: _Forms
    exact: _Forms


_Hit = tuple[int, int, str]  # where a name stands, its length below zero, so that the longest comes first, its entity


def find_mentions(
    text: str, passages: Sequence[Passage], vocabulary: Vocabulary, document_id: str
) -> tuple[Mention, ...]:
    """Return the mentions of entities in a text, in order and without overlap; the longest name wins.

    Case and plural do not matter, hyphens and blanks are one; abbreviations in capitals, and the entities in
    ``vocabulary.exact``, match as they are written. Themes are no names. A form of two entities names neither.

    Args:
        text: the raw text, which every offset points into.
        passages: its passages in order; a mention lies within one of them.
        vocabulary: its entities.
        document_id: what every mention's id begins with.
    """
    names = _names(vocabulary)
    blank = " " + _blanked(text)
    hits = sorted([*_hits(blank, names.exact), *_hits(_lower(blank), names.any_case)], key=itemgetter(0, 1))
    return tuple(_mentions(text, _apart(hits), passages, document_id))


def known_names(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield every form that names an entity, as `fold_names` folds it, with the entity, its kind and when it counts."""
    kinds = {entity.entity_id: entity.kind for entity in vocabulary.entities}
    for case, forms in zip(("any case", "as written"), _names(vocabulary), strict=True):
        for form, entity_id in forms.entities.items():
            yield _lower(form), f"{entity_id} {kinds[entity_id]} {case}"


def fold_names(text: str) -> str:
    """Fold a text so that it holds each known form that `find_mentions` may find in it."""
    return " " + " ".join(_lower(_blanked(text)).split())


def _blanked(text: str) -> str:
    """Make a blank of everything that parts words; many replacements are quicker than one translation."""
    for mark in _BLANKS:
        text = text.replace(mark, " ")
    return text


def _mentions(text: str, hits: Iterator[_Hit], passages: Sequence[Passage], document_id: str) -> Iterator[Mention]:
    within = iter(passages)
    passage = next(within, None)
    for start, below, entity_id in hits:
        while passage and passage.char_end <= start:
            passage = next(within, None)
        if passage is None:
            return
        end = start - below
        if passage.char_start <= start and end <= passage.char_end:
            name = text[start:end]
            yield Mention(f"{document_id}:e{start}", entity_id, document_id, passage.passage_id, name, start, end)


def _apart(hits: Sequence[_Hit]) -> Iterator[_Hit]:
    """Leave out what begins within a hit before it, unless it is the longer name."""
    kept: _Hit | None = None
    for hit in hits:
        if kept and hit[0] < kept[0] - kept[1]:
            if hit[1] < kept[1]:
                kept = hit
            continue
        if kept:
            yield kept
        kept = hit
    if kept:
        yield kept


def _hits(blank: str, forms: _Forms) -> Iterator[_Hit]:
    """The whole words of `blank` that are forms; `blank` is the text behind one blank."""
    found = forms.automaton.find_matches_as_indexes(blank) if forms.automaton else ()
    for form, start, end in found:
        if not blank[end : end + 1].isalnum():
            yield start, start + 1 - end, forms.ids[form]
        elif shorter := _shorter(blank, start, end, forms):
            yield shorter


def _shorter(blank: str, start: int, end: int, forms: _Forms) -> _Hit | None:
    """Return the longest form that ends with a word before a place in the middle of one."""
    stop = blank.rfind(" ", start, end)
    while stop > start and blank[start:stop] not in forms.entities:
        stop = blank.rfind(" ", start, stop)
    return (start, start + 1 - stop, forms.entities[blank[start:stop]]) if stop > start else None


def _lower(text: str) -> str:
    """Lower case without a change of length: a few letters have two in lower case."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=4)
def _names(vocabulary: Vocabulary) -> _Names:
    printed: dict[str, set[str]] = defaultdict(set)
    labels: dict[str, set[str]] = defaultdict(set)
    capitals: dict[str, set[str]] = defaultdict(set)
    for entity in vocabulary.entities:
        if entity.kind != "theme":
            _enter(entity, vocabulary.exact, printed, labels, capitals)
    return _Names(_forms(_single(printed, labels), inflect=True), _forms(_single(capitals, labels), inflect=False))


def _enter(
    entity: Entity,
    exact: frozenset[str],
    printed: dict[str, set[str]],
    labels: dict[str, set[str]],
    capitals: dict[str, set[str]],
) -> None:
    for form in (entity.label, *entity.aliases):
        words = " ".join(_blanked(form).split())
        if entity.entity_id in exact or _ABBREVIATION.match(form):
            capitals[words].add(entity.entity_id)
        elif len(words) >= _SHORTEST:
            printed[words.lower()].add(entity.entity_id)
        if form == entity.label:
            labels[words.lower()].add(entity.entity_id)
            labels[words].add(entity.entity_id)


def _single(forms: Mapping[str, set[str]], labels: Mapping[str, set[str]]) -> dict[str, str]:
    """The forms that name one entity; a label goes before another entity's alias."""
    single: dict[str, str] = {}
    for form, ids in forms.items():
        named = ids & labels.get(form, set()) or ids
        if form and len(named) == 1:
            single[form] = next(iter(named))
    return single


def _forms(single: dict[str, str], *, inflect: bool) -> _Forms:
    entities = dict(single)
    for form, entity_id in single.items():
        for other in _numbers(form) if inflect else _plural_of_capitals(form):
            entities.setdefault(other, entity_id)
    behind_blank = {" " + form: entity_id for form, entity_id in entities.items()}
    if not behind_blank:
        return _Forms(None, {}, ())
    return _Forms(
        AhoCorasick(list(behind_blank), matchkind=MatchKind.LeftmostLongest), behind_blank, tuple(behind_blank.values())
    )


def _plural_of_capitals(form: str) -> tuple[str, ...]:
    if form[-1:].isupper() and form[-1] != "S":
        return (form + "s",)
    return (form[:-1],) if form.endswith("s") and form[-2:-1].isupper() and len(form) > _SHORTEST else ()


def _numbers(form: str) -> tuple[str, ...]:
    """The form in the other number: "semiconductor" of "semiconductors", "batteries" of "battery"."""
    if form.endswith("ies") and len(form) > len("ties"):
        return (form[:-3] + "y",)
    if form.endswith(("sses", "ches", "shes", "xes")):
        return (form[:-2],)
    if form.endswith("s"):
        return (form[:-1],) if not form.endswith(("ss", "us", "is", "ics")) and len(form) > _SHORTEST + 1 else ()
    if form.endswith("y") and form[-2:-1] not in _VOWELS:
        return (form[:-1] + "ies",)
    return (form + "es",) if form.endswith(("ch", "sh", "x")) else (form + "s",) if form[-1:].isalpha() else ()
