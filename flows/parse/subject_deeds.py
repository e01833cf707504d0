"""Verbs before which a subject begins that is not theirs: what wants another to do something, what a deed brings."""

from __future__ import annotations

from flows.parse.nouns import ADVERBS, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, bare_word
from flows.parse.rules import load_words
from flows.parse.tasks_lemmas import is_participle, lemma

_WISHING = load_words("verbs")["wishing"]
_YIELDING = load_words("verbs")["yielding"]
_YIELDED = frozenset(map(lemma, _YIELDING)) - {"give", "raise", "mobilise", "issue"}
_BEFORE_STATE = DETERMINERS | ADVERBS | PREPOSITIONS | CONJUNCTIONS
_HAVING = load_words("verbs")["having"]
_LEADING_TO = frozenset((("leading", "to"), ("resulting", "in"), ("amounting", "to"), ("translating", "into")))


def wishes(words: list[str], index: int, end: int, bare: str) -> bool:
    """Is it what wants another to do something: "the plan calls for (the rate) to reach", "requires (the share) to"?"""
    if index == 0 or index + 1 >= end or words[end : end + 1] != ["to"]:
        return False
    return bare in _WISHING or (bare == "for" and bare_word(words[index - 1]) in {"call", "calls", "called", "calling"})


def yields(words: list[str], index: int, end: int, bare: str) -> bool:
    """Is it a gerund before what it brings: "by signing (deals worth)", "leading to (output of)"?"""
    if index + 1 >= end:
        return False
    before = bare_word(words[index - 1]) if index else ""
    if bare in _YIELDING:
        return words[index].islower() and (index == 0 or before in PREPOSITIONS or before.endswith("s"))
    if bare in _HAVING and bare_word(words[index + 1]) not in PREPOSITIONS:
        return before == "and" if bare.endswith("s") else before.endswith("s") or before in ADVERBS
    if lemma(bare) in _YIELDED and is_participle(bare) and index:
        told = before not in _BEFORE_STATE and bare_word(words[index + 1]) not in PREPOSITIONS
        return told and not before.endswith("ly")  # "the bank disbursed (loans totalling)"
    return (before, bare) in _LEADING_TO
