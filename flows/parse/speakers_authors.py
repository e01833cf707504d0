"""Who wrote a text, or gave it as a speech: bylines, title pages, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.parse.rules import load_words
from flows.parse.segment_kinds import fits
from flows.parse.speakers_fields import keep_commas, printed
from flows.parse.speakers_names import Person, bare_name, full_name_pattern, is_person_name, is_surname
from flows.parse.speakers_offices import Context, read_office
from flows.parse.speakers_people import read_line, rule_named
from flows.records import Passage

_KEYED = re.compile(
    r"(?:\b(?:Authors?|Writers?|Written by|Delivered by|Speaker|Reporters?) ?[:：][ ]*|\A(?:By|BY|by)[ ]+(?:the[ ]+)?"
    r"|(?<=\d{4}[ ])By[ ]+)"
    r"(?P<who>[^|\t]+?)(?=[ ]*[|\t]|[ ]{2,}|[ ]\d{4}|[ ](?:Source|Updated|Published|Posted|Editor)[ ]?:|\Z)"
)
# Who put a page up, and of whose report a wire tells at its foot: no speech's giver.
_POSTED = re.compile(
    r"(?:\A|\A.{0,16}\d{4}[ ])(?:Posted|Published|Updated|Released)\b[^|]{0,40}?[ ]by[ ]+"
    r"(?P<who>[^|\t]+?)(?=[ ]*[|\t]|\Z)"
)
_WIRED = re.compile(r"\A\(?(?:Reporting|Writing|Additional reporting) by (?P<who>[^;)]+)")
_AND = re.compile(r"[ ]*(?:,|&|;|/|\band\b)[ ]*")
_RIGHT_HONOURABLE = re.compile(
    r"\b(?:The |the )?(?:Rt|Right) Hon(?:ourable|\.)? (?P<who>[A-Z][^,|]+)"
    r"|\bby the Hon(?:ourable|\.)? (?P<by>[A-Z][^|]+)"
)
_SELF = re.compile(r"\A[(\[]?(?:The|This) (?:author|writer)s? (?:is|was) (?P<office>[^.]{5,300})\.", re.IGNORECASE)
_OWNER = re.compile(r"\bof the (?P<body>[A-Z].+)\Z")
_POST = re.compile(r"\A(?P<body>[A-Z][\w.]*(?:[ ][A-Z][\w.]*)*)?[ ]?(?P<post>[a-z]+(?:[ ][a-z]+)?)[ ]\Z")
# Names whose blank a PDF's text has lost.
_GLUED = re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+\Z")
_BY = re.compile(r"\A(?:By|BY)[ ]+(?=[A-Z])")
_OVER = frozenset({"heading", "byline", "head"})
_IN_BRACKETS = re.compile(r"\((?P<medium>[A-Z][^()]{2,40})\)\s*\Z")
_SPOKEN_BY = re.compile(r"\A(?:Speaker|Delivered by|Speech by|By)[ ]?[:：][ ]*")
_HONOUR = re.compile(r"(?:\A|[ ,])(?:Mr|Mrs|Ms|Dr|Prof|Hon|Shri|Smt|H\.E)\.?[ ]*\Z", re.IGNORECASE)
_FRONT = 12  # passages at either end in which it is told who reports
_GIVEN = frozenset({"speech", "press_conference", "briefing_qa"})
_FOOT = frozenset({"note", "paragraph"})
_TOP = 6


def find_authors(passages: Sequence[Passage], context: Context, kind: str) -> list[Person]:
    """Return the authors whom a text names: of a speech, who gives it; of a notice, who signs it."""
    bylines = [(index, p) for index, p in enumerate(passages) if p.kind == "byline"]
    found: list[Person] = []
    for index, passage in bylines:
        line = passage.text.replace("\xa0", " ")
        for match in _KEYED.finditer(line):
            people = _people(match["who"], passage.char_start + match.start("who"), context)
            medium = _medium_beside(match["who"])
            found += [person._replace(organisation=person.organisation or medium) for person in people]
        honourable = _RIGHT_HONOURABLE.search(line)
        if honourable and kind == "speech":
            group = "who" if honourable["who"] else "by"
            found += _people(honourable[group], passage.char_start + honourable.start(group), context)
        if "@" not in line and _names_alone(passages, index):  # an address names nobody
            found += _named_line(passages, index, context)
    if not found and kind not in _GIVEN:
        found = _reporters(passages, context)
    if not found and kind == "speech":
        found = _speech_givers(passages, context)
    return _with_self_description(found, passages, context)


def _reporters(passages: Sequence[Passage], context: Context) -> list[Person]:
    """Return who posted a page or reported for a wire: "Posted on May 3 by Ada Roe", "(Reporting by Ada Roe; …)"."""
    for passage in [*passages[:_FRONT], *passages[-_FRONT:]]:
        rule = _POSTED if passage.kind == "byline" else _WIRED if passage.kind in _FOOT else None
        match = rule.match(passage.text) if rule else None
        people = _people(match["who"], passage.char_start + match.start("who"), context) if match else []
        if people:
            return people
    return []


def _medium_beside(who: str) -> str | None:
    """Return the medium that a byline names in brackets behind its author: "By Li Wei (Coast Daily)"."""
    match = _IN_BRACKETS.search(who)
    words = set(match["medium"].casefold().split()) if match else set()
    return match["medium"] if match and words & load_words("speakers")["medium"] else None


def _people(printed: str, start: int, context: Context) -> list[Person]:
    """Return the people of "Dana Whitlock and Marcus Oyelaran", "Xinhua writer Chen Lu", or the body of that name."""
    line = read_line(printed, context, "byline") if "," in printed else None
    if line and line.position:
        return [line._replace(named=_place(context.text, line.name, start))]
    body = _body(printed, start)
    if body:
        return [body]
    people: list[Person] = []
    for part in _AND.split(printed):
        names = [match for match in full_name_pattern().finditer(part) if is_person_name(bare_name(match[0]))]
        trimmed = names[-1][0] if names else _last_name(part)
        if trimmed:
            post = _POST.match(part[: part.find(trimmed)])
            name = bare_name(trimmed)
            position, body_of = (post["post"], post["body"]) if post else (None, None)
            place = _place(context.text, trimmed, start)
            people.append(Person(name, None, "person", position, body_of, place, "byline"))
    return people


def _last_name(part: str) -> str | None:
    words = bare_name(part).split()
    while len(words) > 1:
        if is_person_name(" ".join(words)) and all(word[:1].isupper() for word in words):
            return " ".join(words)
        words.pop(0)
    return None


def _body(printed: str, start: int) -> Person | None:
    words = set(re.findall(r"[\w-]+", printed.casefold()))
    if not words & load_words("names")["body"] or not re.search(r"\b(?:of|for|and|the)\b", printed):
        return None
    if any(is_person_name(bare_name(match[0])) for match in full_name_pattern().finditer(printed)):
        return None
    owner = _OWNER.search(printed)
    name = printed.strip(" ,.")
    return Person(
        name, None, "organisation", None, owner["body"] if owner else None, (start, start + len(name)), "byline"
    )


def _place(text: str, name: str, start: int) -> tuple[int, int] | None:
    at = text.find(name, start)
    return (at, at + len(name)) if at >= 0 else None


def _names_alone(passages: Sequence[Passage], index: int) -> bool:
    """Return whether a byline is a name on a line of its own: under "OF", or over an office at the foot."""
    before = passages[index - 1].text.strip().casefold() if index else ""
    under = before.removesuffix(" the").rsplit(maxsplit=1)[-1:] in (["of"], ["by"])
    after = passages[index + 1] if index + 1 < len(passages) else None
    signed = index > len(passages) // 2 and after is not None and after.kind == "byline"
    return under or signed


def _named_line(passages: Sequence[Passage], index: int, context: Context) -> list[Person]:
    passage = passages[index]
    name = bare_name(passage.text)
    after = passages[index + 1].text if index + 1 < len(passages) and passages[index + 1].kind == "byline" else ""
    if not is_person_name(name) and not (index and _GLUED.match(name)):
        person = read_line(passage.text, context, "byline")
        return [person._replace(named=(passage.char_start, passage.char_end))] if person else []
    post = after.title() if after.isupper() else after
    small = re.sub(r"\b(?:Of|And|The|For|In)\b", lambda match: match[0].lower(), post)
    office = read_office(small, context) if small and not re.search(r"\d", small) else None
    position, organisation = office or (None, None)
    if organisation is None and position and index < 3 * _TOP:
        organisation = _government(passages)
    return [Person(name, None, "person", position, organisation, (passage.char_start, passage.char_end), "byline")]


def _government(passages: Sequence[Passage]) -> str | None:
    for passage in passages[:_TOP]:
        match = re.match(r"GOVERNMENT OF (?P<place>[A-Z ]+)\Z", passage.text.strip(), re.IGNORECASE)
        if match and passage.kind == "byline":
            return f"Government of {match['place'].title()}"
    return None


def _speech_givers(passages: Sequence[Passage], context: Context) -> list[Person]:
    front = [p for p in passages[: 3 * _TOP] if p.kind in {"title", "byline", "head", "paragraph", "heading"}][:_TOP]
    for passage in front:
        if fits("kicker", passage.text.strip()):
            continue  # "Media Release" is what it is, nobody who speaks
        line = _SPOKEN_BY.sub("", re.sub(r"\s+", " ", passage.text[:400]))
        match = rule_named("speech-by").pattern.search(line)
        joint = _joint_givers(match["who"], context) if match else []
        if joint:
            return [one._replace(named=_place(context.text, one.name, passage.char_start)) for one in joint]
        match = match or (_HEADED_BY.match(line) if passage.kind == "title" else None)
        person = _giver(match["who"], context) if match else None
        line = "" if _DATED.search(line) else _BY.sub("", line)
        person = person or (read_line(line, context, "byline") if passage.kind in {"head", "byline"} else None)
        person = person or (_office_holder(line, context) if passage.kind in _OVER else None)
        after = passages[passage.position + 1] if passage.position + 1 < len(passages) else passage
        if person and not person.position and after.kind == passage.kind and not re.search(r"\d|,", after.text):
            person = read_line(f"{line}, {after.text}", context, "byline") or person
        if person:
            return [person._replace(named=_place(context.text, person.name, passage.char_start))]
    return []


# A title that opens with who speaks, as in: Finance Minister Ada Roe: 2024 Budget Speech
_HEADED_BY = re.compile(
    r"(?P<who>[^:]{5,80}):[ ].*\b(?:speech|statement|address|remarks|keynote|lecture)\b", re.IGNORECASE
)
# "Kuala Lumpur, 3 July 2023" is a place
_DATED = re.compile(r"\d{1,2}[ ][A-Z][a-z]+[ ](?:19|20)\d\d\W*\Z|[A-Z][a-z]+[ ]\d{1,2},?[ ](?:19|20)\d\d\W*\Z")
_BY_SURNAME = re.compile(
    r"(?:the[ ])?(?P<office>(?:[A-Z][a-z]+[ ]){0,2}(?:[A-Z][a-z]+-)?(?:President|Commissioner|Minister|Secretary"
    r"|Governor|Chancellor|Premier|Chair(?:man|woman)?|Ambassador|Senator|Director(?:-General)?))"
    r"[ ](?P<name>[A-ZÀ-Þ][\w'’-]+)(?=[ ](?:at|on|in|to|for|before|during|following)\b|[:,.;]|\Z)"
)


def _office_holder(line: str, context: Context) -> Person | None:
    """Return whom a line of nothing but an office and a name names: "Governor Ida Blomqvist" under a title."""
    words = line.split()
    offices = load_words("names")["office"]
    count = next((at for at, word in enumerate(words) if word.casefold() in offices), None)
    if count is None or not 1 < len(words) - count - 1 < _TOP or count > 1:
        return None
    name = bare_name(" ".join(words[count + 1 :]))
    alone = is_person_name(name) and full_name_pattern().fullmatch(name) is not None
    return _giver(line, context) if alone else None


def statement_giver(passages: Sequence[Passage], context: Context, publisher: str | None) -> Person | None:
    """Return who gives the statement over whose first words a heading says so: "Introductory statement by …"."""
    for passage in passages[: 4 * _TOP]:
        if passage.kind == "label":
            return None
        match = rule_named("speech-by").pattern.search(passage.text[:200]) if passage.kind in _OVER else None
        person = _giver(match["who"], context) if match else None
        if person:
            body = publisher if publisher and load_words("names")["body"] & set(publisher.casefold().split()) else None
            place = _place(context.text, person.name, passage.char_start)
            return person._replace(organisation=person.organisation or body, named=place)
    return None


def _giver(who: str, context: Context) -> Person | None:
    who = re.sub(r"\A(?:the )?(?:Rt|Right) Hon(?:ourable|\.)? ", "", who)
    alone = _BY_SURNAME.match(who)
    if alone and is_surname(alone["name"]):
        return Person(alone["name"], None, "person", alone["office"], None, None, "byline")
    for match in full_name_pattern().finditer(who):
        name = _name_in(bare_name(match[0]).split())
        if name:
            at = max(0, who.casefold().find(name.casefold()))
            before, after = _HONOUR.sub("", who[:at]), who[at + len(name) :]
            phrase = re.sub(r"\A(?:the )", "", before).strip(" ,") or re.split(r", |: | on ", after.strip(" ,"))[0]
            phrase = _in_small(phrase) if phrase.isupper() and " " in phrase else phrase
            seated = not load_words("names")["office"].isdisjoint(re.findall(r"[a-z]+", phrase.casefold()))
            office = read_office(phrase, context) if seated else None
            position, organisation = office or (None, None)
            return Person(name, None, "person", position, organisation, None, "byline")
    return None


def _in_small(phrase: str) -> str:
    """Return an office as running text prints it, of one in capitals: "Minister of Trade and Industry"."""
    title = (printed(phrase) or "").title()
    return keep_commas(re.sub(r"\b(?:Of|And|The|For|In)\b", lambda match: match[0].lower(), title))


def _joint_givers(who: str, context: Context) -> list[Person]:
    """Return those who give a statement together: "by Ada Roe and Wim de Boer, Members of the Board"."""
    match = rule_named("joint-givers").pattern.match(who)
    if not match:
        return []
    post = re.sub(r"\A(?:the )?(Member|Minister|Governor|Commissioner|President)s\b", r"\1", match["office"] or "")
    office = read_office(re.split(r", | on | to | at ", post)[0], context) if post else None
    position, organisation = office or (None, None)
    names = [bare_name(found[0]) for found in full_name_pattern().finditer(match["names"])]
    return [Person(name, None, "person", position, organisation, None, "byline") for name in names]


def _name_in(words: list[str]) -> str | None:
    """Return the longest run of words that can be a name: out of "Treasurer Anna Cabral", "Pranab Rao Minister"."""
    for length in range(len(words), 1, -1):
        for first in range(len(words) - length, -1, -1):
            name = " ".join(words[first : first + length])
            if is_person_name(name) and not name.startswith(("S. ", "K. ")):
                return name
    return None


def _with_self_description(found: list[Person], passages: Sequence[Passage], context: Context) -> list[Person]:
    if len(found) != 1:
        return found
    for passage in passages:
        own = rf"\A[(\[]?{re.escape(found[0].name)} (?:is|was) (?P<office>(?:the |a |an )?[^.]{{5,300}})\.[)\]]?\Z"
        match = (_SELF.match(passage.text) or re.match(own, passage.text)) if len(passage.text) < 400 else None
        if match:
            office = read_office(match["office"], context)
            return [found[0]._replace(position=office.position, organisation=office.organisation)]
    return found
