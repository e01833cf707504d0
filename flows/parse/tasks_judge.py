"""Whether a modal with its subject and verb announces work, or tells how things will turn out."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from flows.parse.rules import Rule, load_rules, load_words
from flows.parse.tasks_lemmas import is_gerund
from flows.parse.tasks_subjects import Subject, singular

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.parse.tasks_actions import Action

_BY_SOMETHING = re.compile(r"[ ](?:[\w-]+[ ]){0,3}?by[ ](?![£$€₹¥]|\d|the[ ]end|early|late|mid|next)", re.IGNORECASE)
_DATED = re.compile(r"scheduled|slated|due|planned", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|unless|should|otherwise)\b", re.IGNORECASE)


# What is done in the room, told from its first word on; the verb ends where the action ends.


_OPENING = re.compile(r"[A-Z][a-z-]+ing(?=[ ])")
_POINTS = re.compile(r"(?:these|this|those|such|that)\b", re.IGNORECASE)


_WORKED = re.compile(r"\b(?:work|striv|seek|endeavou?r|effort)", re.IGNORECASE)


@cache
def rule_pattern(rule_id: str) -> re.Pattern[str]:
    """Return the pattern of a rule that no cue leads to, by its id."""
    return next(rule.pattern for rule in load_rules("tasks") if rule.id == rule_id)


class Claim(NamedTuple):
    """What a rule found: the words before it, what it matched, its subject, its action, and where it stands."""

    rule: Rule
    text: str
    at: int
    matched: str
    subject: Subject
    action: Action
    kind: str
    item: bool
    follows_task: bool


def announces_work(claim: Claim) -> bool:
    """Say whether a claim is a task by the contract, not a forecast, an effect, a courtesy or a wish."""
    if claim.subject.kind == "barred" and claim.rule.data["subject"] not in {
        "none",
        "owner",
        "self",
        "stressed",
        "opening",
        "item",
    }:
        return False
    return _POLICIES[claim.rule.data["subject"]](claim)


def _words(name: str) -> frozenset[str]:
    return load_words("tasks")[name]


def _authority(claim: Claim) -> bool:
    subject, action = claim.subject, claim.action
    if action.passive:
        return _passive(claim)
    if action.obliged:
        return subject.kind in {
            "we",
            "agent",
            "actor",
            "people",
            "person",
            "programme",
            "they",
            "thing",
        } and _agent_does(claim)
    if subject.effort:
        return action.head not in _words("stative") and not _POINTS.match(subject.name or "") and not _helps(claim)
    if subject.kind in {"we", "self", "agent", "person"}:
        return (_active(subject.kind, action) or _on_purpose(claim)) and not rule_pattern("in-the-room").match(
            claim.text, action.end - len(action.verb)
        )
    if _goes_on(claim) and action.head in _words("programme_does"):
        return not _is_effect(claim)
    if subject.kind in {"actor", "thing", "programme"} and action_in(action, "deeds"):
        return subject.kind == "actor" or not action_in(action, "deeds_of_things")
    if claim.rule.id == "is-to" and subject.kind == "thing":
        return action.head in _words("programme_does")
    if subject.kind == "parameter":
        return claim.kind == "speech" and action.head in _words("parameter_does")
    return False


def _goes_on(claim: Claim) -> bool:
    """The subject is a scheme, or points back to the task before."""
    return claim.subject.kind == "programme" or (claim.subject.kind in {"it", "they"} and claim.follows_task)


def _agent_does(claim: Claim) -> bool:
    return claim.action.head not in _words("stative") | _words("cognition")


def _on_purpose(claim: Claim) -> bool:
    """Stative verbs that are work all the same: "we will see that …", "work to see SOEs …", "have a crew ready"."""
    action, text = claim.action, claim.text
    if action.head == "be":
        follows = re.findall(r"[a-z]+", text[action.end : action.end + 40])[:2]
        return claim.subject.kind == "we" and not _words("stance").isdisjoint(follows)
    if action.head == "meet":
        return claim.subject.kind == "we" and text.startswith((" our ", " the ", " all ", " these "), action.end)
    if action.head == "have":
        return bool(rule_pattern("in-place").match(text, action.end))
    worked = _WORKED.search(text, claim.at, action.end)
    return action.head == "see" and (bool(worked) or text.startswith((" that ", " to it"), action.end))


def _helps(claim: Claim) -> bool:
    return bool(
        rule_pattern("will-help").search(
            claim.matched + claim.text[claim.at + len(claim.matched) : claim.at + len(claim.matched) + 30]
        )
    )


def _is_effect(claim: Claim) -> bool:
    return action_in(claim.action, "effect") and claim.subject.kind in {"they", "it", "pointing"}


def action_in(action: Action, name: str) -> bool:
    """Say whether the verb of an action is in a lexicon, with or without its particle."""
    return action.verb in _words(name) or action.head in _words(name)


def _passive(claim: Claim) -> bool:
    subject, action = claim.subject, claim.action
    if subject.kind in {"you", "there"} or action.head in _words("suffered"):
        return False
    if action.obliged and subject.kind == "economy":
        return False
    if subject.kind == "pointing" and action.head in {"achieve", "follow", "accompany", "complement", "do", "support"}:
        return False
    if subject.kind == "economy" and _BY_SOMETHING.match(claim.text, action.end):
        return False
    if subject.kind in {"we", "self"}:
        return action.head not in {"join", "please", "see", "leave"}
    return not (_in_the_room(subject) or _by_calendar(subject, action))


def _by_calendar(subject: Subject, action: Action) -> bool:
    """Say whether it is what an office brings out anyway: "The figures will be published on Friday"."""
    name = (subject.name or "").casefold().split()[-6:]
    return action.head in _words("calendar_verbs") and any(singular(word) in _words("calendar") for word in name)


def _in_the_room(subject: Subject) -> bool:
    name = (subject.name or "").casefold().split()
    if "next" in name and any(word in _words("by_calendar") for word in name):
        return True
    return any(word in _words("room") or singular(word) in _words("room") for word in name)


def _active(kind: str, action: Action) -> bool:
    if action.verb in _words("purposeful") and kind != "self":
        return True
    if action.head in _words("stative"):
        return False
    if kind == "agent" and action.head in _words("in_mind"):
        return False
    if kind in {"self", "person"}:
        return action.head not in _words("procedure") and action.verb not in _words("procedure")
    return kind != "we" or action.head not in _words("procedure_we")


def _any(claim: Claim) -> bool:
    subject, action = claim.subject, claim.action
    if subject.kind == "there" or (action.passive and action.head in _words("cognition")):
        return False
    if action.verb == "keep" and "in mind" in claim.text:
        return False
    if action.head == "be" and (
        subject.kind in {"thing", "economy", "it", "programme", "parameter"} or claim.rule.id == "shall"
    ):
        return False
    if action.head == "be" and subject.kind in {"we", "self", "pointing"}:
        return _on_purpose(claim)
    if subject.kind in {"we", "self", "you", "person"}:
        room = (
            action.head in _words("procedure")
            if subject.kind == "self"
            else action.head in _words("procedure_we") - {"be"}
        )
        return action.head not in _words("cognition") and not room
    return not _in_the_room(subject)


def _agent(claim: Claim) -> bool:
    subject, action = claim.subject, claim.action
    duty = claim.rule.data["modality"] == "obligation"
    if action.head in _words("cognition"):
        return False
    if action.passive:
        return duty and subject.kind != "economy" and _passive(claim)
    if subject.effort and duty:
        if claim.rule.id != "should" or _redoubled(claim):
            return action.head not in _words("stative") or action.verb in _words("purposeful")
        return action.head in _words("programme_does") and not action_in(action, "deeds_of_things")
    if action.head in _words("stative") and action.verb not in _words("purposeful"):
        return claim.rule.id == "intent" and subject.kind == "agent" and action.head in {"become", "be", "see", "have"}
    if subject.kind in {"self", "we"}:
        return action.head not in _words("procedure" if subject.kind == "self" else "procedure_we")
    if subject.kind == "programme":
        return not duty or action.head in _words("programme_does") or action_in(action, "deeds")
    return subject.kind in (
        {"agent", "actor", "people", "person", "you", "they"} if duty else {"agent", "person", "it", "they"}
    )


def _bound(claim: Claim) -> bool:
    subject, action = claim.subject, claim.action
    if _DATED.search(claim.matched):
        if "set " in claim.matched or subject.kind == "economy" or _in_the_room(subject):
            return False
        return action.head not in {"become", "remain", "grow", "rise", "fall", "speak", "attend", "visit", "arrive"}
    return subject.kind in {"we", "self", "agent", "programme"} and _active("we", action)


def _owner(claim: Claim) -> bool:
    return bool(rule_pattern("owner-before").search(claim.text, 0, claim.at)) and action_in(
        claim.action, "stative"
    ) <= (claim.action.head == "reach")


def _reported(claim: Claim) -> bool:
    if _IF.search(claim.text) or not rule_pattern("reported").search(claim.text):
        return False
    if claim.subject.kind == "it":
        return _active("agent", claim.action) and not action_in(claim.action, "effect")
    if claim.subject.kind in {"we", "self"}:
        return False
    return _authority(claim) or (
        claim.subject.kind == "they" and not claim.action.passive and _active("agent", claim.action)
    )


def _caller(claim: Claim) -> bool:
    return claim.subject.kind in {"agent", "we", "self", "person", "programme", "it"}


def _perfect(claim: Claim) -> bool:
    return claim.subject.kind in {"agent", "we", "self"} and _active("we", claim.action)


def _self(claim: Claim) -> bool:
    return bool(rule_pattern("first-person").search(claim.text, 0, claim.at))


def _stressed(claim: Claim) -> bool:
    return bool(rule_pattern("stressed").search(claim.text, 0, claim.at)) and claim.action.head not in _words(
        "cognition"
    )


def _speech(claim: Claim) -> bool:
    return claim.kind == "speech" and claim.subject.kind in {"we", "self", "agent"}


def _item(claim: Claim) -> bool:
    if claim.action.head == "be":
        return False
    return claim.item and claim.at > 0 and (claim.action.passive or not _NOUN_BEFORE.search(claim.text, 0, claim.at))


_NOUN_BEFORE = re.compile(
    r"\b(?:help|support|assistance|incentives?|ability|capacity|efforts?|measures?|steps|right|plans?)\b", re.IGNORECASE
)


def _redoubled(claim: Claim) -> bool:
    """An effort that is stepped up to an end: "Efforts should be made to", not "The steps should ease shortages"."""
    return claim.text.startswith(" be ", claim.at + len(claim.matched.rstrip()))


def _deed(claim: Claim) -> bool:
    """An agent that expects or is committed to do what only agents do: "We expect to raise rates", not "to see"."""
    if claim.subject.kind not in {"we", "agent", "they"}:
        return False
    return claim.rule.id != "expect-to" or action_in(claim.action, "deeds")


def _opening(claim: Claim) -> bool:
    """What is vital is told by the gerund that opens the sentence: "Completing the union is vital"."""
    opening = _OPENING.match(claim.text)
    return claim.rule.id != "gerund-is-vital" or bool(opening and is_gerund(opening[0]) and claim.action.head)


def _always(claim: Claim) -> bool:
    return claim.action.head not in _words("cognition")


_POLICIES: dict[str, Callable[[Claim], bool]] = {
    "authority": _authority,
    "agent": _agent,
    "any": _any,
    "none": _always,
    "bound": _bound,
    "owner": _owner,
    "reported": _reported,
    "caller": _caller,
    "perfect": _perfect,
    "self": _self,
    "stressed": _stressed,
    "speech": _speech,
    "item": _item,
    "deed": _deed,
    "opening": _opening,
}
