"""What parts of a count are: little giants, indirect ones, or no more than "slated for completion"."""

from __future__ import annotations

import re

from flows.parse.counted_nouns import counted_noun, is_head
from flows.parse.elided_verbs import named_ones
from flows.parse.marks import OPEN
from flows.parse.measures import Framed
from flows.parse.nouns import is_manner
from flows.parse.quantity import Value
from flows.parse.tasks_lemmas import is_participle

_ADJECTIVE = re.compile(
    r"[a-z-]*(?:al|ic|ive|ary|ous|ern|ish|ian|nior|jor|vate|reign|ed|urban|new|large|small|medium|big)"
)


def share_noun(values: list[Value]) -> None:
    """Give the noun of a count to the adjective alone before it: "⟨14⟩ national and ⟨62⟩ regional centres"."""
    for here, after in zip(reversed(values[:-1]), reversed(values[1:]), strict=True):
        said, noun = here.frame.noun, after.frame.noun.partition(" ")[2]
        alone = said and noun and here.right == f" {said} and {OPEN}" and _ADJECTIVE.fullmatch(said)
        if alone and here.frame.unit == after.frame.unit == "count":
            here.frame.indicator = here.frame.noun = f"{said} {noun}"


def other_ones(own: str, prior: Framed | None) -> str:
    """Return what "ones" are: of "5,600 direct jobs and ⟨12,000⟩ indirect ones" "indirect jobs"."""
    return named_ones(own, prior.noun) if prior and prior.noun else own


_THEY_ARE = re.compile(
    r"[ ](?:of[ ](?:which|whom|them)[ ])?(?:are|were)[ ](?:now[ ]|already[ ]|also[ ])?"
    r"(?P<np>(?P<state>[a-z-]+ed[ ](?=[a-z]+s\b))?(?=[a-z\"“]))"
)


def what_they_are(right: str) -> str:
    """Return what those counted are said to be: "of which ⟨312⟩ are little giants", "" where it is no noun."""
    are = _THEY_ARE.match(right)
    noun = counted_noun(right, are.end(), len(right.rstrip(f" {OPEN}"))) if are else ""
    named = noun and is_head(noun.partition(" of ")[0].rpartition(" ")[2].strip('"”’').casefold())
    return f"{are['state'] or ''}{noun}" if are and named else ""


# "294 standards, with ⟨129⟩ slated for completion": what is said of part of them is no noun
_PART_OF = re.compile(
    r"\b(?:with|including|of[ ]which)[ ](?:(?:about|over|some|nearly|only|just|the|other|more|than"
    r"|at|least|another)[ ])*\Z"
)


def of_which(left: str, own: str, prior: Framed | None, right: str) -> str:
    """Return what is counted where only its state stands behind the number, "" where the number has its own noun."""
    words = own.split()
    if words and words[0] in _DID and prior and prior.unit == "count":
        return prior.noun  # "eight provinces grew, and only ⟨two⟩ posted declines"
    kind = _KIND_OF.match(right) if prior and prior.unit == "count" and left.endswith("including ") else None
    if prior and kind and is_participle(kind["deed"]):
        return (
            f"{prior.noun.partition(' of ')[0]} {kind['np']}".rstrip()
        )  # "items, including ⟨15⟩ featured on the list"
    if not words or not _PART_OF.search(left):
        return ""
    stated = all(is_participle(word) or is_manner(word) or word in _STATE for word in words)
    if not stated:
        return ""
    group = None if prior else _GROUP.search(left)
    return (
        counted_noun(left, group.end(), len(left)) if group else prior.noun if prior and prior.unit == "count" else ""
    )


_KIND_OF = re.compile(rf"[ ](?P<np>(?P<deed>[a-z]+)[ ](?:by|on|in|at|under|with|for|as)[ ][^,;:.()|{OPEN}]+)")
_GROUP = re.compile(r"\b(?:all|these|those|the)[ ]\d[\d,]*(?=[ ])")

_DID = frozenset(("posted", "recorded", "reported", "registered", "saw", "showed", "suffered"))
_STATE = frozenset(("already", "still", "now", "not", "yet", "newly", "under", "construction", "underway"))
