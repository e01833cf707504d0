"""The labels that open a speaker's turn: which beginnings of lines look like one, and which of them are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from flows.parse.beginnings import may_begin
from flows.parse.rules import Rule, load_rules, load_words
from flows.parse.speakers_names import bare_name, is_person_name

_WORD = re.compile(r"[\w'’.&-]+")
_BRACKET = re.compile(r"[ ]*[(（\[][^()（）\[\]]*[)）\]]")
_SHORT_STOP = re.compile(r"\b(\w{1,4})\.(?=[ ])")
_LINKS = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "from",
        "de",
        "la",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "binti",
        "al",
        "el",
        "da",
        "do",
        "dos",
        "di",
        "du",
        "with",
        "at",
        "to",
        "le",
        "y",
        "e",
    ]
)
_NAMED = re.compile(
    r"\A(?:The |THE )?[A-Z].{3,100} ?\((?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Baroness|Prof"
    r"|SHRI|SMT|SHRIMATI|SUSHRI|KUMARI|DR|MR|MS|MRS)\.? ?[A-Z]"
    r"|[A-Z][\w'’-]+ [A-Z][\w'’-]+\))"
)
_ASKED_BY = re.compile(r"(?:Q|Question)\.?[ ]?[(\[](?P<who>[^)\]]+)[)\]]")  # "Q (China Daily):"
_ABBREVIATED = re.compile(r"[A-Z]{2,5}")  # a medium's
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")  # a byline's, behind whose date stands "Adjust font size:"
_SITE = re.compile(r"\w\.(?:cn|com|net|org)\Z", re.IGNORECASE)  # "ThePaper.cn"
_LABEL_END = re.compile(r"\A[\[【](?=[^\]】]+[\]】][ ]?[:：])|[\]】]?[ ]?[:：.,]\s*\(?\Z")
_NUMBER = re.compile(r"\A(?:[IVX]{1,5}|\d{1,2})[.)][ ]+(?=[QA])|\A[QA]?\d{1,3}[ .)]+(?=[A-Z][a-z])")
_PORTRAIT = re.compile(r"\A[A-Z][\w'’ -]{3,60} Portrait (?=The )")
_SAID = re.compile(r"[ ](?:said|says|added|noted|told [\w ]+|asked|stressed|explained|wrote|continued)\Z")
_FIRST_PERSON = re.compile(
    r"\b(?:I|I['’](?:m|ll|d|ve)|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou|[Yy]our|Thank|Thanks"
    r"|Good (?:morning|afternoon|evening)|Let (?:me|us)|Ladies and gentlemen)\b|\?"
)
# Only the first letter is taken, so that the second name may be the first of the next pair.
_FULL_NAME = re.compile(r"([A-ZÀ-Þ])(?<!\w.)(?=([\w'’-]+)[ ]+(?:[A-Z]\.[ ]+)?([A-ZÀ-Þ][\w'’-]+)\b)")
_EVERYBODY = frozenset(
    {"All", "Each", "Every", "Relevant", "To"}
)  # to whom a notice goes: "All provinces and regions:"
# People are introduced at the top; looking further buys nothing and costs time.
_TOP = 20_000


class Label(NamedTuple):
    """The beginning of a block that looks like a speaker's label: its printed name and where it ends in the block."""

    name: str
    end: int
    style: str
    alone: bool
    rest: str


def match_label(words: str) -> Label | None:
    """Return what looks like a label at the beginning of a block, whoever it may name."""
    head = words[:120]
    for rule in _label_rules(head[:1]):
        match = rule.pattern.match(head)
        if not match or _SAID.search(match["name"]):
            continue
        rest = words[match.end() : match.end() + 600].strip()
        if _is_nominal(match["name"], rule.data["style"]) or is_foreign_medium(match["name"], rest):
            alone, name = not words[match.end() :].strip(), match["name"].strip()
            asked = _ASKED_BY.fullmatch(name)
            return Label(asked["who"] if asked else name, match.end(), rule.data["style"], alone, rest)
    return None


def is_turn_word(name: str) -> bool:
    """Return whether a label says "question", "answer" or "moderator" and names nobody."""
    return " ".join(label_words(name)) in _turn_words()


@cache
def _turn_words() -> frozenset[str]:
    lexicon = load_words("speakers")
    return lexicon["question"] | lexicon["answer"] | lexicon["chair"]


def starts_with_label(words: str) -> bool:
    """Return whether a line begins with an upper-case label or an interview's "Q:": it never continues a sentence."""
    return bool(_OPENS_TURN.match(words))


