"""The subject of a clause, cut out of the words before its verb."""

from __future__ import annotations

import re

from flows.parse.nouns import ADVERBS, AUXILIARIES, FINITE, OPENERS, SUBORDINATORS, VERBS, bare_word
from flows.parse.rules import load_words
from flows.parse.subject_walk import cut_left
from flows.parse.tasks_lemmas import is_participle

# Unions are made once: these are asked for at every word.
_VERBAL = VERBS | ADVERBS
_SUBORDINATE = OPENERS | SUBORDINATORS
_ASIDES = OPENERS | {"which", "who", "whose", "where", "such", "a", "an", "the", "excluding", "e.g"}
_BRACKETS = re.compile(r"\([^()]*\)?(?=\W*\Z)|\([^()]*\)(?=\s+\w+\s*\Z)")
_CLAUSAL = FINITE | (SUBORDINATORS - {"as", "than", "that", "how", "but"})
_COMPARING = frozenset(("below", "above", "over", "under", "near", "up", "down"))
_CAUSES = frozenset(("due", "owing", "thanks", "because", "given", "amid", "despite", "driven", "affected", "buoyed"))
_FEW = 3  # words of "with the railway"
_LONGEST_PART = 12  # words of one part of an enumeration
_PARTS = re.compile(r"\s*[,;:—]\s+|\s+[–—]\s+|—")


def subject_before(gap: str, cue: str = "was") -> str:
    """Return the subject noun phrase at the end of `gap`, the words of a clause up to its verb; "" where there is none.

    Introductory phrases, subordinate clauses before it and parentheses after it are left out; enumerations are kept.

    Args:
        gap: the words.
        cue: what follows them: a verb ("rose by"), "of" where a noun must end the words, or a bare preposition or
            nothing ("at", "") where their last word may be the verb.
    """
    gap = _AS_PER.sub("", gap) if " as per " in gap else gap
    gap = _ON_THE_YEAR.sub("", gap) if " on the " in gap or " months" in gap or " period" in gap else gap
    segments, kind = _PARTS.split(_THAT_IS.sub(" ", _without_asides(gap))), _kind_of_cue(cue)
    while len(segments) > 1 and _has_no_subject(segments[-1]) and not _measures_object(segments[-1], kind):
        segments.pop()
        opened = next((i for i, one in enumerate(segments) if i and _RELATIVE_WORD.match(one)), 0)
        if opened:
            del segments[opened:]  # "the sector, which covers chemicals and electronics, was"
        elif len(segments) > 1 and segments[-2].strip() and _is_aside(segments[-1]):
            segments.pop()
    if doer := _WITH_WHO.match(segments[-1]):
        return cut_left(doer["np"], "noun")
    at = len(segments) - 1
    phrase = segments[at]
    exemplary = any(" such as " in segment for segment in segments)
    while at > 0 and (
        _is_enumeration(segments[at - 1], phrase, exemplary=exemplary) or _goes_along(segments[:at], phrase)
    ):
        at -= 1
        phrase = f"{segments[at]}, {phrase}"
        if phrase.lstrip().startswith("with "):
            break
    if at and (beside := _BESIDE.match(segments[at - 1])):
        phrase = f"{beside['np']}, {phrase}"  # "while Ardal, Borva and Cand (passed)"
    elif at > 1 and (given := _EXAMPLES.match(segments[at - 1])):
        if not _EXAMPLES.match(segments[at - 2]):  # "six cities, including Ardal, Borva and Cand, (passed)"
            return subject_before(", ".join(segments[: at - 1]), cue)
        phrase = f"{segments[at - 1][given.end() :]}, {phrase}"
    return cut_left(_OVER_TIME.sub("", phrase), kind)


# Who does so beside the main clause: "with Ardal leading the way (with)".
_WITH_WHO = re.compile(
    r"\s*(?:and[ ])?with[ ](?P<np>[^,;:]+?)[ ]"
    r"(?:leading[ ](?:the|with|in|on)|posting|recording|registering|reporting|showing|seeing|experiencing|suffering"
    r"|enjoying)\b"
)
_OVER_TIME = re.compile(
    r"\A\s*(?:during|in|over|for|within)[ ]the[ ](?:[\w-]+[ ]){0,3}"
    r"(?:period|months?|quarters?|years?|half|decades?)[ ](?=\w)"
)


_BESIDE = re.compile(
    r"(?:\s*(?:and|but|while|whereas)|.*\b(?:is|are|was|were))[ ](?P<np>[A-Z][\w'’-]*(?:[ ][A-Z][\w'’-]*){0,3})\Z"
)
_EXAMPLES = re.compile(r"\s*(?:including|namely|such as|like|for example)[ ](?=\S)")


_THAT_IS = re.compile(r"(?<=[a-z])[ ](?:that|which)[ ](?:is|are|was|were)[ ](?=\w+(?:able|ible)[ ]to[ ])")
_DASHED = re.compile(r"(?P<who>\A|\w)\s*[–—]\s*[^–—]+[–—]\s*(?P<rest>[^–—]*)\Z")


def _without_asides(gap: str) -> str:
    """Leave out brackets at the end, and what two dashes set off: "sales — cars, phones and bicycles — (exceeded)"."""
    gap = _BRACKETS.sub(" ", gap) if "(" in gap else gap
    dashed = _DASHED.search(gap) if "—" in gap or "–" in gap else None
    apart = dashed and _has_no_subject(dashed["rest"])
    return f"{gap[: dashed.end('who')]} {dashed['rest']}" if dashed and apart else gap


