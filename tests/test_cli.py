"""The command line: help, exit codes, what goes to which stream, and what a user is told."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from flows.cli import app, main
from flows.query import ask

COMMANDS = sorted(command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands)
NEWIND = [sys.executable, "-m", "flows"]


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command line in this process."""

    def call(*arguments: object) -> Ended:
        with pytest.raises(SystemExit) as caught:
            main([str(argument) for argument in arguments])
        streams = capsys.readouterr()
        return Ended(int(caught.value.code or 0), streams.out, streams.err)

    return call


@pytest.fixture(scope="session")
def ids(dist: Path) -> dict[str, str]:
    """One row id of each kind that can be explained."""
    release = dist / "1.0.0"
    keys = {
        "metric": "metric_id FROM metrics WHERE speaker_id IS NOT NULL",
        "task": "task_id FROM tasks",
        "mention": "mention_id FROM mentions",
        "finding": "finding_id FROM findings WHERE char_start IS NOT NULL",
        "passage": "passage_id FROM passages",
        "appearance": "concat_ws('/', document_id, speaker_id, role) FROM appearances",
        "document": "document_id FROM documents",
        "speaker": "speaker_id FROM speakers",
        "indicator": "indicator_id FROM indicators",
        "entity": "entity_id FROM entities",
    }
    return {kind: str(ask(release, f"SELECT {key} LIMIT 1").rows[0][0]) for kind, key in keys.items()}


def test_the_commands() -> None:
    assert COMMANDS == ["catalog", "diff", "explain", "plan", "publish", "pull", "query", "serve", "verify", "withdraw"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(run: Run, command: str) -> None:
    ended = run(command, "--help")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"Usage: newind {command} ")
    assert re.search(rf"Examples:\n +newind {command}\b", ended.out)


def test_help_names_every_command_and_comes_without_heavy_imports() -> None:
    code = "import sys, flows.cli as c\ntry: c.main(['--help'])\nexcept SystemExit: print(sorted(sys.modules))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert all(command in told for command in COMMANDS)
    assert not [name for name in ("'prefect'", "'duckdb'", "'pyarrow'", "'frictionless'") if name in told]


def test_version(run: Run) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["query"],
        ["publish", "--nonsense"],
        ["explain"],
        ["verify", "1.0.0", "extra"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_2_and_nothing_on_stdout(run: Run, arguments: list[str]) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Usage:" in ended.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["query", "SELECT 1", "--format", "xml"], "--format: 'xml' is no format; write table, csv or json"),
        (["publish", "--date", "2026-13-01"], "--date: '2026-13-01' is no date; write a day as YYYY-MM-DD"),
        (["diff", "a", "b", "--format", "xml"], "--format: 'xml' is no format; write text, json or csv"),
        (["publish", "--date", "20260131"], "--date: '20260131' is no date; write a day as YYYY-MM-DD"),
    ],
)
def test_a_wrong_value_is_one_line_with_what_is_allowed(run: Run, arguments: list[str], told: str) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"newind: {told}")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("command", [[], *([command] for command in COMMANDS)], ids=" ".join)
def test_help_has_a_short_form(run: Run, command: list[str]) -> None:
    assert run(*command, "-h") == run(*command, "--help")


