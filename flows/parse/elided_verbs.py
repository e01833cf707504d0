"""Clauses that leave out their verb, and who comes next: "manufacturing by 7%", "followed by mining (15%)"."""

from __future__ import annotations

import re

from flows.parse.antecedents import HEAD, swap_tail, those_of
from flows.parse.marks import OPEN
from flows.parse.measures import FLOWS, RATIOS, Framed, sign_of
from flows.parse.nouns import is_pronoun, is_verb, trim
from flows.parse.rules import load_pattern, load_words
from flows.parse.tasks_lemmas import is_base, is_gerund, lemma

_ELLIPSIS = load_pattern("links", "ellipsis")
_OWN_FRAME = load_pattern("links", "own-frame")
NOUN_AFTER = load_pattern("links", "noun-beside")
_FOLLOWED = load_pattern("links", "followed")
_FOLLOWED_ON = load_pattern("links", "followed-on")
_BUSINESS = load_words("nouns")["business"]
_MOVES = frozenset(
    [
        "slow",
        "ease",
        "rise",
        "fall",
        "climb",
        "drop",
        "decline",
        "accelerate",
        "moderate",
        "recover",
        "rebound",
        "grow",
        "increase",
        "decrease",
        "shrink",
        "contract",
        "expand",
        "dip",
        "slip",
        "quicken",
    ]
) | {"edge up", "edge down", "pick up"}
_MOST = re.compile(
    r"\A(?:(?:and|but|while)[ ])?(?:the[ ])?(?:\w+est|(?:most|least)[ ]\w+)[ ](?=(?:in|for|among)[ ])"
)  # "weakest in Chad"
_NEXT_BEST = "followed-by"
_LONG = 9  # words; a longer phrase stands for itself
_THAT_OF = re.compile(r"\A(?:that|those)[ ](?:of|in|for|from)[ ](?:the[ ])?")
_ENDS_IN_DIRECTION = re.compile(r"\b(?:up|down|from)\b[^,]*\Z")


def followed_value(left: str, unit: str, prior: Framed) -> Framed | None:
    """Read who comes next: "the highest growth of 17 percent, followed by mining (⟨15 percent⟩), and steel (⟨12⟩)"."""
    form = _FOLLOWED_ON if prior.rule == _NEXT_BEST else _FOLLOWED
    match = form.fullmatch(left) if unit == prior.unit == "percent" and prior.measure == "change" else None
    if not match or _OWN_FRAME.search(match["np"]):
        return None
    framed = _with_subject(trim(match["np"]), prior)
    framed.rule = _NEXT_BEST
    return framed


_FROM_WHAT = re.compile(rf"[ ]from[ ](?P<np>[a-z][^,.;:(){OPEN}]*)")
_FROM_NEXT = re.compile(
    r"(?:[^,;:]{0,40},?[ ]including|[ ]from[ ][^,;:()]{2,60}?(?:,(?:[ ]and)?|[ ]and))[ ]"
    r"(?:(?:an?|about|over|nearly)[ ])*"
)


def from_each(left: str, right: str, unit: str, prior: Framed) -> Framed | None:
    """Read from what it is: "capacity of ⟨12 GW⟩, including ⟨4 GW⟩ from tides, ⟨3 GW⟩ from waves and"."""
    alike = unit == prior.unit and prior.measure == "level" and unit not in RATIOS | {"count"}
    part = _FROM_WHAT.match(right) if alike and "from " in right else None
    if not part or not _FROM_NEXT.fullmatch(left):
        return None
    indicator = f"{prior.indicator.partition(' from ')[0]} from {trim(part['np'].removesuffix(' and'))}"
    return Framed("level", 1, indicator, prior.rule, chained=True)


# "(investment grew by ⟨10%⟩), outpacing the average by ⟨7 points⟩" speaks of the subject before
_OUTPACING = re.compile(r"\s*(?:outpac|outperform|outstripp|exceed|surpass|beat|overtak|trail|lagg)ing\b")


def elided_value(left: str, right: str, unit: str, prior: Framed) -> Framed | None:
    """Take the verb of the clause before: "mining was up by 6.0 percent, manufacturing by 7.0 percent"."""
    beside = NOUN_AFTER.match(right) if unit not in RATIOS else None
    ellipsis = _ELLIPSIS.match(left)
    if (beside and not is_verb(beside["np"])) or not ellipsis:
        return None
    phrase = _MOST.sub("", ellipsis["np"] or ellipsis["last"] or ellipsis["list"])
    if _OWN_FRAME.search(phrase) or _ENDS_IN_DIRECTION.search(left) or _OUTPACING.match(phrase):
        return None
    if prior.measure == "change" and phrase.strip() in _MOVES:
        sign = 1 if re.search(r"\bto[ ]", left) else sign_of(phrase.strip())
        return Framed("change", sign, prior.indicator, prior.rule, "", prior.whole)  # "to grow 2 percent, slow to"
    return _with_subject(trim(_without_gerund(phrase)), prior)


def _without_gerund(phrase: str) -> str:
    """Drop the participle of "carrying goods (worth ⟨5⟩)"; one that stands alone speaks of the subject before."""
    first, _, rest = phrase.strip().partition(" ")
    drops = is_gerund(first) and is_base(lemma(first)) and first.casefold() not in _BUSINESS
    return rest if drops else phrase


_LINKED = re.compile(r"(?P<link>in|for|of)[ ](?P<np>\w.*)")


def named_ones(phrase: str, known: str) -> str:
    """Say what "ones" are: "old ones" behind "New loans" are loans, "of petrol ones" behind "sales of vans" vans."""
    like = known if " of " in phrase else re.split(" (?:of|in|for|with) ", known)[0]
    return f"{phrase.removesuffix('ones')}{like.rpartition(' ')[2]}" if phrase.endswith(" ones") else phrase


def _with_subject(phrase: str, prior: Framed) -> Framed:
    if others := those_of(phrase, prior.indicator):
        return Framed(
            prior.measure,
            prior.sign,
            named_ones(others, prior.indicator),
            f"{prior.rule.removesuffix('-elided')}-elided",
            "",
            prior.whole,
        )
    phrase = named_ones(_THAT_OF.sub("", phrase), prior.indicator)
    if is_pronoun(phrase.removeprefix("of ")):
        return Framed(prior.measure, prior.sign, prior.indicator, prior.rule, "", prior.whole, chained=True)
    rule = f"{prior.rule.removesuffix('-elided')}-elided"
    if prior.measure == "share" and prior.whole:
        return Framed("share", 1, f"{phrase} of {prior.whole}", rule, phrase, prior.whole)
    known = prior.noun if prior.measure == "share" and prior.noun else prior.indicator
    linked, head = _LINKED.match(phrase), HEAD.match(known)
    if head and phrase.casefold() in FLOWS and head["head"].casefold() in FLOWS:
        subject = f"{phrase} of {head['tail']}" if head["link"] == "of" else phrase  # "exports of tea rose, imports by"
        return Framed(prior.measure, prior.sign, subject, rule, "", prior.whole)
    if linked and head:
        return Framed(prior.measure, prior.sign, swap_tail(known, linked["np"], linked["link"]), rule, "", prior.whole)
    phrase = trim(linked["np"]) if linked and phrase.islower() else phrase  # "growth in steel was ⟨2%⟩, in tin"
    named = head and phrase.rpartition(" ")[2].casefold() == head["head"].rpartition(" ")[2].casefold()
    subject = swap_tail(known, phrase) if head and not named and len(phrase.split()) < _LONG else phrase
    return Framed(prior.measure, prior.sign, subject, rule, "", prior.whole)