_OPENS_TURN = re.compile(
    r"(?:Q|A|Question|Answer|Moderator|Operator)[ ]?:[ ]|[QA]:(?=[A-Z])|Q[ ](?=[A-Z])"
    r"|[A-Z][A-Z'’.-]+(?:[ ][A-Z][A-Z'’.-]*){1,4}[.:][ ]+[A-Z]"
)


@lru_cache(maxsize=1000)
def _label_rules(first: str) -> tuple[Rule, ...]:
    """Return the rules for labels of which a match may begin with this character."""
    rules = (rule for rule in load_rules("speakers") if rule.id.startswith("label-"))
    return tuple(rule for rule in rules if may_begin(rule.pattern, first))


def bare_label(label: str) -> str:
    """Return a printed label without its number, its colon and what else stands around it."""
    inside = label.strip(" .")
    label = inside[1:-1] if inside[:1] == "(" and inside[-1:] == ")" else label  # "(SHRI ANIL RAO)"
    return _NUMBER.sub("", _PORTRAIT.sub("", _LABEL_END.sub("", label).strip(" *")))


@lru_cache(maxsize=8192)
def label_words(name: str) -> tuple[str, ...]:
    """Return the words of a label, lower-case, without what stands in brackets and without honorifics' stops."""
    return tuple(word for printed in _WORD.findall(_BRACKET.sub("", name)) if (word := printed.strip(".").casefold()))


def _is_nominal(name: str, style: str) -> bool:
    tokens = _WORD.findall(_BRACKET.sub("", name))
    if not tokens or len(tokens) > 12 or tokens[0] in _EVERYBODY or _YEAR.search(name) or _is_cut(name):
        return False
    if style != "colon":
        return True
    small = _small_words()
    return all(
        token[0].isupper() or (token[0].isdigit() and token == tokens[0]) or token.casefold() in small or "," in name
        for token in tokens
    ) or is_turn_word(name)


@cache
def _small_words() -> frozenset[str]:
    """The words of a label that need no capital."""
    lexicon = load_words("speakers")
    return lexicon["reporter"] | lexicon["office"] | _LINKS | {"a", "an"}


def is_foreign_medium(name: str, rest: str = "?") -> bool:
    """Return whether a label that asks a question is a medium's name in a language of its own: accents, small words."""
    tokens = name.split()
    accented = not name.isascii() and name[:1].isupper() and re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+){1,3}", name)
    return bool(accented) and "?" in rest and any(token.islower() and token not in _LINKS for token in tokens)


def _is_cut(name: str) -> bool:
    """Does a sentence end in a label, initials and short words' stops aside?"""
    return "." in name and ". " in _BRACKET.sub("", _SHORT_STOP.sub(r"\1", name))


def accept_labels(candidates: Sequence[Label], text: str) -> frozenset[str]:
    """Return the printed names that are labels of turns, out of everything in a text that looks like one.

    A name is taken where it says itself that it is one (an honorific, an office, a medium, "Q"), where it stands
    again, or where it is part of a name that the top of the text gives in full.
    """
    counts = Counter(candidate.name for candidate in candidates)
    styles = {candidate.name: candidate.style for candidate in candidates}
    strengths = {name: _strength(name, styles[name]) for name in counts}
    full = _full_names(text[:_TOP]) if "single" in strengths.values() else frozenset[str]()
    spoken = {candidate.name for candidate in candidates if _FIRST_PERSON.search(candidate.rest)}
    said = [name for name in counts if counts[name] > 1 or name in spoken]
    strengths |= {name: "sure" for name in said if _is_held_office(name, text[:_TOP])}
    asking = {one.name for one in candidates if one.alone and _ABBREVIATED.fullmatch(one.name) and "?" in one.rest}
    strengths |= {name: "sure" for name in asking if strengths[name] == "single"}
    lines = [one.name for one in candidates if one.style == "line"]
    strengths |= dict.fromkeys(lines, "sure" if len(set(lines)) < len(lines) else "none")
    sure = {name for name, strength in strengths.items() if strength == "sure"}
    likely = {name for name, strength in strengths.items() if strength == "likely"}
    points = any(counts[name] > 1 for name in counts if strengths[name] == "point")
    named = any(strengths[name] == "single" and label_words(name)[-1] in full for name in spoken)
    dialog = len(sure) > 0 or len(likely) > 1 or points or named
    accepted = {
        candidate.name
        for candidate in candidates
        if _is_accepted(candidate, strengths[candidate.name], counts[candidate.name], dialog=dialog, full=full)
    }
    lexicon = load_words("speakers")
    asked = any(" ".join(label_words(name)) in lexicon["question"] for name in accepted)
    lone = set[str]() if asked else {"A", "A."}  # without questions an "A." is a number
    if len(accepted) == 1:
        lone |= {one.name for one in candidates if one.name in accepted and _opens_report(one)}
    return frozenset(accepted - lone)


