"""The noun phrase that a number counts: "national manufacturing innovation centers" behind "27"."""

from __future__ import annotations

import re

from flows.parse.nouns import (
    ADVERBS,
    COMPARATIVES,
    CONJUNCTIONS,
    DETERMINERS,
    LONGEST_PHRASE,
    PREPOSITIONS,
    STOPPERS,
    SUBORDINATORS,
    TOKEN,
    TRAIL,
    VERBS,
    bare_word,
    fold,
    is_manner,
)
from flows.parse.rules import load_words
from flows.parse.tasks_lemmas import is_participle, is_verb_form

# "3.5 billion and 580 million passengers" counts passengers twice.
_ANOTHER = re.compile(
    r"\s+(?:and|or)\s+\d[\d.,]*\s+(?:(?:hundred|thousand|million|billion|trillion)\s+)?"
    r"(?!(?:hundred|thousand|million|billion|trillion|percent|per|percentage|basis)\b)(?=[a-z])"
)

_OPEN_QUOTES, _CLOSE_QUOTES = "\"“‘'", "\"”’'"
_SMALL = frozenset(("of", "for", "with", "that", "who", "which", "and", "in"))
# Unions are made once: these are asked for at every word.
_OPENS_NEW = VERBS | SUBORDINATORS | PREPOSITIONS | CONJUNCTIONS
_ENDS_LIST = ADVERBS | VERBS | PREPOSITIONS
_DANGLING = (
    _SMALL | {"still", "already", "also", "now", "abroad", "overseas"} | DETERMINERS | CONJUNCTIONS | PREPOSITIONS
)
_RELATIVES = frozenset(("that", "who", "which"))
_DETERMINED = re.compile(r"\s+(?:the|an?|that|its|their)\s")
_PLURALS = load_words("nouns")["plural"]


# Behind a number these are what it counts: "41 projects had been registered".
NOUNS_TOO = frozenset(("projects", "plans", "works", "forecasts", "estimates", "cuts", "needs"))


_SCHOOLED = re.compile(r"[ ](?:education|learning|secondary)\b")  # "3,167 higher education institutions"
_NO_NOUN = frozenset(("a", "an", "per", "and", "or"))


def counted_noun(text: str, start: int, end: int) -> str:
    """Return the noun phrase that follows a number at `start`: "national manufacturing innovation centers".

    It ends at punctuation, a verb, or a preposition that opens something new; "of", "for" and "with" belong to it,
    and so does a relative clause.
    """
    taken: list[str] = []
    headed = False
    another = _ANOTHER.match(text, start, end)
    start = another.end() if another else start
    for match in TOKEN.finditer(text, start, min(end, start + 240)):
        word, bare = match[0], bare_word(match[0])
        if word in STOPPERS or len(taken) >= LONGEST_PHRASE:
            break
        number_follows = text[match.end() + 1 : match.end() + 2].isdigit() or (
            bare == "and" and (_ROUGHLY.match(text, match.end()) or _NUMBER_AHEAD.match(text, match.end())) is not None
        )
        if bare in ({"and"} if taken and number_follows else set() if taken else _NO_NOUN):
            break  # "29 (slated) and 65 in July"; "210 a week" counts no week
        if not taken and bare in {"more", "such"} and not text.startswith(" than", match.end()):
            continue  # "50 more districts", "140,000 such firms"
        if (headed and not (_goes_on(taken, bare) or _names_whose(text, match.start(), end, taken))) or (
            not taken
            and (
                (bare in COMPARATIVES and not _SCHOOLED.match(text, match.end()))
                or bare in {"left", "alone", "overall"}
            )
        ):
            break
        if headed and (opened := _cut_at(text, match, end, taken, bare)):
            del taken[opened:]
            break
        if not headed and (
            (
                bare in VERBS
                and not (bare in NOUNS_TOO and (taken or not text.startswith(" to ", match.end())))
                and not (is_participle(bare) and _qualifies(text, match.end(), end, opens=not taken))
            )
            or bare in SUBORDINATORS
            or (bare in PREPOSITIONS and not (bare == "of" and taken))
        ):
            break
        if taken and not headed and _DETERMINED.match(text, match.end(), end) and is_verb_form(bare):
            break  # "(the 5 percent) GDP growth rate indicates the"
        taken.append(word)
        headed = headed or is_head(bare)
        if word[-1] in ".!?" and len(bare) > 1:
            break
    return _tidy(taken)


_ROUGHLY = re.compile(
    r"\s(?:more than|less than|fewer than|over|about|around|nearly|almost|at least|another|some|up to|as many as)\s\d"
)
# "41 foreign invested firms": the noun comes behind the participle
_QUALIFIED = re.compile(r"[ ](?!(?:their|these|those|its|his|this)\b)[a-z-]+(?<!ly)s\b(?![ ](?:of|in|and)[ ]\d)")
# "39 reported losses": what they did, unlike "120 reported cases"
_HAD = re.compile(
    r"[ ](?:\w+-)*(?:loss|profit|gain|increase|decrease|decline|rise|fall|drop|reduction"
    r"|improvement|surplus|deficit|cut"
    r"|contraction|slowdown)s?(?:es)?\b"
)


def _qualifies(text: str, at: int, end: int, *, opens: bool) -> bool:
    """Does a plural follow a participle that stands before it: "41 foreign (invested) firms", "300 (used) cars"?"""
    return _QUALIFIED.match(text, at, end) is not None and not (opens and _HAD.match(text, at, end))


