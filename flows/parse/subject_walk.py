"""The walk from a verb to the left, up to where its subject begins."""

from __future__ import annotations

from flows.parse.counted_nouns import NOUNS_TOO
from flows.parse.measures import FLOWS
from flows.parse.nouns import (
    ATTRIBUTIVE,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FINITE,
    LEADING,
    PREPOSITIONS,
    STANDING,
    SUBORDINATORS,
    VERBS,
    bare_word,
    trim,
)
from flows.parse.rules import load_words
from flows.parse.subject_deeds import wishes, yields
from flows.parse.subject_verbs import PARTICLES, is_leading_gerund, joined, without_predicate
from flows.parse.tasks_lemmas import is_base, is_participle, lemma

_BEFORE_NOUN = DETERMINERS | {"of", "in", "for", "on", "with"}
_NO_VERB_BEHIND = _BEFORE_NOUN | PREPOSITIONS | CONJUNCTIONS
_NOMINAL = load_words("verbs")["nominal"] - {"drive"}
_BEFORE_ARTICLE = PREPOSITIONS | CONJUNCTIONS | DETERMINERS | AUXILIARIES
_ARTICLES = frozenset(("the", "a", "an", "its", "their", "our"))
_OBJECTS = _ARTICLES | {"that", "those"}
_BEHIND_PARTICIPLE = frozenset(
    ("by", "on", "in", "at", "to", "for", "from", "with", "under", "abroad", "online", "overseas", "through", "during")
)
_NUMBERS = load_words("numbers")["unit"] | load_words("numbers")["tens"]
_BUSINESS = load_words("nouns")["business"]
_MOVING = load_words("nouns")["moving"]
_FORECASTING = frozenset(
    (
        "group",
        "company",
        "bank",
        "firm",
        "maker",
        "carmaker",
        "automaker",
        "chipmaker",
        "retailer",
        "airline",
        "producer",
    )
) | {
    "ministry",
    "government",
    "agency",
    "fund",
    "board",
    "committee",
    "association",
    "office",
    "analysts",
    "economists",
}
_AHEAD_OF_NOUN = AUXILIARIES | {"to"}


def cut_left(phrase: str, kind: str) -> str:
    """Return the subject at the end of `phrase`: walk leftwards from the verb, stop at what cannot belong to it.

    Args:
        phrase: the words of the clause before its verb.
        kind: "verb", "noun" or "bare", as ``subject_before`` takes the cue that follows.
    """
    words = phrase.split()
    head = _before_relative(words) if kind == "verb" else len(words)
    words, whom = words[:head], words[head:] if words[head : head + 1] == ["who"] else []
    end = len(words) if kind == "noun" else without_predicate(words, kind)
    if end > 1 and bare_word(words[end - 1]) in {"it", "they"} and bare_word(words[end - 2]) not in PREPOSITIONS:
        return bare_word(words[end - 1])
    at = end
    while at:
        bare = bare_word(words[at - 1])
        if bare in AUXILIARIES and kind != "noun" and not joined(words[at:end]):
            opened = _object_in(words, at, end)
            if opened:
                at = opened  # "(shall endeavour to bring) the ratio down to"
                break
            end = at = without_predicate(words[: at - 1], "verb")  # "growth is projected to moderate"
        elif _stops(words, at - 1, end, bare, kind) or _opens_noun(words, at - 1, bare, kind):
            break
        else:
            at -= 1
    if kind == "noun" and at and bare_word(words[at - 1]) in _AHEAD_OF_NOUN and end - at > 1:
        has = bare_word(words[at - 1]) in {"have", "has", "had"}  # "will face an annual charge of", "had trade of"
        at += is_base(bare_word(words[at])) and not (has and bare_word(words[at]) in _NOMINAL)
    begin = _skip_opening(words, at, end)
    if begin < end and words[begin] == "into":
        begin += 2  # "(put into operation) storage projects"
    while kind == "noun" and begin < end and bare_word(words[begin]) in AUXILIARIES:
        begin += 1  # "that is an average of"
    if end - begin > 1 and is_leading_gerund(bare_word(words[begin])):
        begin += _before_object(words, begin, end, kind)
    return trim(" ".join(words[begin:end] + whom))


