"""Items of task lists, imperatives and numbered headings: work that is announced without a modal."""

from __future__ import annotations

import re

from flows.parse.rules import load_words
from flows.parse.tasks_actions import Action, leading_action
from flows.parse.tasks_claims import Setting
from flows.parse.tasks_cues import Verdict, judge_sentence
from flows.parse.tasks_lemmas import is_base, is_gerund, lemma

_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_ORDINAL_OPENING = re.compile(
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|final|last)(?:ly)?,?\s+", re.IGNORECASE
)
_NOT_TO = re.compile(r"(?:do(?:[ ]not|n['’]t)|no[ ]longer|not|never)[ ]+", re.IGNORECASE)
# What may stand before an order: "At the same time, guide …", "By the end of 2025, complete …".
_FRONTED = re.compile(
    r"(?:At the same time|In addition|Meanwhile|On this basis|Furthermore|Moreover"
    r"|(?:By|In|From|Before) [^,.;]{0,24}\b\d{4}),\s"
)
_LEAVES_OPEN = re.compile(
    r"\b(?:will|shall|must|should|(?:need|needs|is|are|plans?|aims?|intends?|required|seeks?)\s+to|to"
    r"|(?:ensure|make sure) that)\s*:?\s*\Z",
    re.IGNORECASE,
)
_PREPOSITIONAL = re.compile(
    r"\b(?:including|through|by|such as|in|on|for|via|with|of|include|includes|namely)\W*\Z", re.IGNORECASE
)
_BY = re.compile(r"\bby\W*\Z")  # "We will do this by:" lists gerunds, whatever else the -ing forms can be
_WILL_HAVE = re.compile(r"\bwill (?:also )?have ")
_OBLIGES = re.compile(r"\b(?:must|should|need|needs|required|obliged|obligations?|requirements?)\b", re.IGNORECASE)
_STRESS = re.compile(r"(?:further|also|then)[ ](?P<verb>[a-z-]+)\b", re.IGNORECASE)
_FINITE_VERBS = frozenset(
    ["is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could", "may", "must", "should", "do"]
)
_MOSTLY_VERBS = frozenset(["complete", "close", "open"])
_TOPIC = re.compile(r"[A-Za-z][\w -]{2,40}[:：] +(?=[A-Za-z])")
_TO = re.compile(r"To[ ](?:[a-z]+ly[ ])?(?=([a-z-]+))", re.IGNORECASE)
_HAS_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|must|should|can|may|would|we|it)\b", re.IGNORECASE)
# A line that a page's end has cut in two.
BROKEN_OFF = re.compile(r"\b(?:have|has|had|been|be|is|are|was|were|will|the|an?|of|and|or|to|in|for|with|by)\Z")
_FINITE = re.compile(
    r"\A[^(]*\b(?:was|were|has been|have been|had|did|grew|rose|fell|reached|remained|stood)\b", re.IGNORECASE
)
_COUNTS_AHEAD = re.compile(
    r"\b(?:the following|these|two|three|four|five|six|seven|eight|nine|ten|several|\d+)\s"
    r"(?:(?!percentage|basis)[\w-]+\s){0,3}\w+\W*\Z",
    re.IGNORECASE,
)


def is_lead_in(statement: str) -> bool:
    """Say whether a sentence only introduces what follows: it ends in a colon, or counts what is to come."""
    if statement.endswith((":", "：")):
        return True
    return statement[-14:].rpartition(" ")[2].rstrip(".;…") in load_words("tasks")["counted_ahead"] and bool(
        _COUNTS_AHEAD.search(statement[-120:])
    )


# What the parts of a plan are called, which nobody does.
_PART = re.compile(
    r"(?:(?:the|our) )?(?:guiding|basic|general|main|overall|working|fundamental|key|major|specific|supporting)"
    r" (?:principles?|ideology|thoughts?|thinking|objectives?|goals?|targets?|requirements?|mechanisms?|tasks?|measures"
    r"|background|philosophy|approach)\W*|safeguards?(?: measures)?\W*|organi[sz]ational (?:leadership|guarantees?)\W*",
    re.IGNORECASE,
)


def announces_list(lead: str) -> bool:
    """Say whether the words over a list make its items tasks: "12 specific tasks for 2024, including", "We will:"."""
    words = {word.casefold() for word in _WORD.findall(_WILL_HAVE.sub("will ", lead))}
    if words & load_words("tasks")["looks_back"] and not _LEAVES_OPEN.search(lead):
        return False
    if words & load_words("tasks")["announces"] or _LEAVES_OPEN.search(lead):
        return True
    return judge_sentence(lead, Setting("list")) is not None


