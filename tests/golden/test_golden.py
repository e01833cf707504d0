"""Two small texts and every row that they give, read by eye against the contract and compared exactly.

Each folder holds ``text.txt`` and one file of JSON lines a table. After a change that is meant, and with each changed
row read again, ``REGENERATE_GOLDEN=1 pytest tests/golden`` writes them anew; a build machine (``CI=true``) refuses.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.parse import parse_text
from flows.parse.assemble import assemble
from flows.records import Indicator
from flows.vocabulary import Vocabulary, default_vocabulary

HERE = Path(__file__).parent
TEXTS = sorted(path.parent.name for path in HERE.glob("*/text.txt"))
TABLES = ("documents", "speakers", "metrics", "tasks", "passages", "appearances", "mentions", "numerals", "findings")


def lines(name: str, table: str) -> list[str]:
    """The rows of a table as JSON lines, in the order of its key."""
    text = (HERE / name / "text.txt").read_bytes().decode("utf-8")
    rows = assemble([parse_text(text, document_id=name)], default_vocabulary())[table]
    return [json.dumps({k: plain(v) for k, v in row._asdict().items()}, ensure_ascii=False) for row in rows]


def plain(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell


def regenerating(environment: dict[str, str]) -> bool:
    if environment.get("REGENERATE_GOLDEN") != "1":
        return False
    if environment.get("CI", "").lower() == "true":
        pytest.fail("golden rows are written by hand or on a desk, never where CI=true; unset REGENERATE_GOLDEN")
    return True


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_gives_exactly_these_rows(name: str, table: str) -> None:
    path = HERE / name / f"{table}.jsonl"
    if regenerating(dict(os.environ)):
        path.write_text("".join(f"{line}\n" for line in lines(name, table)), "utf-8")
    assert lines(name, table) == path.read_text("utf-8").splitlines()


def test_all_tables_but_those_of_the_vocabulary_are_golden() -> None:
    nothing = Vocabulary((Indicator("a", "A", "", None, None, (), ""),), (), (), frozenset())
    assert set(assemble([], nothing)) - {"indicators", "entities"} == set(TABLES)
    assert len(TEXTS) == 2


def test_a_build_machine_writes_no_golden_rows() -> None:
    assert not regenerating({})
    assert not regenerating({"CI": "true"})
    assert regenerating({"REGENERATE_GOLDEN": "1"})
    with pytest.raises(pytest.fail.Exception, match="CI=true"):
        regenerating({"REGENERATE_GOLDEN": "1", "CI": "true"})
