"""The command line: arguments in, a flow or a look at a release; results to stdout, everything else to stderr.

Exit codes: 0 done, 1 the data or the request is at fault, 2 the command was called wrongly, 130 Ctrl-C.
Heavy libraries are imported inside the commands, so that ``--help`` comes at once.
"""

# ruff: noqa: PLC0415 - see above
# ruff: noqa: FBT002 - a flag is a boolean with a default

import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated, NoReturn

import typer

from flows.errors import NewindError


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
)


class Format(StrEnum):
    """How rows are printed."""

    table = "table"
    csv = "csv"
    json = "json"


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
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{error.filename or 'system'}: {error.strerror or error}")
    sys.exit(0)


def _refuse(message: str) -> NoReturn:
    for line in message.splitlines():
        typer.echo(f"newind: {line}", err=True)
    sys.exit(1)


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
        datetime | None,
        typer.Option(
            metavar="YYYY-MM-DD",
            formats=["%Y-%m-%d"],
            help="The release date; else that of SOURCE_DATE_EPOCH, else today's.",
        ),
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show what Prefect says.")] = False,
) -> None:
    """Turn the texts of a folder into a release, and print where it is.

    Nothing is published where nothing has changed, or where anything is wrong.
    """
    from flows.read import read_raw
    from flows.release.store import LocalTarget
    from flows.settings import Settings, release_date
    from flows.summary import headline
    from flows.supervisor import run_flow

    settings = Settings(raw, dist, date.date() if date else release_date(os.environ))
    LocalTarget(dist).versions()  # these two are done again in the flow;
    read_raw(raw)  # here they tell of a fault before the seconds that Prefect takes to start
    outcome = run_flow(settings, _progress, verbose=verbose)
    if outcome.folder is None:
        typer.echo(headline(outcome), err=True)
    else:
        typer.echo(outcome.folder)


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
    output: Annotated[Format, typer.Option("--format", help="How to print the rows.")] = Format.table,
) -> None:
    """Run SQL on a release, and print the rows. A release cannot be changed."""
    from flows.query import ask
    from flows.render import FORMATS

    answer = ask(_release(dist, release), sql)
    width = get_terminal_size().columns if sys.stdout.isatty() else None
    typer.echo(FORMATS[output.value](answer, width), nl=False)


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

    Also that its Parquet and DuckDB hold the same rows.
    """
    from flows.release.verify import verify as verify_release

    folder = Path(release)
    checks = verify_release(folder if folder.is_dir() else _release(dist, release))
    for check in checks:
        typer.echo(f"{'ok' if check.ok else 'FAILED':<6} {check.sentence}")
        for failure in check.failures:
            typer.echo(f"       {failure}")
    if not all(check.ok for check in checks):
        _refuse(f"{release}: is not sound; fetch or copy it again")


def _release(dist: Path, version: str | None) -> Path:
    """Return the folder of a version, or of the newest."""
    from flows.errors import ReleaseNotFoundError
    from flows.release.store import LocalTarget

    target = LocalTarget(dist)
    folder = target.newest() if version is None else target.folder(version)
    if folder is None:
        raise ReleaseNotFoundError(f"no release in {dist}; run `newind publish` first")
    return folder
