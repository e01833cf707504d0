"""Whose value it is: the subject that a frame points at, pronouns and elided words filled in."""

from __future__ import annotations

import re

from flows.parse.antecedents import HEAD, resolve_subject
from flows.parse.growth_nouns import noun_that_grows
from flows.parse.level_nouns import noun_of_level
from flows.parse.main_subjects import AT_COMMA, main_subject, order_subject
from flows.parse.marks import CLOSE
from flows.parse.measures import FLOWS, GENERIC_NOUNS, Framed
from flows.parse.naming import says_nothing
from flows.parse.nouns import bare_word, is_pronoun, phrase_after, trim
from flows.parse.parallels import goes_on, with_lost_head
from flows.parse.rules import Rule, load_words
from flows.parse.subject_openings import behind_opening, leading_subject
from flows.parse.subject_phrases import subject_before
from flows.parse.tasks_lemmas import is_base, is_participle


def frame_subject(rule: Rule, match: re.Match[str], seen: str, prior: Framed | None, last: str) -> str:
    """Return the noun phrase that a frame points at; `seen` is its window, `last` what the sentence before measured."""
    where, groups = rule.data["subject"], match.groupdict()
    known = prior.indicator if prior else last
    if where == "own":
        return ""
    if where == "object":
        thing, owner = trim(groups.get("np") or ""), HEAD.match(known)
        owned = owner and owner["link"] == "of" and re.match(r"(?:its|their)[ ]", groups.get("np") or "")
        return f"{thing} of {owner['tail']}" if owner and owned else thing or known  # "and cutting their prices by"
    if where == "noun":
        caused = _CAUSED_BY.search(groups["np"] or "")  # "Growth slowed due to falls of ⟨1%⟩ in mining"
        if caused and not groups.get("of") and (thing := _in_what(seen)):
            return thing
        return noun_that_grows(groups, known)
    if rule.id == "rank" and _MEANS_LITTLE.match(groups.get("np") or ""):
        groups = {**groups, "np": None}  # "ranks first in the world in scale"
    if where == "after" or groups.get("np"):
        purpose = rule.id == "give-verb" and _TO_DO.match(seen, seen.index(CLOSE) + 1)
        if purpose and is_base(purpose["verb"]):
            return _programme(seen[: match.start()], trim((groups.get("np") or "").partition(" ")[2]), known)
        told = (groups.get("np") or "").removeprefix("terms of ")  # "ranks third in terms of output"
        return _of_deed(groups.get("cue") or "", seen, phrase_after(told))
    found = _subject_ahead(rule, match, seen, prior, known)
    if not found and not prior and _OPENING.fullmatch(seen[: match.start()]):
        return behind_opening(seen[seen.index(CLOSE) + 1 :])
    if says_nothing(found) or (prior and _GOING.match(found)):
        return known  # "fell by ⟨3%⟩ after moving down (⟨1%⟩)", "moderating from the (⟨3%⟩) growth"
    return _with_count(found, seen[: match.start()], prior)


_OPENING = re.compile(r"[\s“”\"']*(?:Having[ ])?")  # "Up ⟨5 percent⟩ from May, output reached"
_DID_SO = re.compile(r"[ ](?:(?:had|have|has|were|was)[ ])?[a-z]+[ ][^,;:()]*,?\Z")


def _who_did_so(before: str, prior: Framed | None) -> str:
    """Return of whom there are more: "⟨430⟩ firms took part this year, ⟨12 percent⟩ more than"; "" for nobody."""
    return prior.noun if prior and prior.unit == "count" and _DID_SO.match(before) else ""


_MEANS_LITTLE = re.compile(r"(?:terms of )?(?:scale|size|volume|number|quantity|total)\b(?! of)")
_TO_DO = re.compile(r"[ ]to[ ](?P<verb>[a-z]+)[ ]")
_UNDER = re.compile(r"\A\W*(?:Under|Through)[ ](?P<np>(?:the[ ])?[^,]{3,80}),[ ]")


def _programme(before: str, served: str, known: str) -> str:
    """Name money that is given to do something by what it is given under, else by what it serves.

    "Under the steel scheme, the state approved ⟨3 billion⟩ to train" is of the steel scheme, "to help farms" of farms.
    """
    under = _UNDER.match(before)
    return trim(under["np"]) if under else phrase_after(served) or subject_before(before) or known


_LED_WITH = re.compile(r"[a-z]+[ ]with[ ](?P<flow>[a-z]+)")


def _led_with(found: str) -> str:
    """Return the output of "Carmakers led the gains with output (up)"."""
    led = _LED_WITH.fullmatch(found) if " with " in found else None
    return led["flow"] if led and led["flow"] in FLOWS else found


