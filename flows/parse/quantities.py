"""Quantities of running text: every number that says how much, with its unit, what it measures, and which way it went.

>>> [found] = find_quantities("Exports of solar panels grew by nearly 5 percent last year.")
>>> found.value, found.unit, found.direction, found.bound, found.indicator
(5.0, 'percent', 'up', 'less_than', 'Exports of solar panels')
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from flows.parse.amounts import Amount, build_amounts, inherit_from_earlier
from flows.parse.frames import Framed, frame_value, split_subject
from flows.parse.nouns import counted_noun, fold
from flows.parse.numbers import Number, find_numbers
from flows.parse.periods import Anchor, Period, find_periods
from flows.parse.roles import Role, role_of
from flows.parse.rules import Rule, load_rules
from flows.parse.sentences import split_sentences
from flows.parse.units import UnitTable, unit_table
from flows.vocabulary import default_vocabulary


class Quantity(NamedTuple):
    """One quantity of a sentence.

    `value` and `value_upper` are scaled out; a fall is negative. `noun` is what a count counts, "" for others.
    `direction` is ``up`` or ``down`` for a change, else None. `numbers` are indexes into the numerals of the call.
    """

    char_start: int
    char_end: int
    value: float
    value_upper: float | None
    unit: str
    noun: str
    direction: str | None
    bound: str
    indicator: str
    measure: str
    comparison: str | None
    status: str
    out_of: float | None
    rule: str
    numbers: tuple[int, ...]
    linked: bool


class Reading(NamedTuple):
    """A sentence read: its quantities, and the role of each of its numerals by index."""

    quantities: list[Quantity]
    roles: dict[int, Role]


@dataclass(slots=True)
class Context:
    """What one sentence hands on to the next: what was measured last, against what."""

    indicator: str = ""
    comparison: str | None = None
    carries_comparison: bool = False


_OUT_OF = re.compile(
    r"[ ](?:out[ ]of|of)(?:[ ](?:the|a[ ]total[ ]of|all|our|its|these|those|their))?(?:[ ][\w'’-]+){0,2}[ ]"
)
_OF_WHICH = re.compile(r"[ ]of[ ](?:which|whom|them|these|those)\b")
_WHICH_BEFORE = re.compile(r"\bof[ ](?:which|whom|them|these)\b[^.;,]{0,16}\Z")
_GENERIC = "count"


def find_quantities(text: str, *, table: UnitTable | None = None) -> list[Quantity]:
    """Return every quantity of a bare text, sentence by sentence, without a document around it.

    Offsets are code points of `text`. Dates, ordinals, names and numbers of the text's own parts are left out.
    """
    numbers, found = find_numbers(text), list[Quantity]()
    context = Context()
    for bounds in split_sentences(text, 0, len(text)):
        first, last = _inside(numbers, bounds)
        if first < last:
            periods = find_periods(text, *bounds, Anchor(None))
            found += read_sentence(
                text, bounds, numbers, (first, last), periods, table or _default_table(), context
            ).quantities
    return found


@lru_cache(maxsize=1)
def _default_table() -> UnitTable:
    return unit_table(default_vocabulary())


def _inside(numbers: list[Number], bounds: tuple[int, int]) -> tuple[int, int]:
    first = sum(number.char_start < bounds[0] for number in numbers)
    return first, first + sum(bounds[0] <= number.char_start < bounds[1] for number in numbers)


def read_sentence(
    text: str,
    bounds: tuple[int, int],
    numbers: list[Number],
    span: tuple[int, int],
    periods: list[Period],
    table: UnitTable,
    context: Context,
) -> Reading:
    """Read the numerals ``numbers[slice(*span)]``, all of the sentence ``text[slice(*bounds)]``."""
    amounts = build_amounts(text, numbers, *span, bounds, table)
    inherit_from_earlier(
        text,
        amounts,
        [counted_noun(text, amount.char_end, bounds[1]) if amount.unit is None else "" for amount in amounts],
    )
    taken = [role_of(text, amount, bounds, periods) for amount in amounts]
    _take_wholes(text, amounts, taken)
    _mark_orders(amounts, taken)
    _find_antecedents(text, amounts, bounds)
    roles = {index: role for amount, role in zip(amounts, taken, strict=True) for index in amount.numbers}
    masked = mask(text, bounds, periods)
    values = [amount for amount, role in zip(amounts, taken, strict=True) if role.role == "metric"]
    quantities = _read_values(text, masked, bounds, values, roles, context)
    for quantity in quantities:
        roles.update(dict.fromkeys(quantity.numbers, Role("metric", quantity.rule)))
    return Reading(quantities, roles)


def mask(text: str, bounds: tuple[int, int], periods: list[Period]) -> str:
    """Return the sentence with its time phrases blanked, lead words and all, each code point in its place."""
    start, end = bounds
    sentence = text[start:end]
    for period in periods:
        lead = len(period.lead.split(" ")[0]) if period.lead in _MASKED_LEADS else 0
        begin = period.char_start - start
        cut = sentence.rfind(period.lead, 0, begin) if lead else begin
        cut = begin if cut < 0 or begin - cut > len(period.lead) + 6 else cut
        stop = period.char_end - start
        stop += 2 if sentence[stop : stop + 2] in {"'s", "’s"} else 0
        sentence = sentence[:cut] + " " * (stop - cut) + sentence[stop:]
    return sentence


_MASKED_LEADS = frozenset(
    (
        "in",
        "during",
        "for",
        "by",
        "at",
        "of",
        "over",
        "on",
        "as of",
        "throughout",
        "within",
        "since",
        "from",
        "through",
        "until",
        "between",
        "after",
        "before",
        "up to",
    )
)


def _mark_orders(amounts: list[Amount], taken: list[Role]) -> None:
    """Ranks and streaks are units of their own from here on."""
    for amount, role in zip(amounts, taken, strict=True):
        if role.rule in {"rank", "rank-number"}:
            amount.unit = "rank"
        elif role.rule == "streak":
            amount.unit = "streak"


def _find_antecedents(text: str, amounts: list[Amount], bounds: tuple[int, int]) -> None:
    """ "50 cities, more than 10 of which": the second counts what the first counts."""
    for before, here in itertools.pairwise(amounts):
        behind = _OF_WHICH.match(text, here.char_end, bounds[1]) or _WHICH_BEFORE.search(
            text[before.char_end : here.char_start]
        )
        if here.unit is None and before.unit is None and behind and before.value:
            if here.value is not None and here.value <= before.value:
                here.out_of, here.noun_at = before.value, before.char_end


def _take_wholes(text: str, amounts: list[Amount], taken: list[Role]) -> None:
    """ "71 of the 97 categories": the second number is the whole of the first."""
    for at, (part, whole) in enumerate(itertools.pairwise(amounts)):
        gap = text[part.char_end : whole.char_start]
        if part.unit is None and whole.unit is None and whole.form in {"digits", "words"} and _OUT_OF.fullmatch(gap):
            if (
                part.value is not None
                and whole.value is not None
                and part.value <= whole.value
                and taken[at].role != "date"
            ):
                part.out_of, part.noun_at = whole.value, whole.char_end
                taken[at], taken[at + 1] = Role("metric", ""), Role("group", "whole")


def _read_values(
    text: str, masked: str, bounds: tuple[int, int], values: list[Amount], roles: dict[int, Role], context: Context
) -> list[Quantity]:
    start, end = bounds
    framed: list[Framed] = []
    kept: list[Amount] = []
    lefts: list[str] = []
    rights: list[str] = []
    for at, amount in enumerate(values):
        floor = kept[-1].char_end - start if kept else 0
        ceiling = values[at + 1].char_start - start if at + 1 < len(values) else end - start
        left = _fold_left(masked[max(floor, amount.char_start - start - 400) : amount.char_start - start])
        unit = _unit(amount)
        noun_at = (amount.noun_at or amount.char_end) - start
        near = masked[noun_at : min(max(ceiling, noun_at) + 120, end - start)]
        right = _fold_right(masked[amount.char_end - start : min(max(ceiling, 0), amount.char_end - start + 240)])
        right += " ⟨" if at + 1 < len(values) else ""
        own = _own_noun(near, amount) if unit == _GENERIC else ""
        shown = fold(masked[amount.char_start - start : amount.char_end - start])
        if framed:
            left = _AFTERWORDS.sub("", _without_noun(left, framed[-1].noun))
        frame = frame_value(left, shown, right, unit, own, framed[-1] if framed else None, context.indicator)
        if amount.form == "fraction" and unit == "percent" and frame.measure == "level":
            frame.measure = "share"
        if unit == _GENERIC and not own and not _counts(left, frame, context, framed):
            roles.update(dict.fromkeys(amount.numbers, Role("unresolved", "no-noun")))
            continue
        if unit == _GENERIC and not own and _INDEX.search(frame.indicator):
            amount.unit = "index"
        framed.append(frame)
        kept.append(amount)
        lefts.append(left)
        rights.append(right)
    _pair_respective(masked, framed, kept, start)
    return _finish(text, masked, bounds, kept, framed, lefts, rights, context)


_INDEX = re.compile(r"\b(?:index|PMI|Dow|Nasdaq|FTSE|Nikkei|S&P)\b", re.IGNORECASE)
_AFTERWORDS = re.compile(
    r"\A[ ]?(?:year[ -]on[ -]year|year[ -]over[ -]year|y-o-y|yoy|month[ -]on[ -]month|from a year (?:earlier|ago)|than a year earlier|on average|in total|a year)\b(?=[ ,;(]|\Z)",
    re.IGNORECASE,
)
_UNRULED = frozenset(("value-alone", "value-in-noun", "value-beside-noun", "count-noun"))


def _without_noun(left: str, noun: str) -> str:
    """What the value before counted is no part of this one's clause: "27 centres, two clusters"."""
    opened = left.lstrip(" ")
    return left[len(left) - len(opened) + len(noun) :] if noun and opened.startswith(noun) else left


