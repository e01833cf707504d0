"""What kind of passage each block of a text is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from flows.parse.rules import Rule, load_rules
from flows.parse.segment_lines import Line, ends_with, marker_of
from flows.parse.speakers_labels import Label, accept_labels, is_turn_word, match_label
from flows.parse.speakers_names import is_person_name

_STOPS = ".!?…"
_SHORT = 300
# The head of a page: titles, bylines and head blocks of transcripts stand among its first blocks.
_FRONT = 16
_FOOT = 8
_SIGNED = 80
_LABEL = 110
_BYLINES = ("byline-keys", "byline-dated", "byline-keyed-pipes", "byline-contact", "of-whom")
_LINKS = frozenset({"of", "and", "the", "for", "on", "in", "at", "de"})
_TITLE_WORD = re.compile(r"\b(?:transcript|conference|briefing|statement|speech|remarks|minutes)\b", re.IGNORECASE)
_KEYED_DATE = re.compile(r"[A-Za-z]+(?: [a-z]+)?(?: [Oo]n)?[ ]?:[^:]{0,6}\d")
_INNER_STOP = re.compile(r"[a-z]{3}[.!?][ ]+[A-Z]")
_ORGANISATION = re.compile(
    r"\b(?:Bureau|Ministry|Office|Department|Agency|Commission|Committee|Council|Bank|Board|Institute|Treasury|Xinhua"
    r"|Authority|Administration|Government|News|Service|Daily|Centre|Center|Secretariat|Association|Statistics)\b"
)


class Block(NamedTuple):
    """A block and its kind; `mark` is where its words start after a bullet, number or label, counted in the block."""

    line: Line
    kind: str
    mark: int = 0
    style: str = ""


@cache
def rules_of(*kinds: str) -> tuple[Rule, ...]:
    """Return the rules of ``segment.toml`` that make blocks of these kinds, in order."""
    return tuple(rule for rule in load_rules("segment") if rule.data["kind"] in kinds)


@cache
def rule_named(name: str) -> Rule:
    """Return one rule of ``segment.toml``."""
    return next(rule for rule in load_rules("segment") if rule.id == name)


def fits(name: str, words: str) -> bool:
    """Return whether a block of at most a few hundred characters fits the rule of this name."""
    return len(words) <= 2 * _SHORT and rule_named(name).pattern.match(words) is not None


def fixed_kind(words: str) -> str:
    """Return "navigation", "page_header" or "" for one line."""
    if len(words) > _SHORT:
        return ""
    for rule in rules_of("navigation", "page_header"):
        if str(rule.data.get("hint", "")) in words and rule.pattern.match(words):
            return str(rule.data["kind"])
    return ""


def plain_kind(words: str) -> str:
    """Return the kind that a block's own words give away, wherever it stands: caption, note, or ""."""
    tail = words[-200:]
    credited = tail[-1:] in ")]." or "hoto" in tail or "PHOTO" in tail or tail[-3:].isupper()
    if credited and rule_named("caption-credit").pattern.search(tail):
        return "caption"
    if len(words) > 3 * _SHORT:
        return ""
    for name in ("caption", "stage-direction", "note-line"):
        rule = rule_named(name)
        if rule.pattern.match(words):
            return "heading" if rule_named("note-head").pattern.match(words) else str(rule.data["kind"])
    return "heading" if fits("note-head", words) else ""


def label_kinds(lines: Sequence[Line], kinds: Sequence[str], text: str, body: int) -> dict[int, Label]:
    """Return the labels of turns by the index of their block; blocks before `body` are the page's head."""
    found: dict[int, Label] = {}
    for index, line in enumerate(lines):
        if kinds[index] or index < body:
            continue
        label = match_label(f"{line.words}:" if opens_turn(lines, index) else line.words)
        if label and _can_be_label(label, line, lines, index):
            found[index] = _with_question(label, lines[index + 1].words) if label.alone else label
    accepted = accept_labels(list(found.values()), text)
    return {index: label for index, label in found.items() if label.name in accepted}


def _with_question(label: Label, after: str) -> Label:
    """Give the abbreviation of a medium on a line of its own the question under it: "CNR:"."""
    return label._replace(rest=after[:600]) if label.name.isupper() and after.endswith("?") else label


