"""What validation has held to be true, in words, so that "no errors" and "not checked" differ."""

# ruff: noqa: S608 - statements are put together from quoted names of schemas

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from flows.release.released import row_count
from flows.release.sql import offer, quoted, workshop
from flows.schema import schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flows.release.released import Source

_SPANS = {"values": "metrics", "quotes": "metrics", "tasks": "tasks", "mentions": "mentions", "numbers": "numerals"}


class Count(NamedTuple):
    """Of how many rows or cells something was checked, and held of all of them."""

    rows: int
    sentence: str


def checked(sources: Mapping[str, Source]) -> tuple[Count, ...]:
    """Count what stands in the texts as it claims, has a key of its own, and points at a row that exists.

    Args:
        sources: tables in which no violation was found: that each of these does so, validation says alone.
    """
    rows = {name: row_count(source) for name, source in sources.items()}
    spans = [Count(rows[resource], f"{what} found in the texts") for what, resource in _SPANS.items()]
    pointing = Count(sum(_pointing(sources)), "references point at a row")
    return *spans, Count(sum(rows.values()), "rows have a key of their own"), pointing


def _pointing(sources: Mapping[str, Source]) -> Iterator[int]:
    with workshop() as connection:
        for name, source in sources.items():
            cells = [f"count({quoted(key.field)})" for key in schema_of(name).foreign_keys]
            if cells:
                offer(connection, name, source)
                ((number,),) = connection.execute(f"SELECT {' + '.join(cells)} FROM {quoted(name)}").fetchall()
                yield int(number)
