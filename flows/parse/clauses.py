"""What a clause says of its value besides the frame: bound, comparison, status, the whole that it is a part of.

The rules are those of ``patterns/clauses.toml``; a clause reaches to the values on either side, which stand between
⟨ and ⟩.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from flows.parse.literals import fold_case
from flows.parse.marks import CLOSE, OPEN
from flows.parse.measures import Framed
from flows.parse.quantity import GENERIC, Line, Quantity
from flows.parse.ranges import Amount
from flows.parse.rules import load_rules, ways_of
from flows.parse.sieve import Sieve, Sifted, first_match, matches, sieve_of, sift

EARLIER = frozenset(("from-level", "earlier-value"))  # values that another is compared with
BESIDE = frozenset(("expected-value", "target-value"))  # what another was to be
# "while the ⟨$35 billion⟩ cap stays": the value belongs to a subject of its own
_DETERMINED = re.compile(r"[ ](?:the|its|their|an?)[ ]")
_BY_RULE = {"goal": "target", "forecast-for": "expected", "expected-value": "expected", "target-value": "target"}
_FORMERLY_EXPECTED = re.compile(
    rf"{CLOSE}[ ](?:(?:it|they|we|was|were|had|been|previously)[ ]){{0,3}}(?:expected|projected|forecast|pencilled)\b"
)
_FORECAST = re.compile(r"\b(?:forecast|projection|estimate|outlook)s?\b")
# The value is the subject of a verb of its own: "half of them already do", "six in ten of its members expect".
_OWN_VERB = re.compile(
    r"[ ]of[ ](?:which|whom|them)[ ](?:\w+ly[ ]|already[ ])?(?:have|has|had|are|were|was|is|do|did)\b(?![ ]to\b)"
    r"|[ ](?:of[ ])?(?:[\w'’-]+[ ]){1,4}(?:expect|plan|want|intend|hope|believe|think|said|say)[ ]"
)
# "lowered its growth forecast for 2025 from ⟨3.6%⟩", "the outlook for next year went up from": both ends are foreseen.
_REVISED = re.compile(
    r"\b(?:forecast|projection|outlook|expectation)s?\b(?! (?:that|show|see|suggest|indicat))[^,;:]{0,60}? from \Z"
)
OF_WHICH = re.compile(r"[ ]of[ ](?:which|whom|them|these|those)\b")
_OF_WHICH_BEFORE = re.compile(r"\bof (?:which|whom|them)\b")
_STATUS_END = re.compile(r"[,;]|\band\b|\bwhile\b")
_STILL = re.compile(r"\A[ ]?,?[ ]?(?:which|that)[ ](?:is|are|would)\b|\A[ ]?[(]")
_EXPECTING = ("expected", "forecast", "projected", "estimated")
_TAIL_STATUS = re.compile(rf"\b(?:is|are)[ ](?:\w+[ ])?(?:{'|'.join(_EXPECTING)})\b[^,;]{{0,30}}\Z")
# It stands where an authority wants it: "inflation is at around our ⟨2%⟩ target".
_AT_GOAL = re.compile(
    r"\b(?:is|are|was|were|stands?|stood|remain(?:s|ed)?|stay(?:s|ed)?)[ ](?:\w+ly[ ]|now[ ])?at[ ]"
    r"(?:around[ ]|about[ ])?(?:our|its|the|their)[ ]\Z"
)
# What another value is compared with has been: "at 9.5%, compared with ⟨9.2%⟩", "a leap from the capacity of ⟨5 GW⟩".
_COMPARED_WITH = re.compile(
    r"\b(?:(?:compared|in comparison)[ ](?:with|to)|as[ ]against|against|versus|up[ ]from|down[ ]from"
    r"|(?:leap|jump|rise|increase|step|improvement)[ ](?:up[ ])?from)[ ](?:the[ ]|an?[ ]|its[ ])?"
    r"(?:[\w-]+[ ]){0,3}?(?:of[ ])?(?:(?:about|around|some|over|nearly)[ ])?\Z"
    r"|\b(?:after|following)[ ](?:(?:an?|the)[ ])?(?:[\w-]+[ ]){0,2}?"
    r"(?:(?:grow|ris|fall|declin|contract|increas|decreas|dropp|shrink|expand|climb|slow|slump|jump|surg|plung|gain|los"
    r"|reach|averag|hitt|post|record|add|shedd)ing|increase|rise|gain|growth|expansion|decline|drop|fall|decrease"
    r"|contraction)(?:[ ](?:of|by|at|to))?[ ](?:(?:about|around|some|over|nearly|an?)[ ])*\Z"
)
_COMPARING = ("from", "compar", "against", "versus", "after", "following")  # all of these hold one
_GOES_ON = re.compile(
    r"\A,?[ ](?:and|while|but)[ ](?!we\b|the[ ](?:government|ministry|country)\b)[^,;]*\bwill[ ](?:\w+ly[ ])?"
    r"(?:reach|exceed|surpass|top|hit|total|amount|average|stand|be|come|rise|fall|grow|increase|decrease|decline)\b[^,;]*\Z"
)
# The first verb after a value that opens its clause: "Four hundred new trains … will be developed".
_AHEAD = re.compile(
    r"[^.;]*?\b(?:(?:will|shall)[ ]be[ ]\w+ed|(?:are|is)[ ]to[ ]be|(?<!yet )to[ ]be[ ]\w+ed)\b"
    r"(?<!expected)(?<!affected)"
)
_CLAUSE_START = re.compile(
    r"\b(?:because|although|though|whereas|while|since|after which)\b|;|,[ ](?:and|but|as|which|who)[ ]"
)
_TO_BE = re.compile(r"\b(?:expected|projected|forecast|set|likely|poised)[ ]to[ ](?:be|remain|stay|keep)\b[^,;]*\Z")
_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|grew|rose|fell|reach(?:ed|es)?|total(?:l?ed|s)?|stood|increased|declined|accounted"
    r"|amounted)\b"
)  # in folded words


def clause_field(name: str, clause: str) -> str | None:
    """Return what a clause says of `name` (``bound``, ``comparison`` or ``status``), or None."""
    sifted = sift(_sieve(name), clause)
    return next((str(rule.data["value"]) for rule in sifted.rules if matches(sifted, rule, clause)), None)


@lru_cache(maxsize=8)
def _sieve(*names: str) -> Sieve:
    return sieve_of(way for rule in load_rules("clauses") if rule.data["field"] in names for way in ways_of(rule))


@cache
def _sieve_of_whole(name: str) -> Sieve:
    """That of undivided rules, for those of which it counts where they match."""
    return sieve_of(rule for rule in load_rules("clauses") if rule.data["field"] == name)


def sift_clause(clause: str) -> Sifted:
    """Find in one pass what a clause may say of bound and status."""
    return sift(_sieve("bound", "status"), clause)


def field_of(name: str, told: Sifted, clause: str) -> str | None:
    """Return what ``clause_field`` returns; `told` is the clause sifted."""
    rules = (rule for rule in told.rules if rule.data["field"] == name)
    return next((str(rule.data["value"]) for rule in rules if matches(told, rule, clause)), None)


def nearest_field(name: str, clause: str) -> str | None:
    """Return what the words nearest to the value say of `name`: a clause may compare with a year and a month."""
    start, end = clause.index(OPEN), clause.index(CLOSE)
    sifted = sift(_sieve_of_whole(name), clause)
    matches = ((first_match(sifted, rule, clause), str(rule.data["value"])) for rule in sifted.rules)
    found = [(match, value) for match, value in matches if match]
    regular = [hit for hit in found if hit[1] != "versus_reference"] or found
    return min(regular, key=lambda hit: max(hit[0].start() - end, start - hit[0].end(), 0), default=(None, None))[1]


def read_whole(amount: Amount, clause: str, prior: Quantity | None) -> float | None:
    """Return the whole that a count is part of: 97 of "71 of the 97", 50 of "50 cities, more than 10 of which"."""
    if amount.out_of is not None:
        return float(amount.out_of)
    if prior is None or prior.unit != GENERIC or amount.unit is not None:
        return None
    left, _, rest = clause.partition(OPEN)
    points_back = OF_WHICH.match(rest.partition(CLOSE)[2]) or _OF_WHICH_BEFORE.search(left)
    return prior.value if points_back and prior.value >= float(amount.value or 0) else None


def read_status(line: Line, frame: Framed, clause: str, prior: Quantity | None, told: Sifted) -> str:
    """Return actual, expected or target: by the words of the value's own clause, else as the value before.

    `told` is the clause sifted.
    """
    left, _, rest = clause.partition(OPEN)
    if known := _status_of_ends(line, frame, clause, prior):
        return known
    shown, _, right = rest.partition(CLOSE)
    if frame.rule == "goal" and _AT_GOAL.search(left):
        return "expected" if clause_field("status", left) == "expected" else "actual"
    if frame.rule in _BY_RULE:
        return _BY_RULE[frame.rule]
    streak = frame.measure == "streak" and not _VERB.search(fold_case(left.rpartition(",")[2]))
    if _OWN_VERB.match(right) or (streak and not _TO_BE.search(left)):
        return "actual"
    behind = _COMPARED_WITH.search(left) if any(word in left for word in _COMPARING) else None
    left = left[behind.start() :] if behind else left
    says = any(rule.data["field"] == "status" for rule in told.rules)
    if frame.rule == "to-level" and frame.chained:
        left, says = " ".join(line.masked[: line.masked.find(shown)].split()), True
    end = _STATUS_END.search(right)
    clause = _last_clause(left)
    shown = f"{OPEN}{shown}{CLOSE}{right[: end.start()] if end else right}"
    own = clause_field("status", f"{clause}{shown}") if says else None  # a part of the clause says no more than all
    if own == "target" and prior and prior.status == "expected" and _GOES_ON.search(left):
        return "expected"  # "exports are likely to reach 1 million, and revenue will exceed ⟨7 trillion yuan⟩"
    if own or behind or _DETERMINED.fullmatch(clause):
        return own or "actual"
    verbless = not _VERB.search(fold_case(left))
    ahead = _AHEAD.match(right) if verbless and not prior and " be" in right else None
    if ahead:
        return "target"
    if prior and (frame.chained or frame.restated or verbless or _STILL.match(left)):
        return prior.status
    return "expected" if verbless and _ends_expected(line.masked) else "actual"


def _status_of_ends(line: Line, frame: Framed, clause: str, prior: Quantity | None) -> str | None:
    """Return the status of what another value is compared with, or comes to from what was foreseen; else None."""
    if frame.rule in EARLIER and not frame.chained:
        revised = (
            frame.rule == "from-level" and frame.measure == "change" and _REVISED.search(clause.partition(OPEN)[0])
        )
        foreseen = revised or _FORMERLY_EXPECTED.search(clause) or _reforecast(line, frame, prior)
        return "expected" if foreseen else "actual"
    led = frame.rule == "to-level" and prior is not None and prior.rule == "from-level"
    return "expected" if led and prior and prior.status == "expected" else None


def _reforecast(line: Line, frame: Framed, prior: Quantity | None) -> bool:
    """Is it what a forecast was: "cut its inflation forecast to 2.3 percent from ⟨2.7 percent⟩"?"""
    if prior is None or prior.status != "expected":
        return False
    moved = prior.rule in {"to-level", "change-noun-subject"} and _FORECAST.search(
        line.masked, 0, prior.char_start - line.start
    )
    return bool(moved) or _FORECAST.search(frame.indicator) is not None


def _ends_expected(sentence: str) -> bool:
    told = any(word in sentence for word in _EXPECTING)
    return told and _TAIL_STATUS.search(sentence.rstrip(" .;\n")) is not None


def _last_clause(left: str) -> str:
    """Return the words of the value's own clause: after the last subordinator or semicolon that a verb follows."""
    for match in reversed(list(_CLAUSE_START.finditer(left))):
        if _VERB.search(fold_case(left), match.end()) or _DETERMINED.fullmatch(left, match.end()):
            return left[match.end() :]
    return left
