"""Scripts run in a throw-away environment of their own, so that a peer's packages never meet ours."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any


class ApartError(Exception):
    """A script failed, or what it needs could not be installed; the message is the last line that was said."""


def run_apart(script: Path, requirements: Sequence[str], arguments: Sequence[str]) -> Any:
    """Run a script with this Python and the packages of `requirements` alone, and return the JSON that it prints.

    Args:
        script: a Python file that imports nothing of this project.
        requirements: packages with their versions; none runs it in the environment at hand.
        arguments: what stands behind the script on its command line.

    Raises:
        ApartError: it failed, or the packages are out of reach.
    """
    uv = [str(Path(sys.executable).with_name("uv")), "run", "--quiet", "--isolated", "--no-project"]
    wanted = [part for requirement in requirements for part in ("--with", requirement)]
    own = [*uv, "--python", sys.executable, *wanted, "python"] if requirements else [sys.executable]
    done = subprocess.run([*own, str(script), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise ApartError((done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"])[-1])
    return json.loads(done.stdout.splitlines()[-1])
