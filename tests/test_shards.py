"""Batches become shards, shards the same tables as rows in memory; what was parsed is found again, or parsed anew."""

import gc
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import RawTextsError
from flows.gather import gather
from flows.parse import parse_raw
from flows.parse.assemble import assemble
from flows.quarantine import parse_or_reject
from flows.read import read_raw
from flows.records import Parsed, RawText, Rejected, Source, Speaker
from flows.release.parquet import ROW_GROUP_SIZE, write_rows, write_tables
from flows.release.released import read_table
from flows.schema import to_arrow, to_tables
from flows.shards import SEAL, Taken, batch_size, batches, is_little, parser_version, stored, text_key, write_shard
from flows.vocabulary import Vocabulary, default_vocabulary

GOLD = Path(__file__).parent / "gold" / "dev"


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two texts twice, so that there are duplicates, and disagreements between documents."""
    folder = tmp_path_factory.mktemp("raw")
    for name in ("a-fed-press-conference", "b-news-report", "h-cso-industrial-production"):
        shutil.copy(GOLD / f"{name}.txt", folder)
    (folder / "copy.txt").write_bytes((GOLD / "b-news-report.txt").read_bytes())
    for name, rate in (("one", "5.2"), ("two", "6.1")):
        line = f"Industrial added value grew by {rate} percent year on year in 2023, said Jin Zhuanglong, minister."
        (folder / f"{name}.txt").write_text(line)
    return folder


@pytest.fixture(scope="module")
def expected(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables as rows in memory give them."""
    vocabulary, folder = default_vocabulary(), tmp_path_factory.mktemp("expected")
    texts = read_raw(raw).texts
    write_tables(to_tables(assemble([parse_raw(text, vocabulary) for text in texts], vocabulary)), folder)
    return folder


def data(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "data").iterdir()}


@pytest.mark.parametrize("size", [1, 2, 100])
def test_shards_of_any_size_give_the_same_bytes(raw: Path, expected: Path, tmp_path: Path, size: int) -> None:
    texts = read_raw(raw, keep=False).texts
    assert not any(text.text for text in texts)
    batches = [texts[at : at + size] for at in range(0, len(texts), size)]
    taken = [Taken(write_shard(batch, raw, tmp_path / "store").folder) for batch in reversed(batches)]
    gather(taken, (), default_vocabulary(), tmp_path)
    assert data(tmp_path) == data(expected)
    codes = set(read_table(tmp_path, "findings")["code"].to_pylist())
    assert {"conflicting-values", "duplicate-document"} <= codes


def test_what_was_parsed_is_found_whatever_batch_it_was_in(raw: Path, expected: Path, tmp_path: Path) -> None:
    texts, store = read_raw(raw, keep=False).texts, tmp_path / "store"
    changed = texts[1]._replace(sha256="0" * 64)
    write_shard(texts, raw, store)
    taken, missing, damaged = stored(store, [texts[0], changed, *texts[2:]], raw)
    assert (missing, damaged) == ([changed], [])
    assert taken[0].left == {texts[1].document_id}
    again = write_shard([texts[1]], raw, store)
    gather([*taken, Taken(again.folder)], (), default_vocabulary(), tmp_path)
    assert data(tmp_path) == data(expected)


def test_a_damaged_shard_is_told_and_parsed_again(raw: Path, tmp_path: Path) -> None:
    texts = read_raw(raw, keep=False).texts
    first, second = write_shard(texts[:2], raw, tmp_path), write_shard(texts[2:], raw, tmp_path)
    with (first.folder / "metrics.parquet").open("r+b") as file:
        file.seek(30)
        file.write(b"damage")
    taken, missing, damaged = stored(tmp_path, texts, raw)
    assert (taken, missing) == ([Taken(second.folder)], list(texts[:2]))
    assert len(damaged) == 1
    assert "is damaged; its texts are parsed again" in damaged[0]
    assert write_shard(missing, raw, tmp_path).folder == first.folder
    assert stored(tmp_path, texts, raw)[1:] == ([], [])


def test_a_shard_without_a_seal_is_none(raw: Path, tmp_path: Path) -> None:
    texts = read_raw(raw, keep=False).texts
    shard = write_shard(texts, raw, tmp_path)
    (shard.folder / SEAL).unlink()
    assert stored(tmp_path, texts, raw)[1] == list(texts)


def test_a_key_names_all_that_the_rows_depend_on() -> None:
    text = RawText("a", "raw/a.txt", "", "0" * 64, 1)
    others = [
        text._replace(document_id="b"),
        text._replace(path="raw/b.txt"),
        text._replace(sha256="1" * 64),
        text._replace(source=Source(url="https://example.org")),
    ]
    assert len({text_key(it) for it in [text, *others]}) == 5
    assert len(parser_version()) == 24