def _own_noun(near: str, amount: Amount) -> str:
    """The noun phrase that a bare number counts; "two of the injured" counts the injured."""
    of = re.match(r"[ ]of[ ](?:the|our|its|their|these|those|his|her)[ ]", near)
    return counted_noun(near, of.end() if of and amount.out_of is None else 0, len(near))


def _counts(left: str, frame: Framed, context: Context, framed: list[Framed]) -> bool:
    """A bare number without a noun of its own is a quantity where a verb, or a count before it, says of what."""
    if frame.rule not in _UNRULED:
        return bool(frame.indicator)
    if not left.strip() and context.indicator and not framed:
        frame.indicator, frame.rule = context.indicator, "count-elided"
        return True
    return False


def _fold_left(words: str) -> str:
    folded = " ".join(words.split())
    opened = " " if words[:1].isspace() and folded else ""
    return f"{opened}{folded}{' ' if words[-1:].isspace() and folded else ''}"


def _fold_right(words: str) -> str:
    folded = " ".join(words.split())
    return f" {folded}" if words[:1].isspace() and folded else folded


def _unit(amount: Amount) -> str:
    """The frame's unit: that of the amount, or ``streak``, ``rank``, ``count``."""
    return amount.unit or _GENERIC


def _streak_end(tail: str) -> int:
    match = re.match(
        r"[ ](?:(?:annual|monthly|quarterly)[ ]\w+[ ]in[ ]a[ ]row|(?:consecutive|straight|successive)[ ]\w+(?:[ ]in[ ]a[ ]row)?"
        r"|(?:(?:year|month|quarter|week|day)s?[ ])?(?:in[ ]a[ ]row|running|in[ ]succession))\b",
        tail,
    )
    return match.end() if match else 0


