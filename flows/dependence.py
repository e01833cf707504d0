"""What the rows of a stored text owe to the vocabularies: a changed one touches the texts that hold what changed.

Each shard keeps the forms that its vocabularies knew. A text that holds none of those that are new, gone or of another
meaning would have the same mentions and units; whether it would have the same indicators and themes, its own rows tell.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from ahocorasick_rs import AhoCorasick

from flows.parse.indicators import find_indicator
from flows.parse.mentions import fold_names, known_names
from flows.parse.tasks_themes import find_theme, theme_index
from flows.read import read_again

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from flows.records import RawText
    from flows.vocabulary import Vocabulary

FORMS = "forms.parquet"
"""The file of a shard that holds the forms that its vocabularies knew."""

_COLUMNS = ("kind", "form", "meaning")


class _Changed(NamedTuple):
    """Automata over the changed forms: of names for folded words, of units for words in lower case."""

    names: AhoCorasick
    units: AhoCorasick


@lru_cache(maxsize=2)
def vocabulary_digest(vocabulary: Vocabulary) -> str:
    """Return a digest of all that a vocabulary says."""
    exact = sorted(vocabulary.exact)
    return hashlib.sha256(repr((*vocabulary[:3], exact)).encode()).hexdigest()[:24]


def write_forms(vocabulary: Vocabulary, folder: Path) -> None:
    """Write the forms of a vocabulary into the folder of a shard.

    Raises:
        OSError: the file cannot be written.
    """
    columns = list(map(pa.array, zip(*sorted(_forms(vocabulary)), strict=True)))
    pq.write_table(pa.table(columns, _COLUMNS), folder / FORMS, compression="zstd")


def touched(shard: Path, texts: Iterable[RawText], raw: Path, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the ids of the texts that `vocabulary` may read in another way than the one that `shard` was written by.

    Args:
        shard: the folder of a shard.
        texts: some of the texts in it.
        raw: the raw folder that holds them.
        vocabulary: the one that counts now.

    Raises:
        RawTextsError: a text is not what it was.
        OSError: the shard cannot be read.
    """
    changed = _changed(zip(*_columns(shard / FORMS, _COLUMNS), strict=True), vocabulary)
    by_form = {text.document_id for text in texts if changed and _holds(read_again(raw, text).text, changed)}
    return frozenset(by_form | _by_indicator(shard, vocabulary) | _by_theme(shard, vocabulary))


@lru_cache(maxsize=2)
def _forms(vocabulary: Vocabulary) -> frozenset[tuple[str, str, str]]:
    """Return all forms with their kind, `name` or `unit`, and all that the vocabulary says of them as one text."""
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for form, meaning in known_names(vocabulary):
        said["name", form].add(meaning)
    for unit in vocabulary.units:
        said["unit", unit.form.casefold()].add(repr(unit))
    return frozenset((kind, form, "\n".join(sorted(meanings))) for (kind, form), meanings in said.items())


def _changed(before: Iterable[tuple[str, str, str]], vocabulary: Vocabulary) -> _Changed | None:
    forms: dict[str, set[str]] = {"name": set(), "unit": set()}
    for kind, form, _ in _forms(vocabulary).symmetric_difference(before):
        forms[kind].add(form if kind == "name" else max(form.split(), key=len))  # a line may break between words
    return _Changed(*(AhoCorasick(sorted(found)) for found in forms.values())) if any(forms.values()) else None


def _holds(words: str, changed: _Changed) -> bool:
    units = changed.units.find_matches_as_indexes(words.casefold())
    return bool(units or changed.names.find_matches_as_indexes(fold_names(words)))


def _by_indicator(shard: Path, vocabulary: Vocabulary) -> set[str]:
    columns = ("document_id", "indicator", "indicator_id")
    rows = set(zip(*_columns(shard / "metrics.parquet", columns), strict=True))
    named = [
        (document, find_indicator(phrase, vocabulary) if phrase else None, known) for document, phrase, known in rows
    ]
    return {document for document, found, known in named if found != known}


def _by_theme(shard: Path, vocabulary: Vocabulary) -> set[str]:
    """Return the texts of which a task would serve another theme; one without evidence serves that of its parent."""
    index, found = theme_index(vocabulary), set()
    themes: dict[str | None, str | None] = {}
    columns = ("document_id", "task_id", "parent_task_id", "statement", "theme_id")
    for document, task, parent, statement, known in zip(*_columns(shard / "tasks.parquet", columns), strict=True):
        themes[task] = find_theme(statement, index) or themes.get(parent)
        if themes[task] != known:
            found.add(document)
    return found


def _columns(path: Path, names: tuple[str, ...]) -> Iterable[list[str]]:
    columns: Mapping[str, list[str]] = pq.read_table(path, columns=list(names)).to_pydict()
    return [columns[name] for name in names]
