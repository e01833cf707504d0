"""Lines that stand for themselves: navigation, heads and feet of printed pages, and tables set in columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.parse.segment_kinds import fixed_kind
from flows.parse.segment_lines import Line, column_gaps, page_form, repeated_heads

_FIGURES = re.compile(r"(?:\d[\d,.]*[ ]?%?|[-–—…]+|n\.?a\.?|\.\.+)\)?\*?\Z", re.IGNORECASE)


def fixed_lines(lines: Sequence[Line]) -> dict[int, str]:
    """Return the lines that are never joined to others, by index: navigation, page_header or table."""
    heads = repeated_heads(list(lines))
    found = {index: kind for index, line in enumerate(lines) if (kind := fixed_kind(line.words))}
    if heads:
        found |= {index: "page_header" for index, line in enumerate(lines) if _is_head(line, heads)}
    return found | dict.fromkeys(_table_rows(lines, found), "table")


def _is_head(line: Line, heads: frozenset[str]) -> bool:
    return bool(column_gaps(line.words)) and page_form(line.words) in heads


def _table_rows(lines: Sequence[Line], found: dict[int, str]) -> list[int]:
    rows: list[int] = []
    run: list[int] = []
    for index, line in enumerate(lines):
        if _columns(line.words) and index not in found:
            if run and (line.breaks > 2 or run[-1] != index - 1):
                rows += _table(lines, run)
                run = []
            run.append(index)
    return rows + _table(lines, run)


def _columns(words: str) -> int:
    return words.count("|") if words.count("|") > 1 else column_gaps(words)


def _table(lines: Sequence[Line], run: list[int]) -> list[int]:
    """Return a run of lines in columns if it is long, wide and full of figures enough to be a table."""
    if len(run) < 2:
        return []
    wide = sum(_columns(lines[index].words) > 1 for index in run)
    figures = sum(bool(_FIGURES.search(lines[index].words.rstrip("| "))) for index in run)
    return run if (wide * 2 >= len(run) or len(run) > 2) and figures * 2 >= len(run) else []
