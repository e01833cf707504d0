"""Whose value it is: the subject that a frame points at, pronouns and elided words filled in."""

from __future__ import annotations

import re

from flows.parse.measures import Framed
from flows.parse.nouns import fold, is_pronoun, is_verb, phrase_after, trim
from flows.parse.rules import Rule
from flows.parse.subject_phrases import leading_subject, relative_antecedent, subject_before

HEAD = re.compile(r"(?P<head>.+?)[ ](?P<link>of|for|in|on)[ ](?P<tail>.+)\Z")


_QUESTIONS = frozenset(("how", "what", "when", "whether", "why", "will"))
_DEFINITE = re.compile(r"\b(?:the|this|that|its|their|such)[ ]*\Z", re.IGNORECASE)
_WHOLE_WORDS = frozenset(("inflation", "unemployment", "employment", "growth", "exports", "imports"))
_LABEL = re.compile(r"\A[ ]?(?P<label>[^:.;!?]{3,70}):[ ]")


_RELATIVE = re.compile(r",?[ ](?:which|who|that)(?:[ ](?:is|are|was|were|has|have|had|also|now))*[ ]*\Z")


_WITH_SHARE = re.compile(
    r"(?P<np>.*\w),[ ](?:with|having)[ ](?:an?|the)[ ](?:\w+[ ])?(?:share|proportion|weight)\Z", re.DOTALL
)
OF_WHICH = re.compile(
    r"\b(?:of|including)[ ](?:which|whom|them|these|that|the[ ]total)\b|\bof[ ]this\b|\bof[ ]the[ ]total\b",
    re.IGNORECASE,
)


def frame_subject(rule: Rule, match: re.Match[str], seen: str, prior: Framed | None, last: str) -> str:
    """Return the noun phrase that a frame points at; `seen` is its window, `last` what the sentence before measured."""
    where, groups = rule.data["subject"], match.groupdict()
    before = seen[: match.start()]
    known = prior.indicator if prior else last
    if where == "own":
        return ""
    if where == "object":
        return trim(groups.get("np") or "") or known
    if where == "noun":
        return _noun_subject(groups, known)
    if where == "after" or groups.get("np"):
        return phrase_after(groups.get("np") or "")
    if rule.id == "goal":
        return "inflation" if "inflation" in seen.casefold() else _main_subject(before, known, prior)
    if rule.id in {"rank", "streak"}:
        return _order_subject(rule.id, before, seen[seen.index("⟩") + 1 :], known, prior)
    if _PARTICIPLE.match(groups.get("cue") or "") and (prior or _AT_COMMA.search(before)):
        return _main_subject(before, known, prior)
    thing = trim(groups.get("obj") or "")
    if thing and not thing.endswith("ly") and thing.casefold() not in {"on", "off", "by", "in", "it"}:
        return known if is_pronoun(thing) else thing
    if rule.id == "level-of-noun":
        return _noun_of_level(before, seen[match.start() : seen.index("⟨")], known, prior)
    return resolve_subject(subject_before(before), before, known, prior)


_PARTICIPLE = re.compile(r"\w+ing\b")
_AT_COMMA = re.compile(r"(?:,[”\"]?|[ ]and)\s*\Z")
_QUOTES = " \"“'‘"


def _order_subject(rule: str, before: str, after: str, known: str, prior: Framed | None) -> str:
    """Ranks and streaks: what stands before them, or after: "For the third month in a row, energy prices fell"."""
    if rule == "rank":
        return resolve_subject(subject_before(before), before, known, prior) or leading_subject(before)
    if not before.strip(_QUOTES):
        return leading_subject(after.lstrip(" ,")) or known
    return _main_subject(before, known, prior)


def _noun_of_level(before: str, cue: str, known: str, prior: Framed | None) -> str:
    found = resolve_subject(subject_before(before, cue), before, known, prior)
    if found.casefold() in _SUMMARIES:
        return _summarised(found, before, known, prior)
    antecedent = relative_antecedent(before) if len(found.split()) < 4 else ""
    return f"{found} of {antecedent}" if antecedent else found


_SUMMARIES = frozenset(("average", "total", "peak", "maximum", "minimum", "record", "high", "low", "combined total"))


def _summarised(word: str, before: str, known: str, prior: Framed | None) -> str:
    """Return whose average or peak it is: of "visitors spent an average" visitors, of "The peak" the last."""
    ahead = re.sub(r"[ ](?:an?|the)(?:[ ]\w+)?\Z", "", before.rpartition(word)[0].rstrip())
    whose = resolve_subject(subject_before(ahead, ""), ahead, "", prior if OF_WHICH.search(before) else None)
    return whose or (f"{word} {known}" if word in {"peak", "high", "low"} and known else known)