_RELATIVE = frozenset(("that", "which", "who"))
# Behind these stands what is told: "reports that exports of tin rose by".
_TELLING = load_words("nouns")["telling"]


def _before_relative(words: list[str]) -> int:
    """Return where a relative clause begins before the verb: "sales of shops (that sell food) fell"; else the end."""
    if _RELATIVE.isdisjoint(words):
        return len(words)
    at = next((i for i in range(len(words) - 2, 0, -1) if words[i] in _RELATIVE), 0)
    if not at or not words[at - 1][-1:].isalnum() or any(bare_word(word) in _TELLING for word in words[:at]):
        return len(words)
    noun, verb, after = (bare_word(word) for word in (words[at - 1], words[at + 1], (*words, "")[at + 2]))
    plural = noun.endswith("s") or noun == "people"
    acts = is_base(verb) if plural else verb.endswith("s") and is_base(lemma(verb))
    acts = verb in AUXILIARIES or (acts and after not in VERBS)
    return at if acts and noun not in VERBS | _BEFORE_ARTICLE and not is_participle(noun) else len(words)


def _opens_noun(words: list[str], index: int, bare: str, kind: str) -> bool:
    """Does an article begin the noun: "in a field of", "from the capacity of", not "a fund with a corpus of"?"""
    if kind == "noun" and bare == "the" and index and bare_word(words[index - 1]) in {"from", "against", "by", "at"}:
        return True
    return kind == "noun" and bare in {"a", "an"} and (index == 0 or bare_word(words[index - 1]) != "with")


def _object_in(words: list[str], at: int, end: int) -> int:
    """Return where the object of a predicate begins, 0 where it has none: after an article, no "by" before it."""
    articles = (i for i in range(at + 1, end - 1) if bare_word(words[i]) in _ARTICLES)
    return next(
        (i for i in articles if bare_word(words[i - 1]) not in {"by", "from", "in", "at", "on", "of", "with"}), 0
    )


def _before_object(words: list[str], begin: int, end: int, kind: str) -> int:
    """Return how many words come before the object: "lifting (growth there) to", "helping drive (sales) up"."""
    after = bare_word(words[begin + 1])
    if bare_word(words[begin]) in _BUSINESS or (words[begin][:1].isupper() and after in PREPOSITIONS):
        return 0  # "operating profit", "Lending to farms"
    if end - begin > len(("helping", "drive")) and is_base(after) and after not in _NOMINAL:
        return len(("helping", "drive"))
    return 1 if kind == "bare" or after in _ARTICLES else 0


def _stops(words: list[str], index: int, end: int, bare: str, kind: str) -> bool:
    if bare in {"as", "than"} and index and bare_word(words[index - 1]) in {"such", "well", "other", "rather"}:
        return False
    if bare == "than" and index and index + 1 < end and bare_word(words[index - 1]) in {"more", "less", "fewer"}:
        return bare_word(words[index + 1]) not in _NUMBERS and not words[index + 1][:1].isdigit()
    if bare == "as" and index + 2 < end and bare_word(words[index + 1]) == "well":
        return False  # "firms as well as farms"
    if (
        bare == "as"
        and index + 2 < end
        and bare_word(words[index + 2]) in {"share", "percentage", "proportion", "part"}
    ):
        return False  # "losses as a share of GDP"
    if bare in {"that", "those"} and index + 1 < end and bare_word(words[index + 1]) in STANDING:
        return False
    if bare in {"that", "which", "who"} and index + 1 < end:
        return True
    if bare in SUBORDINATORS or (bare == "and" and _opens_clause(words, index, end)):
        return True
    if wishes(words, index, end, bare) if kind != "noun" else yields(words, index, end, bare):
        return True
    if index and index + 1 < end and bare_word(words[index - 1]) == "to" and _opens_object(words, index, bare):
        return True  # "(I propose to raise) the upper limit"
    return (kind == "noun" and _is_third_person(words, index, end, bare)) or _is_its_verb(words, index, end, bare, kind)


