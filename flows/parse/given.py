"""To whom money is given where a number stands before them: "allocated ⟨£40 million⟩ to 26 councils"."""

from __future__ import annotations

import re

from flows.parse.counted_nouns import counted_noun

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