def list_modality(lead: str) -> str:
    """Return the mood of a list's items: what its lead says must be done is an obligation."""
    return "obligation" if _OBLIGES.search(lead) else "commitment"


def read_item(statement: str, lead: str) -> Verdict | None:
    """Return what an item of a task list announces; a bare noun phrase has no action."""
    modality = list_modality(lead)
    if statement.endswith("?") or _FINITE.match(statement) or _PART.fullmatch(statement):
        return None
    action = gerund_action(statement, sure=_BY.search(lead) is not None) or _infinitive_action(statement)
    if not action and not _PREPOSITIONAL.search(lead):
        action = imperative_action(statement) or _under_topic(statement)
    return Verdict("list-item", modality, action.verb if action else None, None)


def gerund_action(statement: str, *, sure: bool = False) -> Action | None:
    """Return the action of a phrase that opens with an -ing form: "boosting bulk consumption".

    `sure` says that the form can only be a gerund where a word follows it.
    """
    word = None if _PART.fullmatch(statement) else _first_word(statement)
    if not word or not word[0].casefold().endswith("ing") or not is_base(lemma(word[0])):
        return None
    if is_gerund(word[0]) or (sure and " " in statement) or _opens_object(statement, word.end()):
        return leading_action(statement, word.start())
    return None


def _under_topic(statement: str) -> Action | None:
    """Return the action behind what an item is about: "Storage: speed up pumped hydro"."""
    topic = _TOPIC.match(statement)
    rest = statement[topic.end() :] if topic else ""
    action = imperative_action(rest) or gerund_action(rest) if rest else None
    return None if action and action.verb in load_words("verbs")["nominal"] else action


def _infinitive_action(statement: str) -> Action | None:
    """Return the action of "To build 40 hospitals"."""
    opens = _TO.match(statement)
    return leading_action(statement, opens.end()) if opens and is_base(opens[1]) else None


def ordinal_gerund(statement: str) -> Verdict | None:
    """Read a point of an announced agenda that has no finite verb: "Second, boosting demand."."""
    if not _ORDINAL_OPENING.match(statement) or _HAS_VERB.search(statement):
        return None
    action = gerund_action(statement)
    return Verdict("ordinal-gerund", "commitment", action.verb, None) if action else None


def imperative_action(statement: str) -> Action | None:
    """Return the action of a sentence that opens with a verb in its base form: "Replace 420 sluice gates."."""
    front = _FRONTED.match(statement)
    denied = _NOT_TO.match(statement)
    word = _first_word(statement, denied.end() if denied else front.end() if front else 0)
    if not word or not is_base(word[0]):
        return None
    low = word[0].casefold()
    action = leading_action(statement, word.start())
    if not action or denied:
        return action
    if low in load_words("verbs")["adjectival"] - _MOSTLY_VERBS and not _opens_object(statement, word.end()):
        return None
    return action if _is_verb(statement, word, action) else None


def _is_verb(statement: str, word: re.Match[str], action: Action) -> bool:
    low = word[0].casefold()
    verbs = load_words("verbs")
    if low not in verbs["nominal"] or (" " in action.verb and low != "work") or action.head != low:
        return True
    follows = _first_word(statement, word.end())
    if follows and follows[0].casefold() in _FINITE_VERBS:
        return False  # "Help is coming."
    if _opens_object(statement, word.end()):
        return True
    if not follows or follows[0].casefold() in load_words("tasks")["prepositions"] or low in verbs["compound"]:
        return low == "focus" and bool(follows) and follows[0].casefold() == "on" if follows else False
    return True


def _first_word(statement: str, at: int = 0) -> re.Match[str] | None:
    """The word at `at`, over an ordinal and adverbs."""
    ordinal = _ORDINAL_OPENING.match(statement, at)
    at = ordinal.end() if ordinal else at
    for _ in range(4):
        word = _WORD.match(statement, at)
        while not word and at < len(statement) and statement[at] in " \"'“‘(":
            at += 1
            word = _WORD.match(statement, at)
        if word and (over := _STRESS.match(statement, at)) and is_base(over["verb"]):
            at = over.start("verb")
            continue
        if not word or is_base(word[0]) or not word[0].casefold().endswith("ly"):
            return word
        at = word.end()
    return None


def _opens_object(statement: str, at: int) -> bool:
    rest = statement[at : at + 24].lstrip()
    word = _WORD.match(rest)
    if not word:
        return rest[:1].isdigit() or rest[:1] in {"£", "$", "€", "₹", "¥"}
    low = word[0].casefold()
    return low in load_words("tasks")["determiners"] or low in {
        "and",
        "up",
        "out",
        "new",
        "national",
        "strong",
        "stronger",
        "modern",
    }
