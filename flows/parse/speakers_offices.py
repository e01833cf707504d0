"""What an office is: the post, and the body that it belongs to, out of "director general of the MIIT's Bureau of …"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from flows.parse.rules import load_words
from flows.parse.speakers_fields import printed

_CAP = r"(?:(?:People|Women|Children|Veterans|Workers)['’]s?|[A-ZÀ-ÖØ-Þ][\w&.-]*(?:['’](?!s\b)\w+)?)"
_OFFICE_WORD = (
    r"(?:(?:[Vv]ice|[Dd]eputy|[Ss]pokes|[Dd]irector|[Hh]ead|[Cc]hief|[Cc]hair|[Pp]resident|[Ss]ecretary|[Mm]inister"
    r"|[Mm]ember|[Aa]nalyst|[Ee]conomist|[Gg]overnor|[Ii]nspector|[Cc]ommissioner|[Aa]dministrator|[Mm]anager|[Oo]fficer|[Mm]anaging"
    r"|[Ee]ngineer|[Ss]trategist|[Rr]eporter|[Cc]orrespondent|[Ee]ditor|[Cc]hancellor|[Pp]rofessor|[Ss]tatistician|[Cc]ounsell?or)\w*)"
)
# Bodies after whose name their offices are called: "Information Office of the State Council".
_HIGHEST = r"State[ ]Council\b(?![ ][A-Z])|National[ ]People['’]s[ ]Congress\b(?![ ][A-Z])"
_ARTICLE = re.compile(r"\A[Aa]n? (?=[A-Z]{2,8} )")  # "an NHO statistician"
_BODY = re.compile(
    rf"(?P<link>\b(?:of|at|with|from|for|in|under|and(?=[ ]the))[ ]+(?:[Tt]he[ ]+|its[ ]+|their[ ]+)?"
    rf"|\b(?:de[ ]la|du|des|del|della|do|da|der|des)[ ]+|\bde[ ]l['’]"
    rf"|\A(?:the[ ]+)?|(?<=['’]s)[ ]+|(?<=s['’])[ ]+|,[ ]+(?:the[ ]+)?)"
    rf"(?P<body>(?<!\S)[A-Z]{{2,6}}(?=[ ][A-Z][a-z]+[ ](?:[A-Z][a-z]+[ ])?{_OFFICE_WORD}\b)|(?!{_OFFICE_WORD}\b){_CAP}"
    rf"(?:[ ]+(?:(?:of|and|for|on|&|de|in)[ ]+|of[ ]the[ ]+(?={_HIGHEST}))?(?!{_OFFICE_WORD}\b){_CAP}|[ ]+\d+)*)"
    rf"(?!\w|[ ]+(?:Members|province|city|county|municipality|prefecture|district|region)\b)"
    rf"(?P<owner>['’]s\b|(?<=s)['’](?=[ ]))?"
)
# "Union Railway Minister" is a post as a whole, and so is a press secretary's.
_MINISTERIAL = re.compile(r"[ ](?:Minister|(?<=Press )Secretary|(?<=Cabinet )Secretary)\b")
_GENERIC = frozenset(
    ["Ministry", "Bureau", "Commission", "Administration", "Department", "Bank", "Committee", "Agency", "Office"]
)
_SECOND_POST = re.compile(
    r"(?:,|[ ]and)[ ](?=(?:the[ ]|its[ ]|[A-Z]{2,8}[ ])?(?:[\w-]+[ ]){0,2}?(?:[Dd]irector|[Hh]ead|[Mm]inister"
    r"|[Ss]ecretary|[Ss]pokes\w+|[Gg]overnor|[Cc]hairm[ae]n|[Cc]hair|[Pp]resident|[Mm]ayor|[Cc]hief|[Mm]ember)\b)"
)
_OF_COUNTRY = re.compile(r"[ ](?:[\w-]+[ ])?(?:minister|premier|president|ambassador)\b", re.IGNORECASE)
_BRACKET = re.compile(r"[ ]*[(（][^()（）]*[)）]")
_BEFORE_SHORT = re.compile(r"\b(?:of|and|at|for)[ ](?=(?P<short>[A-Z][A-Za-z&-]{1,9})\b)")
_OPEN_BRACKET = re.compile(r"[ ]*[(（][^()（）]*\Z")
_VICE_MINISTER = re.compile(r"(?:vice|deputy|assistant|first)[ -]?(?:deputy[ ])?minister\Z", re.IGNORECASE)
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
_SHORT = re.compile(r"\b([A-Z][A-Za-z&]{1,8})[ ]\Z")
_EXPANDED = re.compile(rf"\((?:the[ ])?({_CAP}(?:[ ](?:(?:of|and|for|on|the|&)[ ])*{_CAP}){{1,9}})\)")
_WORD = re.compile(r"[\w&'’-]+")
_MINISTER = re.compile(
    r"\b[Mm]inister[ ](?:of|for)[ ](?:the[ ])?(?P<field>[^,;.()]+)"
    r"|\b(?!Deputy|Vice|Prime|Assistant|First|State|Former)(?P<before>[A-Z]\w+)[ ]Minister\b"
)
_MINISTRY = re.compile(rf"Ministry of (?:the )?(?P<field>{_CAP}(?:(?:,|,? and| of| for| &)? (?!Ministry\b){_CAP})*)")
_OWNED = re.compile(rf"[ ]of[ ](?:the[ ])?{_CAP}(?:[ ]{_CAP}){{0,3}}[ ]*\Z")
_MINISTERS = re.compile(r"\b(?:minister|secretary(?: of state)?)[ ]*\Z", re.IGNORECASE)
_FIELDS = frozenset(["energy", "research", "capital", "local", "industries", "technologies", "service", "services"])
# A group of these is part of a body; another is a body, a bank's or a company's.
_WORKING = frozenset(["party", "working", "expert", "leading", "leadership", "task", "research", "study", "members"])
_COUNTRIES = frozenset(["U.S", "U.S.", "US", "UK", "U.K", "U.K.", "EU"])
_SMALL = frozenset(["of", "and", "for", "the", "on", "in"])
_CHINA = re.compile(r"\b(?:China|Chinese)\b")
_OF_THE = re.compile(r"[ ](?:of|for|at|with)[ ]the[ ]ministry\Z")
_OWNERS = re.compile(r"\b(?:its|their)[ ]")
_AROUND_POST = re.compile(r"\A(?:also[ ])?(?:the|a|an)[ ]|[ ]+(?:of|at|for|from|with)(?:[ ]the)?[ ]*\Z")
_REACH = 120
_TOP = 20_000


class Context(NamedTuple):
    """What is needed to read an office: the text, full names by abbreviation, ministries by field, and the host.

    `host` is the body to which a bare department belongs, None if the text names none.
    """

    text: str
    known: Mapping[str, str]
    ministries: Mapping[str, str]
    host: str | None


class Office(NamedTuple):
    """A post and the body it belongs to, each None where the text does not say."""

    position: str | None
    organisation: str | None


def spelled_out(short: str, text: str) -> str | None:
    """Return the capitalised words of a text whose initials make an abbreviation: "European Central Bank" for "ECB"."""
    words = r"(?:[ ](?:of|and|the|for|on))*[ ]".join(rf"{letter}[a-zà-ÿ]\w+" for letter in short)
    match = re.search(rf"(?<![\w-]){words}(?![\w-])", text[:_TOP])
    return match[0] if match and load_words("names")["body"].intersection(match[0].casefold().split()) else None


def abbreviations(text: str) -> dict[str, str]:
    """Return the bodies' full names by the abbreviations that the text itself explains, either way round."""
    found: dict[str, str] = {}
    for match in _ABBREVIATION.finditer(text):
        full = _spelled(printed(text[max(0, match.start() - _REACH) : match.start()]) or "", match[1])
        if full:
            found.setdefault(match[1], full)
    for match in _EXPANDED.finditer(text):
        short = _SHORT.search(text[max(0, match.start() - 12) : match.start()])
        if short and sum(letter.isupper() for letter in short[1]) > 1:
            found.setdefault(short[1], match[1])
    return found


