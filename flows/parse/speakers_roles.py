"""Who plays which part in a text, and which of its passages and sentences are whose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from flows.parse.rules import load_words
from flows.parse.speakers_answers import (
    answered_below,
    answered_in_writing,
    answerer_of,
    only_named,
    presenter,
    replies,
    titled_person,
    told_of,
)
from flows.parse.speakers_names import (
    Person,
    Roster,
    add_person,
    find_person,
    full_name_pattern,
    fullest_names,
    is_person_name,
    known_in,
    name_key,
)
from flows.parse.speakers_parts import is_statement, role_of
from flows.parse.speakers_people import rule_named
from flows.parse.speakers_reported import reported_speakers
from flows.parse.speakers_turns import Turn, Voice, introduce, surname_of, turns_of, voice_of
from flows.records import Layout, Passage

_SILENT = frozenset({"navigation", "page_header", "byline", "head"})
_CLAUSE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[MD][rs])(?<!\bMrs)[.;](?=[ ])")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\b[MD][rs])(?<!\bMrs)(?<!\bSmt)\.(?=[ ])")
_REACH = 200
_LIST = 1500
_MANY = 40
_FIRST_WORD = re.compile(r"\s*(?P<name>[A-ZÀ-Þ][\w'’-]+)\b")
_INTRODUCED = 14  # passages at the beginning in which people are introduced
_TOGETHER = 8
# Who stands before one of these is not who answers: "After meeting Roe, Bo took questions".
_ALONE = re.compile(r"\b(?:where|when|which|that|with|to|by|[Aa]fter[^,]{3,80}|[Bb]eside|[Mm]eeting[^,]{3,80}),?[ ]")
_ASIDE = _SILENT | {"caption", "note", "title"}


class Cast(NamedTuple):
    """Roles by `name_key`, and the keys of the speakers of each passage and each sentence.

    `more` are second roles: a chair's who also speaks, an author's who gives a speech.
    """

    roles: dict[str, str]
    passages: list[str | None]
    sentences: list[str | None]
    more: frozenset[tuple[str, str]] = frozenset()


def cast_transcript(
    text: str, layout: Layout, roster: Roster, chairs: frozenset[str], authors: Sequence[Person]
) -> Cast:
    """Cast a text with speakers' labels."""
    passages = layout.passages
    turns = turns_of(passages)
    voices = _voices(text, passages, turns, roster, chairs, authors)
    answerer = answerer_of(voices, roster, chairs) or titled_person(passages, roster)
    turns, voices = answered_below(passages, turns, voices, answerer)
    introduced = introduce(turns, voices, roster)
    keys = frozenset(name_key(name) for name in chairs)
    mine: dict[str, list[int]] = {}
    for index, voice in enumerate(voices):
        if voice.person:
            mine.setdefault(name_key(voice.person.name), []).append(index)
    total = sum(turn.words for turn in turns)
    asked = any(voice.part == "questioner" and voice.person is None for voice in voices)
    roles: dict[str, str] = {}
    for key, indices in mine.items():
        own = [turns[index] for index in indices]
        parts = {voices[index].part or "" for index in indices}
        parts |= {"named"} if asked else set()
        parts |= {"chair"} if key in keys else {"questioner"} if key in introduced else {"listed"} if keys else set()
        roles[key] = role_of(roster.people[key], own, total, frozenset(parts))
    _promote(roles, {key: sum(turns[index].words for index in indices) for key, indices in mine.items()}, keys)
    whose = _by_passage(passages, turns, voices)
    _introduced(passages, roster, roles)
    _add_silent(roster, roles, keys)
    return Cast(roles, whose, [whose[sentence.passage] for sentence in layout.sentences])


def _promote(roles: dict[str, str], words: dict[str, int], chairs: frozenset[str]) -> None:
    """Where nobody but a moderator answers, the moderator is the speaker: a spokesperson's regular briefing."""
    likely = [key for key, role in roles.items() if role == "chair" and key not in chairs]
    if likely and "speaker" not in roles.values():
        roles[max(likely, key=lambda key: words[key])] = "speaker"


