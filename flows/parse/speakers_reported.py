"""Reported speech: which sentences of a report give whose words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

from flows.parse.rules import load_words
from flows.parse.speakers_names import (
    Person,
    Roster,
    add_person,
    bare_name,
    find_person,
    fullest_names,
    is_person_name,
    is_surname,
    name_key,
)
from flows.parse.speakers_people import rule_named
from flows.parse.speakers_sources import (
    OPENS_QUOTE,
    PLAIN,
    TOLD_BY,
    given_at_end,
    introduced_words,
    is_others,
    is_quotation,
    through_open_quotes,
    through_quotes,
    until_others,
)
from flows.records import Passage, Sentence

_BEFORE = 240
_DATED = 110
# Where and when a report was written: no place of it is who speaks.
_DATELINE = re.compile(
    r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}(?:,[^“”\"–—]{1,50}?)?(?: ?\([^()]{2,30}\))? ?(?:--|–|—) "
)
_FULL_BEFORE = 3000
_FEW = 2
_FEW_NAMED = 12
_UNNAMED = re.compile(
    r"\b(?:an?|the country['’]s) (?:[\w'’-]+ ){0,4}(?:official|spokesperson|spokesman|spokeswoman|minister|regulator)"
    r" (?:said|told|announced|revealed|noted)\b"
)
# What goes on with a list of demands in a paragraph of its own.
_LINKED = re.compile(
    r"(?:Meanwhile|In addition|Moreover|Besides|Furthermore|At the same time), [^.]{3,300}\b(?:should|must|need)\b"
)
_ORDINAL = re.compile(r"(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Final|Last)(?:ly)?\b")
_WORD = re.compile(r"(?<!\w)[A-Za-z]{3,12}(?!\w)")
_OFFICE_ASIDE = re.compile(r"\b[a-z]{3,}\b")
_SPOKEN = frozenset({"paragraph", "list_item", "heading"})


def reported_speakers(
    text: str, sentences: Sequence[Sentence], passages: Sequence[Passage], roster: Roster
) -> list[str | None]:
    """Return the key of the person whose words each sentence reports, None where nobody's or nobody's named.

    People who are quoted but were not named with an office before enter the roster.
    """
    said = through_quotes(text, sentences, _attributions(text, sentences, passages, roster))
    said = given_at_end(text, sentences, passages, through_open_quotes(sentences, passages, said))
    if not any(said):
        return introduced_words(text, sentences, passages, roster)
    people = {key for key in said if key}
    first = next((index for index, key in enumerate(said) if key), len(said))
    spoken = [passages[sentence.passage].kind in _SPOKEN for sentence in sentences]
    early = sum(spoken[:first]) * 3 <= sum(spoken)
    if len(people) == 1 and early and _is_told_throughout(sentences, said):
        only = people.pop()
        first = min(first, _unnamed_before(text, sentences, first))
        last = _last_passage(sentences, said)
        mine = until_others(text, sentences, said)
        whose = [only if index >= first and spoken[index] and mine[index] else None for index in range(len(said))]
        return [key if sentence.passage <= last else None for key, sentence in zip(whose, sentences, strict=True)]
    return _continued(text, sentences, passages, said, roster)


def _is_told_throughout(sentences: Sequence[Sentence], said: Sequence[str | None]) -> bool:
    """Return whether a report names its source so often that it is the source's from there on.

    One that quotes him or her in a passage or two of many only quotes.
    """
    given = {sentence.passage for sentence, key in zip(sentences, said, strict=True) if key}
    passages = {sentence.passage for sentence in sentences}
    return sum(key is not None for key in said) > 1 and (len(given) > _FEW or len(given) * _FEW >= len(passages))


def _last_passage(sentences: Sequence[Sentence], said: Sequence[str | None]) -> int:
    """Return the last passage that can be the only speaker's.

    A report that gives paragraph upon paragraph to its source may end in a paragraph of its own background; one that
    names the source here and there goes on with his or her words to its end.
    """
    given = sorted({sentence.passage for sentence, key in zip(sentences, said, strict=True) if key})
    last = sentences[-1].passage
    dense = len(given) > _FEW and len(given) * 5 >= (given[-1] - given[0] + 1) * 2
    return given[-1] if dense and last - given[-1] == 1 else last


def _unnamed_before(text: str, sentences: Sequence[Sentence], first: int) -> int:
    """Return the index of a sentence in which "a senior official" says what the one who is named next goes on to say.

    It is `first` itself where there is none.
    """
    for index in range(max(0, first - 2), first):
        sentence = sentences[index]
        if _UNNAMED.search(text, sentence.char_start, sentence.char_end):
            return index
    return first


def _attributions(
    text: str, sentences: Sequence[Sentence], passages: Sequence[Passage], roster: Roster
) -> list[str | None]:
    said: list[str | None] = []
    latest: str | None = None
    named = sorted(
        (person.named[0], key) for key, person in roster.people.items() if person.named and person.source == "text"
    )
    at = 0
    heard: list[str] = []
    for sentence in sentences:
        key = None
        if passages[sentence.passage].kind in _SPOKEN:
            while at < len(named) and named[at][0] < sentence.char_start:
                latest = named[at][1]
                at += 1
            key, office = _speaker(text, sentence, roster)
            before = [*(other for _, other in named[max(0, at - _FEW_NAMED) : at]), *heard[-_FEW_NAMED:]]
            key = key or (_meant(office, before, roster) or latest if office is not None else None)
        latest = key or latest
        heard += [key] if key else []
        said.append(key)
    return said


def _meant(office: str, before: Sequence[str], roster: Roster) -> str | None:
    """Return whom "the minister" means of those named before, who have spoken at the end: the last with that office."""
    if not office:
        return None
    for key in reversed(before):
        position = (roster.people[key].position or "").casefold()
        if office in position and ("prime" in office or f"prime {office}" not in position):
            return key
    return None


def _speaker(text: str, sentence: Sentence, roster: Roster) -> tuple[str | None, str | None]:
    """Return the key of whom a sentence names as its speaker, and the office that stands for one, "" for a pronoun."""
    start, end = sentence.char_start, sentence.char_end
    dateline = _DATELINE.match(text, start, min(end, start + _DATED))
    start = dateline.end() if dateline else start
    verbs = load_words("names")["said"]
    if verbs.isdisjoint(PLAIN.findall(text[start:end].lower())):
        return None, None
    for match in _WORD.finditer(text, start, end):
        if match[0].casefold() not in verbs:
            continue
        for name, at in _candidates(text, match.start(), start, end):
            key = _resolve(name, at, roster, text)
            if key:
                return key, None
        office = _pronoun(text, match, start, end)
        if office is not None:
            return None, office
    return None, None


def _pronoun(text: str, match: re.Match[str], start: int, end: int) -> str | None:
    """Return the office that stands for a person beside a verb of saying, "" for he or she, None where none does."""
    behind = rule_named("said-pronoun-behind").pattern.match(text[match.end() : min(end, match.end() + 40)])
    if behind:
        plain = match[0].casefold() in {"said", "added", "noted", "stressed", "according", "says", "explained"}
        return (behind["office"] or "").casefold() if plain else None
    verb = rule_named("said").pattern.match(text, match.start(), end)
    before = rule_named("said-pronoun-before").pattern.search(text[max(start, match.start() - 50) : match.start()])
    return (before["office"] or "").casefold() if verb and before else None


def _candidates(text: str, at: int, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the names around a verb of saying, or behind "according to" or a passive's "by", and where they stand."""
    for rule in ("according-to", "said-passive"):
        match = rule_named(rule).pattern.match(text, at, min(end, at + _BEFORE))
        if match:
            yield match["name"], match.start("name")
    verb = rule_named("said").pattern.match(text, at, end)
    if not verb:
        return
    opened = max(start, at - _BEFORE)
    before = text[opened:at]
    if verb[0] == "quoted":
        before = before.removesuffix("was ").removesuffix("is ")
    for rule, reach in (("said-subject-with", _BEFORE), ("said-subject", 120), ("said-subject-office", _BEFORE)):
        pattern, near, offset = rule_named(rule).pattern, before[-reach:], opened + max(0, len(before) - reach)
        match = pattern.search(near)
        while match:
            if _is_office(match.groupdict().get("aside") or "office"):
                yield match["name"], offset + match.start("name")
            match = pattern.search(near, match.end("name"))
    behind = rule_named("said-object").pattern.match(text[verb.end() : min(end, verb.end() + 140)])
    if behind:
        yield behind["name"], verb.end() + behind.start("name")


