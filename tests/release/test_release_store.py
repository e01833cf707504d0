"""Publishing to a folder: whole or not at all, never twice, and one clear line where it cannot be done."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from flows.errors import ReleaseExistsError, ReleaseNotFoundError, TargetError, VersionError
from flows.release import rename
from flows.release.catalogue import read_catalogue
from flows.release.checksums import checksum_faults
from flows.release.names import CATALOGUE
from flows.release.rename import rename_without_replacing
from flows.release.store import LocalTarget
from tests.release.small import content_of, write_small


def _publish(target: LocalTarget, version: str) -> Path:
    with target.stage() as staging:
        return target.publish(write_small(staging, version), version)


def _is_whole(folder: Path) -> bool:
    return checksum_faults(folder) == ([], 4)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_release_appears_whole_and_nothing_else_stays(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path / "deep" / "dist")
    assert target.versions() == ()
    assert target.newest() is None
    assert _publish(target, "1.0.0") == tmp_path / "deep/dist/1.0.0"
    assert _is_whole(tmp_path / "deep/dist/1.0.0")
    assert _names(target.dist) == [".lock", "1.0.0", "catalog.json"]


def test_versions_are_sorted_by_meaning(tmp_path: Path) -> None:
    for name in ("1.10.0", "1.9.0", "10.0.0", "2.0.0", "01.0.0", "1.0", "v3.0.0", "latest", "٣.0.0"):
        (tmp_path / name).mkdir()
    (tmp_path / "README.md").write_text("kept")
    (tmp_path / "11.0.0").write_text("a file")
    target = LocalTarget(tmp_path)
    assert target.versions() == ("1.9.0", "1.10.0", "2.0.0", "10.0.0")
    assert target.newest() == tmp_path / "10.0.0"
    assert target.folder("2.0.0") == tmp_path / "2.0.0"


def test_a_version_that_there_is_none_of_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReleaseNotFoundError, match=r"no release 1\.0\.0; there is none yet"):
        LocalTarget(tmp_path).folder("1.0.0")
    _publish(LocalTarget(tmp_path), "1.0.0")
    with pytest.raises(ReleaseNotFoundError, match=r"no release \.\.; there are 1\.0\.0"):
        LocalTarget(tmp_path).folder("..")


@pytest.mark.parametrize("present", [{"old": b"kept"}, {}])
def test_a_release_is_never_replaced(tmp_path: Path, present: dict[str, bytes]) -> None:
    target = LocalTarget(tmp_path)
    with target.stage() as staging:
        write_small(staging, "1.0.0")
        (tmp_path / "1.0.0").mkdir()  # under our feet, without the lock
        for name, content in present.items():
            (tmp_path / "1.0.0" / name).write_bytes(content)
        with pytest.raises(ReleaseExistsError, match="out already and is never changed"):
            target.publish(staging, "1.0.0")
    assert content_of(tmp_path / "1.0.0") == present
    assert _names(tmp_path) == [".lock", "1.0.0"]


@pytest.mark.parametrize("version", ["", "1.0", "../1.0.0", "1.0.0\n", "1.0.0-a", "01.0.0"])
def test_what_is_no_version_is_refused(tmp_path: Path, version: str) -> None:
    with pytest.raises(VersionError, match="is no version"):
        _publish(LocalTarget(tmp_path / "dist"), version)
    assert _names(tmp_path / "dist") == [".lock"]


def test_a_failed_build_leaves_nothing(tmp_path: Path) -> None:
    def fail(staging: Path) -> None:
        (staging / "half").write_text("made")
        raise ValueError("no")

    target = LocalTarget(tmp_path)
    with pytest.raises(ValueError, match="no"), target.stage() as staging:
        fail(staging)
    assert _names(tmp_path) == [".lock"]


def test_what_killed_runs_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".staging/release/data").mkdir(parents=True)
    (tmp_path / ".staging/release/data/half").write_text("made")
    with LocalTarget(tmp_path).stage() as staging:
        assert _names(staging) == []


def test_a_link_in_staging_s_place_is_removed_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/file").write_text("kept")
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist/.staging").symlink_to(tmp_path / "precious")
    _publish(LocalTarget(tmp_path / "dist"), "1.0.0")
    assert (tmp_path / "precious/file").read_text() == "kept"


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("a file")
    for place in (tmp_path / "dist", tmp_path / "dist/deeper"):
        with pytest.raises(TargetError, match="this is not a folder; name a folder") as raised:
            _publish(LocalTarget(place), "1.0.0")
        assert str(place) in str(raised.value)
        assert "\n" not in str(raised.value)
    with pytest.raises(TargetError, match="this is not a folder"):
        LocalTarget(tmp_path / "dist").versions()
    assert (tmp_path / "dist").read_text() == "a file"


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (errno.EACCES, "allow writing there, or name another folder"),
        (errno.EROFS, "allow writing there, or name another folder"),
        (errno.ENOSPC, "free some space"),
    ],
)
@pytest.mark.parametrize("call", ["open", "mkdir", "fsync"])
def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, advice: str, call: str
) -> None:
    def refuse(*_arguments: object, **_more: object) -> None:
        raise OSError(code, os.strerror(code))

    (tmp_path / "dist").mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(os, call, refuse)
        with pytest.raises(TargetError, match=advice) as raised:
            _publish(LocalTarget(tmp_path / "dist"), "1.0.0")
    assert str(tmp_path / "dist") in str(raised.value)
    assert "\n" not in str(raised.value)
    assert set(_names(tmp_path / "dist")) <= {".lock"}


@pytest.mark.usefixtures("pristine")  # a build without the limit, or else Python's own cached modules would be cut off
def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    program = f"""
import resource, signal, sys
from datetime import date
from pathlib import Path
from flows.errors import TargetError
from flows.release.build import build, plan_release
from flows.release.parquet import write_tables
from flows.release.store import LocalTarget
from flows.schema import to_tables
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))
try:
    with LocalTarget(Path({str(tmp_path)!r})).stage() as staging:
        write_tables(to_tables({{}}), staging)
        build(staging, plan_release(staging, None), created=date(2024, 1, 1), sources={{}})
