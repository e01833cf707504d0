"""The options that several commands share, and what they accept."""

import re
from collections.abc import Callable
from datetime import date as Date  # noqa: N812 - the option is called date
from pathlib import Path
from typing import Annotated

import typer

from flows.errors import CallError


def examples(*lines: str) -> str:
    """Return examples as the end of a command's help."""
    return "\b\n" + "\n".join(["Examples:", *(f"  {line}" for line in lines)])  # \b: lines stay as they are


def one_of(*words: str) -> Callable[[str], str]:
    """Return what reads an option that is one of some words."""

    def read(given: str) -> str:
        if given not in words:
            raise CallError(f"--format: {given!r} is no format; write {', '.join(words[:-1])} or {words[-1]}")
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
RawOption = Annotated[Path, typer.Option("--raw", metavar="DIR", help="The folder of texts (*.txt).")]
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
