"""The head of a page: its title, its bylines, and where its text begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.parse.rules import load_words
from flows.parse.segment_heads import is_head_line
from flows.parse.segment_kinds import fits, fits_any, marker_end, opens_turn, rule_named
from flows.parse.segment_lines import Line, ends_with, marker_of
from flows.parse.speakers_labels import is_turn_word, match_label
from flows.parse.speakers_names import bare_name, is_person_name

_STOPS = ".!?…"
_QUOTES = '“"'
_SHORT = 300
# Titles and bylines stand among the first blocks of a page; the names of a head block do not count.
_FRONT = 16
_DEEPEST = 100
_SIGNED = 80
_MENU = 60
_FEW = 3
_LEAST_TITLE = 20
_SITE = 30
_FEW_CRUMBS = 6
_HOMES = frozenset({"home", "homepage", "accueil", "inicio", "início", "startseite", "home page"})
_PATHS = ("breadcrumb", "path", "menu-languages", "menu-glued")
_BYLINES = ("byline-keys", "byline-dated", "byline-keyed-pipes", "byline-contact", "byline-code", "of-whom")
_LINKS = frozenset({"of", "and", "the", "for", "on", "in", "at", "de"})
_TITLE_WORD = re.compile(r"\b(?:transcript|conference|briefing|statement|speech|remarks|minutes)\b", re.IGNORECASE)
_KEYED_DATE = re.compile(r"[A-Za-z]+(?: [a-z]+){0,2}(?: [Oo]n)?[ ]?:[^:]{0,6}\d|date \d{4}-", re.IGNORECASE)
_INNER_STOP = re.compile(r"[a-z]{3}[.!?][ ]+[A-Z]")
# What headlines say and offices do not.
_TOLD = re.compile(r"\d|\b(?:announce|say|said|unveil|launch|open|visit|meet|welcome|urge|call)(?:e?s)?\b")
_ASKS = re.compile(r"(?:REPORTER|Reporter|QUESTION|Question)[ ]?: ")
_ACCENT = re.compile(r"[À-ÖØ-öø-ž]")
_ORGANISATION = re.compile(
    r"\b(?:Bureau|Ministry|Office|Department|Agency|Commission|Committee|Council|Bank|Board|Institute|Treasury|Xinhua"
    r"|Authority|Administration|Government|News|Service|Daily|Centre|Center|Secretariat|Association|Statistics)\b"
)


def front_kinds(lines: Sequence[Line], kinds: list[str]) -> int:
    """Fill in title, byline and head among a page's first blocks; return the index of the first block of its body."""
    _menu(lines, kinds)
    kickers: list[int] = []
    seen: list[int] = []
    titled = False
    for index in [at for at, kind in enumerate(kinds[:_DEEPEST]) if kind in {"", "note"}]:
        kind = _front_kind(lines, kinds, index, titled=titled)
        seen += [] if kind == "head" else [index]
        if len(seen) > _FRONT or not kind:
            if kinds[index] == "note" and len(seen) <= _FRONT:
                continue
            break
        if kind == "kicker" and fits("kicker", lines[index].words[marker_end(lines[index].words) :]):
            kickers.append(index)
        titled = titled or kind == "title"
        kinds[index] = "byline" if kind == "kicker" else kind
    if kickers and not titled:
        kinds[kickers[0]] = "title"
    body = next((index for index, kind in enumerate(kinds) if not kind), len(lines))
    _late_bylines(lines, kinds, range(body, min(len(lines), body + _FRONT - len(seen))))
    return next((index for index in range(body, len(lines)) if not kinds[index]), len(lines))


def _menu(lines: Sequence[Line], kinds: list[str]) -> None:
    """What stands over the path to a page belongs to the site: its menu, its languages, its banner."""
    menu = _listed_path(lines, kinds)
    for index, line in enumerate(lines[:_FRONT]):
        if kinds[index] == "navigation" and fits_any(_PATHS, line.words):
            menu = index
        elif len(line.words) > _MENU or ends_with(line.words, _STOPS) or fits("byline-dated", line.words):
            break
    for over in range(menu):
        kinds[over] = kinds[over] or "navigation"
    if len(lines) > 1 and _is_doubled(lines[menu + 1 if menu else 0 :][:2]):
        kinds[menu + 1 if menu else 0] = "navigation"


