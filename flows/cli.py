"""The command line: arguments in, a flow or a look at a release; results to stdout, everything else to stderr.

Exit codes: 0 done, 1 the data or the request is at fault, 2 the command was called wrongly, 130 Ctrl-C.
Heavy libraries are imported inside the commands, so that ``--help`` comes at once.
"""

# ruff: noqa: PLC0415 - see above
# ruff: noqa: FBT002 - a flag is a boolean with a default

import os
import re
import signal
import sys
from collections.abc import Sequence
from datetime import date as Date  # noqa: N812 - the option is called date
from importlib import metadata
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from flows import cli_serve
from flows.errors import CalledOffError, CallError, NewindError

if TYPE_CHECKING:
    from flows.outcome import Outcome
    from flows.settings import Settings


def _examples(*lines: str) -> str:
    return "\b\n" + "\n".join(["Examples:", *(f"  {line}" for line in lines)])  # \b: lines stay as they are


app = typer.Typer(
    name="newind",
    help="Policy texts in, a versioned data package out.",
    epilog='Start with `newind publish`, then `newind query "SELECT * FROM metrics LIMIT 5"`.',
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
cli_serve.add_to(app)

FORMATS = ("table", "csv", "json")


def _format(given: str) -> str:
    if given not in FORMATS:
        raise CallError(f"--format: {given!r} is no format; write {', '.join(FORMATS[:-1])} or {FORMATS[-1]}")
    return given


def _date(given: str) -> Date:
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
            return Date.fromisoformat(given)
    except ValueError:
        pass
    raise CallError(f"--date: {given!r} is no date; write a day as YYYY-MM-DD, such as 2026-01-31")


DistOption = Annotated[Path, typer.Option("--dist", metavar="DIR", help="The folder of releases.")]
ReleaseOption = Annotated[
    str | None, typer.Option("--release", metavar="VERSION", help="The release to read; the newest if not given.")
]


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; a fault that a user can mend is told in plain lines, without a trace."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `newind … | head` ends as any other command does
    try:
        app(arguments, prog_name="newind")
    except NewindError as error:
        _refuse(str(error), error.exit_code)
    except OSError as error:
        _drop_output()
        _refuse(f"{error.filename or 'standard output'}: {error.strerror or error}")
    except SystemExit as ended:
        if ended.code == CalledOffError.exit_code:  # what Typer makes of Ctrl-C
            _refuse("interrupted", CalledOffError.exit_code)
        raise
    sys.exit(0)


def _refuse(message: str, code: int = 1) -> NoReturn:
    for line in message.splitlines():
        typer.echo(f"newind: {line}", err=True)
    sys.exit(code)


def _drop_output() -> None:
    """Where standard output takes nothing more, forget what waits for it: else Python fails on it again at the end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@app.callback(invoke_without_command=True)
def _top(
    version: Annotated[bool, typer.Option("--version", help="Print the version of this program.")] = False,
) -> None:
    if version:
        typer.echo(metadata.version("new-industrialization"))
        raise typer.Exit


@app.command(
    epilog=_examples(
        "newind publish",
        "newind publish --raw texts --dist releases --date 2026-01-31",
    )
)
def publish(
    raw: Annotated[Path, typer.Option(metavar="DIR", help="The folder of texts (*.txt).")] = Path("raw"),
    dist: DistOption = Path("dist"),
    date: Annotated[
        Date | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            parser=_date,
            help="The release date; else that of SOURCE_DATE_EPOCH, else today's.",
        ),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show what Prefect says.")] = False,
) -> None:
    """Turn the texts of a folder into a release, and print where it is.

    Nothing is published where nothing has changed, or where anything is wrong.
    """
    from flows.release.store import LocalTarget
    from flows.settings import Settings, release_date
    from flows.summary import headline

    settings = Settings(raw, dist, date or release_date(os.environ))
    target = LocalTarget(dist)
    before = target.versions()
    target.check()
    try:
        outcome = _publish(settings, verbose=verbose)
    except KeyboardInterrupt:
        out = [str(dist / version) for version in target.versions() if version not in before]
        told = f"{', '.join(out)} was published before that" if out else "nothing was published"
        raise CalledOffError(f"interrupted; {told}") from None
    if outcome.folder is None:
        typer.echo(headline(outcome), err=True)
    else:
        typer.echo(outcome.folder)


def _publish(settings: "Settings", *, verbose: bool) -> "Outcome":
    from flows.read import read_raw
    from flows.supervisor import run_flow

    read_raw(settings.raw)  # done again in the flow; here it tells of faults before Prefect takes seconds to start
    return run_flow(settings, _progress, verbose=verbose)


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        typer.echo(line, err=True)


@app.command(
    epilog=_examples(
        'newind query "SELECT indicator, value, unit, quote FROM metrics LIMIT 5"',
        'newind query "SELECT * FROM tasks" --format csv > tasks.csv',
        'newind query "SHOW TABLES" --release 1.0.0',
    )
)
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A query in DuckDB's SQL.")],
    release: ReleaseOption = None,
    dist: DistOption = Path("dist"),
    output: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="|".join(FORMATS),
            parser=_format,
            help="How to print the rows. A table cuts what is longer than 60 characters, with an ellipsis; "
            "CSV and JSON have every value whole.",
        ),
    ] = "table",
) -> None:
    """Run SQL on a release, and print the rows. A release cannot be changed."""
    from flows.query import ask
    from flows.render import DRAWN

    answer = ask(_release(dist, release), sql)
    width = get_terminal_size().columns if sys.stdout.isatty() else None
    typer.echo(DRAWN[output](answer, width), nl=False)


@app.command(
    epilog=_examples(
        "newind explain scio-press-conference-industry-2023:m3187",
        "newind explain scio-press-conference-industry-2023/xin-guobin/speaker",
    )
)
def explain(
    row_id: Annotated[str, typer.Argument(metavar="ROW_ID", help="The id of a row of any table.")],
    release: ReleaseOption = None,
    dist: DistOption = Path("dist"),
) -> None:
    """Show where a row comes from: sentence, document, speaker, rule.

    The words that were read are marked in their sentence. The id of an appearance is document_id/speaker_id/role.
    """
    from flows.explain import as_text
    from flows.explain import explain as explain_row

    explanation = explain_row(_release(dist, release), row_id)
    typer.echo(as_text(explanation, colour=sys.stdout.isatty()), nl=False)


@app.command(
    epilog=_examples(
        "newind verify 1.0.0",
        "newind verify ~/Downloads/1.0.0",
    )
)
def verify(
    release: Annotated[str, typer.Argument(metavar="RELEASE", help="A version, or the folder of a release.")],
    dist: DistOption = Path("dist"),
) -> None:
    """Check a release: its hashes, schemas, keys and spans.

    Also that its Parquet, DuckDB and CSV hold the same rows.
    """
    from flows.release.verify import verify as verify_release

    folder = Path(release)
    checks = verify_release(folder if folder.is_dir() else _release(dist, release.rstrip("/")))
    for check in checks:
        typer.echo(f"{'ok' if check.ok else 'FAILED':<6} {check.sentence}")
        for failure in check.failures:
            typer.echo(f"       {failure}")
    if not all(check.ok for check in checks):
        _refuse(f"{release} is not sound; fetch or copy it again")


def _release(dist: Path, version: str | None) -> Path:
    """Return the folder of a version, or of the newest."""
    from flows.errors import ReleaseNotFoundError
    from flows.release.store import LocalTarget

    target = LocalTarget(dist)
    folder = target.newest() if version is None else target.folder(version)
    if folder is None:
        raise ReleaseNotFoundError(f"no release in {dist}; run `newind publish` first")
    return folder
