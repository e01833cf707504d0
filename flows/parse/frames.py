"""The frame of a value: which clause it stands in, what is measured, whether it grew.

Frames are the rules of ``patterns/frames.toml``; this module applies them to the words between two values and
reads the noun phrases that they point at.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache

from flows.parse.amount_nouns import amount_of, carried_by, measured_by, of_unit
from flows.parse.antecedents import OF_WHICH
from flows.parse.elided_verbs import NOUN_AFTER
from flows.parse.links import linked_value
from flows.parse.marks import CLOSE, OPEN
from flows.parse.measures import FLOWS, GENERIC_NOUNS, POINTS, RATED, RATIOS, Framed, by_unit, sign_of, told_by
from flows.parse.naming import named
from flows.parse.nouns import is_verb
from flows.parse.ranges import SIGNS
from flows.parse.relative_clauses import closes, outer_subject
from flows.parse.rules import Rule, load_rules, load_words
from flows.parse.shares import rest_of, share_frame, whole_of
from flows.parse.sieve import Sieve, Sifted, first_match, sieve_of, sift
from flows.parse.subject_phrases import subject_before
from flows.parse.subjects import frame_subject
from flows.parse.tasks_lemmas import is_base, is_participle
from flows.parse.unframed import unframed

_TAKES_UP = re.compile(
    r"\b(?:made|mak\w+|t[ao]k\w+|took|eats?|ate|us(?:es|ed)|swallow(?:s|ed)|ta?kes"
    r"|(?:they|we|that|which|who|can|will|to)[ ]use)[ ]\Z"
)
_AMOUNT_RULES = frozenset(("level-verb",))
_ON_PERIOD = re.compile(
    r"[ ](?:(?:year|month|quarter)[ -](?:on|over)[ -](?:year|month|quarter)|y/y|yoy|y-o-y|on[ ]the[ ]year)\b"
)
_ORDERS = frozenset(("count", "streak", "rank"))
_WHICH = re.compile(r",[ ]which[ ]")  # "made up ⟨6 percent⟩ of research spending, which (rose)"
_POLICY = re.compile(r"[ ](?:\w+[ ])?(?:targets?|rates?|yields?|deposit)\b")  # "a -0.1% target for short-term rates"
_EACH = re.compile(
    r"[ ](?:per[ ][a-z]+(?:-[a-z]+)?|an?[ ](?:day|week|month|year))\b(?![ ](?:ago|earlier|before|later|more|less))"
)
_HYPHENATED = re.compile(r"[a-z\d]-[a-z]")
# "prices in ⟨four⟩ cities", "the rate in ⟨31⟩ cities" are one thing.
_OWNING = FLOWS | load_words("nouns")["aggregate"] | {"rate", "rates", "index", "indices"}
_ENDS_IN_OF = re.compile(
    r"[ ](?:of|in)"
    r"(?:[ ](?:the|all|our|its|some|these|over|about|nearly|around|almost|more[ ]than|at[ ]least|up[ ]to))?[ ]"
    r"(?P<which>[\"“‘]?(?:new|top|first|other|largest|biggest|main)[ ])?\Z"
)
_FORECASTERS = re.compile(
    r"(?:(?:most|many|some|market|private|independent)[ ])?(?:analysts?|economists?|forecasters|investors|traders"
    r"|(?:the[ ])?markets\Z|market[ ](?:watchers|observers|participants)|experts|consensus)\b"
    r"(?![ ]\w+[ ](?:rate|price|value)s?\b)",
    re.IGNORECASE,
)
_SUM = re.compile(r"\b(?:total|sum|number|rate|pace|average|amount)\Z", re.IGNORECASE)
# "robot density reached ⟨151⟩ robots per 10,000 employees": so many of so many are a rate of what is spoken of
_IS_RATE = re.compile(rf"[ ][^,.;:{OPEN}]{{2,40}}?[ ]per[ ](?:{OPEN}|[\d,]+[ ])")
_COMING_TO = re.compile(r"(?:reach|came|com(?:e|ing)|total|amount|stood|stand|exceed|surpass|top|hit|averag|number)")
_FOLK = frozenset(("people", "persons"))
_IN_TERMS = re.compile(r"[ ]in[ ](?:[\w-]+[ ]){1,2}terms\b")  # "(rose by ⟨3%⟩) in nominal terms, and the rate was"
_CONTRIBUTION = re.compile(r"\b[Cc]ontribution(?:[ ]rate)?[ ](?:of|to)[ ]")
_WHICH_WAS = re.compile(r"\A,?[ ]which[ ]\Z")
_FLOWING = FLOWS | {"flow", "flows", "traffic", "ridership", "attendance"}
_PACE = re.compile(r"\b(?:figure|pace|growth(?:[ ]rate)?|expansion)[ ](?:[\w]+[ ]){0,3}\Z")
_PACED = re.compile(r"(?:slow|pick|accelerat|decelerat|quicken|moderat)\w*[ ]")  # "to grow 2 percent and pick up to"
_SET_OFF = re.compile(r"\A\s*[—–][^—–]*[—–]")
_NEAR = 100  # code points before the value in which a rule's `before` must show
_WIDE = frozenset(("noun", "object"))  # these take in the noun phrase before their verb


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
    closed = closes(left, prior) if prior and prior.outer else None
    if prior and closed:
        left, last, prior = f"{prior.outer} {closed}", prior.outer, None
    if prior and prior.around and _belongs(left, prior):
        prior = replace(prior, indicator=prior.around, noun="", around="")
    framed = _frame_value(left, shown, right, unit, own, prior, last)
    known = prior.indicator if prior else last
    if known and unit != "count" and _FORECASTERS.match(framed.indicator):
        framed.indicator = known  # "Analysts had expected ⟨5 percent⟩"
    framed.indicator = named(framed.indicator, framed.measure, prior.indicator if prior else last)
    framed.around = _phrase_around(left, shown, own) if unit == "count" and own else ""
    framed.listed = framed.listed or (prior.listed if prior else "")
    framed.unit = unit
    framed.outer = outer_subject(left) or (prior.outer if prior else "")
    signed = shown.lstrip(f"{OPEN}(")[:1] in SIGNS and not _POLICY.match(right)
    if framed.measure == "level" and unit == "percent" and signed:
        framed.measure = "change"  # a printed sign says that it grew or fell: "exports: +3.8%"
    each = _EACH.match(right) if unit not in RATIOS and framed.indicator else None
    if each and not framed.indicator.endswith(each[0]):
        framed.indicator += each[0]
    return framed


def _phrase_around(left: str, shown: str, own: str) -> str:
    """Return the phrase that a count belongs to: "sales of five categories", "" where it stands for itself."""
    ending = _ENDS_IN_OF.search(left)
    head, which = (subject_before(left[: ending.start()], " of"), ending["which"] or "") if ending else ("", "")
    counted = f"{which}{shown.strip(OPEN + CLOSE)} {own}"
    last = head.rpartition(" ")[2].casefold()
    within = ending is not None and ending[0].startswith(" in ")
    owns = head and (last in _OWNING if within else not _SUM.search(head))
    return f"{head} {'in' if within else 'of'} {counted}" if owns else counted


def _belongs(left: str, prior: Framed) -> bool:
    """Does the verb of the phrase around the count before follow, or what dashes set off?"""
    if _SET_OFF.match(left):
        return True
    first = left.split(maxsplit=1)[0] if left[1:2].isalpha() else ""
    within = bool({"of", "in"} & set(prior.around.removesuffix(prior.noun).split()))
    return within and bool(first) and (is_verb(first) or is_participle(first))


# What the share before was of; a value behind it is not of which it speaks.
_OF_THE_TOTAL = re.compile(r"[ ]of[ ](?:(?:the|its|their|all)[ ](?:[\w'’]+[ ])?total|this|these|them|it)(?=[,;])")


def _frame_value(left: str, shown: str, right: str, unit: str, own: str, prior: Framed | None, last: str) -> Framed:
    whole = (
        re.match(rf"[ ]of[ ](?:\w+[ ])?{re.escape(prior.whole)}(?:[ ][a-z]+(?=,))?", left)
        if prior and prior.whole and prior.whole in left
        else None
    )
    whole = whole or (_OF_THE_TOTAL.match(left) if prior else None)
    whole = whole or (_IN_TERMS.match(left) if prior else None)
    left = left[whole.end() :] if whole else left
    if prior and whole and prior.whole in whole[0] and _WHICH.match(left):
        prior = replace(prior, indicator=prior.whole, whole="", noun="", measure="level")
    if _HYPHENATED.search(shown) and unit not in RATIOS and unit not in _ORDERS and NOUN_AFTER.match(right):
        return unframed("", right, unit, own, None, "")  # "a 20-billion-yuan loan guarantee fund"
    if prior and unit not in {"streak", "rank"}:
        linked = rest_of(left, unit, own, prior) or linked_value(left, right, unit, own, prior)
        if linked:
            return linked
    seen = f"{left}{OPEN}{shown}{CLOSE}{right}"
    sifted = sift(_sieve(unit), seen)
    for rule in sifted.rules:
        match = _nearest(sifted, rule, seen, len(left))
        if match and _sensible(rule.id, match, unit, own):
            return _framed(rule, match, seen, unit, own, prior, last)
    return unframed(left, right, unit, own, prior, last)


@lru_cache(maxsize=1024)
def _sieve(unit: str) -> Sieve:
    return _sieve_of(tuple(rule.id for rule in load_rules("frames") if _takes(rule, unit)))


@cache
def _sieve_of(names: tuple[str, ...]) -> Sieve:
    return sieve_of(rule for rule in load_rules("frames") if rule.id in names)


def _nearest(sifted: Sifted, rule: Rule, seen: str, at: int) -> re.Match[str] | None:
    """Return the match whose cue stands nearest to the value at `at`: search goes on inside too early a match."""
    if (rule.after and not rule.after.match(seen, seen.index(CLOSE, at) + 1)) or (
        rule.before and not rule.before.search(seen, max(0, at - _NEAR), at)
    ):
        return None
    match = first_match(sifted, rule, seen, max(0, at - int(rule.data.get("reach", at))))
    if match is None or "cue" not in match.re.groupindex or not match["cue"] or rule.data["subject"] in _WIDE:
        return match
    later = first_match(sifted, rule, seen, match.start() + 1)
    return later if later and later.start() <= at and _worth_moving(match, later) else match


def _worth_moving(match: re.Match[str], later: re.Match[str]) -> bool:
    """Move only past a cue that is longer by whole words, so that "a year-on-year increase" keeps its article."""
    return later.start() - match.start() > 24 and bool(re.search(r"\w \w", match.string[match.start() : later.start()]))


def _takes(rule: Rule, unit: str) -> bool:
    wanted = rule.data.get("units")
    if wanted is None:
        return unit not in {"streak", "rank"}
    names = {"point"} if unit in POINTS else {"percent"} if unit == "percent" else {unit}
    return bool(names & set(wanted)) or (unit not in RATIOS and unit not in _ORDERS and "money" in wanted)


_OBJECT_ONLY = re.compile(
    r"\b(?:add(?:ed|ing)|gain(?:ed|ing)|rais(?:ed?|ing)|lost|losing|shed(?:ding)?|cut(?:s|ting)?|boost(?:ed)?"
    r"|lift(?:ed)?|advanced|improved|pushed up|slashed|trimmed|extended|recover(?:ed|ing)|lower(?:ed)?|reduc(?:ed?|ing)"
    r"|enhanced)\Z",
    re.IGNORECASE,
)


_SET_BESIDE = re.compile(rf"{CLOSE},[ ](?:more|less|fewer|higher|lower|greater|larger|smaller)[ ]than\b")
_MODAL = re.compile(r"\b(?:will|would|can|could|may|might|must|should|shall|to)[ ](?:\w+ly[ ]|also[ ]|further[ ])?\Z")


def _sensible(name: str, match: re.Match[str], unit: str, own: str) -> bool:
    """Verbs that take what was added as their object ("added 57.8 GW") say a change only with "by" or of a ratio."""
    if name in {"to-level", "change-verb"} and match["cue"].casefold().startswith("up to"):
        return False
    if name == "change-verb" and re.match(r"\w+\s+(?:to\s+)?(?:below|above|beyond)\s*\Z", match["cue"]):
        return False
    if name.startswith("change-noun") and unit == "count" and own:
        return False
    if name == "change-noun-subject" and is_base(match["word"]) and _MODAL.search(match["np"]):
        return False  # "its share will rise to"
    if name == "change-verb" and match["word"] == "up" and _TAKES_UP.search(match.string[: match.start("word")]):
        return False  # "hydropower made up ⟨440 GW⟩ of this", "interest eats up ⟨a fifth⟩ of revenue"
    if name == "change-verb" and unit not in RATIOS | {"times", "index"}:
        return bool(re.search(r"\bby[ ]", match["cue"])) or not (
            _OBJECT_ONLY.search(match["word"]) or (own and own not in _FOLK)
        )
    if name == "level-verb" and unit == "times" and match["cue"].endswith(" to "):
        return False  # "the plan is to ⟨double⟩ exports"
    if name == "change-than" and ((unit == "count" and own) or (unit not in RATIOS and _SET_BESIDE.search(match[0]))):
        return False
    return not (name == "share-leading" and RATED.search(match.string[: match.start()][-40:]))


def _measured(
    rule: Rule, match: re.Match[str], unit: str, measure: str, subject: str, prior: Framed | None
) -> tuple[str, str]:
    """Return what kind of value the frame says it is, and the whole of a share; `measure` is the rule's own."""
    seen, whole = match.string, whole_of(match.groupdict().get("whole") or "")
    if measure == "value":
        said = told_by(seen[: match.start()], subject, prior)
        if rule.id == "forecast-for" and ("growth" in match[0] or (prior and prior.measure == "change")):
            said = "growth"  # "for the world we expect the growth rate to be"
        measure, whole = by_unit(unit, said, seen[seen.index(CLOSE) + 1 :])
    if measure == "level" and unit == "percent" and OF_WHICH.search(seen[: match.start()]) and prior:
        measure = "share"  # "loans of 10 trillion, of which small farmers received 54 per cent"
    if measure == "level" and unit == "percent" and _ON_PERIOD.match(seen, seen.index(CLOSE) + 1):
        measure = "change"  # "lending slowed to 4.4% year on year"
    if rule.id == "change-noun-subject" and unit == "percent" and _CONTRIBUTION.search(subject):
        measure = "share"  # "the contribution of exports to growth stood at ⟨30 percent⟩"
    if (
        measure == "level"
        and unit == "percent"
        and prior
        and prior.measure == "change"
        and _WHICH_WAS.search(seen, 0, match.start())
    ):
        measure = "change"  # "grew by ⟨1.2 percent⟩, which was ⟨2.6 percent⟩ in April"
    if measure == "level" and unit in POINTS:
        measure = "change"
    if rule.id == "to-level" and unit == "percent" and prior and prior.measure == "change":
        grew = prior.rule == "from-level" or _PACE.search(seen[: match.start()]) or _PACED.match(match["cue"])
        measure = "change" if grew else measure  # "growth narrowed from ⟨3.4%⟩ to ⟨3.1%⟩", "the pace will drop to"
    if measure == "level" and unit == "percent":
        said = told_by(seen[: match.start()].rstrip(), subject, prior)
        measure, whole = by_unit(unit, said, seen[seen.index(CLOSE) + 1 :])
    return measure, whole


