"""Whether a modal with its subject and verb announces work, or tells how things will turn out."""

from __future__ import annotations

import re
from collections.abc import Callable

from flows.parse.tasks_actions import Action
from flows.parse.tasks_claims import (
    Claim,
    action_in,
    done_in_the_room,
    goes_on,
    helps,
    in_the_room,
    is_a_point,
    is_duty,
    is_effect,
    is_noun,
    is_set,
    on_purpose,
    passive_is_work,
    redoubled,
    rule_pattern,
    sets_up,
    words_of,
)
from flows.parse.tasks_lemmas import is_gerund

_DATED = re.compile(r"scheduled|slated|due|planned", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|unless|should|otherwise)\b", re.IGNORECASE)
_OPENING = re.compile(r"[A-Z][a-z-]+ing(?=[ ])")
# Who says one of these gives his or her word.
_GIVEN_WORD = ("pledged", "vowed", "promised", "agreed")
_NOT_NEEDED = re.compile(r"\b(?:do|does|did|would|will)(?:[ ]not|n['’]t)[ ](?:\w+ly[ ])?\Z")
_SESSION = re.compile(
    r"\b(?:meeting|session|conference|council|cabinet|politburo|congress|plenum|committee)\b", re.IGNORECASE
)
_UNMET = re.compile(
    r"(?:\A|, )(?:[Ww]ithout|[Uu]nless|[Ii]f) [^,.]{3,200},"
)  # "Without stable prices we will not achieve": a warning
# What tells how a text is to be read: "the Chinese version shall prevail".
_FINE_PRINT = re.compile(r"\b(?:kept|borne)[ ]in[ ]mind\b|\bversions?[ ](?:shall|will)[ ]prevail\b")
_POINTS = re.compile(r"(?:these|this|those|such|that)\b", re.IGNORECASE)
_NOUN_BEFORE = re.compile(
    r"\b(?:help|support|assistance|incentives?|ability|capacity|efforts?|measures?|steps|right|plans?)\b", re.IGNORECASE
)


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
    if _FINE_PRINT.search(claim.text):
        return False
    if claim.rule.id in {"need", "have-to"} and _NOT_NEEDED.search(claim.text, 0, claim.at):
        return False
    if " not " in f"{claim.matched} " and _UNMET.search(claim.text, 0, claim.at):
        return False
    return _POLICIES[claim.rule.data["subject"]](claim)


def _authority(claim: Claim) -> bool:
    subject, action = claim.subject, claim.action
    if action.passive:
        return passive_is_work(claim)
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
        return action.head not in words_of("stative") and not _POINTS.match(subject.name or "") and not helps(claim)
    if subject.kind in {"we", "self", "agent", "person"}:
        return (_active(subject.kind, action) or on_purpose(claim)) and not done_in_the_room(claim)
    if goes_on(claim) and (action.head in words_of("programme_does") or _also_does(claim)):
        return not is_effect(claim)
    if action.head == "receive" and subject.kind in {"actor", "people"}:
        return rule_pattern("support").match(claim.text, action.end) is not None
    if claim.rule.id == "is-to" and (told := _told_by_is_to(claim)) is not None:
        return told
    if subject.kind in {"actor", "thing", "programme"} and action_in(action, "deeds"):
        return subject.kind == "actor" or not action_in(action, "deeds_of_things")
    if subject.kind == "parameter":
        return claim.setting.kind == "speech" and action.head in words_of("parameter_does")
    return False


def _also_does(claim: Claim) -> bool:
    """Say whether who did the last task does one more: "It will also hold firms to account"."""
    return claim.text.startswith("also ", claim.at + len(claim.matched)) and _active("agent", claim.action)


def _told_by_is_to(claim: Claim) -> bool | None:
    """Say of "X is to" whether it is a duty, a point of an agenda, or what is set; None where the verb decides."""
    if is_duty(claim):
        return _active("agent", claim.action)
    if claim.subject.kind not in {"thing", "economy"}:
        return None
    point = is_a_point(claim) and _active("agent", claim.action)
    return not done_in_the_room(claim) and (is_set(claim) or point)


def _agent_does(claim: Claim) -> bool:
    return claim.action.head not in words_of("stative") | words_of("cognition")


def _active(kind: str, action: Action) -> bool:
    if action.verb in words_of("purposeful") and kind != "self":
        return True
    if action.head in words_of("stative"):
        return False
    if kind == "agent" and action.head in words_of("in_mind"):
        return False
    if kind in {"self", "person"}:
        return sets_up(action) or words_of("procedure").isdisjoint((action.head, action.verb))
    return kind != "we" or action.head not in words_of("procedure_we")