def test_ctrl_c_is_one_line(run: Run, dist: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.query.ask", _called_off)
    assert run("query", "SELECT 1", "--dist", dist) == Ended(130, "", "newind: interrupted\n")


def test_ctrl_c_says_what_was_published(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "text.txt").write_text("Output rose.")
    command = ("publish", "--raw", tmp_path, "--dist", tmp_path)
    monkeypatch.setattr("flows.supervisor.run_flow", _called_off)
    assert run(*command) == Ended(130, "", "newind: interrupted; nothing was published\n")

    def published_first(*_: object, **__: object) -> None:
        (tmp_path / "1.0.0").mkdir()
        raise KeyboardInterrupt

    monkeypatch.setattr("flows.supervisor.run_flow", published_first)
    told = f"newind: interrupted; {tmp_path / '1.0.0'} was published before that\n"
    assert run(*command) == Ended(130, "", told)


def _called_off(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_query_as_a_table(run: Run, dist: Path) -> None:
    ended = run(
        "query", "SELECT 'steel' AS name, 5.0::DOUBLE AS value, NULL AS none, '金壮龙' AS native", "--dist", dist
    )
    assert ended == Ended(
        0, "name   value  none  native\n─────  ─────  ────  ──────\nsteel      5        金壮龙\n(1 row)\n", ""
    )


def test_only_a_table_cuts_long_values(run: Run, dist: Path) -> None:
    query = ("query", f"SELECT '{'x' * 61}' AS a, '{'y' * 60}' AS b", "--dist", dist)
    assert run(*query).out.splitlines()[2] == f"{'x' * 59}…  {'y' * 60}"
    for form in ("csv", "json"):
        assert "x" * 61 in run(*query, "--format", form).out


def test_query_as_csv(run: Run, dist: Path) -> None:
    sql = "SELECT 'a,\"b\"' AS x, 1.5 AS x, NULL AS y, [1, 2] AS z, true AS b, DATE '2024-01-31' AS d"
    ended = run("query", sql, "--dist", dist, "--format", "csv")
    assert list(csv.reader(io.StringIO(ended.out))) == [
        ["x", "x_2", "y", "z", "b", "d"],
        ['a,"b"', "1.5", "", "[1, 2]", "true", "2024-01-31"],
    ]


def test_query_as_json(run: Run, dist: Path) -> None:
    sql = "SELECT 'é' AS x, 1.5::DECIMAL(4,2) AS x, 'nan'::DOUBLE AS y, [DATE '2024-01-31'] AS z, {'a': NULL} AS s"
    ended = run("query", sql, "--dist", dist, "--format", "json", "--release", "1.0.0")
    assert json.loads(ended.out) == [{"x": "é", "x_2": 1.5, "y": None, "z": ["2024-01-31"], "s": {"a": None}}]
    assert run("query", "FROM metrics LIMIT 0", "--dist", dist, "--format", "json").out == "[]\n"


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT * FROM metrcs", 'Did you mean "metrics"?'),
        ("SELEC 1", "syntax error"),
        ("DELETE FROM metrics", "read-only"),
        ("COPY metrics TO 'metrics.csv'", "disabled by configuration"),
        ("SELECT * FROM read_text('/etc/hostname')", "disabled by configuration"),
        ("", "the query has no result; write a SELECT"),
    ],
)
def test_a_query_that_fails_is_told_in_one_line(run: Run, dist: Path, sql: str, told: str) -> None:
    ended = run("query", sql, "--dist", dist)
    assert (ended.code, ended.out) == (1, "")
    assert told in ended.err
    assert ended.err.startswith("newind: ")
    assert ended.err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["query", "SELECT 1"], ["explain", "x"], ["verify", "1.0.0"]], ids=" ".join)
def test_without_a_release_the_next_step_is_told(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    ended = run(*arguments, "--dist", tmp_path)
    assert (ended.code, ended.out) == (1, "")
    assert "publish" in ended.err
    assert ended.err.count("\n") == 1


def test_an_unknown_release_is_answered_with_those_that_exist(run: Run, dist: Path) -> None:
    for arguments in (["query", "SELECT 1", "--release", "9.0.0"], ["verify", "9.0.0"]):
        assert "no release 9.0.0; there are 1.0.0" in run(*arguments, "--dist", dist).err


@pytest.mark.parametrize(
    "kind",
    "metric task mention finding passage appearance document speaker indicator entity".split(),  # noqa: SIM905 - plain
)
def test_explain_shows_where_a_row_comes_from(run: Run, dist: Path, ids: dict[str, str], kind: str) -> None:
    ended = run("explain", ids[kind], "--dist", dist)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"{kind} {ids[kind]}\n")
    if kind in {"metric", "task", "mention", "finding", "appearance"}:
        assert re.search(r"\[\[.+\]\]", ended.out)
        assert re.search(r"^  document  .*raw/.+\.txt$", ended.out, re.MULTILINE)
    if kind in {"metric", "task", "appearance"}:
        assert re.search(r"^  (speaker|document)  ", ended.out, re.MULTILINE)


def test_explain_marks_the_words_of_a_metric(run: Run, dist: Path, ids: dict[str, str]) -> None:
    sql = "SELECT value_text, rule FROM metrics WHERE metric_id = '{}'"
    ((words, rule),) = ask(dist / "1.0.0", sql.format(ids["metric"])).rows
    told = run("explain", ids["metric"], "--dist", dist).out
    assert f"[[{words}]]" in told
    assert re.search(rf"^  rule +{rule}$", told, re.MULTILINE)


def test_explain_says_why_a_number_is_no_metric(run: Run, dist: Path) -> None:
    roles = ask(dist / "1.0.0", "SELECT role, min(numeral_id) FROM numerals GROUP BY role").rows
    for role, numeral_id in roles:
        told = run("explain", numeral_id, "--dist", dist).out
        assert re.search(r"^  taken for +" + ("a metric: " if role == "metric" else "no metric: "), told, re.MULTILINE)