_AS_PER = re.compile(r"[ ]as[ ]per[ ][^,;]*")  # "growth of output as per the first estimate (was)"
# When it rose is no part of what rose: "on the month and on the year, to", "in the three months (from May to July)".
_ON_THE_YEAR = re.compile(
    r"[ ]on[ ]the[ ](?:month|quarter|year)(?:[ ](?:and|but)[ ]on[ ]the[ ](?:month|quarter|year))?\b"
    r"|[ ](?:in|over|during|for)[ ]the[ ](?:[\w-]+[ ]){1,2}months[ ]*\Z"
    r"|[ ](?:in|over|during)[ ](?:the|this|that)[ ](?:[\w-]+[ ]){0,2}period\b(?![ ](?:of|from|to)\b)"
)
_NOUN_CUE = re.compile(r"\A[ ]?(?:of|worth|:)\b|\A[ ]?:")
_BARE_CUE = re.compile(r"\A[ ]?(?:(?:at|to|by|for|from|in|on)\b|\Z)")


def _kind_of_cue(cue: str) -> str:
    return "noun" if _NOUN_CUE.match(cue) else "bare" if _BARE_CUE.match(cue) else "verb"


def _has_no_subject(segment: str) -> bool:
    """Is it empty, or does a verb open it: "Fiji, the largest economy, is set to"?"""
    words = segment.split()
    if len(words) == 1 and is_participle(bare_word(words[0])):
        return True  # "Bank lending, which had grown, slowed to"
    if (
        len(words) == len(("came", "in"))
        and bare_word(words[0]) in VERBS
        and words[1] in {"in", "out", "up", "down", "off", "to"}
    ):
        return True
    return not words or bare_word(words[0]) in AUXILIARIES or all(bare_word(word) in _VERBAL for word in words)


_MOVED = re.compile(
    rf"\s*(?:(?:has|have|had|also)[ ])*(?:{'|'.join(sorted(load_words('nouns')['moving']))})[ ](?:its|the|their)[ ]"
)


def _measures_object(segment: str, kind: str) -> bool:
    """Is what is measured the object of a verb without its subject: "has held its main rate (at)"?"""
    return _has_object(segment) if kind == "noun" else kind == "bare" and _MOVED.match(segment) is not None


def _has_object(segment: str) -> bool:
    """Does an article stand in it: "is used for firms with a turnover (of)"?"""
    return any(bare_word(word) in {"a", "an", "with"} for word in segment.split()[1:])


_RELATIVE_WORD = re.compile(
    r"\s*(?:which|who|whose|where|including|excluding|such as|especially|notably|namely"
    r"|in (?:areas|fields|sectors|industries|countries|regions) (?:including|such as|like))\b"
)
_SAID = re.compile(
    r"\s*(?:\w+ ){1,4}(?:said|says|added|noted|stressed|explained|recalled|warned|stated|expect|think|believe"
    r"|hope|estimate)\s*"
)


# What a name is, set off behind it: ASEAN, "China's largest trading partner", bought.
_RANKED = re.compile(
    r"\s*(?:[A-Z][\w.]*(?:['’]s?)|its|their|our)[ ](?:[\w-]+[ ])?"
    r"(?:\w+est|top|main|leading|major|key|first|second|third|only)\b"
)


_MOVING = re.compile(r"\s*(?:also |still )?(?:up|down|following|after)\b")  # "orders, up fifteen of months, (rose)"


def _is_aside(segment: str) -> bool:
    first = bare_word(segment.split(maxsplit=1)[0]) if segment.split() else ""
    opens = first in _ASIDES
    return (
        opens
        or _RANKED.match(segment) is not None
        or first.endswith("ing")
        or _MOVING.match(segment) is not None
        or _SAID.fullmatch(segment) is not None
        or re.match(r"\s*\w+ed (?:as|by|in|on|from|at|for)\b", segment) is not None
    )


def _is_enumeration(left: str, right: str, *, exemplary: bool) -> bool:
    words = left.split()
    if (
        not words
        or bare_word(words[0]) in _CAUSES
        or (bare_word(words[0]) in _SUBORDINATE and not _stands_in(words))
        or not right.strip()
    ):
        return False
    joined = re.search(r"\b(?:and|or|&)\b", right)
    plain = not any(bare_word(word) in _CLAUSAL for word in words) and bare_word(words[0]) not in _COMPARING
    opens_anew = re.match(r"\s*(?:and|or)\s+(?:that|it|they|its|the)\b", right) and not _ALL_THE.match(left)
    return bool(joined) and plain and len(words) <= _LONGEST_PART and (not opens_anew or exemplary)


# Behind a value and a comma: "with copper, tin and lead (up)". At the start of a sentence it may be a cause.
_ALONG = re.compile(
    r"\s*with[ ](?!(?:an?|some|such|it|this|more|less)[ ])(?:[\w-]+[ ]of[ ](?:the[ ])?)?[\w-]+(?:[ ][\w-]+)?\s*"
)


def _goes_along(left: list[str], right: str) -> bool:
    return (
        len(left) > 1
        and not left[0].strip()
        and _ALONG.fullmatch(left[-1]) is not None
        and re.search(r"\band\b", right) is not None
    )


_ALL_THE = re.compile(r"\s*the\b(?![^,]*,)")  # "the steel index, the iron index, and the (metal index were)"


def _stands_in(words: list[str]) -> bool:
    if words[0] == "with":
        few = len(words) == _FEW and words[1] == "the"  # "with the roads, ship and air industry (posting)"
        return few or "such" in words
    return len(words) > 2 and bare_word(words[0]) in {"that", "those"} and bare_word(words[1]) == "of"