def _any(claim: Claim) -> bool:
    subject, action = claim.subject, claim.action
    if subject.kind == "there" or (action.passive and action.head in words_of("cognition")):
        return False
    if action.verb == "keep" and "in mind" in claim.text:
        return False
    if action.head == "be" and (
        subject.kind in {"thing", "economy", "it", "programme", "parameter"} or claim.rule.id == "shall"
    ):
        return False
    if action.head == "be" and subject.kind in {"we", "self", "pointing"}:
        return on_purpose(claim)
    if subject.kind in {"we", "self", "you", "person"}:
        room = (
            action.head in words_of("procedure")
            if subject.kind == "self"
            else action.head in words_of("procedure_we") - {"be"}
        )
        return action.head not in words_of("cognition") and not room
    return not in_the_room(subject)


def _agent(claim: Claim) -> bool:
    subject, action = claim.subject, claim.action
    if is_noun(claim):
        return False
    duty = claim.rule.data["modality"] == "obligation"
    if action.head in words_of("cognition"):
        return False
    if action.passive:
        deed = claim.rule.id == "should" and action_in(action, "deeds")
        return duty and (subject.kind != "economy" or deed) and passive_is_work(claim)
    if subject.effort and duty:
        if claim.rule.id != "should" or redoubled(claim):
            return action.head not in words_of("stative") or action.verb in words_of("purposeful")
        return action.head in words_of("programme_does") and not action_in(action, "deeds_of_things")
    if action.head in words_of("stative") and action.verb not in words_of("purposeful"):
        return claim.rule.id == "intent" and subject.kind == "agent" and action.head in {"become", "be", "see", "have"}
    if subject.kind in {"self", "we"}:
        return sets_up(action) or action.head not in words_of("procedure" if subject.kind == "self" else "procedure_we")
    if claim.matched.startswith(_GIVEN_WORD):
        return subject.kind not in {"there", "pointing", "economy"}
    if subject.kind == "programme":
        return not duty or action.head in words_of("programme_does") or action_in(action, "deeds")
    return subject.kind in (
        {"agent", "actor", "people", "person", "you", "they"} if duty else {"agent", "person", "it", "they"}
    )


def _bound(claim: Claim) -> bool:
    subject, action = claim.subject, claim.action
    if _DATED.search(claim.matched):
        if "set " in claim.matched or subject.kind == "economy" or in_the_room(subject):
            return False
        return action.head not in {"become", "remain", "grow", "rise", "fall", "speak", "attend", "visit", "arrive"}
    return subject.kind in {"we", "self", "agent", "programme"} and _active("we", action)


def _owner(claim: Claim) -> bool:
    return bool(rule_pattern("owner-before").search(claim.text, 0, claim.at)) and action_in(
        claim.action, "stative"
    ) <= (claim.action.head == "reach")


def _reported(claim: Claim) -> bool:
    if _IF.search(claim.text) or not (claim.setting.told or rule_pattern("reported").search(claim.text)):
        return False
    if claim.subject.kind == "it":
        return _active("agent", claim.action) and not action_in(claim.action, "effect")
    if claim.subject.kind in {"we", "self"}:
        return False
    return _authority(claim) or (
        claim.subject.kind == "they" and not claim.action.passive and _active("agent", claim.action)
    )


def _caller(claim: Claim) -> bool:
    """Somebody calls for something: an authority, or whoever the one word before "called for" names."""
    named = claim.matched.startswith(("called", "urged")) and " " not in (claim.subject.name or " ")
    return claim.subject.kind in {"agent", "we", "self", "person", "programme", "it"} or (
        named and claim.subject.kind == "thing"
    )


def _effort(claim: Claim) -> bool:
    return claim.subject.effort and _agent_does(claim)


def _perfect(claim: Claim) -> bool:
    return claim.subject.kind in {"agent", "we", "self"} and _active("we", claim.action)


def _session(claim: Claim) -> bool:
    """What a meeting decided is still to be done; what a firm decided long ago is history."""
    named = (claim.subject.name or "").casefold()
    return bool(_SESSION.search(named) or (claim.subject.kind == "it" and _SESSION.search(claim.text, 0, claim.at)))


def _self(claim: Claim) -> bool:
    return bool(rule_pattern("first-person").search(claim.text, 0, claim.at))


def _stressed(claim: Claim) -> bool:
    return bool(rule_pattern("stressed").search(claim.text, 0, claim.at)) and claim.action.head not in words_of(
        "cognition"
    )


def _speech(claim: Claim) -> bool:
    return claim.setting.kind == "speech" and claim.subject.kind in {"we", "self", "agent"}


def _item(claim: Claim) -> bool:
    if claim.action.head == "be":
        return False
    return (
        claim.setting.item
        and claim.at > 0
        and (claim.action.passive or not _NOUN_BEFORE.search(claim.text, 0, claim.at))
    )


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
    return claim.action.head not in words_of("cognition")


_POLICIES: dict[str, Callable[[Claim], bool]] = {
    "authority": _authority,
    "agent": _agent,
    "any": _any,
    "none": _always,
    "bound": _bound,
    "owner": _owner,
    "reported": _reported,
    "caller": _caller,
    "effort": _effort,
    "perfect": _perfect,
    "session": _session,
    "self": _self,
    "stressed": _stressed,
    "speech": _speech,
    "item": _item,
    "deed": _deed,
    "opening": _opening,
}
