"""Noun phrases cut out of a clause by closed word classes: what stands before a verb, what follows a number."""

from __future__ import annotations

import re

from flows.parse.marks import OPEN
from flows.parse.rules import load_words
from flows.parse.tasks_lemmas import is_participle, is_verb_form

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


_PLURALS = _WORDS["plural"]


FINITE = _WORDS["finite"] | {"which", "who"}


_NOUNS_IN_LY = frozenset(("supply", "family", "assembly", "monopoly", "anomaly", "italy", "july", "reply"))


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


_OPENING = DETERMINERS | CONJUNCTIONS | ADVERBS
_CLOSING = _OPENING | _COMPARATIVES | {"than"} | FINITE | AUXILIARIES | PREPOSITIONS


# "the median projection for inflation" measures inflation: who projects it is said by the status.
_FORECAST = re.compile(
    r"\A(?:the )?(?:median of )?(?:(?:[\w-]+ ){0,2}[\w-]+['’]s? )?(?:(?:median|central|new|staff|latest|baseline) )*"
    r"(?:projections?|forecasts?|estimates?) "
    r"(?:in (?:the|our) (?:\w+ ){1,4})?(?:for|of) (?:the )?"
    r"|(?<=\w) in the (?:SEP|projections|outlook)\Z",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\s,;:()—–]+|[,;:()—–]")


# "3.5 billion and 580 million passengers" counts passengers twice.
_ANOTHER = re.compile(
    r"\s+(?:and|or)\s+\d[\d.,]*\s+(?:(?:hundred|thousand|million|billion|trillion)\s+)?"
    r"(?!(?:hundred|thousand|million|billion|trillion)\b)(?=[a-z])"
)


_STOPPERS = frozenset((*",;:()—–", "--"))


_PERSONS = frozenset(("we", "i", "they", "he", "she", "you"))
_OPEN_QUOTES, _CLOSE_QUOTES = "\"“‘'", "\"”’'"
_TRAIL = ".!?\"”’'“‘ "


_SMALL = frozenset(("of", "for", "with", "that", "who", "which", "and", "in"))


# Unions are made once: these are asked for at every word.
_OPENS_NEW = VERBS | SUBORDINATORS | PREPOSITIONS | CONJUNCTIONS
_ENDS_LIST = ADVERBS | VERBS | PREPOSITIONS
_DANGLING = _SMALL | DETERMINERS | CONJUNCTIONS | PREPOSITIONS
_RELATIVES = frozenset(("that", "who", "which"))


_LOOSE_HYPHEN = re.compile(r"(?<=[a-z])[ ]-(?=[a-z])")
_DETERMINED = re.compile(r"\s+(?:the|an?|that|its|their)\s")
_LONGEST_PHRASE = 22  # words; official noun phrases are long, but not longer


def fold(phrase: str) -> str:
    """Fold white space; "agri -districts", as a page reads that was set in type, is one word."""
    folded = " ".join(phrase.split())
    return _LOOSE_HYPHEN.sub("-", folded) if " -" in folded else folded


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


def trim(phrase: str) -> str:
    """Take determiners, conjunctions and adverbs off the ends of a phrase."""
    words = _FORECAST.sub("", fold(phrase)).strip(_TRAIL + ",;:—–-").split()
    while words and bare_word(words[0]) in _OPENING and not _stands_for(words):
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


def is_manner(word: str) -> bool:
    """Say whether a word is an adverb in -ly, unlike "supply"."""
    return word.endswith("ly") and bare_word(word) not in _NOUNS_IN_LY


STANDING = frozenset(("of", "for", "in", "from", "to", "with", "on", "by"))


def _stands_for(words: list[str]) -> bool:
    """Keep the pronoun of "that of mining", to be resolved, and the name of "all other work"."""
    if len(words) < len(("all", "other", "work")):
        return len(words) > 1 and bare_word(words[0]) in {"that", "those"} and bare_word(words[1]) in STANDING
    first, second = bare_word(words[0]), bare_word(words[1])
    return (first, second) == ("all", "other") or (first in {"that", "those"} and second in STANDING)


def bare_word(word: str) -> str:
    """Return a word without its quotes and stops, case-folded."""
    return word.strip(_TRAIL + ",;:").casefold()


# Behind a number these are what it counts: "41 projects had been registered".
NOUNS_TOO = frozenset(("projects", "plans", "works", "forecasts", "estimates", "cuts", "needs"))


