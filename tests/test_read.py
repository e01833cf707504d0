"""The raw folder: what is read, and every way in which it can be wrong."""

import hashlib
import os
from pathlib import Path

import pytest

from flows.errors import RawFolderError, RawTextsError
from flows.read import MAX_BYTES, MAX_LINE, document_id, read_raw
from flows.records import Source

needs_permissions = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


def put(folder: Path, name: str, data: bytes = b"A text.\n") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def faults(folder: Path) -> tuple[str, ...]:
    with pytest.raises(RawTextsError) as caught:
        read_raw(folder)
    return caught.value.faults


def test_reads_the_five_texts_in_order_of_their_ids(root: Path) -> None:
    texts = read_raw(root / "raw").texts
    assert len(texts) == 5
    assert [text.document_id for text in texts] == sorted(text.document_id for text in texts)
    for text in texts:
        assert text.path == f"raw/{text.document_id}.txt"
        data = (root / text.path).read_bytes()
        assert (text.text, text.bytes) == (data.decode(), len(data))
        assert text.sha256 == text.source.sha256 == hashlib.sha256(data).hexdigest()


def test_newlines_and_byte_order_mark_stay_as_they_are(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "\ufeffOne\r\ntwo\rthree\u2028".encode())
    assert read_raw(tmp_path).texts[0].text == "\ufeffOne\r\ntwo\rthree\u2028"


def test_passes_over_what_is_no_text(tmp_path: Path) -> None:
    put(tmp_path, "Report (2024).TXT")
    for name in (".hidden.txt", "notes.md", "text.txt.bak"):
        put(tmp_path, name, b"\xff\x00")
    (tmp_path / ".hidden").mkdir()
    put(tmp_path / ".hidden", "inner.txt", b"\xff")
    assert [text.document_id for text in read_raw(tmp_path).texts] == ["report-2024"]


def test_a_path_says_nothing_of_the_machine(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    assert read_raw(tmp_path).texts[0].path == "raw/a.txt"


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("plain", "plain"),
        ("Report (2024)_final", "report-2024-final"),
        ("  a--b  ", "a-b"),
        ("Économie à São Paulo", "economie-a-sao-paulo"),
        ("工信部 2024", "2024"),
        ("工信部", ""),
    ],
)
def test_document_id_is_lower_case_kebab(stem: str, name: str) -> None:
    assert document_id(stem) == name


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(RawFolderError, match=r"nowhere: there is no such folder; make it"):
        read_raw(tmp_path / "nowhere")
    with pytest.raises(RawFolderError, match=r"nowhere\.pdf: there is no such folder or file; name a folder of texts"):
        read_raw(tmp_path / "nowhere.pdf")


def test_a_file_for_a_folder(tmp_path: Path) -> None:
    with pytest.raises(RawFolderError, match=r"a\.txt: is a file; name the folder"):
        read_raw(put(tmp_path, "a.txt"))


def test_an_empty_folder(tmp_path: Path) -> None:
    put(tmp_path, "notes.md")
    with pytest.raises(RawFolderError, match=r"holds no text; put at least one file named \*\.txt"):
        read_raw(tmp_path)


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        ("\ufeff\u3000\n".encode(), "is empty"),
        (b"caf\xe9 2024", "is not UTF-8 (byte 3 is 0xE9); save it as UTF-8"),
        (b"cut short \xe5\xb7", "is not UTF-8 (byte 10 is 0xE5); save it as UTF-8"),
        ("text".encode("utf-16"), "is UTF-16, not UTF-8; save it as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is binary (byte 8 is zero), not text"),
        (b"a" * (MAX_LINE + 1), "has a line of 5.0 million characters, over the limit of 5 million"),
        (b"line\n" * (MAX_BYTES // 5 + 1), "has 20.0 MB, over the limit of 20 MB a text; split it"),
    ],
    ids=["nothing", "white-space", "wide-white-space", "latin-1", "cut", "utf-16", "png", "one-line", "too-large"],
)
def test_each_fault_is_one_line_that_names_the_file(tmp_path: Path, data: bytes, fault: str) -> None:
    path = put(tmp_path, "a.txt", data)
    (line,) = faults(tmp_path)
    assert line.startswith(f"{path}: {fault}")
    assert "\n" not in line


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_000)  # no disk is spent on it
    assert faults(tmp_path) == (
        f"{tmp_path / 'a.txt'}: has 50.0 MB, over the limit of 20 MB a text; split it into one file a text",
    )


