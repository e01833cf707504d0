"""What numbers count that the words before them name: "41 licences in Ardal, followed by 26 in Borva"."""

from __future__ import annotations

import re

from flows.parse.marks import OPEN
from flows.parse.measures import Framed
from flows.parse.nouns import is_verb, trim
from flows.parse.tasks_lemmas import is_participle

_OTHERS = re.compile(r"(?:\b(?:that|those)[ ]of|\b(?:while|whereas|and|but)(?:[ ]the[ ]other)?)[ ]\Z")


_OPENED = re.compile(
    r"(?:\A\s*(?:In[ ][^,]{0,30},[ ])?(?:Among|Of|Within|Across|Out[ ]of)|.*\b(?:said|says|that)[ ](?:of|among))[ ]"
    r"(?:(?:the|all|these|its|our)[ ])?(?:[\d.,]+(?:[ ](?:million|billion|thousand|lakh|crore))?|[a-z-]+)[ ]"
    r"(?P<np>[a-z][\w -]*?s)(?:[ ]\w+ed(?:[ ](?:under|by|in|for|from|through|since)[ ][^,;]*)?)?,[ ]"
    r"(?:[^,;]*[ ]of[ ]|only[ ]|about[ ]|over[ ]|some[ ]|nearly[ ]|around[ ]"
    r"|almost[ ]|at[ ]least[ ]|more[ ]than[ ])?\Z"
)


# Of those that the number before counts: "Out of 115 plans sent, ⟨82⟩".
_OF_THEM = re.compile(
    r"(?:[ ]\w+ed(?:[ ](?:under|by|in|for|from|through|since)[ ][^,;]*)?)?[ ]?,[ ]"
    r"(?:(?:about|over|some|only|nearly|around)[ ])?"
)
_ALSO_IN = re.compile(r"[ ](?:is|are|was|were)[ ]in[ ][^,;]+,?[ ]and[ ](?:(?:another|a[ ]further|some|about)[ ])?")


# "and ⟨3⟩ more are", "with ⟨two⟩ others expected to", not "⟨3⟩ more parks"
_MORE = re.compile(
    r"[ ](?:more|others|further)(?:[ ](?:is|are|was|were|will|have|has|had|under|in|on|to|being|expected|planned|set"
    r"|due|scheduled|slated)\b|[.,;]|\Z)"
)
_FROM = re.compile(r",?[ ](?:(?:up|down)[ ])?from[ ](?:(?:about|around|over|some|nearly)[ ])?")
_IN_AND = re.compile(
    r"[ ](in|for|from|on|by|under|to)[ ][^,;]{2,50},?[ ]and[ ](?:(?:another|about|over|some|only|nearly)[ ])?"
)
_WILL_DO = re.compile(
    r"\b(?:and|but|while|then)[ ](?:[a-z]+[ ]){0,3}?(?:will|to|shall)[ ](?!be\b)[a-z]+[ ]"
    r"(?:(?:another|a[ ]further|about|over|at[ ]least|up[ ]to|some|nearly)[ ])?\Z"
)
_NO_NOUN = re.compile(r"(?:[ ](?:more|others|further))?(?:[ ]?[.,;]|[ ]?\Z|[ ](?:in|by|at|for|across|over|before)\b)")
_BESIDE = re.compile(
    r"(?:,|\b(?:and|while|with|but|whereas))[ ](?:(?:about|over|some|nearly|at[ ]least|more[ ]than)[ ])?\Z"
)


