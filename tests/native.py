"""``make native``: the parser compiled with mypyc and the C compiler at hand; the same rows, sooner.

``make interpreted`` takes it away again. Compiled modules lie beside their sources, where Python takes them first.
"""

import hashlib
import os
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from mypyc.build import mypycify
from setuptools import Distribution
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError

from flows.compiled import compiled_modules

ROOT = Path(__file__).parents[1]
PARSER = ROOT / "flows" / "parse"
BUILD = ROOT / "build" / "native"
GROUP = "newind_parser"  # all modules call each other in C, within one library of this name
GENERATED = 30
ROWS = """
from pathlib import Path
from flows.parse import parse_text
from tests.benchmarks.corpora import text
texts = [path.read_bytes().decode() for folder in ("raw", "tests/gold") for path in sorted(Path(folder).rglob("*.txt"))]
for each in [*texts, *map(text, range({generated}))]:
    print(parse_text(each))
"""


def main() -> None:
    """Compile the parser, and keep it where its rows are those of the sources; with ``--remove``, only take it away."""
    os.chdir(ROOT)
    remove()
    if "--remove" in sys.argv[1:]:
        return
    _say("compiling the parser, which takes some minutes")
    expected = rows()
    try:
        build()
    except BaseError as error:
        remove()
        sys.exit(f"the parser could not be compiled; a C compiler and the headers of Python are needed: {error}")
    if rows() != expected:
        remove()
        sys.exit("the compiled parser made other rows than its sources and was taken away again: please report it")
    _say(f"the parser is compiled: {len(compiled_modules())} modules")


def build() -> None:
    """Compile each module to C, and all of them to one library.

    Raises:
        setuptools.errors.BaseError: there is no C compiler, or what it needs is missing.
    """
    sources = [str(path.relative_to(ROOT)) for path in sorted(PARSER.glob("*.py"))]
    # What the C compiler could still gain is little: most of the time goes to searches and to Python's own types.
    with redirect_stdout(StringIO()):  # how each comprehension is treated
        modules = mypycify(
            sources, opt_level="1", debug_level="0", multi_file=True, group_name=GROUP, target_dir=str(BUILD)
        )
    command = build_ext(Distribution({"name": GROUP, "ext_modules": modules}))
    command.build_lib, command.build_temp = str(ROOT), str(BUILD)
    command.ensure_finalized()
    command.run()


def rows() -> str:
    """Return a digest of the rows that the parser, as it stands, makes of all texts here and of generated ones."""
    script = ROWS.format(generated=GENERATED)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    return hashlib.sha256(done.stdout).hexdigest()


def remove() -> None:
    """Take the compiled modules and their library away."""
    for path in [*PARSER.glob("*.so"), *PARSER.glob("*.pyd"), *ROOT.glob(f"{GROUP}__mypyc.*")]:
        path.unlink()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