_NO_OBJECT = re.compile(r"on|off|by|in|it|on the .*", re.IGNORECASE)
_AND = re.compile(r"\A[ ]and[ ](?:the[ ])?(?P<np>[^,;]+?)\s*\Z")


def _with_count(found: str, before: str, prior: Framed | None) -> str:
    """Join what one verb speaks of: "output of ⟨200⟩ goods and export volume of cars (ranked)"."""
    joined = _AND.match(before) if prior and prior.unit == "count" and prior.noun else None
    return f"{prior.around or prior.noun} and {found}" if prior and joined and joined["np"] == found else found


def _subject_ahead(rule: Rule, match: re.Match[str], seen: str, prior: Framed | None, known: str) -> str:
    before, groups = seen[: match.start()], match.groupdict()
    cue = groups.get("cue") or ""
    if rule.id == "goal":
        return "inflation" if "inflation" in seen.casefold() else main_subject(before, known, prior)
    if rule.id in {"rank", "streak"}:
        return order_subject(rule.id, before, seen[seen.index(CLOSE) + 1 :], known, prior)
    if moved := _thing_moved(rule.id, before, cue, groups) or ("" if prior else _with_doer(before, cue)):
        return moved
    beside = _BESIDE_NOUN.match(cue) and not AT_COMMA.search(before)  # "loans totalling"
    if _PARTICIPLE.match(cue) and (prior or AT_COMMA.search(before)) and not _WITH_OWN.search(before) and not beside:
        return main_subject(before, known, prior)
    thing = trim(re.sub(r"\A(?:in|of)[ ]", "", groups.get("obj") or ""))
    if thing and is_participle(thing):
        thing, before = "", seen[: match.start("obj")]  # "(lending to firms) slowed to"
    if thing and not thing.endswith("ly") and not _NO_OBJECT.fullmatch(thing):
        return (known or thing) if is_pronoun(thing) else thing
    if rule.id == "level-of-noun":
        return noun_of_level(before, seen[match.start() :], seen, known, prior)
    spent = prior and prior.rule == "value-put-to" and (rule.id == "change-than" or before.endswith(", which "))
    if prior and (spent or goes_on(cue, before, prior)):
        counted = prior.measure == "level" and prior.noun not in GENERIC_NOUNS and not _PAIRED.fullmatch(before)
        return (prior.noun if counted else "") or prior.indicator
    before = _CLOSERS[rule.id].sub("", before) if rule.id in _CLOSERS else before
    found = _who_did_so(before, prior) if rule.id == "change-than" else ""
    found = found or _led_with(subject_before(before, cue if rule.id == "change-than" else " of" if beside else "was"))
    if rule.id == "change-noun-before":
        led = f"{before}{cue.partition(groups.get('word') or ' of ')[0]}"
        found = _of_what(before, cue, led, seen) or (
            _of_the_clause(found, before) if "with " in cue and not prior else found
        )
    return with_lost_head(resolve_subject(found, before, known, prior), before, prior)


def _thing_moved(rule: str, before: str, cue: str, groups: dict[str, str | None]) -> str:
    """Return what is brought somewhere: "bringing (total capacity) to", "tariffs push (prices) up by"; else ""."""
    if rule == "to-level" and _CAUSING.match(cue):
        brought = trim(groups.get("obj") or "")
        return "" if is_pronoun(brought) or _BARE_SUM.fullmatch(brought) else brought
    pushed = _PUSHED.search(before) if cue.startswith(("up", "down")) else None
    return trim(pushed["np"]) if pushed else ""


def _with_doer(before: str, cue: str) -> str:
    """Return who does so beside the main clause: "The structure improved, with (farms) making up"; else ""."""
    acts = " with " in before and _PARTICIPLE.match(cue) and not _BESIDE_NOUN.match(cue)
    doer = _WITH_DOER.search(before) if acts else None
    return trim(doer["np"]) if doer else ""


def _of_the_clause(found: str, before: str) -> str:
    """Return who grew where an object stands between: "The industry kept its lead with an increase of"."""
    subject, head = leading_subject(before), HEAD.match(found)
    measured = bare_word((head["head"] if head else found).rpartition(" ")[2]) in _MEASURES
    return found if measured or is_pronoun(subject) or subject.endswith(found) else subject


_ARTICLE = re.compile(r"\b(?:an?|the|its|their|this)[ ]")
_MEASURES = FLOWS | load_words("nouns")["aggregate"]


def _of_what(before: str, cue: str, led: str, seen: str) -> str:
    """Return what fell by the words behind: "A drop of ⟨3 percent⟩ in the use of coal", "" where the clause has it."""
    told = before.strip(" —–-•*") and _ARTICLE.search(cue) and not _CAUSED_BY.search(led)
    return "" if told else _in_what(seen)


