"""Amounts in crores whose rupees are not printed: "with an outlay of 11,500 crore"."""

from __future__ import annotations

import re

from flows.parse.numbers import Number


def is_rupees(text: str, number: Number, floor: int) -> bool:
    """Say whether it is money, and counts nothing: "an outlay of 11,500 crore", not "sales of 12 crore tickets"."""
    spent = _IN_CRORES.search(text, max(floor, number.char_start - _OUTLAY_NEAR), number.char_end)
    return bool(spent) and _NO_NOUN.match(text, number.char_end) is not None


_OUTLAY_NEAR = 60
_NO_NOUN = re.compile(
    r"\s*(?:[-.,;:)]|\Z|(?:the|is|was|has|have|will|for|in|by|to|over|on|under|from|and|with|during|as|this|last)\b)"
)
# Money in crores is rupees, whether or not their sign is printed: "with an outlay of 11,500 crore".
_IN_CRORES = re.compile(
    r"\b(?:outlays?|allocations?|costs?|investments?|expenditure|spending|budget|corpus|turnover|loans?|credit|revenues?"
    r"|subsid(?:y|ies)|provision|funds?|assistance|sales|exports|imports|profits?|capital|total)[ ]"
    r"(?:of|worth|at|was|is|were|are|reached|stood[ ]at|to)[ ]"
    r"(?:(?:about|over|around|nearly|some|more|than|up|to|Rs)[ ])*[\d,.]+[ ](?:lakh[ ])?crores?\Z",
    re.IGNORECASE,
)
