"""Values that share the frame of the one before them: "5% and 7%", "(up 3%)", "and manufacturing by 7%"."""

from __future__ import annotations

import re

from flows.parse.measures import OF_WHOLE, POINTS, RATIOS, Framed
from flows.parse.nouns import is_pronoun, is_verb, phrase_after, trim
from flows.parse.subjects import HEAD, swap_tail

_CHAIN = re.compile(
    r"[ ]*(?:,|,?[ ]?and|,?[ ]?or|,?[ ]as[ ]well[ ]as|/|,?[ ]?but|,?[ ]and[ ]by|and[ ]by|,?[ ]then|,[ ]and[ ]then|,?[ ]?and[ ]to)?[ ]*(?:by[ ]|to[ ]|at[ ]|a[ ]|about[ ]|over[ ]|nearly[ ]|some[ ]|around[ ])*\Z"
)


_ELLIPSIS = re.compile(
    r"\A[ ]?(?:,|;|and|,[ ]and|,[ ]while|while|but|,[ ]with|with|or|;[ ]and|,[ ]but|\(|:)[ ](?P<np>[^,;:()]{2,90}?)[ ]?(?:,[ ])?(?:by|at|to|of|up|down|also)?[ ]*(?:about|over|nearly|some|around|by)?[ ]*\Z"
)


_LAST_ELLIPSIS = re.compile(r"\A,?[ ]and[ ](?P<np>[^;:()]{2,110}?)[ ]by[ ]*\Z")


_RESTATED = re.compile(
    r"[ ]?[(\[][ ]?(?:or[ ]|about[ ]|around[ ]|some[ ]|approximately[ ]|nearly[ ]|equivalent[ ]to[ ]|equal[ ]to[ ]|i\.e\.,?[ ])*\Z|,?[ ](?:or|equivalent[ ]to|equal[ ]to|that[ ]is,?)[ ](?:about[ ]|around[ ]|some[ ]|roughly[ ]|nearly[ ])?\Z"
)


_EARLIER = re.compile(
    r"[^,;:⟨]{0,40}?,?[ ](?:(?:up|down|higher|lower|rising|falling)[ ])?(?:from|after|compared[ ]with|compared[ ]to|against|versus)[ ](?:about[ ]|around[ ]|some[ ]|only[ ]|just[ ]|the[ ]|an?[ ])*"
)


_COMPARED = re.compile(
    r"[ ](?:higher|lower|more|less|fewer|faster|slower|above|below|greater|smaller|larger)\b(?![ ]of\b)"
)


def linked_value(left: str, right: str, unit: str, own: str, prior: Framed) -> Framed | None:
    """A value that shares the frame of the one before it: "5% and 7%", "(up 3%)", "and manufacturing by 7%"."""
    same_kind = (unit in RATIOS) == (prior.rule in _RATIO_RULES or prior.measure in {"change", "share"})
    if _RESTATED.fullmatch(left):
        return _restated(left, right, unit, own, prior)
    whole = OF_WHOLE.match(right)
    if _COMPARED.match(right) or (
        unit == "percent" and whole and prior.measure != "share" and not _RESTATED.fullmatch(left)
    ):
        return None
    if _CHAIN.fullmatch(left):
        if own and unit == "count":
            noun = _completed(own, prior.noun)
            return Framed("level", 1, noun, "count-noun", noun)
        if prior.noun and unit == "count":
            return Framed("level", 1, prior.indicator, "chain", prior.noun, chained=True)
        if re.search(r"\bto\s*\Z", left) and prior.measure == "change" and unit not in POINTS:
            return Framed("level", 1, prior.indicator, "to-level", own)
        sign = 1 if prior.measure != "change" else prior.sign
        rule = "to-level" if prior.rule == "from-level" and re.search(r"\bto\b", left) else prior.rule
        return Framed(prior.measure, sign, prior.indicator, rule, own, prior.whole, chained=True)
    earlier = _EARLIER.fullmatch(left)
    if earlier and same_kind and not own:
        return Framed(prior.measure, 1, prior.indicator, "earlier-value", own, prior.whole)
    beside = NOUN_AFTER.match(right) if unit not in RATIOS else None
    if beside and not is_verb(beside["np"]):
        return None
    ellipsis = _ELLIPSIS.match(left) or _LAST_ELLIPSIS.match(left)
    if ellipsis and same_kind and not own and not _has_frame_word(ellipsis["np"], left):
        return _elliptical(trim(ellipsis["np"]), left, prior)
    return None


_RATIO_RULES = frozenset(("change-verb", "change-noun-before", "share-of-verb"))


_FRAME_WORD = re.compile(
    r"\b(?:\w{3,}ed|gain\w*|growth|reduction|surge|jump|represent\w*|constitut\w*|brought|saw|put|cut|won|held|kept|runs?|ran|paid|sold|spent|built|left|up|down|grew|rose|fell|increas\w*|decreas\w*|declin\w*|drop\w*|reach\w*|total\w*|was|were|is|are|stood|amount\w*|account\w*|exceed\w*|than|which|compris\w*|took|mak\w+|made|hit|came|surpass\w*|averag\w*|slid|slipped|dipped|climbed|jumped|surged|edged|went|higher|lower|from|share|growth|contract\w*|expand\w*|shr[aiu]nk|gained|lost|has|have|had|will|generat\w*|contribut\w*|add\w*)\b",
    re.IGNORECASE,
)


def _completed(own: str, before: str) -> str:
    """ "29 national centres, 260 provincial": an adjective alone takes its noun from the count before."""
    words = before.split()
    return (
        f"{own} {' '.join(words[1:])}"
        if " " not in own and own.islower() and not own.endswith("s") and len(words) > 1
        else own
    )


def _has_frame_word(phrase: str, left: str) -> bool:
    return bool(_FRAME_WORD.search(phrase)) or bool(re.search(r"\b(?:up|down|from)\b[^,]*\Z", left))


def _restated(left: str, right: str, unit: str, own: str, prior: Framed) -> Framed | None:
    if _COMPARED.match(right):
        return None
    if unit in RATIOS and prior.measure == "level":
        whole = OF_WHOLE.match(right)
        if whole:
            phrase = phrase_after(whole["whole"])
            return Framed("share", 1, f"{prior.indicator} of {phrase}", "share-restated", prior.indicator, phrase)
        return None
    if own and unit == "count":
        return Framed("level", 1, own, "count-noun", own)
    return Framed(prior.measure, prior.sign, prior.indicator, "restated", own, prior.whole, restated="(" in left)


def _elliptical(phrase: str, left: str, prior: Framed) -> Framed:
    if is_pronoun(phrase):
        return Framed(prior.measure, prior.sign, prior.indicator, prior.rule, "", prior.whole, chained=True)
    known = prior.noun if prior.measure == "share" and prior.noun else prior.indicator
    subject = swap_tail(known, phrase) if HEAD.match(known) and len(phrase.split()) < 9 else phrase
    if prior.measure == "share" and prior.whole:
        return Framed("share", 1, f"{phrase} of {prior.whole}", prior.rule, phrase, prior.whole)
    return Framed(prior.measure, prior.sign, subject, f"{prior.rule}-elided", "", prior.whole)


NOUN_AFTER = re.compile(
    r"\A[- ](?P<np>(?!(?:and|or|to|from|in|on|at|by|over|with|for|per|as|a|the|which|respectively|year|month|higher|lower|more|less|compared|during)\b)[^,.;:()⟨]+)"
)
