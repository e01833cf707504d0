"""Collections of every kind become one and the same raw folder; what would harm is named and refused."""

import gzip
import io
import json
import os
import tarfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.errors import RawFolderError, RawTextsError
from flows.read import MAX_BYTES, read_raw
from flows.unpack import raw_folder

TEXTS = {"2023/report.txt": "Exports grew by 5 percent.\r\n", "2024/report.txt": "Wir wachsen um 3 %.\n", "a.txt": "é"}


def folder_of(path: Path) -> str:
    for name, text in TEXTS.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(text.encode())
    return str(path)


def gzipped(path: Path) -> str:
    for name, text in TEXTS.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / f"{name}.gz").write_bytes(gzip.compress(text.encode()))
    return str(path)


def zstandard(path: Path) -> str:
    for name, text in TEXTS.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        with pa.output_stream(str(path / f"{name}.zst"), compression="zstd") as file:
            file.write(text.encode())
    return str(path)


def zipped(path: Path) -> str:
    with zipfile.ZipFile(path / "all.zip", "w") as archive:
        for name, text in TEXTS.items():
            archive.writestr(name, text.encode())
    return str(path / "all.zip")


def tarred(path: Path) -> str:
    with tarfile.open(path / "all.tar.gz", "w:gz") as archive:
        for name, text in TEXTS.items():
            add(archive, name, text.encode())
    return str(path / "all.tar.gz")


def tabular(path: Path) -> str:
    rows = [{"id": name, "body": text} for name, text in TEXTS.items()]
    pq.write_table(pa.Table.from_pylist(rows), path / "all.parquet")
    return str(path / "all.parquet")


def lines(path: Path) -> str:
    rows = [json.dumps({"id": name.removesuffix(".txt"), "body": text}) for name, text in TEXTS.items()]
    (path / "all.jsonl.gz").write_bytes(gzip.compress("\n".join(rows).encode()))
    return str(path / "all.jsonl.gz")


def address(path: Path) -> str:
    return f"file://{tarred(path)}"


def add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(data)
    archive.addfile(member, io.BytesIO(data))


@pytest.mark.parametrize("make", [folder_of, gzipped, zstandard, zipped, tarred, tabular, lines, address])
def test_every_collection_gives_the_same_texts(make: Callable[[Path], str], tmp_path: Path) -> None:
    with raw_folder(make(tmp_path), "body") as folder:
        texts = read_raw(folder).texts
    assert {text.path.removeprefix("raw/"): text.text for text in texts} == TEXTS
    assert [text.document_id for text in texts] == ["2023-report", "2024-report", "a"]


def test_texts_of_one_name_in_two_folders_keep_apart_and_of_one_id_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("One.")
    (tmp_path / "a-b.txt").write_text("Two.")
    with pytest.raises(RawTextsError, match=r"give.* 'a-b'; rename all but one"):
        read_raw(tmp_path)


