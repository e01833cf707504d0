"""The command that shows a release: serve."""

# ruff: noqa: PLC0415 - heavy libraries are imported inside the command, so that `--help` comes at once
# ruff: noqa: FBT002 - a flag is a boolean with a default

from pathlib import Path
from typing import Annotated

import typer

from flows.errors import ReleaseNotFoundError

_EXAMPLES = (
    "\b\nExamples:\n  newind serve\n  newind serve 1.0.0 --port 8080 --no-browser\n  newind serve ~/Downloads/1.0.0"
)


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command(epilog=_EXAMPLES)(serve)


def serve(
    release: Annotated[
        str | None,
        typer.Argument(metavar="[RELEASE]", help="A version, or the folder of a release; the newest if not given."),
    ] = None,
    dist: Annotated[Path, typer.Option("--dist", metavar="DIR", help="The folder of releases.")] = Path("dist"),
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="Where to listen; 0 is any.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
) -> None:
    """Show a release in the browser, from this machine alone, until Ctrl-C."""
    from flows.explorer.serve import serve as serve_release

    serve_release(_folder(dist, release), port, typer.echo, browser=browser)


def _folder(dist: Path, release: str | None) -> Path:
    from flows.release.store import LocalTarget

    if release is not None and Path(release).is_dir():
        return Path(release)
    target = LocalTarget(dist)
    folder = target.newest() if release is None else target.folder(release.rstrip("/"))
    if folder is None:
        raise ReleaseNotFoundError(f"no release in {dist}; run `newind publish` first")
    return folder
