"""The flow on a real Prefect server with a home of its own, run as a user runs it."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.read import read_raw
from flows.release.scratch import scratch
from flows.settings import Settings
from flows.shards import write_shard
from flows.supervisor import run_flow

ROOT = Path(__file__).parents[1]
NEWIND = [sys.executable, "-m", "flows", "publish", "--raw", str(ROOT / "raw"), "--date", "2024-12-01"]
QUIET = {"PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}

Api = Callable[[str], list[dict[str, Any]]]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment of a user who has a Prefect server, here one that ends with this module."""
    home = tmp_path_factory.mktemp("prefect")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**QUIET, "PREFECT_HOME": str(home)}.items():
            patch.setenv(name, value)
        from prefect.settings import PREFECT_API_URL  # noqa: PLC0415 - Prefect reads its home when it is imported
        from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415 - see above

        with prefect_test_harness(server_startup_timeout=120):
            yield {**os.environ, "PREFECT_API_URL": str(PREFECT_API_URL.value())}


@pytest.fixture(scope="module")
def api(environment: dict[str, str]) -> Api:
    """Ask that server for all it has of a kind."""

    def ask(kind: str) -> list[dict[str, Any]]:
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{environment['PREFECT_API_URL']}/{kind}/filter", b"{}", {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - our own server
            return list(json.load(response))

    return ask


