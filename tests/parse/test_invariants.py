"""What holds for any text at all: spans, tiling passages, a whole ledger, keys, and tables that are valid."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flows.parse import parse_text
from flows.parse.assemble import assemble
from flows.records import Parsed
from flows.schema import to_tables
from flows.vocabulary import default_vocabulary

RAW = Path(__file__).parents[2] / "raw"
GOLD = Path(__file__).parents[1] / "gold" / "dev"
ODD = [
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\t",
    "\x00",
    "\x0b",
    "\x85",
    "\u2028",
    "\u00a0",
    "\u202e",
    "\u200f",
    "\ufeff",
    "😀",
    "\U0001d7dd",
]
ODD += [
    "• ",
    "– ",
    "1. ",
    "(a) ",
    "Q: ",
    "Li Wei: ",
    "Page 1 of 2\n",
    "| ",
    "“",
    "’",
    "e\u0301",
    "½",
    "103,00",
    "٣",
    "5,",
    "½ million",
]
CHECKED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@cache
def fragments() -> list[str]:
    """Lines and sentences of the five texts."""
    texts = [path.read_bytes().decode("utf-8") for path in sorted(RAW.glob("*.txt"))]
    return sorted({piece for text in texts for piece in re.split(r"(?<=[.:,;])(?=\s)|(?<=\n)", text) if piece.strip()})


def any_text() -> st.SearchStrategy[str]:
    pieces = st.sampled_from(fragments()) | st.sampled_from(ODD) | st.text(max_size=8)
    return st.text() | st.lists(pieces, max_size=25).map("".join) | st.lists(pieces, max_size=25).map(" ".join)


@settings(CHECKED, max_examples=150)
@given(any_text())
def test_every_span_is_its_text(text: str) -> None:
    parsed = parse_text(text)
    printed = [(row.char_start, row.char_end, row.text) for row in parsed.passages]
    printed += [(row.char_start, row.char_end, row.text) for row in parsed.numerals]
    printed += [(row.char_start, row.char_end, row.text) for row in parsed.mentions]
    assert all(text[start:end] == words for start, end, words in printed)
    for metric in parsed.metrics:
        assert text[metric.char_start : metric.char_end] == metric.value_text
        assert metric.quote in text
    for task in parsed.tasks:
        assert " ".join(text[task.char_start : task.char_end].split()) == task.statement
    named = [(row.char_start, row.char_end) for row in parsed.appearances]
    named += [(row.char_start or 0, row.char_end or len(text)) for row in parsed.findings]
    assert all(0 <= start < end <= len(text) for start, end in named)


@settings(CHECKED, max_examples=150)
@given(any_text())
def test_passages_tile_all_that_is_no_white_space(text: str) -> None:
    passages = parse_text(text).passages
    assert [passage.position for passage in passages] == list(range(len(passages)))
    assert all(left.char_end <= right.char_start for left, right in itertools.pairwise(passages))
    assert "".join("".join(passage.text.split()) for passage in passages) == "".join(text.split())


@example("Sales in 2024\nBillion\n\nPrices\nMillion\n")
@settings(CHECKED, max_examples=150)
@given(any_text())
def test_the_ledger_is_whole(text: str) -> None:
    parsed = parse_text(text)
    spans = [(row.char_start, row.char_end) for row in parsed.numerals]
    for run in re.finditer(r"\d+", text):
        assert sum(start <= run.start() and run.end() <= end for start, end in spans) == 1, run[0]
    passages = {row.passage_id: row for row in parsed.passages}
    for row in parsed.numerals:
        assert passages[row.passage_id].char_start <= row.char_start < row.char_end <= passages[row.passage_id].char_end
    metrics = {metric.metric_id for metric in parsed.metrics}
    assert all((row.role == "metric") == (row.metric_id is not None) for row in parsed.numerals)
    assert {row.metric_id for row in parsed.numerals if row.metric_id} == metrics


@settings(CHECKED, max_examples=150)
@given(any_text())
def test_ids_are_unique_and_lead_somewhere(text: str) -> None:
    parsed = parse_text(text)
    passages = _unique([row.passage_id for row in parsed.passages])
    tasks = _unique([row.task_id for row in parsed.tasks])
    metrics = _unique([row.metric_id for row in parsed.metrics])
    speakers = _unique([row.speaker_id for row in parsed.speakers])
    for ids in ([row.numeral_id for row in parsed.numerals], [row.mention_id for row in parsed.mentions]):
        _unique(ids)
    _unique([row.finding_id for row in parsed.findings])
    assert {row.passage_id for row in parsed.metrics} | {row.passage_id for row in parsed.tasks} <= passages
    assert {row.passage_id for row in parsed.numerals} | {row.passage_id for row in parsed.mentions} <= passages
    assert {row.parent_passage_id for row in parsed.passages if row.parent_passage_id} <= passages
    assert {row.parent_task_id for row in parsed.tasks if row.parent_task_id} <= tasks
    assert {name for finding in parsed.findings for name in finding.metric_ids} <= metrics
    speaking = {row.speaker_id for row in parsed.passages} | {row.speaker_id for row in parsed.metrics}
    assert speaking | {row.speaker_id for row in parsed.tasks} <= {None, *speakers}
    assert {row.speaker_id for row in parsed.appearances} <= speakers


@settings(CHECKED, max_examples=25)
@given(st.lists(any_text(), min_size=1, max_size=6))
def test_the_tables_are_valid(texts: list[str]) -> None:
    from flows.release.validate import violations  # noqa: PLC0415 - Frictionless takes long to import

    assert violations(to_tables(assemble(_parse_all(texts), default_vocabulary()))) == []


@cache
def clauses() -> list[str]:
    """Clauses of the five texts and of our own gold, cut before small words and around numbers."""
    texts = [path.read_bytes().decode("utf-8") for folder in (RAW, GOLD) for path in sorted(folder.glob("*.txt"))]
    cuts = r"(?<=[.,;:])\s+|\s(?=and |while |with |of |in |by |to |from |which |as )|(?<=\d)\s|(?=\d)|\n+"
    return sorted({piece for text in texts for piece in re.split(cuts, text) if piece.strip()})


@settings(CHECKED, max_examples=5)
@given(st.randoms(use_true_random=False))
def test_the_tables_of_sentences_that_nobody_would_write_are_valid(random: Random) -> None:
    from flows.release.validate import Validator, violations  # noqa: PLC0415 - as above

    def text() -> str:
        lines = [" ".join(random.choices(clauses(), k=random.randint(1, 6))) for _ in range(random.randint(1, 6))]
        return random.choice(["\n", "\n\n"]).join(lines)

    parsed = _parse_all([text() for _ in range(100)])
    assert violations(to_tables(assemble(parsed, default_vocabulary())), Validator.DUCKDB) == []


def _parse_all(texts: list[str]) -> list[Parsed]:
    """Parse texts as the raw folder hands them on: a file with a zero byte is no text."""
    return [parse_text(text.replace("\x00", ""), document_id=f"text-{at}") for at, text in enumerate(texts)]


def _unique(ids: list[str]) -> set[str]:
    assert len(set(ids)) == len(ids)
    return set(ids)