except TargetError as error:
    sys.exit(str(error))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    assert str(tmp_path) in done.stderr
    assert _names(tmp_path) == [".lock"]


@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL])
def test_without_the_kernel_s_help_nothing_is_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(rename, "_renameat2", lambda *_: code)
    target = LocalTarget(tmp_path)
    _publish(target, "1.0.0")
    with target.stage() as staging:
        write_small(staging, "2.0.0")
        (tmp_path / "2.0.0").mkdir()
        with pytest.raises(ReleaseExistsError):
            target.publish(staging, "2.0.0")
    assert _is_whole(tmp_path / "1.0.0")
    assert _names(tmp_path / "2.0.0") == []


def test_a_rename_that_fails_says_where(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        rename_without_replacing(tmp_path / "missing", tmp_path / "place")


def test_two_publishers_at_once_take_turns(tmp_path: Path) -> None:
    at_work: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        with LocalTarget(tmp_path).stage() as staging:
            at_work.append(number)
            most.append(len(at_work))
            write_small(staging, f"1.0.{number}")
            LocalTarget(tmp_path).publish(staging, f"1.0.{number}")
            at_work.remove(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8
    assert LocalTarget(tmp_path).versions() == tuple(f"1.0.{number}" for number in range(8))
    assert LocalTarget(tmp_path).catalogue().versions() == LocalTarget(tmp_path).versions()


KILLED = """
import os, signal, sys
from pathlib import Path
from flows.release.store import LocalTarget
from tests.release.small import write_small


def publish(dist, left):
    def count(frame, event, called):
        nonlocal left
        if event == "c_call" and getattr(called, "__module__", None) in ("posix", "fcntl"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    target = LocalTarget(dist)
    sys.setprofile(count)
    with target.stage() as staging:
        target.publish(write_small(staging, "1.0.0"), "1.0.0")
    os._exit(0)


for call in range(1, 1000):
    if os.fork() == 0:
        publish(Path(sys.argv[1], str(call)), call)
    ended = os.waitstatus_to_exitcode(os.wait()[1])
    print(ended)
    if ended != -signal.SIGKILL:
        break
"""


def _ends_of_killed_runs(folder: Path) -> list[int]:
    """Publish to a folder of its own for each call that a run makes to the system, and kill the run at that call."""
    command = [sys.executable, "-S", "-c", KILLED, str(folder)]
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return [int(line) for line in done.stdout.split()]


def test_killed_at_any_call_a_release_is_whole_or_absent_and_the_next_run_ends_well(tmp_path: Path) -> None:
    *killed, last = _ends_of_killed_runs(tmp_path)
    assert (set(killed), last) == ({-signal.SIGKILL}, 0)
    whole_after_kill = absent_after_kill = 0
    for call in range(1, len(killed) + 1):
        dist = tmp_path / str(call)
        target, path = LocalTarget(dist), dist / CATALOGUE
        latest = read_catalogue(path.read_text(), "").latest if path.exists() else None
        assert latest is None or _is_whole(dist / latest)
        if target.versions():
            whole_after_kill += 1
            assert _is_whole(dist / "1.0.0")
            _publish(target, "1.0.1")
        else:
            absent_after_kill += 1
            _publish(target, "1.0.0")
        versions = target.versions()
        assert all(_is_whole(dist / version) for version in versions)
        assert target.catalogue().versions() == versions
        assert _names(dist) == [".lock", *versions, "catalog.json"]
    assert absent_after_kill > 20
    assert whole_after_kill > 0
