"""Names of people: how they are printed, what is left of them without honorifics, and which of them are one person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from flows.parse.rules import load_part, load_words

_HONORIFICS = re.compile(
    r"\A(?:(?:The[ ])?(?:Rt\.?|Right)[ ]Hon(?:ou?rable|\.)?[ ]|(?:The[ ])?Hon(?:['’]ble|ou?rable|\.)?[ ]"
    r"|(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Shri|Sri|Smt|Shrimati|Sushri|Kumari|Comrade|Lord|Lady|Baroness|Madam|Madame"
    r"|(?:Datuk|Dato['’]?|Datin|Tan(?=[ ](?:Seri|Sri)\b))(?:[ ](?:Seri|Sri|Wira|Paduka|Panglima))?|Thiru|Eng|Engr"
    r"|Alhaji|Hajiya|Mallam|Barr|Prince|Princess|Rev|H\.E|His[ ]Excellency|Her[ ]Excellency)\.?[ ])+",
    re.IGNORECASE,
)
_NATIVE = re.compile(r"[ ]?[(（]?([\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff·]{2,12})[)）]?")
_BRACKET = re.compile(r"[ ]*[(（\[]([^()（）\[\]]*)[)）\]]")
_TITLES = re.compile(
    r"[ ](?:(?:Datuk|Dato['’]?|Datin)[ ](?:(?:Seri|Sri|Wira|Paduka|Panglima)[ ])?|Tan[ ](?:Seri|Sri)[ ])(?:Dr[ ])?"
)
_POSSESSIVE = re.compile(r"['’]s\Z")
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "das",
        "dos",
        "e",
        "y",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "zu",
        "der",
        "den",
        "ter",
        "bin",
        "bint",
        "binti",
        "ibn",
        "al",
        "el",
        "ben",
    ]
)
_LETTERS = re.compile(r"[^\W\d_]+")
_PLAIN = re.compile(r"[a-z0-9]+")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_][\w'’.-]*")
_MIDDLE_INITIAL = re.compile(r"(?<=\w)[ ][A-Z]\.(?=[ ])")
_SUFFIX = re.compile(r",?[ ](?:MP|MLA|Jr\.?|Sr\.?|PhD|KC|QC|OBE|CBE|[A-Z]{2,5})\Z")
_NAMESAKES = 50
# Words of the language that are family names too.
# Posts that no name ends in.
_POSTS = frozenset(
    ["advisor", "adviser", "coordinator", "administrator", "representative", "correspondent", "spokesperson", "manager"]
)
_FIELD_NAMES = frozenset(
    {"power", "land", "lands", "arts", "food", "works", "gas", "ports", "family", "skills", "nature"}
)
_SYLLABLES = frozenset({"hong", "kong"})
_ALSO_NAMES = frozenset(
    {"park", "bill", "law", "hall", "west", "he", "you", "an", "so", "may", "june", "april", "do", "hong", "kong"}
)


class Person(NamedTuple):
    """One person or body as one document names it; `named` is where its name first stands."""

    name: str
    native: str | None = None
    kind: str = "person"
    position: str | None = None
    organisation: str | None = None
    named: tuple[int, int] | None = None
    source: str = "text"


class Roster(NamedTuple):
    """Everybody whom a document names, by `name_key`, and those keys by first and last word; both grow."""

    people: dict[str, Person]
    by_word: dict[str, list[str]]


@lru_cache(maxsize=1024)
def bare_name(printed: str) -> str:
    """Return a name without honorifics, brackets and native form, upper-case names in title case."""
    name = _SPACES.sub(" ", printed)
    name = name if name.isascii() else _NATIVE.sub(" ", name)
    name = _BRACKET.sub("", name).strip(" ,;:.")
    name = _TITLES.sub(" ", _POSSESSIVE.sub("", name))
    titled = name
    name = _HONORIFICS.sub("", name)
    name = titled if " " not in name and titled.startswith("Sri ") else name  # a name's first word too
    plain = _SUFFIX.sub("", name)
    name = plain if " " in plain and not name.isupper() else name  # "Senator WONG" has no degree
    return _capitals(name) if name.isupper() and len(name) > 1 else name


def native_name(printed: str) -> str | None:
    """Return the name in its own script that stands in or beside a printed name."""
    match = _NATIVE.search(printed)
    return match[1] if match else None


def _capitals(name: str) -> str:
    return _LETTERS.sub(lambda match: match[0].capitalize(), name)


@lru_cache(maxsize=1024)
def name_key(name: str) -> str:
    """Return what is compared of two names: their words, lower-case."""
    return " ".join(_WORD.findall(name.casefold().replace("’", "'"))).replace(".", "")


@lru_cache(maxsize=1024)
def is_person_name(name: str) -> bool:
    """Return whether a capitalised phrase of two words or more can be a person's name."""
    words = [word.casefold().rstrip(".") for word in _WORD.findall(_MIDDLE_INITIAL.sub("", name))]
    if words and words[-1] in _POSTS:
        return False
    barred = _barred_of_two() if len(words) == 2 else _barred_of_more()
    if "hong kong" in " ".join(words) or not _barred_behind_first().isdisjoint(words[1:]):
        return False
    return 1 < len(words) < 6 and barred.isdisjoint(words)


@cache
def _barred_of_two() -> frozenset[str]:
    return load_words("names")["not_name"] - _ALSO_NAMES


@cache
def _barred_of_more() -> frozenset[str]:
    return load_words("names")["not_name"] - _SYLLABLES


@cache
def _barred_behind_first() -> frozenset[str]:
    return load_words("names")["said"] | (load_words("names")["field"] - _FIELD_NAMES)


