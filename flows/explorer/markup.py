"""Text as HTML: whatever a text holds, it stays text, and cannot turn round what stands beside it."""

from __future__ import annotations

import re
from html import escape as _escape
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Characters that set the direction of what follows; a page shows their codes, each in a box that it cannot leave.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def text(value: object) -> str:
    """Return a value as HTML text, its controls of direction boxed in and visible."""
    return _DIRECTION.sub(_boxed, _escape(str(value)))


def attribute(value: object) -> str:
    """Return a value as the inside of a quoted attribute, without controls of direction: no box could hold them."""
    return _escape(_DIRECTION.sub("", str(value)))


def fragment(*parts: str, **chosen: str | None) -> str:
    """Return the address of a place on the page, as an attribute: ``#metrics/briefing%3Am12``.

    Args:
        parts: the path, e.g. a table and a row's id; a colon or slash within stays readable.
        chosen: what is filtered by; "" is the choice of rows without a value, None is no choice.
    """
    path = "/".join(quote(part, safe=":/") for part in parts)
    pairs = [f"{quote(name)}={quote(value, safe=':')}" for name, value in chosen.items() if value is not None]
    return _escape(f"#{path}" + ("?" + "&".join(pairs) if pairs else ""))


def table(head: Iterable[tuple[str, str]], rows: Iterable[Iterable[str]], label: str) -> str:
    """Return an HTML table in a box that can be scrolled, by keyboard too.

    Args:
        head: heading and class of each column; the class "n" is for numbers.
        rows: cells as HTML; the first of each row is its heading.
        label: what the table shows, for those who do not see it.
    """
    columns = list(head)
    heads = "".join(f'<th scope="col" class="{kind}">{text(name)}</th>' for name, kind in columns)
    lines = [_row(list(row), [kind for _, kind in columns]) for row in rows]
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{attribute(label)}"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
    )


def web_link(address: str | None, shown: str) -> str:
    """Return a link where the address leads to the web, and only what is shown where it leads anywhere else."""
    if address and re.match(r"https?://", address, re.IGNORECASE):
        return f'<a href="{attribute(address)}" rel="noreferrer noopener">{text(shown)}</a>'
    return text(shown)


def attributes(pairs: Mapping[str, object]) -> str:
    """Return attributes as they stand in a tag, each with a blank before it."""
    return "".join(f' {name}="{attribute(value)}"' for name, value in pairs.items())


def _row(cells: list[str], kinds: list[str]) -> str:
    first = f'<th scope="row" class="{kinds[0]}">{cells[0]}</th>'
    rest = "".join(f'<td class="{kind}">{cell}</td>' for cell, kind in zip(cells[1:], kinds[1:], strict=True))
    return f"<tr>{first}{rest}</tr>"


def _boxed(match: re.Match[str]) -> str:
    return f'<span class="turn" data-code="U+{ord(match[0]):04X}">{match[0]}</span>'
