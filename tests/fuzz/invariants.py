"""What holds for the rows of any text, as plain assertions: a fuzzer calls this thousands of times a minute."""

from __future__ import annotations

import itertools
import math

from flows.parse import parse_text
from flows.parse.numbers import find_numbers
from flows.parse.quantities import find_quantities
from flows.records import Parsed


def check(text: str) -> None:
    """Parse a text, as a document and as bare sentences, and assert what must hold of the rows.

    Raises:
        AssertionError: it does not.
    """
    parsed = parse_text(text)
    _check_spans(text, parsed)
    _check_ids(parsed)
    passages = {row.passage_id: row for row in parsed.passages}
    numbers = [find_numbers(text, row.char_start, row.char_end) for row in parsed.passages]
    assert len(parsed.numerals) == sum(map(len, numbers)), "the ledger is not whole"
    inner = [(row.passage_id, row.char_start, row.char_end) for row in parsed.numerals]
    inner += [(row.passage_id, row.char_start, row.char_end) for row in parsed.metrics]
    for name, start, end in inner:
        assert passages[name].char_start <= start < end <= passages[name].char_end, "a row leaves its passage"
    assert all(row.value_text in row.quote for row in parsed.metrics)
    assert all((row.role == "metric") == (row.metric_id is not None) for row in parsed.numerals)
    assert all(math.isfinite(row.value) and math.isfinite(row.value_upper or 0) for row in parsed.metrics)
    for quantity in find_quantities(text):
        assert 0 <= quantity.char_start < quantity.char_end <= len(text)
        assert math.isfinite(quantity.value)


def _check_spans(text: str, parsed: Parsed) -> None:
    printed = [(row.char_start, row.char_end, row.text) for row in parsed.passages]
    printed += [(row.char_start, row.char_end, row.text) for row in parsed.numerals]
    printed += [(row.char_start, row.char_end, row.text) for row in parsed.mentions]
    printed += [(row.char_start, row.char_end, row.value_text) for row in parsed.metrics]
    assert all(text[start:end] == words for start, end, words in printed), "a span is not its text"
    assert all(left.char_end <= right.char_start for left, right in itertools.pairwise(parsed.passages))
    assert "".join("".join(row.text.split()) for row in parsed.passages) == "".join(text.split()), "words are lost"
    for task in parsed.tasks:
        assert " ".join(text[task.char_start : task.char_end].split()) == task.statement
    assert all(row.quote in text for row in parsed.metrics)


def _check_ids(parsed: Parsed) -> None:
    tables = (parsed.passages, parsed.metrics, parsed.tasks, parsed.numerals, parsed.mentions, parsed.findings)
    for rows in tables:
        ids = [row[0] for row in rows]
        assert len(set(ids)) == len(ids), "an id stands twice"
    passages = {row.passage_id for row in parsed.passages}
    assert {row.passage_id for row in parsed.metrics} | {row.passage_id for row in parsed.tasks} <= passages
    speakers = {row.speaker_id for row in parsed.speakers} | {None}
    assert {row.speaker_id for row in parsed.metrics} | {row.speaker_id for row in parsed.passages} <= speakers
    assert {row.speaker_id for row in parsed.appearances} <= speakers
