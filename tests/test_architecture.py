"""The house rules that a reader relies on, held by walking the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FLOWS = Path(__file__).parents[1] / "flows"
MODULES = sorted(FLOWS.rglob("*.py"))
INPUT_AND_OUTPUT = """
    os io pathlib shutil tempfile glob subprocess socket ssl http urllib httpx requests random secrets uuid time locale
    sqlite3 duckdb pyarrow frictionless threading multiprocessing asyncio logging sys
"""
IMPURE_CALLS = frozenset({"open", "print", "input", "now", "today", "utcnow", "getenv", "fromtimestamp"})
TAKEN_NAMES = """
    utils helpers util helper common misc
    prefect duckdb pyarrow frictionless typer click rich dask ray types io logging json csv date time
"""


def name_of(path: Path) -> str:
    parts = ("flows", *path.relative_to(FLOWS).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            module = node.module or ""
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def within(path: Path, package: str) -> bool:
    return name_of(path).startswith(f"flows.{package}")


def imported(path: Path, package: str) -> list[str]:
    return [name for name in imports(path) if name == package or name.startswith(f"{package}.")]


each_module = pytest.mark.parametrize("path", MODULES, ids=name_of)


@each_module
def test_prefect_stays_at_the_edge(path: Path) -> None:
    if name_of(path) not in {"flows.publish", "flows.steps", "flows.runners", "flows.server"}:
        assert not imported(path, "prefect")


@pytest.mark.parametrize("path", [path for path in MODULES if within(path, "parse")], ids=name_of)
def test_parse_is_pure(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports(path)}
    assert roots.isdisjoint(INPUT_AND_OUTPUT.split())
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    }
    assert not called & IMPURE_CALLS
    if name_of(path) != "flows.parse.rules":
        assert "importlib" not in roots


@pytest.mark.parametrize("path", [path for path in MODULES if within(path, "parse")], ids=name_of)
def test_the_parser_can_be_compiled(path: Path) -> None:
    """Compiled classes look their types up when they are made, and what only type checkers import is not there."""
    assert not imported(path, "typing.TYPE_CHECKING")


@each_module
def test_the_two_halves_meet_in_tables_alone(path: Path) -> None:
    if within(path, "parse"):
        for package in ("flows.release", "flows.schema", "flows.read", "flows.steps", "flows.settings"):
            assert not imported(path, package)
    if within(path, "release"):
        for package in ("flows.parse", "flows.read", "flows.steps", "flows.settings"):
            assert not imported(path, package)


@each_module
def test_nobody_walks_back_to_the_edge(path: Path) -> None:
    edge = {"cli", "worker", "supervisor", "publish", "steps", "runners", "server"}
    name = name_of(path).removeprefix("flows.")
    above = {
        "cli": {"supervisor"},
        "__main__": {"cli"},
        "worker": {"publish", "runners"},
        "publish": {"steps"},
        "runners": {"server"},
    }.get(name, set())
    for module in edge - above - {name}:
        assert not imported(path, f"flows.{module}")


@each_module
def test_a_module_has_at_most_300_lines_and_a_telling_name(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300
    assert path.stem not in TAKEN_NAMES.split()


@each_module
def test_a_function_has_at_most_50_lines(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 <= 50, node.name


@each_module
def test_shipped_code_neither_asserts_nor_brings_its_own_exceptions(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not isinstance(node, ast.Assert)
        if isinstance(node, ast.ClassDef) and name_of(path) != "flows.errors":
            assert not [base for base in node.bases if ast.unparse(base).endswith(("Error", "Exception"))]


def test_the_flow_is_a_table_of_contents() -> None:
    forbidden = (ast.For, ast.While, ast.If, ast.IfExp, ast.BinOp, ast.BoolOp, ast.comprehension, ast.Try)
    tree = ast.parse((FLOWS / "publish.py").read_text("utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, forbidden)]


@each_module
def test_only_the_edge_reads_a_clock_or_the_environment(path: Path) -> None:
    if name_of(path) not in {"flows.settings", "flows.supervisor", "flows.cli"}:
        text = path.read_text("utf-8")
        for call in ("os.environ", "getenv(", "time.time(", ".now(", ".today(", "uuid4("):
            assert call not in text
