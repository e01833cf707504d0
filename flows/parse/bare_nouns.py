"""Units of a bare sentence: the short noun phrase that a number counts, and what it is per."""

from __future__ import annotations

import re

from flows.parse.nouns import AUXILIARIES, CONJUNCTIONS, DETERMINERS, PREPOSITIONS, PRONOUNS, SUBORDINATORS
from flows.parse.rules import load_words
from flows.parse.tasks_lemmas import base_verbs

_WORDS = load_words("bare")
_ADVERBS, _HEADS, _VERBS, _PER = _WORDS["adverb"], _WORDS["head"], _WORDS["verb"], _WORDS["per"]
_CLOSED = (
    PREPOSITIONS
    | DETERMINERS
    | CONJUNCTIONS
    | SUBORDINATORS
    | AUXILIARIES
    | (PRONOUNS - {"others", "share", "value", "volume", "growth"})
)
_TOKEN = re.compile(r"[ \u00a0-]?(?:[\r\n][ ]*)?([^\W\d_][\w'’&.-]*)")
_MORE = re.compile(
    r"[ ](?:or[ ](?:more|fewer|less|so)|more|further|additional|extra|other|fewer|less"
    r"|lower|higher|older|younger|longer|shorter|upper)"
    r"(?=[ ][a-z])(?![ ]than\b)"
)
_JOINED = re.compile(r"[ ](?:and|or)[ ](?=[a-z][\w-]+[ ][a-z])")
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}\Z")
_COLLECTIVE = frozenset(("crew", "staff", "police", "family", "media", "data", "cattle", "fish"))
_MEMBERS = re.compile(r"[ ](?:members|officers|firms|companies|centres|centers|breaches|farmers|stations)\b")
_POINTS = re.compile(r"[ ](?:points|titles|seats|votes|members|players|fans|games|wins|finals|voters)\b")
_SINGULAR = frozenset(("specimen", "regimen", "abdomen", "omen", "semen", "acumen"))
_OF_GROUP = re.compile(
    r"[ ]of[ ](?:(?:about|around|nearly|some|just|only|more[ ]than)[ ](?=\d|the[ ]))?"
    r"(?:(?:the|his|her|its|their|our|my|these|those)[ ]|(?=\d))(?:(?:last|past|first|next|final)[ ])?"
)
_RATE = re.compile(
    r"(?:[ ]per[ ]|[ ]an?[ ]|[ ]each[ ]|[ ]every[ ]|/)([a-z][a-z-]*)\b(?![ ](?:earlier|ago|before|later|old)\b)"
)
_NUMBER = re.compile(r"(?:\d[\d,.]*|[a-z]+)[ ]")
_FEET = re.compile(r"-\d.*\Z")  # "6-foot-4"
_LONGEST = 5


def unit_noun(text: str, start: int, end: int, *, one: bool = False) -> tuple[str, int]:
    """Return the noun phrase that a number ending at `start` counts, up to its head, and where it ends.

    "affordable homes" of " affordable homes over the next", "goal" of "-goal lead", "" where a verb, a preposition
    or nothing follows. `one` says that the number is one, whose noun is no plural.
    """
    hyphenated = text[start : start + 1] == "-"
    more = _MORE.match(text, start, end)
    at, taken, stop = more.end() if more else start, list[str](), start
    while len(taken) < _LONGEST and (match := _TOKEN.match(text, at, end)):
        word = _FEET.sub("", match[1].rstrip(".'’"))
        bare = word.casefold()
        joined = _JOINED.match(text, at, end) if taken and not one and bare in {"and", "or"} else None
        if joined:
            at, taken = joined.end() - 1, [*taken, bare]  # "provisional and absentee ballots"
            continue
        if _ends(bare, taken, text[match.end(1) : match.end(1) + 4]):
            break
        taken.append(word)
        named = bool(_INITIALS.match(match[1]))  # "1,500 U.S. flights"
        at = stop = match.end(1) if named else match.start(1) + len(word)
        if bare in _COLLECTIVE and _MEMBERS.match(text, at, end):
            continue  # "eight crew members"
        if match[1][0].isupper() and is_head(bare) and not hyphenated and _POINTS.match(text, at, end):
            continue  # "2,000 ATP Rankings points"
        if not named and (hyphenated or is_head(bare) or match[1].endswith(".")):
            break
    if not taken or not (hyphenated or one or is_head(taken[-1].casefold())):
        return "", start
    return " ".join(taken).replace("-per-", " per "), stop  # "a 500-calorie-per-day diet"


def _ends(bare: str, taken: list[str], after: str) -> bool:
    """Does the phrase end before this word?"""
    if bare in _CLOSED or bare in _ADVERBS:
        return True
    if bare in _VERBS and bare not in {"cut", "cuts", "runs", "wins", "hits", "loses", "plans", "hopes", "needs"}:
        return True
    verb = bare.endswith("ed") and (not after[1:2].islower() or bool(taken))
    return (
        verb
        or (bool(taken) and bare.endswith("ing") and is_head(taken[-1].casefold()))
        or (bool(taken) and bare in base_verbs() and bare.endswith("e") and not is_head(bare) and len(taken) > 1)
    )


def is_head(bare: str) -> bool:
    """Does a lower-case word look like a plural, the head of what is counted?"""
    if bare.endswith(("children", "men")) and bare not in _SINGULAR:
        return True
    return bare in _HEADS or (
        bare.endswith("s") and len(bare) > 2 and not bare.endswith(("ss", "us", "is", "'s", "’s", "ous"))
    )


def group_noun(text: str, start: int, end: int) -> tuple[str, int]:
    """Return what a part is counted of: "games" of " of their last eight games"."""
    of = _OF_GROUP.match(text, start, end)
    if not of:
        return "", start
    number = _NUMBER.match(text, of.end(), end)
    for at in (number.end() if number else of.end(), of.end()):
        noun, stop = unit_noun(text, at - 1, end)
        if noun and is_head(noun.split()[-1].casefold()):
            return noun, stop
    return "", start


def rate_of(text: str, at: int, end: int) -> tuple[str, int]:
    """Return what a value ending at `at` is per, and where that ends: "barrel" of " a barrel", "" for nothing."""
    match = _RATE.match(text, at, end)
    if not match or match[1] not in _PER:
        return "", at
    return match[1], match.end()
