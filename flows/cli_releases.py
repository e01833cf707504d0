"""The commands that look after releases: verify, pull, withdraw, catalog."""

# ruff: noqa: PLC0415 - heavy libraries are imported inside the commands, so that `--help` comes at once
# ruff: noqa: FBT002 - a flag is a boolean with a default

from pathlib import Path
from typing import Annotated

import typer

from flows.cli_options import (
    DistOption,
    SinglePublisherOption,
    ToOption,
    access,
    examples,
    one_line,
    refuse,
    tell,
)
from flows.errors import CallError


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module to the command line."""
    app.command(
        epilog=examples("newind verify 1.0.0", "newind verify ~/Downloads/1.0.0", "newind verify s3://bucket/x")
    )(verify)
    app.command(
        epilog=examples('newind withdraw 1.1.0 --reason "Two texts were read twice; their figures count double."')
    )(withdraw)
    app.command(epilog=examples("newind pull s3://bucket/x releases", "newind pull s3://bucket/x@1.0.0 releases"))(pull)
    app.command(epilog=examples("newind catalog", "newind catalog --to s3://bucket/x --rebuild"))(catalog)


def verify(
    release: Annotated[
        str,
        typer.Argument(
            metavar="RELEASE",
            help="A version, the folder of a release, or TARGET[@VERSION], a folder or URL of releases.",
        ),
    ],
    dist: DistOption = Path("dist"),
) -> None:
    """Check a release: its hashes, schemas, keys and spans.

    Also its place in the catalogue, and that its Parquet, DuckDB and CSV hold the same rows.
    """
    from flows.release.target import open_release
    from flows.release.verify import listing
    from flows.release.verify import verify as verify_release

    with open_release(release, dist, access()) as opened:
        checks = verify_release(opened.folder)
        checks += [listing(opened.folder, opened.catalogue)] if opened.catalogue else []
    for check in checks:
        typer.echo(f"{'ok' if check.ok else 'FAILED':<6} {check.sentence}")
        for failure in check.failures:
            typer.echo(f"       {failure}")
    if not all(check.ok for check in checks):
        refuse(f"{release} is not sound; fetch or copy it again")


def pull(
    target: Annotated[
        str, typer.Argument(metavar="TARGET[@VERSION]", help="Where the releases are, and which to pull.")
    ],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of releases to bring it into.")],
) -> None:
    """Fetch a release, every file proved by its hash.

    Its place is printed.
    Without a version, that is the latest release that was not withdrawn.
    """
    from flows.release.catalogue import withdrawn_line
    from flows.release.pull import pull as pull_release
    from flows.release.store import LocalTarget
    from flows.release.target import open_target, split_version

    address, version = split_version(target)
    place = pull_release(open_target(address, access()), version, folder, tell)
    withdrawn = withdrawn_line(LocalTarget(folder).catalogue().release(place.name))
    if withdrawn:
        tell(f"{place.name} was {withdrawn}")
    typer.echo(place)


def withdraw(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="The release to withdraw.")],
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why nobody should use it any more, in a sentence.")],
    to: ToOption = "dist",
    single_publisher: SinglePublisherOption = False,
) -> None:
    """Mark a release as withdrawn; its files stay.

    The catalogue says why, and what to use instead.
    """
    from flows.release.catalogue import withdrawn_line
    from flows.release.target import open_target

    told = one_line("--reason", reason)
    catalogue = open_target(to, access(single_publisher=single_publisher)).withdraw(version, told)
    typer.echo(f"{version} {withdrawn_line(catalogue.release(version))}")


def catalog(
    to: ToOption = "dist",
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="First derive catalog.json anew from the releases.")
    ] = False,
    output: Annotated[str, typer.Option("--format", metavar="text|json", help="How to print it.")] = "text",
    single_publisher: SinglePublisherOption = False,
) -> None:
    """Print the catalogue of releases, the newest first.

    Each with its date, reasons, rows and digest.
    """
    from flows.release.catalogue import as_text, catalogue_text
    from flows.release.target import open_target

    if output not in {"text", "json"}:
        raise CallError(f"--format: {output!r} is no format; write text or json")
    target = open_target(to, access(single_publisher=single_publisher))
    catalogue = target.rebuild() if rebuild else target.catalogue()
    if not catalogue.releases:
        tell(f"no release in {target}; run `newind publish` first")
    typer.echo(catalogue_text(catalogue) if output == "json" else as_text(catalogue), nl=False)