def test_explain_of_an_unknown_row(run: Run, dist: Path) -> None:
    ended = run("explain", "nothing:m1", "--dist", dist)
    assert (ended.code, ended.out) == (1, "")
    assert "no row has the id 'nothing:m1'" in ended.err
    bare = run("explain", "m1285", "--dist", dist).err
    assert "an id begins with its document, as in DOCUMENT:m1285;" in bare
    assert '"FROM metrics SELECT metric_id"' in bare


@pytest.mark.parametrize(
    ("row_id", "table"),
    [
        ("x:m1", "metrics"),
        ("x:t1", "tasks"),
        ("x:n1", "numerals"),
        ("x:p1", "passages"),
        ("x:e1", "mentions"),
        ("x:f1", "findings"),
    ],
)
def test_an_unknown_row_is_looked_for_in_its_table(run: Run, dist: Path, row_id: str, table: str) -> None:
    told = run("explain", row_id, "--dist", dist).err
    assert f"lists those of the {table}\n" in told
    sql = re.search(r'newind query "(.+)"', told)
    assert sql
    assert ask(dist / "1.0.0", sql[1]).rows
    assert 'newind query "SHOW TABLES"' in run("explain", "someone", "--dist", dist).err


def test_verify_by_version_and_by_folder(run: Run, dist: Path) -> None:
    by_version = run("verify", "1.0.0", "--dist", dist)
    assert (by_version.code, by_version.err) == (0, "")
    assert by_version.out == run("verify", dist / "1.0.0").out
    assert all(line.startswith("ok ") for line in by_version.out.splitlines())
    assert by_version == run("verify", "1.0.0/", "--dist", dist)


def test_verify_of_what_is_neither_version_nor_folder(run: Run, dist: Path) -> None:
    told = "newind: 3: this is no version such as 1.0.0, no folder and no URL\n"
    assert run("verify", "3", "--dist", dist) == Ended(1, "", told)


def test_verify_of_what_is_no_release(run: Run, tmp_path: Path) -> None:
    ended = run("verify", tmp_path)
    assert ended.code == 1
    assert "FAILED the tables cannot be read\n" in ended.out
    assert "Errno" not in ended.out
    assert ended.err == f"newind: {tmp_path} is not sound; fetch or copy it again\n"


def test_publish_tells_all_faults_of_the_texts_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "latin.txt").write_bytes(b"\xe9")
    ended = run("publish", "--raw", tmp_path, "--dist", tmp_path / "dist")
    assert (ended.code, ended.out) == (1, "")
    assert [line.split(": ")[1] for line in ended.err.splitlines()] == [
        str(tmp_path / "empty.txt"),
        str(tmp_path / "latin.txt"),
    ]
    assert not (tmp_path / "dist").exists()


def test_publish_into_a_file_or_from_nowhere(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert "file: this is not a folder" in run("publish", "--raw", tmp_path, "--dist", tmp_path / "file").err
    assert "there is no such folder" in run("publish", "--raw", tmp_path / "x", "--dist", tmp_path / "y").err


@pytest.mark.parametrize("missing", [False, True])
def test_an_unwritable_place_is_told_before_the_flow_starts(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    missing: bool,  # noqa: FBT001 - a case
) -> None:
    monkeypatch.setattr("os.access", lambda path, mode: not (Path(path) == tmp_path and mode & os.W_OK))
    monkeypatch.setattr("flows.supervisor.run_flow", _called_off)
    dist = tmp_path / "a/b" if missing else tmp_path
    ended = run("publish", "--dist", dist)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"newind: {dist}: releases cannot be written here")
    assert not list(tmp_path.iterdir())


def test_a_wrong_epoch_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    ended = run("publish")
    assert (ended.code, ended.err[:37]) == (1, "newind: SOURCE_DATE_EPOCH is 'soon'; ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["query", "FROM metrics"]], ids=" ".join)
def test_a_full_standard_output_is_told_in_one_line(dist: Path, arguments: list[str]) -> None:
    command = [*NEWIND, *arguments, *(["--dist", str(dist)] if "query" in arguments else [])]
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, "newind: standard output: No space left on device\n")


def test_a_closed_pipe_ends_quietly(dist: Path) -> None:
    command = [*NEWIND, "query", "FROM passages a, passages b", "--format", "csv", "--dist", str(dist)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_exit_code_reaches_the_shell(tmp_path: Path) -> None:
    ended = subprocess.run([*NEWIND, "query", "SELECT 1", "--dist", str(tmp_path)], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, b"")
    assert ended.stderr.startswith(b"newind: no release in ")