def _pair_respective(masked: str, framed: list[Framed], kept: list[Amount], start: int) -> None:
    """Give each value of a chain its own subject: "A and B grew by 5% and 7%, respectively"."""
    at = 0
    while at < len(framed):
        stop = at + 1
        while stop < len(framed) and framed[stop].chained and framed[stop].indicator == framed[at].indicator:
            stop += 1
        if stop - at > 1:
            subjects = split_subject(framed[at].indicator if not framed[at].whole else framed[at].noun, stop - at)
            for frame, subject in zip(framed[at:stop], subjects or (), strict=False):
                frame.indicator = f"{subject} of {frame.whole}" if frame.whole else subject
        at = stop


def _finish(
    text: str,
    masked: str,
    bounds: tuple[int, int],
    kept: list[Amount],
    framed: list[Framed],
    lefts: list[str],
    rights: list[str],
    context: Context,
) -> list[Quantity]:
    found: list[Quantity] = []
    for at, (amount, frame) in enumerate(zip(kept, framed, strict=True)):
        shown = fold(masked[amount.char_start - bounds[0] : amount.char_end - bounds[0]])
        clause = f"{lefts[at]}⟨{shown}⟩{rights[at]}"
        printed = _clause(text, bounds, kept, at, shown)
        found.append(_quantity(masked, bounds, amount, frame, clause, printed, found[-1] if found else None))
    _spread_comparison(found, framed, rights)
    if context.carries_comparison and context.comparison:
        found = [
            q._replace(comparison=context.comparison)
            if q.measure == "change" and q.unit == "percent" and not q.comparison
            else q
            for q in found
        ]
    if found:
        context.indicator = found[-1].indicator or context.indicator
        context.comparison = (
            "year_on_year" if any(q.comparison == "year_on_year" for q in found) else context.comparison
        )
    return found


