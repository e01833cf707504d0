"""The frame of a value: which clause it stands in, what is measured, whether it grew.

Frames are the rules of ``patterns/frames.toml``; this module applies them to the words between two values and
reads the noun phrases that they point at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flows.parse.nouns import (
    counted_noun,
    fold,
    is_pronoun,
    is_verb,
    leading_subject,
    phrase_after,
    relative_antecedent,
    subject_before,
    trim,
)
from flows.parse.rules import Rule, load_part, load_rules, load_words

_WORDS = load_words("nouns")
_CHANGE_NOUN = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS['change_noun']))})\b", re.IGNORECASE)
_SHARE_NOUN = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS['share_noun']))})\b", re.IGNORECASE)
_RATE_NOUN = re.compile(
    r"\b(?:unemployment|interest|utili[sz]ation|rate|rates|target range|yield|index)\b", re.IGNORECASE
)
_OF_WHOLE = re.compile(r"\A[ ]of[ ](?!(?:which|whom|them|it)\b)(?P<whole>[^,.;:()⟨]+)")
_POINTS = frozenset(("percentage_point", "basis_point"))
_RATIOS = frozenset(("percent", *_POINTS, "per_mille"))
_CHAIN = re.compile(
    r"[ ]*(?:,|,?[ ]?and|,?[ ]?or|,?[ ]as[ ]well[ ]as|/|,?[ ]?but|,?[ ]and[ ]by|and[ ]by|,?[ ]then|,[ ]and[ ]then|,?[ ]?and[ ]to)?[ ]*(?:by[ ]|to[ ]|at[ ]|a[ ]|about[ ]|over[ ]|nearly[ ]|some[ ]|around[ ])*\Z"
)
_ELLIPSIS = re.compile(
    r"\A[ ]?(?:,|;|and|,[ ]and|,[ ]while|while|but|,[ ]with|with|or|;[ ]and|,[ ]but|\(|:)[ ](?P<np>[^,;:()]{2,90}?)[ ]?(?:,[ ])?(?:by|at|to|of|up|down|also)?[ ]*(?:about|over|nearly|some|around|by)?[ ]*\Z"
)
_LAST_ELLIPSIS = re.compile(r"\A,?[ ]and[ ](?P<np>[^;:()]{2,110}?)[ ]by[ ]*\Z")
_RESTATED = re.compile(
    r"[ ]?[(\[][ ]?(?:or[ ]|about[ ]|around[ ]|some[ ]|approximately[ ]|nearly[ ]|equivalent[ ]to[ ]|equal[ ]to[ ]|i\.e\.,?[ ])*\Z|,?[ ](?:or|equivalent[ ]to|equal[ ]to|that[ ]is,?)[ ](?:about[ ]|around[ ]|some[ ]|roughly[ ]|nearly[ ])?\Z"
)
_EARLIER = re.compile(
    r"[^,;:⟨]{0,40}?,?[ ](?:(?:up|down|higher|lower|rising|falling)[ ])?(?:from|after|compared[ ]with|compared[ ]to|against|versus)[ ](?:about[ ]|around[ ]|some[ ]|only[ ]|just[ ]|the[ ]|an?[ ])*"
)
_COMPARED = re.compile(
    r"[ ](?:higher|lower|more|less|fewer|faster|slower|above|below|greater|smaller|larger)\b(?![ ]of\b)"
)
_HEAD = re.compile(r"(?P<head>.+?)[ ](?P<link>of|for|in|on)[ ](?P<tail>.+)\Z")
_LABEL = re.compile(r"\A[ ]?(?P<label>[^:.;!?]{3,70}):[ ]")
_LABELLED = re.compile(r"\A[ ]?(?P<label>[^:.;!?]{3,90}):[ ](?:about[ ]|over[ ]|some[ ]|nearly[ ]|around[ ])?\Z")
_GENERIC_NOUNS = frozenset(("units", "items", "pieces", "cases", "sets", "points", "lines"))
_RELATIVE = re.compile(r",?[ ](?:which|who|that)(?:[ ](?:is|are|was|were|has|have|had|also|now))*[ ]*\Z")
_OF_WHICH = re.compile(
    r"\b(?:of|including)[ ](?:which|whom|them|these|that|the[ ]total)\b|\bof[ ]this\b|\bof[ ]the[ ]total\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Framed:
    """What the clause says of one value."""

    measure: str
    sign: int
    indicator: str
    rule: str
    noun: str = ""
    whole: str = ""
    chained: bool = False
    restated: bool = False


@lru_cache(maxsize=1)
def _down() -> re.Pattern[str]:
    less = "lower|below|less|fewer|slower|smaller|down|worse|weaker|shorter|cheaper"
    verbs, nouns = load_part("frames", "down_verb"), load_part("frames", "down_noun")
    lowering = r"lower\w*|reduc\w*|cut\w*|slash\w*|trim\w*|shrink|bring\w*|brought"
    return re.compile(f"(?:{verbs}|{nouns}|{less}|{lowering})", re.IGNORECASE)


def sign_of(word: str) -> int:
    """Return -1 for words of falling, else 1."""
    return -1 if _down().fullmatch(" ".join(word.split())) else 1


def frame_value(left: str, shown: str, right: str, unit: str, own: str, prior: Framed | None, last: str) -> Framed:
    """Read the frame of a value.

    Args:
        left: the words before it, back to the value before it or to the start of the sentence, folded, periods blanked.
        shown: the value as printed.
        right: the words after it, to the next value or the end of the sentence.
        unit: its canonical unit; ``streak`` and ``rank`` for those.
        own: the noun phrase that it counts, "" for none.
        prior: the frame of the value before it in the sentence.
        last: the indicator of the last value of the sentence before, for pronouns at the start.
    """
    if prior and prior.whole and left.startswith(f" of {prior.whole}"):
        left = left[len(prior.whole) + 4 :]
    if prior and unit not in {"streak", "rank"}:
        linked = _linked(left, right, unit, own, prior)
        if linked:
            return linked
    seen = f"{left}⟨{shown}⟩{right}"
    for rule in load_rules("frames"):
        if not _takes(rule, unit):
            continue
        match = _nearest(rule, seen, len(left))
        if match and _sensible(rule.id, match, unit, own):
            return _framed(rule, match, seen, unit, own, prior, last)
    return _unframed(left, right, unit, own, prior, last)


def _nearest(rule: Rule, seen: str, at: int) -> re.Match[str] | None:
    """The match whose cue stands nearest to the value: the search goes again from inside too early a match."""
    match = rule.pattern.search(seen)
    while match and "cue" in match.re.groupindex and match["cue"]:
        later = rule.pattern.search(seen, match.start() + 1, len(seen))
        if not later or later.start() > at or rule.data["subject"] in {"noun", "object"}:
            return match
        match = later if _worth_moving(match, later) else match
        if match is not later:
            return match
    return match


def _worth_moving(match: re.Match[str], later: re.Match[str]) -> bool:
    """Move only past a cue that is longer by whole words, so that "a year-on-year increase" keeps its article."""
    return later.start() - match.start() > 24 and bool(re.search(r"\w \w", match.string[match.start() : later.start()]))


def _takes(rule: Rule, unit: str) -> bool:
    wanted = rule.data.get("units")
    if wanted is None:
        return unit not in {"streak", "rank"}
    names = {"point"} if unit in _POINTS else {"percent"} if unit == "percent" else {unit}
    return bool(names & set(wanted)) or (unit not in _RATIOS | {"streak", "rank", "count"} and "money" in wanted)


_OBJECT_ONLY = re.compile(
    r"\b(?:added|adding|gained|gaining|raised|raise|raising|lost|losing|shed|shedding|cut|cuts|cutting|boosted|boost|lifted|lift|advanced|improved|pushed up|slashed|trimmed|lowered|lower|reduced|reduce|reducing|enhanced)\Z",
    re.IGNORECASE,
)


def _sensible(name: str, match: re.Match[str], unit: str, own: str) -> bool:
    """Verbs that take what was added as their object ("added 57.8 GW") say a change only with "by" or of a ratio."""
    if name == "change-verb" and re.search(r"\b(?:below|above|beyond)\s*\Z", match["cue"]):
        return False
    if name.startswith("change-noun") and unit == "count" and own:
        return False
    if name == "change-verb" and unit not in _RATIOS | {"times", "index"}:
        return bool(re.search(r"\bby[ ]", match["cue"])) or not (_OBJECT_ONLY.search(match["word"]) or own)
    if (
        name == "change-verb"
        and match["word"] == "up"
        and re.search(r"\b(?:made|mak\w+|t[ao]k\w+|took)[ ]\Z", match.string[: match.start("word")])
    ):
        return False
    if name in {"to-level", "change-verb"} and match["cue"].casefold().startswith("up to"):
        return False
    if name == "change-than" and unit == "count" and own:
        return False
    return not (name == "share-leading" and _RATE_NOUN.search(match.string[: match.start()][-40:]))


def _framed(
    rule: Rule, match: re.Match[str], seen: str, unit: str, own: str, prior: Framed | None, last: str
) -> Framed:
    groups = match.groupdict()
    measure = str(rule.data["measure"])
    word = groups.get("word") or groups.get("word2") or ("down" if rule.data.get("sign") == "down" else "")
    sign = sign_of(word) if measure == "change" else 1
    subject = _subject(rule, match, seen, own, prior, last)
    whole = phrase_after(groups.get("whole") or "")
    if measure == "value":
        measure, whole = _by_unit(unit, subject, seen[seen.index("⟩") + 1 :])
    if measure == "level" and unit in _POINTS:
        measure = "change"
    if measure == "level" and unit == "percent":
        measure, whole = _by_unit(unit, subject, seen[seen.index("⟩") + 1 :])
    indicator = subject
    if unit == "count" and own and measure == "level":
        indicator = f"{own} of {subject}" if own in _GENERIC_NOUNS and subject else own
    if measure == "share":
        return _share(rule, indicator, whole, seen, prior, last)
    return Framed(measure, sign, indicator, rule.id, own)


def _share(rule: Rule, part: str, whole: str, seen: str, prior: Framed | None, last: str) -> Framed:
    known = prior.indicator if prior else last
    if not whole and _OF_WHICH.search(seen[: seen.index("⟨")]):
        whole = known
    if rule.data["subject"] == "own":
        rest = seen[seen.index("⟩") + 1 :]
        tail = rest.partition(whole)[2] if whole else ""
        verb = re.match(
            r"[ ](?:is|are|was|were|will[ ](?:go|be)|went|goes)[ ](?:to[ ](?:the[ ])?)?(?P<np>[^,.;:]+)", tail
        )
        head = trim(verb["np"]) if verb else ""
        return Framed(
            "share", 1, f"{head} of {whole}" if head else f"{part} of {whole}" if part else whole, rule.id, "", whole
        )
    indicator = f"{part} of {whole}" if whole else part
    return Framed("share", 1, indicator, rule.id, part, whole)


def _subject(rule: Rule, match: re.Match[str], seen: str, own: str, prior: Framed | None, last: str) -> str:
    where, groups = rule.data["subject"], match.groupdict()
    before = seen[: match.start()]
    known = prior.indicator if prior else last
    if where == "own":
        found = subject_before(before) if not prior and rule.id == "share-leading" else ""
        return "" if is_pronoun(found) else ""
    if where == "after":
        return phrase_after(groups.get("np") or "")
    if where == "object":
        return trim(groups.get("np") or "") or known
    if where == "noun":
        return _noun_subject(groups, known)
    if groups.get("np"):
        return phrase_after(groups["np"] or "")
    if rule.id == "rank":
        near = _resolve(subject_before(before), before, known, prior)
        return near or leading_subject(before)
    if rule.id == "streak" or (
        re.match(r"\w+ing\b", groups.get("cue") or "")
        and (prior or before.rstrip().endswith((",", ",”", ',"', " and")))
    ):
        return _main_subject(before, known, prior)
    thing = trim(groups.get("obj") or "")
    if thing and not thing.endswith("ly") and thing.casefold() not in {"on", "off", "by", "in", "it"}:
        return known if is_pronoun(thing) else thing
    found = _resolve(subject_before(before), before, known, prior)
    antecedent = relative_antecedent(before) if rule.id == "level-of-noun" and len(found.split()) < 4 else ""
    return f"{found} of {antecedent}" if antecedent else found


def _main_subject(before: str, known: str, prior: Framed | None) -> str:
    """Participles, ranks and streaks speak of the subject of their main clause."""
    if prior and re.match(r"[”\"',]*\s*(?:,|and)?\s*\Z", before):
        return prior.noun or prior.indicator
    near = subject_before(before)
    found = leading_subject(before) or near
    return known if is_pronoun(found) else found


def _noun_subject(groups: dict[str, str | None], known: str) -> str:
    """ "GDP growth" measures GDP; "the growth rate of exports" measures exports; "the growth" what was measured last."""
    tail = phrase_after(re.sub(r"\A\s*(?:of|in)\s+", "", groups.get("of") or ""))
    head = subject_before(groups.get("np") or "")
    head = re.sub(r"\b(?:year-on-year|annual|real|nominal|average|rate of|pace of)\b", "", head, flags=re.IGNORECASE)
    found = trim(head)
    if tail:
        return tail
    return known if is_pronoun(found) else found


def _resolve(found: str, before: str, known: str, prior: Framed | None) -> str:
    """Put in what a pronoun or an elided subject stands for."""
    label = _LABEL.match(before)
    if label and (not found or (" " not in found and found.islower())):
        return f"{found} of {trim(label['label'])}" if found else trim(label["label"])
    relative = _RELATIVE.search(before)
    if not found and relative:
        found = subject_before(before[: relative.start()])
    if prior and prior.whole and _OF_WHICH.search(before):
        known = prior.indicator
    if found.casefold().startswith(("that of ", "those of ", "that for ", "those for ")) and known:
        return _swap_tail(known, found.split(" ", 2)[2])
    if found.casefold() in {"decline", "deficit", "decrease", "drop", "gap"} and known:
        return f"{found} in {known}"
    if is_pronoun(found) or found.split()[0].casefold() in {"it", "they"}:
        return known
    if prior and _OF_WHICH.search(before):
        return _swap_tail(prior.indicator, found)
    return found


def _swap_tail(known: str, tail: str) -> str:
    """ "total value added of industry", "mining" → "total value added of mining"."""
    match = _HEAD.match(known)
    return f"{match['head']} {match['link']} {trim(tail)}" if match else trim(tail)


def _by_unit(unit: str, subject: str, right: str) -> tuple[str, str]:
    """Measure and whole of a value that its verb leaves open."""
    if unit in _POINTS:
        return "change", ""
    if unit == "percent":
        whole = _OF_WHOLE.match(right)
        if whole:
            return "share", phrase_after(whole["whole"])
        if _CHANGE_NOUN.search(subject):
            return "change", ""
        if _SHARE_NOUN.search(subject) and not re.search(r"\butili[sz]ation rate\b", subject):
            return "share", ""
    return ("change", "") if unit == "times" else ("level", "")


def _linked(left: str, right: str, unit: str, own: str, prior: Framed) -> Framed | None:
    """A value that shares the frame of the one before it: "5% and 7%", "(up 3%)", "and manufacturing by 7%"."""
    same_kind = (unit in _RATIOS) == (prior.rule in _RATIO_RULES or prior.measure in {"change", "share"})
    if _RESTATED.fullmatch(left):
        return _restated(left, right, unit, own, prior)
    whole = _OF_WHOLE.match(right)
    if _COMPARED.match(right) or (
        unit == "percent" and whole and prior.measure != "share" and not _RESTATED.fullmatch(left)
    ):
        return None
    if _CHAIN.fullmatch(left):
        if own and unit == "count":
            noun = _completed(own, prior.noun)
            return Framed("level", 1, noun, "count-noun", noun)
        if prior.noun and unit == "count":
            return Framed("level", 1, prior.indicator, "chain", prior.noun, chained=True)
        if re.search(r"\bto\s*\Z", left) and prior.measure == "change" and unit not in _POINTS:
            return Framed("level", 1, prior.indicator, "to-level", own)
        sign = 1 if prior.measure != "change" else prior.sign
        rule = "to-level" if prior.rule == "from-level" and re.search(r"\bto\b", left) else prior.rule
        return Framed(prior.measure, sign, prior.indicator, rule, own, prior.whole, chained=True)
    earlier = _EARLIER.fullmatch(left)
    if earlier and same_kind and not own:
        return Framed(prior.measure, 1, prior.indicator, "earlier-value", own, prior.whole)
    beside = _NOUN_AFTER.match(right) if unit not in _RATIOS else None
    if beside and not is_verb(beside["np"]):
        return None
    ellipsis = _ELLIPSIS.match(left) or _LAST_ELLIPSIS.match(left)
    if ellipsis and same_kind and not own and not _has_frame_word(ellipsis["np"], left):
        return _elliptical(trim(ellipsis["np"]), left, prior)
    return None


_RATIO_RULES = frozenset(("change-verb", "change-noun-before", "share-of-verb"))
_FRAME_WORD = re.compile(
    r"\b(?:\w{3,}ed|gain\w*|growth|reduction|surge|jump|represent\w*|constitut\w*|brought|saw|put|cut|won|held|kept|runs?|ran|paid|sold|spent|built|left|up|down|grew|rose|fell|increas\w*|decreas\w*|declin\w*|drop\w*|reach\w*|total\w*|was|were|is|are|stood|amount\w*|account\w*|exceed\w*|than|which|compris\w*|took|mak\w+|made|hit|came|surpass\w*|averag\w*|slid|slipped|dipped|climbed|jumped|surged|edged|went|higher|lower|from|share|growth|contract\w*|expand\w*|shr[aiu]nk|gained|lost|has|have|had|will|generat\w*|contribut\w*|add\w*)\b",
    re.IGNORECASE,
)


def _completed(own: str, before: str) -> str:
    """ "29 national centres, 260 provincial": an adjective alone takes its noun from the count before."""
    words = before.split()
    return (
        f"{own} {' '.join(words[1:])}"
        if " " not in own and own.islower() and not own.endswith("s") and len(words) > 1
        else own
    )


def _has_frame_word(phrase: str, left: str) -> bool:
    return bool(_FRAME_WORD.search(phrase)) or bool(re.search(r"\b(?:up|down|from)\b[^,]*\Z", left))


def _restated(left: str, right: str, unit: str, own: str, prior: Framed) -> Framed | None:
    if _COMPARED.match(right):
        return None
    if unit in _RATIOS and prior.measure == "level":
        whole = _OF_WHOLE.match(right)
        if whole:
            phrase = phrase_after(whole["whole"])
            return Framed("share", 1, f"{prior.indicator} of {phrase}", "share-restated", prior.indicator, phrase)
        return None
    if own and unit == "count":
        return Framed("level", 1, own, "count-noun", own)
    return Framed(prior.measure, prior.sign, prior.indicator, "restated", own, prior.whole, restated="(" in left)


def _elliptical(phrase: str, left: str, prior: Framed) -> Framed:
    if is_pronoun(phrase):
        return Framed(prior.measure, prior.sign, prior.indicator, prior.rule, "", prior.whole, chained=True)
    known = prior.noun if prior.measure == "share" and prior.noun else prior.indicator
    subject = _swap_tail(known, phrase) if _HEAD.match(known) and len(phrase.split()) < 9 else phrase
    if prior.measure == "share" and prior.whole:
        return Framed("share", 1, f"{phrase} of {prior.whole}", prior.rule, phrase, prior.whole)
    return Framed(prior.measure, prior.sign, subject, f"{prior.rule}-elided", "", prior.whole)


_VALUE_IN = re.compile(r"\A[ ](?:worth[ ]of|in|of|more[ ](?:into|for|in)|into|for|on|to)[ ](?P<np>[^,.;:()⟨]+)")
_NOUN_AFTER = re.compile(
    r"\A[- ](?P<np>(?!(?:and|or|to|from|in|on|at|by|over|with|for|per|as|a|the|which|respectively|year|month|higher|lower|more|less|compared|during)\b)[^,.;:()⟨]+)"
)


def _unframed(left: str, right: str, unit: str, own: str, prior: Framed | None, last: str) -> Framed:
    """No verb rules the value: it counts its own noun, or the noun stands beside it."""
    known = prior.indicator if prior else last
    if unit == "count" and own:
        return Framed("level", 1, own, "count-noun", own)
    labelled = _LABELLED.match(left)
    if labelled:
        subject = trim(labelled["label"])
        measure, whole = _by_unit(unit, subject, right)
        return Framed(measure, 1, f"{subject} of {whole}" if whole else subject, "label-value", own or subject, whole)
    inside = _VALUE_IN.match(right)
    if inside and unit != "percent":
        return Framed("level", 1, phrase_after(inside["np"]) or known, "value-in-noun", own)
    beside = _NOUN_AFTER.match(right)
    if known and _OF_WHICH.search(left[-40:]):
        return Framed("level", 1, known, "value-of-these", own)
    if beside and not is_verb(beside["np"]):
        noun = counted_noun(beside["np"], 0, len(beside["np"])) or phrase_after(beside["np"])
        measure = _by_unit(unit, noun, "")[0]
        if noun:
            return Framed(
                measure, sign_of(noun.split()[-1]) if measure == "change" else 1, noun, "value-beside-noun", own
            )
    subject = _resolve(subject_before(left), left, known, prior)
    if unit == "percent" and known and _OF_WHICH.search(left[-40:]):
        return Framed("share", 1, known, "share-of-these", known, known)
    measure, whole = _by_unit(unit, subject, right)
    return Framed(measure, 1, f"{subject} of {whole}" if whole and subject else subject, "value-alone", own, whole)


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
