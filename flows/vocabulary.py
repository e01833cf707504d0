"""The vocabularies: which indicators, entities and units are known, read once from ``schemas/vocabularies/``."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flows.errors import VocabularyError
from flows.records import Entity, Indicator
from flows.resources import schemas_folder


class UnitForm(NamedTuple):
    """One printed form of a unit: "GW" is ``watt`` times 1e9, written after the number, in exactly this case."""

    form: str
    unit: str
    factor: Decimal
    prefix: bool
    exact: bool


class Vocabulary(NamedTuple):
    """All three tables; `exact` holds the ids of the entities whose forms match in their printed case alone."""

    indicators: tuple[Indicator, ...]
    entities: tuple[Entity, ...]
    units: tuple[UnitForm, ...]
    exact: frozenset[str]

    def __hash__(self) -> int:
        """Hash by identity: indexes of a vocabulary are cached, and hashing its rows would cost more than they do."""
        return id(self)


@lru_cache(maxsize=1)
def default_vocabulary() -> Vocabulary:
    """Return the vocabularies that the package ships."""
    return read_vocabulary(schemas_folder() / "vocabularies")


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read ``indicators.csv``, ``entities.csv`` and ``units.csv`` of a folder.

    Raises:
        VocabularyError: a file or a column is missing, an id stands twice, or a broader entity is none.
    """
    entities = _rows(folder / "entities.csv")
    vocabulary = Vocabulary(
        indicators=tuple(_indicator(row) for row in _rows(folder / "indicators.csv")),
        entities=tuple(_entity(row) for row in entities),
        units=tuple(_unit(row) for row in _rows(folder / "units.csv")),
        exact=frozenset(row["entity_id"] for row in entities if row["case_sensitive"] == "true"),
    )
    _check(vocabulary, folder)
    return vocabulary


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except FileNotFoundError:
        raise VocabularyError(f"{path}: this vocabulary is missing; restore it from the repository") from None


def _indicator(row: dict[str, str]) -> Indicator:
    return Indicator(
        row["indicator_id"],
        row["label"],
        row["definition"],
        row["unit"] or None,
        row["measure"] or None,
        _split(row["aliases"]),
        row["source"],
    )


def _entity(row: dict[str, str]) -> Entity:
    native, broader = row["label_native"] or None, row["broader_id"] or None
    return Entity(row["entity_id"], row["kind"], row["label"], native, _split(row["aliases"]), broader)


def _unit(row: dict[str, str]) -> UnitForm:
    return UnitForm(row["form"], row["unit"], Decimal(row["factor"]), row["place"] == "prefix", row["case"] == "exact")


def _split(aliases: str) -> tuple[str, ...]:
    return tuple(alias for alias in aliases.split("|") if alias)


def _check(vocabulary: Vocabulary, folder: Path) -> None:
    entity_ids = [entity.entity_id for entity in vocabulary.entities]
    for ids in (entity_ids, [indicator.indicator_id for indicator in vocabulary.indicators]):
        twice = sorted({name for name in ids if ids.count(name) > 1}) if len(set(ids)) < len(ids) else []
        if twice:
            raise VocabularyError(f"{folder}: {', '.join(twice)} stands twice; an id names one row")
    lost = sorted({e.broader_id for e in vocabulary.entities if e.broader_id} - set(entity_ids))
    if lost:
        raise VocabularyError(
            f"{folder / 'entities.csv'}: broader_id {', '.join(lost)} names no entity_id of the table"
        )
