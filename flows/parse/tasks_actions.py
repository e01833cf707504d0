"""What is to be done: the leading content verb of a task, wrappers of effort and pace stepped over."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from flows.parse.literals import fold_case
from flows.parse.rules import load_part, load_words
from flows.parse.tasks_lemmas import head_and_particle, is_base, is_participle, is_verb_form, lemma

_WORD = re.compile(r"[\"'“‘(]?([A-Za-z][\w’'-]*)")
# These are tried on folded words: to match with case is several times as fast as to match without.
_OBLIGED = re.compile(r"(?:need|have|has|ought)[ ]to[ ]")
_POINT = re.compile(r"[:：]?[ ]?\(?(?:1|a|i)[).][ ]+")
_BE = re.compile(r"(?:be|been|being|get|remain)[ ]+")
_APART = re.compile(
    r"[ ](?:[\w’'-]+[ ]){1,8}?(down|up|together|forward|about|back)(?=[ ](?:to|from|by|in|and|at|with)\b|[.,;)]|\Z)"
)
_TO_VERB = re.compile(r"\bto[ ]((?:[a-z]+ly[ ])?[a-z-]+)")
_NO_VERB = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "of",
        "our",
        "its",
        "their",
        "this",
        "that",
        "these",
        "those",
        "some",
        "any",
        "no",
        "all",
        "it",
        "we",
        "they",
        "he",
        "she",
        "i",
        "you",
        "him",
        "her",
        "them",
        "my",
        "your",
        "his",
    ]
)
_DEEPEST = 8  # wrappers in one another


class Action(NamedTuple):
    """The verb of a task: `verb` with its particle, `head` without; `end` is where it ends in the text."""

    verb: str
    head: str
    passive: bool
    obliged: bool
    end: int


@cache
def _adverbs() -> re.Pattern[str]:
    return re.compile(load_part("tasks", "adverbs"), re.VERBOSE)


@cache
def _wrapper() -> re.Pattern[str]:
    return re.compile(load_part("tasks", "wrapper"), re.VERBOSE)


@cache
def _toward() -> re.Pattern[str]:
    return re.compile(load_part("tasks", "adverbs") + load_part("tasks", "toward"), re.VERBOSE)


def leading_action(text: str, at: int, *, effort: bool = False, seek: bool = False) -> Action | None:
    """Return the action of the verb phrase that begins at `at`, or None where no verb stands.

    Args:
        text: a sentence, its white space folded.
        at: where the verb phrase begins, just behind a modal.
        effort: the subject is itself a wrapper: "efforts will be made to".
        seek: a subject may stand before the verb: "essential that governments implement".
    """
    folded = fold_case(text)
    at, obliged = _step_over(folded, at)
    word = _WORD.match(text, at)
    if not word or (word[1].casefold() in _NO_VERB and not seek):
        return None
    be = _BE.match(folded, at)
    if be:
        return _after_be(text, folded, be, obliged=obliged, effort=effort)
    if not is_base(word[1]) and (seek or word[1].casefold() in load_words("tasks")["prepositions"]):
        word = _next_base(text, at) or word
        if word[1].casefold() in _NO_VERB:
            return Action("", "", passive=False, obliged=obliged, end=word.end())
    return _named(text, word, passive=False, obliged=obliged)


def first_gerund_or_infinitive(text: str, at: int) -> Action | None:
    """Return the first "to strengthen" or "strengthening" behind `at` in its sentence: what a call calls for."""
    start = _skip(fold_case(text), at)
    word = _WORD.match(text, start)
    if word and word[1].casefold().endswith("ing") and is_base(lemma(word[1])):
        return leading_action(text, start)
    for found in _TO_VERB.finditer(text, at):
        if is_base(found[1].rpartition(" ")[2]):
            return leading_action(text, found.start(1))
    return None


def _skip(folded: str, at: int) -> int:
    """Step over adverbs, and over the number of the first of several points: "aims to (1) raise …, (2) cut …"."""
    point = _POINT.match(folded, at)
    at = point.end() if point else at
    found = _adverbs().match(folded, at)
    return found.end() if found else at


def _step_over(folded: str, at: int) -> tuple[int, bool]:
    """Return where the content verb stands, and whether "need to" or "have to" stood before it."""
    obliged = False
    for _ in range(_DEEPEST):
        at = _skip(folded, at)
        duty = _OBLIGED.match(folded, at)
        over = duty or _wrapper().match(folded, at)
        if not over:
            break
        obliged |= duty is not None
        at = over.end()
    return at, obliged


def _after_be(text: str, folded: str, be: re.Match[str], *, obliged: bool, effort: bool) -> Action | None:
    at = _skip(folded, be.end())
    word = _WORD.match(text, at)
    words = load_words("tasks")
    if effort and (on := _toward().match(folded, at)):
        return leading_action(text, on.end())
    if not word:
        return None
    if word[1].casefold().endswith("ing") and is_base(lemma(word[1])):
        return leading_action(text, at)
    if not is_participle(word[1]):
        verb = "remain" if be[0].startswith("remain") else "be"
        return Action(verb, verb, passive=False, obliged=obliged, end=be.end())
    found = _named(text, word, passive=True, obliged=obliged)
    toward = _toward().match(folded, _space(text, found.end))
    if toward and found.head in words["told_to"]:
        told = leading_action(text, toward.end())
        return told._replace(obliged=True) if told else None
    if toward and effort and found.verb in words["effort_verbs"]:
        return leading_action(text, toward.end()) or found
    return found


def _space(text: str, at: int) -> int:
    return at + text.startswith(" ", at)


def _next_base(text: str, at: int) -> re.Match[str] | None:
    for count, word in enumerate(_WORD.finditer(text, at)):
        if count > _DEEPEST:
            return None
        if count and is_verb_form(word[1]):
            return word
    return None


def _named(text: str, word: re.Match[str], *, passive: bool, obliged: bool) -> Action:
    head = lemma(word[1])
    end = word.end()
    if (joined := head_and_particle(word[1])) and f"{lemma(joined[0])} {joined[1]}" in load_words("verbs")["phrasal"]:
        return Action(f"{lemma(joined[0])} {joined[1]}", lemma(joined[0]), passive, obliged, end)
    follows = _WORD.match(text, _space(text, end))
    phrasal = load_words("verbs")["phrasal"]
    if follows and f"{head} {follows[1].casefold()}" in phrasal and text.startswith(" ", end):
        return Action(f"{head} {follows[1].casefold()}", head, passive, obliged, follows.end())
    if head in {"bring", "drive", "push", "get", "keep"} and (apart := _APART.match(text, end)):
        pair = f"{head} {apart[1]}"
        return Action(pair if pair in phrasal else head, head, passive, obliged, end)
    return Action(head, head, passive, obliged, end)
