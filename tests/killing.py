"""Publishes killed at random moments, and what a reader and the next publisher find afterwards.

``python -m tests.killing`` is a process that has loaded everything and forks one publisher for each line of JSON that
it reads, ``{"address", "release", "version", "build", "after"}``; `after` is when to kill it, in seconds, null for
never. It answers each line with the publisher's exit code, and how long it ran.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from flows.release.catalogue import read_catalogue
from flows.release.checksums import checksum_faults
from flows.release.entry import entry_of
from flows.release.names import CATALOGUE
from flows.release.objects import Access, open_objects
from flows.release.remote_catalogue import uploads
from flows.release.target import open_target
from flows.release.transfer import fetch
from flows.release.verify import verify
from flows.settings import storage_settings
from tests.making import make_release

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from flows.schema import Tables

ROOT = Path(__file__).parents[1]
BUILT = "build"


class Tally(NamedTuple):
    """How many publishes were killed and how many had ended before; after how many of the kills the release was out."""

    killed: int
    ended: int
    out: int

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.killed} kills ({self.out} with the release out), {self.ended} publishes ended before the kill"


class Stock(NamedTuple):
    """Three releases, each made from the one before, that were verified: their folders and digests by version."""

    folders: Mapping[str, Path]
    digests: Mapping[str, str]


def make_stock(folder: Path, steps: Sequence[Tables]) -> Stock:
    """Build a release of each of some tables, one after the other, and verify them."""
    folders: dict[str, Path] = {}
    for tables in steps:
        previous = list(folders.values())[-1] if folders else None
        built = make_release(tables, folder / "new", previous=previous)
        folders[built.version] = built.folder.rename(folder / built.version)
    for place in folders.values():
        assert all(check.ok for check in verify(place))
    return Stock(folders, {version: entry_of(place, "")["digest"] for version, place in folders.items()})


def kill_at_random(
    stock: Stock, new_target: Callable[[int], str], folder: Path, rounds: int, environment: Mapping[str, str]
) -> Tally:
    """Kill the publishing of the stock's second release at random moments, and look at the target each time.

    Args:
        stock: what to publish; the targets begin with its first release.
        new_target: makes an empty place for a round, and returns its address.
        folder: for temporary files.
        rounds: how many kills.
        environment: by which the publishers reach the target.

    Raises:
        AssertionError: after a kill `latest` is no whole release, or the next publish fails or leaves something behind.
    """
    chance, tally = random.Random(rounds), Tally(0, 0, 0)  # noqa: S311 - no secret
    first, second, third = stock.folders
    temporary = folder / "tmp"
    temporary.mkdir()
    with _publisher({**os.environ, **environment, "TMPDIR": str(temporary)}) as run:
        usual = _usual(stock, new_target, run)
        turn = 0
        while tally.killed < rounds:
            address = new_target(turn)
            assert run(address, stock, first)[0] == 0
            moment = chance.uniform(0, usual)
            code, _ = run(address, stock, second, after=moment, build=turn % 10 == 9)
            assert code in (0, -signal.SIGKILL), f"{address}: {code}"
            seen = _latest(address, stock, folder, environment)
            versions = open_target(address, _access(environment)).versions()
            assert versions in ((first,), (first, second)), f"{address}: {versions}"
            assert seen in versions, f"{address}: {seen} is not in {versions}"
            wanted = third if second in versions else second
            assert run(address, stock, wanted)[0] == 0, f"{address}: {wanted} could not be published"
            assert _latest(address, stock, folder, environment) == wanted
            _assert_clean(address, environment)
            hit = code != 0
            tally = Tally(tally.killed + hit, tally.ended + (not hit), tally.out + (hit and second in versions))
            turn += 1
        left = [path.name for path in temporary.glob("newind-*/run-*")]
        assert not left, left
    return tally


def _usual(stock: Stock, new_target: Callable[[int], str], run: Callable[..., tuple[int, float]]) -> float:
    """Return how long a publish takes that nobody kills, in seconds; the first is slower than the others."""
    address, spent = new_target(-1), []
    for version in stock.folders:
        code, seconds = run(address, stock, version)
        assert code == 0
        spent.append(seconds)
    return min(spent)


@contextmanager
def _publisher(environment: Mapping[str, str]) -> Iterator[Callable[..., tuple[int, float]]]:
    command = [sys.executable, "-m", "tests.killing"]
    with subprocess.Popen(
        command, env=dict(environment), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def run(
            address: str, stock: Stock, version: str, *, after: float | None = None, build: bool = False
        ) -> tuple[int, float]:
            told = {"address": address, "release": str(stock.folders[version]), "version": version}
            line = json.dumps({**told, "after": after, "build": build})
            assert process.stdin
            assert process.stdout
            process.stdin.write(line + "\n")
            process.stdin.flush()
            code, seconds = json.loads(process.stdout.readline())
            return int(code), float(seconds)

        yield run
        assert process.stdin
        process.stdin.close()


def _access(environment: Mapping[str, str]) -> Access:
    return Access({name: value for name, value in environment.items() if name.startswith("AWS_")})


def _latest(address: str, stock: Stock, folder: Path, environment: Mapping[str, str]) -> str:
    """Return `latest` in catalog.json, having seen as any reader would that it is whole, and one of the stock."""
    if "://" not in address:
        catalogue = read_catalogue(Path(address, CATALOGUE).read_text("utf-8"), address)
        place = Path(address, catalogue.release(str(catalogue.latest))["path"])
        assert checksum_faults(place)[0] == []
    else:
        objects = open_objects(address, _access(environment))
        catalogue = read_catalogue(objects.read(CATALOGUE).decode(), address)
        release, place = catalogue.release(str(catalogue.latest)), folder / "fetched"
        shutil.rmtree(place, ignore_errors=True)
        fetch(objects, release["path"], release["digest"], place, lambda _: True)
    digest = entry_of(place, "")["digest"]
    if digest not in stock.digests.values():  # it was built anew, and the database is never the same bytes
        assert all(check.ok for check in verify(place)), address
    return str(catalogue.latest)


def _assert_clean(address: str, environment: Mapping[str, str]) -> None:
    catalogue = open_target(address, _access(environment)).catalogue()
    paths = {release["path"] for release in catalogue.releases}
    if "://" in address:
        assert set(uploads(open_objects(address, _access(environment)))) == paths
    else:
        assert {path.name for path in Path(address).iterdir()} == {".lock", CATALOGUE, *paths}


def _publish(told: Mapping[str, Any]) -> None:
    target = open_target(told["address"], Access(storage_settings()))
    with target.stage() as staging:
        if told[BUILT]:
            tables = _tables_of(Path(told["release"]))
            built = make_release(tables, staging, previous=target.newest(staging), version=told["version"])
            target.publish(staging, built.version)
        else:
            shutil.copytree(told["release"], staging, dirs_exist_ok=True)
            target.publish(staging, told["version"])


def _tables_of(folder: Path) -> Tables:
    from flows.release.names import CHANGES_TABLE  # noqa: PLC0415 - the publisher's alone
    from flows.release.released import read_table, tables_in  # noqa: PLC0415 - as above

    return {name: read_table(folder, name) for name in tables_in(folder) if name != CHANGES_TABLE}


def _fork(told: Mapping[str, Any]) -> tuple[int, float]:
    start, after = time.monotonic(), told["after"]
    child = os.fork()
    if child == 0:
        code = 1
        try:
            _publish(told)
            code = 0
        except Exception:  # noqa: BLE001 - nothing else would tell of it
            traceback.print_exc()
        finally:
            os._exit(code)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), time.monotonic() - start


def _main() -> None:
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_fork(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _main()
