"""One text with all that its sentences are read against."""

from __future__ import annotations

from typing import NamedTuple

from flows.parse.numbers import Number
from flows.parse.sieve import Signs
from flows.parse.timing import Calendar
from flows.parse.units import UnitTable
from flows.records import Document, Layout, Voices
from flows.vocabulary import Vocabulary


class Text(NamedTuple):
    """One text with all that its sentences are read against."""

    text: str
    document: Document
    layout: Layout
    voices: Voices
    numbers: list[Number]
    starts: list[int]
    table: UnitTable
    vocabulary: Vocabulary
    calendar: Calendar
    planned: frozenset[int]
    signs: Signs
