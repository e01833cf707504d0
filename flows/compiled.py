"""The parser compiled by ``make native``, which must be that of its sources: Python takes it before them."""

from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

from flows.errors import StaleParserError

_PARSER = Path(__file__).parent / "parse"


def compiled_modules(parser: Path = _PARSER) -> dict[Path, Path]:
    """Return the compiled modules of a parser, each with the source that it is of."""
    found = {source: parser / (source.stem + EXTENSION_SUFFIXES[0]) for source in sorted(parser.glob("*.py"))}
    return {compiled: source for source, compiled in found.items() if compiled.exists()}


def check_compiled(parser: Path = _PARSER) -> None:
    """See that no source of a parser was changed after it was compiled.

    Raises:
        StaleParserError: one was; its change would not be felt.
    """
    for compiled, source in compiled_modules(parser).items():
        if source.stat().st_mtime > compiled.stat().st_mtime:
            raise StaleParserError(
                f"{source.name} was changed after the parser was compiled, which is what runs: "
                "compile it again with `make native`, or run the sources with `make interpreted`"
            )
