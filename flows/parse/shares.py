"""Shares: which part they are, and of which whole."""

from __future__ import annotations

import re

from flows.parse.antecedents import OF_WHICH, SAYS
from flows.parse.marks import CLOSE, OPEN
from flows.parse.measures import Framed
from flows.parse.nouns import PREPOSITIONS, is_pronoun, phrase_after
from flows.parse.rules import Rule
from flows.parse.subject_phrases import subject_before
from flows.parse.tasks_lemmas import is_participle, is_verb_form

_OF_WHOM = re.compile(r"[ ]of[ ](?:which|whom)\b")

# What somebody wants is no part: "the city aims to have ⟨60 percent⟩ of its buses replaced".
_TO_HAVE = re.compile(
    r"\bto[ ](?:have|see|get|ensure)[ ](?:(?:about|around|over|some|nearly|at[ ]least|more[ ]than|up[ ]to)[ ])*\Z"
)


def share_frame(rule: Rule, part: str, whole: str, seen: str, prior: Framed | None, last: str) -> Framed:
    """Return the frame of a share: its part, its whole, and "part of whole" as the indicator.

    Args:
        rule: the rule that found it.
        part: the part as found, "" for none.
        whole: the words behind "of", "" for none.
        seen: the window of the frame.
        prior: the frame of the value before.
        last: the indicator of the last value of the sentence before.
    """
    known = prior.indicator if prior else last
    if prior and prior.measure == "share" and part == known:
        part = prior.noun or part
    if _TO_HAVE.search(seen[: seen.index(OPEN)]):
        part = ""
    printed = whole = _WANTING.sub("", _DOING.sub("", whole))
    if whole and is_pronoun(whole):
        whole = known
    if not whole and (OF_WHICH.search(seen[: seen.index(OPEN)]) or _OF_WHOM.match(seen, seen.index(CLOSE) + 1)):
        whole = known
    if not whole and prior and prior.measure == "share" and prior.whole != part and rule.id == "share-of-verb":
        whole = prior.whole  # "farms gave 5 percent of GDP, while tourism contributed ⟨4 percent⟩"
    if not whole and prior and prior.measure in {"level", "change"} and rule.id == "share-of-verb":
        whole = prior.indicator  # "output totalled 242 billion kWh, and renewables contributed 13 per cent"
    spent = _SPENT_ON.search(seen[: seen.index(OPEN)])
    on = _ON_WHAT.fullmatch(whole) if spent else None
    if spent and on:
        part = f"spending on {on['thing']}" if spent["deed"].startswith("spen") else on["thing"]
        return Framed("share", 1, f"{part} of {on['whole']}", rule.id, part, on["whole"])
    if rule.data["subject"] == "own":
        rest = seen[seen.index(CLOSE) + 1 :]
        tail = rest.partition(printed)[2] if printed else ""
        verb = re.match(
            r"[ ](?:is|are|was|were|will[ ](?:go|be)|went|goes|comes?|came|rel(?:y|ies|ied)|depends?|stems?)"
            r"[ ](?:(?:to|in|from|for|on)[ ](?:the[ ])?)?"
            r"(?P<np>[^,.;:]+)",
            tail,
        )
        head = phrase_after(verb["np"]) if verb else _doer(seen[: seen.index(OPEN)])
        head = "" if is_pronoun(head) else head
        head = "" if verb and is_participle(head) else head  # "80 percent of the cost will be covered"
        return Framed(
            "share", 1, f"{head} of {whole}" if head else f"{part} of {whole}" if part else whole, rule.id, "", whole
        )
    whole = "" if whole == part else whole  # "fees grew, and represented ⟨16%⟩ of the total"
    indicator = f"{part} of {whole}" if whole and part else whole or part
    return Framed("share", 1, indicator, rule.id, part, whole)


# What those do who are a whole: "56 percent of firms surveyed reported higher orders".
_DOING = re.compile(
    r"(?<=s|d)[ ](?:reported|expected|said|say|expect|saw|see|experienced|anticipated?|forecast|cited?|considered"
    r"|believed?|thought|think|felt|feel|raised|cut|increased|reduced|lowered|posted|planned|had|have)"
    r"[ ](?!by\b|in\b|for\b|from\b).*"
)


