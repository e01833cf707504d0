"""Publishers killed at random moments; `make benchmark` does the same 300 times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.killing import Stock, kill_at_random

if TYPE_CHECKING:
    from pathlib import Path

    from tests.s3_gateway import Server


def test_killed_in_a_folder(stock: Stock, tmp_path: Path) -> None:
    tally = kill_at_random(stock, lambda turn: str(tmp_path / f"dist{turn}"), tmp_path, 12, {})
    assert tally.killed == 12


def test_killed_on_s3(stock: Stock, tmp_path: Path, s3: Server) -> None:
    bucket = s3.new_bucket()
    tally = kill_at_random(stock, lambda turn: f"{bucket}/{turn}", tmp_path, 3, s3.environment())
    assert tally.killed == 3
