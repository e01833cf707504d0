"""Surveys: of whom a part does something, "1,200 firms were asked, and 38 percent planned to hire"."""

from __future__ import annotations

import re

from flows.parse.measures import Framed

_ANSWERED = re.compile(
    r"[ ](?:said|say|saw|see|expect(?:ed)?|plan(?:ned)?|report(?:ed)?|believed?|th(?:ink|ought)|cited?|want(?:ed)?"
    r"|felt|feel|hoped?|intend(?:ed)?|anticipated?|rated?|preferred|prefer|considered|(?:dis)?approved?|support(?:ed)?"
    r"|opposed?|agreed?|disagreed?|admitted|admit|fear(?:ed)?|worry|favou?r(?:ed)?|chose|predict(?:ed)?|were|are|had"
    r"|have|would)[ ]"
)
_ASKED = re.compile(
    r"(?:\A|\bthat|[,;]|\band|\bwhile|\bbut|\bwhereas)[ ](?:(?:about|only|some|nearly|over|just|around)[ ])*\Z"
)
_GROUP = re.compile(
    r"\b(?:firms|companies|manufacturers|respondents|households|people|workers|voters|economists|analysts|farmers"
    r"|executives|managers|consumers|businesses|employers|employees|enterprises|exporters|banks|members|adults)\b"
)


def _counted(phrase: str) -> str:
    """Return what is counted within a phrase: of "survey of 1,200 firms" the firms; "" for nothing."""
    found = re.search(r"(?<=\d[ ])[a-z].*\Z", phrase)
    return found[0] if found else ""


def part_of_asked(left: str, right: str, unit: str, prior: Framed | None, last: str) -> Framed | None:
    """Read a percentage that does something itself as the share of who was asked; None where nobody was spoken of.

    Args:
        left: the words before the value.
        right: the words after it.
        unit: its unit.
        prior: the frame of the value before.
        last: what the sentence before measured.
    """
    if unit != "percent" or not (_ANSWERED.match(right) and _ASKED.search(left)):
        return None
    group = (prior.whole or prior.noun or _counted(prior.indicator)) if prior else last.rpartition(" of ")[2]
    counted = prior is not None and prior.unit == "count" and bool(group)
    return Framed("share", 1, group, "share-of-asked", "", group) if counted or _GROUP.search(group) else None
