"""The catalogue of a store: one entry a release, created last and once, and ``catalog.json``, derived from them.

An entry's key tells which release it follows, ``catalog/after-1.0.0.json``, and not which it is: so two publishers who
have compared their texts with the same release cannot both go on from it, whatever versions they have come to.

The files of a release lie in a folder of their own, ``1.1.0-3f2a…``, by the first digits of its digest: so two
publishers of one version never mix their files, and what no entry names was left by a run that broke off, or is on its
way.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from flows.errors import TargetError
from flows.release.catalogue import (
    catalogue_text,
    check_presence,
    check_unchanged,
    derive,
    read_catalogue,
    read_withdrawal,
)
from flows.release.entry import DATABASE_HEAD, SMALL_FILES, entry_of
from flows.release.names import CATALOGUE, DATABASE, ENTRIES_FOLDER, WITHDRAWN_FOLDER
from flows.release.transfer import is_complete
from flows.release.versions import in_version_order, is_version, version_key
from flows.table_schema import dump_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from flows.release.catalogue import Catalogue
    from flows.release.objects import Objects

    Entry = Mapping[str, Any]

_REBUILD = "run `newind catalog --rebuild`, which makes the entries anew from the releases"
_AT_ONCE = 8


def entry_key(base: str | None) -> str:
    """Return the key of the entry of the release that was compared with the release `base`, None for the first."""
    return f"{ENTRIES_FOLDER}/after-{base}.json" if base else f"{ENTRIES_FOLDER}/first.json"


def entry_bytes(entry: Entry) -> bytes:
    """Return the bytes of an entry's object."""
    return dump_json(entry).encode()


def read_entries(objects: Objects) -> list[Entry]:
    """Return the entries of all releases that are out, in no order.

    Raises:
        TargetError: the store cannot be read, or an entry is none.
    """
    keys = [key for key in objects.list_keys(ENTRIES_FOLDER) if key.endswith(".json")]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda key: _entry(objects, key), keys))


def current(objects: Objects, where: str) -> Catalogue:
    """Return the catalogue that the entries and withdrawals make, after looking whether ``catalog.json`` agrees.

    Raises:
        TargetError: ``catalog.json`` is none, names a release that is gone, or one that was another; like
            `read_entries`.
    """
    now, before = derived(objects), listed(objects, where)
    if before:
        check_presence(before, now.versions(), f"{where}/{CATALOGUE}")
        check_unchanged(before, now, f"{where}/{CATALOGUE}")
    return now


def derived(objects: Objects) -> Catalogue:
    """Return the catalogue that the entries and withdrawals make; raises like `read_entries`."""
    reasons = {}
    for key in objects.list_keys(WITHDRAWN_FOLDER):
        version = Path(key).stem
        if is_version(version):
            reasons[version] = read_withdrawal(objects.read(key).decode(errors="replace"), key)
    return derive(read_entries(objects), reasons)


def listed(objects: Objects, where: str) -> Catalogue | None:
    """Return what ``catalog.json`` says; None where there is none.

    Raises:
        TargetError: it is none.
    """
    try:
        text = objects.read(CATALOGUE).decode(errors="replace")
    except FileNotFoundError:
        return None
    return read_catalogue(text, f"{where}/{CATALOGUE}")


def write_derived(objects: Objects) -> Catalogue:
    """Derive ``catalog.json`` from the entries and withdrawals, write it, and return it."""
    catalogue = derived(objects)
    objects.write(CATALOGUE, catalogue_text(catalogue).encode())
    return catalogue


def uploads(objects: Objects) -> dict[str, list[str]]:
    """Return the keys of all files of releases, published or not, by the folder that they are in."""
    folders: dict[str, list[str]] = {}
    for key in objects.list_keys():
        folder = key.partition("/")[0]
        if is_version(_version(folder)):
            folders.setdefault(folder, []).append(key)
    return folders


def sweep(objects: Objects, catalogue: Catalogue, where: str, say: Callable[[str], None]) -> None:
    """Remove the files that no entry names and none ever will: those of versions that are out, or were passed by.

    A publisher only ever goes on from the newest release to a higher version; so whoever is still uploading a version
    that is not higher will find that the entry it wants to create is there already.
    """
    newest = catalogue.versions()[-1:]
    named = {release["path"] for release in catalogue.releases}
    for folder, keys in uploads(objects).items():
        version = _version(folder)
        if folder not in named and newest and version_key(version) <= version_key(newest[0]):
            objects.delete(keys)
            say(f"removed {where}/{folder}, which a run that broke off had left")


def rebuild_entries(objects: Objects, where: str) -> None:
    """Make all entries anew from the releases: those that are named, and whole ones that nothing else stands for."""
    entries, releases = _readable_entries(objects), uploads(objects)
    named = {entry["path"]: key for key, entry in entries.items() if entry}
    made: dict[str, Entry] = {}
    for folder in _in_order(releases):
        if folder in named or is_complete(objects, folder, releases[folder]):
            entry: Entry = fetched_entry(objects, folder)
            key = named.get(folder) or entry_key(entry["previous"] or _last(made))
            if key not in made and (folder in named or key not in named.values()):
                made[key] = entry
    if not made and not releases:
        raise TargetError(f"{where}: there is no release to make a catalogue of; publish one")
    for key, entry in made.items():
        objects.write(key, entry_bytes(entry))
    objects.delete(key for key in entries if key not in made)


def fetched_entry(objects: Objects, folder: str) -> dict[str, Any]:
    """Return the entry of a release in the store, from its small files and the head of its database.

    Raises:
        TargetError: like `flows.release.entry.entry_of`.
    """
    with TemporaryDirectory(prefix="newind-entry-") as name:
        for path in (*SMALL_FILES, DATABASE):
            try:
                key = f"{folder}/{path}"
                data = objects.head(key, DATABASE_HEAD) if path == DATABASE else objects.read(key)
            except FileNotFoundError:
                continue
            Path(name, path).write_bytes(data)
        return entry_of(Path(name), folder)


def _version(folder: str) -> str:
    return folder.partition("-")[0]


def _in_order(folders: Iterable[str]) -> list[str]:
    return sorted(folders, key=lambda folder: (version_key(_version(folder)), folder))


def _last(made: Mapping[str, Entry]) -> str | None:
    versions: Sequence[str] = in_version_order(entry["version"] for entry in made.values())
    return versions[-1] if versions else None


def _readable_entries(objects: Objects) -> Mapping[str, Entry | None]:
    """Return all entries by key; None for what is none."""
    found: dict[str, Entry | None] = {}
    for key in objects.list_keys(ENTRIES_FOLDER):
        try:
            found[key] = _entry(objects, key)
        except TargetError:
            found[key] = None
    return found


def _entry(objects: Objects, key: str) -> Entry:
    try:
        entry = json.loads(objects.read(key))
        sound = is_version(entry["version"]) and entry["path"] and entry["digest"]
    except (ValueError, KeyError, TypeError, RecursionError):
        sound, entry = False, {}
    if not sound:
        raise TargetError(f"{key}: this is no entry of a release; {_REBUILD}")
    return dict(entry)
