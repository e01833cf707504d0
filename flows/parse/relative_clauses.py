"""Relative clauses that a value stands in: whose they are, and what goes on behind them."""

from __future__ import annotations

import re

from flows.parse.measures import Framed
from flows.parse.nouns import is_verb
from flows.parse.subject_phrases import subject_before
from flows.parse.tasks_lemmas import is_participle

_RELATIVE_CLAUSE = re.compile(
    r",[ ](?:which|where|whose|who|with[ ](?:an?|the)"
    r"|(?:covering|spanning|featuring|boasting|employing|serving)(?:[ ]an?)?)"
    r"[ ][^,;]*\Z"
)
_AFTER_COMMA = re.compile(r"[^,;.]*,[ ](?P<rest>\w.*)", re.DOTALL)
_IN_APPOSITION = re.compile(
    r",[ ](?:the|its|[A-Z]\w*['’]s)[ ]\Z"
)  # "Car exports, the ⟨second⟩ largest item, (came to)"
# What firms have, in the plural: "with annual revenues of at least".
_WITH_PLURAL = re.compile(
    r"[ ]with[ ](?:[\w-]+[ ]){0,2}[\w-]+s[ ]of[ ](?:(?:at|least|over|more|than|about|up|to)[ ])*\Z"
)


def outer_subject(left: str) -> str:
    """Return what goes on after a relative clause that the value stands in: "Growth in Fiji, where tourism is"."""
    opened = _RELATIVE_CLAUSE.search(left) or _WITH_PLURAL.search(left) or _IN_APPOSITION.search(left)
    return subject_before(left[: opened.start()]) if opened else ""


def closes(left: str, prior: Framed) -> str | None:
    """Return the words after the comma that ends a relative clause, if a verb follows it: "of output, will ease"."""
    if prior.rule == "level-of-noun" and left[1:2].isalpha() and is_verb(left.split(maxsplit=1)[0]):
        return left  # "(firms with sales of ⟨5 million⟩) reached"
    rest = _AFTER_COMMA.match(left)
    word = rest["rest"].split(maxsplit=1)[0] if rest else ""
    return rest["rest"] if rest and (is_verb(word) or is_participle(word)) else None
