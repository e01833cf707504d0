"""Is a release what it says it is? Every check ends in a sentence, and a broken file in a failed check."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa

from flows.errors import TargetError
from flows.release.agreement import agreement_faults
from flows.release.cells import cells_of
from flows.release.cells import row_count as cell_count
from flows.release.checksums import checksum_faults
from flows.release.copies import csv_faults, database_faults, row_digests
from flows.release.descriptor import file_properties
from flows.release.entry import entry_of
from flows.release.keys import dangling_items, dangling_keys, references, repeated_keys
from flows.release.names import CATALOGUE, CHECKSUMS, CSV_ZIP, DATABASE, DESCRIPTOR
from flows.release.released import one_line, read_descriptor, read_files, row_count, shapes
from flows.release.spans import quote_faults, span_checks, tiling_faults
from flows.release.sql_validate import sql_violations
from flows.schema import arrow_schema, schemas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from flows.release.catalogue import Catalogue
    from flows.release.cells import Cells
    from flows.release.released import Descriptor, Source

    Digests = Mapping[str, str | None]


MOST_ROWS_IN_MEMORY = 500_000
"""A release of more rows is checked from its files, by DuckDB."""


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
        files = {name: descriptor.files(folder, name) for name in descriptor.schemas}
        sources = _in_memory(files) if sum(map(row_count, files.values())) <= MOST_ROWS_IN_MEMORY else files
        digests = row_digests(descriptor, sources)
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes its reader raise is a failed check
        return [*checks, Check(ok=False, sentence="the tables cannot be read", failures=(one_line(error),))]
    return [*checks, *_table_checks(folder, descriptor, sources, digests)]


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


def _in_memory(files: Mapping[str, Sequence[Path]]) -> dict[str, Source]:
    return {name: read_files(paths) for name, paths in files.items()}


def _table_checks(
    folder: Path, descriptor: Descriptor, sources: Mapping[str, Source], digests: Digests
) -> Iterator[Check]:
    tests: Mapping[str, Callable[[], Sequence[Check]]] = {
        f"{DESCRIPTOR} cannot be compared with the other files": lambda: [_agreement(folder, descriptor)],
        f"the Parquet files cannot be compared with {DESCRIPTOR}": lambda: [
            _hashes(folder, descriptor),
            _schemas(folder, descriptor),
            _digests(descriptor, sources, digests),
        ],
        "the keys and spans of the rows cannot be checked": lambda: _row_checks(descriptor, sources),
        f"{CSV_ZIP} cannot be read": lambda: [_csv(folder, descriptor, sources)],
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
    faults, files = [], 0
    for resource in descriptor.resources.values():
        paths = [resource["path"]] if isinstance(resource["path"], str) else resource["path"]
        files += len(paths)
        found = file_properties(folder, paths)
        parts = resource.get("parts", [resource])
        known = [{key: it.get(key) for key in ("path", "bytes", "hash")} for it in parts]
        told = f"its size or SHA-256 is not the one in {DESCRIPTOR}"
        wrong = [it["path"] for it in found.get("parts", [found]) if it not in known]
        whole = all(resource.get(name) == value for name, value in found.items())
        faults += [f"{path}: {told}" for path in wrong or ([] if whole else [", ".join(paths)])]
    return _counted(faults, files, f"Parquet files have the size and hash that {DESCRIPTOR} says")


def _schemas(folder: Path, descriptor: Descriptor) -> Check:
    faults, files = [], 0
    for name, schema in descriptor.schemas.items():
        expected, paths = arrow_schema(schema), descriptor.files(folder, name)
        files += len(paths)
        for path, found in zip(paths, shapes(paths), strict=True):
            shown = path.relative_to(folder).as_posix()
            if not found.equals(expected):
                faults.append(f"{shown}: its columns differ from {DESCRIPTOR} in name, type or order")
            elif (found.metadata or {}) | expected.metadata != found.metadata:
                faults.append(f"{shown}: the Table Schema in its metadata is not the one of {DESCRIPTOR}")
    return _counted(faults, files, f"Parquet files have the columns that {DESCRIPTOR} describes")


def _digests(descriptor: Descriptor, sources: Mapping[str, Source], digests: Digests) -> Check:
    faults, counts = [], {name: row_count(source) for name, source in sources.items()}
    for name, count in counts.items():
        resource = descriptor.resources[name]
        if count != resource.get("rowCount"):
            faults.append(f"{name}: it has {count} rows; {DESCRIPTOR} says {resource.get('rowCount')}")
        elif digests[name] != resource.get("logicalDigest"):
            faults.append(f"{name}: its rows do not give the logical digest in {DESCRIPTOR}")
    return _counted(faults, len(counts), f"tables, {sum(counts.values()):,} rows in all, give their logical digests")


def _row_checks(descriptor: Descriptor, sources: Mapping[str, Source]) -> list[Check]:
    """Check rows in memory one by one; others by the SQL that is compiled from the schemas of this program."""
    tables = {name: source for name, source in sources.items() if isinstance(source, pa.Table)}
    if len(tables) == len(sources):
        return _cell_checks(descriptor, cells_of(tables))
    rows = sum(map(row_count, sources.values()))
    if any(known != descriptor.schemas.get(name) for name, known in schemas().items()):
        told = f"the keys and spans of {rows:,} rows were not checked: their schemas are not those of this newind"
        return [Check(ok=True, sentence=f"{told}; verify with the one that made them")]
    return [_counted(sql_violations(sources), rows, "rows have the types, keys, references and spans they must have")]


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
        _counted(keys, sum(map(cell_count, cells.values())), "rows have a key of their own"),
        _counted(dangling, pointing, "references point at a row"),
        *spans,
        _counted(quote_faults(cells), cell_count(cells["metrics"]), "quotes of metrics found in their passages"),
        _counted(tiling_faults(cells), cell_count(cells["passages"]), "passages follow one another without overlap"),
    ]


def _csv(folder: Path, descriptor: Descriptor, sources: Mapping[str, Source]) -> Check:
    faults = csv_faults(folder / CSV_ZIP, descriptor, sources)
    return _counted(faults, len(sources), f"tables of {CSV_ZIP} hold the same rows as the Parquet files")


def _database(folder: Path, descriptor: Descriptor, digests: Digests) -> Check:
    faults = database_faults(folder / DATABASE, descriptor, digests)
    return _counted(faults, len(digests), f"tables of {DATABASE} hold the same rows as the Parquet files")