def test_a_line_of_a_million_characters_is_accepted(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", b"word " * 200_000)
    assert read_raw(tmp_path).texts[0].bytes == 1_000_000


def test_two_names_of_one_id(tmp_path: Path) -> None:
    put(tmp_path, "A b.txt")
    put(tmp_path, "a_B.TXT")
    assert faults(tmp_path) == (
        f"{tmp_path}/A b.txt: gives the same id as a_B.TXT, 'a-b'; rename all but one",
        f"{tmp_path}/a_B.TXT: gives the same id as A b.txt, 'a-b'; rename all but one",
    )


def test_a_name_without_an_id(tmp_path: Path) -> None:
    path = put(tmp_path, "工信部.txt")
    assert faults(tmp_path) == (f"{path}: its name has no Latin letter or digit to make an id of; rename it",)


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    assert "is a link that leads nowhere" in faults(tmp_path)[0]


@needs_permissions
def test_what_may_not_be_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt").chmod(0)
    assert "cannot be read; give yourself the right to read it" in faults(tmp_path)[0]


def test_one_bad_text_does_not_hide_another(tmp_path: Path) -> None:
    put(tmp_path, "good.txt")
    put(tmp_path, "empty.txt", b"")
    put(tmp_path, "latin.txt", b"\xe9")
    put(tmp_path, "sources.toml", b"[nobody]\nsha256 = ''")
    lines = faults(tmp_path)
    assert [line.split(":")[0].rsplit("/", 1)[1] for line in lines] == [
        "empty.txt",
        "latin.txt",
        "sources.toml",
        "sources.toml",
        "sources.toml",
    ]


def test_a_record_gives_its_text_a_source(tmp_path: Path) -> None:
    digest = hashlib.sha256(put(tmp_path, "a.txt").read_bytes()).hexdigest()
    put(tmp_path, "b.txt")
    record = f'[a]\nsha256 = "{digest}"\nurl = "https://example.org/a"\nrights_holder = "Example"\nnote = "One page."\n'
    put(tmp_path, "sources.toml", record.encode())
    with_record, without = read_raw(tmp_path).texts
    assert with_record.source == Source(digest, "https://example.org/a", "Example", None)
    assert without.source == Source()


def test_a_changed_text_stops_the_run(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt")
    put(tmp_path, "sources.toml", f'[a]\nsha256 = "{"0" * 64}"'.encode())
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    (line,) = faults(tmp_path)
    assert line == (
        f"{path}: has SHA-256 {digest[:12]}…, but sources.toml records 000000000000…; "
        f"restore the file, or, if the change is meant, record what `sha256sum {path}` prints"
    )


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ("[a", "is not valid TOML (Expected ']'"),
        ("\xff", "is not valid TOML ('utf-8' codec"),
        ('title = "x"', "'title' stands outside a record"),
        ('[b]\nsha256 = "{zeros}"', "[b] names no text of the folder"),
        ('[a]\nsha256 = "{zeros}"\nlicense = "MIT"', "[a] has an unknown key 'license'; known are sha256, url,"),
        ('[a]\nsha256 = "{zeros}"\nurl = 5', "[a] url must be text in quotes"),
        ('[a]\nsha256 = "{zeros}"\nlicence = " "', "[a] licence must be text in quotes, and not empty"),
        ('[a]\nurl = "https://example.org"', "[a] needs sha256, 64 lower-case hexadecimal digits"),
        ('[a]\nsha256 = "ABC"', "[a] needs sha256, 64 lower-case hexadecimal digits"),
    ],
)
def test_a_faulty_record_is_told(tmp_path: Path, record: str, fault: str) -> None:
    put(tmp_path, "a.txt")
    put(tmp_path, "sources.toml", record.replace("{zeros}", "0" * 64).encode("latin-1"))
    (line,) = faults(tmp_path)
    assert line.startswith(f"{tmp_path / 'sources.toml'}: {fault}")


def test_a_quarantine_sets_aside_what_cannot_be_read(tmp_path: Path) -> None:
    put(tmp_path, "good.txt")
    put(tmp_path, "wrong.txt", b"caf\xe9")
    put(tmp_path, "\u4e2d.txt")
    (tmp_path / "lost.txt").symlink_to("nowhere")
    raw = read_raw(tmp_path, quarantine=True)
    assert [text.document_id for text in raw.texts] == ["good"]
    told = {(it.raw_path, it.document_id, it.bytes, it.sha256 is None) for it in raw.rejected}
    assert told == {
        ("raw/wrong.txt", "wrong", 4, False),
        ("raw/\u4e2d.txt", None, 8, False),
        ("raw/lost.txt", "lost", None, True),
    }
    assert {it.sha256 for it in raw.rejected if it.bytes == 4} == {hashlib.sha256(b"caf\xe9").hexdigest()}
    assert all(it.reason and "\n" not in it.reason for it in raw.rejected)


def test_a_quarantine_is_named_where_it_would_help(tmp_path: Path) -> None:
    put(tmp_path, "good.txt")
    put(tmp_path, "wrong.txt", b"caf\xe9")
    with pytest.raises(RawTextsError, match="--quarantine publishes the other text without them"):
        read_raw(tmp_path)


def test_a_quarantine_does_not_publish_nothing_at_all(tmp_path: Path) -> None:
    put(tmp_path, "wrong.txt", b"caf\xe9")
    with pytest.raises(RawTextsError, match=r"^[^\n]*is not UTF-8[^\n]*$"):
        read_raw(tmp_path, quarantine=True)


def test_a_quarantine_does_not_hide_faults_of_the_records(tmp_path: Path) -> None:
    put(tmp_path, "good.txt")
    put(tmp_path, "sources.toml", b"x =")
    with pytest.raises(RawTextsError, match="is not valid TOML"):
        read_raw(tmp_path, quarantine=True)
