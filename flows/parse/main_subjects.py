"""Whose a participle, a rank or a streak is: the subject of the main clause, or one that stands behind them."""

from __future__ import annotations

import re

from flows.parse.antecedents import FORECAST, resolve_subject
from flows.parse.measures import GENERIC_NOUNS, Framed
from flows.parse.nouns import is_pronoun, is_verb, phrase_after, trim
from flows.parse.rules import load_part
from flows.parse.subject_openings import leading_subject
from flows.parse.subject_phrases import subject_before
from flows.parse.tasks_lemmas import is_gerund

_EMBEDDED = re.compile(r"\b(?:that|in[ ]which|where)[ ]")
AT_COMMA = re.compile(r"(?:,[”\"]?|[ ]and|[ ]by)(?:[ ]+(?:\w+ly|together))?\s*\Z")
_QUOTES = " \"“'‘"
_THIS_IS = re.compile(
    r"(?:.*\b(?:said|noted|added)[ ](?:that[ ])?(?:this|it|that)|\W*(?:This|It|That|[A-Z]\w+))"
    r"[ ](?:was|is|marks|marked|makes|made|represents|represented)(?:[ ]it)?[ ]*"
)
_STREAK_OF = re.compile(
    r"(?:[ ](?:consecutive|straight|successive))?(?:[ ](?:year|month|quarter|week)(?:[ ]in[ ]a[ ]row|[ ]running)?)?"
    rf"(?:[ ](?:of|for))?(?:[ ][\w-]+)??[ ](?:{load_part('frames', 'up_noun')}|{load_part('frames', 'down_noun')})\b"
    r"(?:[ ](?:in|of|for)[ ](?P<np>[a-z][^,;:.()]+))?"
)
_THAT_CLAUSE = re.compile(
    r"[ ](?:(?:consecutive|straight|successive)[ ])?(?:year|month|quarter|week)(?:[ ]in[ ]a[ ]row|[ ]running)?"
    r"[ ](?:that|in[ ]which)[ ]"
)
_AFTER_MOVES = re.compile(
    r",[ ](?:(?:up|down)[ ])?(?:after|following)[ ]*(?:an?[ ])?\Z"
)  # "orders, down following ⟨3⟩"
_RANKED_AS = re.compile(
    r"[ -](?:\w+est|biggest|leading|main|top)[ ](?P<np>[a-z][^,.;:()]*?)(?=[ ](?:in|of|on)[ ]|[,.;]|\Z)"
)
_GOING_ON = re.compile(
    r",[ ](?:extending|continuing|marking|keeping|maintaining|prolonging|stretching|ending|snapping|breaking|halting)"
    r"(?:[ ][^,;]*)?\Z"
)
# A clause of its own beside the main one: output rose, "with the farm sector expected to remain the largest".
_BESIDE = re.compile(
    r",[ ]with[ ](?P<np>(?:the[ ])?[^,;]+?)[ ]"
    r"(?:expected|set|projected|poised|likely|remaining|ranking|maintaining|keeping)[ ][^,;]*\Z"
)
_MOVED = re.compile(
    r"\b(?:bring|push|driv|send|tak|keep|pull)ing[ ](?P<np>[^,;:]{3,60}?)"
    r"[ ](?:up|down|higher|lower|back|below|above)\s*\Z"
)
# What may stand between a value and a participle that goes on with it: "for the first time (in) ., growing"
_ADDS_NOTHING = re.compile(
    r"[”\"',]*\s*(?:(?:for[ ]the[ ]first[ ]time(?:[ ]ever)?|on[ ]record|in[ ]history|in[ ]total|nationwide"
    r"|worldwide)(?:[ ]in)?[\s.]*)?(?:,|and)?\s*(?:(?:rising|falling|growing|up|down)\s*)?\Z"
)
_THAN_ELSE = re.compile(
    r"[ ](?:higher|lower|faster|slower|more|less|above|below)\b(?:(?!,?[ ]and[ ](?:the|its)\b)[^;])*\Z"
)


def order_subject(rule: str, before: str, after: str, known: str, prior: Framed | None) -> str:
    """Ranks and streaks: what stands before them, or after: "For the third month in a row, energy prices fell"."""
    if rule == "rank":
        found = subject_before(before)
        kind = _RANKED_AS.match(after) if is_pronoun(found) and not known else None
        ranked = trim(kind["np"]) if kind else resolve_subject(found, before, known, prior) or leading_subject(before)
        return _part_alone(ranked, prior)
    marks = prior is None and _THIS_IS.fullmatch(before)
    of = _STREAK_OF.match(after) if marks else None
    clause = _THAT_CLAUSE.match(after) if marks and not of else None
    if clause:
        return leading_subject(after[clause.end() :]) or known  # "It was the ⟨fifth⟩ month that exports fell"
    if of:
        return phrase_after(of["np"] or "") or known  # "This marks the ⟨third⟩ consecutive month of growth in exports"
    before = _AFTER_MOVES.sub("", before)
    if prior is None and not before.strip(_QUOTES):
        return leading_subject(after.lstrip(" ,")) or known
    if prior and (_GOING_ON.search(before) or (prior.measure == "rank" and before.startswith(" in "))):
        return known  # "exports rose by ⟨5%⟩, extending their gains for a"
    beside = _BESIDE.search(before)
    return _part_alone(trim(beside["np"]) if beside else main_subject(before, known, prior), prior)


def main_subject(before: str, known: str, prior: Framed | None) -> str:
    """Participles, ranks and streaks speak of the subject of their main clause."""
    moved = _MOVED.search(before)
    if moved:
        return trim(moved["np"])
    if prior and _ADDS_NOTHING.match(before):
        return prior.indicator if prior.noun in GENERIC_NOUNS else prior.noun or prior.indicator
    if prior and prior.noun and is_verb(before.strip(" ,;")):
        return prior.noun  # "⟨628,000⟩ companies had a record, topping"
    if prior and _THAN_ELSE.match(before):
        return known  # "⟨10 points⟩ higher than the average and contributing"
    found = leading_subject(_EMBEDDED.split(before)[-1]) or leading_subject(before)
    if not found and prior and prior.noun and AT_COMMA.search(before):
        return prior.noun  # "⟨1.4 million⟩ masts in rural areas, covering"
    found = found or subject_before(before)
    if known and FORECAST.fullmatch(found):
        return known
    return known if is_pronoun(found) or (is_gerund(found.split()[0]) and prior is not None) else found


def _part_alone(subject: str, prior: Framed | None) -> str:
    """Take the whole off that a share before was of: "steel made up ⟨30%⟩ of the total, ranking" speaks of steel."""
    return subject.removesuffix(f" of {prior.whole}") if prior and prior.whole else subject
