"""Reported speech: which sentences of a report give whose words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from flows.parse.speakers_names import Person, Roster, add_person, bare_name, find_person, is_person_name, is_surname, name_key
from flows.parse.speakers_people import rule_named
from flows.records import Passage, Sentence

_BEFORE = 240
_SOURCES = re.compile(r"\b(?:figures|data|statistics|estimates|records|documents) (?:show|from|released)|\b[Aa]nalysts\b")
_OPENS_QUOTE = ("“", '"', "‘")
_ORDINAL = re.compile(r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Final|Last)(?:ly)?\b")
_OFFICE_ASIDE = re.compile(r"\b[a-z]{3,}\b")
_SPOKEN = frozenset({"paragraph", "list_item", "heading"})


def reported_speakers(
    text: str, sentences: Sequence[Sentence], passages: Sequence[Passage], roster: Roster
) -> list[str | None]:
    """Return the key of the person whose words each sentence reports, None where nobody's or nobody's named.

    People who are quoted but were not named with an office before enter the roster.
    """
    said = _attributions(text, sentences, passages, roster)
    people = {key for key in said if key}
    first = next((index for index, key in enumerate(said) if key), len(said))
    if len(people) == 1 and sum(key is not None for key in said) > 1 and first * 3 <= len(said):
        only = people.pop()
        spoken = [passages[sentence.passage].kind in _SPOKEN for sentence in sentences]
        return [only if index >= first and spoken[index] else None for index in range(len(said))]
    return _continued(text, sentences, passages, said, roster)


def _attributions(
    text: str, sentences: Sequence[Sentence], passages: Sequence[Passage], roster: Roster
) -> list[str | None]:
    said: list[str | None] = []
    latest: str | None = None
    named = sorted((person.named[0], key) for key, person in roster.people.items() if person.named and person.source == "text")
    at = 0
    for sentence in sentences:
        key = None
        if passages[sentence.passage].kind in _SPOKEN:
            while at < len(named) and named[at][0] < sentence.char_start:
                latest = named[at][1]
                at += 1
            key = _named_speaker(text, sentence, roster)
            if key is None and latest and rule_named("said-by-office").pattern.search(text, *sentence[:2]):
                key = latest
        latest = key or latest
        said.append(key)
    return said


def _named_speaker(text: str, sentence: Sentence, roster: Roster) -> str | None:
    for name, start in _candidates(text, sentence):
        key = _resolve(name, start, roster)
        if key:
            return key
    return None


def _candidates(text: str, sentence: Sentence) -> Iterator[tuple[str, int]]:
    start, end = sentence.char_start, sentence.char_end
    for match in rule_named("said").pattern.finditer(text, start, end):
        opened = max(start, match.start() - _BEFORE)
        before = text[opened : match.start()]
        subject = rule_named("said-subject").pattern.search(before[-120:])
        if subject:
            yield subject["name"], opened + max(0, len(before) - 120) + subject.start("name")
        aside = rule_named("said-subject-office").pattern.search(before)
        if aside and _OFFICE_ASIDE.search(aside["aside"]):
            yield aside["name"], opened + aside.start("name")
        after = rule_named("said-object").pattern.match(text[match.end() : min(end, match.end() + 80)])
        if after:
            yield after["name"], match.end() + after.start("name")
    for rule in ("according-to", "said-passive"):
        for match in rule_named(rule).pattern.finditer(text, start, end):
            yield match["name"], match.start("name")


def _resolve(printed: str, start: int, roster: Roster) -> str | None:
    """Return the key of whom a name means, its first words left out one by one: "Fire Chief Ronald Pacheco"."""
    words = printed.split()
    for skipped in range(len(words)):
        name = bare_name(" ".join(words[skipped:]))
        if " " not in name and not is_surname(name):
            continue
        known = find_person(roster, name)
        if known and known.kind == "person":
            return name_key(known.name)
    for skipped in range(len(words) - 1):
        name = bare_name(" ".join(words[skipped:]))
        if is_person_name(name):
            at = start + printed.find(words[skipped])
            add_person(roster, Person(name, named=(at, at + len(name)), source="reported"))
            return name_key(name)
    return None


def _continued(
    text: str,
    sentences: Sequence[Sentence],
    passages: Sequence[Passage],
    said: Sequence[str | None],
    roster: Roster,
) -> list[str | None]:
    """Carry each attribution on through the sentences that plainly continue it."""
    result: list[str | None] = list(said)
    others = [(person.named, key) for key, person in roster.people.items() if person.named and person.source != "head"]
    starts = sorted(place[0] for place, _ in others if place)
    carried: str | None = None
    for _, group in groupby(range(len(sentences)), key=lambda index: sentences[index].passage):
        indices = list(group)
        passage = passages[sentences[indices[0]].passage]
        current = carried if _goes_on(passage) else None
        carried = current
        for index in indices:
            sentence = sentences[index]
            quote = text[sentence.char_start : sentence.char_start + 1] in _OPENS_QUOTE
            if said[index]:
                current = said[index]
            elif _is_elsewhere(text, sentence, starts):
                current = None
            elif quote and index + 1 in indices and said[index + 1]:
                current = said[index + 1]
            result[index] = current if passage.kind in _SPOKEN else None
        if current and passage.text.rstrip().endswith((":", "：")):
            carried = current
    return result


def _goes_on(passage: Passage) -> bool:
    return passage.kind == "list_item" or _ORDINAL.match(passage.text) is not None


def _is_elsewhere(text: str, sentence: Sentence, starts: Sequence[int]) -> bool:
    """Return whether a sentence turns to another person or source."""
    if _SOURCES.search(text, sentence.char_start, sentence.char_end):
        return True
    at = bisect_left(starts, sentence.char_start)
    return at < len(starts) and starts[at] < sentence.char_end
