"""Lists that pair with lists: "A, B and C grew by 5%, 7% and 9%, 2, 3 and 4 points faster than the average"."""

from __future__ import annotations

import itertools
import re

from flows.parse.antecedents import swap_tail
from flows.parse.links import CHAIN_ELSEWHERE, ELSEWHERE
from flows.parse.measures import FLOWS
from flows.parse.nouns import trim
from flows.parse.quantity import Context, Line, Value
from flows.parse.subject_phrases import subject_before

_BETWEEN = re.compile(r"\s*(?:,|,?\s*\b(?:and|or)\b|/)\s*(?:(?:by|to|at)\s+)?")
_PARTS = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s+as well as\s+|\s+while\s+")
_OWN_COMMA = re.compile(r",\s+and\s+")
_THAT_OF = re.compile(r",?\s+(?:and\s+)?(?:that|those)\s+(?P<link>of|in)\s+")
_TAIL = re.compile(r"[ ](?:of|for|in|on)[ ](?!hand\Z).+\Z")
_PREPOSITION = re.compile(r"\b(?:of|for|in|on|to|from|by)\s+(?:the\s+)?")
# Each part has its own "of": "the control rate of processes and the penetration rate of tools".
_OWN_OF = re.compile(r"[ ]of[ ].*[ ]and[ ]the[ ][\w -]+[ ]of[ ]")
_ANNOUNCED = re.compile(r"\b(?:two|three|four|five|six|\d)[ ](?:\w+[ ]){0,2}\w+s\Z")
_OWNED = re.compile(r"(?:their|its)[ ]")
_SHORT = 2  # words: "output and sales of cars" are the output of cars and the sales of cars


def pair_respective(line: Line, values: list[Value], context: Context) -> None:
    """Give each value of a list its own subject; a later list as long takes the subjects of the first.

    A list that has one subject alone is of the places that the values before told apart: "rose by 5% in the north and
    by 6% in the south. Rents rose by 2% and 3% respectively."
    """
    _tell_apart(values)
    at, known, subjects = 0, "", list[str]()
    while at < len(values):
        stop = _end_of_list(line, values, at)
        first, count = values[at].frame, stop - at
        measured = first.noun if first.whole else first.indicator
        if count > 1 and not (measured == known and len(subjects) == count):
            known = measured
            subjects = (
                _exemplified(measured, count) or split_subject(measured, count) or _listed(values[at].left, count)
            )
        if count > 1 and not subjects and _RESPECTIVELY.match(line.text, values[stop - 1].amount.char_end):
            subjects = _told_before(values[:at], count) or _named_first(values[at].left, measured, count)
        if count > 1 and subjects:
            for value, subject in zip(values[at:stop], subjects, strict=True):
                value.frame.indicator = f"{subject} of {first.whole}" if first.whole else subject
        elif (
            count > 1
            and count == len(context.places)
            and _RESPECTIVELY.match(line.text, values[stop - 1].amount.char_end)
        ):
            for value, place in zip(values[at:stop], context.places, strict=True):
                value.frame.indicator = f"{value.frame.indicator} in {place}"
        at = stop
    context.places = _places(values) or context.places


def _told_before(values: list[Value], count: int) -> list[str]:
    """Return what the levels before are of, one for each: "exports were 5 and imports 4 billion, up (3%) and"."""
    levels = [value.frame.indicator for value in values[-count:] if value.frame.measure == "level"]
    return levels if len(levels) == count == len(set(levels)) else []


_NAMES = re.compile(
    r"(?:\A\W*|.*(?:--|[—–])[ ])(?P<np>(?:[Tt]he )?[A-Z][^;:()]*?)"
    r" (?:were|are|saw|ranked|remained|led|posted|registered|recorded|contributed|became)\b"
)


def _named_first(left: str, measured: str, count: int) -> list[str]:
    """Return the names that open the sentence: "Altania and Lund were on top, with increases of (3%) and"."""
    named = _NAMES.match(left) if " " not in measured else None
    return (split_subject(named["np"], count) or []) if named else []


def _tell_apart(values: list[Value]) -> None:
    """Name the first place, too, where the second has one: "rose by 5% in the north and by 6% in the south"."""
    for first, second in itertools.pairwise(values):
        _set_against(first, second)
        apart = CHAIN_ELSEWHERE.match(second.left) if second.frame.chained else None
        if not apart or first.frame.indicator in {second.frame.indicator, apart["np"]}:
            continue
        link, place = apart["link"], apart["np"]
        if (
            swap_tail(first.frame.indicator, second.frame.indicator.rpartition(f" {link} ")[2], link)
            == second.frame.indicator
        ):
            first.frame.indicator = swap_tail(first.frame.indicator, place, link)


# What stands between two ways that one thing went: it fell by 5% "in mining but rose by" 6% in trade.
_BUT_IN = re.compile(
    r"[ ](?P<link>in|for|among)[ ](?P<np>[^,;:()]{2,50}?),?[ ](?:but|and|while|yet)[ ](?:they[ ]|it[ ])?[a-z]+"
    r"(?:[ ]\w+ly)?(?:[ ]by)?[ ]"
)


def _set_against(first: Value, second: Value) -> None:
    """Name both places where one went two ways: "output fell by ⟨5%⟩ in mining but rose by ⟨6%⟩ in trade"."""
    here, there = first.frame, second.frame
    alike = here.measure == there.measure == "change" and here.indicator == there.indicator
    apart = _BUT_IN.fullmatch(second.left) if alike and here.sign != there.sign else None
    other = ELSEWHERE.match(second.right) if apart else None
    if apart and other and apart["link"] == other["link"] and " in " not in here.indicator:
        here.indicator = swap_tail(here.indicator, apart["np"], apart["link"])
        there.indicator = swap_tail(there.indicator, other["np"], other["link"])


