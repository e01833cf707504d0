"""Who stands before a modal: an authority, a scheme, the economy, or a clause that announces nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from flows.parse.nouns import DETERMINERS
from flows.parse.rules import load_words
from flows.parse.tasks_lemmas import is_gerund, is_verb_form

_KINDS = {
    **dict.fromkeys(("which", "who", "whom", "what"), "barred"),
    **dict.fromkeys(("this", "that", "these", "those"), "pointing"),
    **dict.fromkeys(("he", "she"), "person"),
    "we": "we",
    "i": "self",
    "you": "you",
    "they": "they",
    "it": "it",
    "there": "there",
}
# A set of characters first, and what stands before one of them looked up behind it: the search leaps to the next.
_SPLIT = re.compile(r"[,;:()—–\"“” w](?:(?<![ w])|(?<= )- |(?<=\bw)hile[ ])")
_LOOSE = re.compile(
    r"(?:(?:and|but|or|so|yet|then|also|therefore|thus|now|accordingly|however|still|hence|nor)\s+)+", re.IGNORECASE
)
_LEADING = re.compile(
    r"^(?:[A-Z][\w ’'-]{2,60},\s)?(?:(?:And|But|So)\s)?(?P<subject>(?:we|i|they|it|he|she)\b|[\w’'&. -]{2,80}?)"
    r"(?=[’']ll|\s(?:has|have|will|is|are|was|were|had|must|should|plans?|shall|aims?|(?:stress|discuss|address|focus)(?:es|ed)"
    r"|(?:emphasi[sz]|not|stat|reiterat|underlin|underscor|urg|welcom|outlin|review|highlight|call|announc|confirm|point|add"
    r"|approv|adopt|endors|describ|examin|prais|request|decid|promis|pledg|agree|vow|say|reaffirm|declar|said)(?:e?[sd])?)\b)",
    re.IGNORECASE,
)
_AS_CLAUSE = re.compile(r"as\s(?!(?:well|part|an?|for|of|from|soon|regards|to|such|far)\b)", re.IGNORECASE)
_SAYING = re.compile(
    r"(?:(?:he|she|[\w.’'-]+(?:\s[\w.’'-]+){0,3})\s)?(?:said|says|added|noted|stressed|stated|announced)\s(?:that\s)?"
    r"(?=(?:the|its|our|their|a|an|all|both|more|each)\s)"
)
# Bounds of a number, which compare nothing: "More than 200 activities".
_MORE = re.compile(
    r"\b(?:no )?(?:[Mm]ore|[Ll]ess|[Ff]ewer) than (?=[\d¥$€£₹]|RMB|Rs|a |one|two|three|half|ten|hundreds)"
)
# A noun right before "it" is what the clause is about: "the resolve it will take".
_NOUN_AHEAD = re.compile(r"\b(?:the|a|an|any|every) (?!end\b|moment\b|time\b|year\b|month\b|quarter\b)[a-z]+\Z")
_SAID = frozenset(["said", "says", "announced", "added", "stated", "confirmed", "revealed", "disclosed"])
_EDGES = "\"'“”‘’()[].,;: "
_WHY = re.compile(
    r"(?:(?:and|so|but)\s)?(?:that|this|which|it)(?:['’]s|\sis)\s(?:also\s|exactly\s|precisely\s)?why\s", re.IGNORECASE
)
_ANEW = re.compile(r"[ ](?:and|but)\Z")  # a clause of its own: "We recognise that … and we will …"
_WE_AT = re.compile(r"(we)[ ](?:at|in|here|on|all|both|as)\b(?!.*\b(?:that|which|if)\b)", re.IGNORECASE)
_LONGEST = 400  # a subject lies within so many characters before its modal


class Subject(NamedTuple):
    """`kind` decides what may follow; `name` is the noun phrase as printed, None where there is none."""

    kind: str
    name: str | None
    effort: bool = False


def read_subject(before: str, *, lenient: bool = False) -> Subject:
    """Return the subject that ends where `before` ends.

    Args:
        before: the sentence up to the modal, white space folded.
        lenient: opinions count too: "I believe we must act".
    """
    before = before[-_LONGEST:]
    before = (_MORE.sub("", before) if " than " in before else before).rstrip()
    cut = _last_split(before)
    clause = _without(_WHY, before[cut:].strip())
    if not clause or clause.casefold() in load_words("tasks")["joint"]:
        return _earlier(before[: max(cut - 1, 0)], joint=bool(clause))
    pronoun, ahead = _split_pronoun(clause)
    if pronoun.casefold() == "we" and _ANEW.search(ahead):
        return Subject("we", pronoun)
    if not pronoun and (whole := _WE_AT.match(clause)):
        return Subject("we", whole[1])
    if _is_barred(ahead, lenient=lenient):
        return Subject("barred", None)
    if pronoun:
        return _by_pronoun(pronoun, ahead)
    if clause.rsplit(" ", maxsplit=1)[-1].casefold() in load_words("tasks")["joint"]:
        return _earlier(before, joint=True)
    if cut == 0 and not _is_named(clause):
        clause = clause[:1].lower() + clause[1:]  # a capital that only opens the sentence makes no name
    return _by_noun(clause)


def _is_named(clause: str) -> bool:
    """Is its capital a name's and not the sentence's: "China", "MIIT", "Member States"?"""
    first, _, rest = clause.partition(" ")
    country = first.casefold().removesuffix("'s").removesuffix("’s") in load_words("tasks")["names"]
    return first.isupper() or country or (rest[:1].isupper() and first.casefold() not in DETERMINERS)


def _without(opening: re.Pattern[str], clause: str) -> str:
    """Return a clause without an opening that it may have."""
    found = opening.match(clause)
    return clause[found.end() :] if found else clause


def _split_pronoun(clause: str) -> tuple[str, str]:
    """Return the pronoun that a clause ends in, "" where there is none, and what stands before it."""
    rest = clause
    while True:
        rest, _, word = rest.rpartition(" ")
        low = word.strip(_EDGES).casefold()
        if low in _KINDS:
            return word.strip(_EDGES), rest
        if not rest or not _is_adverb(low):
            return "", clause


def _is_adverb(low: str) -> bool:
    return low in load_words("tasks")["adverbs"] or (low.endswith("ly") and low not in load_words("tasks")["ly_nouns"])


def _last_split(before: str) -> int:
    last = 0
    for found in _SPLIT.finditer(before):
        last = found.end()
    return last


def _earlier(before: str, *, joint: bool) -> Subject:
    """The subject stands before a parenthesis, or it is that of the first verb of the sentence."""
    if joint:
        leading = _LEADING.match(before)
        first = leading["subject"] if leading else _before_verb(before)
        return read_subject(first) if first else Subject("thing", None)
    before = before.rstrip(_EDGES + "-–—()")
    head = before.rpartition(",")[0] or before
    return read_subject(head) if head and (head != before or not _last_split(head)) else Subject("thing", None)


def _before_verb(before: str) -> str:
    """Return the words before the first verb of a sentence: "China" of "China firmly opposes it and"."""
    words = before.split(" ")[:8]
    for at in range(1, len(words)):
        if words[at].islower() and words[at].endswith("s") and is_verb_form(words[at]):
            return " ".join(words[: at - 1] if at > 1 and _is_adverb(words[at - 1]) else words[:at])
    return ""


def _is_barred(ahead: str, *, lenient: bool) -> bool:
    words = ahead.casefold().split()
    barred = load_words("tasks")["barred"].intersection([word.strip(_EDGES) for word in words])
    if "that" not in words:
        barred -= {"projects", "trust"}  # nouns, then: "contracts for eight projects"
    if lenient:
        barred -= {"believe", "believes", "think", "thinks", "sure", "confident", "means", "fact", "warned", "what"}
    onlooker = bool(words) and words[0] in load_words("tasks")["onlookers"] and bool(words[2:])
    return bool(barred) or onlooker or bool(words and _AS_CLAUSE.match(ahead))


def _by_pronoun(printed: str, ahead: str) -> Subject:
    low = printed.casefold()
    if low in {"this", "that", "these", "those"}:
        return Subject("pointing" if not ahead.strip() or low != "that" else "barred", printed)
    if low == "it" and _NOUN_AHEAD.search(ahead.rstrip()):
        return Subject("barred", None)
    if low in {"we", "i", "they", "it"} and ahead.strip() and not _LOOSE.fullmatch(ahead.strip() + " "):
        last = ahead.rsplit(maxsplit=1)[-1].casefold().strip(_EDGES)
        if last == "that" and len(ahead.split()) > 1:
            return _under_that(ahead, Subject(_KINDS[low], printed))
        if low == "it" and last in _SAID:
            return _under_that(f"{ahead} that", Subject(_KINDS[low], printed))
    return Subject(_KINDS[low], printed)


def _under_that(ahead: str, subject: Subject) -> Subject:
    words = [word.casefold().strip(_EDGES) for word in ahead.split()[:-1]]
    if subject.kind == "it" and (leading := _LEADING.match(ahead)) and _reports(words):
        who = read_subject(leading["subject"])
        return Subject("agent", subject.name) if who.kind == "agent" else subject
    return subject if _reports(words) else Subject("barred", None)


def _reports(before_that: list[str]) -> bool:
    """Somebody's word is reported: "told the House that", "made it clear that"."""
    reporting = load_words("tasks")["reporting"]
    return before_that[-1] in reporting or not (reporting - load_words("tasks")["vague_reports"]).isdisjoint(
        before_that[-5:]
    )


