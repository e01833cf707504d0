"""Random changes of a release are found; `make benchmark` makes 550 of them."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from flows.release.checksums import checksum_faults
from flows.release.store import LocalTarget
from tests.tampering import KINDS, tamper, undetected

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def listed(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in a target with a catalogue."""
    target = LocalTarget(tmp_path_factory.mktemp("listed") / "dist")
    with target.stage() as staging:
        shutil.copytree(pristine, staging, dirs_exist_ok=True)
        return target.publish(staging, "1.0.0")


def test_every_change_is_found(listed: Path, tmp_path: Path) -> None:
    assert undetected(listed, tmp_path, 2 * len(KINDS), seed=7) == ([], 2 * len(KINDS))


def test_a_release_that_nobody_changed_is_not_found(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.tampering.tamper", lambda *_: "nothing")
    assert undetected(listed, tmp_path, 1) == (["nothing"], 1)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_changes_something(listed: Path, tmp_path: Path, kind: str) -> None:
    release = shutil.copytree(listed.parent, tmp_path / "dist") / listed.name
    before = (release / "SHA256SUMS").read_bytes()
    assert tamper(release, random.Random(3), kind)  # noqa: S311 - no secret
    sums = release / "SHA256SUMS"
    resealed = not sums.exists() or sums.read_bytes() != before
    assert resealed or checksum_faults(release)[0]
