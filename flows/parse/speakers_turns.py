"""The turns of a transcript, and whose label opens each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from flows.parse.rules import load_words
from flows.parse.speakers_labels import bare_label, is_foreign_medium, is_turn_word, label_words
from flows.parse.speakers_names import (
    Person,
    Roster,
    add_person,
    bare_name,
    find_person,
    is_person_name,
    name_key,
    native_name,
)
from flows.parse.speakers_offices import Context, Office, read_office
from flows.parse.speakers_people import rule_named
from flows.records import Passage

_THE = re.compile(r"\A[Tt]he ")
_BRACKET = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")
_REPORTER = re.compile(
    r"\b(?:an?|the)[ ]|\b(?:reporters?|journalists?|correspondents?)(?:[ ](?:from|of|with|for))?(?:[ ]the)?\b",
    re.IGNORECASE,
)
_WHOSE_REPORTER = re.compile(
    r"(?!An? |The )([A-Z].*?) (?:reporter|journalist|correspondent)s? (?:from|of|with|for) (?=[A-Z])"
)
_ABBREVIATED = re.compile(r"[A-Z]{2,5}")  # a medium's name that no word of the lexicon tells
_SAID = frozenset({"paragraph", "list_item", "heading", "table"})
_FEW_WORDS = 4
_ARTICLE_AND_WORD = 2
_SMALL = frozenset(("of", "for", "and", "the", "in", "to"))
_LETTERS = re.compile(r"[^\W\d_]+")
_BEFORE_OFFICE = frozenset({"cabinet", "foreign", "prime", "union", "first", "state", "press"})
_SPOKES = re.compile(r"\bspokes(?:man|woman)\b")
_NOTHING = Context("", {}, {}, None)

Full = tuple[str, tuple[int, int]]


class Turn(NamedTuple):
    """A label with the passages under it; the first turn of a text may have no label. Indices count passages."""

    label: int | None
    passages: tuple[int, ...]
    words: int
    spoken: str


class Voice(NamedTuple):
    """Who is behind a label: nobody known, or a person; `part` is what the label itself says of the role."""

    person: Person | None
    part: str | None


def turns_of(passages: Sequence[Passage]) -> list[Turn]:
    """Return the turns of a text in order; without labels it is one turn."""
    turns: list[Turn] = []
    label: int | None = None
    held: list[int] = []
    for index, passage in enumerate(passages):
        if passage.kind == "label":
            turns.append(turn_of(passages, label, held))
            label, held = index, []
        elif passage.kind in _SAID:
            held.append(index)
    turns.append(turn_of(passages, label, held))
    return [turn for turn in turns if turn.passages or turn.label is not None]


def turn_of(passages: Sequence[Passage], label: int | None, held: Sequence[int]) -> Turn:
    """Return the turn of some passages under a label."""
    words = sum(len(passages[index].text.split()) for index in held)
    spoken = " ".join(passages[index].text for index in [*held[:2], *held[-1:]])
    return Turn(label, tuple(held), words, spoken)


def voice_of(label: str, start: int, roster: Roster, full: Mapping[str, Full], chairs: Iterable[str]) -> Voice:
    """Return who is behind a printed label, entering new people and media in the roster.

    Args:
        label: as printed, e.g. "CHAIR POWELL." or "A reporter from CNBC:".
        start: where it stands.
        roster: everybody known, by `name_key`; grows.
        full: by family name, the longest names of the text.
        chairs: names of those whom the head says to moderate.
    """
    printed = bare_label(label)
    lexicon = load_words("speakers")
    words = label_words(printed)
    holder = _holder(printed, start)
    if holder:
        add_person(roster, holder)
        return Voice(roster.people[name_key(holder.name)], None)
    joined = " ".join(words)
    for part, group in (("questioner", "question"), ("answer", "answer"), ("chair", "chair")):
        if joined in lexicon[group]:
            named = [roster.people[name_key(name)] for name in chairs if name_key(name) in roster.people]
            return Voice(named[0] if part == "chair" and len(named) == 1 else None, part)
    known = find_person(roster, _BRACKET.sub("", printed)) or _only_holder(printed, roster)
    if known:
        add_person(roster, known._replace(source="label", native=known.native or native_name(printed)))
        return Voice(roster.people[name_key(known.name)], None)
    if lexicon["reporter"].intersection(words) or _is_medium(printed, words) or is_foreign_medium(printed):
        return _medium_voice(printed, start, roster)
    if _ABBREVIATED.fullmatch(printed) and printed.casefold() not in full:
        return _medium_voice(printed, start, roster)
    return _person_voice(printed, start, roster, full)


def _only_holder(printed: str, roster: Roster) -> Person | None:
    """Return the one person of a roster who holds the office that a label names and nothing else: "Governor:"."""
    office = _SPOKES.sub("spokesperson", printed.strip(" :").casefold().removeprefix("the "))
    if not office or not load_words("speakers")["office"].issuperset(office.split()):
        return None
    posts = [(_SPOKES.sub("spokesperson", (p.position or "").casefold()), p) for p in roster.people.values()]
    holders = [person for post, person in posts if post == office] or [
        person for post, person in posts if post.startswith(f"{office} ")
    ]
    return holders[0] if len(holders) == 1 else None


def _holder(printed: str, start: int) -> Person | None:
    """Return who holds an office whose label names its holder in brackets, as parliaments print them."""
    bracket = _BRACKET.search(printed)
    name = bare_name(bracket[1]) if bracket else ""
    outside = _BRACKET.sub("", printed).strip(" ,:")
    words = [word.casefold() for word in outside.split()]
    offices = load_words("speakers")["office"]
    seated = words[:1] == ["the"] or (bracket and words[:1] and words[0] in offices and name != bracket[1])
    if bracket is None or not seated or offices.isdisjoint(words):
        return None
    if not is_person_name(name) and not (" " not in name and bare_name(bracket[1]) != bracket[1]):
        return None
    at = start + bracket.start(1) + max(0, bracket[1].casefold().find(name.casefold()))  # "(AA)" is named Aa
    return Person(name, None, "person", _THE.sub("", as_written(outside)), None, (at, at + len(name)), "label")


def _is_medium(printed: str, words: Sequence[str]) -> bool:
    site = words[-1:] and words[-1].rpartition(".")[2] in {"cn", "com", "net", "org"} and "." in words[-1]
    lexicon = load_words("speakers")
    known = lexicon["medium"].intersection(words)
    titled = printed.startswith("The ") and len(words) < _FEW_WORDS and lexicon["office"].isdisjoint(words)
    beside = is_person_name(bare_name(printed.partition("/")[0])) and "/" in printed  # "ADA ROE/GMA7"
    return bool(known or site or titled or beside) and not _BRACKET.search(printed)


def _medium_voice(printed: str, start: int, roster: Roster) -> Voice:
    bracket = _BRACKET.search(printed)
    name, _, medium = printed.partition("/" if "/" in printed else ", ")
    if not bracket and medium and is_person_name(bare_name(name)):
        named = Person(bare_name(name), None, "person", None, medium, (start, start + len(name)), "label")
        add_person(roster, named)
        return Voice(roster.people[name_key(named.name)], "questioner")
    name = _medium_name(printed)
    if bracket and is_person_name(bare_name(name)):
        person = Person(bare_name(name), None, "person", None, bracket[1], (start, start + len(name)), "label")
    elif not name:
        return Voice(None, "questioner")
    else:
        at = start + max(0, printed.find(name))
        person = Person(name, None, "organisation", None, None, (at, at + len(name)), "label")
    add_person(roster, person)
    return Voice(roster.people[name_key(person.name)], "questioner")


def _medium_name(printed: str) -> str:
    """Return a medium's name: "The Paper" keeps its article, "A reporter from the Coast Times" has none."""
    if printed.startswith("The ") and len(printed.split()) == _ARTICLE_AND_WORD:
        return printed
    whose = _WHOSE_REPORTER.match(printed)  # "Coast TV reporter from Coast Radio and Television"
    return re.sub(r"\s+", " ", _REPORTER.sub(" ", _BRACKET.sub("", whose[1] if whose else printed))).strip(" ,")