def counted_noun(text: str, start: int, end: int) -> str:
    """Return the noun phrase that follows a number at `start`: "national manufacturing innovation centers".

    It ends at punctuation, a verb, or a preposition that opens something new; "of", "for" and "with" belong to it,
    and so does a relative clause.
    """
    taken: list[str] = []
    headed = False
    another = _ANOTHER.match(text, start, end)
    start = another.end() if another else start
    for match in _TOKEN.finditer(text, start, min(end, start + 240)):
        word, bare = match[0], bare_word(match[0])
        if word in _STOPPERS or len(taken) >= _LONGEST_PHRASE:
            break
        if not taken and bare in {"a", "an", "per", "and", "or"}:
            break  # "210 a week" counts no week
        if not taken and bare in {"more", "such"} and not text.startswith(" than", match.end()):
            continue  # "50 more districts", "140,000 such firms"
        if (headed and not _goes_on(taken, bare)) or (
            not taken and (bare in _COMPARATIVES or bare in {"left", "alone", "overall"})
        ):
            break
        if headed and _BEGINS_VALUE.match(word) and (opened := _value_opens(taken)):
            del taken[opened:]
            break
        if not headed and (
            (
                bare in VERBS
                and not (bare in NOUNS_TOO and not text.startswith(" to ", match.end()))
                and not (taken and is_participle(bare) and _QUALIFIED.match(text, match.end(), end))
            )
            or bare in SUBORDINATORS
            or (bare in PREPOSITIONS and not (bare == "of" and taken))
        ):
            break
        if taken and not headed and _DETERMINED.match(text, match.end(), end) and is_verb_form(bare):
            break  # "(the 5 percent) GDP growth rate indicates the"
        taken.append(word)
        headed = headed or _is_head(bare)
        if word[-1] in ".!?" and len(bare) > 1:
            break
    return _tidy(taken)


# "41 foreign invested firms": the noun comes behind the participle
_QUALIFIED = re.compile(r"[ ](?!(?:their|these|those|its|his|this)\b)[a-z-]+(?<!ly)s\b(?![ ](?:of|in|and)[ ]\d)")
_BEGINS_VALUE = re.compile(r"[₹$£€¥]|(?:Rs|C?[A-Z]{2}[$¥])?\d")
_OPENS_VALUE = frozenset(("with", "for", "at", "and"))


def _value_opens(taken: list[str]) -> int:
    """Return where what another value measures opens: "bridges (with a length of) 8 km", "people (and pays) 7%"."""
    last = len(taken) - 1
    at = max((i for i, word in enumerate(taken) if i and bare_word(word) in _OPENS_VALUE), default=0)
    return at if bare_word(taken[-1]) == "of" or (at == last - 1 and bare_word(taken[at]) == "and") else 0


def _goes_on(taken: list[str], bare: str) -> bool:
    last = bare_word(taken[-1])
    if bare in _RELATIVES or not _RELATIVES.isdisjoint(map(bare_word, taken)):
        return True
    if last == "and" and (
        bare.endswith(("ing", "ed"))
        or bare[:1].isdigit()
        or bare in _ENDS_LIST
        or bare in DETERMINERS
        or _is_deed(bare)
    ):
        return False
    if last in _SMALL or last == "among" or (bare in _SMALL | {"among"} and bare != "in"):
        return bare not in VERBS
    return bare not in _OPENS_NEW and not (bare.endswith("ing") or is_manner(bare) or is_participle(bare))


def _is_deed(bare: str) -> bool:
    """Is it a verb in its base form and no noun: "20 scenarios and (formulate an index)"?"""
    return is_verb_form(bare) and not bare.endswith("s")


def _is_head(bare: str) -> bool:
    return bare in _PLURALS or (bare.endswith("s") and not bare.endswith(("ss", "us", "is", "'s", "’s", "ous")))


def _tidy(taken: list[str]) -> str:
    while taken and bare_word(taken[-1]) in _DANGLING:
        taken.pop()
    phrase = fold(" ".join(taken)).strip(",;:.!? ")
    wrapped = phrase[:1] in _OPEN_QUOTES and phrase[-1:] in _CLOSE_QUOTES
    return phrase.strip(_TRAIL) if wrapped or phrase.count('"') % 2 else phrase  # a lone quotation mark says nothing


def phrase_after(phrase: str) -> str:
    """Cut a phrase that follows "in", "of" or a value at the first verb, conjunction of clauses or long tail."""
    taken: list[str] = []
    for match in _TOKEN.finditer(phrase.partition(OPEN)[0]):
        word, bare = match[0], bare_word(match[0])
        if word in _STOPPERS or bare in SUBORDINATORS or (bare in FINITE and taken) or len(taken) >= _LONGEST_PHRASE:
            break
        if taken and bare_word(taken[-1]) == "and" and is_verb_form(bare):
            break  # "(in roads) and boost its"
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