def _main_subject(before: str, known: str, prior: Framed | None) -> str:
    """Participles, ranks and streaks speak of the subject of their main clause."""
    if prior and re.match(r"[”\"',]*\s*(?:,|and)?\s*\Z", before):
        return prior.noun or prior.indicator
    near = subject_before(before)
    found = leading_subject(before) or near
    return known if is_pronoun(found) else found


def _noun_subject(groups: dict[str, str | None], known: str) -> str:
    """Measure what grows: of "GDP growth" GDP, of "the growth rate of exports" exports, of "the growth" the last."""
    tail = phrase_after(re.sub(r"\A\s*(?:of|in)\s+", "", groups.get("of") or ""))
    head = subject_before(groups.get("np") or "")
    head = re.sub(r"\b(?:year-on-year|annual|real|nominal|average|rate of|pace of)\b", "", head, flags=re.IGNORECASE)
    found = trim(head)
    place = bool(re.match(r"\s*in\s+(?:the\s+)?[A-Z]", groups.get("of") or ""))
    if tail and not place:
        return tail
    if tail:  # "economic growth in Fiji", "GDP growth in Fiji"
        measured = found if " " in found or found.isupper() else f"{found} {groups.get('word') or ''}".strip()
        return f"{measured} in {tail}"
    word, verb = groups.get("word") or "", (groups.get("np") or "").split()
    if verb and is_verb(verb[-1]):
        return word  # "reach growth of 5 percent"
    if found.casefold() in _QUESTIONS or (not found and not _DEFINITE.search(groups.get("np") or "")):
        return word  # "we expect growth of 1.6 per cent"
    if " " not in found and found.endswith(("ic", "al", "year", "wide")):
        return f"{found} {word}"  # an adjective alone: "economic growth"
    return known if is_pronoun(found) else found


def resolve_subject(found: str, before: str, known: str, prior: Framed | None) -> str:
    """Put in what a pronoun or an elided subject stands for."""
    label = _LABEL.match(before)
    if label and (not found or (" " not in found and found.islower() and found not in _WHOLE_WORDS)):
        return f"{found} of {trim(label['label'])}" if found else trim(label["label"])
    if found.casefold().startswith("whose "):
        ahead = before.rpartition(found[: len("whose")])[0]
        return f"{found[len('whose ') :]} of {subject_before(ahead.rstrip(' ,'), ' of')}"
    share = _WITH_SHARE.match(before) if is_pronoun(found) else None
    if share:
        return subject_before(share["np"])
    relative = _RELATIVE.search(before)
    if not found and relative:
        found = subject_before(before[: relative.start()])
    if prior and prior.whole and OF_WHICH.search(before):
        known = prior.indicator
    if found.casefold().startswith(("that of ", "those of ", "that for ", "those for ")) and known:
        return swap_tail(known, found.split(" ", 2)[2])
    if found.casefold() in {"decline", "deficit", "decrease", "drop", "gap"} and known:
        return f"{found} in {known}"
    if is_pronoun(found) or found.split()[0].casefold() in {"it", "they"}:
        return known
    if prior and OF_WHICH.search(before):
        return swap_tail(prior.indicator, found)
    return found


def swap_tail(known: str, tail: str, link: str = "") -> str:
    """Put a new tail to a phrase: "total value added of industry", "mining" → "total value added of mining".

    With a `link` of its own the tail is put to a phrase that has none: "pay", "women", "for" → "pay for women".
    """
    match = HEAD.match(known)
    if link and not (match and match["link"] == link):
        return f"{known} {link} {trim(tail)}"
    return f"{match['head']} {match['link']} {trim(tail)}" if match else trim(tail)


def split_subject(subject: str, count: int) -> list[str] | None:
    """Pair "A, B and C" with three values: return one subject for each, or None where the parts do not come out."""
    for head, coordinated in _coordinations(subject):
        parts = [part for part in re.split(r",\s*(?:and\s+)?|\s+and\s+|\s+as well as\s+", coordinated) if part.strip()]
        if len(parts) == count:
            return [fold(f"{head}{part}") for part in _with_shared_noun(parts)]
    return None


def _coordinations(subject: str) -> list[tuple[str, str]]:
    found = [
        (subject[: m.end()], subject[m.end() :])
        for m in re.finditer(r"\b(?:of|for|in|on|to|from)\s+(?:the\s+)?", subject)
    ]
    return [*found, ("", subject)]


def _with_shared_noun(parts: list[str]) -> list[str]:
    last = parts[-1].split()
    if len(last) > 1 and all(len(part.split()) == 1 for part in parts[:-1]) and len(last) == 2:
        return [f"{part} {last[-1]}" for part in parts[:-1]] + [parts[-1]]
    return parts
