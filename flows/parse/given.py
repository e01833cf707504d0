"""To whom or what money is given: "allocated ⟨£40 million⟩ to 26 councils", "⟨2 billion⟩ is earmarked for roads"."""

from __future__ import annotations

import re

from flows.parse.counted_nouns import counted_noun
from flows.parse.marks import OPEN
from flows.parse.measures import RATIOS, Framed
from flows.parse.nouns import phrase_after
from flows.parse.tasks_lemmas import is_base

_BOUND = r"(?:(?:the|about|over|some|more[ ]than|around|nearly|at[ ]least|up[ ]to|as[ ]many[ ]as)[ ])"
_GIVEN_TO = re.compile(
    r"(?P<to>[ ](?:(?:will|would|shall|has|have|is|are|was|were)[ ](?:(?:be|been|also)[ ])*[a-z]+[ ]"
    r"(?:aside[ ]|available[ ])?(?:(?:over|under|during|from|within)[ ][^,.;:()]{3,40}?[ ])?)?"
    rf"(?:in|into|to(?:[ ](?!{_BOUND})[a-z]+)?|for(?:[ ][a-z]+ing)?|on|among|across))[ ]{_BOUND}*"
)
_NUMBER = re.compile(r"(?:\d[\d,.]*(?:[ ](?:million|billion|thousand|lakh|crore))?|[a-z]+(?:-[a-z]+)?)(?=[ ][a-z])")


def given_to(between: str, masked: str, after: int) -> str:
    """Return the words behind money with what is counted that it is given to, the number left out; else "".

    Args:
        between: the words between the money and the next number, folded.
        masked: the sentence.
        after: where the next number stands in it.
    """
    given = _GIVEN_TO.fullmatch(between)
    number = _NUMBER.match(masked, after) if given else None
    noun = counted_noun(masked, number.end(), len(masked)) if number else ""
    return f"{given['to']} {noun}" if given and noun else ""


_PUT_TO = re.compile(
    r"[ ](?:(?:went|goes|will[ ]go)[ ](?:into|to|towards?)|"
    r"(?:will|would|shall|has|have|had|is|are|was|were)[ ](?:(?:be|been|also|to)[ ])*"
    r"(?:(?:raised|mobili[sz]ed|provided|allocated|earmarked|set[ ](?:aside|apart)|invested|spent|reserved|injected"
    r"|committed|granted|channel?led|put|poured|pumped|made[ ]available|meant|intended|kept|used|sanctioned|released"
    r"|disbursed)"
    r"(?:[ ](?:over|under|during|from|within)[ ][^,.;:()]{3,40}?)?"
    r"[ ](?:through|for|in|into|on|to|towards?)|for))[ ]"
    rf"(?P<np>(?!this\b|these\b|that\b|\d)[^,.;:(){OPEN}]+)"
)
# Nothing but a word of measure, "of which" or where it comes from stands before it: "Some ⟨3 million⟩ has been set".
_FIRST = re.compile(
    r"(?:[\s,“”\"']*|.*[ ]—[ ,]+|.*\b(?:said|announced|noted|added|decided|agreed|confirmed)[ ]that[ ]"
    r"|.*(?:\A|[ ,])(?:of|from|out[ ]of)[ ](?:this|that|which|these)(?:[ ](?:amount|sum|total))?,?[ ])"
    r"(?:(?:from|under|in|within|through|over|at|by|as[ ]for|in[ ]terms[ ]of|regarding)[ ][^,;]{0,80},[ ])?"
    r"(?:(?:some|about|around|nearly|over|more than|another|(?:an?[ ])?(?:further|additional|extra)|up to|a total of"
    r"|a sum of|an amount of)[ ])?",
    re.IGNORECASE | re.DOTALL,
)


_WENT_TO = re.compile(
    r"[ ](?:(?:will[ ]|would[ ])?go(?:es)?|went|(?:is|are|was|were|has[ ]been|have[ ]been|will[ ]be)[ ]"
    r"(?:allocated|earmarked|directed|given|granted|reserved|channel?led))[ ](?:to|for|into|towards?)[ ]"
    rf"(?P<np>[^,.;:(){OPEN}]+)"
)
_AND_TO = re.compile(rf"[ ]to[ ](?P<np>[^,.;:(){OPEN}]+)")


_AND_ALSO = re.compile(r"(?:[,;]?[ ](?:and|while)|,)[ ](?:(?:another|about|some|nearly|over)[ ])*\Z")


def _went_to(left: str, right: str, prior: Framed | None, known: str) -> Framed | None:
    """Read which part went to whom: "Of this, ⟨60 percent⟩ went to textile firms and ⟨25 percent⟩ to mills"."""
    again = prior is not None and prior.rule == "share-put-to" and _AND_ALSO.search(left)
    went = _WENT_TO.match(right) or (_AND_TO.match(right) if again else None)
    if not went or not (again or _FIRST.fullmatch(left)):
        return None
    part, whole = phrase_after(went["np"]), prior.whole if again and prior else known
    return Framed("share", 1, f"{part} of {whole}" if whole else part, "share-put-to", part, whole)


TIMES = frozenset(("hour", "day", "week", "month", "year", "minute"))
_TO_DO = re.compile(rf"[ ](?P<deed>to[ ](?P<verb>[a-z]+)(?:[ ][^,.;:(){OPEN}]+)?)")


def time_taken(right: str) -> str:
    """Return what so long is taken for: "it took them ⟨three hours⟩ to put the fire out" is the time to do so."""
    deed = _TO_DO.match(right)
    return f"time {deed['deed'].rstrip()}" if deed and is_base(deed["verb"]) else ""


def put_words(right: str) -> str:
    """Return what money is put to: "is for research", "set aside to build (clinics)"."""
    put = _PUT_TO.match(right)
    return (
        phrase_after(without_deed(right[: put.start("np")][-4:], put["np"].partition(" in the form ")[0]))
        if put
        else ""
    )


def without_deed(ahead: str, phrase: str) -> str:
    """Leave the verb out behind "to": "⟨40 million⟩ to upgrade (schools)"; `ahead` holds the words that lead to it."""
    first, _, rest = phrase.partition(" ")
    return rest if ahead.startswith(" to ") and is_base(first) else phrase


def put_to(left: str, right: str, unit: str, own: str, prior: Framed | None, known: str) -> Framed | None:
    """Read what money, or a part of what was told before, is put to; None where nothing of the kind is said.

    Args:
        left: the words before the value.
        right: the words behind it.
        unit: its unit.
        own: the noun phrase that it counts.
        prior: the frame of the value before it in the sentence.
        known: what was measured last.
    """
    if unit == "percent":
        return _went_to(left, right, prior, known)
    thing = put_words(right) if unit not in RATIOS and _FIRST.fullmatch(left) else ""
    return Framed("level", 1, thing, "value-put-to", own) if thing else None
