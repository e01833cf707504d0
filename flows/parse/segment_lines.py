"""The lines of a text, and which of them belong together: hard-wrapped paragraphs are joined, page heads are not."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from flows.parse.segment_flat import FLAT, flat_pieces

# Every character at which `str.splitlines` ends a line.
_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = re.compile(rf"\S[^{_BREAKS}]*")
# Marks that print nothing: a byte order mark, joiners, the directions of bidirectional text.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069"
_MARKER = re.compile(
    r"""(?P<bullet> (?: [•◦▪●○■□◆◇‣\u2043∙·–—\-*+►▶▸✓✔➢➤§o] | -- ) (?=[ \t]) | [•◦▪●■◆‣\u2043►▶▸✓✔➢➤] )
      | (?P<open> [(\[（]? ) (?P<key> \d{1,3}(?:\.\d{1,3}){0,4} | [ivxlIVXL]{1,7} | [a-zA-Z] )
        (?P<close> \\?[.)\]）、] | (?<=\d) (?=[ ]{2,}|\t) | (?<=\d\.\d) (?=[ ]+[A-Z]) ) (?=[ \t]|\Z)""",
    re.VERBOSE,
)
# Blanks that are not U+0020 are printed like it; tabs part columns and stay.
_BLANKS = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# What markdown prints in bold or underlined: the marks around a line are none of its words.
_STRONG = re.compile(r"\A(?:\*{2,3}|</?[bu]>|</?strong>)+(?=\S)|(?<=\S)(?:\*{2,3}|</?[bu]>|</?strong>)+\Z")
_ITALIC = re.compile(r"\A([*_])(?=\w)(?P<words>[^*_\n]+)\1\Z")
_INITIAL = re.compile(r"[A-Z]\.[ ](?:[A-Z]\.[ ]?|[A-Z][\w'’-]+[ ]?){1,4}\Z")
# The day of a page before its first words, as collections of pages give it.
_STAMP = re.compile(r"\s*(?P<date>date:? \d{4}-\d\d-\d\d)[ ]+(?=\S)", re.IGNORECASE)
_GAP = re.compile(r"\S(?: {3,}|\t)[ \t]*\S")
_MAX_WIDTH = 160
_APART = 2  # line ends before what a flattened line gives back as a line of its own


class Line(NamedTuple):
    """One line or several joined ones: `words` is what is printed, without invisible marks at either end.

    `indent` counts columns, `breaks` the line ends before it, `width` the columns of its last printed line.
    """

    start: int
    end: int
    indent: int
    breaks: int
    width: int
    words: str


def read_lines(text: str) -> list[Line]:
    """Return the lines that print something, in order; cost is linear in the text's length."""
    lines: list[Line] = []
    stamp = _STAMP.match(text)
    blanks = [blank for blank in _BLANKS if blank in text]
    ended = 0
    for match in _LINE.finditer(text):
        words = match[0].rstrip()
        start = match.start()
        if stamp and not lines:
            lines.append(Line(start, stamp.end("date"), 0, 0, len(stamp["date"]), stamp["date"]))
            start, ended = stamp.end(), stamp.end("date")
            words = text[start : match.end()].rstrip()
        indent, breaks = _gap(text[ended:start])
        ended = start + len(words)
        for one, two in flat_pieces(words) if len(words) >= FLAT else ((0, len(words)),):
            piece = words[one:two]
            breaks = _APART if one else breaks
            lines.append(Line(start + one, start + two, indent, breaks, indent + len(piece), _printed(piece, blanks)))
    return lines


def _printed(words: str, blanks: list[str]) -> str:
    if words.endswith(("*", "_", ">")) or words.startswith(("**", "<")):
        words = _STRONG.sub("", words)
        italic = _ITALIC.match(words)
        words = italic["words"] if italic else words
    if words.isascii():
        return words
    for blank in blanks:
        words = words.replace(blank, " ")
    return words.strip(_INVISIBLE).strip()


def _gap(gap: str) -> tuple[int, int]:
    if gap == "\n" * len(gap):
        return 0, len(gap)
    pieces = (gap + ".").splitlines()
    return len(pieces[-1].expandtabs(4)) - 1, len(pieces) - 1


def ends_with(words: str, marks: str) -> bool:
    """Return whether a block ends in one of some marks, closing quotes and brackets behind it left out."""
    return words[-8:].rstrip("\"'”’)]")[-1:] in marks if words else False


def marker_of(words: str) -> re.Match[str] | None:
    """Return the bullet or number that opens a line: "•", "1.", "(a)", "ii)", "2.1"."""
    match = _MARKER.match(words)
    if match and words[:1] > "H" and _INITIAL.match(words):
        return None  # "R. Kavitha Menon" is a name
    return match


def column_gaps(words: str) -> int:
    """Return how many runs of blanks part the columns of a line."""
    return len(_GAP.findall(words)) if "   " in words or "\t" in words else 0


def repeated_heads(lines: list[Line]) -> frozenset[str]:
    """Return the forms (digits as 0) of lines that stand again and again as heads of printed pages."""
    wide = (page_form(line.words) for line in lines if len(line.words) <= _MAX_WIDTH and column_gaps(line.words))
    return frozenset(form for form, count in Counter(wide).items() if count > 1 and re.search(r"[a-z]{3}", form))


def page_form(words: str) -> str:
    """Return a line with its digits as 0 and its blanks folded, so that the heads of two pages are equal."""
    return " ".join(re.sub(r"\d+", "0", words).split())
