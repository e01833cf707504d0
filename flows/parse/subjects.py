"""Whose value it is: the subject that a frame points at, pronouns and elided words filled in."""

from __future__ import annotations

import re

from flows.parse.antecedents import FORECAST, OF_WHICH, resolve_subject
from flows.parse.marks import CLOSE, OPEN
from flows.parse.measures import FLOWS, Framed
from flows.parse.nouns import is_pronoun, is_verb, phrase_after, trim
from flows.parse.parallels import goes_on, with_lost_head
from flows.parse.rules import Rule
from flows.parse.subject_openings import leading_subject, relative_antecedent
from flows.parse.subject_phrases import subject_before
from flows.parse.tasks_lemmas import is_gerund, is_participle

_QUESTIONS = frozenset(("how", "what", "when", "whether", "why", "will"))
_DEFINITE = re.compile(r"\b(?:the|this|that|its|their|such)[ ]*\Z", re.IGNORECASE)


_SHOWN = re.compile(r"\A(?P<who>.*\w)[ ](?P<verb>\w+)[ ](?:the|an?)[ ][^,;]*\Z")


def frame_subject(rule: Rule, match: re.Match[str], seen: str, prior: Framed | None, last: str) -> str:
    """Return the noun phrase that a frame points at; `seen` is its window, `last` what the sentence before measured."""
    where, groups = rule.data["subject"], match.groupdict()
    known = prior.indicator if prior else last
    if where == "own":
        return ""
    if where == "object":
        return trim(groups.get("np") or "") or known
    if where == "noun":
        return _noun_subject(groups, known)
    if where == "after" or groups.get("np"):
        return _of_deed(groups.get("cue") or "", seen, phrase_after(groups.get("np") or ""))
    found = _subject_ahead(rule, match, seen, prior, known)
    return _with_count(found, seen[: match.start()], prior)


_AND = re.compile(r"\A[ ]and[ ](?:the[ ])?(?P<np>[^,;]+?)\s*\Z")


def _with_count(found: str, before: str, prior: Framed | None) -> str:
    """Join what one verb speaks of: "output of ⟨200⟩ goods and export volume of cars (ranked)"."""
    joined = _AND.match(before) if prior and prior.unit == "count" and prior.noun else None
    return f"{prior.around or prior.noun} and {found}" if prior and joined and joined["np"] == found else found


def _subject_ahead(rule: Rule, match: re.Match[str], seen: str, prior: Framed | None, known: str) -> str:
    before, groups = seen[: match.start()], match.groupdict()
    cue = groups.get("cue") or ""
    if rule.id == "goal":
        return "inflation" if "inflation" in seen.casefold() else _main_subject(before, known, prior)
    if rule.id in {"rank", "streak"}:
        return _order_subject(rule.id, before, seen[seen.index(CLOSE) + 1 :], known, prior)
    if _PARTICIPLE.match(cue) and (prior or _AT_COMMA.search(before)) and not _WITH_OWN.search(before):
        return _main_subject(before, known, prior)
    pushed = _PUSHED.search(before) if cue.startswith(("up", "down")) else None
    if pushed:
        return trim(pushed["np"])  # "tariffs push (prices) up by"
    thing = trim(groups.get("obj") or "")
    if thing and is_participle(thing):
        thing, before = "", seen[: match.start("obj")]  # "(lending to firms) slowed to"
    if thing and not thing.endswith("ly") and thing.casefold() not in {"on", "off", "by", "in", "it"}:
        return known if is_pronoun(thing) else thing
    if rule.id == "level-of-noun":
        return _set_aside(seen) or _opened_with(seen) or _noun_of_level(before, seen[match.start() : seen.index(OPEN)], known, prior)
    if prior and goes_on(cue, before, prior):
        return prior.noun if prior.measure == "level" and prior.noun else prior.indicator
    if rule.id == "change-noun-before":
        before = _TURNED.sub("", before)
    if rule.id in {"to-level", "from-level"}:
        before = _SHOWED.sub("", before)  # "(reserves) reported a marginal increase to"
    if rule.id == "change-noun-before" and not before.strip(" —–-•*") and (of := _OF_WHAT.match(seen, seen.index(CLOSE) + 1)):
        return phrase_after(of["np"])  # "A drop of ⟨3 percent⟩ in the use of coal"
    found = subject_before(before, cue if rule.id == "change-than" else "was")
    return with_lost_head(resolve_subject(found, before, known, prior), before, prior)


