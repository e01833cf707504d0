"""Scores of ``find_quantities`` on bare news sentences, by the conventions of the published quantity benchmarks.

``python -m tests.scoring_news [--misses]`` prints four F1 scores for each part of ``tests/gold/news``: the part that
rules are written against (``dev.jsonl``) and the parts that are only looked at to measure (``held_out.jsonl``, and
``fresh.jsonl``, written later, after rules had been tried on real reports).

A quantity is found where its value is (both ends of a range); its unit, its change and its concept are judged on
top of the value, so that each score is at most the first. Gold units stand in plain words ("pound sterling per year",
"coffee shop"; "-" for none) and may have alternatives. What a count counts is right where head and all words of the
shorter phrase are. A concept is right where it shares a word of substance with the gold's.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flows.parse.quantities import find_quantities
from flows.parse.quantity import Quantity
from flows.parse.units import unit_table
from flows.vocabulary import UnitForm, default_vocabulary

NEWS = Path(__file__).parent / "gold" / "news"
PARTS = ("dev", "held_out", "fresh")
MEASURES = ("value", "value+unit", "value+change", "value+concept")
# The best published figures on 590 sentences of the kind (Almasian et al., EMNLP 2023).
PUBLISHED = {"value": 92.0, "value+unit": 85.6, "value+change": 88.1, "value+concept": 76.1}

_PLAIN = {
    "percentage": "percent",
    "dollar": "USD",
    "pound sterling": "GBP",
    "celsius": "°C",
    "fahrenheit": "°F",
    "metric ton": "tonne",
    "pound-mass": "lbs",
    "people": "people",
}
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "feet": "foot", "people": "people", "suvs": "suv"}
_EMPTY = frozenset(
    ("a", "an", "the", "of", "in", "on", "for", "to", "and", "or", "by", "with", "from", "at", "its", "his", "her")
) | {"their", "this", "that", "new", "as", "is", "was"}
_CLOSE = 1e-4


class Rate(NamedTuple):
    """Counts of one measure: rows right, rows of the gold, rows of ours."""

    right: int
    gold: int
    ours: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, 0 to 100."""
        return 200 * self.right / (self.gold + self.ours) if self.gold + self.ours else 0.0


class Sentence(NamedTuple):
    """One annotated sentence, and what ``find_quantities`` says of it."""

    text: str
    gold: Sequence[Mapping[str, Any]]
    found: Sequence[Quantity]


