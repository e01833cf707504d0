"""Which blocks of a page's body are headings, list items, notes and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flows.parse.segment_kinds import Block, behind, fits, fixed_kind, marker_end, rule_named
from flows.parse.segment_lines import Line, ends_with, marker_of
from flows.parse.speakers_labels import Label

_STOPS = ".!?…"
_UNFINISHED = ".!?…:：;,，\uff1b、–—-"
_GOES_ON = re.compile(r"(?:[;,\uff1b，]|[;,\uff1b，]?[ ](?:and|or))\Z")
_INNER_STOP = re.compile(r"[a-z0-9)%]{2}[.!?][ ]+[A-Z]")
# What is left of a label that stands in a line of its own, its colon in the next.
_COLON = re.compile(r"[:：][ ]+(?=\S)")
_ROMAN = re.compile(r"[ivxlc]+\Z", re.IGNORECASE)
_UPPER_START = re.compile(r"[\"'“‘(\[#]*[A-ZÀ-ÖØ-Þ0-9]")
_ORDINAL = re.compile(
    r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Final)(?:ly)?\b", re.IGNORECASE
)
_HEADING_LENGTH = 160
_ENDING = 24  # the longest words that introduce a list have half of that
_ITEM_LENGTH = 300
_SHORT_LEAD = 3


def body_blocks(lines: Sequence[Line], kinds: Sequence[str], labels: Mapping[int, Label]) -> list[Block]:
    """Return the blocks with a kind each; a label and the words behind it stay one block of kind "label"."""
    bare = _bare_items(lines, kinds, labels)
    numbered = _bare_numbers(lines, kinds)
    blocks: list[Block] = []
    notes = False
    for index, line in enumerate(lines):
        if index in labels:
            blocks.append(Block(line, "label", labels[index].end, labels[index].style))
            continue
        block = _block(lines, kinds[index], index, blocks, is_bare=index in bare)
        if index in numbered and block.kind in {"paragraph", "list_item", "heading"}:
            block = block._replace(mark=numbered[index])
        if block.kind == "heading":
            notes = fits("note-head", line.words)
        elif notes and block.kind in {"paragraph", "list_item"}:
            block = block._replace(kind="note")
        blocks.append(block)
    return blocks


_BARE_NUMBER = re.compile(r"(?P<number>\d{1,3})[ \t]+(?=[\"“‘']?[A-ZÀ-Þ])")
_RUN = 3  # so many in a row are no chance


def _bare_numbers(lines: Sequence[Line], kinds: Sequence[str]) -> dict[int, int]:
    """Return where the words of paragraphs start that bare numbers count, by index: "1 Friends", "2 We have"."""
    found: dict[int, int] = {}
    run: dict[int, int] = {}
    for index, line in enumerate(lines):
        opened = _BARE_NUMBER.match(line.words) if line.words[:1].isdigit() and not kinds[index] else None
        number = int(opened["number"]) if opened else 0
        if opened and number in {1, len(run) + 1}:
            run = {} if number == 1 else run
            run[index] = opened.end()
            found |= run if len(run) >= _RUN else {}
    return found


def _block(lines: Sequence[Line], kind: str, index: int, before: Sequence[Block], *, is_bare: bool) -> Block:
    line = lines[index]
    marker = marker_of(line.words)
    mark, style = (behind(marker, line.words), style_of(marker)) if marker else (0, "")
    if kind:
        return Block(line, kind, mark if kind in {"note", "head"} else 0, style)
    if is_bare:
        return Block(line, "list_item", 0, "bare")
    if mark:
        return Block(line, _marked_kind(lines, index, before, style), mark, style)
    opening = rule_named("dateline").pattern.match(line.words[:120]) or _COLON.match(line.words)
    return Block(line, _plain_kind(lines, index), opening.end() if opening else 0, "")


def marker_style(words: str) -> str:
    """Return the style of the bullet or number that words begin with, "" if there is none."""
    marker = marker_of(words)
    return style_of(marker) if marker else ""


def style_of(match: re.Match[str]) -> str:
    """Return the style of a bullet or number, so that siblings share it: "•", "1.", "(a)", "i.", "1.1"."""
    if match["bullet"]:
        return match["bullet"]
    key = match["key"]
    if key[0].isdigit():
        form = ".".join("1" * (key.count(".") + 1))
    elif _ROMAN.match(key) and (len(key) > 1 or key in "ivxIVX"):
        form = "i" if key.islower() else "I"
    else:
        form = "a" if key.islower() else "A"
    return f"{match['open']}{form}{match['close']}"


def _marked_kind(lines: Sequence[Line], index: int, before: Sequence[Block], style: str) -> str:
    """Decide between a numbered heading, a numbered paragraph of a speech or law, and an item of a list."""
    words = lines[index].words
    if not any(letter in style for letter in "1IA"):
        return "list_item"
    sibling = next((block.kind for block in reversed(before[-12:]) if block.style == style), "")
    if not ends_with(words, _STOPS):
        if sibling != "list_item" and _heads_text(lines, index, style):
            return "heading"
        return "paragraph" if sibling == "paragraph" or _INNER_STOP.search(words) else "list_item"
    if sibling in {"list_item", "paragraph"}:
        return sibling
    if _is_led(before, style):
        return "list_item"
    return "paragraph" if style[:1] not in "([（" or len(words) > _ITEM_LENGTH else "list_item"


def _heads_text(lines: Sequence[Line], index: int, style: str) -> bool:
    words = lines[index].words
    after = lines[index + 1] if index + 1 < len(lines) else None
    if after is None or len(words) > _HEADING_LENGTH or ends_with(words, _UNFINISHED) or leads(words):
        return False
    other = marker_style(after.words)
    if other == style or not _UPPER_START.match(words[marker_end(words) :]):
        return False
    return bool(other) or ends_with(after.words, _UNFINISHED) or after.breaks > 1


def _is_led(before: Sequence[Block], style: str) -> bool:
    for block in reversed(before[-4:]):
        if block.kind in {"paragraph", "heading", "label", "note", "list_item"}:
            return leads(block.line.words) and block.style != style
    return False


def leads(words: str) -> bool:
    """Return whether a block introduces the list under it: it ends in a colon, "including", "through" …."""
    closed = words[-1:] in _STOPS and words[-4:].casefold() != "e.g."
    return not closed and rule_named("lead-in").pattern.search(words[-_ENDING:]) is not None


def _plain_kind(lines: Sequence[Line], index: int) -> str:
    words = lines[index].words
    if fits("heading-key", words):
        return "heading"
    if fits("salutation", words) or fits("closing", words):
        return "paragraph"
    return "heading" if _is_heading(lines, index) else "paragraph"


def _is_heading(lines: Sequence[Line], index: int) -> bool:
    words = lines[index].words
    if len(words) > _HEADING_LENGTH or ends_with(words, _UNFINISHED) or not _UPPER_START.match(words) or leads(words):
        return False
    if index + 1 == len(lines) or len(words.split()) > 25 or _is_broken_off(lines, index):
        return False
    return words[0] != "(" and not words.replace(" ", "").isdigit()


def _is_broken_off(lines: Sequence[Line], index: int) -> bool:
    """Return whether a page's head stands in the middle of a sentence: behind this line it goes on in lower case."""
    between, after = lines[index + 1], lines[index + 2] if index + 2 < len(lines) else None
    return after is not None and fixed_kind(between.words) == "page_header" and after.words[:1].islower()


