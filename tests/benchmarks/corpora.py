"""Texts of any number, from templates, names and numbers: press conferences, readouts and releases of 3 to 20 KB.

Each text is drawn by a seed of its own, so that text 7 is the same in a corpus of ten and of ten thousand. Its words
are those of policy texts; its numbers, names, sectors, dates, length and order are drawn. Sentences are as long as
those of the five texts of ``raw/``, and figures, commitments and names are at least as dense: `density` compares them.
"""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from flows.parse import parse_text
from flows.vocabulary import default_vocabulary

_BODIES = (
    "Ministry of Industry", "Bureau of Statistics", "Customs Office", "Energy Administration", "Planning Commission",
    "Ministry of Transport", "Office of Trade", "Ministry of Science", "Water Authority", "Housing Department",
)  # fmt: skip
_GIVEN = ("Wei", "Anna", "Jun", "Maria", "Tomas", "Hui", "Ingrid", "Pavel", "Leila", "Kofi", "Ming", "Clara", "Ravi")
_FAMILY = ("Zhang", "Novak", "Okafor", "Lindqvist", "Moreau", "Tanaka", "Alvarez", "Petrov", "Banerjee", "Osei", "Liu")
_POSITIONS = ("minister", "vice minister", "director general", "chief economist", "spokesperson", "commissioner")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_VERBS = ("grew", "rose", "increased", "climbed", "expanded")
_FALLS = ("fell", "dropped", "declined", "shrank")
_ACTIONS = (
    "accelerate the renewal of equipment in", "raise the share of clean energy in", "support small firms of",
    "build pilot zones for", "improve the standards of", "open new routes for exports of", "train engineers for",
    "publish quarterly figures on", "cut the cost of borrowing for", "simplify the licensing of",
)  # fmt: skip
_ADVERBS = ("steadily", "in an orderly way", "without delay", "step by step", "together with the provinces", "further")


