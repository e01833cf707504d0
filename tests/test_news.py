"""Bare news sentences against their gold: the scores that ``find_quantities`` promises, and how they are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.parse.quantities import find_quantities
from tests.scoring_news import MEASURES, NEWS, PUBLISHED, Sentence, read_part, report, score_part

FLOORS = {
    "dev": {"value": 98.0, "value+unit": 97.0, "value+change": 97.0, "value+concept": 94.0},
    "held_out": PUBLISHED,
    "fresh": PUBLISHED,
}


@pytest.mark.parametrize(("part", "sentences"), [("dev", 300), ("held_out", 80), ("fresh", 60)])
def test_every_score_is_above_its_floor(part: str, sentences: int) -> None:
    read = read_part(NEWS / f"{part}.jsonl")
    rates, _ = score_part(read)
    assert len(read) >= sentences
    assert all(rates[name].f1 >= FLOORS[part][name] for name in MEASURES), "\n".join(report(part, read, rates))


def test_the_readme_shows_the_scores() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    parts = [score_part(read_part(NEWS / f"{part}.jsonl"))[0] for part in FLOORS]
    for name in MEASURES:
        scores = (*(rates[name].f1 for rates in parts), PUBLISHED[name])
        assert f"| {' | '.join(f'{score:.1f}' for score in scores)} |" in readme, name


def test_no_sentence_stands_in_two_parts() -> None:
    texts = [sentence.text for name in FLOORS for sentence in read_part(NEWS / f"{name}.jsonl")]
    assert len(texts) == len(set(texts))


def test_each_measure_is_judged_on_top_of_the_value() -> None:
    text = "The airline carried 300 passengers."
    gold = {"value": 300.0, "value_upper": None, "units": ["passenger"], "changes": ["="], "concepts": ["airline"]}
    found = find_quantities(text)
    exact, _ = score_part([Sentence(text, [gold], found)])
    assert {name: rate.f1 for name, rate in exact.items()} == dict.fromkeys(MEASURES, 100.0)
    other_unit, misses = score_part([Sentence(text, [gold | {"units": ["flight"]}], found)])
    assert (other_unit["value"].f1, other_unit["value+unit"].f1, len(misses)) == (100.0, 0.0, 1)
    other_value, _ = score_part([Sentence(text, [gold | {"value": 301.0}], found)])
    assert {rate.f1 for rate in other_value.values()} == {0.0}


def test_what_is_missed_and_what_is_invented_both_cost() -> None:
    gold = {"value": 3.0, "value_upper": None, "units": ["cat"], "changes": ["="], "concepts": ["cats"]}
    missed, _ = score_part([Sentence("Cats.", [gold], [])])
    invented, _ = score_part([Sentence("3 cats.", [], find_quantities("3 cats."))])
    assert (missed["value"].gold, missed["value"].ours) == (1, 0)
    assert (invented["value"].gold, invented["value"].ours) == (0, 1)
