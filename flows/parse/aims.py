"""Lists of aims: what a lead-in sets as targets, its items need not call so again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from flows.parse.clauses import EARLIER
from flows.parse.marks import OPEN
from flows.parse.nouns import is_verb
from flows.parse.quantity import Quantity, Value
from flows.parse.tasks_lemmas import is_participle
from flows.parse.timing_chains import Timed
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


_YEAR = re.compile(r"(?:\w+ )?(?:19|20)\d\d")
_EXPECTING = re.compile(
    r"\b(?:expect|forecast|predict|project(?:ed|s|ions?)\b|estimat|anticipat|outlook|likely|would|could|may\b|might|trend"
    r"|set to|poised)"
)
_NEAR = 60  # code points
# What is decided for a year to come is so already.
_DECIDED = re.compile(
    r"\b(?:budget|outlay|allocat|provision|sanction|expenditure|tax|dut(?:y|ies)|tariff)", re.IGNORECASE
)


# Nobody aims at inflation, or puts at so much what he aims at.
_FORESEEN = re.compile(rf"{_EXPECTING.pattern}|\b(?:puts?|pegs?)\b[^.;]*\bat\b|\binflation\b")


def as_planned_for(row: Timed, text: str, start: int, today: date | None) -> Timed:
    """Read what is told for a year after that of the text as aimed at: "the plan sees it reaching 180 GW by 2027".

    So is what will be by then, where the sentence from `start` does not say that somebody only expects it.
    """
    quantity, timing = row.quantity, row.timing
    told = timing.at >= start and timing.start is not None and _YEAR.fullmatch(timing.phrase or "") is not None
    if not told or quantity.status == "target" or quantity.rule in EARLIER:
        return row
    if quantity.status == "expected":
        aimed = text[: timing.at].endswith(("By ", "by ")) and not _EXPECTING.search(
            text, start, quantity.char_end + _NEAR
        )
    else:
        ahead = today is not None and timing.start is not None and timing.start.year > today.year
        aimed = ahead and not _DECIDED.search(quantity.indicator)
        if aimed and _FORESEEN.search(text, start, quantity.char_end):
            return row._replace(quantity=quantity._replace(status="expected"))
    return row._replace(quantity=quantity._replace(status="target")) if aimed else row


# "⟨three⟩ clusters and ⟨20⟩ platforms are to be in place": the verb of both is ahead
_BOTH_AHEAD = re.compile(r"[^.;,]*?\b(?:will|shall|(?:are|is)[ ]to[ ]be|to[ ]be[ ]\w+ed)\b")
_CLAUSE_OPENS = re.compile(r".*(?:\b(?:said|says|announced|noted|added|that)\b| — )", re.DOTALL)


def spread_aims(found: list[Quantity], values: list[Value]) -> None:
    """Let the verb behind a list say that all its values are ahead: "3 parks and ⟨20⟩ halls are to be built"."""
    led = False
    for at in range(len(found) - 2, -1, -1):
        here, after = found[at], found[at + 1]
        led = after.status == "target" and (led or _BOTH_AHEAD.match(values[at + 1].right) is not None)
        led = (
            led
            and here.status == "actual"
            and not _has_verb(values[at].right.removeprefix(f" {values[at].frame.noun}"))
        )
        if led and not _has_verb(_CLAUSE_OPENS.sub("", values[at].left)):
            found[at] = here._replace(status="target")


def _has_verb(words: str) -> bool:
    return any(is_verb(word) or is_participle(word) for word in words.strip(f" ,{OPEN}").split())


def _announces(passage: Passage) -> bool:
    return bool(_AIMS.search(passage.text[-_LEAD_IN:].rstrip()))
