"""What a value of a bare sentence is about: the noun phrase beside it, or the subject of its clause."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.parse.bare_nouns import is_head
from flows.parse.nouns import ADVERBS, AUXILIARIES, DETERMINERS, PREPOSITIONS, bare_word, fold
from flows.parse.rules import load_words
from flows.parse.tasks_lemmas import lemma

_WORDS = load_words("bare")
_VERBS, _ADVERBS = _WORDS["verb"], _WORDS["adverb"] | ADVERBS
_LISTED = load_words("verbs")["base"] - load_words("verbs")["nominal"]
# Where one clause of a sentence ends and another begins.
_CLAUSE = re.compile(
    r"[;:—]|[“\"](?=\w)|,?[ ](?:while|whereas|when|after|because|although|though|but|before|since|if|until|that|as)[ ]"
    r"|,[ ](?:and|or|with|which|who|where)[ ]|[ ](?:which|who)[ ]|,[ ]|[ ]and[ ]"
)
_RELATIVE = re.compile(r"[ ](?:which|who|that)[ ]")
_OPENERS = frozenset(("in", "on", "at", "by", "from", "during", "for", "with", "over", "under", "among", "across", "of"))
_OF = re.compile(r"[ ](?:of|worth[ ]of)[ ](?:the[ ]|its[ ]|their[ ]|his[ ]|her[ ]|all[ ]|our[ ])?")
_SKIPPED = re.compile(r"[\w%$€£.,'’-]+")
_BESIDE = re.compile(r"[ -]([^\W\d_][\w'’-]*(?:[ -][^\W\d_][\w'’-]*){0,4})")
_WORD = re.compile(r"[^\s,;:()“”\"]+")
_LONGEST = 10


def phrase_beside(text: str, at: int, end: int) -> str:
    """Return the noun phrase right behind a value that ends at `at`: "Treasury note" of "10-year Treasury note"."""
    match = _BESIDE.match(text, at, end)
    words: list[str] = []
    for word in match[1].split() if match else ():
        bare = bare_word(word)
        if bare in PREPOSITIONS | DETERMINERS | AUXILIARIES | _ADVERBS or is_verb(bare, after=words):
            break
        words.append(word)
        if word.endswith("."):
            break
    return fold(" ".join(words)).strip(" .,")


def phrase_of(text: str, at: int, end: int) -> str:
    """Return what a value that ends at `at` is of: "cocaine" of "2.5 tonnes of cocaine", "" where no "of" follows."""
    of = _OF.match(text, at, end)
    if not of:
        return ""
    words: list[str] = []
    for match in _WORD.finditer(text, of.end(), min(end, of.end() + 120)):
        bare = bare_word(match[0])
        gap = text[of.end() if not words else last : match.start()]
        if (words and gap.strip()) or is_verb(bare, after=words) or bare in AUXILIARIES or len(words) == _LONGEST:
            break
        if words and bare in (PREPOSITIONS - {"of", "in", "for"}) | {"and", "or", "a", "an"}:
            break
        words.append(match[0])
        last = match.end()
    return fold(" ".join(words)).strip(" .,")


def clause_subject(left: str) -> str:
    """Return the subject of the clause that a value stands in; `left` are the words of the sentence before it.

    Of "The fire destroyed 30 homes and forced" it is "fire"; a clause that opens with its verb has the subject of
    the clause before it, a relative clause what it stands behind.
    """
    parts = _parts(left)
    for at in range(len(parts) - 1, -1, -1):
        words = parts[at].split()
        verb = _first_verb(words)
        if verb is None:
            continue
        subject = _subject(words[:verb])
        if subject:
            return subject
    return ""


def _parts(left: str) -> list[str]:
    """Cut the words before a value into clauses."""
    found, at = [], 0
    for match in _CLAUSE.finditer(left):
        found.append(left[at : match.start()])
        at = match.end()
    return [part for part in (*found, left[at:]) if part.strip()]


def _first_verb(words: list[str]) -> int | None:
    for at, word in enumerate(words):
        bare = bare_word(word)
        if is_verb(bare, after=words[:at]):
            return at
    return None


def _subject(words: list[str]) -> str:
    """Return the subject without what opens its clause: "In May", a determiner, a number."""
    at = 0
    if words and bare_word(words[0]) in _OPENERS:
        return ""
    while at < len(words) and (bare_word(words[at]) in DETERMINERS | _ADVERBS or not words[at][0].isalnum()):
        at += 1
    found = words[at:] or words
    return fold(" ".join(found[:_LONGEST])).strip(" ,")


@lru_cache(maxsize=8192)
def _verbal(bare: str) -> bool:
    """Is a word a verb by its form or by the lists?"""
    if bare in _VERBS or bare in AUXILIARIES:
        return True
    if bare.endswith("ed") and len(bare) > 4:
        return True
    base = lemma(bare)
    return base != bare and base in _LISTED and not bare.endswith("ing")


def is_verb(bare: str, *, after: list[str]) -> bool:
    """Say whether a lower-case word is the verb behind the words `after`; a form that may be a noun needs a subject."""
    if not _verbal(bare):
        return False
    if bare in AUXILIARIES or bare in _VERBS:
        return True
    before = bare_word(after[-1]) if after else ""
    if bare.endswith("ed"):
        return bool(after) and before not in DETERMINERS | PREPOSITIONS
    return bool(after) and before not in DETERMINERS | PREPOSITIONS and (not is_head(bare) or not is_head(before))
