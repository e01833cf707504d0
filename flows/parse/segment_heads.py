"""The head block of a transcript: who speaks, chairs and attends, when and where; and who signs at the foot."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.parse.segment_kinds import fits, fits_any, is_head_key, marker_end
from flows.parse.segment_lines import Line, ends_with, marker_of

_STOPS = ".!?…"
_FOOT = 8
_TOP = 40
_SIGNED = 80
_HEADS = ("head-person", "head-clock", "head-place")
_BETWEEN = frozenset({"navigation", "caption", "page_header"})
_ORGANISATION = re.compile(
    r"\b(?:Bureau|Ministry|Office|Department|Agency|Commission|Committee|Council|Bank|Board|Institute|Treasury|Xinhua"
    r"|Authority|Administration|Government|News|Service|Daily|Centre|Center|Secretariat|Association|Statistics)\b"
)


def is_head_line(lines: Sequence[Line], kinds: Sequence[str], index: int) -> bool:
    """Return whether a line among a page's first belongs to a head block; `kinds` are those of the lines before."""
    words = lines[index].words
    if fits("head-key", words):
        return not (ends_with(words, _STOPS) and len(words) > _SIGNED and ";" not in words)
    if fits_any(_HEADS, words):
        return True
    return _is_bare_key(lines, index) or _is_listed(lines, kinds, index)


def _is_bare_key(lines: Sequence[Line], index: int) -> bool:
    """Return whether a line is a key that has lost its colon: "Speakers" over a name with an office."""
    after = lines[index + 1].words if index + 1 < len(lines) else ""
    return fits("head-key", f"{lines[index].words}:") and fits("head-person", after)


def _is_listed(lines: Sequence[Line], kinds: Sequence[str], index: int) -> bool:
    """Return whether a line goes on with the head block above: one more name, or what its key asks for."""
    at = index - 1
    while at >= 0 and kinds[at] in _BETWEEN:
        at -= 1
    if at < 0 or kinds[at] != "head":
        return False
    words, above = lines[index].words, lines[at].words
    if fits("head-listed", words[marker_end(words) :]):
        return True
    asked = above.endswith((":", "：")) and fits("head-key", above)
    return asked and len(words) < _SIGNED and not ends_with(words, _STOPS + ":：")


def head_runs(lines: Sequence[Line], kinds: list[str]) -> None:
    """Fill in head blocks that stand further down: a "Present:" and the names under it."""
    _bare_lists(lines, kinds)
    for index, line in enumerate(lines):
        if kinds[index]:
            continue
        keyed = _is_bare_key(lines, index) and "," in lines[index + 1].words.replace(" - ", ", ")
        if keyed or is_head_key(line.words) or _is_listed(lines, kinds, index):
            kinds[index] = "head"


def _bare_lists(lines: Sequence[Line], kinds: list[str]) -> None:
    """Fill in lists of names with offices that no key stands over, near a page's beginning: one to a line."""
    run: list[int] = []
    for index in range(min(len(lines), _TOP)):
        if not kinds[index] and fits("head-person", lines[index].words) and ", " in lines[index].words:
            run.append(index)
        elif kinds[index] not in _BETWEEN:
            run = []
        if len(run) > 1:
            kinds[run[-1]] = kinds[run[-2]] = "head"


def signature(lines: Sequence[Line], kinds: list[str], body: int) -> None:
    """Fill in the byline at the foot of a notice: a name, and the office that signs."""
    for index in range(max(body, len(lines) - 3), len(lines) - 1):
        name, office = lines[index].words, lines[index + 1].words
        told = kinds[index] or kinds[index + 1] or ends_with(name, _STOPS)
        if not told and fits("head-person", f"{name}, {office}"):
            kinds[index] = kinds[index + 1] = "byline"
    for index in range(len(lines) - 1, max(body, len(lines) - _FOOT), -1):
        words = lines[index].words
        if kinds[index] not in {"", "byline"} or len(words) > _SIGNED or ends_with(words, _STOPS) or marker_of(words):
            break
        if _ORGANISATION.search(words) or fits("byline-dated", words):
            kinds[index] = "byline"