_RESPECTIVELY = re.compile(r"(?:[ ](?:year|month)[ -]on[ -](?:year|month))?,?[ ]respectively\b")


def _places(values: list[Value]) -> list[str]:
    """Return the places of "(rose by 5%) in the north and (by 6%) in the south"."""
    apart = [value.frame.indicator.rpartition(" in ") for value in values]
    alike = len(apart) > 1 and len({head for head, _, _ in apart}) == 1 and apart[0][0] != ""
    return [place for _, _, place in apart] if alike else []


_CLOSED = re.compile(r",[ ][^,;]*\Z")  # behind the comma that ends the names stands the verb: "…, accounted for "


def _listed(left: str, count: int) -> list[str]:
    """Return the names of "three sectors, namely mining, steel and power", if there are as many as values."""
    _, announced, names = left.rpartition("namely ")
    names = _CLOSED.sub("", names)
    return (split_subject(subject_before(names), count) or []) if announced else []


_EXAMPLES = re.compile(
    r"(?P<head>.*[ ](?:of|for|in|on|to|from|with|by)[ ])[\w '’-]+?,?[ ](?:such as|including|namely)[ ]"
)


def _exemplified(subject: str, count: int) -> list[str]:
    """Read "trade with old markets such as A, B and C" as three: the trade with each of them."""
    given = _EXAMPLES.match(subject)
    parts = [part for part in _PARTS.split(subject[given.end() :]) if part.strip()] if given else []
    return [trim(f"{given['head']}{part}") for part in parts] if given and len(parts) == count else []


def _end_of_list(line: Line, values: list[Value], at: int) -> int:
    """Return where the list ends that begins with a value: one subject, one kind of value, nothing but commas."""
    first, stop = values[at].frame, at + 1
    while stop < len(values):
        here, before = values[stop], values[stop - 1]
        gap = line.masked[before.amount.char_end - line.start : here.amount.char_start - line.start]
        alike = here.frame.indicator == first.indicator and here.amount.unit == before.amount.unit
        listed = here.frame.chained or (here.frame.measure == first.measure and _BETWEEN.fullmatch(gap))
        if not (alike and listed) or _is_dated(line, before.amount.char_end, here.amount.char_start):
            break
        stop += 1
    return stop


def _is_dated(line: Line, start: int, end: int) -> bool:
    """Does a time stand between two values: "2.4% this year and 1.8% in 2027"? Then they measure one thing."""
    return line.text[start:end] != line.masked[start - line.start : end - line.start]


def split_subject(subject: str, count: int) -> list[str] | None:
    """Pair "A, B and C" with three values: return one subject for each, or None where the parts do not come out."""
    first, *rest = _THAT_OF.split(subject)
    if rest and len(rest) == 2 * (count - 1):  # "value of steel and that of tin": each with its link
        return [trim(first), *(_of_other(first, *one) for one in zip(rest[::2], rest[1::2], strict=True))]
    for head, coordinated in _coordinations(subject):
        for joint in (_PARTS, _OWN_COMMA):
            parts = [part for part in joint.split(coordinated) if part.strip()]
            if len(parts) == count + 1 and _ANNOUNCED.search(parts[0]):
                return [trim(part) for part in parts[1:]]  # "growth of the three sectors, mining, steel and power"
            if len(parts) == count and head and any(_OWNED.match(part) for part in parts[1:]):
                break  # "the number of workers and their average wage"
            if len(parts) == count:
                parts = _with_shared_noun(parts)
                bare = head.removesuffix("the ")  # "exports to the Union and (to) Altania"
                heads = [head, *(bare if part[:1].isupper() else head for part in parts[1:])]
                pairs = zip(heads, parts, strict=True)
                return [trim(f"{opening}{part}".replace(" of of ", " of ")) for opening, part in pairs]
    return None


def _of_other(first: str, link: str, other: str) -> str:
    head, linked, _ = first.partition(f" {link} ")
    return f"{head} {link} {trim(other)}" if linked and link != "of" else swap_tail(first, other)


def _coordinations(subject: str) -> list[tuple[str, str]]:
    """Return where the list may begin: behind the last preposition before the first joint, or with the subject."""
    joint = _PARTS.search(subject)
    heads = [m.end() for m in _PREPOSITION.finditer(subject, 0, joint.start() if joint else 0)]
    tails = [(subject[:end], subject[end:]) for end in reversed(heads)]
    whole = ("", subject)
    return [whole, *tails] if _OWN_OF.search(subject) else [*tails, whole]


def _with_shared_noun(parts: list[str]) -> list[str]:
    last = parts[-1].split()
    tail = _TAIL.search(parts[-1])
    if tail and all(len(part.split()) <= _SHORT for part in (*parts[:-1], parts[-1][: tail.start()])):
        return [f"{part}{tail[0]}" for part in parts[:-1]] + [parts[-1]]
    modified, _, flow = parts[0].rpartition(" ")
    if modified and flow in FLOWS and all(part.strip() in FLOWS for part in parts[1:]):
        return [parts[0], *(f"{modified} {part}" for part in parts[1:])]  # "vehicle output and sales"
    if len(last) > 1 and last[0] != "the" and all(len(part.split()) == 1 for part in parts[:-1]) and len(last) == 2:
        return [f"{part} {last[-1]}" for part in parts[:-1]] + [parts[-1]]
    return parts