_SHOWED = re.compile(
    r"[ ](?:posted|recorded|saw|seen|registered|reported|showed|suffered|experienced|made|enjoyed)[ ](?:the|an?)[ ]"
    r"(?:[\w-]+[ ]?){0,2}\Z"
)
_OF_WHAT = re.compile(rf"[ ]in[ ](?P<np>(?:the[ ])?(?!(?:same|previous|first|second|third|fourth|past|last)\b)[a-z][^,.;:(){OPEN}]+)")
# What goes from a decline to an increase is no part of the subject.
_TURNED = re.compile(
    r"[ ](?:turned|shifted|swung|switched|moved|went|reversed|changed|rebounded|recovered)(?:[ ]around)?"
    r"(?:[ ]from[ ](?:an?|the|its)[ ][^,;]*)?[ ]*\Z"
)
_PUSHED = re.compile(
    r"\b(?:push(?:es|ed)?|drives?|drove|driven|brings?|brought|sends?|sent|pulls?|pulled)[ ](?P<np>[^,;:]{3,60})[ ]\Z"
)
_EMBEDDED = re.compile(r"\b(?:that|in[ ]which|where)[ ]")
_PARTICIPLE = re.compile(r"\w+ing\b")
_WITH_OWN = re.compile(r",[ ]with[ ][^,;]*[^,;\s][ ]*\Z")
_AT_COMMA = re.compile(r"(?:,[”\"]?|[ ]and)(?:[ ]+(?:\w+ly|together))?\s*\Z")
_QUOTES = " \"“'‘"


def _order_subject(rule: str, before: str, after: str, known: str, prior: Framed | None) -> str:
    """Ranks and streaks: what stands before them, or after: "For the third month in a row, energy prices fell"."""
    if rule == "rank":
        return resolve_subject(subject_before(before), before, known, prior) or leading_subject(before)
    if prior is None and not before.strip(_QUOTES):
        return leading_subject(after.lstrip(" ,")) or known
    return _main_subject(before, known, prior)


_DEEDS = re.compile(r"(?P<invest>invest)|(?P<spend>spen[dt])", re.IGNORECASE)
_INTO = re.compile(rf"{CLOSE}(?:[ ]\([^()]*\))?[ ](?:more[ ])?(?P<link>in|into|on)[ ]")


def _of_deed(cue: str, seen: str, thing: str) -> str:
    """Name what is done with money: "invest ⟨£2 billion⟩ in hospitals" is investment in hospitals."""
    deed, into = _DEEDS.match(cue), _INTO.search(seen)
    if not (deed and into and thing):
        return thing
    return f"{'investment' if deed['invest'] else 'spending'} {into['link'].removesuffix('to')} {thing}"


_SET_ASIDE = re.compile(
    rf"\b(?:amount|sum|(?P<outlay>outlay|allocation))[ ]of[ ](?:[\w ]{{1,20}}[ ])?{OPEN}[^{CLOSE}]*{CLOSE}"
    r"[ ](?:has|have|will|is|was|are|were)[ ](?:\w+[ ])?(?:set[ ]aside|allocated|earmarked|provided|reserved|made)"
    r"[ ](?:available[ ])?(?:for|to)[ ](?!(?:this|these|that)\b)(?P<np>.+)"
)


def _set_aside(seen: str) -> str:
    """Return what money is for: "An amount of ⟨R590 million⟩ has been set aside for the purchase of beds"."""
    found = _SET_ASIDE.search(seen)
    thing = phrase_after(found["np"]) if found else ""
    return f"{found['outlay']} for {thing}" if found and found["outlay"] else thing


_OPENED_WITH = re.compile(
    rf"\A\W*With[ ](?:an?|its|their|the)[ ](?P<head>(?:[\w-]+[ ]){{0,3}}[\w-]+)[ ]of[ ][^{OPEN},;]*{OPEN}[^{CLOSE}]*{CLOSE}"
    r",?[ ](?P<rest>(?:[Tt]he[ ])?[^,;]+)"
)


