"""Multiples, told from counts of occasions: "three times as many", not "three times" or "twice a year"."""

from __future__ import annotations

import re

from flows.parse.ranges import Amount

_MULTIPLE_OF = re.compile(
    r"[ ](?:as|more|less|higher|larger|bigger|greater|faster|lower|smaller|stronger|longer|that|the|its|their|what|over"
    r"|of|compared)\b|[,.;]"
)
# "twice a year" counts occasions
_EACH_TIME = re.compile(r"[ ](?:an?|each|every|per)[ ](?:day|week|fortnight|month|quarter|year)\b")


def multiple_of(text: str, amount: Amount, ceiling: int) -> bool:
    """Is "three times" a multiple ("three times as many") and no count of occasions?"""
    plain = amount.unit != "times" or (
        amount.form == "multiple" and not _EACH_TIME.match(text, amount.char_end, ceiling)
    )
    return plain or bool(_MULTIPLE_OF.match(text, amount.char_end, ceiling))
