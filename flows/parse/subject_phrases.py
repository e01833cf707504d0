"""The subject of a clause, cut out of the words before its verb."""

from __future__ import annotations

import re

from flows.parse.nouns import ADVERBS, AUXILIARIES, CONJUNCTIONS, FINITE, OPENERS, SUBORDINATORS, VERBS, bare_word, trim

_LEADING = frozenset(
    (
        "with",
        "as",
        "in",
        "and",
        "while",
        "by",
        "for",
        "at",
        "on",
        "from",
        "of",
        "among",
        "but",
        "or",
        "also",
        "however",
        "meanwhile",
        "notably",
        "then",
        "to",
        "where",
        "when",
        "which",
    )
)


_BRACKETS = re.compile(r"\([^()]*\)?(?=\W*\Z)|\([^()]*\)(?=\s+\w+\s*\Z)")
_BREAK = re.compile(r"\s*[,;:—]\s+|\s+[–—]\s+|—")


def subject_before(gap: str) -> str:
    """Return the subject noun phrase at the end of `gap`, the words of a clause up to its verb; "" where there is none.

    Introductory phrases, subordinate clauses before it and parentheses after it are left out; enumerations are kept.
    """
    segments = _BREAK.split(_BRACKETS.sub(" ", gap))
    while len(segments) > 1 and not segments[-1].strip():
        segments.pop()
        if len(segments) > 1 and _is_aside(segments[-1]):
            segments.pop()
    at = len(segments) - 1
    phrase = segments[at]
    while at > 0 and _is_enumeration(segments[at - 1], phrase):
        at -= 1
        phrase = f"{segments[at]}, {phrase}"
    return _cut_left(phrase)


def _is_aside(segment: str) -> bool:
    first = bare_word(segment.split(maxsplit=1)[0]) if segment.split() else ""
    return first in OPENERS | {"which", "who", "such", "a", "an", "the", "excluding", "e.g"} or first.endswith("ing")


def _is_enumeration(left: str, right: str) -> bool:
    words = left.split()
    if not words or bare_word(words[0]) in OPENERS | SUBORDINATORS or not right.strip():
        return False
    joined = re.search(r"\b(?:and|or|&)\b", right)
    plain = not any(bare_word(word) in FINITE for word in words)
    return (
        bool(joined)
        and plain
        and len(words) <= 9
        and not re.match(r"\s*(?:and|or)\s+(?:that|it|they|its|the)\b", right)
    )


_PARTICLES = frozenset(("off", "out", "up", "down", "back", "over"))
_BEFORE_VERB = (
    FINITE
    | AUXILIARIES
    | ADVERBS
    | frozenset(("expected", "seen", "projected", "estimated", "forecast", "likely", "set", "to", "not", "continued"))
    | frozenset(("began", "due"))
)


def _cut_left(phrase: str) -> str:
    """Walk leftwards from the verb and stop at what cannot belong to the subject."""
    words = phrase.split()
    if len(words) > 1 and bare_word(words[-1]) in {"it", "they"}:
        return bare_word(words[-1])
    at = len(words)
    while at and bare_word(words[at - 1]) in _BEFORE_VERB:
        at -= 1
    if at > 1 and bare_word(words[at - 1]) in _PARTICLES and words[at - 2].endswith("ed"):
        return _cut_left(" ".join(words[: at - 2]))  # "gross debt has levelled off at"
    if 1 < at < len(words) + 1 and words[at - 1].endswith("ed") and bare_word(words[at - 2]) in AUXILIARIES | ADVERBS:
        return _cut_left(" ".join(words[: at - 1]))
    end = at
    while at:
        bare = bare_word(words[at - 1])
        if _stops(words, at - 1, end, bare):
            break
        at -= 1
    return trim(" ".join(words[_skip_opening(words, at, end) : end]))


def _stops(words: list[str], index: int, end: int, bare: str) -> bool:
    if bare in {"as", "than"} and index and bare_word(words[index - 1]) in {"such", "well"}:
        return False
    if bare in {"that", "those"} and index + 1 < end and bare_word(words[index + 1]) in {"of", "for", "in"}:
        return False
    if bare in {"that", "which", "who"} and index + 1 < end:
        return True
    if bare in SUBORDINATORS:
        return True
    return (
        bare in VERBS
        and index + 1 < end
        and not (
            bare
            in {
                "use",
                "work",
                "show",
                "cut",
                "cuts",
                "run",
                "need",
                "plan",
                "plans",
                "works",
                "forecast",
                "projected",
                "used",
                "added",
                "estimated",
                "built",
                "registered",
                "invested",
                "sold",
                "produced",
                "installed",
                "exported",
                "imported",
                "completed",
                "employed",
            }
            or bare == "made"
        )
    )


def _skip_opening(words: list[str], at: int, end: int) -> int:
    """Step over "In May", "Notably" and the like where no comma set them off."""
    while at < end and bare_word(words[at]) in _LEADING:
        at += 1
    return at


def leading_subject(clause: str) -> str:
    """Return the subject that a main clause opens with, up to its first finite verb; "" where there is none."""
    for segment in re.split(r"\s*[;:—]\s*|,\s+", clause):
        words = segment.split()
        while words and bare_word(words[0]) in CONJUNCTIONS | {"that", "also", "while", "as", "with"}:
            words.pop(0)
        if not words or bare_word(words[0]) in OPENERS:
            continue
        ends = [i for i, word in enumerate(words) if bare_word(word) in FINITE or (i and bare_word(word) in VERBS)]
        if ends and ends[0]:
            return trim(" ".join(words[: ends[0]]))
    return ""


def relative_antecedent(before: str) -> str:
    """In "solar batteries and electric vehicles, which surpassed", return what "which" stands for; else ""."""
    match = re.search(r"(?P<left>.*\S),?\s(?:which|that|who)\s[^,;:]*\Z", before)
    return subject_before(match["left"].rstrip(",")) if match else ""