def _opened_with(seen: str) -> str:
    """Read whose it is behind the value: "With a population of ⟨20 million⟩, the city is"."""
    opened = _OPENED_WITH.match(seen)
    owner = leading_subject(opened["rest"]) if opened else ""
    return f"{opened['head']} of {owner}" if opened and owner and not is_pronoun(owner) else ""


_LED_IN = re.compile(r"\Awith[ ]an?[ ]")
_WITH_ITS = re.compile(r",?[ ](?:each[ ])?(?:with|for|having)[ ](?:an?|the)[ ][^,;]*\Z")


def _noun_of_level(before: str, cue: str, known: str, prior: Framed | None) -> str:
    found = resolve_subject(subject_before(before, cue), before, known, prior)
    if _SUMMARY.fullmatch(found):
        return _summarised(found, before, known, prior)
    if found and prior and prior.unit == "count" and prior.noun and _WITH_ITS.match(before) and " of " not in found:
        return f"{_LED_IN.sub('', found)} of {prior.noun}"  # "⟨12⟩ bridges with a length of"
    if before.endswith(" priced") and found:
        return f"price of {found}"
    held = _HELD_BY.fullmatch(found)
    if held:
        moved = _CHANGE_ALONE.search(held["np"])  # "trade kept up stable growth with a volume of"
        return f"{held['head']} of {(leading_subject(before) if moved else '') or trim(held['np'])}"
    earner = _earner(found, before) or _holder(found, before)
    antecedent = earner or (relative_antecedent(before) if len(found.split()) < 4 else "")
    return f"{found} of {antecedent}" if antecedent else found


_EARNED = re.compile(
    r"(?P<who>.*\w)[ ](?:saw|posted|recorded|reported|registered|booked|earned|made|realized|realised|achieved"
    r"|generated|logged|notched)[ ](?:up[ ])?(?:an?[ ]|the[ ])?(?:[\w-]+[ ])?(?P<flow>\w+)\Z"
)


def _earner(found: str, before: str) -> str:
    """Return whose profits they are: "(state firms) saw profits of", "" where nobody is said to earn them."""
    if not found or len(found.split()) > 2 or not before.endswith(found):
        return ""
    earned = _EARNED.fullmatch(before)
    if earned and earned["flow"] in FLOWS:
        who = subject_before(earned["who"])
        return "" if is_pronoun(who) else who
    return ""


_CHANGE_ALONE = re.compile(r"\b(?:growth|increase|rise|expansion|decline|momentum|trend)\Z")
_HELD_BY = re.compile(
    r"(?P<np>.+?)(?:,[ ]\w+ed[^,]*)?[ ](?:with|at|having)[ ](?:an?|its|the)[ ](?P<head>(?:[\w-]+[ ]){0,3}[\w-]+)"
)
_HOLDER = re.compile(
    r"(?P<who>\s?[^,;:]+),[ ](?:\w+ed[ ][^,;:]*)?(?:with|at|having)[ ](?:an?|the|its)[ ](?:[\w-]+[ ]){0,3}[\w-]+\Z"
)


def _holder(found: str, before: str) -> str:
    """Return what has a weight or a share: "(Coal), with a weight of", "" where a verb stands before the comma."""
    short = found and len(found.split()) <= 2 and before.endswith(found)
    held = _HOLDER.fullmatch(before) if short else None
    return subject_before(held["who"], " of") if held and not any(map(is_verb, held["who"].split())) else ""


_SUMMARY = re.compile(
    r"(?:(?:combined|record|all-time|historical|historic|new|recent|current|median|average|annual"
    r"|\w+-(?:year|month|week|quarter))[ ])*"
    r"(?:average|total|peak|maximum|minimum|record|high|low|range|projection|forecast|target|median)",
    re.IGNORECASE,
)


def _summarised(word: str, before: str, known: str, prior: Framed | None) -> str:
    """Return whose average or peak it is: of "visitors spent an average" visitors, of "The peak" the last."""
    ahead = re.sub(r"[ ](?:an?|the|its|their)(?:[ ]\w+)?\Z", "", before.rpartition(word)[0].rstrip())
    whose = resolve_subject(subject_before(ahead, ""), ahead, "", prior if OF_WHICH.search(before) else None)
    return whose or (f"{word} {known}" if word in {"peak", "high", "low"} and known else known)


