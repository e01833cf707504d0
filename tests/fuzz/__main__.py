"""``make fuzz SECONDS=600``: let atheris look for texts that break the parser, guided by the lines that they reach.

What it finds is written to ``build/fuzz/crash-…`` as UTF-8, and the run ends; the corpus in ``build/fuzz/corpus``
stays and is where the next run begins. A text that broke something becomes a case of ``tests/parse/test_bad_input.py``.
"""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "fuzz"
MISSING = (
    "atheris is not installed: `.venv/bin/uv pip install atheris` (Apache-2.0; wheels for Linux alone, and another "
    "version for each Python, which is why no lock names it)"
)
LONGEST = 4_096  # bytes of an input
REPEATED = 200  # times: what costs more than its length is felt
SHORT = 240  # code points; a text no longer than this may be repeated
HANGING = 30  # seconds
ODD = ["\r\n", "\r", "\t", "\x00", "\x0b", "\x85", "\u2028", "\u00a0", "\u202e", "\ufeff", "😀", "\U0001d7dd", "½", "٣"]


def main() -> None:
    """Fuzz for as many seconds as the command line says, 60 if it says nothing."""
    seconds = int(sys.argv[1]) if sys.argv[1:] else 60
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        sys.exit(MISSING)
    with atheris.instrument_imports(include=["flows.parse"]):
        invariants: Any = importlib.import_module("tests.fuzz.invariants")

    def attempt(data: bytes) -> None:
        text = data[1:].decode("utf-8", "replace")
        again = bool(data) and data[0] % 8 == 0 and len(text) <= SHORT
        invariants.check(text * REPEATED if again else text)

    corpus = _seeded(FOLDER / "corpus")
    options = {
        "max_total_time": seconds,
        "max_len": LONGEST,
        "timeout": HANGING,
        "dict": _dictionary(FOLDER / "words.dict"),
        "artifact_prefix": f"{FOLDER}/",
        "print_final_stats": 1,
    }
    atheris.Setup([sys.argv[0], *(f"-{name}={value}" for name, value in options.items()), str(corpus)], attempt)
    atheris.Fuzz()


def _proofs() -> list[str]:
    """The hits and near misses of every rule: each reaches a place of its own."""
    tables = [tomllib.loads(path.read_text("utf-8")) for path in sorted(ROOT.glob("flows/parse/patterns/*.toml"))]
    return [proof for table in tables for rule in table.get("rule", ()) for proof in (*rule["hits"], *rule["misses"])]


def _seeded(corpus: Path) -> Path:
    """Write what to begin with, unless an earlier run has left its own."""
    corpus.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        blocks = [block for path in sorted(ROOT.glob("raw/*.txt")) for block in re.split(r"\n{2,}", path.read_text())]
        seeds = [*_proofs(), *blocks, *("\n\n".join(blocks[at : at + 4]) for at in range(0, len(blocks), 40))]
        for number, seed in enumerate(seeds):
            text = seed.replace("⟨", "").replace("⟩", "")
            (corpus / f"seed-{number}").write_bytes(b"\x01" + text.encode()[: LONGEST - 1])
    return corpus


def _dictionary(path: Path) -> Path:
    words = sorted({word for proof in _proofs() for word in re.findall(r"[\w$€£¥%]+", proof)})
    lines = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in [*ODD, *words])
    path.write_text("".join(f'"{line}"\n' for line in lines))
    return path


if __name__ == "__main__":
    main()
