"""The time that list items and paragraphs that count off take from the lead-in, item or heading above them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flows.parse.timing import NO_TIME, Timing
from flows.records import Layout

_DEPTH = 12  # levels of a list, and paragraphs that one lead-in counts off
_SENTENCE_END = re.compile(r"[.!?][”\"’)]?\s+(?=[A-Z])")
_COUNTED_LENGTH = 16  # with the comma; the longest of them has eight letters
_COUNTED = frozenset(
    [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "firstly",
        "secondly",
        "thirdly",
        "fourthly",
        "fifthly",
        "finally",
        "lastly",
    ]
)
# "Supply and Capacity: Output will stay above": a paragraph that begins with its matter.
_LABELLED = re.compile(r"[A-Z][\w’'-]*(?:,? [\w’'-]+){0,6}: (?=[A-Z])")


def opening_of(layout: Layout, passage: int, openings: Mapping[int, Timing], opened: Mapping[str, int]) -> Timing:
    """The time that a passage opens with, else the one of the list item, heading or lead-in above it.

    `openings` holds what passages opened with so far, `opened` the place of each passage by its id.
    """
    at: int | None = passage
    for _ in range(_DEPTH):
        if at is None:
            break
        if openings.get(at, NO_TIME).basis:
            return openings[at]
        above = layout.passages[at].parent_passage_id
        at = opened[above] if above and not _is_led_in_apart(layout, opened[above], openings) else None
    return _lead_in(layout, passage, openings)


def _is_led_in_apart(layout: Layout, passage: int, openings: Mapping[int, Timing]) -> bool:
    """Does a list stand under a lead-in that is not the first sentence of its paragraph, and so not of its time?

    One that names a time of its own is what the paragraph's time has moved on to.
    """
    text = layout.passages[passage].text
    last = max((end.end() for end in _SENTENCE_END.finditer(text)), default=0) if text.rstrip().endswith(":") else 0
    return last > 0 and openings.get(passage, NO_TIME).at < layout.passages[passage].char_end - len(text) + last


def _lead_in(layout: Layout, passage: int, openings: Mapping[int, Timing]) -> Timing:
    """Paragraphs that count off what a lead-in with a colon announced ("Firstly, …", "Supply: …") speak of its time."""
    at = passage
    while at >= max(0, passage - _DEPTH) and _is_counted(layout.passages[at].text):
        at -= 1
    ahead = layout.passages[at]
    return openings.get(at, NO_TIME) if at != passage and ahead.text.rstrip().endswith(":") else NO_TIME


def _is_counted(words: str) -> bool:
    opens = words[:_COUNTED_LENGTH].partition(",")[0].casefold() in _COUNTED
    return opens or _LABELLED.match(words) is not None
