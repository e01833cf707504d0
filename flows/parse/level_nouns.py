"""The noun that a level stands behind: "an investment of", "at a cost of", "with an average of", and whose it is."""

from __future__ import annotations

import re

from flows.parse.antecedents import HEAD, OF_WHICH, resolve_subject
from flows.parse.given import put_words
from flows.parse.marks import CLOSE, OPEN
from flows.parse.measures import FLOWS, Framed
from flows.parse.nouns import is_pronoun, is_verb, phrase_after, trim
from flows.parse.subject_openings import leading_subject, relative_antecedent
from flows.parse.subject_phrases import subject_before
from flows.parse.superlatives import placed
from flows.parse.tasks_lemmas import is_gerund, is_verb_form

_SET_ASIDE = re.compile(
    rf"\b(?:amount|sum|(?P<outlay>outlay|allocation|provision))[ ]of[ ](?:[\w ]{{1,20}}[ ])?{OPEN}[^{CLOSE}]*{CLOSE}"
    r"[ ](?:has|have|will|is|was|are|were)[ ](?:\w+[ ])?(?:set[ ]aside|allocated|earmarked|provided|reserved|made)"
    r"[ ](?:available[ ])?(?:for|to)[ ](?!(?:this|these|that)\b)(?P<np>.+)"
)


def _set_aside(seen: str) -> str:
    """Return what money is for: "An amount of ⟨R590 million⟩ has been set aside for the purchase of beds"."""
    found = _SET_ASIDE.search(seen)
    thing = phrase_after(found["np"]) if found else ""
    return f"{found['outlay']} for {thing}" if found and found["outlay"] else thing


_OPENED_WITH = re.compile(
    r"\A\W*With[ ](?:an?|its|their|the)[ ](?P<head>(?:[\w-]+[ ]){0,3}[\w-]+)[ ]of[ ]"
    rf"[^{OPEN},;]*{OPEN}[^{CLOSE}]*{CLOSE}"
    r",?[ ](?P<rest>(?:[Tt]he[ ])?[^,;]+)"
)


def _opened_with(seen: str) -> str:
    """Read whose it is behind the value: "With a population of ⟨20 million⟩, the city is"."""
    opened = _OPENED_WITH.match(seen)
    owner = leading_subject(opened["rest"]) if opened else ""
    return f"{opened['head']} of {owner}" if opened and owner and not is_pronoun(owner) else ""


_LED_IN = re.compile(r"\Awith[ ]an?[ ]")
_WITH_ITS = re.compile(
    r"(?:[ ](?:in|across)[ ][A-Z][^;]{2,60}?)?,?[ ](?:each[ ])?(?:with|for|having)[ ](?:an?|the)[ ][^,;]*\Z"
)


_FOR_A_PERIOD = re.compile(
    r",?[ ](?:spread[ ])?(?:for|over)[ ](?:a|the)[ ](?:\w+[ ])?period[ ]of[ ][\w-]+[ ](?:years?|months)\b"
)


def noun_of_level(before: str, rest: str, seen: str, known: str, prior: Framed | None) -> str:
    """Return what a level is of: "an investment of", "a fund with a corpus of" → "corpus of fund".

    Args:
        before: the words of the clause before the cue.
        rest: the words from the cue on.
        seen: the window of the frame.
        known: what was measured last.
        prior: the frame of the value before.
    """
    before = _FOR_A_PERIOD.sub("", before) if " period of " in before else before
    rated = _AT_RATE.search(before) if before.endswith((" rate", " pace")) else None
    if rated and (found := subject_before(before[: rated.start()])):
        return known if is_pronoun(found) else found  # "housing starts were at an annual rate of"
    found = _set_aside(seen) or _opened_with(seen) or placed(before, known)
    if found:
        return found
    cue = "was" if rest.startswith(" worth") and _BEING.search(before) else rest[: rest.index(OPEN)]
    found, behind = _held(before, cue, known, prior), seen[seen.index(CLOSE) + 1 :]
    if not found and (put := put_words(behind)):
        return put  # "A total of ⟨Rs 1,345 crore⟩ has been released to states"
    of = _OF_NOUN.match(behind)
    head = found.partition(" of ")[0].rpartition(" ")[2].casefold()
    aims = (
        not head or head in _AIMS or (head.endswith("ing") and is_gerund(head))
    )  # "retrofitting of ⟨3 GW⟩ of coal units"
    if of and aims and (thing := phrase_after(of["np"])):
        return thing  # "set a goal of ⟨200 GW⟩ of solar capacity", "a total of ⟨3 GW⟩ of capacity"
    return f"{found}{_tail(behind)}" if len(found.split()) <= _SHORT and not is_pronoun(found) else found