def _clause(text: str, bounds: tuple[int, int], kept: list[Amount], at: int, shown: str) -> str:
    """The words between the values on either side, as printed: time phrases say what a growth is compared with."""
    floor = kept[at - 1].char_end if at else bounds[0]
    ceiling = kept[at + 1].char_start if at + 1 < len(kept) else bounds[1]
    left = _fold_left(text[max(floor, kept[at].char_start - 200) : kept[at].char_start])
    right = _fold_right(text[kept[at].char_end : min(ceiling, kept[at].char_end + 200)])
    return f"{_AFTERWORDS.sub('', left) if at else left}⟨{shown}⟩{right}"


def _quantity(
    masked: str,
    bounds: tuple[int, int],
    amount: Amount,
    frame: Framed,
    clause: str,
    printed: str,
    prior: Quantity | None,
) -> Quantity:
    unit, end, value = _unit(amount), amount.char_end, amount.value or Decimal(0)
    if unit == "streak":
        tail = masked[end - bounds[0] : end - bounds[0] + 40]
        end += _streak_end(tail)
        word = re.search(
            r"year|annual|month|quarter|week|day|meeting|time", masked[amount.char_start - bounds[0] : end - bounds[0]]
        )
        unit, measure = (
            {"annual": "year", "meeting": "count", "time": "count"}.get(word[0], word[0]) if word else "year",
            "streak",
        )
    else:
        measure = frame.measure
    signed = -abs(value) if measure == "change" and frame.sign < 0 else value
    upper = -amount.upper if measure == "change" and frame.sign < 0 and amount.upper else amount.upper
    bound = _field("bound", clause) or (prior.bound if prior and frame.restated else None) or "exact"
    status = _status(masked, bounds, frame, clause, prior)
    comparison = _field("comparison", printed) if measure == "change" and unit != "times" else None
    if comparison is None and frame.restated and prior and measure == "change":
        comparison = prior.comparison
    direction = None if measure != "change" else "down" if signed < 0 else "up"
    out_of = _out_of(amount, clause, prior)
    return Quantity(
        amount.char_start,
        end,
        _float(signed),
        None if upper is None else _float(upper),
        unit,
        frame.noun,
        direction,
        bound,
        frame.indicator,
        measure,
        comparison,
        status,
        out_of,
        frame.rule,
        amount.numbers,
        frame.chained or frame.restated,
    )