def _bare_items(lines: Sequence[Line], kinds: Sequence[str], labels: Mapping[int, Label]) -> frozenset[int]:
    """Return the indices of list items without bullets: short unfinished lines under a lead-in."""
    found: set[int] = set()
    index = 0
    while index < len(lines):
        if kinds[index] or index in labels or not _leads_bare(lines[index].words):
            index += 1
            continue
        run = _bare_run(lines, kinds, labels, index)
        if len(run) > 1 or (run and run[-1] + 1 == len(lines)):
            found.update(run)
        index += max(1, len(run))
    return frozenset(found)


def _leads_bare(words: str) -> bool:
    """Return whether a line can have items without bullets: not "Speech of" on a title page."""
    return leads(words) and (words[-1:] in ":：," or len(words.split()) > _SHORT_LEAD)


def _bare_run(lines: Sequence[Line], kinds: Sequence[str], labels: Mapping[int, Label], lead: int) -> list[int]:
    run: list[int] = []
    for index in range(lead + 1, len(lines)):
        words = lines[index].words
        if (
            kinds[index]
            or index in labels
            or len(words) > _ITEM_LENGTH
            or marker_of(words)
            or fits("heading-key", words)
        ):
            break
        last_of_run = bool(run) and bool(_GOES_ON.search(lines[index - 1].words[-6:]))
        if ends_with(words, _STOPS) and not last_of_run and lines[index].indent <= lines[lead].indent:
            break
        run.append(index)
        if last_of_run and ends_with(words, _STOPS):
            break
    return _without_heading(lines, run)


def _without_heading(lines: Sequence[Line], run: list[int]) -> list[int]:
    """Leave out the last line of a run if it is the heading of the text that follows: parted by a blank line."""
    if not run or run[-1] + 1 >= len(lines):
        return run
    last, after = lines[run[-1]], lines[run[-1] + 1]
    first = lines[run[0]]
    parted = last.breaks > 1 and after.breaks > 0 and (len(run) == 1 or lines[run[1]].breaks == 1)
    heads = parted and last.indent <= first.indent and ends_with(after.words, _STOPS)
    return run[:-1] if heads else run


def heading_style(words: str, style: str) -> str:
    """Return the style of a heading, which it shares with the others of its rank."""
    if style:
        return style
    if words.startswith("#"):
        return words[: len(words) - len(words.lstrip("#"))]
    if fits("heading-key", words):
        return words.split(maxsplit=1)[0].casefold()
    if _ORDINAL.match(words):
        return "ordinal"
    return "upper" if words.isupper() else "plain"