def _is_its_verb(words: list[str], index: int, end: int, bare: str, kind: str) -> bool:
    """Is it a verb before which the subject of another clause stands?"""
    if index and bare_word(words[index - 1]) == "newly":
        return False  # "newly signed contracts"
    acts = index and index + 1 < end and bare in _MOVING and bare_word(words[index + 1]) in _OBJECTS
    if acts and bare_word(words[index - 1]) not in _NO_VERB_BEHIND - CONJUNCTIONS:
        return True  # "The bank left (its key rate) unchanged at"
    if bare == "forecast" and index and index + 1 < end and bare_word(words[index - 1]) in _FORECASTING:
        return True  # "the group forecast (revenue of)"
    if bare not in VERBS or index + 1 >= end or bare in ATTRIBUTIVE or (bare == "led" and "LED" in words[index]):
        return False
    if bare in NOUNS_TOO and bare_word(words[index + 1]) in PREPOSITIONS | CONJUNCTIONS:
        return False  # "projects with a capacity (of)"
    if is_participle(bare) and index and bare_word(words[index - 1]) in _BEFORE_NOUN:
        return False  # "the number of reported cases"
    by = kind == "bare" and bare_word(words[index + 1]) == "by"  # "patents held by firms (stood at)"
    return not ((kind == "verb" or by) and _is_reduced(words, index, end, bare))


# These stand before another noun as often: "exports growth", "sales tax".
_PLURAL_BEFORE = FLOWS | load_words("nouns")["plural_before"]


def _is_third_person(words: list[str], index: int, end: int, bare: str) -> bool:
    """Is it a verb in -s between its subject and its object: "the scheme (offers) incentives of"?"""
    if not bare.endswith("s") or index == 0 or index + 1 >= end or bare in _PLURAL_BEFORE:
        return False
    before, after = bare_word(words[index - 1]), bare_word(words[index + 1])
    if before.endswith("s") or before in _NO_VERB_BEHIND or after in PREPOSITIONS:
        return False
    return after not in CONJUNCTIONS and lemma(bare) != bare and is_base(lemma(bare))


def _opens_clause(words: list[str], index: int, end: int) -> bool:
    """Does a clause end here: "the fund will be extended and (its cover will be)"?"""
    own = index + 2 < end and bare_word(words[index + 1]) in {"its", "their"}
    last = index - 1 - (bare_word(words[index - 1]) in PARTICLES)
    if last > 0 and bare_word(words[last - 1]) in AUXILIARIES and is_participle(bare_word(words[last])):
        return True  # "loans have been granted and (subsidies worth)"
    return own and any(bare_word(word) in FINITE for word in words[:index])


def _opens_object(words: list[str], index: int, bare: str) -> bool:
    """Is it an infinitive before its object: "to raise the rate", "voted to keep Bank Rate"?"""
    decided = index > 1 and (is_participle(bare_word(words[index - 2])) or bare not in _NOMINAL)
    after = bare_word(words[index + 1])
    return is_base(bare) and (after in _ARTICLES or (decided and after not in PREPOSITIONS))


def _is_reduced(words: list[str], index: int, end: int, bare: str) -> bool:
    """Is it a participle behind its noun, since the verb comes later: "stocks held on farms (were)"?"""
    after = bare_word(words[index + 1])
    joined = any(bare_word(word) in CONJUNCTIONS for word in words[index + 1 : end])
    return bool(index) and is_participle(bare) and after in _BEHIND_PARTICIPLE and not joined


def _behind_place(words: list[str], at: int, end: int) -> int:
    """Return where the subject stands behind a place that no comma sets off: "At Ardal (the average wait) was"."""
    for i in range(at + 2, end - 1):
        if bare_word(words[i]) in {"the", "their", "our", "its"} and bare_word(words[i - 1]) not in _BEFORE_ARTICLE:
            return i
    return at + 1


def _skip_opening(words: list[str], at: int, end: int) -> int:
    """Step over "In May", "Notably" and the like where no comma set them off."""
    if at < end and words[at][:1].isupper() and bare_word(words[at]) in {"at", "in", "on", "across", "among"}:
        return _behind_place(words, at, end)
    while at < end and bare_word(words[at]) in LEADING:
        at += 1
    cause = next((i for i in range(at + 1, min(at + 4, end)) if bare_word(words[i]) in {"to", "by"}), None)
    if cause and at < end and bare_word(words[at]) in {"due", "owing", "thanks", "driven", "led", "buoyed", "helped"}:
        return cause + 1
    return at
