"""Subjects that stand at the opening of a clause, or before one that is set behind them."""

from __future__ import annotations

import re

from flows.parse.marks import OPEN
from flows.parse.nouns import CONJUNCTIONS, FINITE, OPENERS, PREPOSITIONS, VERBS, bare_word, is_verb, trim
from flows.parse.subject_phrases import subject_before
from flows.parse.tasks_lemmas import is_participle

_LINKING = CONJUNCTIONS | {"that", "also", "while", "as", "with"}


def leading_subject(clause: str) -> str:
    """Return the subject that a main clause opens with, up to its first finite verb; "" where there is none."""
    for segment in re.split(r"\s*[;:—]\s*|,\s+", clause):
        words = segment.split()
        while words and bare_word(words[0]) in _LINKING:
            words.pop(0)
        if not words or bare_word(words[0]) in OPENERS:
            continue
        ends = [i for i, word in enumerate(words) if bare_word(word) in FINITE or (i and _ends_subject(words, i))]
        if ends and ends[0]:
            return trim(" ".join(words[: ends[0]]))
    return ""


_MOVING = frozenset(("up", "down", "higher", "lower", "to", "by", "sharply", "slightly", "further"))


def _ends_subject(words: list[str], at: int) -> bool:
    """Is it a verb, or a past form that a direction follows: "funds (edged) down"?"""
    bare = bare_word(words[at])
    after = bare_word(words[at + 1]) if at + 1 < len(words) else ""
    pointed = (
        at > 1 and bare_word(words[0]) in {"this", "these"} and after in PREPOSITIONS
    )  # "this market operated for"
    acts = bare.endswith("ed") and after in {"a", "an", "the", "its", "their"}  # "trade suffered a setback"
    if after in VERBS and is_participle(bare):
        return False  # "the quantity bought (showed growth)"
    return bare in VERBS or acts or (bare.endswith("ed") and (after in _MOVING or pointed))


_TOLD = re.compile(r"\b(?:said|announced|reported|noted|stated|added)[ ](?:(?:on|in|at)\b|\w+day\b)[^,;]*\Z")


def relative_antecedent(before: str) -> str:
    """In "solar batteries and electric vehicles, which surpassed", return what "which" stands for; else ""."""
    match = re.search(r"(?P<left>.*\S),?\s(?:which|that|who)\s[^,;:]*\Z", before)
    told = match is not None and (is_verb(match["left"].rpartition(" ")[2]) or _TOLD.search(match["left"]))  # "he said"
    return subject_before(match["left"].rstrip(",")) if match and not told else ""


def behind_opening(behind: str) -> str:
    """Return the subject behind what a sentence opens with: of "At ⟨3 percent⟩, the rate was" the rate; "" for none."""
    aside, comma, rest = behind.partition(", ")
    return leading_subject(rest.partition(OPEN)[0]) if comma and not _CLAUSE.search(aside) else ""


_CLAUSE = re.compile(r"[;:.](?!\d)|\b(?:is|are|was|were|will|has|had)\b")
