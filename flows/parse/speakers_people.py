"""The people whom a document names with an office: in its head, its byline and its sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from flows.parse.rules import Rule, load_rules, load_words
from flows.parse.scan import find_words
from flows.parse.speakers_names import (
    Person,
    Roster,
    add_person,
    bare_name,
    full_name_pattern,
    is_person_name,
    is_surname,
    name_key,
    native_name,
)
from flows.parse.speakers_offices import Context, Office, read_office
from flows.records import Passage

_OFFICE_PART = re.compile(r"(?:[^\W\d_]+(?:-\u2060?[^\W_]+)*|(?:[A-Z]\.){2,3})\Z")
_SEAT = re.compile(
    r"\b(?:(?:Prime|Vice|Deputy|Foreign|Finance|Former|Trade|Energy|Health|Industry|Commerce|Union|Cabinet) "
    r"|(?:(?:Executive|Senior|First) )?Vice[ -])\Z"
)
_JOINED = re.compile(r"\b[A-Za-z]{3,12}-\Z")
_ENDS_OFFICE = re.compile(
    r"[,;:.\n()“”\"](?![\w])|[ ][-–—](?=[ ])|[ ](?:who|which|whom|will|was|is|has|had|are|were|said|says|told"
    r"|put|gave|took|made|cut|to|after|when|while|on|during|and[ ]also|as[ ]well|spoke|[a-z]{3,}ed)\b"
)
_OWNED = re.compile(r"(?:\b(?:[Ii]ts|[Tt]heir|[Tt]he)|\w['’]s|s['’]) (?:[a-z-]+ ){0,2}\Z")  # "Its governor, Ada Roe,"
_ABBREVIATED = re.compile(r"[ ]\([A-Z][\w&-]{1,9}\)")
_WORD = re.compile(r"(?<!\w)[A-Za-z]{3,15}(?!\w)")
_PRESS = re.compile(r"\b(?:reporter|photographer)\b", re.IGNORECASE)
_BODY_BEHIND = re.compile(r"[ ](?:of|at|from|with)[ ](?:the[ ])?[A-Z][\w&'’-]*(?:[ ][A-Z][\w&'’-]*){0,4}")
# The body with its abbreviation before an office: "Bank Indonesia (BI) Governor".
_BODY_AHEAD = re.compile(
    r"[A-Z][\w&'’-]*(?:[ ](?:(?:of|and|for|the)[ ]){0,2}[A-Z][\w&'’-]*){0,6}[ ]\([A-Z][\w&-]{1,9}\)[ ]\Z"
)
# A body with what it is for before an office: "Bank of England Governor", "National Bureau of Statistics spokesperson".
_BODY_OF = re.compile(
    r"(?:(?!(?:The|In|On|At|By|For|And|But|When|While|As)[ ])[A-Z][\w'’&-]*[ ]){0,3}"
    r"(?:(?:Academy|Administration|Agency|Association|Authority|Bank|Board|Bureau|Chamber|Commission|Confederation|Council"
    r"|Department|Federation|Institute|Ministry|Office|University)[ ](?:of|for|on)[ ](?:the[ ])?"
    r"[A-Z][\w'’&-]*(?:(?:,[ ]|[ ](?:and|of)[ ]|,[ ]and[ ]|[ ])[A-Z][\w'’&-]*){0,5}"
    r"|[A-Z][\w'’&-]*[ ]and[ ][A-Z][\w'’&-]*[ ]"
    r"(?:Administration|Agency|Association|Authority|Board|Commission|Committee|Council))"
    r"[ ](?:(?:vice|deputy|chief|senior|former|then|executive|[A-Z][a-z]+)[ -])?\Z"
)
_OPENS = re.compile(r"(?:\A|[.!?]['\"”]? |\b[Tt]he )(?:[A-Z][\w-]* ){0,3}\Z")  # no list of names goes on before it
_PLURAL = re.compile(
    r"\b(?=(\w+?)s\b)?((?:[Mm]ember|[Mm]inister|[Dd]irector|[Gg]overnor|[Cc]hairperson|[Cc]ommissioner|[Pp]resident)s"
    r"|[Cc]hairmen|[Ss]ecretaries)\b"
)
_SINGULAR = {"Chairmen": "Chairman", "chairmen": "chairman", "Secretaries": "Secretary", "secretaries": "secretary"}
_RUNNING = frozenset({"paragraph", "list_item", "note", "title", "heading", "caption"})
_LONGEST = 3  # words before the last in front of an office: "International Monetary Fund Managing Director"
_BEFORE = 140
_AFTER = 200


def read_line(line: str, context: Context, source: str) -> Person | None:
    """Return the person of a line like "Mr. Xin Guobin, vice minister of …", None if it names none."""
    named = named_in(line)
    return seated_as(named, context, source) if named else None


def named_in(line: str) -> tuple[str, str | None, str | None] | None:
    """Return the name that a line gives, its native form and the office as printed; None if it names nobody."""
    match = rule_named("line-person").pattern.match(line[:400].strip(" ,;"))
    name = bare_name(match["name"]) if match else ""
    if not match or not is_person_name(name):
        return None
    return name, match["native"] or native_name(match["name"]), match["office"]


def seated_as(named: tuple[str, str | None, str | None], context: Context, source: str) -> Person:
    """Return the person whom a line names, the office read."""
    name, native, phrase = named
    if not phrase:
        return Person(name, native, source=source)
    office = read_office(phrase, context)
    return Person(name, native, "person", office.position, office.organisation, source=source)


@cache
def rule_named(name: str) -> Rule:
    """Return one rule of ``names.toml``."""
    return next(rule for rule in load_rules("names") if rule.id == name)


class Naming(NamedTuple):
    """A person named with an office in running text: the office as printed, and where the name stands."""

    name: str
    native: str | None
    phrase: str
    span: tuple[int, int]
    source: str


def namings(text: str, passages: Sequence[Passage]) -> list[Naming]:
    """Return everybody whom running text names with an office, before or behind the name."""
    found: list[Naming] = []
    places = find_words(load_words("names")["office"], text)
    hints = held_hints(rule_named("joint-office"), text)
    seated: set[tuple[int, int]] = set()  # whose office stands before them: the next belongs to somebody else
    for passage in passages:
        if passage.kind not in _RUNNING:
            continue
        source = "caption" if passage.kind == "caption" else "text"
        if any(hint in passage.text for hint in hints):
            found += [naming._replace(source=source) for naming in _joint(text, passage)]
        for place in places[bisect_left(places, passage.char_start) : bisect_left(places, passage.char_end)]:
            if match := _WORD.match(text, place, passage.char_end):
                naming = _before_office(text, match, passage)
                if naming is None or naming.span in seated:
                    naming = _behind_office(text, match, passage) or naming
                    seated |= {naming.span} if naming else set()
                if naming and not _PRESS.search(naming.phrase):
                    found.append(naming._replace(source=source))
    return found


def held_hints(rule: Rule, text: str) -> list[str]:
    """Return those hints of a rule that a text holds: what holds none of them is not to be looked through."""
    return [hint for hint in rule.data["hints"] if hint in text]


def _joint(text: str, passage: Passage) -> list[Naming]:
    """Return those who share an office in the plural: "Ada Roe and Wim de Boer, Members of the Board"."""
    found: list[Naming] = []
    for match in rule_named("joint-office").pattern.finditer(text, passage.char_start, passage.char_end):
        phrase = _PLURAL.sub(lambda plural: _SINGULAR.get(plural[2], plural[1]), match["office"])
        names = full_name_pattern().finditer(text, match.start("names"), match.end("names"))
        found += [
            Naming(bare_name(name[0]), None, phrase, name.span(), "text")
            for name in names
            if is_person_name(bare_name(name[0]))
        ]
    return found


def enter_namings(found: Sequence[Naming], context: Context, roster: Roster) -> None:
    """Enter people named in running text into a roster, their offices read."""
    read: dict[str, Office] = {}
    for naming in found:
        office = read.get(naming.phrase) or read_office(naming.phrase, context)
        read[naming.phrase] = office
        if office.position is not None:
            person = Person(naming.name, naming.native, "person", *office, naming.span, naming.source)
            add_person(roster, person)


def _before_office(text: str, match: re.Match[str], passage: Passage) -> Naming | None:
    start = max(passage.char_start, match.start() - _BEFORE)
    window = text[start : match.start()]
    if "," not in window[-80:] and not native_name(window[-40:]):
        return None
    named = rule_named("named-before-office").pattern.search(window)
    if not named or not is_person_name(bare_name(named["name"])):
        return None
    phrase = named["lead"] + text[match.start() : office_end(text, match.end(), passage.char_end)]
    at = start + named.start("name")
    return Naming(bare_name(named["name"]), named["native"], phrase, (at, at + len(named["name"])), "text")


def office_end(text: str, start: int, limit: int) -> int:
    """Return where an office that starts before `start` ends: at a stop, a verb, or a bracket but an abbreviation's."""
    end = min(limit, start + _AFTER)
    at = start
    while True:
        stop = _ENDS_OFFICE.search(text, at, end)
        short = (
            _ABBREVIATED.match(text, stop.start() - 1 if stop and text[stop.start()] == "(" else at, end)
            if stop
            else None
        )
        if not stop or not short or text[stop.start()] not in "()":
            return stop.start() if stop else end
        at = short.end()


