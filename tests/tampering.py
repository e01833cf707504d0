"""A release changed at random, as an accident or a forger may; `newind verify` must find every change."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from flows.release.checksums import release_files, seal, sha256
from flows.release.names import CHECKSUMS, CSV_ZIP, DATABASE, DESCRIPTOR, parquet_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[1]


def tamper(release: Path, chance: random.Random, kind: str) -> str:
    """Change the release in one way of a kind, and say how.

    Args:
        release: the folder.
        chance: where the randomness comes from.
        kind: a key of `KINDS`.
    """
    return KINDS[kind](release, chance)


def undetected(release: Path, folder: Path, mutations: int, seed: int = 1) -> tuple[list[str], int]:
    """Change copies of a sound release one by one; return what verification missed, and how many it was shown.

    Every kind comes in turn. Each copy is verified as `newind verify FOLDER` does, by the catalogue beside it too, in
    one process a hundred copies: a reader that crashed on broken bytes would be told.

    Args:
        release: its folder, in a target with a catalogue.
        folder: for the copies.
        mutations: how many.
        seed: of the randomness.
    """
    chance, missed, kinds = random.Random(seed), list[str](), list(KINDS)  # noqa: S311 - no secret
    for first in range(0, mutations, 100):
        told: dict[str, str] = {}
        for number in range(first, min(first + 100, mutations)):
            dist = folder / str(number)
            shutil.copytree(release.parent, dist)
            told[str(dist / release.name)] = tamper(dist / release.name, chance, kinds[number % len(kinds)])
        missed += [told[name] for name in _sound(list(told))]
        for name in told:
            shutil.rmtree(Path(name).parent)
    return missed, mutations


def _sound(releases: Sequence[str]) -> list[str]:
    """Return the releases that verification finds nothing wrong with."""
    command = [sys.executable, "-m", "tests.tampering", *releases]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"verification broke down ({done.returncode}): {done.stderr}"
    return done.stdout.splitlines()


def _flip(release: Path, chance: random.Random) -> str:
    path = release / chance.choice([name for name in release_files(release) if name != CHECKSUMS])
    data = bytearray(path.read_bytes())
    place, bits = chance.randrange(len(data)), chance.randrange(1, 256)
    data[place] ^= bits
    path.write_bytes(data)
    return f"byte {place} of {path.name} xor {bits}"


def _flip_checksums(release: Path, chance: random.Random) -> str:
    path = release / CHECKSUMS
    data = bytearray(path.read_bytes())
    place, bits = chance.randrange(len(data)), chance.randrange(1, 256)
    data[place] ^= bits
    path.write_bytes(data)
    return f"byte {place} of SHA256SUMS xor {bits}"


def _flip_sealed(release: Path, chance: random.Random) -> str:
    told = _flip(release, chance)
    seal(release)
    return f"{told}, sealed anew"


def _drop_parquet_row(release: Path, chance: random.Random) -> str:
    def drop(table: pa.Table) -> pa.Table:
        row = chance.randrange(table.num_rows)
        return pa.concat_tables([table.slice(0, row), table.slice(row + 1)])

    return _rewrite(release, chance, drop, "a row dropped from")


def _add_parquet_row(release: Path, chance: random.Random) -> str:
    def add(table: pa.Table) -> pa.Table:
        return pa.concat_tables([table, table.slice(chance.randrange(table.num_rows), 1)])

    return _rewrite(release, chance, add, "a row added to")


def _rewrite(release: Path, chance: random.Random, change: Callable[[pa.Table], pa.Table], told: str) -> str:
    """Change a Parquet file, and all that says what its bytes and rows are but for the other forms of its rows."""
    package = json.loads((release / DESCRIPTOR).read_text("utf-8"))
    resource = chance.choice([it for it in package["resources"] if it["rowCount"]])
    path = release / parquet_path(resource["name"])
    table = change(pq.ParquetFile(path).read())
    pq.write_table(table, path)
    resource.update(hash=f"sha256:{sha256(path)}", bytes=path.stat().st_size, rowCount=table.num_rows)
    (release / DESCRIPTOR).write_text(json.dumps(package), "utf-8")
    if chance.random() < 0.5:
        seal(release)
    return f"{told} {path.name}"


def _database_row(release: Path, chance: random.Random) -> str:
    path = release / DATABASE
    with duckdb.connect(str(path)) as connection:
        tables = ["mentions", "numerals", "appearances", "findings"]  # nothing points at their rows
        name = chance.choice(tables)
        connection.execute(f"DELETE FROM {name} WHERE rowid = (SELECT min(rowid) FROM {name})")  # noqa: S608 - a table
    seal(release)
    return f"a row dropped from {name} of the database"


def _csv_line(release: Path, chance: random.Random) -> str:
    path, aside = release / CSV_ZIP, release.parent / "aside.zip"
    shutil.move(path, aside)
    with ZipFile(aside) as old, ZipFile(path, "w") as new:
        filled = [name for name in old.namelist() if name.endswith(".csv") and old.read(name).count(b"\n") > 1]
        chosen = chance.choice(filled)
        for name in old.namelist():
            lines = old.read(name).splitlines(keepends=True)
            new.writestr(name, b"".join(lines[:-1] if name == chosen else lines))
    aside.unlink()
    seal(release)
    return f"a line dropped from {chosen} of the zip"


def _swap(release: Path, chance: random.Random) -> str:
    names = release_files(release)
    one, other = chance.sample(names, 2)
    while (release / one).read_bytes() == (release / other).read_bytes():
        one, other = chance.sample(names, 2)
    first, second = (release / one).read_bytes(), (release / other).read_bytes()
    (release / one).write_bytes(second)
    (release / other).write_bytes(first)
    if chance.random() < 0.5 and CHECKSUMS not in (one, other):
        seal(release)
    return f"{one} and {other} swapped"


def _describe_otherwise(release: Path, chance: random.Random) -> str:
    path = release / DESCRIPTOR
    package = json.loads(path.read_text("utf-8"))
    holder, key = chance.choice(list(_leaves(package)))
    before = holder[key]
    holder[key] = before + 1 if isinstance(before, int) and not isinstance(before, bool) else f"not {before}"
    path.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", "utf-8")
    if chance.random() < 0.5:
        seal(release)
    return f"{key} of the descriptor was {before!r}"


def _file_too_many(release: Path, chance: random.Random) -> str:
    path = release / chance.choice(["extra", "data/extra.parquet", ".hidden"])
    path.write_bytes(chance.randbytes(chance.randrange(10)))
    if chance.random() < 0.5:
        seal(release)
    return f"{path.name} added"


def _file_too_few(release: Path, chance: random.Random) -> str:
    path = release / chance.choice(release_files(release))
    path.unlink()
    if chance.random() < 0.5 and path.name != CHECKSUMS:
        seal(release)
    return f"{path.name} removed"


def _leaves(value: Any) -> Any:
    """Yield the holder and the key of every value that holds no others."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(item, dict | list):
            yield from _leaves(item)
        else:
            yield value, key


KINDS = {
    "flip": _flip,
    "flip in SHA256SUMS": _flip_checksums,
    "flip, sealed anew": _flip_sealed,
    "drop a row": _drop_parquet_row,
    "add a row": _add_parquet_row,
    "drop a row of the database": _database_row,
    "drop a line of the CSV": _csv_line,
    "swap two files": _swap,
    "change the descriptor": _describe_otherwise,
    "add a file": _file_too_many,
    "remove a file": _file_too_few,
}


def _main() -> None:
    from flows.release.objects import Access  # noqa: PLC0415 - the process that verifies needs them alone
    from flows.release.target import open_release  # noqa: PLC0415 - as above
    from flows.release.verify import listing, verify  # noqa: PLC0415 - as above

    for name in sys.argv[1:]:
        with open_release(name, Path("dist"), Access({})) as opened:
            checks = verify(opened.folder)
            assert opened.catalogue
            if all(check.ok for check in [*checks, listing(opened.folder, opened.catalogue)]):
                sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    _main()
