"""Time phrases that a page header cuts in two: "over the 12 / Page 3 of 28 / months ending in August"."""

from __future__ import annotations

from flows.parse.calendars import Anchor
from flows.parse.periods import Period, find_periods
from flows.records import Layout, Sentence

_REACH = 60  # code points on either side of the cut
_HEADER = "page_header"
_ENDS = frozenset(".!?:;\"”’')")


def with_cut_phrases(text: str, layout: Layout, index: int, periods: list[Period], anchor: Anchor) -> list[Period]:
    """Return the time phrases of a sentence with those that a page header cuts, each as far as it stands in it."""
    sentence = layout.sentences[index]
    if layout.passages[sentence.passage].kind == _HEADER:
        return periods
    before, after = _beside(layout, index, -1), _beside(layout, index, 1)
    if before and _goes_over(text, layout, before, sentence):
        periods = _replaced(periods, _continued(text, before, sentence, anchor))
    if after and _goes_over(text, layout, sentence, after):
        periods = _replaced(periods, _begun(text, sentence, after, anchor))
    return periods


def _beside(layout: Layout, index: int, step: int) -> Sentence | None:
    """The next sentence before or after that stands in no page header."""
    at = index + step
    while 0 <= at < len(layout.sentences):
        if layout.passages[layout.sentences[at].passage].kind != _HEADER:
            return layout.sentences[at]
        at += step
    return None


def _goes_over(text: str, layout: Layout, before: Sentence, after: Sentence) -> bool:
    between = layout.passages[before.passage + 1 : after.passage]
    if not between or any(passage.kind != _HEADER for passage in between):
        return False
    return text[before.char_end - 1] not in _ENDS


def _joined(text: str, before: Sentence, after: Sentence, anchor: Anchor) -> tuple[int, list[Period]]:
    """Find the phrases about the cut, and where it lies in the two ends put together."""
    left = text[max(before.char_start, before.char_end - _REACH) : before.char_end]
    words = f"{left} {text[after.char_start : min(after.char_end, after.char_start + _REACH)]}"
    return len(left), find_periods(words.replace("\r", " ").replace("\n", " "), 0, len(words), anchor)


def _continued(text: str, before: Sentence, after: Sentence, anchor: Anchor) -> Period | None:
    """The phrase with which a sentence goes on; "Beginning in / April" begins before the cut with its lead alone."""
    cut, found = _joined(text, before, after, anchor)
    for period in found:
        if period.char_start <= cut + 1 < period.char_end and (period.char_start < cut or period.lead):
            end = after.char_start + period.char_end - cut - 1
            return period._replace(char_start=after.char_start, char_end=end)
    return None


def _begun(text: str, before: Sentence, after: Sentence, anchor: Anchor) -> Period | None:
    cut, found = _joined(text, before, after, anchor)
    for period in found:
        if period.char_start < cut < period.char_end:
            return period._replace(char_start=before.char_end - cut + period.char_start, char_end=before.char_end)
    return None


def _replaced(periods: list[Period], whole: Period | None) -> list[Period]:
    if whole is None:
        return periods
    apart = [p for p in periods if p.char_end <= whole.char_start or p.char_start >= whole.char_end]
    return sorted([*apart, whole], key=lambda period: period.char_start)