_AT_RATE = re.compile(
    r"[ ](?:is|are|was|were|stood|ran|running|came[ ]in|sold|sell)[ ]at[ ]an?[ ](?:[\w-]+[ ]){0,4}(?:rate|pace)\Z"
)
_BEING = re.compile(r"\b(?:is|are|was|were|be|been|being)(?:[ ]now|[ ]currently)?\Z")  # "the market is (worth)"
_AIMS = frozenset(("goal", "target", "objective", "total", "sum", "amount", "maximum", "minimum"))
_OF_NOUN = re.compile(rf"[ ](?:worth[ ])?of[ ](?!(?:which|whom|them|this|these|it|that)\b)(?P<np>[^,.;:(){OPEN}\d]+)")
_TAIL = re.compile(
    r"[ ](?P<link>in|for|to)[ ](?P<np>(?!(?:the[ ])?(?:year|years|month|months|quarter|period|first|second|third|last"
    r"|next|same|past|coming|end|which|whom|this|that|these|both|each|total|all|cash|full|part)\b)"
    rf"(?:[a-z][^,.;:(){OPEN}\d]+|[A-Z][\w-]+(?:[ ](?:and[ ])?[A-Z][\w-]+)+))"
)
_SHORT = 2  # words


def _tail(behind: str) -> str:
    """Return what the level is for: of "credit of ⟨2 billion⟩ for small firms" " for small firms"."""
    tail = _TAIL.match(behind)
    purpose = tail is not None and tail["link"] == "to" and is_verb_form(tail["np"].split()[0])
    thing = phrase_after(tail["np"]) if tail and not purpose else ""
    return f" {tail['link']} {thing}" if tail and thing else ""


_COMBINED = re.compile(r"[ ]((?:combined|aggregate|cumulative)[ ][a-z]+)\Z")
_AGAINST = re.compile(r"\A(?:well[ ])?(?:below|above|under|near)[ ](?:its|the|their)[ ]")  # "below its average of"


def _held(before: str, cue: str, known: str, prior: Framed | None) -> str:
    joint = _COMBINED.search(before)
    found = joint[1] if joint else resolve_subject(subject_before(before, cue), before, known, prior)
    found = _AGAINST.sub("", found)
    if _SUMMARY.fullmatch(found):
        return _summarised(found, before, known, prior)
    if found and prior and prior.unit == "count" and prior.noun and _WITH_ITS.match(before) and " of " not in found:
        inside = _HELD_BY.fullmatch(found)  # "⟨four⟩ plants in Ardal, Borva and Cand with an investment of"
        return f"{inside['head'] if inside and inside['head'] else _LED_IN.sub('', found)} of {prior.noun}"
    if before.endswith(" priced") and found:
        return f"price of {found}"
    having = _HAVING.fullmatch(found)
    if having:
        return f"{having['what']} of {having['who'].rpartition(' of ')[2]}"  # "a group with annual revenue of"
    held = _HELD_BY.fullmatch(found)
    if held:
        moved = _CHANGE_ALONE.search(held["np"])  # "trade kept up stable growth with a volume of"
        owner = (leading_subject(before) if moved else "") or _who_has(trim(held["np"]))
        return f"{held['head'] or held['heads']} of {owner}"
    spanned = _AND_ITS.match(before)
    if spanned and prior and prior.rule == "level-of-noun" and (owned := HEAD.match(prior.indicator)):
        return f"{found} of {owned['tail']}" if owned["link"] == "of" and before.endswith(found) else found
    earner = _earner(found, before) or _holder(found, before)
    antecedent = earner or (relative_antecedent(before) if len(found.split()) < 4 else "")
    return f"{found} of {antecedent}".removeprefix(" of ") if antecedent else found