_BEGINS_VALUE = re.compile(r"[₹$£€¥]|(?:Rs|C?[A-Z]{2}[$¥])?\d")
_BOUNDS = frozenset(("no", "not", "at", "more", "less", "over", "about", "around", "nearly", "up"))
_NUMBER_AHEAD = re.compile(
    r"[ ](?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)[ ][a-z]"
)
_SUMMING = frozenset(
    ("total", "combined", "cumulative", "aggregate", "annual", "unit", "maximum", "minimum", "planned")
)
# Behind a plural a verb in its base form has its object: "13 parks (employ around ⟨90,000⟩)".
_VALUE_AHEAD = re.compile(
    r"[ ](?:(?:about|around|over|nearly|some|almost|roughly|at[ ]least|up[ ]to|more[ ]than|a[ ]total[ ]of)[ ])*\d"
)
_GROUPED = re.compile(r",\d{3}\b")  # "tokens (with 1,000 chips)", "fires (that burnt 250,000 hectares)"
_BEFORE_GROUPED = frozenset(("with", "for", "at", "and", "that", "which", "who"))
_OPENS_VALUE = frozenset(("with", "for", "at", "and"))


# "suggestions from deputies", "proposals submitted by members": whose they are belongs to them
_FROM_WHOM = re.compile(
    r"from[ ](?!(?:the|a|an|its|this|last|January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b)(?:[A-Z]\w+[ ])?[A-Za-z-]+s\b"
)
_BY_WHOM = re.compile(r"(?:submitted|made|issued|run|owned|operated|managed|funded|led|written)[ ]by[ ]")


def _names_whose(text: str, start: int, end: int, taken: list[str]) -> bool:
    if _FROM_WHOM.match(text, start, end) or _BY_WHOM.match(text, start, end):
        return True
    return text.startswith("by ", start) and _BY_WHOM.fullmatch(f"{taken[-1]} by ") is not None


def _cut_at(text: str, word: re.Match[str], end: int, taken: list[str], bare: str) -> int:
    """Return where to cut the words taken before `word`, at which a value or a verb begins; 0 where none does."""
    if word[0].isdigit() and _GROUPED.match(text, word.end()):
        return max((i for i, had in enumerate(taken) if i and bare_word(had) in _BEFORE_GROUPED), default=0)
    bounded = bare in _BOUNDS and bare_word(taken[-1]) == "of"
    if bounded or _BEGINS_VALUE.match(word[0]):
        return _value_opens(taken, alone=word[0].replace(".", "").isdigit())
    ends = bare == "each" or (bare == "account" and text.startswith(" for ", word.end()))
    if ends or (bare in {"more", "less", "fewer"} and text.startswith(" than", word.end())):
        return len(taken)  # "took 60 firefighters (more than three hours)"
    if is_verb_form(bare) and not bare.endswith("s") and bare_word(taken[-1]).endswith("s"):
        return len(taken) if _VALUE_AHEAD.match(text, word.end(), end) else 0
    acts = bare.endswith("s") and bare_word(taken[-1]) == "and" and _WITH_OBJECT.match(text, word.end(), end)
    return len(taken) if acts else 0


def _value_opens(taken: list[str], *, alone: bool) -> int:
    """Return where what another value measures opens: "bridges (with a length of) 8 km", "people (and pays) 7%"."""
    last = len(taken) - 1
    at = max((i for i, word in enumerate(taken) if i and bare_word(word) in _OPENS_VALUE), default=0)
    if bare_word(taken[-1]) == "of":
        return at or (last if alone else 0)  # "turbines (of) 8 MW each", but "models of 5G phones"
    return at if at == last - 1 and bare_word(taken[at]) == "and" else 0


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
    if last in _SMALL or last == "among" or ((bare in _SMALL or bare == "among") and bare != "in"):
        return bare not in VERBS
    return bare not in _OPENS_NEW and not (bare.endswith("ing") or is_manner(bare) or is_participle(bare))


def _is_deed(bare: str) -> bool:
    """Is it a verb in its base form and no noun: "20 scenarios and (formulate an index)"?"""
    return is_verb_form(bare) and not bare.endswith("s")


# "12 targets and (assigns them to)": a form in -s is a verb where its object follows
_WITH_OBJECT = re.compile(r"[ ](?:them|it|the|its|their|an?)[ ]")


def is_head(bare: str) -> bool:
    """Is it a plural, which ends what a number counts?"""
    return bare in _PLURALS or (bare.endswith("s") and not bare.endswith(("ss", "us", "is", "'s", "’s", "ous")))


def _tidy(taken: list[str]) -> str:
    if len(taken) > len(("with", "a", "total")) and bare_word(taken[-1]) in _SUMMING and "with" in taken[-3:-1]:
        del taken[len(taken) - 1 - taken[::-1].index("with") :]  # "projects (with a total cost)"
    while taken and (not bare_word(taken[-1]) or bare_word(taken[-1]) in _DANGLING):
        taken.pop()
    phrase = fold(" ".join(taken)).strip(",;:.!? ")
    wrapped = phrase[:1] in _OPEN_QUOTES and phrase[-1:] in _CLOSE_QUOTES
    return phrase.strip(TRAIL) if wrapped or phrase.count('"') % 2 else phrase  # a lone quotation mark says nothing