_MOVED = re.compile(
    r"\b(?:bring|push|driv|send|tak|keep|pull)ing[ ](?P<np>[^,;:]{3,60}?)"
    r"[ ](?:up|down|higher|lower|back|below|above)\s*\Z"
)


def _main_subject(before: str, known: str, prior: Framed | None) -> str:
    """Participles, ranks and streaks speak of the subject of their main clause."""
    moved = _MOVED.search(before)
    if moved:
        return trim(moved["np"])
    if prior and re.match(r"[”\"',]*\s*(?:,|and)?\s*(?:(?:rising|falling|growing|up|down)\s*)?\Z", before):
        return prior.noun or prior.indicator
    if prior and prior.noun and is_verb(before.strip(" ,;")):
        return prior.noun  # "⟨628,000⟩ companies had a record, topping"
    found = leading_subject(_EMBEDDED.split(before)[-1]) or leading_subject(before) or subject_before(before)
    if known and FORECAST.fullmatch(found):
        return known
    return known if is_pronoun(found) or (is_gerund(found.split()[0]) and prior is not None) else found


# "the contribution of exports to economic growth" is no growth
_RELATIVE_TO = re.compile(
    r"\b(?:contribution|contributed|relation|relative|contrast)\b.*[ ]to[ ](?:the[ ])?(?:\w+[ ])?\Z"
)


_SPAN = re.compile(
    r"(?:(?:[\w-]+-(?:year|quarter|month)|compound|quarterly|monthly|yearly|previous|preceding|earlier|record|likely|latest"
    r"|overall|strong|weak|sharp|modest|corresponding|average)(?:[ ]|\Z))+"
)


_TOGETHER = re.compile(r"\bwith[ ](?:an?[ ])?(?:\w+[ ])?\Z")


def _noun_subject(groups: dict[str, str | None], known: str) -> str:
    """Measure what grows: of "GDP growth" GDP, of "the growth rate of exports" exports, of "the growth" the last."""
    of = groups.get("of") or ""
    if _RELATIVE_TO.search(groups["np"] or ""):
        return trim(subject_before(f"{groups['np']}{groups.get('word') or ''}", " of"))
    tail = (subject_before(of, "") if of else "") or phrase_after(re.sub(r"\A\s*(?:of|in)\s+", "", of))
    shown = _SHOWN.match(groups.get("np") or "")
    doer = shown and (is_participle(shown["verb"]) or is_verb(shown["verb"]))
    head = (
        subject_before(f"{shown['who']} {shown['verb']}", "") if shown and doer else subject_before(groups["np"] or "")
    )
    head = re.sub(r"\b(?:year-on-year|annual|real|nominal|average|rate of|pace of)\b", "", head, flags=re.IGNORECASE)
    found = trim(head)
    place = bool(re.match(r"\s*in\s+(?:the\s+)?[A-Z]", groups.get("of") or ""))
    if tail and not place:
        return tail
    if tail:  # "economic growth in Fiji", "GDP growth in Fiji"
        measured = found if " " in found or found.isupper() else f"{found} {groups.get('word') or ''}".strip()
        return f"{measured} in {tail}"
    word, verb = groups.get("word") or "", (groups.get("np") or "").split()
    if verb and (is_verb(verb[-1]) or verb[-1] in {"of", "for"}):
        return word  # "reach growth of 5 percent"
    definite = _DEFINITE.search(groups.get("np") or "")
    if found.casefold() in _QUESTIONS or (is_verb(found) and not (definite and not found)):
        return word  # "we expect growth of 1.6 per cent"
    ahead = (groups.get("np") or "").partition(found)[0] if found else ""
    if known and _SPAN.fullmatch(found) and (_DEFINITE.search(ahead) or _TOGETHER.search(ahead)):
        return known  # "while the two-year average growth rate was", "with average two-year growth rates of"
    if " " not in found and found.endswith(("ic", "al", "year", "wide")):
        return f"{found} {word}"  # an adjective alone: "economic growth"
    return known if is_pronoun(found) else found
