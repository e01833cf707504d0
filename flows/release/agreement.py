"""What a descriptor says beside hashes, held against the other files of the release that say the same."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZipFile

from flows.release.names import CHANGES_JSON, CHANGES_TABLE, CSV_ZIP, DESCRIPTOR, PACKAGE, parquet_path
from flows.release.versions import is_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from flows.release.released import Descriptor

_TABLE = {"type": "table", "format": "parquet", "mediatype": "application/vnd.apache.parquet", "encoding": "utf-8"}
_ALIKE = ("title", "description", "schema")


class _Claim(NamedTuple):
    """One property of the descriptor: what it is, and what another file says it must be."""

    name: str
    said: Any
    expected: Any
    where: str


def agreement_faults(folder: Path, descriptor: Descriptor) -> tuple[list[str], int]:
    """Return a line for every property of the descriptor that another file contradicts, and how many were compared.

    Raises:
        OSError, BadZipFile, KeyError, ValueError: the other files cannot be read.
    """
    with ZipFile(folder / CSV_ZIP) as file:
        twin = json.loads(file.read(DESCRIPTOR))
    changes = json.loads((folder / CHANGES_JSON).read_text("utf-8")) if (folder / CHANGES_JSON).exists() else None
    claims = [*_package(descriptor, twin), *_resources(descriptor, twin)]
    claims += _changes(descriptor, changes) if changes is not None else []
    faults = [f"{it.name} is {_shown(it.said)}, but {it.where} has it otherwise" for it in claims if _differs(it)]
    if not is_version(str(descriptor.package.get("version"))):
        faults.append(f"version is {_shown(descriptor.package.get('version'))}, which is no semantic version")
    return faults, len(claims) + 1


def _differs(claim: _Claim) -> bool:
    return bool(claim.said != claim.expected) or type(claim.said) is not type(claim.expected)


def _package(descriptor: Descriptor, twin: Mapping[str, Any]) -> Iterator[_Claim]:
    yield _Claim("name", descriptor.package.get("name"), PACKAGE, "this program")
    for name in sorted({*descriptor.package, *twin} - {"resources"}):
        yield _Claim(name, descriptor.package.get(name), twin.get(name), CSV_ZIP)


def _resources(descriptor: Descriptor, twin: Mapping[str, Any]) -> Iterator[_Claim]:
    others = {resource["name"]: resource for resource in twin["resources"]}
    yield _Claim("the list of resources", list(descriptor.resources), list(others), CSV_ZIP)
    for name, resource in descriptor.resources.items():
        for key in _ALIKE:
            yield _Claim(f"{name}: {key}", resource.get(key), others.get(name, {}).get(key), CSV_ZIP)
        for key, expected in _TABLE.items():
            yield _Claim(f"{name}: {key}", resource.get(key), expected, parquet_path(name))


def _changes(descriptor: Descriptor, changes: Mapping[str, Any]) -> Iterator[_Claim]:
    package = descriptor.package
    yield _Claim("version", package.get("version"), changes["version"], CHANGES_JSON)
    yield _Claim("the day of created", str(package.get("created"))[:10], changes["created"], CHANGES_JSON)
    for it in changes["resources"]:
        if it["name"] in descriptor.resources and it["name"] != CHANGES_TABLE:
            rows = it["added"] + it["corrected"] + it["unchanged"]
            yield _Claim(
                f"{it['name']}: rowCount", descriptor.resources[it["name"]].get("rowCount"), rows, CHANGES_JSON
            )


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"
