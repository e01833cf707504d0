"""Written answers to a parliament: "ANSWER", the minister's office on a line, and the name in brackets under it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.parse.rules import load_words
from flows.parse.speakers_names import Roster, add_person, name_key
from flows.parse.speakers_turns import Turn, Voice
from flows.records import Passage

_SMALL = frozenset(("of", "for", "and", "the", "in", "to"))
_LETTERS = re.compile(r"[^\W\d_]+")


def answered_in_writing(
    passages: Sequence[Passage], turns: Sequence[Turn], voices: Sequence[Voice], roster: Roster
) -> list[Voice]:
    """Give the office above a name in brackets to its holder, and the bare "ANSWER" over both to him or her."""
    told = list(voices)
    for at in range(1, len(turns)):
        label, person = turns[at].label, told[at].person
        if label is None or person is None or passages[label].text[:1] != "(":
            continue
        office = _office_above(passages[label - 1])
        if office:
            add_person(roster, person._replace(position=office, named=_named(passages[label], person.name)))
            told[at] = Voice(roster.people[name_key(person.name)], None)
        if told[at - 1].part == "answer" or passages[turns[at - 1].label or 0].text.strip(" .:") in {"ANSWER", "REPLY"}:
            told[at - 1] = told[at]
    return told


def _office_above(passage: Passage) -> str:
    """Return the office that a line names, "" for any other line."""
    office = _as_written(passage.text) if passage.kind in {"heading", "paragraph"} else ""
    return "" if load_words("speakers")["office"].isdisjoint(office.casefold().split()) else office


def _named(label: Passage, name: str) -> tuple[int, int] | None:
    at = label.text.casefold().find(name.casefold())
    return (label.char_start + at, label.char_start + at + len(name)) if at >= 0 else None


def _as_written(line: str) -> str:
    """Return an office in capitals as it is written elsewhere: "MINISTER OF STATE FOR MINES", "Minister of State …"."""
    words = " ".join(line.split()).strip(" ,:;")
    if not words.isupper():
        return words
    return _LETTERS.sub(lambda word: word[0].lower() if word[0].lower() in _SMALL else word[0].capitalize(), words)
