"""What a modal was found with, and the tests by which the policies of a rule weigh it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from flows.parse.rules import Rule, load_rules, load_words
from flows.parse.tasks_actions import Action
from flows.parse.tasks_lemmas import is_gerund
from flows.parse.tasks_subjects import Subject, singular

_BY_SOMETHING = re.compile(r"[ ](?:[\w-]+[ ]){0,3}?by[ ](?![£$€₹¥]|\d|the[ ]end|early|late|mid|next)", re.IGNORECASE)
_POINT = re.compile(
    r"(?:And |Finally, )?(?:[Oo]ne|[Aa]nother"
    r"|[Tt]he (?:first|second|third|fourth|fifth|sixth|seventh|eighth|last|next|other))"
    r"(?: (?:one|point|step|task|thing|priority))?\Z"
)
_A_PLAN = re.compile(
    r"\b(?:an?|this|another|each)[ ](?:[\w-]+[ ]){0,2}\Z", re.IGNORECASE
)  # before a noun: "released a work plan to"
_FORESEEN = re.compile(r"\b(?:forecast|predict|project|expect|estimate|analyst|outlook|likely)", re.IGNORECASE)
_PHRASE = 200
_DOERS = re.compile(r"\b(?:\w{3,}[eo]rs|\w{3,}ists|staff|teams)\Z")
_WORKED = re.compile(r"\b(?:work|striv|seek|endeavou?r|effort)", re.IGNORECASE)


@cache
def rule_pattern(rule_id: str) -> re.Pattern[str]:
    """Return the pattern of a rule that no cue leads to, by its id."""
    return next(rule.pattern for rule in load_rules("tasks") if rule.id == rule_id)


class Setting(NamedTuple):
    """Where a sentence stands: the document's kind, whether it is an item of a task list, what it follows.

    `told` says that a report gives it as somebody's words, in which "would" is "will".
    """

    kind: str
    item: bool = False
    follows_task: bool = False
    told: bool = False


class Claim(NamedTuple):
    """What a rule found: the words before it, what it matched, its subject, its action, and where it stands."""

    rule: Rule
    text: str
    at: int
    matched: str
    subject: Subject
    action: Action
    setting: Setting


def words_of(name: str) -> frozenset[str]:
    """Return a lexicon of the task rules."""
    return load_words("tasks")[name]


def goes_on(claim: Claim) -> bool:
    """The subject is a scheme, or points back to the task before."""
    return claim.subject.kind == "programme" or (claim.subject.kind in {"it", "they"} and claim.setting.follows_task)


def on_purpose(claim: Claim) -> bool:
    """Stative verbs that are work all the same: "we will see that …", "work to see SOEs …", "have a crew ready"."""
    action, text = claim.action, claim.text
    if action.head == "be":
        follows = re.findall(r"[a-z]+", text[action.end : action.end + 40])[:2]
        return claim.subject.kind == "we" and not words_of("stance").isdisjoint(follows)
    if action.head == "meet":
        return claim.subject.kind == "we" and text.startswith((" our ", " the ", " all ", " these "), action.end)
    if action.head in {"have", "ask"}:
        return bool(rule_pattern("in-place" if action.head == "have" else "asks-to").match(text, action.end))
    worked = _WORKED.search(text, claim.at, action.end)
    return action.head == "see" and (bool(worked) or text.startswith((" that ", " to it"), action.end))


def helps(claim: Claim) -> bool:
    """Say whether what follows "will" is an effect: "will help", "will ensure"."""
    return bool(
        rule_pattern("will-help").search(
            claim.matched + claim.text[claim.at + len(claim.matched) : claim.at + len(claim.matched) + 30]
        )
    )


def is_effect(claim: Claim) -> bool:
    """Say whether a pronoun that points back does what effects do: "It will boost demand"."""
    return action_in(claim.action, "effect") and claim.subject.kind in {"they", "it", "pointing"}


def action_in(action: Action, name: str) -> bool:
    """Say whether the verb of an action is in a lexicon, with or without its particle."""
    return action.verb in words_of(name) or action.head in words_of(name)


def passive_is_work(claim: Claim) -> bool:
    """Say whether a passive is somebody's work, not what befalls a thing or the order of the day."""
    subject, action = claim.subject, claim.action
    if subject.kind in {"you", "there"} or action.head in words_of("suffered"):
        return False
    if action.obliged and subject.kind == "economy":
        return False
    if subject.kind == "pointing" and action.head in {"achieve", "follow", "accompany", "complement", "do", "support"}:
        return False
    if subject.kind == "economy" and _BY_SOMETHING.match(claim.text, action.end):
        return False
    if subject.kind in {"we", "self"}:
        return action.head not in {"join", "please", "see", "leave"}
    return not (in_the_room(subject) or _by_calendar(subject, action))


def _by_calendar(subject: Subject, action: Action) -> bool:
    """Say whether it is what an office brings out anyway: "The figures will be published on Friday"."""
    name = (subject.name or "").casefold().split()[-6:]
    return action.head in words_of("calendar_verbs") and any(singular(word) in words_of("calendar") for word in name)


def in_the_room(subject: Subject) -> bool:
    """Say whether the subject is dealt with in the room: a question, the next meeting."""
    name = (subject.name or "").casefold().split()
    if "next" in name and any(word in words_of("by_calendar") for word in name):
        return True
    return any(word in words_of("room") or singular(word) in words_of("room") for word in name)


def redoubled(claim: Claim) -> bool:
    """An effort that is stepped up to an end: "Efforts should be made to", not "The steps should ease shortages"."""
    return claim.text.startswith(" be ", claim.at + len(claim.matched.rstrip()))


def is_a_point(claim: Claim) -> bool:
    """Say whether a point of an agenda is what is to be done: "One is to optimise supply", "The second is to"."""
    return _POINT.match(claim.text[: claim.at].strip()) is not None


def is_duty(claim: Claim) -> bool:
    """Say whether people are told what to do: "Harbour masters are to display the notice", not whom they will meet."""
    name = (claim.subject.name or "").casefold()
    people = claim.subject.kind in {"actor", "people"} or (claim.subject.kind == "thing" and _DOERS.search(name))
    return bool(people) and claim.action.head not in words_of("appointments")


def is_set(claim: Claim) -> bool:
    """Say whether what is to come is set by somebody, and foreseen by nobody: "Capacity is to reach 30 GW"."""
    if claim.action.head in words_of("aimed_at"):
        return not _FORESEEN.search(claim.text)
    if (
        claim.subject.kind == "thing"
        and action_in(claim.action, "deeds")
        and not action_in(claim.action, "deeds_of_things")
    ):
        return True
    return claim.subject.kind == "thing" and claim.action.head in words_of("programme_does")


def sets_up(action: Action) -> bool:
    """Say whether a verb is a deed by its particle alone: "set up" and "set aside", not "set out"."""
    return " " in action.verb and action.verb in words_of("deeds")


def done_in_the_room(claim: Claim) -> bool:
    """Say whether it is what is done in the room: "take your questions", "be taking questions"."""
    behind = claim.text[claim.action.end : claim.action.end + _PHRASE]
    return rule_pattern("in-the-room").match(claim.action.verb + behind) is not None


def is_noun(claim: Claim) -> bool:
    """Say whether a plan or a pledge is told of: "released a work plan to", "Keeping to its pledge to cut taxes, …"."""
    if claim.rule.id != "intent" or claim.matched.split(" ", 1)[0].endswith(("s", "d")):
        return False
    told = is_gerund((claim.subject.name or "").partition(" ")[0])
    return told or _A_PLAN.search(claim.text[max(0, claim.at - 60) : claim.at]) is not None
