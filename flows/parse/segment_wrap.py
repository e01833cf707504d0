"""Which lines are pieces of one paragraph: hard-wrapped prose is joined, line by line, and so are stray pieces."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from flows.parse.segment_lines import Line, ends_with, marker_of
from flows.parse.speakers_labels import starts_with_label

_FIRST_WORD = re.compile(r"\S+")
_LOW = re.compile(r"[a-zß-öø-ÿ0-9(\[“\"‘&$€£¥₹%]")
_LOWER = re.compile(r"[a-zß-öø-ÿ]")
_DATE_ALONE = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8},? \d{4}"
    r"|[A-Z][a-z]{2,8} \d{1,2},? \d{4})\Z"
)
_AMOUNT = re.compile(r"[$€£¥₹]?\d[\d,.]*[ ]?(?:%|\w+)?\Z")
# Words after which no sentence, heading or list's lead-in ends.
_OPEN_WORD = re.compile(
    r"(?<![\w-])(?:a|an|the|our|its|their|his|her|this|these|about|around|nearly|than|over|and|or|be|been)\Z"
)
# Before a number in a line of its own these are open too, and in hard-wrapped prose before a "10." at a line's start.
_BEFORE_NUMBER = re.compile(
    r"(?<![\w-])(?:a|an|the|our|about|around|nearly|than|over|and|or|of|to|by|in|at|from|between|some|roughly|almost"
    r"|least|most|rose|grew|fell|up|down|reached|totaled|totalled)\Z"
)
# How a list item ends that has items of its own below it.
_ENDS_LEAD = re.compile(r"\b(?:including|through|by|as follows|namely)\Z")
# "… and the United Kingdom", "(-1.7%) and Romania": a bracket with a value opens no paragraph.
_IN_BRACKET = re.compile(r"\((?:both[ ])?[+−–-]?[ ]?[$€£¥₹]?\d[^()\n]{0,20}\)[ ,;.]")
_LONG = 60  # code points; what is shorter may be a heading
_STOPS = ".!?:;…"
_MAX_WIDTH = 160


def wrap_width(lines: Sequence[Line]) -> int:
    """Return the column at which the lines of a text were wrapped, 0 if they were not."""
    pairs = [
        (one, two) for one, two in itertools.pairwise(lines) if two.breaks == 1 and len(one.words) > 30 and _wraps(one)
    ]
    cut = sorted(one.width for one, two in pairs if _runs_on(one, two))
    if len(cut) < 2 or len(cut) < len(pairs) * 0.2:
        return 0
    width = cut[int(len(cut) * 0.9)]
    return width if width <= _MAX_WIDTH and cut[len(cut) // 2] >= width * 0.75 else 0


def _wraps(line: Line) -> bool:
    """Return whether a line tells where lines were wrapped: one that an address makes longer does not."""
    return line.width <= _MAX_WIDTH and "](" not in line.words and "://" not in line.words


def _runs_on(one: Line, two: Line) -> bool:
    return bool(_LOW.match(two.words)) and not ends_with(one.words, _STOPS) and not marker_of(two.words)


def join_wrapped(lines: Sequence[Line], fixed: frozenset[int], width: int) -> list[tuple[Line, bool]]:
    """Join the lines of hard-wrapped paragraphs; each line comes with whether its index is in `fixed`.

    Args:
        lines: as read.
        fixed: indices of lines that stand for themselves: page heads, navigation, rows of tables.
        width: the wrap width; where it is 0 only pieces of a sentence are joined.
    """
    joined: list[tuple[Line, bool]] = []
    pieces: list[Line] = []
    for index, line in enumerate(lines):
        if pieces and line.breaks == 1 and index not in fixed and _goes_on(pieces, lines, index, width):
            pieces.append(line)
            continue
        _flush(pieces, joined)
        pieces = [] if index in fixed else [line]
        if index in fixed:
            joined.append((line, True))
    _flush(pieces, joined)
    return joined


def _flush(pieces: list[Line], joined: list[tuple[Line, bool]]) -> None:
    if len(pieces) == 1:
        joined.append((pieces[0], False))
    elif pieces:
        first, last = pieces[0], pieces[-1]
        words = " ".join(piece.words for piece in pieces)
        joined.append((first._replace(end=last.end, width=last.width, words=words), False))


def _goes_on(pieces: Sequence[Line], lines: Sequence[Line], index: int, width: int) -> bool:
    """Return whether the next line, right under the pieces of a paragraph, is one more of them."""
    line, after = lines[index], lines[index + 1] if index + 1 < len(lines) else None
    return _continues(pieces, line, width) or _is_piece(pieces, line, after)


def _continues(pieces: Sequence[Line], line: Line, width: int) -> bool:
    last = pieces[-1]
    if not width or starts_with_label(line.words) or _DATE_ALONE.match(line.words):
        return False
    word = _FIRST_WORD.match(line.words)
    room = last.width + 1 + (word.end() if word else 0)
    if marker_of(line.words):
        return room > width * 0.85 and _is_no_marker(pieces, line)
    if _hangs(pieces, line):
        return True
    if len(pieces) > 1 and line.indent > last.indent + 1 and ends_with(last.words, _STOPS):
        return False
    if _LOW.match(line.words) and not ends_with(last.words, _STOPS):
        return last.width > width * 0.5
    return room > width * (0.93 if ends_with(last.words, _STOPS) else 0.85)


def _hangs(pieces: Sequence[Line], line: Line) -> bool:
    """Return whether a line is indented to where the words of its list item began, and not further."""
    first, last = pieces[0], pieces[-1]
    marker = marker_of(first.words)
    if marker is None or not marker["bullet"] or line.indent <= first.indent or last.words.endswith(":"):
        return False
    return line.indent <= first.indent + marker.end() + 6 and (len(pieces) == 1 or line.indent <= last.indent + 1)


def _is_no_marker(pieces: Sequence[Line], line: Line) -> bool:
    """Return whether a dash or a "10." at the beginning of a line belongs to the sentence that was wrapped there."""
    last, first = pieces[-1], marker_of(pieces[0].words)
    marker = marker_of(line.words)
    if marker is None or ends_with(last.words, _STOPS + ",") or line.indent != last.indent:
        return False
    if marker["bullet"]:
        known = first is not None and first["bullet"] == marker["bullet"]
        return marker["bullet"][0] in "–—-" and not known and bool(_LOWER.match(line.words[marker.end() :].strip()))
    return marker["key"][0].isdigit() and _BEFORE_NUMBER.search(last.words[-12:]) is not None


def _is_piece(pieces: Sequence[Line], line: Line, after: Line | None) -> bool:
    """Return whether a line is a piece of a sentence that was broken around a link or a number."""
    last = pieces[-1]
    hangs = line.indent > pieces[0].indent and marker_of(pieces[0].words) is not None
    if hangs and (_LOWER.match(line.words) or _is_open(last)) and not ends_with(last.words, _STOPS):
        return marker_of(line.words) is None and not _ENDS_LEAD.search(last.words[-12:])
    if len(line.words) > 600 or ends_with(last.words, _STOPS + ",") or marker_of(line.words):
        return False
    if _DATE_ALONE.match(line.words) or starts_with_label(line.words) or last.words.isupper():
        return False
    if line.words.startswith("| ") and _DATE_ALONE.match(line.words[2:]):
        return "|" not in last.words
    if _OPEN_WORD.search(last.words[-12:]) or (len(last.words) > _LONG and _IN_BRACKET.match(line.words)):
        return True
    if len(pieces) > 1:
        return _LOWER.match(line.words) is not None
    goes_on = after is not None and after.breaks == 1 and _LOWER.match(after.words) is not None
    return goes_on and _AMOUNT.match(line.words) is not None and _BEFORE_NUMBER.search(last.words[-12:]) is not None


def _is_open(line: Line) -> bool:
    """Return whether a bracket that a line opens is still open at its end, or a list between commas goes on."""
    return line.words.endswith(",") or line.words.count("(") > line.words.count(")")


def is_inner_number(lines: Sequence[Line], index: int) -> bool:
    """Return whether a number in a line of its own stands in the middle of a sentence, and is no page's."""
    if not 0 < index < len(lines) - 1 or not lines[index].words.isdigit():
        return False
    before, line, after = lines[index - 1 : index + 2]
    tight = line.breaks == 1 and after.breaks == 1
    return tight and _BEFORE_NUMBER.search(before.words[-12:]) is not None and after.words[:1].islower()