def surname_of(label: str) -> str:
    """Return the one word by which a label names somebody, lower-case, "" where it gives more or nobody's name."""
    printed = bare_label(label)
    _, name = _named_by(printed)
    return "" if " " in name or is_turn_word(printed) else name.casefold()


def _person_voice(printed: str, start: int, roster: Roster, longest: Mapping[str, Full]) -> Voice:
    office, name = _named_by(printed)
    known = find_person(roster, name) if office else None
    full = None if known or " " in name else longest.get(name.casefold())
    bracket = _BRACKET.search(printed)
    behind = _BRACKET.sub("", printed).partition(", ")[2]
    post = read_office(behind, _NOTHING) if not office and behind else Office(office, None)
    medium = bracket[1] if bracket and load_words("speakers")["medium"].intersection(label_words(bracket[1])) else None
    person = Person(
        known.name if known else full[0] if full else name,
        native_name(printed),
        "person",
        post.position,
        medium or post.organisation,
        full[1] if full else (start, start + len(_BRACKET.sub("", printed).partition(", ")[0])),
        "label",
    )
    add_person(roster, person)
    return Voice(roster.people[name_key(person.name)], "questioner" if medium else None)


def _named_by(printed: str) -> tuple[str | None, str]:
    """Return the office that a label begins with, None for none, and the name behind it."""
    office, name = _office_and_name(bare_name(_BRACKET.sub("", printed).split(",", maxsplit=1)[0]))
    return office, bare_name(name) if office else name


