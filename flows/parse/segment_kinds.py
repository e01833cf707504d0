"""What kind of passage each block of a text is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from flows.parse.beginnings import may_begin
from flows.parse.rules import Rule, load_rules
from flows.parse.segment_lines import Line, ends_with, marker_of
from flows.parse.speakers_labels import Label, accept_labels, match_label

_STOPS = ".!?…"
_BRACKETED = (")", "]", ").", "].")
_SHORT = 300
_LABEL = 110
_ASIDE = frozenset({"navigation", "page_header", "caption"})


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
    pattern = _pattern_at(name, words[:1]) if len(words) <= 2 * _SHORT else None
    return pattern is not None and pattern.match(words) is not None


def fits_any(names: tuple[str, ...], words: str) -> bool:
    """Return whether a block fits one of some rules."""
    return len(words) <= 2 * _SHORT and any(pattern.match(words) for pattern in _patterns_at(names, words[:1]))


@lru_cache(maxsize=10_000)
def _patterns_at(names: tuple[str, ...], first: str) -> tuple[re.Pattern[str], ...]:
    return tuple(pattern for name in names if (pattern := _pattern_at(name, first)))


@lru_cache(maxsize=10_000)
def _pattern_at(name: str, first: str) -> re.Pattern[str] | None:
    """Return the pattern of a rule, None where no match of it begins with this character."""
    pattern = rule_named(name).pattern
    return pattern if may_begin(pattern, first) else None


def fixed_kind(words: str) -> str:
    """Return "navigation", "page_header" or "" for one line."""
    if len(words) > _SHORT:
        return ""
    for hint, pattern, kind in _fixed_at(words[:1], stopped="." in words):
        if hint in words and pattern.match(words):
            return kind
    return ""


@lru_cache(maxsize=1000)
def _fixed_at(first: str, *, stopped: bool) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return hint, pattern and kind of the rules for fixed lines of which a match may begin with this character.

    `stopped` says that the line holds a full stop.
    """
    fixed = (rule for rule in rules_of("navigation", "page_header") if not stopped or rule.data.get("stops", True))
    rules = (rule for rule in fixed if may_begin(rule.pattern, first))
    return tuple((str(rule.data.get("hint", "")), rule.pattern, str(rule.data["kind"])) for rule in rules)


def plain_kind(words: str) -> str:
    """Return the kind that a block's own words give away, wherever it stands: caption, note, or ""."""
    tail = words[-200:].rstrip(" |")
    credited = tail.endswith(_BRACKETED) or "hoto" in tail or "PHOTO" in tail or tail[-3:].isupper()
    if credited and rule_named("caption-credit").pattern.search(tail):
        return "caption"
    if len(words) > 3 * _SHORT:
        return ""
    aside = next((kind for pattern, kind in _asides_at(words[:1]) if pattern.match(words)), "")
    return "heading" if fits("note-head", words) else aside


@lru_cache(maxsize=1000)
def _asides_at(first: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return pattern and kind of the rules for captions and notes of which a match may begin with this character."""
    rules = (rule_named(name) for name in ("caption", "stage-direction", "note-line"))
    return tuple((rule.pattern, str(rule.data["kind"])) for rule in rules if may_begin(rule.pattern, first))


def label_kinds(lines: Sequence[Line], kinds: Sequence[str], text: str, body: int) -> dict[int, Label]:
    """Return the labels of turns by the index of their block; blocks before `body` are the page's head."""
    found: dict[int, Label] = {}
    for index, line in enumerate(lines):
        if kinds[index] or index < body:
            continue
        label = match_label(f"{line.words}:" if opens_turn(lines, index) else line.words)
        if label and _can_be_label(label, line, _next_said(lines, kinds, index)):
            found[index] = _with_question(label, lines[index + 1].words) if label.alone else label
    accepted = accept_labels(list(found.values()), text)
    return {index: label for index, label in found.items() if label.name in accepted}


def _next_said(lines: Sequence[Line], kinds: Sequence[str], index: int) -> Line | None:
    """Return the next of a few lines that is no page's head, caption or link."""
    near = range(index + 1, min(index + 4, len(lines)))
    return next((lines[at] for at in near if kinds[at] not in _ASIDE), None)


def _with_question(label: Label, after: str) -> Label:
    """Give the abbreviation of a medium on a line of its own the question under it: "CNR:"."""
    return label._replace(rest=after[:600]) if label.name.isupper() and after.endswith("?") else label


def opens_turn(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line is a label whose colon opens the next line: what is left of bold labels on web pages."""
    after = lines[index + 1].words if index + 1 < len(lines) else ""
    return after[:2] in {": ", "： "} and len(lines[index].words) <= _LABEL


def _can_be_label(label: Label, line: Line, after: Line | None) -> bool:
    if (fits("salutation", line.words) and (label.alone or label.style != "colon")) or is_head_key(line.words):
        return False
    if not label.alone:
        return True
    return after is not None and (marker_of(after.words) is None or ends_with(after.words, _STOPS))


def is_head_key(words: str) -> bool:
    """Return whether a line opens a head block: a "Moderator:" before a name and an office, but not before a turn."""
    if not fits("head-key", words):
        return False
    name, _, rest = words.replace("：", ":").partition(":")
    if not rest.strip():
        return name.strip().casefold() not in {"moderator", "chair", "chairperson", "host", "interviewer"}
    return not ends_with(rest, _STOPS) or name.strip().casefold() in {"date", "time", "venue", "place", "location"}


def marker_end(words: str) -> int:
    """Return where a block's words start behind its bullet or number; 0 if it has none."""
    match = marker_of(words)
    return behind(match, words) if match else 0


def behind(marker: re.Match[str], words: str) -> int:
    """Return where the words behind a marker start."""
    return len(words) - len(words[marker.end() :].lstrip())
