"""What grows, by the noun that a rate stands behind: "GDP growth reached", "the growth rate of exports was"."""

from __future__ import annotations

import re

from flows.parse.measures import Framed, sign_of
from flows.parse.nouns import is_pronoun, is_verb, phrase_after, trim
from flows.parse.rules import load_part
from flows.parse.subject_phrases import subject_before
from flows.parse.tasks_lemmas import is_participle

_FORECAST = re.compile(
    r"\A(?:forecasts?|projections?|estimates?|outlook)[ ](?=\S)"
)  # "its forecast for 2024 GDP (growth)"
_QUESTIONS = frozenset(("how", "what", "when", "whether", "why", "will"))
_DEFINITE = re.compile(r"\b(?:the|this|that|its|their|such)[ ]*\Z", re.IGNORECASE)


_SHOWN = re.compile(r"\A(?P<who>.*\w)[ ](?P<verb>\w+)[ ](?:the|an?)[ ][^,;]*\Z")

# "the contribution of exports to economic growth" is no growth
_RELATIVE_TO = re.compile(
    r"\b(?:contribution|contributed|relation|relative|contrast)\b.*[ ]to[ ](?:the[ ])?(?:\w+[ ])?\Z"
)


_SPAN = re.compile(
    r"(?:(?:[\w-]+-(?:year|quarter|month)|compound|quarterly|monthly|yearly|previous|preceding|earlier|record|likely|latest"
    r"|overall|strong|weak|sharp|modest|corresponding|average)(?:[ ]|\Z))+"
)


_TOGETHER = re.compile(r"\bwith[ ](?:an?[ ])?(?:\w+[ ])?\Z")


_EXPECTED = re.compile(
    r".*\w[ ](?:also[ ])?(?:expect|target|forecast|project|predict|envisag|envision|anticipat|estimat|foresee)"
    r"(?:e?s|e?d)?[ ](?P<np>(?:an?|the)[ ](?!forecast|target|estimate)[^,;]*)\Z"
)


def noun_that_grows(groups: dict[str, str | None], known: str) -> str:
    """Measure what grows: of "GDP growth" GDP, of "the growth rate of exports" exports, of "the growth" the last."""
    of = groups.get("of") or ""
    if _RELATIVE_TO.search(groups["np"] or ""):
        return trim(subject_before(f"{groups['np']}{groups.get('word') or ''}", " of"))
    tail = (subject_before(of, "") if of else "") or phrase_after(re.sub(r"\A\s*(?:of|in)\s+", "", of))
    if wanted := _EXPECTED.match(groups.get("np") or ""):
        groups = {**groups, "np": wanted["np"]}  # "The ministry expects an (average output) growth of"
    shown = _SHOWN.match(groups.get("np") or "")
    doer = shown and (is_participle(shown["verb"]) or is_verb(shown["verb"]))
    head = (
        subject_before(f"{shown['who']} {shown['verb']}", "") if shown and doer else subject_before(groups["np"] or "")
    )
    head = re.sub(r"\b(?:year-on-year|annual|real|nominal|average|rate of|pace of)\b", "", head, flags=re.IGNORECASE)
    found = _FORECAST.sub("", trim(head))
    place = bool(re.match(r"\s*in\s+(?:the\s+)?[A-Z]", groups.get("of") or ""))
    if tail and not place:
        return f"{tail} growth" if tail.isupper() and groups.get("word") == "growth" else tail
    if tail:  # "economic growth in Fiji", "GDP growth in Fiji"
        measured = found if " " in found or found.isupper() else f"{found} {groups.get('word') or ''}".strip()
        return f"{measured} in {tail}"
    word, verb = groups.get("word") or "", (groups.get("np") or "").split()
    if verb and (is_verb(verb[-1]) or verb[-1] in {"of", "for"}):
        return known if known.endswith(" growth") else word  # "reach growth of 5 percent"
    definite = _DEFINITE.search(groups.get("np") or "")
    if found.casefold() in _QUESTIONS or (is_verb(found) and not (definite and not found)):
        return word  # "we expect growth of 1.6 per cent"
    ahead = (groups.get("np") or "").partition(found)[0] if found else ""
    if known and _SPAN.fullmatch(found) and (_DEFINITE.search(ahead) or _TOGETHER.search(ahead)):
        return known  # "while the two-year average growth rate was", "with average two-year growth rates of"
    if " " not in found and found.endswith(("ic", "al", "year", "wide")):
        return f"{found} {word}"  # an adjective alone: "economic growth"
    if is_pronoun(found):
        return known
    return f"{found} growth" if word == "growth" and found.isupper() else found  # "GDP growth" is told as a name


_NOUN = f"(?:{load_part('frames', 'up_noun')}|{load_part('frames', 'down_noun')})"
_TURNED = re.compile(rf"(?:[ -]{_NOUN})?[ .,]*[ ]to[ ](?:an?[ ])?(?:(?P<word>{_NOUN})[ ]of[ ](?:about[ ])?)?\Z")
_MOVE_AFTER = re.compile(rf"[ -](?P<word>{_NOUN})\b(?![ ](?:in|of)[ ][a-z])")


def turned_into(left: str, right: str, unit: str, prior: Framed) -> Framed | None:
    """Read what a change turned into: "swung from a ⟨3%⟩ fall to a ⟨5%⟩ rise", "a fall of ⟨3%⟩ to growth of ⟨5%⟩"."""
    turned = _TURNED.fullmatch(left) if unit == prior.unit == "percent" and prior.measure == "change" else None
    move = turned and (turned if turned["word"] else _MOVE_AFTER.match(right))
    return Framed("change", sign_of(move["word"]), prior.indicator, prior.rule) if move else None
