"""Noun phrases cut out of a clause by closed word classes: what stands before a verb, what follows a number."""

from __future__ import annotations

import re

from flows.parse.rules import load_words

_WORDS = load_words("nouns")
_SUBORDINATORS = _WORDS["subordinator"]
_VERBS = _WORDS["verb"] | _WORDS["auxiliary"]
_AUXILIARIES = _WORDS["auxiliary"]
_OPENERS = _WORDS["opener"]
_PREPOSITIONS = _WORDS["preposition"]
_DETERMINERS = _WORDS["determiner"]
_PRONOUNS = _WORDS["pronoun"]
_ADVERBS = _WORDS["adverb"]
_CONJUNCTIONS = _WORDS["conjunction"]
_PLURALS = _WORDS["plural"]
_FINITE = _WORDS["finite"] | {"which", "who"}
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

_COMPARATIVES = frozenset(
    (
        "fewer",
        "more",
        "less",
        "higher",
        "lower",
        "faster",
        "slower",
        "larger",
        "smaller",
        "greater",
        "each",
        "respectively",
        "again",
    )
)
_TOKEN = re.compile(r"[^\s,;:()—–]+|[,;:()—–]")
_STOPPERS = frozenset(",;:()—–")
_TRAIL = ".!?\"”’'“‘ "
_SMALL = frozenset(("of", "for", "with", "that", "who", "which", "and", "in"))
_LONGEST_PHRASE = 22  # words; official noun phrases are long, but not longer


def fold(phrase: str) -> str:
    """Fold white space."""
    return " ".join(phrase.split())


def is_pronoun(phrase: str) -> bool:
    """Does the phrase stand for another one? An empty phrase does."""
    return phrase.casefold().strip() in _PRONOUNS or not phrase.strip()


def is_verb(phrase: str) -> bool:
    """Does the phrase open with one of the verbs that end a noun phrase, or with nothing?"""
    bare = _bare(phrase.split(maxsplit=1)[0]) if phrase.split() else ""
    return (
        not bare
        or bare in _VERBS
        or bare in {"falls", "rises", "flew", "goes", "went", "left", "grows", "each", "respectively"}
    )


def trim(phrase: str) -> str:
    """Take determiners, conjunctions and adverbs off the ends of a phrase."""
    words = fold(phrase).strip(_TRAIL + ",;:—–-").split()
    while words and _bare(words[0]) in _DETERMINERS | _CONJUNCTIONS | _ADVERBS and not _stands_for(words):
        words.pop(0)
    while words and (
        _bare(words[-1])
        in _ADVERBS | _COMPARATIVES | {"than"} | _CONJUNCTIONS | _FINITE | _AUXILIARIES | _DETERMINERS | _PREPOSITIONS
        or words[-1].endswith("ly")
    ):
        words.pop()
    return " ".join(words).strip(",;:—– ")


def _stands_for(words: list[str]) -> bool:
    """ "that of mining" keeps its pronoun, to be resolved."""
    return len(words) > 1 and _bare(words[0]) in {"that", "those"} and _bare(words[1]) in {"of", "for", "in"}


def _bare(word: str) -> str:
    return word.strip(_TRAIL + ",;:").casefold()


def counted_noun(text: str, start: int, end: int) -> str:
    """Return the noun phrase that follows a number at `start`: "national manufacturing innovation centers".

    It ends at punctuation, a verb, or a preposition that opens something new; "of", "for" and "with" belong to it,
    and so does a relative clause.
    """
    taken: list[str] = []
    headed = False
    for match in _TOKEN.finditer(text, start, min(end, start + 240)):
        word, bare = match[0], _bare(match[0])
        if word in _STOPPERS or len(taken) >= _LONGEST_PHRASE:
            break
        if (headed and not _goes_on(taken, bare)) or (
            not taken and (bare in _COMPARATIVES or bare in {"left", "alone", "overall"})
        ):
            break
        if not headed and (
            bare in _VERBS or bare in _SUBORDINATORS or (bare in _PREPOSITIONS and not (bare == "of" and taken))
        ):
            break
        taken.append(word)
        headed = headed or _is_head(bare)
        if word[-1] in ".!?" and len(bare) > 1:
            break
    return _tidy(taken)


def _goes_on(taken: list[str], bare: str) -> bool:
    last = _bare(taken[-1])
    if last == "and" and bare.endswith("ing"):
        return False
    if bare in {"that", "who", "which"} or (set(map(_bare, taken)) & {"that", "who", "which"}):
        return True
    if last in _SMALL or bare in _SMALL - {"in"}:
        return bare not in _VERBS
    return bare not in _VERBS | _SUBORDINATORS | _PREPOSITIONS | _CONJUNCTIONS and not bare.endswith(
        ("ed", "ing", "ly")
    )


def _is_head(bare: str) -> bool:
    return bare in _PLURALS or (bare.endswith("s") and not bare.endswith(("ss", "us", "is", "'s", "’s", "ous")))


