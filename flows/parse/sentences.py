"""Where sentences end."""

from __future__ import annotations

import re

# A stop, its closing quotes and brackets, then white space (which a page may have lost) and what can open a sentence.
_STOP = re.compile(
    r"[.!?…][\"'”’)\]]*(?:\[(?:(?:foot)?note[ ])?\d{1,3}\])*(?:\s+|(?<=[a-z]{4}\.)(?=[A-Z][a-z]+ ))"
    r"(?=[\"'“‘(\[]*(?:[A-Z0-9¥$€£₹`À-ÖØ-Þ\u0100-\u024f\u1e00-\u1eff]|\Z))"
)
_AROUND_WORDS = re.compile(r"[^\w.&-]")
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "sen",
        "rep",
        "gov",
        "hon",
        "shri",
        "smt",
        "messrs",
        "st",
        "jr",
        "sr",
        "no",
        "nos",
        "vol",
        "art",
        "arts",
        "sec",
        "secs",
        "para",
        "paras",
        "fig",
        "figs",
        "tab",
        "eq",
        "ch",
        "pp",
        "approx",
        "est",
        "dept",
        "univ",
        "co",
        "corp",
        "inc",
        "ltd",
        "plc",
        "bros",
        "rs",
        "vs",
        "v",
        "etc",
        "cf",
        "al",
        "e.g",
        "i.e",
        "viz",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "ave",
        "blvd",
        "rd",
        "mt",
        "ft",
        "sq",
        "cu",
        "op",
    ]
)
_LONG_WORD = 7  # letters; no abbreviation has as many
_LONGEST = 6_000  # code points; the longest sentences of budget speeches have a third of that
# After these a new sentence is as likely as not: the next word decides.
_OPEN_ABBREVIATIONS = frozenset(("etc", "co", "corp", "inc", "ltd", "plc", "al", "jr", "sr"))
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]\Z")
_OPENER = re.compile(
    r"[\"'“‘(\[]*(?:The|This|These|Those|That|In|We|It|They|He|She|There|Our|A|An|As|At|On|For|But|And|From|By|With|If"
    r"|When|While|However|Meanwhile|First|Second|Third|Its|Their|I|You|To|Such|Among|After|During|Since|Both|All)\b"
)


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the sentences of ``text[start:end]`` as (char_start, char_end), white space around them left out.

    Newlines do not end a sentence, so that hard-wrapped paragraphs stay whole. Cost is linear in ``end - start``.
    """
    found: list[tuple[int, int]] = []
    opened = start
    for stop in _STOP.finditer(text, start, end):
        if _ends_sentence(text, opened, stop):
            found += _cut(text, opened, stop.end())
            opened = stop.end()
    return [*found, *_cut(text, opened, end)]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence without the white space around it; one that is far too long is cut at blanks."""
    cuts = _cuts(text, start, end) if end - start > _LONGEST else [(start, end)]
    return [bounds for cut in cuts if (bounds := _trim(text, *cut))]


def _cuts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut what is far too long for a sentence at blanks, so that what works sentence by sentence stays linear."""
    cuts = []
    while end - start > _LONGEST:
        blank = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        stop = blank if blank > 0 else start + _LONGEST
        cuts.append((start, stop))
        start = stop
    return [*cuts, (start, end)]


def _ends_sentence(text: str, opened: int, stop: re.Match[str]) -> bool:
    at = stop.start()
    if text[at] != "." or text[at + 1] in "\"'”’)]":
        return True
    if at - opened > _LONG_WORD and text[at - _LONG_WORD : at].isalpha():
        return True
    word = _AROUND_WORDS.split(text[max(opened, at - 24) : at])[-1]
    if word.casefold() in _OPEN_ABBREVIATIONS or ("." in word and _INITIALS.search(word)):
        return bool(_OPENER.match(text, stop.end()))
    if len(word) == 1 and word.isupper() and word != "I":
        return False
    if word.isdigit() and at - len(word) == opened:
        return False  # "1. Heading"
    return word.casefold() not in _ABBREVIATIONS or (word in {"no", "may", "mar", "sat", "sun", "art", "est"})


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