def _opens_report(label: Label) -> bool:
    """Return whether the only label of a text opens no turn: "Coast News: On Monday, …", "Speaker: to be confirmed"."""
    if is_turn_word(label.name):
        return label.rest[:1].islower()
    medium = not load_words("speakers")["medium"].isdisjoint(label_words(label.name))
    return medium and not label.alone and "?" not in label.rest


def _is_accepted(label: Label, strength: str, count: int, *, dialog: bool, full: frozenset[str]) -> bool:
    spoken = bool(_FIRST_PERSON.search(label.rest))
    if strength == "sure":
        return True
    if strength == "likely":
        return count > 1 or dialog or label.alone or spoken
    if strength == "upper":
        return count > 1 or dialog or spoken
    if strength == "again":
        return count > 1
    if strength == "point":
        return count > 1 or (dialog and spoken)
    if strength == "single":
        again = count > 1 or dialog
        return (again or spoken) if label_words(label.name)[-1] in full else (again and spoken)
    return False


def _strength(name: str, style: str) -> str:
    words = label_words(name)
    if _SITE.search(name):
        return "sure"
    if style in {"blank", "point"}:
        return "again" if style == "blank" else "point"
    untitled = words[1:] if words[:1] == ("the",) else words if name.isupper() else ()
    if untitled and not is_turn_word(name) and load_words("speakers")["office"].issuperset(untitled):
        return "upper"
    return _nominal_strength(name, words)


def _nominal_strength(name: str, words: Sequence[str]) -> str:
    lexicon = load_words("speakers")
    if is_turn_word(name) or _is_name_with_post(name):
        return "sure"
    if not words or any(word[0].isdigit() for word in words[words[0][0].isdigit() and words[0][-1].isalpha() :]):
        return "none"
    named = [word for word in words if word not in _LINKS]
    if _named_office(name):
        return "sure"
    titled = words[0] in lexicon["honorific"] and words[0] != "the"
    # "Economic Herald" is a medium, whatever its first word says
    if len(words) > 1 and (titled or lexicon["reporter"].intersection(words) or words[-1] in lexicon["medium"]):
        return "sure"
    if lexicon["medium"].intersection(words) and not lexicon["topic"].intersection(named) - lexicon["medium"]:
        return "sure"
    if lexicon["topic"].intersection(named):
        return "none"
    if len(words) > 1 and words[0] in lexicon["office"]:
        return "sure"
    if len(named) == 1 and named[0] in lexicon["office"]:
        return "point" if name[:1].isupper() else "none"  # "Spokesman:" again and again
    if len(named) == 1:
        return "single" if words[-1] == named[0] else "none"
    return "likely" if len(words) <= 6 else "none"


def _is_name_with_post(name: str) -> bool:
    """Return whether a label is a name with the office behind it: "Liang Wei, spokesperson of the Ministry of …"."""
    person, _, post = name.partition(", ")
    first = label_words(post)[:2]
    return is_person_name(bare_name(person)) and not load_words("speakers")["office"].isdisjoint(first)


def _named_office(name: str) -> bool:
    """Return whether a label is an office with its holder's name in brackets: "The Minister for Finance (Mr Wong)"."""
    office = _NAMED.search(name)
    words = label_words(name)
    return office is not None and not load_words("speakers")["office"].isdisjoint(words)


def _is_held_office(name: str, top: str) -> bool:
    """Return whether a label is one word for an office that the text's beginning gives with its holder's name."""
    held = name.isalpha() and name[:1].isupper() and name.casefold() in load_words("speakers")["office"]
    return held and re.search(rf"\b{name} [A-ZÀ-Þ]\w+ [A-ZÀ-Þ]\w+", top) is not None


def _full_names(top: str) -> frozenset[str]:
    pairs = ((f"{initial}{rest}", last) for initial, rest, last in _FULL_NAME.findall(top))
    return frozenset(name.casefold() for pair in pairs for name in pair)