def test_a_text_that_changes_under_the_run_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Exports grew by 5 percent.")
    texts = read_raw(tmp_path, keep=False).texts
    (tmp_path / "a.txt").write_text("Exports grew by 6 percent.")
    with pytest.raises(RawTextsError, match=r"a\.txt: has changed since this run began; publish again"):
        write_shard(texts, tmp_path, tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_a_text_that_cannot_be_parsed_leaves_the_others(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def parse(text: RawText, vocabulary: Vocabulary) -> Parsed | Rejected:
        if "two" in text.path:
            return Rejected(text.path, text.document_id, "is poison", text.bytes, text.sha256)
        return parse_or_reject(text, vocabulary)

    monkeypatch.setattr("flows.shards.parse_or_reject", parse)
    texts = read_raw(raw, keep=False).texts
    shard = write_shard(texts, raw, tmp_path)
    assert ([it.reason for it in shard.rejected], shard.documents) == (["is poison"], len(texts) - 1)
    assert [text.document_id for text in stored(tmp_path, texts, raw)[1]] == ["two"]


SAYING = st.lists(
    st.tuples(
        st.sampled_from(["", "2023-01-01", "2024-05-05"]),
        st.none() | st.just("金"),
        st.none() | st.sampled_from("pq"),
        st.none() | st.sampled_from("xyz"),
    ),
    min_size=1,
    max_size=5,
)


@settings(deadline=None, max_examples=25)
@given(SAYING)
def test_speakers_are_joined_by_sql_as_they_are_in_memory(
    said: list[tuple[str, str | None, str | None, str | None]],
) -> None:
    import duckdb  # noqa: PLC0415 - here alone

    from flows.gather import JOINED  # noqa: PLC0415 - as above
    from flows.parse.assemble import merge_speakers  # noqa: PLC0415 - as above

    rows = [
        (Speaker("li", f"Li {at}", native, "person", position, body), f"d{at}", day)
        for at, (day, native, position, body) in enumerate(said)
    ]
    table = to_arrow("speakers", [speaker for speaker, _, _ in rows])
    columns = {"document_id": [name for _, name, _ in rows], "said_on": [day for *_, day in rows]}
    for name, cells in columns.items():
        table = table.append_column(name, [cells])
    with duckdb.connect() as connection:
        connection.register("speakers", table)
        joined = connection.execute(JOINED).fetchall()
    ordered = [speaker for speaker, name, day in sorted(rows, key=lambda row: (row[2], row[1]))]
    assert [Speaker(*row) for row in joined] == merge_speakers(ordered)


def test_rows_are_written_a_row_group_at_a_time_in_the_same_bytes(tmp_path: Path) -> None:
    rows = [(f"s{at:06}", "Li", None, "person", None, None) for at in range(ROW_GROUP_SIZE * 2 + 5)]
    table = to_arrow("speakers", rows)
    write_tables({"speakers": table}, tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    write_rows("speakers", table.to_batches(max_chunksize=9_999), other)
    assert data(other) == {"speakers.parquet": data(tmp_path)["speakers.parquet"]}


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([5], [(1, 1)]),
        ([50], [(1, 1)]),
        ([4, 4, 4], [(1, 2), (3, 1)]),
        ([1, 50, 1, 9], [(1, 1), (2, 1), (3, 2)]),
    ],
)
def test_texts_go_in_batches(sizes: list[int], expected: list[tuple[int, int]]) -> None:
    texts = [RawText(f"t{at}", "", "x" * size, "", size) for at, size in enumerate(sizes)]
    found = list(batches(texts, 10))
    assert [(first, len(batch)) for first, batch in found] == expected
    assert [text for _, batch in found for text in batch] == texts


@pytest.mark.parametrize(("size", "expected"), [(100, 250_000), (1_000_000, 625_000), (20_000_000, 2_000_000)])
def test_batches_are_small_where_there_would_be_few(size: int, expected: int) -> None:
    assert batch_size([RawText("a", "", "", "", size)] * 10, 2_000_000, 2) == expected


@pytest.mark.parametrize(("sizes", "expected"), [([], True), ([9, 11], True), ([9, 12], False)])
def test_texts_are_little_where_each_worker_has_a_batch_at_most(sizes: list[int], *, expected: bool) -> None:
    assert is_little([RawText("a", "", "", "", size) for size in sizes], 10, 2) is expected


def test_no_circles_are_left_that_python_would_have_to_look_for(raw: Path, tmp_path: Path) -> None:
    texts = read_raw(raw).texts
    write_shard(texts, raw, tmp_path / "first")  # what is made once
    gc.collect()
    gc.disable()
    try:
        parsed = [parse_raw(text, default_vocabulary()) for text in texts]
        assert gc.collect() == 0
    finally:
        gc.enable()
    write_shard(texts, raw, tmp_path / "second")
    assert gc.isenabled()
    assert len(parsed) == len(texts)