def _by_noun(clause: str) -> Subject:
    clause = _without(_LOOSE, _without(_SAYING, clause))
    words = clause.split()
    low = [word.casefold().strip(_EDGES) for word in words]
    while len(low) > 1 and _is_adverb(low[-1]):
        words, low = words[:-1], low[:-1]
    for relative in ("which", "who", "whom", "whose", "where"):
        if relative in low:
            at = low.index(relative)
            if at <= 1:
                return Subject("barred", None)
            words, low = words[:at], low[:at]
    if _has_verb(low):
        return Subject("barred", None)
    if "that" in low[1:]:
        return _split_that(words, low)
    return _classify(words, low)


def _has_verb(low: list[str]) -> bool:
    """Another verb before the modal, and nobody's word reported: "a path nations must travel", "we made plans to"."""
    if load_words("tasks")["reporting"].intersection(low) - load_words("tasks")["vague_reports"]:
        return False
    return low[0] in {"we", "i", "they", "he", "she"} or (
        bool(load_words("tasks")["finite"].intersection(low[:-1])) and "that" not in low
    )


def _split_that(words: list[str], low: list[str]) -> Subject:
    at = len(low) - 1 - low[::-1].index("that")
    after = low[at + 1] if at + 1 < len(low) else ""
    if not after:
        return Subject("barred", None)
    if _reports(low[:at]):
        return _classify(words[at + 1 :], low[at + 1 :])
    if after in load_words("tasks")["determiners"]:
        return Subject("barred", None)
    return _classify(words[:at], low[:at])