def _listed_path(lines: Sequence[Line], kinds: list[str]) -> int:
    """Fill in a path in bullets, a line each: "- Home", "- News", "- Output grew"; return where it ends, else 0."""
    crumbs = [(marker_of(line.words), line.words) for line in lines[:_FEW_CRUMBS]]
    count = next((at for at, (mark, _) in enumerate(crumbs) if not mark), len(crumbs))
    home = bool(count) and crumbs[0][1][marker_end(crumbs[0][1]) :].strip().casefold() in _HOMES
    if not home or count == len(crumbs):
        return 0
    kinds[:count] = ["navigation"] * count
    return count - 1


def _is_foreign_note(words: str) -> bool:
    """Return whether a short sentence is none of English: "this page is not there in your language"."""
    plain = words.casefold().rstrip(".").split()
    strange = words.endswith(".") and _ACCENT.search(words) and len(words) < _SIGNED and len(plain) > _FEW
    return bool(strange) and len(load_words("documents")["english"].intersection(plain)) <= 1


def _is_doubled(pair: Sequence[Line]) -> bool:
    """Return whether a title stands twice, first with the name of the site: "Growth holds up-Xinhua"."""
    if len(pair) <= 1 or len(pair[1].words) < _LEAST_TITLE:
        return False
    first, second = pair[0].words, pair[1].words
    return first != second and first.startswith(second) and len(first) < len(second) + _SITE


def _front_kind(lines: Sequence[Line], kinds: Sequence[str], index: int, *, titled: bool) -> str:
    words = lines[index].words
    if is_head_line(lines, kinds, index):
        return "head"
    label = match_label(words)
    if fits("salutation", words) or opens_turn(lines, index) or (label and label.style == "office"):
        return ""
    if (
        fits("byline-contact", words)
        or fits("byline-code", words)
        or (fits("byline-keys", words) and _KEYED_DATE.match(words))
    ):
        return "byline"
    if fits("subject", words):
        return "heading" if titled else "title"
    if _is_kicker(lines, index):
        return "kicker"
    if _is_byline(words) and (titled or not _is_phrase(words.split("|")[0])):
        return "head" if "head" in kinds[:index] else "byline"
    if _is_foreign_note(words) or (not titled and fits("menu-gaps", words)):
        return "navigation"
    if kinds[index] == "note" and not fits("byline-speech", words):
        return ""
    return _title_kind(lines, kinds, index, titled=titled)


def _title_kind(lines: Sequence[Line], kinds: Sequence[str], index: int, *, titled: bool) -> str:
    """Return the kind of a line that is no key: a title, who gives a speech, or what stands under the title."""
    words = lines[index].words
    if titled and fits("byline-speech", words):
        return "byline"
    if not titled and (_names_giver(words, _ahead(lines, index)) or _holds_office(lines, kinds, index)):
        return "byline"
    if not titled or _goes_on(lines, kinds, index):
        return "title" if _is_title(lines, index) else ""
    return _under_title(lines, kinds, index)


def _ahead(lines: Sequence[Line], index: int) -> list[str]:
    return [line.words for line in lines[index + 1 : index + 4]]


def _holds_office(lines: Sequence[Line], kinds: Sequence[str], index: int) -> bool:
    """Return whether a line is the office of whoever the line above names."""
    above = index > 0 and kinds[index - 1] == "byline"
    return above and _names_giver(lines[index - 1].words, [lines[index].words])


def _goes_on(lines: Sequence[Line], kinds: Sequence[str], index: int) -> bool:
    """Return whether a line is the second of a title that was broken for its length: it begins in small letters."""
    words = lines[index].words
    return kinds[index - 1] == "title" and lines[index].breaks == 1 and words[:1].islower() and len(words) < _SIGNED


def _is_kicker(lines: Sequence[Line], index: int) -> bool:
    if fits("kicker", lines[index].words[marker_end(lines[index].words) :]):
        return True
    after = lines[index + 1].words if index + 1 < len(lines) else ""
    if _is_wordmark(lines[index].words, after) or _is_agency(lines[index].words, after):
        return True
    return fits("masthead", lines[index].words) and (_is_title(lines, index + 1) or _is_byline(after))


def _is_agency(words: str, after: str) -> bool:
    """Return whether a line is the one word by which a medium is called, over a title: "REUTERS"."""
    return words.isalpha() and words.casefold() in load_words("speakers")["medium"] and len(after) >= _LEAST_TITLE


