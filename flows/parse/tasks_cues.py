"""Where a task could be: one pass over the text for the signs of the rules, then the rules where a cue stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.parse.rules import Rule, load_rules
from flows.parse.tasks_actions import Action, first_gerund_or_infinitive, leading_action
from flows.parse.tasks_claims import Claim, Setting
from flows.parse.tasks_judge import announces_work
from flows.parse.tasks_lemmas import lemma
from flows.parse.tasks_subjects import Subject, read_subject

_MOST_CUES = 80  # a sentence with more modals than this is a list gone wrong
_FARTHEST = 2000  # a task is told in the first so many characters of its sentence
_CLOSING = "\"'”’) "
# A participle's clause that only leads up to what the sentence says.
_ASIDE = re.compile(
    r"(?:While|When|After|Besides|Noting|Stressing|Highlighting|Recalling|Affirming|Citing|Calling)[ ]"
    r"(?:[^,;.]|,(?![ ](?:he|she|the|it|they|we|[A-Z])[ \w])){3,300},[ ]"
)
_PERFECT = re.compile(
    r"(?<!\bI)(?<!\b[Ww]e)[ ](?:has|have|had)[ ](?:also[ ]|repeatedly[ ]|once[ ]again[ ]|again[ ])?\Z"
)
_MUST = re.compile(r"\b(?:must|should)\b")
_BREAKS = "\n\r\t\u00a0"
_BEFORE = (" ", "“", '"', "‘", "'", "(", "—")
_OWN_SUBJECT = frozenset({"none", "owner", "self", "stressed", "opening"})


class Verdict(NamedTuple):
    """Why a sentence is a task: the rule, what is to be done, in which mood and by whom."""

    rule: str
    modality: str
    action: str | None
    actor: str | None


@cache
def _by_cue() -> dict[str, tuple[Rule, ...]]:
    table: dict[str, tuple[Rule, ...]] = {}
    for rule in load_rules("tasks"):
        for cue in rule.data["cues"]:
            table[cue] = (*table.get(cue, ()), rule)
    return table


class _Cues(NamedTuple):
    """The cues behind what may stand before them, the rules of each, and how far its first letter lies in."""

    automaton: AhoCorasick
    rules: tuple[tuple[Rule, ...], ...]
    skips: tuple[int, ...]


@cache
def _cues() -> _Cues:
    forms: list[str] = []
    rules: list[tuple[Rule, ...]] = []
    skips: list[int] = []
    for cue, own in _by_cue().items():
        for before in _BEFORE if cue[0].isalpha() else ("",):
            forms.append(before + cue)
            rules.append(own)
            skips.append(len(before))
    return _Cues(AhoCorasick(forms, matchkind=MatchKind.Standard), tuple(rules), tuple(skips))


@cache
def _signs() -> AhoCorasick:
    signs = {sign for rule in load_rules("tasks") for sign in rule.data.get("signs", rule.data["cues"])}
    return AhoCorasick(sorted(signs), matchkind=MatchKind.LeftmostLongest)


def sign_positions(text: str) -> list[int]:
    """Return where the signs of tasks stand in a text, in order; where none stands, no rule needs to look."""
    for mark in _BREAKS:
        text = text.replace(mark, " ")
    return [start for _, start, _ in _signs().find_matches_as_indexes(text)]


def judge_sentence(sentence: str, setting: Setting) -> Verdict | None:
    """Return why a sentence, its white space folded, is a task by what its modals say, or None."""
    if sentence.rstrip(_CLOSING).endswith("?"):
        return None
    main = _main_clause(sentence)
    aside: Verdict | None = None
    for at, found, rule in _matches(sentence):
        verdict = _weigh(sentence, at, found, rule, setting)
        if verdict and (at < main or verdict.action == "be"):
            aside = aside or verdict
        elif verdict:
            return verdict
    return aside


def _matches(sentence: str) -> Iterator[tuple[int, re.Match[str], Rule]]:
    """Yield what the rules of cues match; of cues that begin at one place the longest comes first."""
    automaton, rules, skips = _cues()
    hits = automaton.find_matches_as_indexes(" " + sentence[:_FARTHEST], overlapping=True)
    places = sorted([(start + skips[form] - 1, -end, form) for form, start, end in hits])
    for at, _, form in places[:_MOST_CUES]:
        for rule in rules[form]:
            if found := rule.pattern.match(sentence, at):
                yield at, found, rule


def _main_clause(sentence: str) -> int:
    """Return where the clause begins that a sentence is about: behind "While highlighting the need to …,"."""
    opening = _ASIDE.match(sentence)
    return opening.end() if opening else 0


def _weigh(sentence: str, at: int, found: re.Match[str], rule: Rule, setting: Setting) -> Verdict | None:
    subject = _subject(sentence, at, rule)
    action = _action(sentence, found, rule, subject)
    if not action:
        return None
    claim = Claim(rule, sentence, at, found[0], subject, action, setting)
    if not announces_work(claim):
        return None
    obliged = action.obliged or (rule.id == "our-goal-is" and _MUST.search(found[0]))
    modality = "obligation" if obliged else str(rule.data["modality"])
    actor = None if action.passive or subject.effort or rule.data["subject"] in _OWN_SUBJECT else subject.name
    return Verdict(rule.id, modality, action.verb or None, actor)


def _subject(sentence: str, at: int, rule: Rule) -> Subject:
    if rule.data["subject"] in _OWN_SUBJECT:
        return Subject("none", None)
    before = sentence[:at]
    if rule.data["subject"] == "caller" or rule.id == "sets-target":
        before = _PERFECT.sub(" ", before)
    return read_subject(before, lenient=rule.data["modality"] == "obligation")


def _action(sentence: str, found: re.Match[str], rule: Rule, subject: Subject) -> Action | None:
    if rule.data.get("bare"):
        return Action("", "", passive=True, obliged=False, end=found.end())
    if rule.data.get("include"):
        verb = lemma(found[0].split()[-1])
        return Action(verb, verb, passive=False, obliged=False, end=found.end())
    if rule.data.get("clause"):
        called = first_gerund_or_infinitive(sentence, found.end())
        return called or Action(
            lemma(found[0].split()[0]) + " " + found[0].split()[1],
            "call",
            passive=False,
            obliged=False,
            end=found.end(),
        )
    if rule.data["subject"] == "opening":
        return leading_action(sentence, 0)
    return leading_action(sentence, found.end(), effort=subject.effort, seek=bool(rule.data.get("seek")))


def signed(positions: list[int], bounds: list[tuple[int, int]]) -> Iterator[bool]:
    """Tell of each of the ordered spans whether one of the ordered positions lies in it."""
    at = 0
    for start, end in bounds:
        while at < len(positions) and positions[at] < start:
            at += 1
        yield at < len(positions) and positions[at] < end
