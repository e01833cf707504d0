"""What parsing costs: the five texts with other digits up to 20 MB, one long text, one long line, each stage alone.

Seconds are the processor's: one core does the work, and what else a machine does is not the parser's.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from flows.parse import parse_raw, parse_text
from flows.parse.counts import count_mismatches
from flows.parse.documents import describe
from flows.parse.mentions import find_mentions
from flows.parse.metrics import find_metrics
from flows.parse.periods import time_signs
from flows.parse.segment import segment
from flows.parse.speakers import find_speakers
from flows.parse.tasks import find_tasks
from flows.read import read_raw
from flows.records import RawText
from flows.vocabulary import Vocabulary, default_vocabulary
from tests.benchmarks.report import Figure

ROOT = Path(__file__).parents[2]
CORPUS = 20_000_000  # code points
SAMPLE = 2_000_000  # of them, for the stages
LONG_TEXT, LONG_LINE = 5_000_000, 1_000_000
Made = TypeVar("Made")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def parsing() -> list[Figure]:
    """Time the parser on one thread, beside a search for digits in the same texts, and on a text and a line alone."""
    vocabulary = default_vocabulary()
    texts = corpus(CORPUS)
    parse_raw(texts[0], vocabulary)  # rules are compiled once
    spent = _spent(lambda: [parse_raw(text, vocabulary) for text in texts])
    searched = _spent(lambda: [NUMBER.findall(text.text) for text in texts])
    size = _megabytes(texts)
    return [
        Figure("parse, one thread", size / spent, "MB/s", f"{size:.1f} MB in {len(texts)} texts; target: 1 MB/s"),
        Figure("search for numbers alone", size / searched, "MB/s", f"{spent / searched:.0f} times as fast"),
        _unlike(vocabulary),
        *_long("one text of 5 MB", "\n\n".join(text.text for text in texts)[:LONG_TEXT]),
        *_long("one line of 1 MB", " ".join(" ".join(text.text.split()) for text in texts[:200])[:LONG_LINE]),
        *_stages(texts[: round(len(texts) * SAMPLE / CORPUS)], vocabulary),
    ]


def _unlike(vocabulary: Vocabulary) -> Figure:
    """Time texts that are all different, so that nothing that is remembered helps."""
    files = sorted((ROOT / "tests" / "gold" / "dev").glob("*.txt"))
    texts = [RawText(path.stem, path.name, path.read_bytes().decode(), "", path.stat().st_size) for path in files]
    spent = _spent(lambda: [parse_raw(text, vocabulary) for text in texts])
    return Figure("texts that all differ", _megabytes(texts) / spent, "MB/s", f"{len(texts)} texts, read once")


def _long(name: str, text: str) -> list[Figure]:
    """Time a text and its first half: a cost that grows with the length doubles."""
    half = _spent(lambda: parse_text(text[: len(text) // 2]))
    whole = _spent(lambda: parse_text(text))
    return [Figure(name, len(text.encode()) / 1e6 / whole, "MB/s", f"{whole / half:.2f} times the cost of its half")]


def _stages(texts: Sequence[RawText], vocabulary: Vocabulary) -> list[Figure]:
    """Time each step of ``parse_raw`` over the same texts."""
    spent: dict[str, float] = {}

    def step(name: str, work: Callable[..., Made], *given: object) -> Made:
        start = time.process_time()
        made = work(*given)
        spent[name] = spent.get(name, 0.0) + time.process_time() - start
        return made

    for raw in texts:
        name, text = raw.document_id, raw.text
        layout = step("segments", segment, text, name)
        document = step("documents", describe, raw, layout)
        voices = step("speakers", find_speakers, text, layout, document)
        mentions = step("mentions", find_mentions, text, voices.passages, vocabulary, name)
        signs = step("time signs", time_signs, text)
        tasks = step("tasks", find_tasks, text, document, layout, voices, vocabulary, signs)
        found = step("metrics", find_metrics, text, document, layout, voices, mentions, tasks, vocabulary, signs)
        step("counts", count_mismatches, voices.passages, found.numerals)
    size, total = _megabytes(texts), sum(spent.values())
    return [Figure(f"  {name}", size / cost, "MB/s", f"{cost / total:.0%} of the time") for name, cost in spent.items()]


def _spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _megabytes(texts: Sequence[RawText]) -> float:
    return sum(text.bytes for text in texts) / 1e6


def corpus(characters: int) -> list[RawText]:
    """Repeat the five texts under new ids and with other digits until they have so many code points."""
    chance = random.Random(2)  # noqa: S311 - the same texts each time, not a secret
    originals, texts, size = read_raw(ROOT / "raw").texts, list[RawText](), 0
    while size < characters:
        original = originals[len(texts) % len(originals)]
        text = re.sub(r"(?<=\d)\d", lambda _: str(chance.randrange(10)), original.text)
        texts.append(original._replace(document_id=f"text-{len(texts)}", text=text))
        size += len(text)
    return texts