class _Drawn:
    """What one text draws from: chance, and the names of the vocabulary."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - the same texts each time, not a secret
        self.year = self.chance.randrange(2015, 2026)
        self.sectors = _sectors()

    def one(self, words: tuple[str, ...]) -> str:
        return self.chance.choice(words)

    def sector(self) -> str:
        return self.one(self.sectors)

    def rate(self) -> str:
        return f"{self.chance.uniform(0.1, 28):.1f} percent"

    def points(self) -> str:
        return f"{self.chance.uniform(0.1, 4):.1f} percentage points"

    def amount(self) -> str:
        scale = self.one(("million", "billion", "trillion"))
        return f"{self.chance.uniform(1, 900):,.{self.chance.randrange(3)}f} {scale} {self.one(_MONEY)}"

    def count(self) -> str:
        return f"{self.chance.randrange(12, 90_000):,}"

    def period(self) -> str:
        span = ("the first half of", "the first three quarters of", "the first quarter of", "the whole of")
        return f"{self.one(span)} {self.year}"


_MONEY = ("yuan", "dollars", "euros")


def _sectors() -> tuple[str, ...]:
    found = [it.label for it in default_vocabulary().entities if it.kind in {"industry", "technology"}]
    return tuple(sorted(label[0].lower() + label[1:] if label[1:].islower() else label for label in found))


def _figure(it: _Drawn) -> str:
    place, sector = it.one(("nationwide", "in the east", "in the provinces", "in the pilot zones")), it.sector()
    return it.one((
        f"In {it.period()}, the output of {sector} {it.one(_VERBS)} by {it.rate()} year on year, {_aside(it)}.",
        f"Exports of {sector} reached {it.amount()}, up {it.rate()} from a year earlier, {_aside(it)}.",
        f"Investment in {sector} {it.one(_FALLS)} by {it.rate()} in {it.year}, to {it.amount()}, {_aside(it)}.",
        f"By the end of {it.year}, {it.count()} enterprises of {sector} had been certified {place}, {_aside(it)}.",
        f"The share of {sector} in value added was {it.rate()}, {it.one(('up', 'down'))} {it.points()}, {_aside(it)}.",
        f"More than {it.count()} people found work in {sector} {place} between {it.year - 1} and {it.year}.",
        f"Profits stood at {it.amount()}, an increase of {it.rate()}; {sector} accounted for {it.rate()} of the total.",
    ))  # fmt: skip


def _aside(it: _Drawn) -> str:
    return it.one((
        f"which shows that {it.sector()} and {it.sector()} have begun to support each other",
        f"while the pace of {it.sector()} remained stable {it.one(_ADVERBS)}",
        f"as firms of {it.sector()} returned to normal work and orders from abroad recovered",
        "according to the figures that the departments concerned have collected from local authorities",
    ))  # fmt: skip


def _plan(it: _Drawn) -> str:
    first, second = it.one(_ACTIONS), it.one(_ACTIONS)
    return it.one((
        f"We will {first} {it.sector()} {it.one(_ADVERBS)}, {second} {it.sector()}, and keep to the path of reform.",
        f"By {it.year + it.chance.randrange(1, 8)}, we will {first} {it.sector()}, by at least {it.rate()}.",
        f"Local authorities must {first} {it.sector()}, {second} {it.sector()}, and report every month.",
        f"Efforts will be made to {first} {it.sector()} {it.one(_ADVERBS)}, so that {_ground(it)}.",
    ))  # fmt: skip


def _ground(it: _Drawn) -> str:
    return it.one((
        f"enterprises of {it.sector()} can rely on a policy environment that is stable, transparent and predictable",
        f"the links between {it.sector()}, {it.sector()} and the services around them grow closer",
        f"the whole chain of {it.sector()}, from research to the market, becomes more resilient and secure",
        f"the fruits of innovation in {it.sector()} reach the counties and townships that need them most",
    ))  # fmt: skip


def _remark(it: _Drawn) -> str:
    told = it.one((
        f"At present the external environment of {it.sector()} is complex and severe",
        f"What matters is the quality of growth in {it.sector()} rather than its pace alone, and that of its services",
        f"Colleagues from {it.count()} towns have told us what {it.sector()} needs, and I thank them for it",
        f"This has been the work of many years, and {it.sector()} shows it {it.one(_ADVERBS)}",
        f"As you know, {it.sector()} is the foundation of {it.sector()}, and a country that has both has room to act",
    ))  # fmt: skip
    return f"{told}; {it.one(('this is why', 'as a result', 'and'))} {_ground(it)}."


_SENTENCES: tuple[Callable[[_Drawn], str], ...] = (_figure, _plan, _plan, _remark, _remark, _remark)


def _paragraph(it: _Drawn) -> str:
    return " ".join(it.chance.choice(_SENTENCES)(it) for _ in range(it.chance.randrange(2, 7)))


def _points(it: _Drawn) -> str:
    return "\n".join(f"{at}. {_plan(it)}" for at in range(1, it.chance.randrange(3, 7)))


def _turns(it: _Drawn, names: list[str]) -> str:
    asked = f"{it.one(_GIVEN)} {it.one(_FAMILY)}, Daily News:\nWhat about {it.sector()} in {it.year}?"
    return f"{asked}\n\n{it.chance.choice(names)}:\n{_paragraph(it)}"


def text(number: int) -> str:
    """Return one text of a corpus."""
    it = _Drawn(number)
    body, size = it.one(_BODIES), it.chance.randrange(3_000, 20_000)
    names = [f"{it.one(_GIVEN)} {it.one(_FAMILY)}" for _ in range(3)]
    when = f"{it.one(_MONTHS)} {it.chance.randrange(1, 29)}, {it.year}"
    blocks = [f"{body} on {it.sector()}: conference {number}", when]
    blocks.append("\n".join(["Speakers:", *(f"{name}, {it.one(_POSITIONS)} of the {body}" for name in names)]))
    while sum(map(len, blocks)) < size:
        make = it.chance.choice((_paragraph, _paragraph, _points, lambda drawn: _turns(drawn, names)))
        blocks.append(make(it))
    return "\n\n".join(blocks) + "\n"


def write_corpus(documents: int, folder: Path, first: int = 0) -> int:
    """Write so many texts into a folder, from the number `first` on, and return how many bytes they have."""
    folder.mkdir(parents=True, exist_ok=True)
    return sum(
        (folder / f"text-{number:07}.txt").write_bytes(text(number).encode())
        for number in range(first, first + documents)
    )


def density(texts: Iterable[str]) -> dict[str, float]:
    """Return how many rows of each kind, and sentences, texts have in 1,000 code points."""
    size, found = 0, Counter[str]()
    for words in texts:
        parsed = parse_text(words)
        size += len(words)
        found.update({kind: len(getattr(parsed, kind)) for kind in ("metrics", "numerals", "tasks", "mentions")})
        found["sentences"] += words.count(". ")
    return {kind: round(1000 * count / size, 1) for kind, count in found.items()}
