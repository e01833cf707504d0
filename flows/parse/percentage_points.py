"""Points that are percentage points: a quarter-point cut, and "81.6 percent, 1.9 points higher"."""

from __future__ import annotations

import re

from flows.parse.ranges import Amount

_HYPHENATED = re.compile(r"-(?:percentage[- ])?points?\b")
_MOST = 30  # points by which a rate moves at once; an index moves by more
# An index moves by points of its own: "the Dow fell 1 percent, or 20 points".
_INDEX = re.compile(r"\b(?:ind(?:ex|ices|exes)|Dow|Nasdaq|FTSE|Nikkei|S&P|Sensex|DAX|shares|stocks)\b", re.IGNORECASE)
_RATE = re.compile(r"\brates?\b")  # "the unemployment rate rose ⟨0.1 pts⟩ to 5.2%"
_RATES = frozenset(("percent", "percentage_point"))


def settle_points(text: str, amounts: list[Amount], floor: int, ceiling: int, *, bare: bool) -> None:
    """Give percentage points their unit in the sentence ``text[floor:ceiling]``.

    These are fractions of one ("a half-point rise"), and what is printed as points behind a percentage; in a `bare`
    sentence those stay the points that are printed.
    """
    rated = False
    for amount in amounts:
        if amount.form == "fraction" and amount.unit == "percent" and amount.value is not None:
            joined = _HYPHENATED.match(text, amount.char_end, ceiling)
            if joined:
                amount.value, amount.unit, amount.char_end = amount.value / 100, "percentage_point", joined.end()
        elif (
            amount.unit == "index"
            and not bare
            and (rated or _RATE.search(text, floor, amount.char_start))
            and amount.value is not None
            and abs(amount.value) < _MOST
        ):
            told = _INDEX.search(text, floor, amount.char_start) is not None
            amount.unit = "index" if told else "percentage_point"
        rated = rated or amount.unit in _RATES
