"""Who speaks in a text, who else is there, and whose words each passage and sentence are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from flows.parse.speakers_answers import interviewed, titled_person
from flows.parse.speakers_authors import find_authors, statement_giver
from flows.parse.speakers_fields import keep_commas, kept_in, printed
from flows.parse.speakers_heads import listed_in_head, people_of_head
from flows.parse.speakers_names import Person, Roster, add_person, first_naming, name_key, speaker_id_of
from flows.parse.speakers_offices import Context, abbreviations, ministries, spelled_out
from flows.parse.speakers_parts import is_statement
from flows.parse.speakers_people import enter_namings, enter_surnames, namings
from flows.parse.speakers_roles import Cast, cast_author, cast_interview, cast_report, cast_transcript
from flows.parse.speakers_turns import turns_of
from flows.records import Appearance, Document, Layout, Passage, Speaker, Voices

_BLANKS = "\xa0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000"
_ABBREVIATED = re.compile(r"[A-Z]{2,7}")
_SPOKEN = frozenset({"paragraph", "list_item", "heading", "table", "note", "title", "caption"})
_SALUTES = 250  # code points in which a speech's head and greetings stand
_HOSTED = frozenset({"press_conference", "briefing_qa"})


def find_speakers(text: str, layout: Layout, document: Document) -> Voices:
    """Find everybody who speaks, writes, chairs, attends, asks or is named with an office in a text.

    Args:
        text: the raw text that the layout was made of.
        layout: its passages and sentences.
        document: its row: what the appearances are entered under, its kind, and who published it.

    Returns:
        Speakers and appearances in the order of their first naming, the passages with whose turn each is, and whose
        words each sentence is; None where nobody is named. Cost is linear in the text's length.
    """
    flat = _in_one_line(text, layout.passages)
    text = keep_commas(flat)
    whole = layout
    if text != flat:  # else no passage has such a list
        layout = layout._replace(passages=kept_in(layout.passages))
    kind, publisher = document.kind, document.publisher
    roster = Roster({}, {})
    chairs, context = _people(text, layout.passages, roster, publisher)
    authors = find_authors(layout.passages, context, kind)
    if kind == "speech" and not authors:
        authors = _only_named_above(layout.passages, roster)
    giver = statement_giver(layout.passages, context, publisher) if kind in _HOSTED else None
    cast = _cast(text, layout, roster, frozenset(chairs), [giver] if giver else authors, kind)
    _add_bystanders(text, layout.passages, roster, cast)
    for author in authors:
        if kind == "article":
            cast.roles[name_key(author.name)] = "author"
        cast.roles.setdefault(name_key(author.name), "author")
        if kind == "speech" and cast.roles[name_key(author.name)] == "speaker":
            cast = cast._replace(more=cast.more | {(name_key(author.name), "author")})
    return _voices(flat, whole, document.document_id, roster if text == flat else _as_printed(roster), cast)


def _only_named_above(passages: Sequence[Passage], roster: Roster) -> list[Person]:
    """Return who gives a speech that says so nowhere else: the only one named with an office over its first words."""
    body = next((p.char_start for p in passages if p.kind == "paragraph" and len(p.text) > _SALUTES), 0)
    above = [
        p for p in roster.people.values() if p.position and p.named and p.named[0] < body and p.source != "caption"
    ]
    return above if len(above) == 1 else []


def _as_printed(roster: Roster) -> Roster:
    people = {
        key: person._replace(position=printed(person.position), organisation=printed(person.organisation))
        for key, person in roster.people.items()
    }
    return roster._replace(people=people)


def _add_bystanders(text: str, passages: Sequence[Passage], roster: Roster, cast: Cast) -> None:
    """Enter those whom a transcript mentions by office and family name alone, once everybody who speaks is known."""
    if any(passage.kind == "label" for passage in passages):
        known = set(roster.people)
        enter_surnames(text, passages, roster)
        for key in roster.people.keys() - known:
            cast.roles.setdefault(key, "mentioned")


def _in_one_line(text: str, passages: Sequence[Passage]) -> str:
    """Return the text, each character in its place, with blanks for the line ends within passages and odd blanks."""
    pieces: list[str] = []
    at = 0
    for passage in passages:
        if "\n" in passage.text:
            pieces += [text[at : passage.char_start], passage.text.replace("\n", " ")]
            at = passage.char_end
    flat = "".join([*pieces, text[at:]])
    for blank in _BLANKS:
        flat = flat.replace(blank, " ")
    return flat


def _people(text: str, passages: Sequence[Passage], roster: Roster, publisher: str | None) -> tuple[set[str], Context]:
    """Enter everybody with an office, twice: who hosts is known only when all have been read once."""
    blank = Context(text, abbreviations(text), ministries(text), None)
    found = namings(text, passages)
    first = Roster({}, {})
    listed = listed_in_head(passages)
    people_of_head(listed, blank, first)
    enter_namings(found, blank, first)
    context = blank._replace(host=_host(first, publisher))
    chairs = people_of_head(listed, context, roster)
    enter_namings(found, context, roster)
    _complete_bodies(text, roster, publisher)
    if not any(passage.kind == "label" for passage in passages):
        enter_surnames(text, passages, roster)
    return chairs, context


def _complete_bodies(text: str, roster: Roster, publisher: str | None) -> None:
    """Fill in what abbreviations stand for, the publisher's full name, and a deputy's body by that of the chief."""
    chiefs = {p.position: p.organisation for p in roster.people.values() if p.position and p.organisation}
    shorts = {p.organisation for p in roster.people.values() if _ABBREVIATED.fullmatch(p.organisation or "")}
    full = {short: spelled_out(short, text) for short in shorts if short}
    for key, person in roster.people.items():
        body = full.get(person.organisation or "") or person.organisation
        roster.people[key] = person._replace(organisation=body)
        if body and publisher and publisher.endswith(f" {body}"):
            roster.people[key] = person._replace(organisation=publisher)
        elif not body and person.position:
            chief = re.sub(r"\A(?:deputy|vice|assistant)[ -]", "", person.position, flags=re.IGNORECASE)
            roster.people[key] = person._replace(organisation=chiefs.get(chief) if chief != person.position else None)


def _host(roster: Roster, publisher: str | None) -> str | None:
    """Return the body to which a bare "Press Division" belongs: that of most people named, else the publisher."""
    heads = [person for person in roster.people.values() if person.source == "head"]
    bodies = Counter(
        p.organisation
        for p in heads or roster.people.values()
        if p.organisation and " " in p.organisation and not _is_part(p.organisation)
    )
    return bodies.most_common(1)[0][0] if bodies else publisher


def _is_part(body: str) -> bool:
    return body.split(maxsplit=1)[0] in {"Department", "Division", "Section"} or body.rsplit(maxsplit=1)[-1] in {
        "Department",
        "Division",
        "Group",
    }


def _cast(
    text: str, layout: Layout, roster: Roster, chairs: frozenset[str], authors: Sequence[Person], kind: str
) -> Cast:
    passages = layout.passages
    gives = kind in {"article", "speech"} or (kind in _HOSTED and bool(authors))
    for author in authors:
        add_person(roster, author)
    if any(passage.kind == "label" for passage in passages):
        return cast_transcript(text, layout, roster, chairs, authors if gives else ())
    if authors and gives:
        return cast_author(layout, roster, authors[0], "author" if kind == "article" else "speaker")
    listed = [person for person in roster.people.values() if person.source == "head" and person.name not in chairs]
    turns = turns_of(passages)
    if listed and turns and kind in _HOSTED and is_statement(turns[0]):
        return cast_author(layout, roster, listed[0], "speaker")
    holder = titled_person(passages, roster) if kind in _HOSTED and not listed else None
    if holder:
        return cast_author(layout, roster, holder, "speaker")
    if interview := interviewed(passages, roster):
        return cast_interview(layout, roster, *interview)
    return cast_report(text, layout, roster, chairs)


def _voices(text: str, layout: Layout, document_id: str, roster: Roster, cast: Cast) -> Voices:
    people = {key: roster.people[key] for key in cast.roles if key in roster.people}
    named = {key: _named(text, person) for key, person in people.items()}
    order = sorted(people, key=lambda key: (named[key], key))
    ids = _ids(people, order)
    spoken, words = _spoken(text, layout, cast)
    passages = tuple(
        passage._replace(speaker_id=ids.get(key)) if key else passage
        for passage, key in zip(layout.passages, cast.passages, strict=True)
    )
    return Voices(
        speakers=tuple(_speaker(ids[key], people[key]) for key in order),
        appearances=tuple(
            Appearance(
                document_id,
                ids[key],
                role,
                people[key].position,
                people[key].organisation,
                spoken[key],
                words[key],
                *named[key],
            )
            for key in order
            for role in (cast.roles[key], *sorted(role for other, role in cast.more if other == key))
        ),
        passages=passages,
        by_sentence=tuple(ids.get(key) if key else None for key in cast.sentences),
    )


def _named(text: str, person: Person) -> tuple[int, int]:
    return person.named or first_naming(text, (person.name, person.name.upper()))


def _ids(people: Mapping[str, Person], order: Sequence[str]) -> dict[str, str]:
    ids: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for key in order:
        name = speaker_id_of(people[key].name)
        taken[name] += 1
        ids[key] = f"{name}-x{taken[name]}" if taken[name] > 1 else name
    return ids


def _speaker(speaker_id: str, person: Person) -> Speaker:
    return Speaker(speaker_id, person.name, person.native, person.kind, person.position, person.organisation)


def _spoken(text: str, layout: Layout, cast: Cast) -> tuple[Counter[str], Counter[str]]:
    """Return how many passages and words each speaks."""
    words: Counter[str] = Counter()
    held: Counter[str] = Counter()
    last: dict[str, int] = {}
    for sentence, key in zip(layout.sentences, cast.sentences, strict=True):
        if key and layout.passages[sentence.passage].kind in _SPOKEN:
            words[key] += len(text[sentence.char_start : sentence.char_end].split())
            held[key] += last.get(key) != sentence.passage
            last[key] = sentence.passage
    return held, words
