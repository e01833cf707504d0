"""Releases in stores: a real S3 server, a poor one that ignores conditions, and fsspec's memory."""

from __future__ import annotations

import json
import shutil
import threading
from typing import TYPE_CHECKING

import fsspec
import pytest

from flows.errors import NewindError, ReleaseExistsError, ReleaseNotFoundError, TargetError
from flows.release.checksums import checksum_faults
from flows.release.names import CATALOGUE, DATABASE
from flows.release.objects import Access, open_objects
from flows.release.pull import pull
from flows.release.remote import RemoteTarget
from flows.release.store import LocalTarget, silent
from flows.release.target import open_target
from flows.release.verify import listing, verify
from tests.poor_store import PoorStore, poor_store
from tests.release.small import content_of, write_small
from tests.s3_gateway import KEY, SECRET, Server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flows.release.target import Target
    from tests.killing import Stock


class Place:
    """An empty place in a store: its address, and how to reach it."""

    def __init__(self, address: str, environment: Mapping[str, str], *, single: bool = False) -> None:
        """Name it."""
        self.address, self.access = address, Access(environment, single)
        self.objects = open_objects(address, self.access)

    def target(self) -> Target:
        """Open it anew, as another program would."""
        return open_target(self.address, self.access)

    def all(self) -> dict[str, bytes]:
        """Return all objects."""
        return {key: self.objects.read(key) for key in self.objects.list_keys()}


@pytest.fixture
def poor() -> Iterator[PoorStore]:
    with poor_store() as server:
        yield server


@pytest.fixture
def in_memory() -> Iterator[Place]:
    """An empty place in this program's memory."""
    yield Place("memory://bucket/x", {})
    fsspec.filesystem("memory").store.clear()


@pytest.fixture(params=["on_s3", "in_memory", "in_poor_store"])
def place(request: pytest.FixtureRequest) -> Place:
    """An empty place in each kind of store."""
    found: Place = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def in_poor_store(poor: PoorStore) -> Place:
    return Place("s3://bucket/x", poor.environment, single=True)


@pytest.fixture
def on_s3(s3: Server) -> Place:
    return Place(f"{s3.new_bucket()}/some where/x", s3.environment())


def _publish(target: Target, version: str, previous: str | None, note: str = "") -> list[str]:
    """Publish a small release, and return the lines that the target said."""
    said: list[str] = []
    with target.stage(said.append) as staging:
        files = {"README.md": f"read {note}", "data/a.parquet": "a" * 5000}
        target.publish(write_small(staging, version, previous=previous, files=files), version)
    return said


def _three(place: Place) -> None:
    for version, previous in (("1.0.0", None), ("1.9.0", "1.0.0"), ("1.10.0", "1.9.0")):
        assert _publish(place.target(), version, previous) == []


def test_a_release_goes_there_and_comes_back(place: Place, tmp_path: Path) -> None:
    assert place.target().versions() == ()
    assert place.target().newest() is None
    with pytest.raises(ReleaseNotFoundError, match="there is no release yet"), place.target().release():
        pass
    _three(place)
    target = place.target()
    assert (target.versions(), target.catalogue().latest) == (("1.0.0", "1.9.0", "1.10.0"), "1.10.0")
    with target.release() as folder:
        assert checksum_faults(folder) == ([], 4)
        assert listing(folder, target.catalogue()).ok
    folder = pull(target, "1.9.0", tmp_path, silent)
    assert folder == tmp_path / "1.9.0"
    assert listing(folder, LocalTarget(tmp_path).catalogue()).ok
    assert content_of(pull(target, "1.9.0", tmp_path, silent)) == content_of(folder)
    with pytest.raises(ReleaseNotFoundError, match=r"no release 1\.1\.0; there are 1\.0\.0, 1\.9\.0, 1\.10\.0"):
        pull(target, "1.1.0", tmp_path, silent)


def test_each_release_has_a_folder_and_an_entry(in_memory: Place) -> None:
    _three(in_memory)
    catalogue = in_memory.target().catalogue()
    path = catalogue.release("1.9.0")["path"]
    assert path.startswith("1.9.0-")
    held = set(in_memory.objects.list_keys())
    assert {f"{path}/SHA256SUMS", f"{path}/data/a.parquet", CATALOGUE, "catalog/after-1.0.0.json"} <= held
    assert json.loads(in_memory.objects.read(CATALOGUE))["releases"] == list(catalogue.releases)
    assert len([key for key in held if key.startswith("catalog/")]) == 3