def _spelled(before: str, short: str) -> str | None:
    """Return the words before a bracket whose capitals make the abbreviation: the shortest run that fits.

    An owner at the end may have no letter: "Planning Commission of the State Council (PC)".
    """
    owned = _OWNED.search(before)
    own = _spelled_out(before[: owned.start()], short) if owned and not _spelled_out(before, short) else None
    return own + owned[0].rstrip() if own and owned else _spelled_out(before, short)


def _spelled_out(before: str, short: str) -> str | None:
    words = [(match.start(), match[0]) for match in _WORD.finditer(before)]
    letters = [letter for letter in short if letter.isupper()]
    want = len(letters)
    for start, word in reversed(words):
        if word in _SMALL:
            continue
        if not word[0].isupper() or not letters or word[0] != letters[-1]:
            return None
        letters.pop()
        if not letters:
            return re.sub(r"\s+", " ", before[start:].strip()) if want > 1 else None
    return None


def ministries(text: str) -> dict[str, str]:
    """Return the ministries that a text names, by their field in lower case: "commerce", "transport"."""
    found: dict[str, str] = {}
    for match in _MINISTRY.finditer(text):
        field = match["field"]
        full = f"Ministry of {field}"
        found.setdefault(field.casefold(), full)
        found.setdefault(re.split(r" of | and (?=[A-Z]\w+ of )", field)[0].casefold(), full)
    return found


