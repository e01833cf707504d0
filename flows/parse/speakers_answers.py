"""Who answers where no label says so: under a name in brackets, right under the question, behind an "A:"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.parse.rules import load_words
from flows.parse.speakers_names import Person, Roster, add_person, bare_name, find_person, known_in, name_key
from flows.parse.speakers_parts import asks_last
from flows.parse.speakers_people import enter_surnames, rule_named
from flows.parse.speakers_turns import Turn, Voice, as_written, turn_of
from flows.records import Passage

_SAID = frozenset({"paragraph", "heading", "list_item"})
_SHORT = 300
_INTERVIEW = re.compile(
    r"\b(?:interview(?:ed|s)?|Q ?& ?A|(?:speaks?|spoke|talks?|talked|sat down|conversation) (?:to|with))\b"
    r"|\banswer(?:s|ed)? (?:[\w’']+ ){0,3}questions\b",
    re.IGNORECASE,
)
_FRONT = 12  # passages in which it is told who asks and who replies


def answered_in_writing(
    passages: Sequence[Passage], turns: Sequence[Turn], voices: Sequence[Voice], roster: Roster
) -> list[Voice]:
    """Give the office above a name in brackets to its holder, and the bare "ANSWER" over both to him or her."""
    told = list(voices)
    for at in range(1, len(turns)):
        label, person = turns[at].label, told[at].person
        if label is None or person is None or "(" not in passages[label].text:
            continue
        office = _office_above(passages[label - 1]) if passages[label].text[0] == "(" else None
        if office:
            add_person(roster, person._replace(position=office, named=_named(passages[label], person.name)))
            told[at] = Voice(roster.people[name_key(person.name)], None)
        if told[at - 1].part == "answer" or passages[turns[at - 1].label or 0].text.strip(" .:") in {"ANSWER", "REPLY"}:
            told[at - 1] = told[at]
    return told


def answered_below(
    passages: Sequence[Passage], turns: Sequence[Turn], voices: Sequence[Voice], answerer: Person | None
) -> tuple[list[Turn], list[Voice]]:
    """Part what follows a question from it where the next label is another question: the answer has none.

    It is the words of the only one who answers, None's where several could.
    """
    parted: list[Turn] = []
    whose: list[Voice] = []
    for at, (turn, voice) in enumerate(zip(turns, voices, strict=True)):
        asked = voice.part == "questioner" and (at + 1 == len(turns) or voices[at + 1].part == "questioner")
        held = turn.passages[:-1] if asked else ()
        last = next((index for index in reversed(held) if asks_last(passages[index].text)), None)
        if last is None:
            parted.append(turn)
            whose.append(voice)
            continue
        parted.append(turn_of(passages, turn.label, [index for index in turn.passages if index <= last]))
        parted.append(turn_of(passages, None, [index for index in turn.passages if index > last]))
        whose += [voice, Voice(answerer, None)]
    return parted, whose


def interviewed(passages: Sequence[Passage], roster: Roster) -> tuple[Person, frozenset[int]] | None:
    """Return who answers the questions of an interview without labels, and the indices of the questions."""
    said = [(index, p.text) for index, p in enumerate(passages) if p.kind in _SAID and len(p.text) < _SHORT]
    asked = [index for index, words in said if words.rstrip().endswith("?")]
    if len(asked) <= 1 or not any(_INTERVIEW.search(p.text) for p in passages[: asked[0]]):
        return None
    named = [p for p in roster.people.values() if p.position and p.named and p.named[0] < passages[asked[0]].char_start]
    return (named[0], frozenset(asked)) if len(named) == 1 else None


def only_named(passages: Sequence[Passage], turn: Turn, roster: Roster) -> Person | None:
    """Return whom the first words of a text name with an office, if it is one: "today's briefing by Ada Roe, …"."""
    end = passages[turn.passages[min(1, len(turn.passages) - 1)]].char_start if turn.passages else 0
    named = [p for p in roster.people.values() if p.position and p.named and p.named[0] < end]
    return named[0] if len(named) == 1 else None


def presenter(turns: Sequence[Turn], voices: Sequence[Voice], roster: Roster) -> Person | None:
    """Return who a moderator without a name says that he or she is: "I am Dana Roe, Chief of Media Relations"."""
    for turn, voice in zip(turns, voices, strict=True):
        match = rule_named("own-name").pattern.search(turn.spoken[:600]) if voice == Voice(None, "chair") else None
        if match:
            return find_person(roster, match["name"])
    return None


def answerer_of(voices: Sequence[Voice], roster: Roster, chairs: frozenset[str]) -> Person | None:
    """Return who an "A:" is: the one person who can be meant, if there is just one."""
    able = {name_key(v.person.name) for v in voices if v.person and v.part is None and v.person.kind == "person"}
    able = able or {
        key for key, person in roster.people.items() if person.source == "head" and person.name not in chairs
    }
    return roster.people[able.pop()] if len(able) == 1 else None


def titled_person(passages: Sequence[Passage], roster: Roster) -> Person | None:
    """Return the one person whom the title names with an office: "Spokesperson Lu Qi's regular press conference"."""
    title = next((passage for passage in passages if passage.kind == "title"), None)
    if title is None:
        return None
    named = [
        p
        for p in roster.people.values()
        if p.position and p.named and p.named[0] < title.char_end <= p.named[1] + len(title.text)
    ]
    return named[0] if len(named) == 1 else None


def told_of(text: str, passages: Sequence[Passage], roster: Roster) -> Person | None:
    """Return who answers: the title's office and family name, or of whom it is told: "Dana Roe took questions"."""
    enter_surnames(text, [passage for passage in passages if passage.kind == "title"], roster)
    if titled := titled_person(passages, roster):
        return titled
    for passage in passages:
        match = rule_named("answered").pattern.search(passage.text) if passage.kind == "paragraph" else None
        if match:
            return next(reversed(known_in(roster, passage.text[: match.start()])), None)
    return replies(passages, roster)[0]


def replies(passages: Sequence[Passage], roster: Roster) -> tuple[Person | None, Person | None]:
    """Return who replies to a question in a parliament and who asked it: "a question by Ada Roe and a reply by …"."""
    for passage in passages[:_FRONT]:
        match = rule_named("reply-by").pattern.search(passage.text) if "reply by" in passage.text else None
        if match:
            at = passage.char_start + match.start("asker")
            asker = Person(bare_name(match["asker"]), named=(at, at + len(match["asker"])))
            add_person(roster, asker)
            by = known_in(roster, passage.text[match.end() :])
            return (by[0] if by else None), asker
    return None, None


def _office_above(passage: Passage) -> str:
    """Return the office that a line names, "" for any other line."""
    office = as_written(passage.text) if passage.kind in {"heading", "paragraph"} else ""
    return "" if load_words("speakers")["office"].isdisjoint(office.casefold().split()) else office


def _named(label: Passage, name: str) -> tuple[int, int] | None:
    at = label.text.casefold().find(name.casefold())
    return (label.char_start + at, label.char_start + at + len(name)) if at >= 0 else None
