"""The command that shows a release: serve."""

# ruff: noqa: PLC0415 - heavy libraries are imported inside the command, so that `--help` comes at once
# ruff: noqa: FBT002 - a flag is a boolean with a default

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from flows.cli_options import DistOption, examples


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(
        epilog=examples("newind serve", "newind serve 1.0.0 --port 8080 --no-browser", "newind serve ~/Downloads/1.0.0")
    )(serve)


def serve(
    release: Annotated[
        str | None,
        typer.Argument(metavar="[RELEASE]", help="A version, or the folder of a release; the newest if not given."),
    ] = None,
    dist: DistOption = Path("dist"),
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="Where to listen; 0 is any.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
) -> None:
    """Show a release in the browser, until Ctrl-C.

    It is served to this machine alone.
    """
    from flows.explorer.serve import serve as serve_release

    with _lent(dist, release) as folder:
        serve_release(folder, port, typer.echo, browser=browser)


def _lent(dist: Path, release: str | None) -> AbstractContextManager[Path]:
    from flows.release.store import LocalTarget

    if release is not None and Path(release).is_dir():
        return nullcontext(Path(release))
    return LocalTarget(dist).release(release.rstrip("/") if release else None)
