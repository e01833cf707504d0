"""What the flow's process is told of its surroundings, and what becomes of a run whose process dies."""

import signal
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from flows.errors import NewindError
from flows.server import started_server, wait_for
from flows.settings import Settings
from flows.supervisor import prefect_environment, run_flow


def test_prefect_is_quiet_and_at_home_where_it_is_told() -> None:
    told = prefect_environment({"PATH": "/bin"}, Path("/cache"))
    assert told["PATH"] == "/bin"
    assert told["PREFECT_HOME"] == "/cache"
    assert told["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert told["PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS"] == "120"
    assert "PREFECT_API_URL" not in told


def test_what_the_user_sets_wins() -> None:
    user = {"PREFECT_API_URL": "http://server/api", "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "5"}
    told = prefect_environment(user, Path("/cache"))
    assert {name: told[name] for name in user} == user


def test_an_empty_address_is_none() -> None:
    assert "PREFECT_API_URL" not in prefect_environment({"PREFECT_API_URL": ""}, Path("/cache"))


def test_a_proxy_does_not_stand_before_the_temporary_server() -> None:
    told = prefect_environment({"no_proxy": "example.org"}, Path("/cache"))
    assert told["no_proxy"] == "example.org,127.0.0.1,localhost"
    assert told["NO_PROXY"] == "127.0.0.1,localhost"


def test_a_server_that_does_not_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.server.sys.executable", "/bin/false")
    told = r"temporary server ended with exit code 1 before it answered; run it again"
    with pytest.raises(NewindError, match=told), started_server() as server:
        wait_for(server, 60)


@pytest.mark.parametrize("own_home", [False, True])
def test_a_profile_of_the_user_is_honoured(tmp_path: Path, own_home: bool) -> None:  # noqa: FBT001 - a case
    profiles = tmp_path / ".prefect" / "profiles.toml"
    profiles.parent.mkdir()
    profiles.touch()
    user = {"HOME": str(tmp_path), **({"PREFECT_HOME": "/other"} if own_home else {})}
    told = prefect_environment(user, Path("/cache"))
    assert told.get("PREFECT_PROFILES_PATH") == (None if own_home else str(profiles))


WORKER = """
import json, os, sys
settings = json.loads(sys.argv[-1])
if settings["runner"] == "local":
    os.kill(os.getpid(), int(settings["version"]))
if settings["runner"] == "ray":
    os._exit(int(settings["version"]))
told = {"version": "1.0.0", "place": os.environ["TMPDIR"], "previous": None, "reasons": [], "rows": {}, "findings": {}}
print("done", json.dumps(told))
"""


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A worker that dies by the signal or code that it finds in its settings, where threads or Ray parse."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    start = subprocess.Popen

    def popen(command: list[str], **how: Any) -> Any:
        return start([sys.executable, "-c", WORKER, command[-1]], **how)

    monkeypatch.setattr("flows.supervisor.subprocess.Popen", popen)


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize(
    ("runner", "code", "told"),
    [
        ("local", int(signal.SIGSEGV), "the flow was ended by signal 11, by a text or by the system"),
        ("ray", 1, "the flow was ended with exit code 1, as Ray does when its cluster goes away"),
    ],
)
def test_a_worker_that_was_killed_is_tried_with_processes(tmp_path: Path, runner: str, code: int, told: str) -> None:
    lines: list[str] = []
    settings = Settings(Path("raw"), Path("dist"), date(2024, 12, 1), runner=runner, version=str(code))
    room = Path(run_flow(settings, lambda _: None, lines.append).place or "")
    assert room.parent.parent == tmp_path
    assert not room.exists()
    assert lines == [f"{told}; starting it again with --runner processes"]


@pytest.mark.usefixtures("stand_in")
def test_a_worker_that_was_asked_to_end_is_not_tried_again() -> None:
    settings = Settings(Path("raw"), Path("dist"), date(2024, 12, 1), version=str(int(signal.SIGTERM)))
    with pytest.raises(NewindError, match="the flow broke off with exit code -15"):
        run_flow(settings, lambda _: None, pytest.fail)
