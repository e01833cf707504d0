"""Where the tables of a release lie on the disk: a file each, or several for a large one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.release.names import DATA_FOLDER, parquet_path, part_path

if TYPE_CHECKING:
    from pathlib import Path


def resources_in(folder: Path) -> list[str]:
    """Return the resources that have Parquet files in the folder of a release, sorted."""
    data = folder / DATA_FOLDER
    return sorted({path.stem for path in data.glob("*.parquet")} | {it.parent.name for it in data.glob("*/part-0.*")})


def table_files(folder: Path, resource: str) -> tuple[Path, ...]:
    """Return the Parquet files of a resource in the folder of a release, in the order of their rows."""
    return tuple(folder / name for name in table_paths(folder, resource))


def table_paths(folder: Path, resource: str) -> tuple[str, ...]:
    """Return the same relative to the folder: one path that may not be there, or those of all parts."""
    parts = len(list((folder / DATA_FOLDER / resource).glob("part-*.parquet")))
    return tuple(part_path(resource, number) for number in range(parts)) or (parquet_path(resource),)