def is_surname(name: str) -> bool:
    """Return whether one capitalised word can be a person's family name."""
    word = name.casefold()
    return len(word) > 1 and word not in load_words("names")["not_name"] and name[:1].isupper()


def speaker_id_of(name: str) -> str:
    """Return the kebab form of a name: "Tomás Villar" is "tomas-villar"; other scripts keep their letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() if name else ""
    words = _PLAIN.findall(plain.casefold().replace("'", ""))
    return "-".join(words or re.findall(r"\w+", name.casefold())) or "unnamed"


def add_person(roster: Roster, person: Person) -> None:
    """Enter a person in a roster, or fill in what it does not yet say of him or her."""
    key = name_key(person.name)
    known = roster.people.get(key)
    if not known:
        roster.people[key] = person
        for word in set(key.split()[:1] + key.split()[-1:]):
            roster.by_word.setdefault(word, []).append(key)
        return
    places = [place for place in (known.named, person.named) if place]
    better = person.position is not None and (known.position is None or _is_fuller(person.position, known.position))
    roster.people[key] = known._replace(
        native=known.native or person.native,
        position=person.position if better else known.position,
        organisation=known.organisation or person.organisation,
        named=min(places) if places else None,
        source=min(known.source, person.source, key=_SOURCES.index),
    )


def _is_fuller(new: str, old: str) -> bool:
    return len(new) > len(old) and new.casefold().startswith(old.casefold())


_SOURCES = ("head", "byline", "label", "reported", "text", "caption")


_SHORT_OFFICE = re.compile(r"[A-Z]{2,4}\.? (?=[A-ZÀ-Þ][a-zß-ÿ])")


def find_person(roster: Roster, printed: str) -> Person | None:
    """Return the one person of a roster whom a full or a family name means, None if none or several could be meant."""
    key = name_key(bare_name(printed))
    if key in roster.people:
        return roster.people[key]
    words = key.split()
    if not words:
        return None
    short = _SHORT_OFFICE.match(printed)
    if short:
        return find_person(roster, printed[short.end() :])  # "CS Miano" of "Cabinet Secretary Rebecca Miano"
    near = dict.fromkeys(
        [*roster.by_word.get(words[-1], ())[:_NAMESAKES], *roster.by_word.get(words[0], ())[:_NAMESAKES]]
    )
    fitting = [other for other in near if _may_mean(words, other.split())]
    people = [roster.people[other] for other in fitting if roster.people[other].kind == "person"]
    return people[0] if len(people) == 1 else None


def _may_mean(words: list[str], full: list[str]) -> bool:
    if len(words) == 1:
        return words[0] in {full[0], full[-1]}
    if words[0] in _PARTICLES:
        return words[-1] == full[-1]
    if len(words) < len(full) and words in (full[-len(words) :], full[: len(words)]):
        return True  # "Koeva Brooks" of "Petya Koeva Brooks", "Tengku Zafrul" of "Tengku Zafrul Abdul Aziz"
    return words[-1] == full[-1] and words[0][0] == full[0][0] and (len(words[0]) == 1 or words[0] == full[0])


@lru_cache(maxsize=1)
def full_name_pattern() -> re.Pattern[str]:
    """Return the pattern of a name of two words or more."""
    return re.compile(load_part("names", "full"), re.VERBOSE)


def known_in(roster: Roster, clause: str) -> list[Person]:
    """Return the people of a roster whose full names stand in a clause, whatever capitals stand around them."""
    found: list[Person] = []
    for run in _run_pattern().finditer(clause):
        words = run[0].split(" ")
        for first in range(len(words) - 1):
            keys = (name_key(bare_name(" ".join(words[first:end]))) for end in range(len(words), first + 1, -1))
            found += [roster.people[key] for key in keys if key in roster.people][:1]
    return found


def fullest_names(surnames: frozenset[str], text: str) -> dict[str, tuple[str, tuple[int, int]]]:
    """Return, by family name, the longest name in a text that ends in it, and where it stands.

    "Jerome H. Powell" for "powell"; one pass over the text for all of them.
    """
    found: dict[str, tuple[str, tuple[int, int]]] = {}
    for run in _runs_with(surnames, text) if surnames else ():
        words = run[0].split(" ")
        for last in range(1, len(words)):
            surname = words[last].casefold()
            if surname in surnames:
                first = max(0, last - 3)
                while first < last and not is_person_name(" ".join(words[first : last + 1])):
                    first += 1
                name = " ".join(words[first : last + 1])
                if first < last and len(name) > len(found.get(surname, ("",))[0]):
                    start = run.start() + len(" ".join([*words[:first], ""]))
                    found[surname] = (name, (start, start + len(name)))
    return found


def _runs_with(surnames: frozenset[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the runs of capitalised words in those lines of a text that hold one of some family names."""
    at, names = 0, surnames - {""}
    for line in text.split("\n"):
        low = line.casefold()
        if any(name in low for name in names):
            yield from _run_pattern().finditer(text, at, at + len(line))
        at += len(line) + 1


@lru_cache(maxsize=1)
def _run_pattern() -> re.Pattern[str]:
    token = load_part("names", "token")
    return re.compile(rf"{token}(?:[ ]{token})+", re.VERBOSE)


def first_naming(text: str, names: Iterable[str]) -> tuple[int, int]:
    """Return where the first of some printed forms of a name stands first, (0, 0) if none does."""
    for name in names:
        at = text.find(name)
        if at < 0:
            match = re.search(r"\s+".join(map(re.escape, name.split())) or r"\Z", text, re.IGNORECASE)
            if match and match[0]:
                return match.span()
        else:
            return at, at + len(name)
    return 0, 0