def _float(value: Decimal) -> float:
    return float(value)


def _out_of(amount: Amount, clause: str, prior: Quantity | None) -> float | None:
    if amount.out_of is not None:
        return float(amount.out_of)
    if prior and prior.unit == _GENERIC and amount.unit is None:
        if _OF_WHICH.match(clause[clause.index("⟩") + 1 :]) or re.search(
            r"\bof (?:which|whom|them)\b", clause[: clause.index("⟨")]
        ):
            return prior.value if prior.value >= float(amount.value or 0) else None
    return None


_STATUS_END = re.compile(r"[,;]|\band\b|\bwhile\b")
_STILL = re.compile(r"\A[ ]?,?[ ]?(?:which|that)[ ](?:is|are|would)\b|\A[ ]?[(]")
_TAIL_STATUS = re.compile(r"\b(?:is|are)[ ](?:\w+[ ])?(?:expected|forecast|projected|estimated)\b[^,;]{0,30}\Z")


_CLAUSE_START = re.compile(
    r"\b(?:because|although|though|whereas|while|since|after which)\b|;|,[ ](?:and|but|as|which|who)[ ]"
)


def _last_clause(left: str) -> str:
    """The words of the value's own clause: after the last subordinator or semicolon that a verb follows."""
    for match in reversed(list(_CLAUSE_START.finditer(left))):
        if _VERB.search(left, match.end()):
            return left[match.end() :]
    return left


def _status(masked: str, bounds: tuple[int, int], frame: Framed, clause: str, prior: Quantity | None) -> str:
    """Actual, expected or target: by the words of the value's own clause, else as the value that it continues."""
    if frame.rule in {"from-level", "earlier-value"} and not frame.chained:
        return "actual"
    left, _, rest = clause.partition("⟨")
    shown, _, right = rest.partition("⟩")
    end = _STATUS_END.search(right)
    if frame.rule == "to-level" and frame.chained:
        left = " ".join(masked[: masked.find(shown)].split())
    own = _field("status", f"{_last_clause(left)}⟨{shown}⟩{right[: end.start()] if end else right}")
    if own:
        return own
    if prior and (frame.chained or frame.restated or not _has_verb(clause) or _STILL.match(left)):
        return prior.status
    return "expected" if not _has_verb(clause) and _TAIL_STATUS.search(masked.rstrip(" .;\n")) else "actual"


_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|grew|rose|fell|reach\w+|total\w*|stood|increased|declined|accounted|amounted)\b",
    re.IGNORECASE,
)


def _has_verb(clause: str) -> bool:
    return bool(_VERB.search(clause[: clause.index("⟨")]))


@lru_cache(maxsize=8)
def _clause_rules(name: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("clauses") if rule.data["field"] == name)


def _field(name: str, clause: str) -> str | None:
    for rule in _clause_rules(name):
        if rule.pattern.search(clause):
            return str(rule.data["value"])
    return None


def _spread_comparison(found: list[Quantity], framed: list[Framed], rights: list[str]) -> None:
    """ "43.1, 36.2 and 35.6 percent year on year": the last says it for all; a sentence's later growth inherits it."""
    for at in range(len(found) - 2, -1, -1):
        after = found[at + 1]
        if (
            found[at].measure == "change"
            and not found[at].comparison
            and framed[at + 1].chained
            and after.comparison
            and len(rights[at]) < 12
        ):
            found[at] = found[at]._replace(comparison=after.comparison)
    for at in range(1, len(found)):
        here, before = found[at], found[at - 1]
        if (
            here.measure == "change"
            and not here.comparison
            and before.comparison in {"year_on_year", "month_on_month", "quarter_on_quarter"}
            and here.unit == before.unit
        ):
            found[at] = here._replace(comparison=before.comparison)