def _is_office(aside: str) -> bool:
    """Return whether what stands between commas behind a name can be an office: not "Kent" of "Dover, Kent, said"."""
    offices = load_words("names")["office"]
    return _OFFICE_ASIDE.search(aside) is not None or not offices.isdisjoint(aside.casefold().split())


def _resolve(printed: str, start: int, roster: Roster, text: str) -> str | None:
    """Return the key of whom a name means, its first words left out one by one: "Fire Chief Ronald Pacheco".

    Who is new there may have been named in full before: "led by Gabriel Di Bella", then "Mr. Di Bella said".
    """
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
            last = name.rsplit(" ", maxsplit=1)[-1].casefold()
            before = text[max(0, start - _FULL_BEFORE) : start]
            full = fullest_names(frozenset({last}), before).get(last, (name, (0, 0)))[0] if len(words) == 2 else name
            whole = full if full.casefold().endswith(f" {name.casefold()}") else name
            add_person(roster, Person(whole, named=(at, at + len(name)), source="reported"))
            return name_key(whole)
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
    latest: str | None = None
    for _, group in groupby(range(len(sentences)), key=lambda index: sentences[index].passage):
        indices = list(group)
        passage = passages[sentences[indices[0]].passage]
        named = any(said[index] for index in indices)
        linked = (is_quotation(passage) and not named) or _LINKED.match(passage.text)
        current = carried if _goes_on(passage) else latest if linked else None
        carried = current
        for index in indices:
            sentence = sentences[index]
            quote = text[sentence.char_start : sentence.char_start + 1] in OPENS_QUOTE
            if said[index]:
                current = said[index]
            elif _is_elsewhere(text, sentence, starts) or (current and is_others(text, sentence)):
                current = None
            elif quote and index < indices[-1] and said[index + 1]:
                current = said[index + 1]
            result[index] = current if passage.kind in _SPOKEN else None
        latest = current
        if current and passage.text.rstrip().endswith((":", "：")):
            carried = current
    return result


def _goes_on(passage: Passage) -> bool:
    return passage.kind == "list_item" or _ORDINAL.match(passage.text) is not None


def _is_elsewhere(text: str, sentence: Sentence, starts: Sequence[int]) -> bool:
    """Return whether a sentence turns to another person or source."""
    if TOLD_BY.search(text, sentence.char_start, sentence.char_end):
        return True
    at = bisect_left(starts, sentence.char_start)
    return at < len(starts) and starts[at] < sentence.char_end
