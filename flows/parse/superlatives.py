"""Who leads and who trails: "The highest rates were recorded in Spain (11.2%), Greece (9.3%) and Italy (8.1%)"."""

from __future__ import annotations

import re
from dataclasses import replace

from flows.parse.antecedents import swap_tail
from flows.parse.measures import Framed, by_unit, sign_of
from flows.parse.nouns import fold, trim
from flows.parse.subject_phrases import subject_before

_NOTED = r"(?:recorded|registered|observed|seen|reported|found|posted|noted)"
_HAS = r"(?:has|had|have|is[ ]expected[ ]to[ ]have|saw|showed|recorded|posted)"
_TOP = (
    r"\b(?:highest|lowest|largest|smallest|strongest|biggest|sharpest|steepest|greatest|fastest|slowest|weakest"
    r"|most|fewest)[ ](?P<np>[^(),;]*?)"
)
_RECORDED = re.compile(
    rf"{_TOP}[ ](?:was|were|is|are|has[ ]been|have[ ]been)[ ](?:(?:\w+[ ])?{_NOTED}[ ])?"
    r"(?P<link>in|by|for|among|at)[ ](?P<item>[^();]+)\(\Z",
    re.IGNORECASE,
)
_HELD = re.compile(rf"(?:\A|,[ ])[ ]?(?P<item>[\w&' -]+?)[ ]{_HAS}[ ](?:the[ ])?{_TOP}\s*\(\Z", re.IGNORECASE)
# "Prices rose for most foods, such as beer (34.7 percent)": how each example went
_MOVED_FOR = re.compile(
    r"(?P<who>[^();]*\w)[ ](?:(?:has|have|had|also)[ ])*(?P<verb>rose|fell|grew|increased|decreased|declined|dropped"
    r"|climbed|jumped|surged|slid|slipped|advanced|risen|fallen|grown)[ ](?:\w+ly[ ])?(?P<link>for|in|of)[ ]"
    r"[^();,]*,[ ]?(?:such[ ]as|including|notably|especially|particularly|among[ ]them|led[ ]by|namely)[ ]"
    r"(?:in[ ]|for[ ])?(?P<item>[^();,]+?)[ ]?\(\Z"
)
_NEXT = re.compile(
    r"(?:[^()]*\))?,?[ ]?(?:and[ ]|followed[ ]by[ ]|ahead[ ]of[ ]|while[ ]|[;,][ ])*"
    r"(?:the[ ](?:\w+est|fewest)[ ]"
    r"(?:(?:increases?|decreases?|rises?|falls?|gains?|declines?|drops?|rates?|shares?)[ ])?"
    r"(?:(?:in|by|for)[ ])"
    r"|(?:\w+[ ])?(?:rose|fell|grew|declined|increased|decreased|dropped)[ ](?:in|for)[ ])?"
    r"(?P<item>[^();]*[^();\s])[ ]?\(\Z"
)
_CHANGE = re.compile(
    r"(?:(?:annual|monthly|quarterly|yearly|year-on-year)[ ])?(?:increases?|rises?|gains?|decreases?|declines?|falls?"
    r"|drops?|growth(?:[ ]rates?)?|reductions?)",
    re.IGNORECASE,
)
_CHANGE_IN = re.compile(rf"\A{_CHANGE.pattern}[ ](?:in|of)[ ](?:the[ ])?", re.IGNORECASE)
_PART = re.compile(r"\A(?:share|proportion|percentage)s?[ ]of[ ]", re.IGNORECASE)


def listed(left: str, unit: str, prior: Framed | None, known: str) -> Framed | None:
    """Return the frame of a value in brackets behind a name of such a list, None where there is none.

    Args:
        left: the words before the value, back to the value before it, the opening bracket last.
        unit: its unit.
        prior: the frame of the value before.
        known: what was measured last, for "the highest annual increases".
    """
    found = _RECORDED.search(left) or _HELD.search(left)
    moved = _MOVED_FOR.search(left) if not found and unit == "percent" else None
    if moved and (who := subject_before(moved["who"])):
        return replace(_led(moved["item"], f"{moved['link']} {who}", "change"), sign=sign_of(moved["verb"]))
    if not found:
        again = _NEXT.fullmatch(left) if prior and prior.listed else None
        return replace(_led(again["item"], prior.listed, prior.measure), sign=prior.sign) if prior and again else None
    named = trim(found["np"])
    measure = "share" if _PART.match(named) and unit == "percent" else by_unit(unit, named, "")[0]
    if measure != "share" and (change := _CHANGE_IN.match(named)):
        named, measure = named[change.end() :], "change"
    head = known if _CHANGE.fullmatch(named) else re.sub(r"\brates\Z", "rate", _PART.sub("", named))
    return _led(found["item"], f"{found.groupdict().get('link') or 'of'} {head}", measure) if head else None


def _led(item: str, shared: str, measure: str) -> Framed:
    link, _, head = shared.partition(" ")
    indicator = swap_tail(head, item, link) if link == "in" else fold(f"{head} {link} {trim(item)}")
    return Framed(measure, 1, indicator, "superlative-list", listed=shared)


# "growth was strongest in India, at", "and weakest in Chad, at"
_PLACED = re.compile(
    r"(?:(?P<who>.*\w)[ ](?:was|were|is|are|remained)|,?[ ](?:and|while|but)(?:[ ](?:was|the))?)[ ](?:the[ ])?"
    r"(?:\w+est|(?:most|least)[ ]\w+)[ ](?P<link>in|among|for)[ ](?P<np>(?:the[ ])?[A-Za-z][^,;:()]*),?"
)


def placed(before: str, known: str) -> str:
    """Return what is measured where a superlative names its place, "" where none does; `known` was measured last."""
    found = _PLACED.fullmatch(before) if "est " in before or "st " in before else None
    who = (subject_before(found["who"]) if found["who"] else known.partition(f" {found['link']} ")[0]) if found else ""
    return f"{who} {found['link']} {trim(found['np'])}" if found and who else ""
