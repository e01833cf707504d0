"""Lines that stand for themselves: navigation, heads and feet of printed pages, and tables set in columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from flows.parse.segment_kinds import fixed_kind
from flows.parse.segment_lines import Line, column_gaps, page_form, repeated_heads
from flows.parse.segment_wrap import is_inner_number

_PAGE = re.compile(r"\bPage \d{1,4} of \d{1,4}", re.IGNORECASE)
_RUNNING = 8
_TOP = 4
_LONGEST_CELL = 12  # words
_FIGURES = re.compile(r"(?:\d[\d,.]*[ ]?%?|[-–—…]+|n\.?a\.?|\.\.+)\)?\*?\Z", re.IGNORECASE)


def fixed_lines(lines: Sequence[Line]) -> dict[int, str]:
    """Return the lines that are never joined to others, by index: navigation, page_header or table."""
    heads = repeated_heads(list(lines))
    found = {index: kind for index, line in enumerate(lines) if (kind := fixed_kind(line.words))}
    if heads:
        found |= {index: "page_header" for index, line in enumerate(lines) if _is_head(line, heads)}
    found |= dict.fromkeys(_beside_pages(lines, found), "page_header")
    found = {index: kind for index, kind in found.items() if not is_inner_number(lines, index)}
    return found | dict.fromkeys(_table_rows(lines, found), "table")


def _beside_pages(lines: Sequence[Line], found: dict[int, str]) -> list[int]:
    """Return the lines that are printed again and again beside the numbers of pages: a document's running title."""
    pages = {index for index, kind in found.items() if kind == "page_header"}
    beside = {at for index in pages for at in (index - 1, index + 1) if 0 <= at < len(lines) and at not in found}
    running = {_PAGE.sub("", lines[index].words).strip(" |–—-") for index in pages}
    forms = {page_form(words) for words in running if len(words) > _RUNNING}
    counts = Counter(page_form(lines[index].words) for index in beside if len(lines[index].words) > _RUNNING)
    repeated = {form for form, count in counts.items() if count > 1}
    first = [index for index in range(min(_TOP, len(lines))) if forms and page_form(lines[index].words) in forms]
    return first + [index for index in beside if page_form(lines[index].words) in repeated | forms]


def _is_head(line: Line, heads: frozenset[str]) -> bool:
    return bool(column_gaps(line.words)) and page_form(line.words) in heads


def _table_rows(lines: Sequence[Line], found: dict[int, str]) -> list[int]:
    rows: list[int] = []
    run: list[int] = []
    for index, line in enumerate(lines):
        if _columns(line.words) and index not in found and not _is_prose(line.words):
            if run and (line.breaks > 2 or run[-1] != index - 1):
                rows += _table(lines, run)
                run = []
            run.append(index)
    return rows + _table(lines, run)


def _is_prose(words: str) -> bool:
    """Is one cell of the line a sentence? "4.<tab>More than 11 crore cultivators receive …" is a numbered paragraph."""
    return any(len(cell.split()) > _LONGEST_CELL for cell in re.split(r"\t|[ ]{2,}|\|", words))


def _columns(words: str) -> int:
    bars = words.count("|")
    return bars if bars > 1 else column_gaps(words)


def _table(lines: Sequence[Line], run: list[int]) -> list[int]:
    """Return a run of lines in columns if it is long, wide and full of figures enough to be a table."""
    if len(run) < 2:
        return []
    wide = sum(_columns(lines[index].words) > 1 for index in run)
    figures = sum(bool(_FIGURES.search(lines[index].words.rstrip("| "))) for index in run)
    return run if (wide * 2 >= len(run) or len(run) > 2) and figures * 2 >= len(run) else []
