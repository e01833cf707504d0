"""Collections of every kind become one and the same raw folder; what would harm is named and refused."""

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.errors import NewindError, RawFolderError, RawTextsError
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


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"0" * (MAX_BYTES + 1))


def leading_out(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../out.txt", b"Out.")


def absolute(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("/out.txt", b"Out.")


def twice(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"One.")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", b"Two.")


def broken(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04, said the file")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (bomb, "bomb.txt: unpacks to more than 20 MB, the limit of a text"),
        (leading_out, "'../out.txt': this name leads out of the collection"),
        (absolute, "'/out.txt': this name leads out of the collection"),
        (twice, "a.txt: two texts of the collection have this name"),
        (broken, "cannot be unpacked"),
    ],
)
def test_what_would_harm_is_named_and_refused(make: Callable[[Path], None], told: str, tmp_path: Path) -> None:
    archive = tmp_path / "in" / "all.zip"
    archive.parent.mkdir()
    make(archive)
    with pytest.raises(NewindError) as raised, raw_folder(str(archive)):
        pass
    assert told in str(raised.value)
    assert [path.name for path in tmp_path.rglob("*.txt")] == []


def test_a_table_needs_the_name_of_its_column(tmp_path: Path) -> None:
    path = tabular(tmp_path)
    with pytest.raises(RawFolderError, match="Name it with --text-column"), raw_folder(path):
        pass
    with pytest.raises(RawTextsError, match="row 1 has no text in 'text'"), raw_folder(path, "text"):
        pass


def test_an_address_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    with pytest.raises(RawFolderError, match="cannot be fetched"), raw_folder(f"file://{tmp_path}/none.zip"):
        pass