_COUNTED = re.compile(r"\A(?:(?:the|all|its|these)[ ]){0,2}\d[\d.,]*[ ](?:(?:million|billion|lakh|crore)[ ])?(?=[a-z])")


def whole_of(words: str) -> str:
    """Return what stands behind "of", the number of it left out: "(38 percent of) the 12,400 apprentices"."""
    further = _FURTHER_DEED.search(words)
    if further and is_participle(further["verb"]):
        words = words[: further.start()]  # "(60 percent of) GDP and provided more than"
    return phrase_after(_COUNTED.sub("", _GOING_ON.split(words)[0]))


# "to spend ⟨2.4 percent⟩ of GDP on research"
_SPENT_ON = re.compile(
    r"\b(?P<deed>spend(?:s|ing)?|spent|invest(?:s|ed|ing)?|devot(?:e|es|ed|ing)|allocat(?:e|es|ed|ing)|earmark(?:s|ed)?"
    r"|dedicat(?:e|es|ed|ing))[ ](?:(?:about|around|over|nearly|some|at[ ]least|more[ ]than|up[ ]to|only)[ ])*\Z"
)
_ON_WHAT = re.compile(r"(?P<whole>.+?)[ ](?:on|to|in|for)[ ](?P<thing>.+)")


def rest_of(left: str, unit: str, own: str, prior: Framed) -> Framed | None:
    """Read what is left of the whole of the share before: "74% of the funds, with the remaining ⟨26%⟩"."""
    if unit != "percent" or prior.measure != "share" or not prior.whole or not left.endswith(" remaining "):
        return None
    return Framed("share", 1, prior.whole, "share-remaining", own, prior.whole)


_FURTHER_DEED = re.compile(
    rf",?[ ]and[ ](?:\w+ly[ ]|also[ ])?(?P<verb>[a-z]+)(?:[ ](?:about|around|some|nearly|almost|over|up[ ]to|at[ ]least"
    rf"|(?:more|less|fewer)[ ]than))*[ ]?(?:{OPEN}|\Z)"
)
_GOING_ON = re.compile(r",?[ ]and[ ][a-z]+ing[ ](?:up|down|the|its|their|our|an?|overall|total)[ ]")
_WANTING = re.compile(r"[ ](?:plan|want|hope|aim|need)\Z")  # "62 percent of firms plan to"
_ROUGHLY = re.compile(
    r"(?:[ ](?:about|around|some|approximately|roughly|nearly|almost|close to|over|more than|less than|under|only|just"
    r"|at least|up to|well over))*[ ]?\Z"
)


def _doer(left: str) -> str:
    """Return the part that a verb gives: plants of "plants met ⟨38%⟩ of demand", "" where no verb stands before."""
    words = _ROUGHLY.sub("", left).removesuffix(" up")
    if SAYS.search(words):
        return ""  # "he said ⟨70%⟩ of patents come from firms"
    last = words.split()[-1] if words.split() else ""
    transitive = is_participle(last) or (last.endswith("s") and is_verb_form(last))
    return subject_before(words, "") if transitive else ""


_OF_WHOM = re.compile(
    r"[ ]of[ ](?:(?:which|whom|them)[ ](?:is|are|was|were|(?:has|have|had)[ ]been"
    r"|(?:will|should|must|shall|would|are[ ]to)[ ]be)|them)[ ]"
    rf"(?P<np>[^,.;:(){OPEN}]+)"
)


def share_of_whom(right: str, prior: Framed) -> Framed | None:
    """Read the part of "200 clerks, ⟨45%⟩ of whom were women"; of what was done to them it is them alone."""
    whom = _OF_WHOM.match(right)
    if not whom:
        return None
    phrase = whom["np"]
    whole, part = prior.noun or prior.indicator, phrase_after(phrase)
    first = part.split()[0] if part else ""
    done = not first or is_participle(first) or first.endswith("ly") or first in PREPOSITIONS
    return Framed("share", 1, whole if done else f"{part} of {whole}", "share-of-whom", whole, whole)