@pytest.mark.parametrize("kind", ["index", "entries", "both", "garbled"])
def test_rebuilt_the_catalogue_is_the_same_to_the_byte(in_memory: Place, kind: str) -> None:
    _rebuild(in_memory, kind)


def test_rebuilt_on_s3_it_is_the_same_to_the_byte(on_s3: Place) -> None:
    _rebuild(on_s3, "both")


def _rebuild(place: Place, kind: str) -> None:
    _three(place)
    place.target().withdraw("1.9.0", "Wrong.")
    before = place.all()
    derived = [key for key in before if key.startswith("catalog")]
    if kind == "garbled":
        for key in derived:
            place.objects.write(key, b"{")
    else:
        place.objects.delete(key for key in derived if kind == "both" or (key == CATALOGUE) == (kind == "index"))
    assert place.target().rebuild().latest == "1.10.0"
    assert place.all() == before


def test_a_withdrawn_release_stays_and_comes_withdrawn(in_memory: Place, tmp_path: Path) -> None:
    _three(in_memory)
    assert in_memory.target().withdraw("1.10.0", "Wrong.").latest == "1.9.0"
    with pytest.raises(ReleaseExistsError, match=r"1\.10\.0 was withdrawn already"):
        in_memory.target().withdraw("1.10.0", "Other.")
    with pytest.raises(ReleaseNotFoundError):
        in_memory.target().withdraw("3.0.0", "Wrong.")
    pull(in_memory.target(), "1.10.0", tmp_path, silent)
    assert LocalTarget(tmp_path).catalogue().release("1.10.0")["withdrawn"]["reason"] == "Wrong."
    assert pull(in_memory.target(), None, tmp_path, silent) == tmp_path / "1.9.0"


def test_what_cannot_be_published_leaves_nothing(in_memory: Place) -> None:
    _three(in_memory)
    before = in_memory.all()
    wrong: list[tuple[str, str | None, str]] = [
        ("1.9.0", "1.10.0", "out already and is never changed"),
        ("1.9.1", "1.10.0", r"1\.9\.1 is not higher than 1\.10\.0"),
        ("2.0.0", "1.9.0", r"compared with 1\.9\.0, but 1\.10\.0 is the newest now; nothing was published"),
        ("2.0", "1.10.0", "is no version"),
    ]
    for version, previous, told in wrong:
        with pytest.raises(NewindError, match=told):
            _publish(in_memory.target(), version, previous)
        assert in_memory.all() == before


def test_the_newest_is_fetched_for_comparing_without_its_copies(in_memory: Place) -> None:
    with in_memory.target().stage() as staging:
        write_small(staging, "1.0.0", previous=None, files={DATABASE: "large", "data/a.parquet": "a"})
        in_memory.target().publish(staging, "1.0.0")
    with in_memory.target().stage() as staging:
        newest = in_memory.target().newest(staging)
        assert newest is not None
        assert newest.name == "1.0.0"
        assert set(content_of(newest)) == {"SHA256SUMS", "changes.json", "data/a.parquet", "datapackage.json"}
    assert not newest.exists()


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"releases": [1]}', b"\xff"])
@pytest.mark.parametrize("key", [CATALOGUE, "catalog/after-1.0.0.json", "withdrawn/1.9.0.json"])
def test_a_corrupt_catalogue_stops_every_command_in_one_line(in_memory: Place, key: str, text: bytes) -> None:
    _three(in_memory)
    in_memory.objects.write(key, text)
    before = in_memory.all()
    for work in (
        in_memory.target().catalogue,
        in_memory.target().check,
        lambda: in_memory.target().withdraw("1.0.0", "Wrong."),
        lambda: _publish(in_memory.target(), "2.0.0", "1.10.0"),
    ):
        with pytest.raises(TargetError, match=r"this is no (catalogue|entry|withdrawal)") as raised:
            work()
        assert "\n" not in str(raised.value)
    assert in_memory.all() == before


def test_a_release_that_is_gone_is_told(in_memory: Place, tmp_path: Path) -> None:
    _three(in_memory)
    path = in_memory.target().catalogue().release("1.10.0")["path"]
    in_memory.objects.delete([f"{path}/data/a.parquet"])
    with pytest.raises(TargetError, match=r"1\.10\.0 cannot be fetched: .*the file is gone; bring it back"):
        pull(in_memory.target(), None, tmp_path, silent)
    assert LocalTarget(tmp_path).versions() == ()
    in_memory.objects.delete(["catalog/after-1.9.0.json"])
    with pytest.raises(TargetError, match=r"it names 1\.10\.0, which is gone"):
        _publish(in_memory.target(), "2.0.0", "1.9.0")