def _behind_office(text: str, match: re.Match[str], passage: Passage) -> Naming | None:
    end = min(passage.char_end, match.end() + 160)
    before = text[max(passage.char_start, match.start() - 100) : match.start()]
    named, of_office = None, None
    for rule in ("office-before-name", "office-beside-name", *(["office-body-name"] if _OPENS.search(before) else [])):
        named = rule_named(rule).pattern.match(text, match.end(), end) if of_office is None else named
        of_office = _of_office(named["name"], named["tail"]) if named and of_office is None else of_office
    if not named or of_office is None:
        return None
    owned = text[named.end() : named.end() + 1] == "," and _OWNED.search(before)
    if named.start("name") - match.end() > 1 and not named["tail"] and not (match[0][0].isupper() or owned):
        return None
    joined = _JOINED.search(before)
    first = joined[0] if joined else ""
    body = _BODY_AHEAD.search(before) if before.endswith(") ") else None
    body = body or (_BODY_OF.search(before) if " of " in before or " and " in before else None)
    head = body[0] if body else _office_start(before.removesuffix(first)) + first
    tail = _BODY_BEHIND.match(text, named.end(), min(passage.char_end, named.end() + 80))
    tail = None if passage.kind == "title" else tail
    phrase = head + match[0] + (named["tail"] or "") + of_office.rstrip() + (tail[0] if tail else "")
    start = named.start("name") + max(0, len(of_office) - 1)
    name = named["name"][start - named.start("name") :]
    return Naming(bare_name(name), named["native"], phrase, (start, named.end("name")), "text")


