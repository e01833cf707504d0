"""``make benchmark``: what the main job costs on this machine, each figure beside a peer measured in the same run.

A benchmark is a function of `BENCHMARKS` that returns figures. Machines differ and are noisy: trust the ratios,
and run it while nothing else does.
"""

import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from flows.compiled import compiled_modules
from flows.supervisor import prefect_environment
from tests.benchmarks.comparing import comparing
from tests.benchmarks.crashes import killing, reading, tampering
from tests.benchmarks.news import news
from tests.benchmarks.parsing import parsing
from tests.benchmarks.peers import peers
from tests.benchmarks.releasing import releasing
from tests.benchmarks.report import Figure, timed
from tests.benchmarks.scaling import orchestrating, runners, scaling
from tests.benchmarks.validation import validating

ROOT = Path(__file__).parents[2]
NEWIND = [sys.executable, "-m", "flows"]
EMPTY_FLOW = "from prefect import flow\n@flow\ndef empty() -> int:\n    return 1\nempty()\n"
ROUNDS = 5


def publishing() -> list[Figure]:
    """Time the main job on the five texts, and an empty flow on a temporary server like its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = prefect_environment(os.environ, Path(folder, "home"))
        empty = [sys.executable, "-c", EMPTY_FLOW]
        first = _seconds(empty, environment)
        pairs = [
            (
                _seconds(empty, environment),
                _seconds([*NEWIND, "publish", "--raw", str(ROOT / "raw"), "--dist", f"{folder}/{at}"], environment),
            )
            for at in range(ROUNDS)
        ]
    flow, job = (min(times) for times in zip(*pairs, strict=True))  # the fastest are the least disturbed
    return [
        Figure("empty flow, first on a machine", first, "s", "Prefect makes its database"),
        Figure("empty flow", flow, "s", f"fastest of {ROUNDS}"),
        Figure("newind publish, five texts", job, "s", f"{job / flow:.2f} of the empty flow"),
        Figure("its own share", job - flow, "s", "target: at most 2 s"),
    ]


def starting() -> list[Figure]:
    """Time how long the commands take to start, beside Python itself."""
    bare = _fastest([sys.executable, "-c", "pass"])
    parser = _fastest([sys.executable, "-c", "import flows.parse"])
    told = _fastest([*NEWIND, "--help"])
    flow = _fastest([sys.executable, "-c", "import flows.publish"])
    prefect = _fastest([sys.executable, "-c", "import prefect.flows"])
    return [
        Figure("python -c pass", bare, "s"),
        Figure("import flows.parse", parser - bare, "s", "on top of Python; target: below 0.3 s"),
        Figure("newind --help", told, "s", "target: at most 0.4 s"),
        Figure("import prefect.flows", prefect, "s"),
        Figure("import flows.publish", flow, "s", f"{flow - prefect:+.2f} s on top of Prefect"),
    ]


BENCHMARKS: Sequence[Callable[[], list[Figure]]] = (
    starting,
    parsing,
    publishing,
    validating,
    peers,
    comparing,
    releasing,
    scaling,
    runners,
    orchestrating,
    news,
    reading,
    tampering,
    killing,
)


def main() -> None:
    """Run all benchmarks, or those named on the command line, and print one table."""
    chosen = [benchmark for benchmark in BENCHMARKS if benchmark.__name__ in sys.argv[1:] or not sys.argv[1:]]
    _print(_machine())
    for benchmark in chosen:
        for figure in benchmark():
            _print(f"{figure.name:<32}{figure.value:>9.2f} {figure.unit:<5}  {figure.beside}".rstrip())


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    models = re.findall(r"model name\s*:\s*(.+)", info.read_text()) if info.exists() else []
    model = models[0] if models else platform.processor() or platform.machine()
    load = f"load {os.getloadavg()[0]:.1f}"
    parser = "compiled" if compiled_modules() else "interpreted"
    python = f"Python {platform.python_version()}"
    return f"{model}, {os.cpu_count()} cores, {load}, {python}, {platform.system()}, parser {parser}"


def _seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    def run() -> None:
        done = subprocess.run(command, env=dict(environment), cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")

    return timed(run)


def _fastest(command: Sequence[str]) -> float:
    return min(_seconds(command, os.environ) for _ in range(ROUNDS))


if __name__ == "__main__":
    main()