def read_office(phrase: str, context: Context) -> Office:
    """Part an office as printed into the post and its body, abbreviations expanded.

    Args:
        phrase: e.g. "spokesperson of the GAC and director general of its Department of Statistics and Analysis".
        context: what the text says of bodies.
    """
    known, host = context.known, context.host
    bare = " ".join(_OPEN_BRACKET.sub("", _BRACKET.sub("", phrase)).split()).strip(" ,;.")
    bare = _ARTICLE.sub("", bare)
    bare = _parted(bare, known)
    bodies = [match for match in _BODY.finditer(bare) if _is_body(match, bare, known)]
    top = _top(bodies, bare)
    if top is None and not bodies and (generic := _OF_THE.search(bare)):
        named = set(context.ministries.values())
        if len(named) == 1:
            return Office(_tidy(bare[: generic.start()]), named.pop())
    if top is None:
        organisation = _ministry_of(bare, context) or (host if bodies or _VICE_MINISTER.match(bare) else None)
        if organisation is None and bodies and not host:
            top = bodies[-1]
        else:
            return Office(_tidy(bare), organisation)
    name = _in_full(top["body"], known)
    if name in _GENERIC and host and name in host.split():
        name = host
        bare = f"{bare[: top.start('body')]}{name}{bare[top.end('body') :]}"
        return read_office(bare, context._replace(host=None))
    return Office(_tidy(_without(bare, bodies, name, known)), name)


def _in_full(body: str, known: Mapping[str, str]) -> str:
    """Return a body with the abbreviation that it is, or begins with, expanded: "NPC Standing Committee"."""
    first, _, rest = body.partition(" ")
    opened = f"{known[first]} {rest}" if rest and first in known else body
    return known.get(body, opened)


def _top(bodies: list[re.Match[str]], bare: str) -> re.Match[str] | None:
    """Return the body of the first post that names one; of "Department of X of Y" it is the last."""
    whole = [match for match in bodies if not _is_part(match["body"])]
    for end in [*(post.start() for post in _SECOND_POST.finditer(bare)), len(bare)]:
        first = [match for match in whole if match.start() < end]
        if first:
            return first[-1]
    return None


def _parted(bare: str, known: Mapping[str, str]) -> str:
    """Part a known abbreviation from the body before it: "Department of SAFE" is "Department of the SAFE"."""
    return _BEFORE_SHORT.sub(lambda match: f"{match[0]}the " if match["short"] in known else match[0], bare)


def _without(bare: str, bodies: list[re.Match[str]], name: str, known: Mapping[str, str]) -> str:
    kept: list[str] = []
    at = 0
    for match in bodies:
        if _in_full(match["body"], known) == name:
            kept.append(bare[at : match.start()])
            if match["owner"] or match["link"].startswith("and"):
                kept.append(match["link"] if match["owner"] else "and ")
            at = match.end()
    return "".join([*kept, bare[at:]])


def _tidy(post: str) -> str | None:
    post = _AROUND_POST.sub("", " ".join(_OWNERS.sub("the ", post).split()))
    return post.strip(" ,;.") or None


def _is_body(match: re.Match[str], bare: str, known: Mapping[str, str]) -> bool:
    body = match["body"]
    words = {word.casefold() for word in _WORD.findall(body)}
    bodies = load_words("names")["body"]
    if _MINISTERS.search(bare, 0, match.start()) and not match["owner"]:
        bodies = bodies - _FIELDS  # "Minister of Energy" is a post, no part of a body called Energy
    if match["owner"] and " " not in body and not body.isupper() and _OF_COUNTRY.match(bare, match.end()):
        return False
    if match.start() == 0 and _MINISTERIAL.match(bare, match.end()) and body not in known:
        return False
    if match.start() == 0 and body in _COUNTRIES:
        return False
    if match.start() == 0 and not match["owner"] and body not in known:
        return len(body) < len(bare) and len(body) > 1 and (body.isupper() or (len(words) > 1 and bool(words & bodies)))
    if body in known or words & bodies:
        return True
    if words <= load_words("names")["field"] | {"and"}:
        return False  # "Director-General for Industry"
    if match["link"].lstrip().startswith("for") and len(words) == 1 and not body.isupper() and body not in known:
        return False  # "Director for the Pacific"
    before = _WORD.findall(bare[: match.start()])
    seated = bool(before) and before[-1].casefold().rpartition("-")[2] in load_words("names")["seated"]
    return not seated or (body.isupper() and len(body) > 1)


def _is_part(body: str) -> bool:
    words = _WORD.findall(body.casefold())
    parts = load_words("names")["part"]
    if words[-1:] == ["group"] and words[:1] != ["group"]:
        return not _WORKING.isdisjoint(words)
    return bool(words) and (words[0] in parts or words[-1] in parts) and "national" not in words


def _ministry_of(bare: str, context: Context) -> str | None:
    """Return the ministry of a "minister of commerce" as the text names it elsewhere, None where it does not."""
    match = _MINISTER.search(bare)
    field = (match["field"] or match["before"]).strip() if match else ""
    shorter = [field[: link.start()].casefold() for link in re.finditer(r" and ", field)]
    fields = [field.casefold(), *reversed(shorter)]
    named = next((context.ministries[name] for name in fields if name in context.ministries), None)
    return named or (_of_china(field.casefold(), context.text) if match and match["field"] else None)


def _of_china(field: str, text: str) -> str | None:
    """Return the Chinese ministry of a field in a text of China that does not name it in full."""
    if field not in load_words("names")["ministry"] or not _CHINA.search(text[:_TOP]):
        return None
    return "Ministry of " + " ".join(
        w if w in _SMALL else "-".join(map(str.capitalize, w.split("-"))) for w in field.split()
    )