def _flows(subject: str) -> bool:
    """Is it what comes to so many: "auto output (reached 3 million cars)"; but not "the scheme drove sales and"?"""
    words = subject.partition(" of ")[0].casefold().split()
    return " " in subject and words[-1] in _FLOWING and not any(map(is_participle, words[1:-1]))


def _framed(
    rule: Rule, match: re.Match[str], seen: str, unit: str, own: str, prior: Framed | None, last: str
) -> Framed:
    groups = match.groupdict()
    measure = str(rule.data["measure"])
    word = groups.get("word") or groups.get("word2") or ("down" if rule.data.get("sign") == "down" else "")
    sign = sign_of(word) if measure == "change" else 1
    subject = frame_subject(rule, match, seen, prior, last)
    measure, whole = _measured(rule, match, unit, measure, subject, prior)
    indicator = subject
    if unit == "count" and own and measure == "level":
        flows = _flows(subject)
        folk = (own in _FOLK or flows) and _COMING_TO.match(match.groupdict().get("cue") or "") is not None
        folk = folk or _IS_RATE.match(seen, seen.index(CLOSE) + 1) is not None
        generic = (own in GENERIC_NOUNS or folk) and bool(subject)
        indicator = own if not generic else subject if folk or own in {"units", "head"} else f"{own} of {subject}"
    if rule.id in _AMOUNT_RULES and unit not in RATIOS | {"count"} and measure == "level":
        indicator = amount_of(seen, subject, match["cue"]) or measured_by(match["cue"], unit, subject) or indicator
    if " of " in seen[: seen.index(CLOSE)].partition(OPEN)[2] and unit not in RATIOS:
        indicator = of_unit(seen) or indicator
    if measure == "share":
        return share_frame(rule, indicator, whole, seen, prior, last)
    if rule.id in _AMOUNT_RULES and measure == "level" and not own and not indicator.endswith(f" of {subject}"):
        indicator = carried_by(seen, match["cue"], subject) or indicator
    return Framed(measure, sign, indicator, rule.id, own)
