"""The people of a transcript's head: who speaks, chairs and attends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from flows.parse.speakers_names import Person, Roster, add_person
from flows.parse.speakers_offices import Context, read_office
from flows.parse.speakers_people import named_in, seated_as
from flows.records import Passage

_KEY = re.compile(r"\A([A-Z][\w ]{2,30}?)[ ]?[:：][ \t]*")
_CHAIR_KEY = re.compile(r"moderator|chair|host|presid", re.IGNORECASE)
_NEXT_PERSON = re.compile(
    r";|(?<=\)),[ ](?:and[ ])?(?=[A-Z])|,[ ](?:and[ ])?(?=(?:(?:Mr|Mrs|Ms|Dr|Prof|Shri|Smt)\.?[ ])?"
    r"[A-ZÀ-Þ][\w'’-]+(?:[ ](?:de|van|von|der)){0,2}(?:[ ][A-ZÀ-Þ][\w'’.-]+){1,2},[ ]"
    r"(?:[Cc]hair|[Pp]resident|[Vv]ice|[Dd]eputy|[Mm]inister|[Gg]overnor|[Dd]irector"
    r"|[Hh]ead|[Cc]hief|[Ss]ecretary|[Ss]pokes|[Mm]ember))"
)
_NO_PERSON_KEY = re.compile(r"date|time|venue|place|location|subject|topic", re.IGNORECASE)
_BULLET = re.compile(r"\A[•·*–—-]\s+|\A\(?\d{1,2}[.)]\s+")
_SEATED = re.compile(r"(?:[Cc]hair(?:man|woman|person)?|[Mm]oderator)\Z")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\b\d{4}\b")


class Listed(NamedTuple):
    """A part of a head's line: the key it stands under, and who and which office it names; its name is at `start` on.

    The office is as printed; name, native form and office are None where it names nobody.
    """

    key: str
    part: str
    start: int
    named: tuple[str, str | None, str | None] | None


def listed_in_head(passages: Sequence[Passage]) -> list[Listed]:
    """Return the parts of the lines of a text's head that can name people, in order."""
    found: list[Listed] = []
    key = ""
    for passage in passages:
        if passage.kind != "head":
            continue
        line = _BULLET.sub("", passage.text.replace("\xa0", " ").strip())
        keyed = _KEY.match(line)
        key, line = (keyed[1], line[keyed.end() :]) if keyed else (key, line)
        start = max(passage.char_start, passage.char_end - len(line) - 1)
        if _NO_PERSON_KEY.search(key) or (_DIGITS.search(line) and "," in line and len(line.split()) < 8):
            continue
        parts = [part.strip() for part in _NEXT_PERSON.split(line)]
        found += [Listed(key, part, start, named_in(part)) for part in parts]
    return found


def people_of_head(listed: Sequence[Listed], context: Context, roster: Roster) -> set[str]:
    """Enter the people of the head blocks into a roster; return the names of those who chair."""
    chairs: set[str] = set()
    last = ""
    for key, part, start, named in listed:
        person = seated_as(named, context, "head") if named else None
        if person is None and last and part[:1] and not _DIGIT.search(part):
            _add_office(roster, last, part, context)
        if person:
            at = context.text.find(person.name, start)
            add_person(roster, person._replace(named=(at, at + len(person.name)) if at >= 0 else None))
            last = person.name if person.position is None else ""
            chairs |= {person.name} if _CHAIR_KEY.search(key) or _SEATED.match(person.position or "") else set()
    return chairs


def _add_office(roster: Roster, name: str, phrase: str, context: Context) -> None:
    office = read_office(phrase, context)
    add_person(roster, Person(name, None, "person", office.position, office.organisation, None, "head"))
