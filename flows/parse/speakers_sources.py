"""Whose words are nobody's of those who speak: what reports, bodies and meetings say; and how far a quotation goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from flows.parse.rules import load_words
from flows.parse.sieve import Sieve, sieve_of, sift
from flows.parse.speakers_people import rule_named
from flows.records import Sentence

TOLD_BY = re.compile(
    r"\b(?:figures|data|statistics|estimates|records|documents) (?:show|from|released)|\b[Aa]nalysts\b"
)
OPENS_QUOTE = ("“", '"', "‘")
PLAIN = re.compile(r"[a-z]{3,12}")
_BEFORE_SAID = 160


def through_quotes(text: str, sentences: Sequence[Sentence], said: Sequence[str | None]) -> list[str | None]:
    """Give each sentence of a quotation to whom its end names: "“First, … . Second, … ,” said Zhao"."""
    result = list(said)
    opened: int | None = None
    for index, sentence in enumerate(sentences):
        if opened is not None and (said[index] or sentence.passage != sentences[opened].passage):
            if said[index] and sentence.passage == sentences[opened].passage:
                result[opened:index] = [said[index]] * (index - opened)
            opened = None
        words = text[sentence.char_start : sentence.char_end]
        if said[index] is None and opened is None and words.startswith(OPENS_QUOTE):
            opened = index if words.count(words[0]) % 2 and "”" not in words else None
    return result


def until_others(text: str, sentences: Sequence[Sentence], said: Sequence[str | None]) -> list[bool]:
    """Tell of each sentence whether it can be the only speaker's: from where a report or a body is quoted, none is."""
    mine: list[bool] = []
    own = True
    for sentence, key in zip(sentences, said, strict=True):
        own = key is not None or (own and not is_others(text, sentence))
        mine.append(own)
    return mine


def is_others(text: str, sentence: Sentence) -> bool:
    """Return whether a sentence gives what a report, a body or a meeting says: "A survey by Kestrel predicted"."""
    words = text[sentence.char_start : sentence.char_end]
    verbs = load_words("names")["said"]
    if verbs.isdisjoint(PLAIN.findall(words.lower())):
        return TOLD_BY.search(words) is not None
    rules = sift(_sources(), words).rules
    named = any(rule.id == "according-to-source" and rule.pattern.search(words) for rule in rules)
    if named or TOLD_BY.search(words):
        return True
    return any(
        rule.pattern.search(words[max(0, match.start() - _BEFORE_SAID) : match.start()])
        for rule in rules
        if rule.id == "said-source"
        for match in rule_named("said").pattern.finditer(words)
    )


@cache
def _sources() -> Sieve:
    return sieve_of((rule_named("according-to-source"), rule_named("said-source")))
