"""Noun phrases cut out of a clause by closed word classes: what stands before a verb, what follows a number."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.parse.marks import OPEN
from flows.parse.rules import load_words
from flows.parse.tasks_lemmas import is_verb_form

_WORDS = load_words("nouns")


SUBORDINATORS = _WORDS["subordinator"]


VERBS = _WORDS["verb"] | _WORDS["auxiliary"]


AUXILIARIES = _WORDS["auxiliary"]


OPENERS = _WORDS["opener"]


LEADING = _WORDS["leading"]


ATTRIBUTIVE = _WORDS["attributive"]


PREPOSITIONS = _WORDS["preposition"]


DETERMINERS = _WORDS["determiner"]


PRONOUNS = _WORDS["pronoun"]


ADVERBS = _WORDS["adverb"]


CONJUNCTIONS = _WORDS["conjunction"]


FINITE = _WORDS["finite"] | {"which", "who"}


_NOUNS_IN_LY = frozenset(("supply", "family", "assembly", "monopoly", "anomaly", "italy", "july", "reply"))


COMPARATIVES = frozenset(
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


_OPENING = DETERMINERS | CONJUNCTIONS | ADVERBS
_CLOSING = _OPENING | COMPARATIVES | {"than"} | FINITE | AUXILIARIES | PREPOSITIONS


# "the median projection for inflation" measures inflation: who projects it is said by the status.
_FORECAST = re.compile(
    r"\A(?:the )?(?:median of )?(?:(?:[\w-]+ ){0,2}[\w-]+['’]s? )?(?:(?:median|central|new|staff|latest|baseline) )*"
    r"(?:projections?|forecasts?|estimates?|outlooks?) "
    r"(?:in (?:the|our) (?:\w+ ){1,4})?(?:for|of) (?:the )?"
    r"|(?<=\w) in the (?:SEP|projections|outlook)\Z",
    re.IGNORECASE,
)
TOKEN = re.compile(r"[^\s,;:()—–]+|[,;:()—–]")


STOPPERS = frozenset((*",;:()—–", "--"))


_PERSONS = frozenset(("we", "i", "they", "he", "she", "you"))
TRAIL = ".!?\"”’'“‘ "


_LOOSE_HYPHEN = re.compile(r"(?<=[a-z])[ ]-(?=[a-z])")
LONGEST_PHRASE = 22  # words; official noun phrases are long, but not longer


def fold(phrase: str) -> str:
    """Fold white space; "agri -districts", as a page reads that was set in type, is one word."""
    folded = phrase.strip(" ") if is_folded(phrase) else " ".join(phrase.split())
    return _LOOSE_HYPHEN.sub("-", folded) if " -" in folded else folded


def is_folded(words: str) -> bool:
    """Say whether single blanks are all the white space between words: nothing else that parts them is printable."""
    return words.isprintable() and "  " not in words


def is_pronoun(phrase: str) -> bool:
    """Does the phrase stand for another one? An empty phrase does."""
    return phrase.casefold().strip() in PRONOUNS or not phrase.strip()


def is_verb(phrase: str) -> bool:
    """Does the phrase open with one of the verbs that end a noun phrase, or with nothing?"""
    bare = bare_word(phrase.split(maxsplit=1)[0]) if phrase.split() else ""
    return (
        not bare
        or bare in VERBS
        or bare in {"falls", "rises", "flew", "goes", "went", "left", "grows", "each", "respectively"}
    )


_DOTTED = frozenset(("U.S", "U.K", "U.N", "E.U", "D.C"))  # names that keep their last stop


def trim(phrase: str) -> str:
    """Take determiners, conjunctions and adverbs off the ends of a phrase."""
    words = _FORECAST.sub("", fold(phrase)).strip(TRAIL + ",;:—–-").split()
    if words and words[-1] in _DOTTED:
        words[-1] += "."
    while words and bare_word(words[0]) in _OPENING and not _stands_for(words) and not _is_new(words):
        words.pop(0)
    while words and bare_word(words[0]) in _PERSONS:
        words = words[2:]  # who forecasts or proposes is not what is measured: "we forecast economic growth"
    while words and (bare_word(words[-1]) in _CLOSING or is_manner(words[-1])):
        words.pop()
    while len(words) > 1 and (
        bare_word(words[-1]) in {"later", "earlier"} or (words[-1] == "number" and words[-2].endswith("s"))
    ):
        words.pop()  # "(users) number ⟨676 million⟩"
    return " ".join(words).strip(",;:—– ")


def _is_new(words: list[str]) -> bool:
    """Keep the adverb of "newly installed capacity"."""
    return (
        len(words) > len(("newly", "built")) and words[0] in {"newly", "Newly"} and bare_word(words[1]).endswith("ed")
    )


def is_manner(word: str) -> bool:
    """Say whether a word is an adverb in -ly, unlike "supply"."""
    return word.endswith("ly") and bare_word(word) not in _NOUNS_IN_LY


STANDING = frozenset(("of", "for", "in", "from", "to", "with", "on", "by", "at", "among", "under"))


def _stands_for(words: list[str]) -> bool:
    """Keep the pronoun of "that of mining", to be resolved, and the name of "all other work"."""
    if len(words) < len(("all", "other", "work")):
        return len(words) > 1 and bare_word(words[0]) in {"that", "those"} and bare_word(words[1]) in STANDING
    first, second = bare_word(words[0]), bare_word(words[1])
    return (first, second) == ("all", "other") or (first in {"that", "those"} and second in STANDING)


@lru_cache(maxsize=10_000)
def bare_word(word: str) -> str:
    """Return a word without its quotes and stops, case-folded."""
    return word.strip(TRAIL + ",;:").casefold()


_GOES = frozenset(("occurs", "comes", "goes", "remains", "relies", "depends", "takes"))


_NO_NOUNS = PREPOSITIONS | DETERMINERS | CONJUNCTIONS | ADVERBS


def _agrees(noun: str, verb: str) -> bool:
    """Can the verb be that of the noun: "patents come", "runoff occurs", unlike "health services"?"""
    plain = noun.isalpha() and noun not in _NO_NOUNS
    plural = noun.endswith("s") and not noun.endswith("ss")
    return plain and ((plural and not verb.endswith("s")) or (not plural and verb in _GOES))


def phrase_after(phrase: str) -> str:
    """Cut a phrase that follows "in", "of" or a value at the first verb, conjunction of clauses or long tail."""
    taken: list[str] = []
    for match in TOKEN.finditer(phrase.partition(OPEN)[0]):
        word, bare = match[0], bare_word(match[0])
        if word in STOPPERS or bare in SUBORDINATORS or (bare in FINITE and taken) or len(taken) >= LONGEST_PHRASE:
            break
        if taken and is_verb_form(bare) and (bare_word(taken[-1]) == "and" or _agrees(bare_word(taken[-1]), bare)):
            break  # "(in roads) and boost its", "(70% of) patents come from"
        if taken and bare in {
            "to",
            "by",
            "from",
            "during",
            "over",
            "within",
            "since",
            "until",
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