@pytest.mark.parametrize("name", ["README.md", "SHA256SUMS", "datapackage.json"])
def test_bytes_that_are_not_those_that_were_published_are_found(in_memory: Place, tmp_path: Path, name: str) -> None:
    _three(in_memory)
    key = f"{in_memory.target().catalogue().release('1.10.0')['path']}/{name}"
    data = in_memory.objects.read(key)
    in_memory.objects.write(key, data[:-1] + bytes([data[-1] ^ 1]))
    with pytest.raises(TargetError, match=r"1\.10\.0 cannot be fetched: "):
        pull(in_memory.target(), None, tmp_path, silent)
    assert LocalTarget(tmp_path).versions() == ()


def test_what_a_killed_run_left_is_removed_with_a_line(place: Place) -> None:
    _three(place)
    place.objects.write("1.11.0-0123456789ab/data/a.parquet", b"half")
    place.objects.write("1.10.0-0123456789ab/data/a.parquet", b"half")
    place.objects.write(CATALOGUE, place.objects.read(CATALOGUE).replace(b'"latest": "1.10.0"', b'"latest": "1.9.0"'))
    assert _publish(place.target(), "1.11.0", "1.10.0") == [
        f"removed {place.address}/1.10.0-0123456789ab, which a run that broke off had left",
        f"{place.address}/{CATALOGUE} was not what the releases say; it is right again",
        f"removed {place.address}/1.11.0-0123456789ab, which a run that broke off had left",
    ]
    assert not [key for key in place.objects.list_keys() if "0123456789ab" in key]


def test_two_publishers_at_once_have_one_winner(on_s3: Place) -> None:
    _publish(on_s3.target(), "1.0.0", None)
    for turn in range(3):
        base, ended = on_s3.target().versions()[-1], list[str | NewindError]()
        together = threading.Barrier(4)

        def publish(
            version: str,
            note: str,
            base: str = base,
            ended: list[str | NewindError] = ended,
            start: threading.Barrier = together,
        ) -> None:
            target = on_s3.target()
            try:
                with target.stage() as staging:
                    write_small(staging, version, previous=base, files={"README.md": note, "data/b": note * 5000})
                    start.wait()
                    ended.append(str(target.publish(staging, version)))
            except NewindError as error:
                ended.append(error)

        versions = [f"{turn + 2}.0.0", f"{turn + 2}.0.0", f"{turn + 2}.1.0", f"{turn + 2}.0.1"]
        threads = [threading.Thread(target=publish, args=(it, str(n))) for n, it in enumerate(versions)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (won,) = [it for it in ended if isinstance(it, str)]
        told = [str(it) for it in ended if not isinstance(it, str)]
        assert all("publish again" in line and "\n" not in line for line in told), told
        with on_s3.target().release() as folder:
            assert checksum_faults(folder)[0] == []
        assert won == f"{on_s3.address}/{on_s3.target().catalogue().releases[-1]['path']}"
    assert len(on_s3.target().versions()) == 4
    assert json.loads(on_s3.objects.read(CATALOGUE)) == {
        "name": "new-industrialization",
        "latest": on_s3.target().versions()[-1],
        "releases": list(on_s3.target().catalogue().releases),
    }


def test_a_lost_answer_is_no_lost_race(on_s3: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    target = on_s3.target()
    assert isinstance(target, RemoteTarget)
    create = on_s3.objects.create

    def create_twice(key: str, data: bytes) -> None:  # as a client does that had no answer the first time
        create(key, data)
        create(key, data)

    with target.stage() as staging:
        monkeypatch.setattr(target._objects, "create", create_twice)  # noqa: SLF001 - no other way to lose an answer
        target.publish(write_small(staging, "1.0.0"), "1.0.0")
    assert on_s3.target().versions() == ("1.0.0",)


def test_a_real_release_is_verified_after_its_way(on_s3: Place, stock: Stock, tmp_path: Path) -> None:
    for version, folder in stock.folders.items():
        with on_s3.target().stage() as staging:
            shutil.copytree(folder, staging, dirs_exist_ok=True)
            on_s3.target().publish(staging, version)
    with on_s3.target().release() as fetched:
        assert all(check.ok for check in verify(fetched))
        assert content_of(fetched) == content_of(stock.folders["1.0.2"])
    for version in stock.folders:
        pull(on_s3.target(), version, tmp_path, silent)
    ours, theirs = LocalTarget(tmp_path).catalogue(), on_s3.target().catalogue()
    assert [{**it, "path": ""} for it in ours.releases] == [{**it, "path": ""} for it in theirs.releases]
    assert ours.releases[0]["duckdb"] == ">=1.1.3"
    assert on_s3.target().rebuild() == theirs


def test_a_store_that_ignores_conditions_is_refused(poor: PoorStore) -> None:
    place = Place("s3://bucket/x", poor.environment)
    for work in (place.target().check, lambda: _publish(place.target(), "1.0.0", None)):
        with pytest.raises(
            TargetError, match=r"ignores conditions.*if there is only one, say so with --single-publisher"
        ):
            work()
    assert poor.objects == {}
    _publish(Place("s3://bucket/x", poor.environment, single=True).target(), "1.0.0", None)
    assert place.target().versions() == ("1.0.0",)


def test_a_late_request_of_a_killed_run_does_not_fool_the_probe(in_memory: Place) -> None:
    target = in_memory.target()
    assert isinstance(target, RemoteTarget)
    create, seen = in_memory.objects.create, list[str]()

    def create_and_lose_the_first(key: str, data: bytes) -> None:
        create(key, data)
        seen.append(key)
        if len(seen) == 1:
            in_memory.objects.delete([key])

    target._objects.create = create_and_lose_the_first  # type: ignore[method-assign]  # noqa: SLF001 - no other way in
    target.check()
    assert seen == ["catalog/probe"] * 3


def test_a_full_store_is_told_and_nothing_stays(poor: PoorStore) -> None:
    place = Place("s3://bucket/x", poor.environment, single=True)
    _publish(place.target(), "1.0.0", None)
    before = dict(poor.objects)
    poor.room = len(before) + 2
    with pytest.raises(TargetError, match=r"the store is full \(QuotaExceeded\); free some space"):
        _publish(place.target(), "1.1.0", "1.0.0")
    assert poor.objects == before


def test_a_store_that_garbles_bytes_is_found_before_anything_is_out(poor: PoorStore) -> None:
    place = Place("s3://bucket/x", poor.environment, single=True)
    poor.careless = "a.parquet"
    with pytest.raises(TargetError, match=r"data/a\.parquet: the store holds other bytes than were sent"):
        _publish(place.target(), "1.0.0", None)
    assert poor.objects == {}


WRONG = {
    "secret": ({"AWS_SECRET_ACCESS_KEY": "not-the-secret-either"}, "the credentials are wrong (SignatureDoesNotMatch)"),
    "key": ({"AWS_ACCESS_KEY_ID": "nobody-s-key"}, "the credentials are wrong (InvalidAccessKeyId)"),
    "none": ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "there are no credentials"),
    "half": ({"AWS_SECRET_ACCESS_KEY": ""}, "there are no credentials (AWS_SECRET_ACCESS_KEY not set)"),
    "endpoint": ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "the store cannot be reached"),
}


