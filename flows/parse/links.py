"""Values that share the frame of the one before them: "5% and 7%", "(up 3%)", "and manufacturing by 7%"."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.parse.antecedents import swap_tail
from flows.parse.elided_counts import NEXT_NAMED
from flows.parse.elided_verbs import elided_value, followed_value, from_each
from flows.parse.given import TIMES, time_taken
from flows.parse.growth_nouns import turned_into
from flows.parse.marks import OPEN
from flows.parse.measures import FLOWS, GENERIC_NOUNS, OF_WHOLE, POINTS, RATIOS, Framed, by_unit, sign_of
from flows.parse.nouns import is_verb, phrase_after, trim
from flows.parse.rules import load_pattern
from flows.parse.shares import share_of_whom

_CHAIN = load_pattern("links", "chain")
CHAIN_ELSEWHERE = load_pattern("links", "chain-elsewhere")
_RESTATED = load_pattern("links", "restated")
_EARLIER = load_pattern("links", "earlier")
_EARLIER_THAN = load_pattern("links", "earlier-than")
_EXPECTATION = load_pattern("links", "expectation")
# "came in at 4.9 percent, below the ⟨5.1 percent⟩ projected by the bank", "against a ⟨5 percent⟩ estimate"
_AS_EXPECTED = re.compile(
    r"[ ](?:(?:[\w.'’-]+[ ]){0,3}?(?:had|was|were|have)[ ](?:been[ ]|previously[ ]|initially[ ])?)?"
    r"(?:expected|projected|forecast(?:ed)?|predicted|estimated?|anticipated|(?:looking|hoping)[ ]for"
    r"|pencill?ed[ ]in|envisaged|consensus)\b"
    r"(?![ ]to\b)|[ ](?:[\w-]+[ ])?(?P<aim>target|goal)s?\b"
)
_BESIDE_WHAT = re.compile(
    r"[^;:]{0,60}?,?[ ](?:(?:above|below|over|under|beat(?:s|ing)?|exceed(?:ed|s|ing)|surpass(?:ed|es|ing)"
    r"|miss(?:ed|es|ing)|topp(?:ed|ing)|tops|against|versus)"
    r"|short[ ]of|compared[ ](?:with|to)|(?:high|low|fast|slow|bett|wors|strong|weak|small|larg|mor|l)"
    r"e?(?:r|ss)?[ ]than)[ ](?:(?:the|an?|its|their)[ ])?"
    r"(?:(?:[\w-]+[ ]){0,3}[\w-]+['’]s[ ])?(?:(?:about|around|roughly|nearly|over)[ ])?"
)
_NEXT_TO = re.compile(
    r"[ ](?:above|below|(?:higher|lower|more|less)[ ]than)[ ](?:the|an?|its)[ ](?:(?:revised|preliminary|earlier)[ ])?"
    r"(?:rate|figure|level|total|estimate|number|value|volume|pace|reading)[ ]of[ ]"
)
# One of these stands in every expectation.
_EXPECTING = ("expect", "estimat", "forecast", "project", "consensus", "predict", "target", "goal")
_REACHED_TO = load_pattern("links", "reached-to")
_COMPARED = load_pattern("links", "compared")
_BY = re.compile(r"[ ]by[ ](?:[a-z]+[ ])*\Z")
_INCLUDING = re.compile(r"[^,;:]{0,40},?[ ]including[ ](?:(?:an?|about|over|nearly|by)[ ])*")
_OR = re.compile(r",?[ ]or[ ]")
_GREW_FROM = re.compile(
    r",?[ .]+from[ ](?:(?:about|around|nearly|just|only|some|over|under|less[ ]than|more[ ]than)[ ])?\Z"
)
_RATIO_RULES = frozenset(("change-verb", "change-noun-before", "share-of-verb"))
# What it is compared with is another thing, not another time: "as against 4.9% in the private sector".
ELSEWHERE = re.compile(
    r"[ ](?P<link>in|for|among|by(?=[ ](?:volume|value|weight|number)\b))[ ]"
    r"(?P<np>(?!(?:the[ ])?(?:same|previous|first|second|third|fourth|past|last"
    rf"|corresponding|year|month|quarter)\b)[A-Za-z](?:[^,.;:(){OPEN}\d]|(?<=[A-Z])\d\d?){{2,60}})"
)
# ", a ⟨3%⟩ increase from a year ago": the value before has not grown by itself
_RISE = re.compile(
    r",?[ -](?:(?:year-on-year|annual|real|nominal|net)[ ])?(?P<word>increase|rise|growth|gain|jump|surge|expansion"
    r"|decrease|decline|drop|fall|reduction|contraction)\b"
)
_RISE_IN = re.compile(
    rf"{_RISE.pattern}[ ](?:in|of)[ ](?!(?:the[ ])?(?:same|previous|first|second|third|fourth|last)\b)[a-z]"
)
_APPOSED = re.compile(
    r"[^;:,]*,[ ](?:or[ ])?(?:(?:almost|nearly|about|around|over|more|less|than|roughly|some|just|only|well|close"
    r"|to)[ ])*"
)
# Behind "lower than the ⟨6.8 percent⟩ in the first quarter" stands its time alone, which is blanked.
_ENDED = re.compile(rf"[ ]?(?:[,;.)]|and\b|{OPEN}|\Z)")
_THEN = re.compile(rf"(?:{_RISE.pattern}|[ ](?:rate|pace|figure|reading|seen|recorded|registered))?{_ENDED.pattern}")
_OF_NOUN = re.compile(r"\A[ ](?:of|worth[ ]of)[ ](?!(?:which|whom|them|this)\b)\w")


def linked_value(left: str, right: str, unit: str, own: str, prior: Framed) -> Framed | None:
    """Return the frame of a value that leans on the one before it, or None where it has a clause of its own.

    Args:
        left: the words between the two values, folded, time phrases blanked.
        right: the words after the value.
        unit: its unit.
        own: the noun phrase that it counts, "" for none.
        prior: the frame of the value before.
    """
    if _RESTATED.fullmatch(left):
        return None if _COMPARED.match(right) else _restated(left, right, unit, own, prior)
    if beside := _set_beside(left, right, unit, own, prior):
        return beside
    if turned := turned_into(left, right, unit, prior):
        return turned
    if prior.unit == "times" and prior.measure == "change" and unit not in RATIOS and _GREW_FROM.fullmatch(left):
        return Framed("level", 1, prior.indicator, "from-level", own)  # "doubled from ⟨20 million⟩ to 45 million"
    if _has_own_frame(right, unit, prior):
        return None
    if parts := from_each(left, right, unit, prior):
        return parts
    listed = unit != "times" and _CHAIN.fullmatch(left) and not _RISE.match(right)
    if listed and not (unit in TIMES and time_taken(right)):
        return _chained(left, right, unit, own, prior)
    if unit not in RATIOS | {"count"} and prior.measure == "change" and _REACHED_TO.fullmatch(left):
        return Framed("level", 1, prior.indicator, "to-level", own)
    if not own and (chained := _chained_elsewhere(left, right, unit, prior) or followed_value(left, unit, prior)):
        return chained
    return _same_again(left, right, unit, own, prior)


def _same_again(left: str, right: str, unit: str, own: str, prior: Framed) -> Framed | None:
    """Read what the value before is compared with, or a clause that leaves out its verb."""
    if not own and prior.rule == "to-level" and unit in RATIOS and (_BY.search(left) or _TO_MORE.match(right)):
        return elided_value(left, right, unit, replace(prior, measure="change", rule="change-verb", whole=""))
    if own in GENERIC_NOUNS and prior.noun in {"", own} and unit == prior.unit and _EARLIER.fullmatch(left):
        return Framed(prior.measure, prior.sign, prior.indicator, "earlier-value", own)
    same_kind = (unit in RATIOS) == (prior.rule in _RATIO_RULES or prior.measure in {"change", "share"})
    if own or not (same_kind or (unit == prior.unit and unit in RATIOS and _EARLIER.fullmatch(left))):
        return None
    if _is_other(unit, prior):
        return elided_value(left, right, unit, prior)
    than = _EARLIER_THAN.fullmatch(left)
    if _EARLIER.fullmatch(left) or (than and _THEN.match(right)):
        return _compared_with(right, own, prior, than["word"] if than else None)
    return elided_value(left, right, unit, prior)


def _is_other(unit: str, prior: Framed) -> bool:
    """Do both units measure, and not the same: "81 million tonnes of grain from ⟨19 million hectares⟩"?"""
    known = {unit, prior.unit}
    return unit != prior.unit and not known & (RATIOS | {"", "count"}) and not (unit.isupper() and prior.unit.isupper())


def _set_beside(left: str, right: str, unit: str, own: str, prior: Framed) -> Framed | None:
    """Read what was expected, which part of it, or the same of another name."""
    if prior.measure == "change" and prior.unit == "percent" and unit not in RATIOS and _NEXT_TO.fullmatch(left):
        return Framed("level", 1, prior.indicator, "earlier-value", own)
    told = any(word in left for word in _EXPECTING) and _EXPECTATION.fullmatch(left)
    behind = None if told else _AS_EXPECTED.match(right)
    if told or (behind and _BESIDE_WHAT.fullmatch(left)):
        aimed = behind["aim"] if behind else _AIMED_AT.search(left)
        return _expected(right, unit, own, prior, "target-value" if aimed else "expected-value")
    if prior.measure != "level":
        return None
    if unit == "percent":
        return share_of_whom(right, prior) or _apposed(left, right, prior)
    if prior.unit == unit and _named_next(left, prior):
        return Framed("level", 1, prior.indicator, f"{prior.rule.removesuffix('-elided')}-elided", own)
    return None


def _named_next(left: str, prior: Framed) -> bool:
    """Do others follow, each with its value: "produced ⟨1 billion tonnes⟩ of steel, India (⟨140 million⟩) and"?"""
    named = left.removeprefix(f" of {prior.indicator}")
    return (named != left or prior.rule.endswith("-elided")) and NEXT_NAMED.fullmatch(named) is not None


_AIMED_AT = re.compile(r"\b(?:targets?|goals?)[ ](?:(?:range|band)[ ])?(?:(?:of|for)[ ])?[^,;]{0,20}\Z")


def _expected(right: str, unit: str, own: str, prior: Framed, rule: str) -> Framed:
    """Read what the value before was expected to be, or was to be: "rose to 65 percent, above a goal of ⟨63⟩"."""
    framed = _compared_with(right, own, prior)
    if unit != prior.unit:
        framed.measure = by_unit(unit, prior.indicator, "")[0]
    framed.indicator, framed.rule = prior.indicator, rule
    return framed


def _has_own_frame(right: str, unit: str, prior: Framed) -> bool:
    """Do the words behind say what it measures: "higher than", "of GDP", "(the ⟨5.1%⟩) increase in sales"?"""
    if _COMPARED.match(right) or _RISE_IN.match(right):
        return True
    if unit == "percent":
        return prior.measure != "share" and OF_WHOLE.match(right) is not None
    return unit not in RATIOS | {"count"} and _OF_NOUN.match(right) is not None


def _compared_with(right: str, own: str, prior: Framed, word: str | None = None) -> Framed:
    """Read what the value before is compared with: the same before, or another; both went the way of `word`."""
    elsewhere = ELSEWHERE.match(right)
    if elsewhere and prior.indicator:
        indicator = swap_tail(prior.indicator, elsewhere["np"], elsewhere["link"])
        return Framed(prior.measure, prior.sign, indicator, "compared-value", own, prior.whole)
    moved = _RISE.match(right) if prior.measure == "change" else None
    word = moved["word"] if moved else word
    sign = sign_of(word) if word and prior.measure == "change" else 1  # "versus a ⟨2 percent⟩ annual contraction"
    return Framed(prior.measure, sign, prior.indicator, "earlier-value", own, prior.whole)


def _apposed(left: str, right: str, prior: Framed) -> Framed | None:
    """Read a share set behind a level: "310 GW of new capacity was connected, ⟨84%⟩ of all additions"."""
    whole = OF_WHOLE.match(right) if _APPOSED.fullmatch(left) else None
    phrase = phrase_after(whole["whole"]) if whole else ""
    if not (whole and phrase and prior.indicator) or any(is_verb(word) for word in whole["whole"].split()):
        return None
    return Framed("share", 1, f"{prior.indicator} of {phrase}", "share-restated", prior.indicator, phrase)


def _chained_elsewhere(left: str, right: str, unit: str, prior: Framed) -> Framed | None:
    """Say the same of another place: "rose by 0.6% in the euro area and by 0.5% in the EU"."""
    bare = unit == "count" and prior.measure == "level" and not prior.noun  # "at 158 for tea, ⟨119⟩ for tin"
    alike = prior.unit == unit and (unit in RATIOS or prior.measure == "change" or bare)
    match = CHAIN_ELSEWHERE.match(left) if alike else None
    if alike and prior.measure == "change" and _INCLUDING.fullmatch(left) and (part := ELSEWHERE.match(right)):
        indicator = swap_tail(
            prior.indicator, part["np"], part["link"]
        )  # "grew by 8%, including ⟨7 percent⟩ in mining"
        return Framed("change", prior.sign, indicator, prior.rule, chained=True)
    other = ELSEWHERE.match(right) if match else None
    if not match or not other or match["link"] != other["link"] or not prior.indicator:
        return None
    itself = prior.indicator == trim(match["np"])  # "falls of ⟨5%⟩ in new work and ⟨4%⟩ in repair"
    indicator = trim(other["np"]) if itself else swap_tail(prior.indicator, other["np"], other["link"])
    return Framed(prior.measure, prior.sign, indicator, prior.rule, "", prior.whole, chained=True)


def _restated(left: str, right: str, unit: str, own: str, prior: Framed) -> Framed | None:
    """Say the same once more, in another currency or as a share: "1 trillion yuan ($139 billion)"."""
    if unit in RATIOS and prior.measure == "level":
        whole = OF_WHOLE.match(right)
        phrase = phrase_after(whole["whole"]) if whole else ""
        indicator = f"{prior.indicator} of {phrase}"
        if not whole and _OR.match(left) and _ENDED.match(right):
            return Framed("share", 1, prior.indicator, "share-restated", prior.noun)  # "$5 billion, or ⟨45 percent⟩"
        return Framed("share", 1, indicator, "share-restated", prior.indicator, phrase) if whole else None
    if own and unit == "count":
        return Framed("level", 1, own, "count-noun", own)
    if prior.measure == "share" and unit not in RATIOS:  # "a fifth of revenue, or R432 billion"
        return Framed("level", 1, prior.noun or prior.indicator, "restated", own, restated="(" in left)
    return Framed(prior.measure, prior.sign, prior.indicator, "restated", own, prior.whole, restated="(" in left)


_MEASURES = FLOWS | {"capacity", "throughput", "ridership", "traffic", "shipments", "stocks", "holdings"}


def _comes_to_so_many(indicator: str) -> bool:
    """Is it what comes to so many: output, sales, capacity?"""
    return indicator.partition(" of ")[0].rpartition(" ")[2].casefold() in _MEASURES


def _chained(left: str, right: str, unit: str, own: str, prior: Framed) -> Framed:
    """Go on with the frame before: "7.5% and 10%", "rose 7.1% to 25 trillion yuan", "rose 9% to 3 million sets"."""
    if prior.rule == "from-level" and unit == prior.unit == "count" and not prior.noun and " to " in left:
        return Framed("level", 1, prior.indicator, "to-level", own)  # "from 60 million to ⟨75 million⟩ passengers"
    if own and unit == "count" and prior.measure == "change" and " to " in left and _comes_to_so_many(prior.indicator):
        return Framed(
            "level", 1, prior.indicator, "to-level", own
        )  # "lifted capacity by 6 percent to ⟨29 million⟩ wafers"
    paired = prior.indicator != own and _PAIRED.match(right)
    counted = prior.noun in {"", own} and (own in GENERIC_NOUNS or paired)
    if own and unit == "count" and not (counted or (own in GENERIC_NOUNS and prior.measure == "change")):
        noun = _completed(own, prior.noun)
        return Framed("level", 1, noun, "count-noun", noun)
    if prior.noun and unit == "count":
        return Framed("level", 1, prior.indicator, "chain", prior.noun, chained=True)
    if (prior.measure == "share" and unit not in RATIOS) or prior.measure in {"streak", "rank"}:
        return Framed("level", 1, prior.noun or prior.indicator, "chain", own)
    reached = bool(re.search(r"(?<!compared )\b(?:to|at)\b", left))  # "down 0.3 percent at $1.08"
    if reached and prior.measure == "change" and unit not in POINTS:
        grew = prior.rule == "from-level" and unit == prior.unit  # "growth narrowed from 3.4 percent to"
        measure = (
            "change" if grew else by_unit(unit, prior.indicator, "")[0]
        )  # inflation that goes "from 3.5% to 3.7%" stays a change
        return Framed(measure, prior.sign if measure == "level" else 1, prior.indicator, "to-level", own)
    by = re.search(r"\bby\b", left) or (prior.unit not in RATIOS and _TO_MORE.match(right))
    if prior.rule == "to-level" and unit in RATIOS and by:
        return Framed("change", prior.sign, prior.indicator, "change-verb", own, chained=True)
    sign = 1 if prior.measure != "change" else prior.sign
    rule = "to-level" if prior.rule == "from-level" and reached else prior.rule
    own_whole = prior.measure == "share" and (prior.noun or prior.rule == "share-leading")
    whole = OF_WHOLE.match(right) if own_whole else None
    if whole and (phrase := phrase_after(whole["whole"])) and phrase != prior.whole:
        part = f"{prior.noun} of {phrase}" if prior.noun else phrase
        return Framed("share", sign, part, rule, prior.noun, phrase)
    noun = own or (prior.noun if prior.measure == "share" else "")
    return Framed(prior.measure, sign, prior.indicator, rule, noun, prior.whole, chained=True)


_PAIRED = re.compile(r"[ ](?:[\w-]+[ ]){1,3}?respectively\b")  # "output and sales were 4.1 and ⟨4.9 million⟩ cars …"
_TO_MORE = re.compile(
    rf"[ ]to[ ](?:(?:about|over|nearly|around|some|an?|record)[ ])*{OPEN}"
)  # "rose 9% to …, ⟨5%⟩ to …"


def _completed(own: str, before: str) -> str:
    """Let an adjective alone take its noun from the count before: "29 national centres, 260 provincial"."""
    words = before.split()
    alone = " " not in own and own.islower() and not own.endswith(("s", "ed")) and len(words) > 1
    return f"{own} {' '.join(words[1:])}" if alone else own
