"""Rules are tried where they may match: one that is tried everywhere, and finds next to nothing, costs every text.

What the sieve cannot spare is a rule whose literals stand in most sentences. Its way out is in its pattern: an edge of
a word more, an alternative that names its words, an `after`. Tries are counted, so that no clock has a say.
"""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from flows.parse import parse_text, sieve
from flows.parse.rules import Rule

ROOT = Path(__file__).parents[2]
TEXTS = [*(ROOT / "raw").glob("*.txt"), *sorted((ROOT / "tests" / "gold" / "dev").glob("*.txt"))[::4]]
OFTEN = 0.1  # tries for each numeral
SELDOM = 0.1  # finds for each try
# "in Building 9", "between 3 and 9 June": a capital before a number, and any month, are all that they ask for.
EXCEPTED = {"name-capitalised", "days-between"}


def test_no_rule_is_searched_for_in_vain_nearly_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    tries, finds = Counter[str](), Counter[str]()

    def count(name: str) -> None:
        plain = getattr(sieve, name)

        def counting(sifted: sieve.Sifted, rule: Rule, *rest: Any) -> Any:
            found = plain(sifted, rule, *rest)
            if rule.id not in sifted.sieve.openings:  # else it is tried at single places, which costs little
                found = list(found) if name == "each_match" else found
                tries[rule.id] += 1
                finds[rule.id] += bool(found)
            return found

        for module in [module for path, module in sys.modules.items() if path.startswith("flows.parse.")]:
            if module is not sieve and getattr(module, name, None) is plain:
                monkeypatch.setattr(module, name, counting)

    for name in ("first_match", "matches", "each_match"):
        count(name)
    numerals = sum(len(parse_text(path.read_text("utf-8")).numerals) for path in TEXTS)
    in_vain = {
        rule: (tried, finds[rule])
        for rule, tried in tries.items()
        if tried > OFTEN * numerals and finds[rule] < SELDOM * tried and rule.partition("|")[0] not in EXCEPTED
    }
    assert sum(tries.values()) > numerals / 10
    assert in_vain == {}