def opens_turn(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line is a label whose colon opens the next line: what is left of bold labels on web pages."""
    after = lines[index + 1].words if index + 1 < len(lines) else ""
    return after[:2] in {": ", "： "} and len(lines[index].words) <= _LABEL


def _can_be_label(label: Label, line: Line, lines: Sequence[Line], index: int) -> bool:
    if (fits("salutation", line.words) and (label.alone or label.style != "colon")) or _is_head_key(line.words):
        return False
    if not label.alone:
        return True
    after = lines[index + 1] if index + 1 < len(lines) else None
    return after is not None and (marker_of(after.words) is None or ends_with(after.words, _STOPS))


def _is_head_key(words: str) -> bool:
    """Return whether a line opens a head block: a "Moderator:" before a name and an office, but not before a turn."""
    if not fits("head-key", words):
        return False
    name, _, rest = words.replace("：", ":").partition(":")
    if not rest.strip():
        return name.strip().casefold() not in {"moderator", "chair", "chairperson", "host", "interviewer"}
    return not ends_with(rest, _STOPS) or name.strip().casefold() in {"date", "time", "venue", "place", "location"}


def front_kinds(lines: Sequence[Line], kinds: list[str]) -> int:
    """Fill in title, byline and head among a page's first blocks; return the index of the first block of its body."""
    open_ones = [index for index, kind in enumerate(kinds[: 4 * _FRONT]) if kind in {"", "note"}][:_FRONT]
    kickers: list[int] = []
    titled = False
    for index in open_ones:
        kind = _front_kind(lines, kinds, index, titled=titled)
        if not kind:
            if kinds[index] == "note":
                continue
            break
        if kind == "kicker":
            kickers.append(index)
        titled = titled or kind == "title"
        kinds[index] = "byline" if kind == "kicker" else kind
    if kickers and not titled:
        kinds[kickers[0]] = "title"
    _late_bylines(lines, kinds, open_ones)
    return next((index for index in open_ones if not kinds[index]), len(lines) if open_ones else 0)


def _front_kind(lines: Sequence[Line], kinds: Sequence[str], index: int, *, titled: bool) -> str:
    words = lines[index].words
    if fits("head-key", words) or fits("head-person", words) or fits("head-clock", words):
        return "head"
    if fits("salutation", words) or opens_turn(lines, index):
        return ""
    if fits("byline-contact", words) or (fits("byline-keys", words) and _KEYED_DATE.match(words)):
        return "byline"
    if fits("subject", words):
        return "heading" if titled else "title"
    if _is_kicker(lines, index):
        return "kicker"
    if _is_byline(words) and (titled or not _is_phrase(words.split("|")[0])):
        return "head" if "head" in kinds[:index] else "byline"
    if titled and fits("byline-speech", words):
        return "byline"
    if kinds[index] == "note":
        return ""
    if not titled:
        return "title" if _is_title(lines, index) else ""
    return _under_title(lines, kinds, index)


def _is_kicker(lines: Sequence[Line], index: int) -> bool:
    if fits("kicker", lines[index].words):
        return True
    after = lines[index + 1].words if index + 1 < len(lines) else ""
    if _is_wordmark(lines[index].words, after):
        return True
    return fits("masthead", lines[index].words) and (_is_title(lines, index + 1) or _is_byline(after))


def _is_wordmark(words: str, after: str) -> bool:
    """Return whether a line in small letters is the logotype of the body that the next line names in full."""
    return len(words.split()) > 1 and words.islower() and fits("masthead", after) and words in after.casefold()


def _is_byline(words: str) -> bool:
    if len(words) > _SHORT or (ends_with(words, _STOPS) and len(words) > 120):
        return False
    return any(fits(name, words) for name in _BYLINES)


def _is_title(lines: Sequence[Line], index: int) -> bool:
    words = lines[index].words if index + 1 < len(lines) else ""
    if not words or len(words) > _SHORT or marker_of(words) or fits("salutation", words):
        return False
    if words.endswith((",", ";", ":", "：")) or (words.endswith(".") and len(words.split()) > 6):
        return False
    leads = rule_named("lead-in").pattern.search(words[-40:]) is not None
    if _INNER_STOP.search(words) or (leads and marker_of(lines[index + 1].words)):
        return False
    label = match_label(words)
    return not (label and (label.style == "upper" or is_turn_word(label.name)))


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
    ahead = [line.words for line in lines[index + 1 : index + 4]]
    if _names_giver(words, ahead) or (kinds[index - 1] == "byline" and _names_giver(lines[index - 1].words, [words])):
        return "byline"
    if _ORGANISATION.search(words) and ahead and (_is_byline(ahead[0]) or kinds[index - 1] == "byline"):
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
        and fits("head-person", f"{words}, {ahead[0]}")
        and not fits("head-person", words)
        and is_person_name(words)
    )


def _late_bylines(lines: Sequence[Line], kinds: list[str], open_ones: Sequence[int]) -> None:
    """A page's byline may stand under the first sentence of its text."""
    for index in open_ones:
        if not kinds[index] and _is_byline(lines[index].words) and "title" in kinds[:index]:
            kinds[index] = "head" if "head" in kinds[:index] else "byline"


def signature(lines: Sequence[Line], kinds: list[str], body: int) -> None:
    """Fill in the byline at the foot of a notice: a name, and the office that signs."""
    for index in range(max(body, len(lines) - 3), len(lines) - 1):
        name, office = lines[index].words, lines[index + 1].words
        if not kinds[index] and not kinds[index + 1] and fits("head-person", f"{name}, {office}"):
            kinds[index] = kinds[index + 1] = "byline"
    for index in range(len(lines) - 1, max(body, len(lines) - _FOOT), -1):
        words = lines[index].words
        if kinds[index] not in {"", "byline"} or len(words) > _SIGNED or ends_with(words, _STOPS) or marker_of(words):
            break
        if _ORGANISATION.search(words) or fits("byline-dated", words):
            kinds[index] = "byline"


def head_runs(lines: Sequence[Line], kinds: list[str]) -> None:
    """Fill in head blocks that stand further down: a "Present:" and the names under it."""
    inside = False
    for index, line in enumerate(lines):
        if kinds[index]:
            inside = inside and kinds[index] == "head"
            continue
        after = lines[index + 1].words if index + 1 < len(lines) else ""
        named = fits("head-person", after) and "," in after.replace(" - ", ", ")
        keyed = _is_head_key(line.words) or (named and fits("head-key", line.words) and line.words.endswith(":"))
        listed = inside and fits("head-person", line.words[marker_end(line.words) :])
        inside = keyed or listed
        if inside:
            kinds[index] = "head"


def marker_end(words: str) -> int:
    """Return where a block's words start behind its bullet or number; 0 if it has none."""
    match = marker_of(words)
    if not match:
        return 0
    return match.end() + len(words[match.end() :]) - len(words[match.end() :].lstrip())
