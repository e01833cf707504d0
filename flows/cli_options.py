"""What several commands of the command line share: options, examples, and how they end."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from flows.errors import NewindError

if TYPE_CHECKING:
    from flows.release.objects import Access

DistOption = Annotated[Path, typer.Option("--dist", metavar="DIR", help="The folder of releases.")]
ToOption = Annotated[
    str,
    typer.Option("--to", metavar="TARGET", help="Where the releases are: a folder, or a URL such as s3://bucket/x."),
]
SinglePublisherOption = Annotated[
    bool,
    typer.Option(
        "--single-publisher", help="Use a store that cannot keep two publishers apart; see to it that there is one."
    ),
]


def examples(*lines: str) -> str:
    """Return the examples under a command's help."""
    return "\b\n" + "\n".join(["Examples:", *(f"  {line}" for line in lines)])  # \b: lines stay as they are


def refuse(message: str, code: int = 1) -> NoReturn:
    """Tell what is wrong, one line a fault, and end."""
    for line in message.splitlines():
        typer.echo(f"newind: {line}", err=True)
    raise SystemExit(code)


def tell(line: str) -> None:
    """Tell the user something that is no result."""
    typer.echo(f"newind: {line}", err=True)


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
