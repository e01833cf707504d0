"""The verb group that ends the words before a value or a verb: where it begins, and what joins another clause."""

from __future__ import annotations

from flows.parse.nouns import ADVERBS, AUXILIARIES, CONJUNCTIONS, DETERMINERS, FINITE, VERBS, bare_word, is_manner
from flows.parse.rules import load_words
from flows.parse.tasks_lemmas import is_base, is_gerund, is_participle, lemma

_MAIN_VERBS = FINITE - AUXILIARIES - {"which", "who", "continued"}
PARTICLES = frozenset(
    (
        "off",
        "out",
        "up",
        "down",
        "back",
        "over",
        "in",
        "on",
        "for",
        "at",
        "to",
        "by",
        "with",
        "from",
        "toward",
        "towards",
    )
)
_MODALS = frozenset(("to", "not", "will", "would", "could", "should", "may", "might", "can", "must", "shall"))
_NOMINAL = load_words("verbs")["nominal"]
_STATES = frozenset(("low", "high", "weak", "strong", "subdued", "elevated", "robust", "very", "rather", "quite"))
_STAYING = frozenset(("remain", "remains", "remained", "stay", "stays", "stayed", "very", "rather", "quite", "still"))
_BEFORE_VERB = (
    FINITE
    | AUXILIARIES
    | ADVERBS
    | frozenset(("expected", "seen", "projected", "estimated", "forecast", "likely", "set", "to", "not", "continued"))
    | frozenset(("began", "due"))
)
_WANTING = frozenset(("need", "needs", "needed", "want", "wants", "plans", "planned", "hopes", "continues", "tends"))
_CLOSING = frozenset(("closed", "ended", "finished", "opened", "traded", "settled"))  # "(the index) closed up"


def without_predicate(words: list[str], kind: str) -> int:
    """Return where the verb group that ends the words begins."""
    end, closed = len(words), False
    while end:
        bare = bare_word(words[end - 1])
        helps = (
            bare in _BEFORE_VERB
            or (bare in _WANTING and words[end : end + 1] == ["to"])
            or (kind == "bare" and (bare in PARTICLES or is_manner(bare) or _is_state(words, end, bare)))
        )
        if not helps and (closed or end == 1 or not _is_last_verb(words, end, bare, kind)):
            break
        # "(the money supply) stood": only helping words stand before a finite verb
        closed = bare in _MAIN_VERBS or (closed and bare != "to")
        end -= 1
    return end


def _is_state(words: list[str], end: int, bare: str) -> bool:
    """Is it the adjective of "(output) remains comparatively low at"?"""
    if bare not in _STATES or end < len(("it", "is", "low")):
        return False
    before = bare_word(words[end - 2])
    return is_manner(before) or before in _STAYING or before in AUXILIARIES


def _is_last_verb(words: list[str], end: int, bare: str, kind: str) -> bool:
    before = bare_word(words[end - 2])
    if kind == "bare":
        return (
            bare in VERBS
            or (is_base(bare) and (before in _MODALS or (before.endswith("s") and bare not in _NOMINAL)))
            or (is_participle(bare) and before not in DETERMINERS)
            or (
                bare_word(words[0]) == "with" and is_leading_gerund(bare)  # "with Singapore taking"
            )
        )
    if end < len(words) and bare_word(words[end]) in PARTICLES:
        return is_participle(bare)  # "gross debt has levelled off at"
    return bare in _CLOSING or (bare.endswith("ed") and (before in AUXILIARIES or before in ADVERBS))


def joined(words: list[str]) -> bool:
    """Does a conjunction bring a subject of its own: "(was) strong and exports"?"""
    at = max((i for i, word in enumerate(words) if bare_word(word) in CONJUNCTIONS), default=-1)
    return at >= 0 and any(not _is_verbal(word) for word in words[at + 1 :])


def _is_verbal(word: str) -> bool:
    bare = bare_word(word)
    return bare in VERBS or bare in _BEFORE_VERB or is_base(bare) or is_participle(bare) or bare.endswith("ing")


def is_leading_gerund(bare: str) -> bool:
    """Say whether a word is the -ing form of a listed verb: "lifting", not "during"."""
    return is_gerund(bare) and is_base(lemma(bare))