_HAVING = re.compile(
    r"(?P<who>[^,]*\w)[ ]with[ ](?P<what>(?:annual|combined|total|joint|planned|average|yearly)[ ][^,]+)"
)
_EARNED = re.compile(
    r"(?P<who>.*\w)[ ](?:saw|posted|recorded|reported|registered|booked|earned|made|realized|realised|achieved"
    r"|generated|reached|hit|attained|logged|notched|showed|ran|yielded|(?:came|amounted|swung|turned)[ ]to)"
    r"[ ](?:up[ ])?(?:an?[ ]|the[ ])?(?:[\w-]+[ ])?(?P<flow>\w+)\Z"
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


def _who_has(phrase: str) -> str:
    """Return the firms of "profits of firms (with sales of)"; a "fund of funds" is one thing."""
    head = HEAD.match(phrase)
    measured = head and head["link"] == "of" and head["head"].rpartition(" ")[2].casefold() in FLOWS
    return head["tail"] if head and measured else phrase


# What goes on beside it: a bridge with a length of 24 km "and a main span" of so much.
_AND_ITS = re.compile(r"[ ]and[ ]an?[ ](?:[\w-]+[ ]){0,2}[\w-]+\Z")
_CHANGE_ALONE = re.compile(r"\b(?:growth|increase|rise|expansion|decline|momentum|trend)\Z")
_HELD_BY = re.compile(
    r"(?P<np>.+?)(?:,[ ]\w+ed[^,]*)?[ ](?:with|at|having)[ ]"
    r"(?:(?:an?|its|the)[ ](?P<head>(?:[\w-]+[ ]){0,3}[\w-]+)|(?P<heads>(?:[\w-]+[ ]){0,2}[\w-]+s))"
)
_HOLDER = re.compile(
    r"(?P<who>\s?[^,;:]+),[ ](?:\w+ed[ ][^,;:]*)?(?:with|at|having|covering|boasting|featuring)[ ](?:an?|the|its)[ ]"
    r"(?:[\w-]+[ ]){0,3}[\w-]+\Z"
)


def _holder(found: str, before: str) -> str:
    """Return what has a weight or a share: "(Coal), with a weight of", "" where a verb stands before the comma."""
    short = found and len(found.split()) <= 2 and before.endswith(found)
    held = _HOLDER.fullmatch(before) if short else None
    return subject_before(held["who"], " of") if held and not any(map(is_verb, held["who"].split())) else ""


_SUMMARY = re.compile(
    r"(?:(?:combined|monthly|quarterly|yearly|daily|weekly|national|world|record|all-time|historical|historic|new|recent|current|median|average|annual"
    r"|\w+-(?:year|month|week|quarter))[ ])*"
    r"(?:average|total|peak|maximum|minimum|record|high|low|range|projection|forecast|target|median)",
    re.IGNORECASE,
)


def _summarised(word: str, before: str, known: str, prior: Framed | None) -> str:
    """Return whose average or peak it is: of "visitors spent an average" visitors, of "The peak" the last."""
    ahead = re.sub(r"[ ](?:an?|the|its|their)(?:[ ]\w+)?\Z", "", before.rpartition(word)[0].rstrip())
    whose = resolve_subject(subject_before(ahead, ""), ahead, "", prior if OF_WHICH.search(before) else None)
    return whose or known
