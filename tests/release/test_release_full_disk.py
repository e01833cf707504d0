"""A full disk: one line that names the folder and says what to do, and nothing half-published."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow.parquet as pq
import pytest

from flows.errors import TargetError
from flows.gather import gather
from flows.read import read_raw
from flows.release.sql import workshop
from flows.release.store import LocalTarget
from flows.shards import Taken, write_shard
from flows.vocabulary import default_vocabulary
from tests.making import make_release

if TYPE_CHECKING:
    import pyarrow as pa

ROOT = Path(__file__).parents[2]
MOUNT = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
SORT = """
import sys
from flows.errors import TargetError
from flows.release import sql
sql.MEMORY_LIMIT = "30MB"
try:
    with sql.workshop() as connection:
        connection.execute("CREATE TABLE t AS SELECT md5(range::VARCHAR) AS a FROM range(3000000)")
except TargetError as error:
    print(error)
"""


def test_a_full_scratch_disk_names_its_folder_and_tmpdir(tmp_path: Path) -> None:
    mounted = f"mount -t tmpfs -o size=2m none {tmp_path} && TMPDIR={tmp_path} exec {sys.executable} -c '{SORT}'"
    if (
        not shutil.which("unshare")
        or subprocess.run([*MOUNT, f"mount -t tmpfs none {tmp_path}"], check=False).returncode
    ):
        pytest.skip("no file system can be mounted here")
    done = subprocess.run([*MOUNT, mounted], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.count("\n") == 1, done.stderr
    assert done.stdout.startswith(f"{tmp_path}: the disk of this folder is full (")
    assert "set TMPDIR to a folder on a larger disk" in done.stdout


def test_what_duckdb_and_arrow_tell_of_a_full_scratch_disk_is_one_error() -> None:
    for error in (
        duckdb.IOException("Could not write: No space left on device"),
        duckdb.OutOfMemoryException("max_temp_directory_size"),
    ):
        with pytest.raises(TargetError, match="set TMPDIR"), workshop():
            raise error
    with pytest.raises(duckdb.CatalogException), workshop():
        raise duckdb.CatalogException("no such table")


def test_a_target_that_fills_up_while_tables_are_written_keeps_nothing(
    tables: dict[str, pa.Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = LocalTarget(tmp_path / "dist")
    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(TargetError, match="nothing was published; free some space") as raised, target.stage() as folder:
        make_release(tables, folder)
    assert str(tmp_path / "dist") in str(raised.value)
    assert [path.name for path in (tmp_path / "dist").iterdir()] == [".lock"]


def test_shards_and_gathering_tell_of_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text("Exports grew by 5 percent in 2024.\n")
    texts = read_raw(tmp_path / "raw").texts
    shard = write_shard(texts, tmp_path / "raw", tmp_path / "kept")

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(TargetError, match=r"store: the disk of this folder is full \(.* with --cache"):
        write_shard(texts, tmp_path / "raw", tmp_path / "store")
    assert not list((tmp_path / "store").glob("*/*"))
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(TargetError, match=r"out: the disk of this folder is full \("):
        gather([Taken(shard.folder)], (), default_vocabulary(), out)