def read_part(path: Path) -> list[Sentence]:
    """Read and parse one part of the gold."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Sentence(row["text"], row["quantities"], find_quantities(row["text"])) for row in rows]


def score_part(sentences: Iterable[Sentence]) -> tuple[dict[str, Rate], list[str]]:
    """Return the rate of each measure, and every disagreement in words."""
    right = dict.fromkeys(MEASURES, 0)
    gold = ours = 0
    misses: list[str] = []
    for sentence in sentences:
        pairs = _pairs(sentence)
        gold, ours = gold + len(sentence.gold), ours + len(sentence.found)
        wrong = [f"missed {row}" for at, row in enumerate(sentence.gold) if at not in pairs]
        wrong += [f"invented {_told(q)}" for i, q in enumerate(sentence.found) if i not in pairs.values()]
        for at, index in pairs.items():
            judged = judge(sentence.gold[at], sentence.found[index])
            wrong += [
                f"{name}: {sentence.gold[at]} {_told(sentence.found[index])}" for name in judged if not judged[name]
            ]
            for name, good in judged.items():
                right[name] += good
        misses += [f"{sentence.text}\n    {line}" for line in wrong]
    return {name: Rate(right[name], gold, ours) for name in MEASURES}, misses


def judge(want: Mapping[str, Any], have: Quantity) -> dict[str, bool]:
    """Judge one quantity whose value is right."""
    return {
        "value": True,
        "value+unit": any(_same_unit(unit, have) for unit in want["units"]),
        "value+change": have.change in want["changes"],
        "value+concept": bool(_substance(" ".join(want["concepts"])) & _substance(have.indicator)),
    }


def _pairs(sentence: Sentence) -> dict[int, int]:
    """Match gold and ours one to one; of equal values the one with more right besides, then the nearer in order."""
    options = []
    for at, want in enumerate(sentence.gold):
        for index, have in enumerate(sentence.found):
            if _same_value(want, have):
                options.append((-sum(judge(want, have).values()), abs(at - index), at, index))
    pairs: dict[int, int] = {}
    for _, _, at, index in sorted(options):
        if at not in pairs and index not in pairs.values():
            pairs[at] = index
    return pairs


def _same_value(want: Mapping[str, Any], have: Quantity) -> bool:
    factors = {1.0, *(float(form.factor) for unit in want["units"] if (form := _form(unit)))}
    if have.unit == "percent" and "percentage" not in want["units"]:
        factors.add(100.0)  # "half of the houses" is 0.5 in one notation, 50 percent in ours
    upper = want["value_upper"]
    if (upper is None) != (have.value_upper is None):
        return False
    return any(
        _close(want["value"] * factor, have.value) and (upper is None or _close(upper * factor, have.value_upper))
        for factor in factors
    )


def _close(one: float, other: float | None) -> bool:
    return other is not None and abs(abs(one) - abs(other)) <= _CLOSE * max(abs(one), 1e-9) * 2


def _same_unit(want: str, have: Quantity) -> bool:
    if have.unit == "percent" and want != "percentage":
        return want == "-" or _same_phrase(want, have.noun) or want != "percentage point"
    if have.unit in {"count", "index"} and want in {"-", "count"}:
        return have.noun == "" or have.unit == "index" or want == "count"
    if have.unit == "count":
        return _same_phrase(want, have.noun)
    if have.unit == "times":
        return want in {"time", "count", "-"}
    if have.unit == "index":
        return want == "point"
    return _canonical(want) == have.unit


def _canonical(unit: str) -> str:
    """Return our name of a unit in plain words: "dollar per barrel" is ``USD_per_barrel``."""
    whole = _form(unit)
    if whole or " per " not in unit:
        return whole.unit if whole else unit.replace(" ", "_")
    over, under = unit.split(" per ", 1)
    return f"{_canonical(over)}_per_{_canonical(under)}"


@cache
def _form(unit: str) -> UnitForm | None:
    table = unit_table(default_vocabulary())
    name = _PLAIN.get(unit, unit)
    if name in {"USD", "GBP"}:
        return table.exact[name]
    first, per, rest = name.partition(" per ")
    forms = (name, f"{first}s{per}{rest}")
    return next((form for key in forms if (form := table.exact.get(key) or table.loose.get(key.casefold()))), None)


def _same_phrase(one: str, other: str) -> bool:
    """Do both phrases have one head, and has the longer every word of the shorter?"""
    left, right = _singular(one), _singular(other)
    return bool(left and right) and left[-1] == right[-1] and (set(left) <= set(right) or set(right) <= set(left))


def _singular(phrase: str) -> list[str]:
    return [_stem(word) for word in re.findall(r"[\w'’-]+", phrase.casefold())]


def _stem(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _substance(phrase: str) -> set[str]:
    words = re.findall(r"[\w&]+", phrase.casefold().replace("'s", " ").replace("’s", " "))
    return {_stem(word) for word in words if word not in _EMPTY}


def _told(quantity: Quantity) -> str:
    upper = f"-{quantity.value_upper:g}" if quantity.value_upper is not None else ""
    shown = f"{quantity.value:g}{upper} {quantity.unit} {quantity.noun!r} {quantity.change}"
    return f"<{shown} | {quantity.indicator} | {quantity.rule}>"


def report(name: str, sentences: Sequence[Sentence], rates: Mapping[str, Rate]) -> list[str]:
    """Return the scores of one part as lines."""
    counts = next(iter(rates.values()))
    lines = [f"{name}: {len(sentences)} sentences, {counts.gold} quantities, {counts.ours} found"]
    return [*lines, *(f"    {key:14} F1 {rates[key].f1:5.1f}   published {PUBLISHED[key]:.1f}" for key in MEASURES)]


def main() -> None:
    """Print the scores of all parts; with ``--misses`` what was wrong in the part that rules are written against."""
    arguments = argparse.ArgumentParser(description=main.__doc__)
    arguments.add_argument("--misses", action="store_true")
    arguments.add_argument("--only", choices=PARTS)
    given = arguments.parse_args()
    lines: list[str] = []
    for part in PARTS:
        if given.only not in {None, part}:
            continue
        sentences = read_part(NEWS / f"{part}.jsonl")
        rates, misses = score_part(sentences)
        lines += report(part, sentences, rates)
        if given.misses and part == "dev":
            lines += misses
    sys.stdout.write("\n".join([*lines, ""]))


if __name__ == "__main__":
    main()
