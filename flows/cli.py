"""The command line: arguments in, a flow or a look at a release; results to stdout, everything else to stderr.

Exit codes: 0 done, 1 the data or the request is at fault, 2 the command was called wrongly, 130 Ctrl-C or SIGTERM.
Heavy libraries are imported inside the commands, so that ``--help`` comes at once.
"""

# ruff: noqa: PLC0415 - see above
# ruff: noqa: FBT002 - a flag is a boolean with a default

import os
import signal
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from flows import cli_releases, cli_serve
from flows.cli_options import (
    CacheOption,
    ClusterOption,
    DateOption,
    DistOption,
    NoCacheOption,
    PublishToOption,
    QuarantineOption,
    RawOption,
    ReleaseOption,
    RunnerOption,
    SinglePublisherOption,
    TextColumnOption,
    ValidatorOption,
    VersionOption,
    WorkersOption,
    access,
    examples,
    one_of,
    refuse,
    tell,
)
from flows.compiled import check_compiled
from flows.errors import CalledOffError, NewindError

if TYPE_CHECKING:
    from flows.outcome import Outcome
    from flows.settings import Settings


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


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; a fault that a user can mend is told in plain lines, without a trace."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `newind … | head` ends as any other command does
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # it clears up behind itself as at Ctrl-C
    try:
        check_compiled()
        app(arguments, prog_name="newind")
    except NewindError as error:
        refuse(str(error), error.exit_code)
    except OSError as error:
        _drop_output()
        refuse(f"{error.filename or 'standard output'}: {error.strerror or error}")
    except SystemExit as ended:
        if ended.code == CalledOffError.exit_code:  # what Typer makes of Ctrl-C
            refuse("interrupted", CalledOffError.exit_code)
        raise
    sys.exit(0)


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
    epilog=examples(
        "newind publish",
        "newind publish --raw texts --dist releases --date 2026-01-31",
        "newind publish --to s3://bucket/releases",
    )
)
def publish(  # noqa: PLR0913, PLR0917 - an argument is an option
    raw: RawOption = "raw",
    dist: DistOption = Path("dist"),
    date: DateOption = None,
    version: VersionOption = None,
    quarantine: QuarantineOption = False,
    to: PublishToOption = None,
    single_publisher: SinglePublisherOption = False,
    validator: ValidatorOption = "auto",
    runner: RunnerOption = "local",
    workers: WorkersOption = None,
    cluster: ClusterOption = None,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
    text_column: TextColumnOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show what Prefect says.")] = False,
) -> None:
    """Turn the texts of a folder into a release.

    Its place is printed.
    Nothing is published where nothing has changed, or where anything is wrong.
    """
    from flows.release.target import open_target
    from flows.settings import Settings, cache_folder, release_date
    from flows.summary import headline

    kept = None if no_cache else cache or cache_folder(os.environ)
    when = date or release_date(os.environ)
    chosen = (version, quarantine, to, single_publisher, validator, runner, workers, cluster, kept)
    settings = Settings(Path(raw), dist, when, *chosen)
    target = open_target(settings.target, access(single_publisher=single_publisher))
    before = target.versions()
    target.check()
    try:
        outcome = _publish(settings, raw, text_column, verbose=verbose)
    except KeyboardInterrupt:
        out = [f"{target}/{version}" for version in target.versions() if version not in before]
        told = f"{', '.join(out)} was published before that" if out else "nothing was published"
        raise CalledOffError(f"interrupted; {told}") from None
    if outcome.place is None:
        typer.echo(headline(outcome), err=True)
    else:
        typer.echo(outcome.place)


@app.command(epilog=examples("newind plan", "newind plan --raw texts --version 2.0.0"))
def plan(
    raw: RawOption = "raw",
    dist: DistOption = Path("dist"),
    date: DateOption = None,
    version: VersionOption = None,
    quarantine: QuarantineOption = False,
    to: PublishToOption = None,
    text_column: TextColumnOption = None,
) -> None:
    """Show what publishing would do, and why.

    The version, its reasons, what changes, the findings. Nothing is written, and no flow is started.
    """
    from flows.preview import preview, preview_text
    from flows.settings import Settings, release_date
    from flows.unpack import raw_folder

    with raw_folder(raw, text_column) as folder:
        settings = Settings(folder, dist, date or release_date(os.environ), version, quarantine, to)
        typer.echo(preview_text(preview(settings, access())), nl=False)


@app.command(epilog=examples("newind diff 1.0.0 1.1.0", "newind diff ~/Downloads/1.0.0 1.1.0 --format csv"))
def diff(
    before: Annotated[
        str, typer.Argument(metavar="BEFORE", help="A version, the folder of a release, or TARGET[@VERSION].")
    ],
    after: Annotated[str, typer.Argument(metavar="AFTER", help="The release to compare with it, given likewise.")],
    dist: DistOption = Path("dist"),
    output: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="text|json|csv",
            parser=one_of("text", "json", "csv"),
            help="How to print the differences: in words, as changes.json has them, or every changed row.",
        ),
    ] = "text",
) -> None:
    """Show how a release differs from another.

    Exit code 0 where they hold the same, 1 where they do not.
    """
    from flows.release.changes import DRAWN
    from flows.release.difference import difference
    from flows.release.target import open_release

    with open_release(before, dist, access()) as old, open_release(after, dist, access()) as new:
        change = difference(old.folder, new.folder)
    typer.echo(DRAWN[output](change), nl=False)
    if not change.compared.equal:
        raise typer.Exit(1)


def _publish(settings: "Settings", raw: str, column: str | None, *, verbose: bool) -> "Outcome":
    from dataclasses import replace

    from flows.read import read_raw
    from flows.supervisor import run_flow
    from flows.unpack import raw_folder

    with raw_folder(raw, column, tell) as folder:
        # Done again in the flow; here it tells of faults before Prefect takes seconds to start.
        read_raw(folder, quarantine=settings.quarantine, keep=False)
        return run_flow(replace(settings, raw=folder), _progress, tell, verbose=verbose)


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        typer.echo(line, err=True)


@app.command(
    epilog=examples(
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
            metavar="table|csv|json",
            parser=one_of("table", "csv", "json"),
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
    epilog=examples(
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


def _release(dist: Path, version: str | None) -> Path:
    """Return the folder of a version, or of the newest that was not withdrawn; warn of one that was."""
    from flows.release.catalogue import withdrawn_line
    from flows.release.store import LocalTarget

    target = LocalTarget(dist)
    with target.release(version) as folder:
        withdrawn = withdrawn_line(target.catalogue().release(folder.name))
    if withdrawn:
        tell(f"{folder.name} was {withdrawn}")
    return folder


cli_releases.add_to(app)
cli_serve.add_to(app)
