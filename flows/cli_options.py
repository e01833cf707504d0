"""What several commands share: options, what they accept, examples, and how to tell the user something."""

import re
from collections.abc import Callable
from datetime import date as Date  # noqa: N812 - the option is called date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from flows.errors import CallError, NewindError
from flows.settings import RUNNERS

if TYPE_CHECKING:
    from flows.release.objects import Access

VALIDATORS = ("auto", "frictionless", "duckdb", "both")


def examples(*lines: str) -> str:
    """Return examples as the end of a command's help."""
    return "\b\n" + "\n".join(["Examples:", *(f"  {line}" for line in lines)])  # \b: lines stay as they are


def one_of(*words: str, option: str = "format") -> Callable[[str], str]:
    """Return what reads an option that is one of some words."""

    def read(given: str) -> str:
        if given not in words:
            raise CallError(f"--{option}: {given!r} is no {option}; write {', '.join(words[:-1])} or {words[-1]}")
        return given

    return read


def a_date(given: str) -> Date:
    """Read the option of a date.

    Raises:
        CallError: it is none.
    """
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
RawOption = Annotated[
    str,
    typer.Option(
        "--raw",
        metavar="DIR|FILE|URL",
        help="The texts: a folder of *.txt, *.txt.gz, *.txt.zst; a tar or zip archive; a JSON Lines or Parquet file.",
    ),
]
TextColumnOption = Annotated[
    str | None,
    typer.Option("--text-column", metavar="NAME", help="The field of a JSON Lines or Parquet file that is the text."),
]
DateOption = Annotated[
    Date | None,
    typer.Option(
        "--date",
        metavar="YYYY-MM-DD",
        parser=a_date,
        help="The release date; else that of SOURCE_DATE_EPOCH, else today's.",
    ),
]
VersionOption = Annotated[
    str | None,
    typer.Option("--version", metavar="X.Y.Z", help="The version, at least as high as the changes ask for."),
]
QuarantineOption = Annotated[
    bool,
    typer.Option(
        "--quarantine", help="Set texts aside that cannot be read or parsed, list them in `rejected`, publish the rest."
    ),
]
ToOption = Annotated[
    str,
    typer.Option("--to", metavar="TARGET", help="Where the releases are: a folder, or a URL such as s3://bucket/x."),
]
PublishToOption = Annotated[
    str | None,
    typer.Option("--to", metavar="TARGET", help="A folder, or a URL such as s3://bucket/x; else the folder of --dist."),
]
SinglePublisherOption = Annotated[
    bool,
    typer.Option(
        "--single-publisher", help="Use a store that cannot keep two publishers apart; see to it that there is one."
    ),
]
ValidatorOption = Annotated[
    str,
    typer.Option(
        "--validator",
        metavar="|".join(VALIDATORS),
        parser=one_of(*VALIDATORS, option="validator"),
        help="Who holds the rows against their schemas; auto is both up to 20,000 rows, duckdb beyond.",
    ),
]
RunnerOption = Annotated[
    str,
    typer.Option(
        "--runner",
        envvar="NEWIND_RUNNER",
        metavar="|".join(RUNNERS),
        parser=one_of(*RUNNERS, option="runner"),
        help="What parses the texts: threads, processes, or a Dask or Ray cluster (extras).",
    ),
]
WorkersOption = Annotated[
    int | None, typer.Option("--workers", min=1, metavar="N", help="How many batches at once; else one a processor.")
]
ClusterOption = Annotated[
    str | None,
    typer.Option("--cluster", metavar="ADDRESS", help="The Dask or Ray cluster to join; else one on this machine."),
]
CacheOption = Annotated[
    str | None,
    typer.Option(
        "--cache",
        metavar="PLACE",
        help="The folder or bucket that keeps parsed texts for the next run; else one in your cache.",
    ),
]
NoCacheOption = Annotated[bool, typer.Option("--no-cache", help="Parse every text anew, and keep nothing.")]


def refuse(message: str, code: int = 1) -> NoReturn:
    """Tell what is wrong, one line a fault, and end."""
    for line in message.splitlines():
        tell(line)
    raise SystemExit(code)


def tell(line: str) -> None:
    """Tell the user something that is no result; names of texts in it cannot steer the terminal."""
    shown = "".join(it if it.isprintable() else it.encode("unicode_escape").decode() for it in line)
    typer.echo(f"newind: {shown}", err=True)


def access(*, single_publisher: bool = False) -> "Access":
    """Return how to reach a store, by the environment."""
    from flows.release.objects import Access  # noqa: PLC0415 - --help must come at once
    from flows.settings import storage_settings  # noqa: PLC0415 - as above

    return Access(storage_settings(), single_publisher)


def one_line(name: str, given: str) -> str:
    """Return an option's text with its white space folded.

    Raises:
        NewindError: there is none.
    """
    folded = " ".join(given.split())
    if not folded:
        raise NewindError(f"{name}: say it in some words")
    return folded
