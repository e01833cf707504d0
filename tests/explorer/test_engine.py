"""DuckDB for pages: locked without addresses, built or told to be missing, shared whole."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from flows.explorer.engine import built_engine, engine_files
from flows.release.objects import Access, open_objects
from flows.release.store import LocalTarget
from flows.release.target import open_target

ROOT = Path(__file__).parents[2]
ADDRESS = "0123456789abcdef" * 2


def test_the_lock_names_no_registry() -> None:
    text = (ROOT / "flows/explorer/wasm/package-lock.json").read_text("utf-8")
    lock = json.loads(text)
    assert "resolved" not in text
    assert set(re.findall(r"https?://([^/\"]+)", text)) <= {"github.com"}  # who is to be thanked
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert re.match(r"sha(?:256|512)-", package["integrity"]), name
    assert packages["node_modules/@duckdb/duckdb-wasm"]["version"] == "1.32.0"


def test_an_engine_is_known_by_its_address(tmp_path: Path) -> None:
    assert built_engine(tmp_path / "nowhere") is None
    (tmp_path / "new").mkdir()
    assert built_engine(tmp_path) is None
    (tmp_path / ADDRESS).mkdir()
    found = built_engine(tmp_path)
    assert found
    assert found.address == ADDRESS


def test_a_target_takes_an_engine_once(tmp_path: Path) -> None:
    built = tmp_path / "built" / ADDRESS
    built.mkdir(parents=True)
    (built / "duckdb.js").write_text("first")
    engine = built_engine(built.parent)
    assert engine
    target = LocalTarget(tmp_path / "dist")
    with target.stage():
        target.share(engine_files(engine))
        (built / "duckdb.js").write_text("second")
        target.share(engine_files(engine))
    assert (tmp_path / "dist" / "engine" / ADDRESS / "duckdb.js").read_text() == "first"
    assert target.versions() == ()


def test_a_store_takes_an_engine_too(tmp_path: Path) -> None:
    (tmp_path / ADDRESS).mkdir()
    (tmp_path / ADDRESS / "duckdb.js").write_text("first")
    engine = built_engine(tmp_path)
    assert engine
    access = Access({}, single_publisher=True)
    target = open_target("memory://bucket/engines", access)
    target.share(engine_files(engine))
    (tmp_path / ADDRESS / "duckdb.js").write_text("second")
    target.share(engine_files(engine))
    assert open_objects("memory://bucket/engines", access).read(f"engine/{ADDRESS}/duckdb.js") == b"first"
    assert target.versions() == ()


def test_without_npm_make_says_so_and_goes_on(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("make", "sh", "mkdir", "touch", "echo"):
        found = subprocess.run(["which", name], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607 - found in the path
        (tools / name).symlink_to(found)
    (tmp_path / "flows/explorer").mkdir(parents=True)
    for name in ("Makefile", "flows/explorer/wasm"):
        (tmp_path / name).symlink_to(ROOT / name)
    ended = subprocess.run(
        [str(tools / "make"), "engine"],
        cwd=tmp_path,
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == "npm is missing: pages get no SQL, but snippets to copy\n"