def _voices(
    text: str,
    passages: Sequence[Passage],
    turns: Sequence[Turn],
    roster: Roster,
    chairs: frozenset[str],
    authors: Sequence[Person],
) -> list[Voice]:
    found: dict[str, Voice] = {}
    voices: list[Voice] = []
    labels = {passage.text for passage in passages if passage.kind == "label"}
    full = fullest_names(frozenset(map(surname_of, labels)), text)
    first = next((p for p in roster.people.values() if p.source == "head" and p.name not in chairs), None)
    for turn in turns:
        if turn.label is None:
            opener = authors[0] if authors else first or only_named(passages, turn, roster)
            voices.append(Voice(opener if authors or is_statement(turn) else None, None))
            continue
        label = passages[turn.label]
        if label.text not in found:
            found[label.text] = voice_of(label.text, label.char_start, roster, full, chairs)
        voices.append(found[label.text])
    host = presenter(turns, voices, roster)
    voices = [Voice(host, "chair") if voice == Voice(None, "chair") and host else voice for voice in voices]
    answerer = answerer_of(voices, roster, chairs) or titled_person(passages, roster)
    if answerer is None and any(voice.part == "answer" for voice in voices):
        answerer = told_of(text, passages, roster)
    voices = answered_in_writing(passages, turns, voices, roster)
    asked = {index for index, voice in enumerate(voices) if voice == Voice(None, "questioner")}
    if len(asked) == 1 and (asker := replies(passages, roster)[1]):
        voices[asked.pop()] = Voice(asker, "questioner")
    return [Voice(answerer, None) if voice.part == "answer" and answerer else voice for voice in voices]


def _introduced(passages: Sequence[Passage], roster: Roster, roles: dict[str, str]) -> None:
    """Make those attendees whom a moderator introduces and who then say nothing."""
    rule = rule_named("introduces")
    spans = [
        (passage.char_start, passage.char_end)
        for passage in passages[:_INTRODUCED]
        if passage.kind == "paragraph" and rule.pattern.search(passage.text[:_LIST])
    ]
    for key, person in roster.people.items():
        inside = person.named and any(start <= person.named[0] < end for start, end in spans)
        if inside and person.position and person.source == "text":
            roles.setdefault(key, "attendee")


def _by_passage(passages: Sequence[Passage], turns: Sequence[Turn], voices: Sequence[Voice]) -> list[str | None]:
    whose: list[str | None] = [None] * len(passages)
    for turn, voice in zip(turns, voices, strict=True):
        if voice.person:
            indices = turn.passages if turn.label is None else (turn.label, *turn.passages)
            key = name_key(voice.person.name)
            for index in indices:
                whose[index] = key
    return whose


def cast_author(layout: Layout, roster: Roster, author: Person, role: str) -> Cast:
    """Cast a text that one author wrote or gave: he or she speaks all of it but what surrounds it."""
    key = name_key(author.name)
    mute = _SILENT if role == "author" else _ASIDE - {"title"}
    whose = [None if passage.kind in mute else key for passage in layout.passages]
    roles = {key: role}
    _add_silent(roster, roles, frozenset())
    return Cast(roles, whose, [whose[sentence.passage] for sentence in layout.sentences])


def cast_interview(layout: Layout, roster: Roster, person: Person, asked: frozenset[int]) -> Cast:
    """Cast an interview without labels: what follows each question is the words of the one who answers."""
    key, first = name_key(person.name), min(asked)
    spoken = [index > first and index not in asked and p.kind not in _ASIDE for index, p in enumerate(layout.passages)]
    whose = [key if own else None for own in spoken]
    roles = {key: "speaker"}
    _add_silent(roster, roles, frozenset())
    return Cast(roles, whose, [whose[sentence.passage] for sentence in layout.sentences])


def cast_report(text: str, layout: Layout, roster: Roster, chairs: frozenset[str]) -> Cast:
    """Cast a text in which others are reported: those whose words it gives speak, sentence by sentence."""
    passages = layout.passages
    said = reported_speakers(text, layout.sentences, passages, roster)
    roles = {key: "speaker" for key in dict.fromkeys(said) if key}
    spoke = set(roles)
    for passage in passages:
        if passage.kind in {"paragraph", "list_item", "caption"}:
            spoke |= _guided(passage.text, passage.char_start, roster, roles)
            _presiding(passage.text, roster, roles)
            _asked(passage, roster, roles)
    if asker := replies(passages, roster)[1]:
        roles.setdefault(name_key(asker.name), "questioner")
    more = frozenset((key, "speaker") for key in spoke if roles[key] == "chair")
    _add_silent(roster, roles, frozenset(name_key(name) for name in chairs))
    held: list[set[str | None]] = [set() for _ in passages]
    for sentence, key in zip(layout.sentences, said, strict=True):
        held[sentence.passage].add(key)
    whose = [next(iter(keys)) if len(keys) == 1 else None for keys in held]
    return Cast(roles, whose, said, more)


