"""Is a release what it says it is? Every check ends in a sentence, and a broken file in a failed check."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flows.errors import TargetError
from flows.release.agreement import agreement_faults
from flows.release.cells import cells_of, row_count
from flows.release.checksums import checksum_faults, sha256
from flows.release.copies import csv_faults, database_faults, row_digests
from flows.release.entry import entry_of
from flows.release.keys import dangling_items, dangling_keys, references, repeated_keys
from flows.release.names import CATALOGUE, CHECKSUMS, CSV_ZIP, DATABASE, DESCRIPTOR, parquet_path
from flows.release.released import one_line, read_descriptor, read_table
from flows.release.spans import quote_faults, span_checks, tiling_faults
from flows.schema import arrow_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from flows.release.catalogue import Catalogue
    from flows.release.cells import Cells
    from flows.release.released import Descriptor
    from flows.schema import Tables

    Digests = Mapping[str, str | None]


class Check(NamedTuple):
    """One thing that was checked: a sentence with its counts, and a line for every failure."""

    ok: bool
    sentence: str
    failures: tuple[str, ...] = ()


def verify(folder: Path) -> list[Check]:
    """Check a release: its files, hashes, schemas, rows, keys and spans, and that all its forms hold the same rows.

    Args:
        folder: a release's folder, wherever it was copied to.

    Returns:
        All checks, the failed ones among them. It never raises, whatever the files hold.
    """
    checks = _attempt(f"{CHECKSUMS} cannot be read", lambda: [_checksums(folder)])
    try:
        descriptor = read_descriptor(folder)
        tables = {name: read_table(folder, name) for name in descriptor.schemas}
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes its reader raise is a failed check
        return [*checks, Check(ok=False, sentence="the tables cannot be read", failures=(one_line(error),))]
    return [*checks, *_table_checks(folder, descriptor, tables)]


def listing(folder: Path, catalogue: Catalogue) -> Check:
    """Check that a catalogue tells of a release what the release's own files say.

    Args:
        folder: the release's.
        catalogue: of the target that the release is in, or was fetched from.
    """
    try:
        version = entry_of(folder, "")["version"]
        found = [release for release in catalogue.releases if release["version"] == version]
        entry = entry_of(folder, found[0]["path"]) if found else {}
    except TargetError as error:
        return Check(ok=False, sentence=f"{CATALOGUE} cannot be compared with the release", failures=(str(error),))
    if not found:
        return _counted([f"{version}: {CATALOGUE} does not list it"], 1, f"releases stand in {CATALOGUE}")
    wrong = [name for name, value in entry.items() if found[0].get(name) != value]
    faults = [f"{version}: {CATALOGUE} says another {name} than the release's own files" for name in wrong]
    return _counted(faults, len(entry), f"properties of the release in {CATALOGUE} are what its files say")


def _table_checks(folder: Path, descriptor: Descriptor, tables: Tables) -> Iterator[Check]:
    digests = row_digests(descriptor, tables)
    tests: Mapping[str, Callable[[], Sequence[Check]]] = {
        f"{DESCRIPTOR} cannot be compared with the other files": lambda: [_agreement(folder, descriptor)],
        f"the Parquet files cannot be compared with {DESCRIPTOR}": lambda: [
            _hashes(folder, descriptor),
            _schemas(descriptor, tables),
            _digests(descriptor, tables, digests),
        ],
        "the keys and spans of the rows cannot be checked": lambda: _cell_checks(descriptor, cells_of(tables)),
        f"{CSV_ZIP} cannot be read": lambda: [_csv(folder, descriptor, tables)],
        f"{DATABASE} cannot be read": lambda: [_database(folder, descriptor, digests)],
    }
    for sentence, test in tests.items():
        yield from _attempt(sentence, test)


def _attempt(sentence: str, test: Callable[[], Sequence[Check]]) -> Sequence[Check]:
    try:
        return test()
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes its reader raise is a failed check
        return [Check(ok=False, sentence=sentence, failures=(one_line(error),))]


def _counted(faults: Sequence[str], total: int, rest: str) -> Check:
    good = max(0, total - len(faults))
    share = f"{good:,} of {total:,}" if good or not faults else f"none of {total:,}"
    only = "only " if faults and good else ""
    return Check(not faults, f"{only}{share} {rest}", tuple(faults))


def _checksums(folder: Path) -> Check:
    faults, files = checksum_faults(folder)
    return _counted(faults, files, f"files are those that {CHECKSUMS} names")


def _agreement(folder: Path, descriptor: Descriptor) -> Check:
    faults, claims = agreement_faults(folder, descriptor)
    return _counted(faults, claims, f"properties of {DESCRIPTOR} agree with the other files")


def _hashes(folder: Path, descriptor: Descriptor) -> Check:
    faults = []
    for name, resource in descriptor.resources.items():
        path = folder / parquet_path(name)
        said = (resource.get("hash"), resource.get("bytes"))
        if said != (f"sha256:{sha256(path)}", path.stat().st_size):
            faults.append(f"{parquet_path(name)}: its size or SHA-256 is not the one in {DESCRIPTOR}")
    return _counted(faults, len(descriptor.resources), f"Parquet files have the size and hash that {DESCRIPTOR} says")


def _schemas(descriptor: Descriptor, tables: Tables) -> Check:
    faults = []
    for name, table in tables.items():
        expected = arrow_schema(descriptor.schemas[name])
        if not table.schema.equals(expected):
            faults.append(f"{parquet_path(name)}: its columns differ from {DESCRIPTOR} in name, type or order")
        elif (table.schema.metadata or {}) | expected.metadata != table.schema.metadata:
            faults.append(f"{parquet_path(name)}: the Table Schema in its metadata is not the one of {DESCRIPTOR}")
    return _counted(faults, len(tables), f"Parquet files have the columns that {DESCRIPTOR} describes")


def _digests(descriptor: Descriptor, tables: Tables, digests: Digests) -> Check:
    faults = []
    for name, table in tables.items():
        resource = descriptor.resources[name]
        if table.num_rows != resource.get("rowCount"):
            faults.append(f"{name}: it has {table.num_rows} rows; {DESCRIPTOR} says {resource.get('rowCount')}")
        elif digests[name] != resource.get("logicalDigest"):
            faults.append(f"{name}: its rows do not give the logical digest in {DESCRIPTOR}")
    rows = sum(table.num_rows for table in tables.values())
    return _counted(faults, len(tables), f"tables, {rows:,} rows in all, give their logical digests")


def _cell_checks(descriptor: Descriptor, cells: Cells) -> list[Check]:
    schemas = descriptor.schemas.values()
    keys = [line for it in schemas for line in repeated_keys(it, cells[it.name], (it.primary_key, *it.unique_keys))]
    dangling = [line for it in schemas for line in dangling_keys(it, cells)] + dangling_items(cells)
    pointing = sum(references(it, cells) for it in schemas)
    spans = [
        _counted(check.faults, check.rows, f"spans of {check.resource} found in their passages")
        for check in span_checks(cells)
    ]
    return [
        _counted(keys, sum(map(row_count, cells.values())), "rows have a key of their own"),
        _counted(dangling, pointing, "references point at a row"),
        *spans,
        _counted(quote_faults(cells), row_count(cells["metrics"]), "quotes of metrics found in their passages"),
        _counted(tiling_faults(cells), row_count(cells["passages"]), "passages follow one another without overlap"),
    ]


def _csv(folder: Path, descriptor: Descriptor, tables: Tables) -> Check:
    faults = csv_faults(folder / CSV_ZIP, descriptor, tables)
    return _counted(faults, len(tables), f"tables of {CSV_ZIP} hold the same rows as the Parquet files")


def _database(folder: Path, descriptor: Descriptor, digests: Digests) -> Check:
    faults = database_faults(folder / DATABASE, descriptor, digests)
    return _counted(faults, len(digests), f"tables of {DATABASE} hold the same rows as the Parquet files")