def _tidy(taken: list[str]) -> str:
    while taken and _bare(taken[-1]) in _SMALL | _DETERMINERS | _CONJUNCTIONS | _PREPOSITIONS:
        taken.pop()
    return fold(" ".join(taken)).strip(_TRAIL + ",;:")


def phrase_after(phrase: str) -> str:
    """Cut a phrase that follows "in", "of" or a value at the first verb, conjunction of clauses or long tail."""
    taken: list[str] = []
    for match in _TOKEN.finditer(phrase):
        word, bare = match[0], _bare(match[0])
        if word in _STOPPERS or bare in _SUBORDINATORS or (bare in _FINITE and taken) or len(taken) >= _LONGEST_PHRASE:
            break
        if taken and bare in {
            "to",
            "by",
            "from",
            "during",
            "over",
            "this",
            "last",
            "compared",
            "through",
            "reaching",
            "respectively",
            "year",
        }:
            break
        taken.append(word)
        if word[-1] in ".!?" and len(bare) > 1:
            break
    return trim(" ".join(taken))


def subject_before(gap: str) -> str:
    """Return the subject noun phrase at the end of `gap`, the words of a clause up to its verb; "" where there is none.

    Introductory phrases, subordinate clauses before it and parentheses after it are left out; enumerations are kept.
    """
    gap = re.sub(r"\([^()]*\)?(?=\W*\Z)|\([^()]*\)(?=\s+\w+\s*\Z)", " ", gap)
    segments = re.split(r"\s*[,;:—]\s+|\s+[–—]\s+|—", gap)
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
    first = _bare(segment.split(maxsplit=1)[0]) if segment.split() else ""
    return first in _OPENERS | {"which", "who", "such", "a", "an", "the", "excluding", "e.g"} or first.endswith("ing")


def _is_enumeration(left: str, right: str) -> bool:
    words = left.split()
    if not words or _bare(words[0]) in _OPENERS | _SUBORDINATORS or not right.strip():
        return False
    joined = re.search(r"\b(?:and|or|&)\b", right)
    plain = not any(_bare(word) in _FINITE for word in words)
    return (
        bool(joined)
        and plain
        and len(words) <= 9
        and not re.match(r"\s*(?:and|or)\s+(?:that|it|they|its|the)\b", right)
    )


def _cut_left(phrase: str) -> str:
    """Walk leftwards from the verb and stop at what cannot belong to the subject."""
    words = phrase.split()
    if len(words) > 1 and _bare(words[-1]) in {"it", "they"}:
        return _bare(words[-1])
    at = len(words)
    while at and _bare(words[at - 1]) in _FINITE | _AUXILIARIES | _ADVERBS | {
        "expected",
        "projected",
        "estimated",
        "forecast",
        "likely",
        "set",
        "to",
        "not",
        "continued",
        "began",
        "due",
    }:
        at -= 1
    if 1 < at < len(words) + 1 and words[at - 1].endswith("ed") and _bare(words[at - 2]) in _AUXILIARIES | _ADVERBS:
        return _cut_left(" ".join(words[: at - 1]))
    end = at
    while at:
        bare = _bare(words[at - 1])
        if _stops(words, at - 1, end, bare):
            break
        at -= 1
    return trim(" ".join(words[_skip_opening(words, at, end) : end]))


def _stops(words: list[str], index: int, end: int, bare: str) -> bool:
    if bare in {"as", "than"} and index and _bare(words[index - 1]) in {"such", "well"}:
        return False
    if bare in {"that", "those"} and index + 1 < end and _bare(words[index + 1]) in {"of", "for", "in"}:
        return False
    if bare in {"that", "which", "who"} and index + 1 < end:
        return True
    if bare in _SUBORDINATORS:
        return True
    return (
        bare in _VERBS
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
    while at < end and _bare(words[at]) in _LEADING:
        at += 1
    return at


def leading_subject(clause: str) -> str:
    """Return the subject that a main clause opens with, up to its first finite verb; "" where there is none."""
    for segment in re.split(r"\s*[;:—]\s*|,\s+", clause):
        words = segment.split()
        while words and _bare(words[0]) in _CONJUNCTIONS | {"that", "also", "while", "as", "with"}:
            words.pop(0)
        if not words or _bare(words[0]) in _OPENERS:
            continue
        ends = [i for i, word in enumerate(words) if _bare(word) in _FINITE or (i and _bare(word) in _VERBS)]
        if ends and ends[0]:
            return trim(" ".join(words[: ends[0]]))
    return ""


def relative_antecedent(before: str) -> str:
    """In "solar batteries and electric vehicles, which surpassed", return what "which" stands for; else ""."""
    match = re.search(r"(?P<left>.*\S),?\s(?:which|that|who)\s[^,;:]*\Z", before)
    return subject_before(match["left"].rstrip(",")) if match else ""