@pytest.fixture(scope="module")
def published(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of releases with the first one in it."""
    dist = tmp_path_factory.mktemp("flow") / "dist"
    ended = publish(dist, environment)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, f"{dist / '1.0.0'}\n", "")
    return dist


def publish(dist: Path, environment: dict[str, str], *options: str) -> subprocess.CompletedProcess[str]:
    command = [*NEWIND, "--dist", str(dist), *(options or ["--no-cache"])]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def eventually(ask: Callable[[], bool]) -> bool:
    """Wait for what the server learns after the flow's end."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if ask():
            return True
        time.sleep(0.2)
    return False


def test_a_run_can_be_read_in_prefect(published: Path, api: Api) -> None:
    assert published.is_dir()
    runs = {run["name"]: run["state_name"] for run in api("flow_runs")}
    assert runs == {f"publish {ROOT / 'raw'} of 2024-12-01": "Completed"}
    steps = {
        f"read texts of {ROOT / 'raw'}",
        "parse texts 1-5 of 5",
        "assemble tables",
        "validate tables",
        "plan version",
        "build release 1.0.0",
        "publish release",
        "summarise release",
    }
    assert eventually(lambda: {run["name"] for run in api("task_runs")} == steps)
    progress, artifact = sorted(api("artifacts"), key=lambda it: it["key"])
    assert (progress["key"], progress["type"], progress["data"]) == ("parse", "progress", 100.0)
    assert progress["description"].startswith("parsed 5 of 5 texts, ")
    assert (artifact["key"], artifact["type"]) == ("release", "markdown")
    assert artifact["data"].startswith("# Release 1.0.0\n")
    assert "| metrics |" in artifact["data"]
    assert eventually(lambda: any(log["message"].startswith("published ") for log in api("logs")))


def test_the_same_texts_publish_nothing_more(published: Path, environment: dict[str, str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in published.rglob("*") if path.is_file()}
    ended = publish(published, environment)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "nothing changed since 1.0.0\n")
    after = {path: path.stat().st_mtime_ns for path in published.rglob("*") if path.is_file()}
    assert {path for path in after if path.name != ".lock"} == {path for path in before if path.name != ".lock"}
    assert {path: after[path] for path in before if "1.0.0" in path.parts} == {
        path: time for path, time in before.items() if "1.0.0" in path.parts
    }


def test_one_date_gives_the_same_bytes(published: Path, environment: dict[str, str], tmp_path: Path) -> None:
    publish(tmp_path, {**environment, "TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "7"})
    first, second = published / "1.0.0", tmp_path / "1.0.0"
    names = sorted(str(path.relative_to(first)) for path in first.rglob("*") if path.is_file())
    assert names == sorted(str(path.relative_to(second)) for path in second.rglob("*") if path.is_file())
    differing = [name for name in names if (first / name).read_bytes() != (second / name).read_bytes()]
    assert set(differing) <= {"new-industrialization.duckdb", "explorer/data/database.js", "SHA256SUMS"}


def test_what_was_parsed_before_is_cached_in_prefect(
    published: Path, environment: dict[str, str], api: Api, tmp_path: Path
) -> None:
    write_shard(read_raw(ROOT / "raw", keep=False).texts[1:], ROOT / "raw", tmp_path / "cache")
    ended = publish(tmp_path / "dist", environment, "--cache", str(tmp_path / "cache"), "--runner", "processes")
    assert (ended.returncode, ended.stderr) == (0, "")
    wanted = {("keep 4 texts", "Cached"), ("parse texts 1-1 of 1", "Completed")}
    assert eventually(lambda: wanted <= {(run["name"], run["state_name"]) for run in api("task_runs")})
    data = sorted((published / "1.0.0" / "data").iterdir())
    assert [path.read_bytes() for path in data] == [
        (tmp_path / "dist" / "1.0.0" / "data" / path.name).read_bytes() for path in data
    ]


@pytest.mark.parametrize("runner", ["processes", "dask", "ray"])
def test_every_runner_gives_the_same_bytes(
    published: Path, environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runner: str
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", environment["PREFECT_API_URL"])
    warned: list[str] = []
    several = 20_000  # bytes a batch, so that each worker has more than one
    run_flow(
        Settings(ROOT / "raw", tmp_path, date(2024, 12, 1), runner=runner, workers=2, batch_bytes=several),
        lambda _: None,
        warned.append,
    )
    assert not [line for line in warned if "lost" in line]
    data = sorted((published / "1.0.0" / "data").iterdir())
    assert data
    assert [path.read_bytes() for path in data] == [
        (tmp_path / "1.0.0" / "data" / path.name).read_bytes() for path in data
    ]


def test_what_the_flow_refuses_is_one_line(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "1.0.0").mkdir()  # something that calls itself a release
    ended = publish(tmp_path, environment)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("newind: ")
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert list((tmp_path / "1.0.0").iterdir()) == []


def test_a_server_that_is_not_there_is_told(environment: dict[str, str], tmp_path: Path) -> None:
    ended = publish(tmp_path, {**environment, "PREFECT_API_URL": "http://127.0.0.1:9/api"})
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Failed to reach API at http://127.0.0.1:9/api" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are read from /proc")
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 130), (signal.SIGKILL, -9)])
def test_nothing_is_left_behind(
    environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals, code: int
) -> None:
    command = [*NEWIND, "--dist", str(tmp_path)]
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    own_server = {**environment, "PREFECT_API_URL": "", "TMPDIR": str(temporary)}
    with subprocess.Popen(command, env=own_server, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert eventually(lambda: len(family(process.pid)) == 2), "the worker and its temporary server"
        children = family(process.pid)
        process.send_signal(sign)
        out, err = process.communicate(timeout=60)
    told = b"newind: interrupted; nothing was published\n" if sign != signal.SIGKILL else b""
    assert (process.returncode, out, err) == (code, b"", told)
    assert eventually(lambda: not [child for child in children if alive(child)])
    assert not list(tmp_path.glob("*.*.*"))
    assert len(list(temporary.glob("newind-*/run-*"))) == (sign == signal.SIGKILL)
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    with scratch(lambda _: None):
        pass  # as the next run does
    assert [path for path in temporary.rglob("*") if path.name != ".lock"] == [temporary / f"newind-{os.getuid()}"]


def family(pid: int) -> list[int]:
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except OSError:
        return []
    return [*children, *(grandchild for child in children for grandchild in family(child))]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
