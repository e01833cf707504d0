"""Which passage stands under which: headings over text, items over items, lead-ins over lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flows.parse.segment_kinds import Block
from flows.parse.segment_lists import heading_style, leads

_ASIDE = frozenset({"navigation", "page_header", "caption", "title", "byline", "head"})

_RANKS = {name: rank for rank, name in enumerate(("book", "volume", "title", "part", "chapter", "section", "article"))}


class Place(NamedTuple):
    """The index of the passage above, None at the top, and how many stand above."""

    parent: int | None
    depth: int


class _Open(NamedTuple):
    """A heading or an item that may still have children; `at` is its index."""

    at: int
    style: str
    indent: int


def nest(blocks: Sequence[Block]) -> list[Place]:
    """Return the place of every block; its cost is linear, every open item is closed once."""
    places: list[Place] = []
    headings: list[_Open] = []
    items: list[_Open] = []
    lead: int | None = None
    for index, block in enumerate(blocks):
        parent: int | None = None
        if block.kind == "label":
            headings, items, lead = [], [], None
        elif block.kind == "heading":
            parent = _under_headings(headings, block, index)
            items, lead = [], None
        elif block.kind == "list_item":
            parent = _under_items(items, block, index)
            parent = parent if parent is not None else lead if lead is not None else _last(headings)
        elif block.kind not in _ASIDE:
            parent = _above_text(items, headings, block)
            items = items if items and parent == items[-1].at else []
            lead = index if leads(block.line.words) or block.line.words.endswith((",", "，")) else None
        places.append(Place(parent, 0 if parent is None else places[parent].depth + 1))
    return places


def _last(opened: Sequence[_Open]) -> int | None:
    return opened[-1].at if opened else None


def _under_headings(headings: list[_Open], block: Block, index: int) -> int | None:
    style = heading_style(block.line.words, block.style)
    rank = _RANKS.get(style, len(_RANKS))
    for at in range(len(headings)):
        if headings[at].style == style or _RANKS.get(headings[at].style, len(_RANKS)) > rank:
            del headings[at:]
            break
    parent = _last(headings)
    headings.append(_Open(index, style, 0))
    return parent


def _under_items(items: list[_Open], block: Block, index: int) -> int | None:
    indent = block.line.indent
    while items and items[-1].indent > indent:
        items.pop()
    level = len(items)
    while level and items[level - 1].indent == indent:
        level -= 1
        if items[level].style == block.style:
            del items[level:]
            break
    parent = _last(items)
    items.append(_Open(index, block.style, indent))
    return parent


def _above_text(items: Sequence[_Open], headings: Sequence[_Open], block: Block) -> int | None:
    """A paragraph that is indented deeper than an item goes on with that item."""
    if items and block.kind == "paragraph" and block.line.indent > items[-1].indent and block.line.indent > 1:
        return items[-1].at
    return _last(headings)
