"""Whether a modal with its subject and verb announces work, or tells how things will turn out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from flows.parse.rules import Rule, load_words
from flows.parse.tasks_actions import Action
from flows.parse.tasks_subjects import Subject, singular

_BY_SOMETHING = re.compile(r"[ ](?:[\w-]+[ ]){0,3}?by[ ](?![£$€₹¥]|\d|the[ ]end|early|late|mid|next)", re.IGNORECASE)
_DATED = re.compile(r"scheduled|slated|due|planned", re.IGNORECASE)
_OWNER = re.compile(
    r"(?:\b(?:our|my|the|its|their|next|key|main|top|first|central|overriding|immediate|ultimate|primary|core|another|one)"
    r"|['’]s)\s*(?:\w+\s)?\Z",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(
    r"\b(?:I|we)(?:\s(?:am|are|can|now|today|will|also|therefore|hereby|further|pleased|happy|delighted|proud|to))*\s*\Z"
    r"|\b(?:I|we)[’'](?:m|re)\s(?:[a-z]+\s)*\Z"
)
_STRESSED = re.compile(
    r"\b(?:stress|emphasi[sz]|underlin|underscor|highlight|reiterat|acknowledg|reaffirm)\w*\b[^.;]*\b(?:the|an?)\s(?:[\w-]+\s){0,2}\Z"
    r"|\bthere\s(?:is|remains|was)\s(?:\w+ly\s|also\s|still\s)?(?:an?|the|great|urgent)\s(?:[\w-]+\s){0,2}\Z",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"\b(?:said|added|announced|told|pledged|confirmed|revealed|noted|disclosed|promised|stated|vowed|explained|stressed|emphasi[sz]ed)\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:if|unless|should|otherwise)\b", re.IGNORECASE)


# What is done in the room, told from its first word on; the verb ends where the action ends.
_ROOM = re.compile(
    r"(?:start|begin|open|finish|end|close|conclude|proceed|continue)\s(?:[\w-]+\s){0,2}?(?:with|by\s\w+ing)\b"
    r"|(?:turn|go|get|come|move|return|switch)\s(?:now\s|back\s|straight\s|on\s)*(?:to\s(?:[\w’'-]+\s){0,4}?(?:questions?|slides?|next|last|first|topic|point|floor|you|it|that|this)\b|on\b)"
    r"|turn\s(?:now\s)?to\b|take\s(?:[\w’'-]+\s){0,4}?(?:questions?|break|vote|look)\b|hear\s(?:from|more)\b|give\s(?:you|the\sfloor|way|a\sbrief|an\soverview|some|my)\b|hand\s(?:over|it)\b"
    r"|take\s(?:this|that|the|your)\s(?:one|first|second|next|last)?\b(?!\s\w+\s\w)|take\s(?:that|it|this)\b(?=\W*\Z)|go\s(?:back|into|over|through|straight)\b|come\s(?:back|to)\b|stop\s(?:there|here)\b"
    r"|(?:make|put)\s(?:just\s|only\s)?(?:a|one|some|two|three|four|another)\s(?:[\w-]+\s){0,2}(?:remarks?|points?|comments?|observations?|announcements?)\b|respond\sto\b|return\sto\sth|close\s(?:by|with|here)\b|commend\b"
    r"|introduce\s(?:you|myself|Mr|Ms|Mrs|Dr|my|our\scolleague|some|briefly|the\s(?:main|basic|general|relevant|overall|situation|figures|speakers|work))\b"
    r"|continue\s(?:the|our|with)\s(?:[\w&-]+\s){0,2}(?:session|questions?|Q&A|briefing)\b|hold\s(?:a|the|its|his|another)\s(?:[\w-]+\s)?(?:press|news)\s(?:conference|briefing)"
    r"|(?:answer|address)\s(?:your|the|that|this|all)\s(?:[\w]+\s)?questions?\b|leave\s(?:it|that)\b|have\s(?:time|more\sto\ssay|a\slook)\b|be\shappy\b",
    re.IGNORECASE,
)


_NEXT = frozenset("meeting meetings projection projections figures release bulletin report edition issue round".split())
_POINTS = re.compile(r"(?:these|this|those|such|that)\b", re.IGNORECASE)
_HELPS = re.compile(
    r"\b(?:will|shall)\s(?:[a-z]+ly\s|also\s|further\s)*(?:help|ensure|enable|ease|boost|lead|result|allow|improve|contribute|bring)\b",
    re.IGNORECASE,
)


_IN_PLACE = re.compile(
    r"[^.;]{1,60}\b(?:in place|ready|around the clock|on the ground|on site|available|operational)\b"
)
_WORKED = re.compile(r"\b(?:work|striv|seek|endeavou?r|effort)", re.IGNORECASE)


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
        return subject.kind in {"we", "agent", "actor", "person", "programme", "they", "thing"} and _agent_does(claim)
    if subject.effort:
        return action.head not in _words("stative") and not _POINTS.match(subject.name or "") and not _helps(claim)
    if subject.kind in {"we", "self", "agent", "person"}:
        return (_active(subject.kind, action) or _on_purpose(claim)) and not _ROOM.match(
            claim.text, action.end - len(action.verb)
        )
    if subject.kind == "programme" or (subject.kind in {"it", "they"} and claim.follows_task):
        return action.head in _words("programme_does") and not _is_effect(claim)
    if claim.rule.id == "is-to" and subject.kind == "thing":
        return action.head in _words("programme_does")
    if subject.kind == "parameter":
        return claim.kind == "speech" and action.head in _words("parameter_does")
    return False


def _agent_does(claim: Claim) -> bool:
    return claim.action.head not in _words("stative") | _words("cognition")


def _on_purpose(claim: Claim) -> bool:
    """Stative verbs that are work all the same: "we will see that …", "work to see SOEs …", "have a crew ready"."""
    action, text = claim.action, claim.text
    if action.head == "have":
        return bool(_IN_PLACE.match(text, action.end))
    worked = _WORKED.search(text, claim.at, action.end)
    return action.head == "see" and (bool(worked) or text.startswith((" that ", " to it"), action.end))


def _helps(claim: Claim) -> bool:
    return bool(
        _HELPS.search(claim.matched + claim.text[claim.at + len(claim.matched) : claim.at + len(claim.matched) + 30])
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
    """ "The figures will be published on Friday": what an office brings out anyway."""
    name = (subject.name or "").casefold().split()[-6:]
    return action.head in _words("calendar_verbs") and any(singular(word) in _words("calendar") for word in name)


def _in_the_room(subject: Subject) -> bool:
    name = (subject.name or "").casefold().split()
    if "next" in name and any(word in _NEXT for word in name):
        return True
    return any(word in _words("room") or singular(word) in _words("room") for word in name)


def _active(kind: str, action: Action) -> bool:
    if action.verb in _words("purposeful") and kind != "self":
        return True
    if action.head in _words("stative"):
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
    if subject.effort and duty and action.head not in _words("stative"):
        return True
    if action.head in _words("stative") and action.verb not in _words("purposeful"):
        return False
    if subject.kind in {"self", "we"}:
        return action.head not in _words("procedure" if subject.kind == "self" else "procedure_we")
    if subject.kind == "programme":
        return not duty or action.head in _words("programme_does")
    return subject.kind in ({"agent", "actor", "person", "you", "they"} if duty else {"agent", "person", "it", "they"})


def _bound(claim: Claim) -> bool:
    subject, action = claim.subject, claim.action
    if _DATED.search(claim.matched):
        if "set " in claim.matched or subject.kind == "economy" or _in_the_room(subject):
            return False
        return action.head not in {"become", "remain", "grow", "rise", "fall", "speak", "attend", "visit", "arrive"}
    return subject.kind in {"we", "self", "agent", "programme"} and _active("we", action)


def _owner(claim: Claim) -> bool:
    return bool(_OWNER.search(claim.text, 0, claim.at)) and action_in(claim.action, "stative") <= (
        claim.action.head == "reach"
    )


def _reported(claim: Claim) -> bool:
    if _IF.search(claim.text) or not _REPORTED.search(claim.text):
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
    return bool(_FIRST_PERSON.search(claim.text, 0, claim.at))


def _stressed(claim: Claim) -> bool:
    return bool(_STRESSED.search(claim.text, 0, claim.at)) and claim.action.head not in _words("cognition")


def _speech(claim: Claim) -> bool:
    return claim.kind == "speech" and claim.subject.kind in {"we", "self", "agent"}


def _item(claim: Claim) -> bool:
    if claim.action.head == "be":
        return False
    return claim.item and claim.at > 0 and (claim.action.passive or not _NOUN_BEFORE.search(claim.text, 0, claim.at))


_NOUN_BEFORE = re.compile(
    r"\b(?:help|support|assistance|incentives?|ability|capacity|efforts?|measures?|steps|right|plans?)\b", re.IGNORECASE
)


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
    "opening": lambda _: True,
}
