"""What a value was before: "38 billion tenge last year, after 61 billion in 2023" has its unit from its neighbour."""

from __future__ import annotations

import itertools
import re

from flows.parse.calendars import is_month
from flows.parse.counted_nouns import counted_noun
from flows.parse.ranges import Amount, is_yearlike

_NEAR = 60  # code points; what stands farther apart is not compared
_EARLIER = re.compile(
    r",?[ \n](?:(?:up|down|higher|lower)[ ])?"
    r"(?:after|from|compared[ ](?:with|to)|against|versus|than|(?:above|below)(?=[ ]last))[ ]"
    r"(?:last[ ]year['’]s[ ])?"
    r"(?:(?:about|some|around|only|just)[ ])?"
)

_NEW_CLAUSE = re.compile(r"[,;]|\b(?:but|and|while|was|were)\b")  # "(0.0%) compared with May, but was ⟨136,000⟩"
_GOES_TO = re.compile(r"[ ]to[ ]\d[\d,.]*(?![\d,.]*[ ]?(?:%|percent|per[ ]cent))")
_ON_TO = re.compile(r"[ ]to[ ](?:(?:about|some|around|only|just|under|over)[ ])?")  # "from 45 days to 12"


_MONTH = 14  # code points that hold the longest name of one, with a blank and a comma


def inherit_from_earlier(text: str, amounts: list[Amount], ceiling: int) -> None:
    """Let the first unit hold for both: "38 billion tenge last year, after 61 billion in 2023"."""
    told = [it for it in amounts if it.unit or not is_yearlike(text, it.char_start, it.char_end)]
    for before, here in itertools.pairwise(told):
        if here.unit is not None or here.form not in {"digits", "words"} or not (before.unit and before.own_unit):
            continue
        between = text[before.char_end : here.char_start]
        alike = here.scaled == before.scaled and not is_yearlike(text, here.char_start, here.char_end)
        earlier = _EARLIER.search(between) if len(between) < _NEAR else None
        near = (earlier and not _NEW_CLAUSE.search(between, earlier.end())) or (
            _ON_TO.fullmatch(between) and text.endswith("from ", 0, before.char_start)
        )
        # "cut by 25 percent, from 400 to 300", "doubled from 400"
        led_on = before.unit == "times" or (before.unit == "percent" and _GOES_TO.match(text, here.char_end))
        near = near or (before.unit.isupper() and here.scaled and _is_part(text, before, here))
        if alike and near and not led_on and not _is_day(text, here) and not counted_noun(text, here.char_end, ceiling):
            here.unit = before.unit


_SUM = re.compile(r"(?:\bOf|\bFrom|\b[Oo]ut of)(?: (?:the|this|that|its))? \Z")
_THAN = re.compile(r" (?:more|less|higher|lower|fewer) than\b")


def _is_part(text: str, before: Amount, here: Amount) -> bool:
    """Is it a part of money or a difference: "Of the 3 billion yuan, ⟨1 billion⟩ went", "⟨1 billion⟩ more than"?"""
    opened = text[max(0, before.char_start - _MONTH) : before.char_start]
    return bool(_SUM.search(opened) or _THAN.match(text, here.char_end))


def _is_day(text: str, amount: Amount) -> bool:
    """Say whether a month stands beside a number: "up 8 percent from May 15", "from 15 May"."""
    before = text[max(0, amount.char_start - _MONTH) : amount.char_start].split()
    after = text[amount.char_end : amount.char_end + _MONTH].split()
    return any(is_month(word) for word in (*before[-1:], *after[:1]))