@pytest.mark.parametrize(("changed", "told"), WRONG.values(), ids=WRONG)
def test_wrong_credentials_and_a_store_that_is_not_there_are_told(
    s3: Server, changed: Mapping[str, str], told: str
) -> None:
    environment = {name: value for name, value in s3.environment(**changed).items() if value}
    address = f"{s3.new_bucket()}/x"
    for work in ("check", "catalogue", "versions"):
        with pytest.raises(TargetError) as raised:
            getattr(open_target(address, Access(environment)), work)()
        assert told in str(raised.value)
        assert "\n" not in str(raised.value)
        assert not [it for it in (SECRET, KEY, "not-the-secret-either", "nobody-s-key") if it in str(raised.value)]


def test_a_bucket_that_there_is_none_of_is_told(s3: Server) -> None:
    with pytest.raises(TargetError, match="there is no such bucket; create it, or name another"):
        open_target("s3://none-of-these/x", Access(s3.environment())).check()


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("s3:///x", "this names no bucket"),
        ("nonsense://host/x", "Protocol not known: nonsense"),
        ("sftp://host/x", "paramiko"),
        ("sftp://me:hunter2@host/x", "an address must hold neither a password"),
        ("s3://bucket/x?secret=hunter2", "an address must hold neither a password"),
    ],
)
def test_an_address_that_nothing_speaks_to_or_that_tells_secrets(address: str, told: str) -> None:
    with pytest.raises(TargetError, match=told) as raised:
        open_target(address, Access({"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}))
    assert "hunter2" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_folder_may_be_a_url(tmp_path: Path) -> None:
    target = open_target(f"file://{tmp_path}/dist", Access({}))
    _publish(target, "1.0.0", None)
    assert LocalTarget(tmp_path / "dist").versions() == ("1.0.0",)
