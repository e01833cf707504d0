"""Whose turnover, capacity or cost it is, where the words beside the value do not say."""

from __future__ import annotations

import re

from flows.parse.antecedents import HEAD, names_again
from flows.parse.literals import holds
from flows.parse.measures import FLOWS, Framed
from flows.parse.nouns import bare_word, fold, is_pronoun
from flows.parse.quantity import Context, Line, Value
from flows.parse.rules import load_words
from flows.parse.subject_openings import leading_subject

_KIND = (
    r"(?:total|cumulative|combined|annual|average|overall|aggregate|operating|net|gross|installed|transaction|trading"
    r"|market|contract|sales|business|main|accumulated|estimated|registered|realized|realised|attributable|output)"
)
_HEAD = (
    r"(?:capacity|turnover|volume|value|costs?|length|area|investment|revenues?|profits?|income|size|outlay|budget|cover|storage"
    r"|assets|loss|losses|earnings|sales)"
)
# These belong to something: alone they do not say what is measured.
OWNABLE = re.compile(rf"(?:{_KIND}[ -])*{_HEAD}", re.IGNORECASE)
_POSSESSED = re.compile(rf"[\w-]+[ ]{_HEAD}", re.IGNORECASE)
_OWNED = re.compile(rf"(?P<head>{OWNABLE.pattern})[ ]of[ ](?P<owner>.+)", re.IGNORECASE)
_SAYING = re.compile(
    r"\A.*\b(?:said|says|noted|added|stressed|announced|reported|showed)(?:[ ]\w+day)?[ ](?:that[ ])?", re.DOTALL
)
_MEASURES = FLOWS | load_words("nouns")["aggregate"] | {"space", "area", "length"}
# These speak or act for others, and own nothing that is measured.
_ACTORS = re.compile(
    r"\b(?:government|ministry|minister|department|bureau|bank|committee|council|country|nation|state|president|premier"
    r"|policy|policies|measures?|efforts?|report|data|figures?|i|we|you|he|she)\Z",
    re.IGNORECASE,
)
_LONGEST = 9  # words


def give_owner(line: Line, left: str, frame: Framed, values: list[Value], context: Context) -> None:
    """Complete an indicator that says too little alone: "turnover" of "The market grew, with turnover reaching"."""
    bare = frame.indicator
    if frame.rule == "level-verb" and _NAMES.fullmatch(bare):
        frame.indicator = _with_head(frame, values, context)
        return
    if not OWNABLE.fullmatch(bare) and not (_POSSESSED.fullmatch(bare) and _its(left, bare)):
        owned = _OWNED.fullmatch(bare)
        context.topic = owned["owner"] if owned else context.topic
        return
    before = values[-1].frame.indicator if values else ""
    reached = bare in left and re.search(rf"\bto[ ](?:an?[ ]|the[ ])?{re.escape(bare)}\b", left)
    if reached and names_again(bare.rpartition(" ")[2], before.partition(" of ")[0]):
        frame.indicator = before  # "the guarantee cover will grow by ⟨5 billion⟩ to a total cover of"
        return
    inside = _inside(left, bare)
    if inside and (values or left[: inside.start()].strip()):
        said = _subject(line, line.start, values[0].amount.char_start if values else line.end)
        if said and bare_word(said.split()[-1]) == bare.split()[-1].casefold():
            frame.indicator = said  # "Telecom revenue grew, with total revenue reaching"
            return
        owner = _entity(said, context) or ("" if said else _before(line, context))
    else:
        owner = _before(line, context) if not values and _opens(left, bare) else ""
    if owner:
        context.topic = owner
        frame.indicator = f"{bare} of {owner}"


_NAMES = re.compile(r"(?:[A-Z][\w'’-]*(?:[ ][A-Z][\w'’-]*)*(?:,?[ ]and[ ]|,[ ]|\Z))+|[a-z]+s")


def _with_head(frame: Framed, values: list[Value], context: Context) -> str:
    """Lend places the head of the places before: "North and South passed ⟨10 GW⟩ of capacity, East passed ⟨5 GW⟩"."""
    known = next((v.frame.indicator for v in reversed(values) if v.frame.unit == frame.unit), "")
    owned = _OWNED.fullmatch(known or (context.indicator if context.unit == frame.unit else ""))
    named = owned and frame.unit != "count" and (frame.indicator[:1].isupper() or _is_counted(frame, values))
    return f"{owned['head']} of {frame.indicator}" if owned and named else frame.indicator


def _is_counted(frame: Framed, values: list[Value]) -> bool:
    return any(value.frame.noun == frame.indicator for value in values)


def _its(left: str, bare: str) -> bool:
    return holds(left, bare) and re.search(rf"\b(?:its|their)[ ]{re.escape(bare)}\b", left, re.IGNORECASE) is not None


def _inside(left: str, bare: str) -> re.Match[str] | None:
    """Find "its turnover", or what goes on beside the main clause: ", with turnover (reaching)"."""
    if not holds(left, bare):
        return None
    named = re.escape(bare)
    return re.search(
        rf"\b(?:its|their)[ ](?:\w+[ ])?{named}\b"
        rf"|(?:,[ ](?:and[ ])?with|,[ ]while|[ ]and|;)[ ](?:its[ ]|the[ ])?{named}\b",
        left,
        re.IGNORECASE,
    )


def _opens(left: str, bare: str) -> bool:
    """Does the sentence open with it: "The turnover", "Their total profit", "Net profit"?"""
    if not holds(left, bare):
        return False
    opened = re.match(rf"\W*(?:[A-Z][^,]*,[ ])?(?P<the>(?:the|its|their)[ ])?{re.escape(bare)}\b", left, re.IGNORECASE)
    return opened is not None and (bool(opened["the"]) or " " in bare)


def _before(line: Line, context: Context) -> str:
    """Return whom the sentence before speaks of, or whose figure it told."""
    if not context.before[1]:
        return ""
    said = _subject(line, *context.before)
    return _entity(said, context) or (context.topic if not said or context.indicator.endswith(context.topic) else "")


def _subject(line: Line, start: int, end: int) -> str:
    """Return the subject that the words from `start` to `end` open with, times left out."""
    inside = line.start <= start < line.end
    told = fold(line.masked[start - line.start : end - line.start] if inside else line.text[start:end])
    return leading_subject(_SAYING.sub("", told)) or leading_subject(told)


def _entity(subject: str, context: Context) -> str:
    """Return a subject that can own something; "this market" is the one that was spoken of."""
    words = subject.split()
    if not words or is_pronoun(subject) or len(words) > _LONGEST or _ACTORS.search(subject):
        return ""
    if context.topic and names_again(subject, context.topic):
        return context.topic
    head = HEAD.match(subject)
    if head and bare_word(head["head"].split()[-1]) in _MEASURES:
        return head["tail"] if head["link"] == "of" else ""  # "revenue of state firms rose, and profit was"
    return "" if bare_word(words[-1]) in _MEASURES else subject