def _of_office(printed: str, tail: str | None) -> str | None:
    """Return what of a printed name belongs to the office before it, None if nobody's name is left.

    Of "Minister of Industry and Information Technology Miao Wei" the tail may end before "Technology", which is then
    given back with blanks around it; it is "" where all is name.
    """
    if is_person_name(bare_name(printed)):
        return ""
    words = printed.split(" ") if tail and tail.startswith((" of ", " for ", " at ", " to ")) else []
    for count in range(1, len(words) - 1):
        if is_person_name(bare_name(" ".join(words[count:]))):
            return f" {' '.join(words[:count])} "
    return None


def _office_start(before: str) -> str:
    """Return the words that belong to an office in front of its last word: "Ohio" of "Ohio Governor"."""
    kept: list[str] = []
    offices = load_words("speakers")["office"]
    for word in reversed(before.split(" ")[:-1] if before.endswith(" ") else []):
        fits_in = word.casefold() in offices or (
            word[:1].isupper() and word.casefold() not in load_words("names")["no_office"]
        )
        if not fits_in or not _OFFICE_PART.match(word) or len(kept) > _LONGEST:
            break
        kept.insert(0, word.replace("\u2060", ""))
    return " ".join([*kept, ""])


def enter_surnames(text: str, passages: Sequence[Passage], roster: Roster) -> None:
    """Enter those whom running text names by an office and the family name alone: "President Biden signed"."""
    rule = rule_named("office-surname")
    offices = load_words("names")["office"]
    hints = held_hints(rule, text)
    for passage in passages if hints else ():
        if passage.kind not in _RUNNING or not any(hint in passage.text for hint in hints):
            continue
        for match in rule.pattern.finditer(text, passage.char_start, passage.char_end):
            name = match["name"]
            if name.casefold() in offices or not is_surname(name) or name_key(name) in roster.by_word:
                continue
            before = _SEAT.search(text[max(passage.char_start, match.start() - 24) : match.start()])
            office = (before[0] if before else "") + match["office"]
            add_person(roster, Person(name, None, "person", office, None, match.span("name"), "text"))
