"""The README does what it says: its commands and snippets are run, in their order, where a user would run them."""

import os
import pty
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.main import get_command

from flows.cli import app
from flows.query import ask
from flows.schema import resource_names
from flows.sources import read_sources

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
COMMANDS = [line[2:] for language, block in BLOCKS if language == "console" for line in block.splitlines()]
OTHERWISE = frozenset({"make publish", ". .venv/bin/activate"})  # the first is the fixture `place`


class Place(NamedTuple):
    """A folder like a fresh clone after `make publish`, its environment, and what a terminal showed meanwhile."""

    folder: Path
    environment: dict[str, str]
    shown: str


@pytest.fixture(scope="module")
def port() -> int:
    """A port for a Prefect server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Publish the five texts as `make publish` does, with an empty home, before a terminal."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "raw", folder / "raw")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "XDG_"))}
    environment |= {"HOME": str(folder / "home"), "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    environment |= {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
    (folder / "home").mkdir()
    ours, theirs = pty.openpty()
    ended = subprocess.run(
        ["newind", "publish"],  # noqa: S607 - found in the path set above
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        check=False,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert (ended.returncode, ended.stdout) == (0, "dist/1.0.0\n"), shown
    yield Place(folder, environment, shown)
    if (folder / "home/.prefect/server.pid").exists():  # a test between start and stop failed
        shell("prefect server stop", Place(folder, environment, shown))


def test_a_terminal_shows_progress(place: Place) -> None:
    lines = place.shown.splitlines()
    assert lines[0] == "starting the flow on a temporary Prefect server"
    assert lines[1] == "read 5 texts from raw"
    assert lines[2].startswith("parsed 5 of 5 texts, ")
    assert lines[-1] == "published dist/1.0.0"


def test_publishing_leaves_nothing_else(place: Place) -> None:
    assert sorted(path.name for path in place.folder.iterdir()) == ["dist", "home", "raw"]
    assert [path.name for path in (place.folder / "home").iterdir()] == [".cache"]


def test_make_publish_is_the_command() -> None:
    assert re.search(r"newind publish$", dry_run("publish"), re.MULTILINE)


@pytest.mark.parametrize("command", [line for line in COMMANDS if line not in OTHERWISE])
def test_a_command_of_the_readme_works(place: Place, port: int, command: str) -> None:
    if command.startswith("make "):
        assert dry_run(command.removeprefix("make "))
        return
    command = command.replace("--background", f"--background --port {port}").replace(":4200/", f":{port}/")
    ended = shell(command, place)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout or ended.stderr == "nothing changed since 1.0.0\n"
    if "server start" in command:
        assert answers(port)


def shell(command: str, place: Place) -> subprocess.CompletedProcess[str]:
    """Run a line as a user types it."""
    line = ["bash", "-c", command]
    return subprocess.run(line, cwd=place.folder, env=place.environment, capture_output=True, text=True, check=False)


def answers(port: int) -> bool:
    """Wait until something listens there."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.2)
    return False


@pytest.mark.parametrize("sql", [block for language, block in BLOCKS if language == "sql"])
def test_a_query_of_the_readme_has_rows(place: Place, sql: str) -> None:
    assert ask(place.folder / "dist/1.0.0", sql).rows


@pytest.mark.parametrize("code", [block for language, block in BLOCKS if language == "python"])
def test_a_snippet_of_the_readme_prints(place: Place, code: str) -> None:
    ended = subprocess.run([sys.executable, "-c", code], cwd=place.folder, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.strip() not in {"", "[]"}


def test_the_record_of_the_readme_is_sound() -> None:
    (block,) = [block for language, block in BLOCKS if language == "toml"]
    ((document_id, record),) = tomllib.loads(block).items()
    sources, faults = read_sources(ROOT / "raw", [path.stem for path in (ROOT / "raw").glob("*.txt")])
    assert not faults
    assert sources[document_id].sha256 == record["sha256"]


def test_every_command_and_option_is_in_the_readme() -> None:
    commands = getattr(get_command(app), "commands", {})
    assert commands
    for name, command in commands.items():
        section = re.search(rf"^- \*\*`newind {name}`\*\*.*?(?=^- |^$)", README, re.MULTILINE | re.DOTALL)
        assert section, name
        for parameter in command.params:
            options = [option for option in parameter.opts if option.startswith("--")] or [parameter.name.upper()]
            assert any(option in section[0] for option in options), (name, options)


def test_every_table_is_in_the_readme() -> None:
    for name in resource_names():
        assert f"| `{name}` | " in README


def test_the_links_of_the_readme_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_every_language_of_a_block_is_tested() -> None:
    assert {language for language, _ in BLOCKS} == {"console", "sql", "python", "toml"}
    assert all(
        line.startswith("$ ") for language, block in BLOCKS if language == "console" for line in block.splitlines()
    )


def dry_run(target: str) -> str:
    """Say what make would do."""
    command = ["make", "--dry-run", target]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