def _is_wordmark(words: str, after: str) -> bool:
    """Return whether a line in small letters is the logotype of the body that the next line names in full."""
    return len(words.split()) > 1 and words.islower() and fits("masthead", after) and words in after.casefold()


def _is_byline(words: str) -> bool:
    if len(words) > _SHORT or (ends_with(words, _STOPS) and (len(words) > 120 or fits("dateline", words))):
        return False
    if words.endswith((".", "?")) and len(words.split()) > _FEW and _ASKS.match(words):
        return False
    return fits_any(_BYLINES, words)


def _is_title(lines: Sequence[Line], index: int) -> bool:
    words = lines[index].words if index + 1 < len(lines) else ""
    if not words or len(words) > _SHORT or marker_of(words) or fits("salutation", words):
        return False
    again = lines[index + 1].words.startswith(words.rstrip(".")) if index + 1 < len(lines) else False
    if words[:1] in _QUOTES and ends_with(words, "."):
        return False
    if words.endswith((",", ";", ":", "：")) or (words.endswith(".") and len(words.split()) > 6 and not again):
        return False
    leads = rule_named("lead-in").pattern.search(words[-40:]) is not None
    if _INNER_STOP.search(words) or (leads and marker_of(lines[index + 1].words)):
        return False
    label = match_label(words)
    return not (
        label and (label.style == "upper" or is_turn_word(label.name) or _speaks_again(lines, index, label.name))
    )


def _speaks_again(lines: Sequence[Line], index: int, name: str) -> bool:
    """Return whether what stands before a colon opens a later line too: no title, but a speaker's first turn."""
    return any(line.words.startswith((f"{name}:", f"{name} (")) for line in lines[index + 1 : index + _DEEPEST])


def _is_phrase(words: str) -> bool:
    """Return whether what stands before a date is a title's words, and not the name of a medium."""
    if fits("kicker", words.strip()):
        return False
    if _TITLE_WORD.search(words) and len(words.split()) > 4:
        return True
    small = [word for word in words.split() if word[0].islower() and word not in _LINKS]
    return len(words.split()) > 1 and bool(small) and "," not in words


def _under_title(lines: Sequence[Line], kinds: Sequence[str], index: int) -> str:
    """Return the kind of a short line under the title: names and bodies belong to the byline around them."""
    words = lines[index].words
    if len(words) > 100 or ends_with(words, _STOPS) or words.endswith(":") or marker_of(words):
        return ""
    if kinds[index - 1] in {"head", "byline"} and lines[index].breaks == 1 and lines[index - 1].breaks > 0:
        return kinds[index - 1]
    ahead = _ahead(lines, index)
    if _names_giver(words, ahead) or _holds_office(lines, kinds, index):
        return "byline"
    if (
        _ORGANISATION.search(words)
        and (words.startswith("By ") or not _is_phrase(words))
        and ahead
        and (_is_byline(ahead[0]) or kinds[index - 1] == "byline")
    ):
        return "byline"
    if any(fits("head-clock", line) for line in ahead[:1]):
        return "head"
    return (
        "heading" if any(_is_byline(line) for line in ahead) and all(len(line) < _SHORT for line in ahead[:1]) else ""
    )


def _names_giver(words: str, ahead: Sequence[str]) -> bool:
    """Return whether a line is a name alone, and the next the office of its bearer: the title page of a speech."""
    return (
        bool(ahead)
        and "," not in words
        and len(ahead[0]) < _SIGNED
        and not ends_with(ahead[0], _STOPS)
        and not _TOLD.search(ahead[0])
        and fits("head-person", _in_small(f"{bare_name(words)}, {ahead[0]}"))
        and not fits("head-person", words)
        and is_person_name(bare_name(words))
    )


def _in_small(words: str) -> str:
    """Return a name and an office as running text prints them, not in capitals."""
    name, _, office = words.partition(", ")
    return f"{name}, {office.title() if office.isupper() else office}"


def _late_bylines(lines: Sequence[Line], kinds: list[str], open_ones: Sequence[int]) -> None:
    """A page's byline may stand under the first sentence of its text."""
    for index in open_ones:
        if not kinds[index] and "title" in kinds[:index] and _is_byline(lines[index].words):
            kinds[index] = "head" if "head" in kinds[:index] else "byline"
