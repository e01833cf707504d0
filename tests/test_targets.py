"""The whole way with a store, as a user goes it: publish, look, verify, pull, compare; and no secret stays anywhere."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from flows.parse import parse_raw
from flows.parse.assemble import assemble
from flows.read import read_raw
from flows.release.validate import validate
from flows.schema import to_tables
from flows.vocabulary import default_vocabulary
from tests.making import make_release
from tests.s3_gateway import KEY, SECRET, Server

ROOT = Path(__file__).parents[1]
TEXT = "Exports grew by 5.2 percent in 2023, the ministry said.\n\nWe will build 30 laboratories in 2024.\n"


class Published(NamedTuple):
    """What was published where, from which folder, and what the command said."""

    address: str
    folder: Path
    environment: dict[str, str]
    place: str


@pytest.fixture(scope="module")
def published(s3: Server, tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = tmp_path_factory.mktemp("user")
    (folder / "raw").mkdir()
    (folder / "raw/exports.txt").write_text(TEXT, "utf-8")
    (folder / "tmp").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PREFECT_", "XDG_"))}
    environment = {**kept, **s3.environment(), "HOME": str(folder), "TMPDIR": str(folder / "tmp")}
    address = f"{s3.new_bucket()}/releases"
    ended = newind(folder, environment, "publish", "--date", "2024-12-01", "--to", address, "--verbose")
    assert ended.returncode == 0, ended.stderr
    assert SECRET not in ended.stdout + ended.stderr
    return Published(address, folder, environment, ended.stdout.strip())


def newind(folder: Path, environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    """Call the command line in a process of its own."""
    command = [sys.executable, "-m", "flows", *map(str, arguments)]
    environment = {**environment, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def call(published: Published, *arguments: object) -> str:
    """Call the command line, and return what it printed."""
    ended = newind(published.folder, published.environment, *arguments)
    assert (ended.returncode, ended.stderr) == (0, ""), ended
    return ended.stdout


def test_it_is_where_it_says(published: Published) -> None:
    assert published.place.startswith(f"{published.address}/1.0.0-")
    assert call(published, "catalog", "--to", published.address).startswith("1.0.0  2024-12-01  latest\n")
    assert "FAILED" not in call(published, "verify", published.address)
    assert "nothing would be published" in call(published, "plan", "--to", published.address)


def test_what_is_pulled_is_what_a_rebuild_gives(published: Published, tmp_path: Path) -> None:
    assert call(published, "pull", f"{published.address}@1.0.0", tmp_path).strip() == str(tmp_path / "1.0.0")
    assert "nothing would be published" in call(published, "plan", "--dist", tmp_path)
    texts, vocabulary = read_raw(published.folder / "raw").texts, default_vocabulary()
    tables = to_tables(assemble([parse_raw(text, vocabulary) for text in texts], vocabulary))
    sources = {text.document_id: text.source for text in texts}
    ours, theirs = tmp_path / "again", tmp_path / "1.0.0"
    make_release(tables, ours, sources, created=date(2024, 12, 1), checked=validate(tables))
    names = sorted(path.relative_to(ours).as_posix() for path in ours.rglob("*") if path.is_file())
    differing = [name for name in names if (ours / name).read_bytes() != (theirs / name).read_bytes()]
    assert set(differing) <= {"new-industrialization.duckdb", "explorer/data/database.js", "SHA256SUMS"}
    assert call(published, "diff", published.address, ours).startswith("No row, value or schema has changed")


def test_no_secret_stays_anywhere(published: Published) -> None:
    held = [path for path in published.folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".db" for path in held), "Prefect's database is among them"
    assert not [path for path in held if SECRET.encode() in path.read_bytes()]
    assert not [path for path in held if KEY.encode() in path.read_bytes()]
    assert not list((published.folder / "tmp").glob("newind-*/run-*"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["publish", "--to"],
        ["plan", "--to"],
        ["catalog", "--to"],
        ["catalog", "--rebuild", "--to"],
        ["withdraw", "1.0.0", "--reason", "x", "--to"],
        ["verify"],
    ],
    ids=" ".join,
)
def test_wrong_credentials_are_told_in_one_line(published: Published, arguments: list[str]) -> None:
    environment = {**published.environment, "AWS_SECRET_ACCESS_KEY": "wrong-secret"}
    ended = newind(published.folder, environment, *arguments, published.address)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith(f"newind: {published.address}: the credentials are wrong (SignatureDoesNotMatch); ")
    assert ended.stderr.count("\n") == 1
    assert "wrong-secret" not in ended.stderr


def test_credentials_may_stand_in_the_usual_file(published: Published, tmp_path: Path) -> None:
    (tmp_path / "credentials").write_text(
        f"[default]\naws_access_key_id = wrong\naws_secret_access_key = wrong\n"
        f"[mine]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\n",
        "utf-8",
    )
    other = {name: value for name, value in published.environment.items() if "_KEY" not in name}
    other |= {"AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"), "AWS_PROFILE": "mine"}
    assert newind(tmp_path, other, "catalog", "--to", published.address).returncode == 0
    wrong = newind(tmp_path, {**other, "AWS_PROFILE": "default"}, "catalog", "--to", published.address)
    assert "the credentials are wrong (InvalidAccessKeyId)" in wrong.stderr
    (tmp_path / "credentials").write_text("nonsense", "utf-8")
    broken = newind(tmp_path, other, "catalog", "--to", published.address)
    assert (broken.returncode, broken.stderr.count("\n")) == (1, 1)


def test_a_password_in_an_address_is_refused_before_it_is_logged(published: Published) -> None:
    ended = newind(published.folder, published.environment, "publish", "--to", "sftp://me:hunter2@host/x")
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (1, "", 1)
    assert "hunter2" not in ended.stderr
