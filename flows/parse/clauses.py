"""What a clause says of its value besides the frame: bound, comparison, status, the whole that it is a part of."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.parse.amounts import Amount
from flows.parse.measures import Framed
from flows.parse.quantity import GENERIC, Quantity
from flows.parse.rules import Rule, load_rules

OF_WHICH = re.compile(r"[ ]of[ ](?:which|whom|them|these|those)\b")


def read_whole(amount: Amount, clause: str, prior: Quantity | None) -> float | None:
    if amount.out_of is not None:
        return float(amount.out_of)
    if prior and prior.unit == GENERIC and amount.unit is None:
        if OF_WHICH.match(clause[clause.index("⟩") + 1 :]) or re.search(
            r"\bof (?:which|whom|them)\b", clause[: clause.index("⟨")]
        ):
            return prior.value if prior.value >= float(amount.value or 0) else None
    return None


_STATUS_END = re.compile(r"[,;]|\band\b|\bwhile\b")


_STILL = re.compile(r"\A[ ]?,?[ ]?(?:which|that)[ ](?:is|are|would)\b|\A[ ]?[(]")


_TAIL_STATUS = re.compile(r"\b(?:is|are)[ ](?:\w+[ ])?(?:expected|forecast|projected|estimated)\b[^,;]{0,30}\Z")


_CLAUSE_START = re.compile(
    r"\b(?:because|although|though|whereas|while|since|after which)\b|;|,[ ](?:and|but|as|which|who)[ ]"
)


def _last_clause(left: str) -> str:
    """The words of the value's own clause: after the last subordinator or semicolon that a verb follows."""
    for match in reversed(list(_CLAUSE_START.finditer(left))):
        if _VERB.search(left, match.end()):
            return left[match.end() :]
    return left


def read_status(masked: str, bounds: tuple[int, int], frame: Framed, clause: str, prior: Quantity | None) -> str:
    """Actual, expected or target: by the words of the value's own clause, else as the value that it continues."""
    if frame.rule in {"from-level", "earlier-value"} and not frame.chained:
        return "actual"
    left, _, rest = clause.partition("⟨")
    shown, _, right = rest.partition("⟩")
    end = _STATUS_END.search(right)
    if frame.rule == "to-level" and frame.chained:
        left = " ".join(masked[: masked.find(shown)].split())
    own = clause_field("status", f"{_last_clause(left)}⟨{shown}⟩{right[: end.start()] if end else right}")
    if own:
        return own
    if prior and (frame.chained or frame.restated or not _has_verb(clause) or _STILL.match(left)):
        return prior.status
    return "expected" if not _has_verb(clause) and _TAIL_STATUS.search(masked.rstrip(" .;\n")) else "actual"


_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|grew|rose|fell|reach\w+|total\w*|stood|increased|declined|accounted|amounted)\b",
    re.IGNORECASE,
)


def _has_verb(clause: str) -> bool:
    return bool(_VERB.search(clause[: clause.index("⟨")]))


@lru_cache(maxsize=8)
def _clause_rules(name: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("clauses") if rule.data["field"] == name)


def clause_field(name: str, clause: str) -> str | None:
    for rule in _clause_rules(name):
        if rule.pattern.search(clause):
            return str(rule.data["value"])
    return None