def _in_what(seen: str) -> str:
    """Return the words behind the value that say what moved: "a drop of ⟨3 percent⟩ in the use of coal"."""
    of = _OF_WHAT.match(seen, seen.index(CLOSE) + 1)
    return phrase_after(of["np"]) if of else ""


_CAUSED_BY = re.compile(
    r"\b(?:by|from|reflecting|despite|amid|thanks[ ]to|due[ ]to|owing[ ]to|including|on[ ]the[ ]back[ ]of|because[ ]of"
    r"|as[ ]a[ ]result[ ]of|and)[ ]+(?:an?[ ]|the[ ])?(?:[\w-]+[ ])?\Z"
)


_SHOWED = re.compile(
    r"[ ](?:posted|recorded|saw|seen|registered|reported|showed|suffered|experienced|made|enjoyed)[ ](?:the|an?)[ ]"
    r"(?:[\w-]+[ ]?){0,2}\Z"
)
_OF_WHAT = re.compile(
    r"[ ]in[ ](?P<np>(?:the[ ])?(?!(?:same|previous|first|second|third|fourth|past|last)\b|(?:[\w-]+[ ]){1,2}terms\b"
    r"|(?:current|constant|comparable)[ ]prices\b)[a-z][^,.;:(){OPEN}]+?)"
    r"(?=[ ](?:and|but|or)[ ](?:an?|by|its)[ ]|[ ]?[,.;:(){OPEN}]|\Z)"
)
# What goes from a decline to an increase is no part of the subject.
_TURNED = re.compile(
    r"[ ](?:turned|shifted|swung|switched|moved|went|reversed|changed|rebounded|recovered)(?:[ ]around)?"
    r"(?:[ ]from[ ](?:an?|the|its)[ ][^,;]*)?[ ]*\Z"
)
# What closes a clause and is no part of its subject, by rule.
_CLOSERS = {
    "change-noun-before": _TURNED,
    "change-noun-after-bare": _TURNED,
    "to-level": _SHOWED,
    "from-level": _SHOWED,
}
_PUSHED = re.compile(
    r"\b(?:push(?:es|ed)?|drives?|drove|driven|brings?|brought|sends?|sent|pulls?|pulled)[ ](?P<np>[^,;:]{3,60})[ ]\Z"
)
_WITH_DOER = re.compile(r"(?:,|\w{2,}ed)[ ]with[ ](?P<np>(?!(?:an?|its|their)[ ])[^,;:]*[^,;:\s])[ ]*\Z")
_BESIDE_NOUN = re.compile(r"(?:totall?ing|amounting|numbering|averaging)\b")
_CAUSING = re.compile(r"(?:bring|brought|tak|lift|rais|push|driv|cutt|reduc|lower|boost|expand|increas)ing\b")
_GOING = re.compile(
    r"(?:mov|ris|fall|slow|eas|extend|moderat|accelerat|narrow|widen|revers|declin|increas|decreas|dropp|climb|edg|inch"
    r"|shrink|recover|rebound|continu|mark|quicken|deepen)ing(?:[ ]\w+ly)?\Z"
)
_BARE_SUM = re.compile(
    r"(?:the |its |their )?(?:\w+ )?(?:total|number|figure|sum|tally|count|level|amount|value)", re.IGNORECASE
)
_PARTICIPLE = re.compile(r"(?!bring\b)\w+ing\b")
_WITH_OWN = re.compile(r",[ ]with[ ](?:(?:[^,;]{1,40},[ ]){1,3}[^,;]*[ ]and[ ])?[^,;]*[^,;\s][ ]*\Z")
_DEEDS = re.compile(r"(?P<invest>invest)|(?P<spend>spen[dt])", re.IGNORECASE)
_INTO = re.compile(rf"{CLOSE}(?:[ ]\([^()]*\))?[ ](?:more[ ])?(?P<link>in|into|on)[ ]")


def _of_deed(cue: str, seen: str, thing: str) -> str:
    """Name what is done with money: "invest ⟨£2 billion⟩ in hospitals" is investment in hospitals."""
    deed, into = _DEEDS.match(cue), _INTO.search(seen)
    if not (deed and into and thing):
        return thing
    return f"{'investment' if deed['invest'] else 'spending'} {into['link'].removesuffix('to')} {thing}"


# What both of a pair are counted in: output and sales reached 4.1 and ⟨4.9 million⟩ "vehicles respectively, " up 30%.
_PAIRED = re.compile(r"[ ](?:[\w-]+[ ]){0,3}?respectively,[ ]\Z")
