"""A compiled parser that is not of its sources is refused."""

import os
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from flows.compiled import check_compiled, compiled_modules
from flows.errors import StaleParserError


@pytest.fixture
def parser(tmp_path: Path) -> Path:
    """A parser of two modules, one of them compiled later than it was written."""
    for at, name in enumerate(["tasks.py", "periods.py", f"tasks{EXTENSION_SUFFIXES[0]}"], start=1):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (at, at))
    return tmp_path


def test_a_compiled_module_is_known_with_its_source(parser: Path) -> None:
    assert compiled_modules(parser) == {parser / f"tasks{EXTENSION_SUFFIXES[0]}": parser / "tasks.py"}
    check_compiled(parser)


def test_a_source_that_was_changed_since_is_named(parser: Path) -> None:
    os.utime(parser / "tasks.py", (9, 9))
    with pytest.raises(StaleParserError, match=r"^tasks\.py was changed after .*`make native`"):
        check_compiled(parser)


def test_sources_alone_are_never_stale(parser: Path) -> None:
    (parser / f"tasks{EXTENSION_SUFFIXES[0]}").unlink()
    os.utime(parser / "tasks.py", (9, 9))
    assert not compiled_modules(parser)
    check_compiled(parser)