def _office_and_name(name: str) -> tuple[str | None, str]:
    words = name.split()
    offices = load_words("speakers")["office"]
    count = 0
    while count < len(words) - 1 and words[count].casefold().rstrip(".,") in offices:
        count += 1
    ahead = offices | _BEFORE_OFFICE | load_words("names")["field"]
    for at, word in enumerate(words[:_FEW_WORDS]):
        if word.casefold() not in ahead or at == len(words) - 1:
            break
        count = max(count, at + 1) if word.casefold() in offices else count
    if count and words[count].casefold() in {"of", "for", "from"}:
        return None, name  # "Representative of Viet Nam"
    return (" ".join(words[:count]) or None), " ".join(words[count:])


def introduce(turns: Sequence[Turn], voices: Sequence[Voice], roster: Roster) -> set[str]:
    """Enter in the roster the media that questioners say they are from; return these people's keys."""
    introduced: set[str] = set()
    for turn, voice in zip(turns, voices, strict=True):
        person = voice.person
        if person is None or person.kind != "person" or roster.people[name_key(person.name)].organisation:
            continue
        opening = re.sub(r"\s+", " ", turn.spoken[:300])
        match = rule_named("self-introduction").pattern.search(opening)
        if match and name_key(match["name"]) != name_key(person.name):
            match = None
        match = match or rule_named("own-medium").pattern.search(opening)
        if match:
            key = name_key(person.name)
            roster.people[key] = roster.people[key]._replace(organisation=match["medium"])
            introduced |= {key} if "?" in turn.spoken else set()
    return introduced


def as_written(line: str) -> str:
    """Return an office in capitals as it is written elsewhere: "MINISTER OF STATE FOR MINES", "Minister of State …"."""
    words = " ".join(line.split()).strip(" ,:;")
    if not words.isupper():
        return words
    return _LETTERS.sub(lambda word: word[0].lower() if word[0].lower() in _SMALL else word[0].capitalize(), words)
