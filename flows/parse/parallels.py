"""Clauses that run beside the one before: they go on with its subject, or leave out the head of theirs."""

from __future__ import annotations

import re

from flows.parse.antecedents import HEAD, MADE, swap_tail
from flows.parse.measures import FLOWS, Framed
from flows.parse.nouns import AUXILIARIES, PREPOSITIONS, bare_word, is_verb
from flows.parse.rules import load_words

_AGGREGATES = load_words("nouns")["aggregate"]
_MEASURED = FLOWS | _AGGREGATES
_UNMADE = _MEASURED - MADE - {"supply"}
_OPENS_ON = PREPOSITIONS | AUXILIARIES | {"after"}
_JOINED = re.compile(
    r"\A(?:[ ](?:on|in|from|over|than|compared|after)[ ][^,;]*)?[ ]?(?:[,;]?[ ]?(?:and|while|but|with)|[,;])[ ]"
    r"(?:the[ ])?(?P<rest>.*\S)"
)
_VERBLESS = re.compile(r"\A(?:,[ ])?(?:up|down|higher|lower|an?[ ]|representing|marking)\b")
_NEW_CLAUSE = re.compile(r"[;:]|\b(?:and|but|while|whereas|as|which|who|with|that)\b")
_ITS_OWN = re.compile(r"(?:and|with|while)[ ](?:its|their)[ ]")
_BRACKETED = re.compile(r"[ ]?\([^()]*\)")
_AND_ASIDE = re.compile(r"\A,?[ ](?:and|or|but),[ ](?=(?:after|on|in|at|with|without|excluding)\b)")
_LONGEST = 12  # words of a subject that may have lost its head


def goes_on(cue: str, before: str, prior: Framed | None) -> bool:
    """Does a verbless cue speak of the value before: "(topped ⟨1 trillion⟩) for the first time, up"?

    Args:
        cue: the words that the frame begins with: ", up by ".
        before: the words between the value before and the cue.
        prior: the frame of the value before.
    """
    if prior and _ITS_OWN.match(cue) and before.rstrip().endswith((",", ";")):
        return True  # "trade reached ⟨$6 trillion⟩ in one year, and its growth rate of"
    before = _AND_ASIDE.sub(" ", _BRACKETED.sub(" ", before))
    words = before.replace(",", " ").split()
    if prior is None or not words or not _VERBLESS.match(cue) or _NEW_CLAUSE.search(before):
        return False
    opened = before.lstrip()[:1] != "," and (before.rstrip().endswith(",") or cue.startswith(","))
    first = bare_word(words[0])
    return opened and (first in _OPENS_ON or is_verb(first))


def with_lost_head(found: str, before: str, prior: Framed | None) -> str:
    """Give a subject the head that its clause leaves out.

    Of "the value added of mining grew by 5%, manufacturing grew by 6%" it is "value added of manufacturing".
    """
    joined = _JOINED.match(before)
    head = HEAD.match(prior.indicator) if prior else None
    if not (prior and joined and head) or prior.measure != "change" or not joined["rest"].startswith(found):
        return found
    words = [bare_word(word) for word in found.split()]
    own = _UNMADE if "added" in head["head"].split() else _MEASURED
    again = bool(words) and bare_word(head["head"].rpartition(" ")[2]) == words[-1]  # "new orders", "foreign orders"
    whole = again or not own.isdisjoint(words) or len(words) > _LONGEST
    headed = any(bare_word(word) in _MEASURED for word in head["head"].split())
    return found if whole or not headed else swap_tail(prior.indicator, found)
