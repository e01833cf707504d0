"""What an amount is of: "delivered ⟨5 tonnes⟩ of steel", "handled ⟨12 billion yuan⟩ of trade"."""

from __future__ import annotations

import re

from flows.parse.counted_nouns import counted_noun
from flows.parse.elided_verbs import NOUN_AFTER
from flows.parse.marks import CLOSE, OPEN
from flows.parse.measures import FLOWS
from flows.parse.nouns import is_pronoun, is_verb, phrase_after
from flows.parse.owners import OWNABLE

_AMOUNT_OF = re.compile(rf"[ ](?:of|worth[ ]of)[ ](?!(?:which|whom|them|this|these|it|that)\b)(?P<np>[^,.;:(){OPEN}]+)")
_IN_FLOW = re.compile(
    r"[ ]in[ ](?P<np>(?:[a-z-]+[ ]){0,2}?(?P<flow>[a-z-]+))(?=\W*\Z|[ ]?[,.;:)]"
    r"|[ ](?:in|and|or|while|of|over|during|for|from|by|to|at)\b)"
)
_EARNED = FLOWS | {"added", "taxes", "fines", "fees"}
_BALANCE = re.compile(
    r"[ ](?P<np>(?:[\w-]+[ ]){0,2}(?:surplus|deficit|loss|profit|shortfall)\b(?:[ ](?:in|on|with)[ ][^,.;:()]+)?)"
)


def amount_of(seen: str, subject: str, cue: str) -> str:
    """Return what an amount is of, or is: "delivered ⟨5 tonnes⟩ of steel", "recorded a ⟨€12 bn⟩ surplus in trade".

    Who has it owns it: "firms handled ⟨5 billion⟩ of trade" is trade of firms.
    """
    beside = _BESIDE.match(seen, seen.index(CLOSE) + 1) if _HAS_A.search(cue) else None
    if beside and OWNABLE.fullmatch(beside["np"]):
        return f"{beside['np']} of {subject}"  # "the plant has a ⟨3 billion yuan⟩ budget"
    made = NOUN_AFTER.match(seen[seen.index(CLOSE) + 1 :]) if _MADE_A.match(cue) else None
    if made and not is_verb(made["np"]) and (phrase := phrase_after(made["np"])):
        return phrase  # "made a ⟨£600 million⟩ commitment"
    inflow = None if _is_its_own(subject) else _IN_FLOW.match(seen, seen.index(CLOSE) + 1)
    if inflow and inflow["flow"] in _EARNED:
        phrase = phrase_after(inflow["np"])  # "factories generated ⟨5 billion⟩ in value added"
        return phrase if is_pronoun(subject) else f"{phrase} of {subject}"
    balance = _BALANCE.match(seen, seen.index(CLOSE) + 1)
    thing = balance or (None if _is_its_own(subject) else _AMOUNT_OF.match(seen, seen.index(CLOSE) + 1))
    phrase = phrase_after(thing["np"]) if thing else ""
    owned = phrase and not balance and _HAVING.match(cue) and (phrase in FLOWS or OWNABLE.fullmatch(phrase))
    return f"{phrase} of {subject}" if owned and not is_pronoun(subject) else phrase


_CARRIES = re.compile(r"(?:(?:have|has|had)[ ])?(?P<deed>carried|handled|hauled|transported)[ ]")
_LOAD_OF = re.compile(rf"[ ]of[ ](?P<np>[^,.;:(){OPEN}]+)")


def carried_by(seen: str, cue: str, subject: str) -> str:
    """Name a load with who moves it: of "roads carried ⟨3 tonnes⟩ of cargo" the cargo carried by roads; else ""."""
    carries = _CARRIES.match(cue) if subject and not is_pronoun(subject) else None
    load = _LOAD_OF.match(seen, seen.index(CLOSE) + 1) if carries else None
    thing = phrase_after(load["np"]) if load else ""
    return f"{thing} {carries['deed']} by {subject}" if carries and thing else ""


# What a verb measures: "the bridge cost", "the line runs for".
_MEASURED_BY = (
    (re.compile(r"cost(?:s|ing)?[ ]"), "cost", frozenset[str]()),
    (re.compile(r"weigh(?:s|ed|ing)?[ ]"), "weight", frozenset[str]()),
    (
        re.compile(r"(?:stretch(?:es|ed|ing)?|runs?|spans?|spanned)[ ]"),
        "length",
        frozenset(("metre", "kilometre")),
    ),
    (
        re.compile(r"(?:cover(?:s|ed|ing)?)[ ]"),
        "area",
        frozenset(("square_metre", "square_kilometre", "hectare", "mu")),
    ),
)


_SPENT = re.compile(r"(?:(?:have|has|had)[ ])?spen(?:t|ds?|ding)[ ]")


def measured_by(cue: str, unit: str, subject: str) -> str:
    """Name what a verb measures: of "the bridge cost ⟨3 billion yuan⟩" the cost of the bridge, "" for other verbs."""
    if _SPENT.match(cue) and unit.isupper() and subject and not is_pronoun(subject) and _is_plain(subject):
        return f"spending of {subject}"
    for verb, noun, units in _MEASURED_BY:
        fits = unit in units if units else True
        if fits and verb.match(cue) and subject and not is_pronoun(subject) and _is_plain(subject):
            return f"{noun} of {subject}"
    return ""


def _is_plain(subject: str) -> bool:
    return subject.rpartition(" ")[2].casefold() not in FLOWS


_HAS_A = re.compile(r"\b(?:has|have|had)[ ]an?[ ]")
_MADE_A = re.compile(r"(?:(?:has|have|had)[ ])?(?:made|makes?|making|kept|secured|received|won)[ ]an?[ ]")
_BESIDE = re.compile(r"[ ](?P<np>[a-z]+)\b")
_HAVING = re.compile(
    r"(?:has|have|had|saw|exceed|surpass|top|pass|reach|hit|handl|record|register|post|complet|boast|hold|held|achiev)"
)


def of_unit(seen: str) -> str:
    """Return what a unit begins to name: "⟨8 billion tonnes of carbon dioxide⟩ emissions", "" where it names all."""
    beside = NOUN_AFTER.match(seen[seen.index(CLOSE) + 1 :])
    noun = counted_noun(beside["np"], 0, len(beside["np"])) if beside else ""
    named = seen[: seen.index(CLOSE)].rpartition(" of ")[2]
    return f"{named} {noun}" if noun else ""


def _is_its_own(subject: str) -> bool:
    """Does the subject itself flow or stand: "output reached ⟨5⟩ of steel", unlike "the project delivered"?"""
    return any(word.strip(",").casefold() in FLOWS for word in subject.split())
