"""Transcripts that were flattened to one line: where the labels, dates and page heads in it once began lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

FLAT = 1500  # characters from which on a line may be a whole page
_FEWEST = 3  # so many labels make a conversation
_PAGE = re.compile(
    r"(?<!\S)(?:(?:[A-Z][a-z]{2,8} \d{1,2}, \d{4}|[A-Z][\w.’'-]*|and|of|the|on) ){0,12}Page \d{1,3} of \d{1,3}(?= |\Z)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})"
_LABEL = re.compile(
    rf"(?:(?<=[.?!”\"’)\]] )|(?<=\d{{4}} )|(?<= )(?={_DAY} [A-Z]{{2}}))(?P<day>{_DAY} )?"
    r"(?P<name>(?:[A-Z][A-Z'’-]{2,}|[A-Z]{2})(?: (?:[A-Z]\.|[A-Z][A-Z'’-]+)){1,3}\.(?= [A-Z])"
    r"|(?:[A-Z][\w'’-]+ ){1,4}[A-Z][\w'’-]+:(?= [A-Z“])|(?:[QA]|[A-Z]{3,5}):(?= [A-Z“]))"
)


def flat_pieces(words: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of what was a line of its own in a line of `FLAT` characters and more.

    One that no page or conversation is, is one span. A page's head is a span, so is a label with the turn behind it,
    and a date right before a label. Spans leave out the blanks between them. Cost is linear in the line's length.
    """
    cuts = _cuts(words)
    for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
        piece = words[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _cuts(words: str) -> list[int]:
    pages = list(_PAGE.finditer(words)) if "Page " in words else []
    labels = list(_LABEL.finditer(words))
    names = [match["name"] for match in labels]
    if not pages and (len(names) < _FEWEST or len(set(names)) == len(names)):
        return []
    cuts = {at for page in pages for at in page.span()}
    cuts |= {at for label in labels for at in (label.start(), label.start("name"))}
    return sorted(cuts - {0, len(words)})