def packed(path: Path, *texts: tuple[str, bytes], damage: Callable[[bytearray], object] = len) -> str:
    with warnings.catch_warnings(), zipfile.ZipFile(path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # of two texts of one name
        for name, data in texts:
            archive.writestr(name, data)
    bytes_of = bytearray((path / "all.zip").read_bytes())
    damage(bytes_of)
    (path / "all.zip").write_bytes(bytes_of)
    return str(path / "all.zip")


def encrypt(archive: bytearray) -> None:
    archive[6] |= 1
    archive[archive.find(b"PK\1\2") + 8] |= 1


def garble(archive: bytearray) -> None:
    archive[36:60] = bytes(24)


def lie(archive: bytearray) -> None:
    archive[archive.find(b"PK\1\2") + 24] = 1


def method(archive: bytearray) -> None:
    archive[8] = archive[archive.find(b"PK\1\2") + 10] = 99


def table(path: Path, *rows: bytes) -> str:
    (path / "all.jsonl").write_bytes(b"\n".join([b'{"id": "a", "body": "A."}', *rows]))
    return str(path / "all.jsonl")


def mixed(path: Path) -> str:
    (path / "cut.txt.gz").write_bytes(gzip.compress(bytes(range(256)))[:-40])
    (path / "lost.txt.gz").symlink_to("nowhere")
    (path / "zero.txt").symlink_to("/dev/zero")
    (path / "a.txt").write_bytes(b"A.")
    os.mkfifo(path / "pipe.txt")
    return str(path)


def linked(path: Path) -> str:
    with tarfile.open(path / "all.tar", "w") as archive:
        add(archive, "a.txt", b"A.")
        for name, kind in (("link.txt", tarfile.SYMTYPE), ("device.txt", tarfile.CHRTYPE)):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/hostname"
            archive.addfile(member)
    return str(path / "all.tar")


A = ("a.txt", b"A.")
WORDS = b"Exports grew by 5 percent in 2023, and imports by 3 percent."


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda it: packed(it, A, ("bomb.txt", b"0" * (MAX_BYTES + 1))), {"bomb.txt": "unpacks to more than 20 MB"}),
        (lambda it: packed(it, A, ("../out.txt", b"Out.")), {"../out.txt": "has a name that leads out"}),
        (lambda it: packed(it, A, ("/out.txt", b"Out.")), {"/out.txt": "has a name that leads out"}),
        (lambda it: packed(it, A, *3 * [("b.txt", b"B.")]), {"b.txt": "shares its name with another text"}),
        (lambda it: packed(it, A, ("a.txt/b.txt", b"B.")), {"a.txt/b.txt": "cannot have this name"}),
        (lambda it: packed(it, A, ("n" * 300 + ".txt", b"N.")), {"n" * 300 + ".txt": "cannot have this name"}),
        (lambda it: packed(it, ("b.txt", WORDS), A, damage=encrypt), {"b.txt": "is encrypted; pack it anew"}),
        (lambda it: packed(it, ("b.txt", WORDS), A, damage=garble), {"b.txt": "cannot be unpacked ("}),
        (lambda it: packed(it, ("b.txt", WORDS), A, damage=lie), {"b.txt": "cannot be unpacked (Bad CRC-32"}),
        (lambda it: packed(it, ("b.txt", WORDS), A, damage=method), {"b.txt": "cannot be unpacked (That compression"}),
        (lambda it: table(it, b'{"id": "b", "bo'), {"all-00000002.txt": "is line 2 of all.jsonl, which is no JSON"}),
        (lambda it: table(it, b"[" * 100_000), {"all-00000002.txt": "is line 2 of all.jsonl, which is no JSON"}),
        (lambda it: table(it, b'{"id": "b", "body": null}'), {"b.txt": "has no text in 'body'"}),
        (lambda it: table(it, b'{"id": "b", "body": "\\ud800"}'), {"b.txt": "is not UTF-8 (byte 0 is 0xED)"}),
        (lambda it: table(it, b'{"id": "\\ud800", "body": "B."}'), {"\\ud800.txt": "has a name that is no Unicode"}),
        (lambda it: table(it, b'{"id": ".b", "body": "B."}'), {".b.txt": "has a name that starts with a dot"}),
        (
            mixed,
            {"cut.txt": "cannot be unpacked", "lost.txt": "cannot be unpacked", "zero.txt": "is no file but a link"},
        ),
        (linked, {"link.txt": "is no file but a link or", "device.txt": "is no file but a link or"}),
    ],
)
def test_a_text_that_would_harm_is_named_and_set_aside_as_others_are(
    make: Callable[[Path], str], told: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    place = make(tmp_path / "in")
    with raw_folder(place, "body") as folder:
        with pytest.raises(RawTextsError) as raised:
            read_raw(folder)
        raw = read_raw(folder, quarantine=True)
    assert [text.document_id for text in raw.texts] == ["a"]
    assert {it.raw_path.removeprefix("raw/"): it.reason[: len(told[it.raw_path[4:]])] for it in raw.rejected} == told
    assert [line.startswith(f"{place}/") for line in raised.value.faults] == [True] * len(told)
    assert not list(tmp_path.glob("*.txt"))


@pytest.mark.parametrize("name", ["all.zip", "all.tar", "all.tar.gz", "all.tar.zst", "all.parquet", "all.jsonl.gz"])
def test_a_collection_that_is_damaged_or_empty_is_told(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04, said the file")
    with pytest.raises(RawFolderError, match=f"{name}: cannot be unpacked"), raw_folder(str(path), "body"):
        pass
    with pytest.raises(RawFolderError, match=r"all\.zip: holds no text"), raw_folder(packed(tmp_path), "body"):
        pass


def test_texts_of_several_archives_keep_apart(tmp_path: Path) -> None:
    for name in ("2023", "2024"):
        (tmp_path / name).mkdir()
        packed(tmp_path / name, A)
    with raw_folder(str(tmp_path)) as folder:
        assert [text.document_id for text in read_raw(folder).texts] == ["2023-all-a", "2024-all-a"]


def test_a_device_in_a_plain_folder_is_not_read_for_ever(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    with pytest.raises(RawTextsError, match=r"zero\.txt: is no file but a link to something else; remove it"):
        read_raw(tmp_path)


def test_a_table_needs_the_name_of_its_column(tmp_path: Path) -> None:
    path = tabular(tmp_path)
    with pytest.raises(RawFolderError, match="Name it with --text-column"), raw_folder(path):
        pass
    told = "row 1 has no text in 'text'; it has id, body; name another --text-column"
    with pytest.raises(RawFolderError, match=told), raw_folder(path, "text"):
        pass


def test_an_address_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    with pytest.raises(RawFolderError, match="cannot be fetched"), raw_folder(f"file://{tmp_path}/none.zip"):
        pass
