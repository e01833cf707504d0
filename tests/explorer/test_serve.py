"""The local server: this machine alone, the release and the engine alone, ranges, and plain words."""

from __future__ import annotations

import http.client
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.explorer.browsing import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.explorer.conftest import Site

NEWIND = [sys.executable, "-m", "flows", "serve"]


def get(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response.status, {name.lower(): value for name, value in response.getheaders()}, response.read()


@pytest.fixture(scope="module")
def running(five: Site) -> Iterator[str]:
    """The command as a user runs it; its address, which it prints."""
    command = [*NEWIND, "--no-browser", "--dist", str(five.folder.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().strip()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr
        assert process.stderr.read() == "newind: interrupted\n"


def test_the_command_serves_the_newest_release(running: str, five: Site) -> None:
    assert running.startswith("http://127.0.0.1:")
    assert running.endswith("/1.0.0/")
    status, _, page = get(running, "/1.0.0/")
    assert (status, page) == (200, (five.folder / "index.html").read_bytes())
    assert get(running, "/")[0] == 307


def test_a_part_of_a_file_can_be_asked_for(running: str, five: Site) -> None:
    name = "new-industrialization.duckdb"
    whole = (five.folder / name).read_bytes()
    status, headers, part = get(running, f"/1.0.0/{name}", Range="bytes=100-199")
    assert (status, part) == (206, whole[100:200])
    assert headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert get(running, f"/1.0.0/{name}", Range=f"bytes={len(whole) + 1}-")[0] == 416


@pytest.mark.parametrize(
    "path", ["/catalog.json", "/.lock", "/1.0.0/../.lock", "/1.0.0/%2e%2e/.lock", "/engine/../.lock"]
)
def test_nothing_else_is_served(running: str, path: str) -> None:
    assert get(running, path)[0] == 404


def test_other_names_of_this_machine_are_refused(running: str) -> None:
    assert get(running, "/1.0.0/", Host="elsewhere.example")[0] == 400


def test_what_a_link_points_at_outside_is_not_served(five: Site, tmp_path: Path) -> None:
    (tmp_path / "1.0.0").mkdir()
    (tmp_path / "1.0.0" / "index.html").write_bytes((five.folder / "index.html").read_bytes())
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "1.0.0" / "link").symlink_to(tmp_path / "secret")
    with served(tmp_path / "1.0.0") as address:
        assert get(address, "/1.0.0/link")[0] == 404


def test_a_taken_port_is_told_in_one_line(five: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [*NEWIND, "--no-browser", "--port", port, str(five.folder)]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"newind: port {port} cannot be used")
    assert ended.stderr.count("\n") == 1


def test_a_folder_without_a_page_is_told_in_one_line(tmp_path: Path) -> None:
    ended = subprocess.run([*NEWIND, "--no-browser", str(tmp_path)], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "there is no index.html" in ended.stderr
    assert ended.stderr.count("\n") == 1