def elided_noun(left: str, right: str, prior: Framed | None) -> str:
    """Return what a number counts that the words before name, "" for nothing.

    "The profits of ⟨28⟩ sectors rose, and those of (⟨13⟩) fell", "Of the 31 provinces, (⟨24⟩) recorded".
    """
    if prior is None:
        opened = _OPENED.match(left) if right.strip() and is_verb(right) else None
        return trim(opened["np"]) if opened else ""
    if prior.measure == "change" and _FROM.fullmatch(left) and right == f" to {OPEN}":
        return prior.indicator  # "was cut by a quarter, from ⟨400⟩ to 300"
    if prior.rule == "multiple-of-object" and left.endswith(" to "):
        return prior.indicator  # "will triple the number of experts to ⟨15,000⟩"
    if prior.rule == "count-elided" and (left == " to " or _ALSO_IN.fullmatch(left)):
        return prior.noun  # "(320,000 were) in mills and ⟨210,000⟩ in shops"
    if prior.unit != "count" or not prior.noun:
        return ""
    return _place_next(left, right, prior) or (prior.noun if _counts_on(left, right) else "")


def _counts_on(left: str, right: str) -> bool:
    """Is it a number of the same: "issued 35 standards and revised another ⟨12⟩", "and will add ⟨3⟩ in 2025"?"""
    if left.endswith((" another ", " a further ")):
        return True
    deed = _FURTHER_DEED.fullmatch(left)
    if deed and is_participle(deed[1]) and _STOPS.match(right):
        return True  # "received 1,340 applications, approved ⟨870⟩ and rejected 120"
    if NEXT_NAMED.fullmatch(left) and _ENDS.match(right):
        return True  # "sold 3 million cars, Japan (⟨2 million⟩) and India with ⟨1 million⟩"
    if (_MORE.match(right) and _BESIDE.search(left)) or (_NO_NOUN.match(right) and _WILL_DO.search(left)):
        return True  # "eight parks were built, and ⟨3⟩ more are being built"
    if (same := _IN_AND.fullmatch(left)) and right.startswith(f" {same[1]} "):
        return True  # "16 cities in the first phase and ⟨26⟩ in the second"
    told = right.strip() and is_verb(right)
    return bool(told and (_OTHERS.search(left) or _OF_THEM.fullmatch(left)))


_NEXT_BY = re.compile(r".*\bfollowed by (?:(?:the )?[^,;\d]{2,40} with )?(?:only |about |some )?\Z")
_NEXT_AGAIN = re.compile(r"(?: each)?(?: (?:in|at|from) [^,;]{2,50})?,?(?: and)? (?:only |about |some )?\Z")
_IN_PLACE = re.compile(
    rf" (?:each )?(?P<link>in|at|from) (?P<np>(?:the )?[A-Z][^,.;:()]*?)(?= and \W|[,.;]|\Z| {OPEN})"
)


def _place_next(left: str, right: str, prior: Framed) -> str:
    """Return what is counted elsewhere: "41 licences went to Ardal, followed by ⟨26⟩ in Borva and ⟨22⟩ in Cand"."""
    again = prior.rule == "count-elided" and _NEXT_AGAIN.fullmatch(left)
    if not again and not ("followed by" in left and _NEXT_BY.fullmatch(left)):
        return ""
    place = _IN_PLACE.match(right)
    counted = _IN_A_PLACE.sub("", prior.noun)
    if place:
        return f"{counted} {place['link']} {place['np']}"
    return counted if right.lstrip()[:1] in {",", ".", ""} else ""


NEXT_NAMED = re.compile(
    r"(?:,?[ ]followed[ ]by|,?[ ](?:and|while|then)|,(?:[ ]then)?)[ ](?:the[ ])?"
    r"[A-Z][\w.'’-]*(?:[ ](?:(?:of|the|and|&)[ ])?[A-Z][\w.'’-]*){0,4}[ ]"
    r"(?:(?:with|about|over|some|nearly|only|around)[ ])*"
)
_ENDS = re.compile(rf"[ ]?(?:[.;,)]|and[ ]|{OPEN}|\Z)")
_FURTHER_DEED = re.compile(r"(?:,|,?[ ]and)[ ]([a-z]+)[ ]")
_STOPS = re.compile(rf"[ ]?(?:[.;,)]|\Z)|[ ]and[ ][a-z]+[ ]{OPEN}")
_IN_A_PLACE = re.compile(r" (?:in|at|from) (?:the )?[A-Z].*\Z")
