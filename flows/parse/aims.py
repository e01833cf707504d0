"""Lists of aims: what a lead-in sets as targets, its items need not call so again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flows.parse.clauses import EARLIER
from flows.parse.quantity import Quantity
from flows.records import Passage

_LEAD_IN = 200  # code points of a lead-in that are read
# "The guidelines set these targets:", or "The slabs that are proposed:"
_AIMS = re.compile(
    r"\b(?:targets?|goals?|objectives?|aims?|proposed|propose|planned|plans?|tasks?|priorities)\b[^.;]*:\Z",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[A-Z][^:.;]{2,60}:\s")
_OPEN_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|rose|fell|grew|reached|increased|declined|expected|projected|forecast|likely)\b"
)


def is_aimed(passages: Sequence[Passage], at: int, opened: Mapping[str, int]) -> bool:
    """Say whether a lead-in announced a passage as an aim: it is an item under it, or labelled and next to it.

    Args:
        passages: those of the text.
        at: the index of the passage.
        opened: the indexes of passages by their ids.
    """
    above, lead = passages[at].parent_passage_id, at
    if passages[at].kind == "list_item":
        return above is not None and _announces(passages[opened[above]])
    while lead > 0 and _LABELLED.match(passages[lead].text):
        lead -= 1
    return lead != at and _announces(passages[lead])


def as_target(text: str, start: int, quantity: Quantity) -> Quantity:
    """Read what the sentence at `start` of such a passage says will be, or says without a verb, as aimed at."""
    ahead = text[max(start, quantity.char_start - _LEAD_IN) : quantity.char_start]
    if quantity.rule in EARLIER or _OPEN_VERB.search(ahead.rpartition(". ")[2].rpartition(", ")[2]):
        return quantity
    return quantity._replace(status="target")


def _announces(passage: Passage) -> bool:
    return bool(_AIMS.search(passage.text[-_LEAD_IN:].rstrip()))