def _asked(passage: Passage, roster: Roster, roles: dict[str, str]) -> None:
    """Enter the media of whose questions a report tells: "Asked by Reuters whether …"."""
    if "sked by " not in passage.text and "uestioned by " not in passage.text:
        return
    for match in rule_named("asked-by").pattern.finditer(passage.text):
        name = match["name"] or match["alone"]
        words = {word.casefold() for word in name.split()}
        if match["medium"] or words & load_words("speakers")["medium"]:
            at = passage.char_start + match.start("name" if match["name"] else "alone")
            add_person(roster, Person(name, kind="organisation", named=(at, at + len(name)), source="reported"))
            roles.setdefault(name_key(name), "questioner")


def _enter_listed(clause: str, start: int, roster: Roster) -> None:
    """Enter those of a list of attendees whom it names without an office: "Li Wei, Zhou Yang and Xu Lan, …"."""
    for match in full_name_pattern().finditer(clause):
        before, after = clause[: match.start()], clause[match.end() :]
        listed = not before.strip() or before.endswith((", ", " and ", "; "))
        if listed and (not after or after.startswith((",", " and ", ";"))) and is_person_name(match[0]):
            place = (start + match.start(), start + match.end())
            add_person(roster, Person(match[0], named=place))


def _guided(text: str, at: int, roster: Roster, roles: dict[str, str]) -> set[str]:
    """Give a role to those of whom a report says that they presided, gave a speech, or were there.

    Returns the keys of those who gave a speech.
    """
    gave: set[str] = set()
    for name in ("presided", "seated-chair", "delivered", "answered", "attended"):
        rule = rule_named(name)
        if not any(hint in text for hint in rule.data["hints"]):
            continue
        for match in rule.pattern.finditer(text):
            reach = _LIST if name == "attended" else _REACH
            start = max(0, match.start() - reach)
            clause = _CLAUSE_END.split(text[start : match.start()])[-1]
            behind = match["by"] or match.groupdict().get("with")
            if behind:
                end = _SENTENCE_END if match.groupdict().get("with") else _CLAUSE_END
                clause = end.split(text[match.end() : match.end() + 2 * _REACH])[0]
            many = _MANY if name == "attended" else _TOGETHER
            if name == "attended" and not behind:
                _enter_listed(clause, at + match.start() - len(clause), roster)
            clause = _ALONE.split(clause)[-1] if name == "answered" and not behind else clause
            for person in known_in(roster, clause)[-1 if rule.data.get("nearest") else -many :]:
                key = name_key(person.name)
                gave |= {key} if name == "delivered" else set()
                if rule.data["role"] == "chair" or key not in roles:
                    roles[key] = str(rule.data["role"])
    return gave


def _presiding(text: str, roster: Roster, roles: dict[str, str]) -> None:
    """Make those chairs of whom a participle says that they presided: "While chairing a meeting, Li was briefed"."""
    rule = rule_named("presiding")
    low = text.casefold()
    if not any(hint in low for hint in rule.data["hints"]):
        return
    for match in rule.pattern.finditer(text):
        before = _CLAUSE_END.split(text[max(0, match.start() - _REACH) : match.start()])[-1]
        named = find_person(roster, match["who"]) if match["who"] else None
        near = [named] if named else known_in(roster, before)[-1:] or _by_surname(before, roster)
        for person in near:
            roles[name_key(person.name)] = "chair"


def _by_surname(clause: str, roster: Roster) -> list[Person]:
    """Return the one person whom a clause opens with by the family name: "Premier Li made the statements"."""
    match = rule_named("office-surname").pattern.search(clause) or _FIRST_WORD.match(clause)
    person = find_person(roster, match["name"]) if match else None
    return [person] if person else []


def _add_silent(roster: Roster, roles: dict[str, str], chairs: frozenset[str]) -> None:
    """Give a role to those who are named and say nothing: in the head they attend, in the text they are mentioned."""
    for key, person in roster.people.items():
        if key in roles or person.kind != "person":
            continue
        if person.source == "head":
            roles[key] = "chair" if key in chairs else "attendee"
        elif person.source == "text" and person.position:
            roles[key] = "mentioned"
