"""How right and how fast ``find_quantities`` reads bare news sentences, beside a plain search for numbers."""

from __future__ import annotations

import json
import re

from flows.parse.quantities import find_quantities
from tests.benchmarks.report import Figure, timed
from tests.scoring_news import MEASURES, NEWS, PARTS, PUBLISHED, Rate, read_part, score_part

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def news() -> list[Figure]:
    """Score both parts of the news sentences beside the best published figures; time the parser beside a search."""
    figures = []
    for part in PARTS:
        rates, _ = score_part(read_part(NEWS / f"{part}.jsonl"))
        figures += [
            Figure(f"news {part}, {name}", rates[name].f1, "F1", f"published: {PUBLISHED[name]:.1f}")
            for name in MEASURES
        ]
        figures.append(Figure(f"news {part}, numbers searched", _searched(part).f1, "F1", "value alone"))
    return [*figures, *_speed()]


def _rows(part: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (NEWS / f"{part}.jsonl").read_text("utf-8").splitlines()]


def _searched(part: str) -> Rate:
    """Take every run of digits for a quantity, as a reader without rules would."""
    right = gold = ours = 0
    for row in _rows(part):
        wanted = [quantity["value"] for quantity in row["quantities"]]  # type: ignore[attr-defined]
        found = [float(match.replace(",", "")) for match in _NUMBER.findall(str(row["text"]))]
        gold, ours = gold + len(wanted), ours + len(found)
        for value in found:
            if value in wanted:
                wanted.remove(value)
                right += 1
    return Rate(right, gold, ours)


def _speed() -> list[Figure]:
    text = "\n\n".join(str(row["text"]) for row in _rows("dev"))
    find_quantities(text)  # rules are compiled once
    spent, searched = timed(lambda: find_quantities(text)), timed(lambda: _NUMBER.findall(text))
    return [
        Figure("news sentences, one thread", len(text) / spent / 1000, "kc/s", f"{len(text)} characters"),
        Figure(
            "search for numbers alone", len(text) / searched / 1000, "kc/s", f"{spent / searched:.0f} times as fast"
        ),
    ]