def _classify(words: list[str], low: list[str]) -> Subject:
    if not words:
        return Subject("thing", None)
    prepositions = load_words("tasks")["prepositions"]
    doing = next((i for i in range(2, len(low)) if low[i].endswith("ing") and _does(low[i - 1], low[i])), len(low))
    words, low = words[:doing], low[:doing]
    first = next((i for i, word in enumerate(low) if word in prepositions), len(low))
    head = _head_after_prepositions(low, prepositions) if first == 0 else first - 1
    kind = kind_of(words[head].strip(_EDGES))
    if kind in {"thing", "name"} and first == 0 and head != len(low) - 1:
        kind = kind_of(words[-1].strip(_EDGES))
    name = " ".join(words[_name_start(low, head) if first == 0 else 0 :])
    effort = singular(low[head]) in load_words("tasks")["efforts"]
    return Subject("agent" if kind == "name" else kind, name.strip(_EDGES) or None, effort)


def _does(low: str, after: str) -> bool:
    """Does a noun do what the word behind it says? "firms making chips"."""
    return is_gerund(after) and _is_plural(low)


def _head_after_prepositions(low: list[str], prepositions: frozenset[str]) -> int:
    """Find the head that no preposition governs, else the last word: "In the third quarter the ministry"."""
    determiners = load_words("tasks")["determiners"]
    for at in range(len(low) - 1, 0, -1):
        if low[at] in determiners and low[at - 1] not in prepositions:
            stop = next((i for i in range(at + 1, len(low)) if low[i] in prepositions), len(low))
            return stop - 1
    return len(low) - 1


def _name_start(low: list[str], head: int) -> int:
    determiners = load_words("tasks")["determiners"]
    return next((at for at in range(head, 0, -1) if low[at] in determiners), head)


def _is_plural(low: str) -> bool:
    return singular(low) != low and low not in load_words("tasks")["determiners"] | load_words("tasks")["prepositions"]


@lru_cache(maxsize=8192)
def kind_of(head: str) -> str:
    """Return the class of a head noun: authority and names are `agent`, then actor, programme, parameter, economy."""
    words = load_words("tasks")
    low = head.casefold().removesuffix("'s").removesuffix("’s")
    kinds = ("authority", "parameter", "programme", "actor", "people", "economy")
    for noun in (low, singular(low)):  # "reserves" are no Federal Reserve
        if kind := next((kind for kind in kinds if noun in words[kind]), None):
            return "agent" if kind == "authority" else kind
    if low in words["names"]:
        return "agent"
    if head[:1].isupper() and low not in words["no_names"]:
        return "name"
    return "thing"


@lru_cache(maxsize=8192)
def singular(noun: str) -> str:
    """Return a noun without its plural ending, near enough for a lexicon."""
    if noun.endswith("ies") and len(noun) > len("ties"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun
