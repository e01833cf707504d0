"""Charts drawn at build time: rows of HTML with SVG in them, no script, each mark a link to its sentence.

Lengths along a chart are percentages, so that it fits a phone as it fits a desk and its words keep their size. Colours
are classes; the style sheet knows them, in light and in dark.
"""

from __future__ import annotations

from datetime import date
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Any

from flows.explorer.markup import attribute, fragment, text
from flows.explorer.overview import what

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from flows.explorer.overview import Comparison, Counts, Paper

    Row = Mapping[str, Any]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def growth_chart(rows: Sequence[Row], labels: Mapping[str, str], papers: Mapping[str, Paper]) -> str:
    """Return rows of "what, months covered, growth", each one link."""
    if not rows:
        return '<p class="muted">No text states a growth rate with its period.</p>'
    first = min(row["period_start"].year for row in rows)
    last = max(row["period_end"].year for row in rows) + 1
    low, high = _scale([row["value"] for row in rows])
    ticks = _years(first, last), _ticks(low, high)
    scales = _year_axis(ticks[0], first, last) + _axis(ticks[1], low, high)
    axis = f'<li class="axis" aria-hidden="true"><span></span>{scales}</li>'
    lines, above = [], ""
    for row in rows:
        name = what(row, labels)
        lines.append(_growth_row(row, name, name == above, papers[row["document_id"]], (first, last, low, high), ticks))
        above = name
    return f'<ol class="chart growth">{axis}{"".join(lines)}</ol>'


def agreement_chart(rows: Sequence[Comparison], papers: Mapping[str, Paper]) -> str:
    """Return rows of "what, the documents' values, a word", each value a link."""
    if not rows:
        return '<p class="muted">No two documents give a value for the same indicator, place, industry and period.</p>'
    return f'<ol class="chart agreement">{"".join(_agreement_row(row, papers) for row in rows)}</ol>'


def task_table(counts: Counts, labels: Mapping[str, str], columns: Sequence[tuple[str, str, str]]) -> str:
    """Return how many tasks serve each theme as a shaded table whose cells filter the tracker.

    Args:
        counts: the numbers.
        labels: what themes are called, by id.
        columns: heading, kind ("horizon" or "document") and value of each column.
    """
    most = max([*counts.horizons.values(), *counts.documents.values()], default=1)
    head = "".join(f'<th scope="col">{text(name)}</th>' for name, _, _ in columns)
    lines = []
    for theme in counts.themes:
        cells = [_cell(counts, theme, kind, value, most) for _, kind, value in columns]
        link = f'<a href="{fragment("tracker", theme=theme)}">{text(labels.get(theme, theme or "no theme"))}</a>'
        lines.append(f'<tr><th scope="row">{link}</th>{"".join(cells)}</tr>')
    return (
        '<div class="scroll" tabindex="0" role="region" aria-label="Tasks by theme"><table class="heat">'
        f'<thead><tr><th scope="col">theme</th>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'
    )


def period(start: date | None, end: date | None) -> str:
    """Return a period in words as short as they can be: ``2023``, ``Jan–May 2024``, ``by 31 Dec 2027``."""
    if start is None or end is None:
        only = start or end
        return "period not stated" if only is None else f"{'from' if start else 'to'} {day(only)}"
    if start == end:
        return day(start)
    if start.day != 1 or _after(end).day != 1:
        return f"{day(start)} – {day(end)}"
    if (start.month, end.month) == (1, 12):
        return f"{start.year}" if start.year == end.year else f"{start.year}–{end.year}"
    return _months(start, end)


def day(on: date) -> str:
    """Return a day as ``21 Dec 2023``, whatever the locale."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def number(value: float) -> str:
    """Return a number with its thousands apart and no digits that it has not: ``12,000``, ``4.3``."""
    return f"{value:,.10g}" if abs(value) < 1e6 else _large(value)


def amount(value: float, unit: str) -> str:
    """Return a number with its unit, short: ``4.3%``, ``45``, ``1.8 trillion CNY``."""
    signs = {"percent": "%", "count": "", "percentage_point": " points"}
    return f"{number(value)}{signs.get(unit, f' {unit}'.replace('_', ' '))}"


def _large(value: float) -> str:
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.6g} {word}"
    return f"{value:g}"


def _months(start: date, end: date) -> str:
    one, other = _MONTHS[start.month - 1], _MONTHS[end.month - 1]
    if start.year != end.year:
        return f"{one} {start.year} – {other} {end.year}"
    return f"{one} {end.year}" if one == other else f"{one}–{other} {end.year}"


def _growth_row(
    row: Row,
    name: str,
    again: bool,  # noqa: FBT001 - given in one place
    paper: Paper,
    bounds: tuple[int, int, float, float],
    ticks: tuple[Sequence[int], Sequence[float]],
) -> str:
    first, last, low, high = bounds
    x1, x2 = _when(row["period_start"], first, last), _when(_after(row["period_end"]), first, last)
    x, zero = _along(row["value"], low, high), _along(0, low, high)
    colour = _colour(paper)
    bar = f'<line class="bar {colour}" x1="{x1:.2f}%" x2="{max(x2, x1 + 1.5):.2f}%" y1="50%" y2="50%"/>'
    dot = (
        f'<line class="stem {colour}" x1="{zero:.2f}%" x2="{x:.2f}%" y1="50%" y2="50%"/>{_dot(x, 0, paper)}'
        f'<text class="value" x="{x:.2f}%" dx="14" y="50%" dy=".35em">{text(amount(row["value"], "percent"))}</text>'
    )
    years, marks = ticks
    kind = "again" if again else "name"
    covered = text(period(row["period_start"], row["period_end"]))
    inside = (
        f'<span class="what"><span class="{kind}">{text(name)} </span><small>{covered}</small></span>'
        + _svg(_grid([_when(date(year, 1, 1), first, last) for year in years]) + bar, "when")
        + _svg(_grid([_along(mark, low, high) for mark in marks]) + dot, "scale")
    )
    return f'<li><a href="{fragment("metrics", row["metric_id"])}">{inside}</a></li>'


def _agreement_row(row: Comparison, papers: Mapping[str, Paper]) -> str:
    word, kind = _verdict(row)
    values = row.values[:10]
    middle = sum(_value(value) for value in values) / len(values)
    places = [_offset(_value(value), middle) for value in values]
    shifts = _apart(places)
    ends = {0, len(values) - 1} if row.spread else {len(values) - 1}
    marks = [
        _mark(value, papers[value["document_id"]], place, shift, _side(at, values, row.spread) if at in ends else "")
        for at, (value, place, shift) in enumerate(zip(values, places, shifts, strict=True))
    ]
    between = ""
    if row.spread and len(values) > 1:
        between = f'<line class="gap" x1="{places[0]:.2f}%" x2="{places[-1]:.2f}%" y1="50%" y2="50%"/>'
    line = '<line class="grid" x1="0%" x2="100%" y1="50%" y2="50%"/>'
    drawn = _svg(line + between + "".join(marks), "values", hidden=False)
    return (
        f'<li><span class="what">{text(_shortened(row.what))} <small>{text(_about(row))}</small></span>'
        f'{drawn}<span class="word {kind}">{text(word)}</span></li>'
    )


def _verdict(row: Comparison) -> tuple[str, str]:
    if row.spread is None:
        return "malformed", "bad"
    if not row.spread:
        return "agree", "good"
    share = row.spread * 100
    return f"differ by {share:.0f}%" if share >= 1 else "differ by less than 1%", "bad"


def _about(row: Comparison) -> str:
    if row.spread is None:
        return "as printed; no value is given"
    metric = row.row
    words = [metric["measure"], period(metric["period_start"], metric["period_end"])]
    undated = any(value["period_end"] is None for value in row.values) and metric["period_end"]
    return ", ".join(words) + (" where stated" if undated else "")


def _mark(row: Row, paper: Paper, place: float, shift: float, side: str) -> str:
    resource = "findings" if "finding_id" in row else "metrics"
    row_id = row["finding_id"] if resource == "findings" else row["metric_id"]
    shown = row["printed"] if resource == "findings" else amount(row["value"], row["unit"])
    away = {"left": f' dx="{shift - 14:.0f}" text-anchor="end"', "right": f' dx="{shift + 14:.0f}"'}.get(side, "")
    label = f'<text class="value" x="{place:.2f}%"{away} y="50%" dy=".35em">{text(shown)}</text>' if side else ""
    letter = f"document {paper.letter}, " if paper.letter else ""
    name = f"{shown}, {letter}{paper.title}"
    return (
        f'<a href="{fragment(resource, row_id)}" aria-label="{attribute(name)}">{_dot(place, shift, paper)}{label}</a>'
    )


def _dot(x: float, shift: float, paper: Paper) -> str:
    moved = f' transform="translate({shift:.0f} 0)"' if shift else ""
    letter = (
        f'<text class="letter" x="{x:.2f}%" y="50%" dy=".35em"{moved}>{paper.letter}</text>' if paper.letter else ""
    )
    return (
        f'<circle class="hit" cx="{x:.2f}%" cy="50%" r="13"{moved}/>'
        f'<circle class="dot {_colour(paper)}" cx="{x:.2f}%" cy="50%" r="{9 if paper.letter else 6}"{moved}/>{letter}'
    )


def _side(at: int, values: Sequence[Row], spread: float | None) -> str:
    return "left" if spread and at == 0 and len(values) > 1 else "right"


def _value(row: Row) -> float:
    return float(row.get("value") or 0)


def _offset(value: float, middle: float) -> float:
    share = (value - middle) / abs(middle) if middle else 0
    return 45 + max(-22.0, min(22.0, share * 220))


def _apart(places: Sequence[float]) -> list[float]:
    """Return by how many pixels marks are moved sideways so that none covers another."""
    if len(places) < 2 or places[-1] - places[0] > 12 * (len(places) - 1):
        return [0.0] * len(places)
    return [26 * (at - (len(places) - 1) / 2) for at in range(len(places))]


def _cell(counts: Counts, theme: str, kind: str, value: str, most: int) -> str:
    found = (counts.horizons if kind == "horizon" else counts.documents).get((theme, value), 0)
    if not found:
        return "<td></td>"
    shade = min(5, ceil(5 * found / most))
    target = fragment("tracker", theme=theme, **{kind: value})
    return f'<td><a class="s{shade}" href="{target}">{found:,}</a></td>'


def _shortened(words: str) -> str:
    return words if len(words) <= 70 else words[:68].rsplit(" ", 1)[0] + " …"


def _colour(paper: Paper) -> str:
    return f"c{paper.place + 1}" if paper.letter else "c0"


def _svg(inside: str, kind: str, *, hidden: bool = True) -> str:
    aria = ' aria-hidden="true"' if hidden else ' role="group" aria-label="values"'
    drawn = f'<svg width="100%" height="100%"{aria} focusable="false">{inside}</svg>'
    return f'<span class="plot {kind}">{drawn}</span>'


def _grid(places: Sequence[float]) -> str:
    return "".join(f'<line class="grid" x1="{x:.2f}%" x2="{x:.2f}%" y1="0" y2="100%"/>' for x in places)


def _year_axis(years: Sequence[int], first: int, last: int) -> str:
    labels = [(_when(date(year, 7, 2), first, last), str(year)) for year in years if year < last]
    return _svg("".join(_label(x, name) for x, name in labels), "when")


def _axis(ticks: Sequence[float], low: float, high: float) -> str:
    return _svg("".join(_label(_along(tick, low, high), f"{tick:g}%") for tick in ticks), "scale")


def _label(x: float, name: str) -> str:
    return f'<text class="tick" x="{x:.2f}%" y="50%" dy=".35em">{text(name)}</text>'


def _years(first: int, last: int) -> list[int]:
    step = max(1, ceil((last - first) / 4))
    return list(range(first, last + 1, step))


def _scale(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(0.0, *values), max(0.0, *values)
    step = _step(high - low or 1.0)
    return floor(low / step) * step, ceil(high / step) * step or step


def _ticks(low: float, high: float) -> list[float]:
    step = _step(high - low)
    return [low + at * step for at in range(round((high - low) / step) + 1)]


def _step(width: float) -> float:
    rough = width / 3
    size = 10.0 ** floor(log10(rough))
    return float(next(size * factor for factor in (1, 2, 5, 10) if size * factor >= rough))


def _along(value: float, low: float, high: float) -> float:
    return 5 + 70 * (value - low) / (high - low)


def _when(on: date, first: int, last: int) -> float:
    months = (on.year - first) * 12 + on.month - 1 + (on.day - 1) / 31
    return 3 + 94 * months / ((last - first) * 12)


def _after(on: date) -> date:
    return date.fromordinal(min(on.toordinal() + 1, date.max.toordinal()))
