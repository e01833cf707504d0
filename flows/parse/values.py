"""The values of one sentence: each framed by the words around it, then completed with what its clause says."""

from __future__ import annotations

import re
from decimal import Decimal

from flows.parse.amounts import Amount
from flows.parse.clauses import clause_field, read_status, read_whole
from flows.parse.frames import frame_value
from flows.parse.measures import Framed
from flows.parse.nouns import counted_noun, fold
from flows.parse.quantity import GENERIC, Context, Quantity
from flows.parse.roles import Role
from flows.parse.subjects import split_subject


def read_values(
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
        own = _own_noun(near, amount) if unit == GENERIC else ""
        shown = fold(masked[amount.char_start - start : amount.char_end - start])
        if framed:
            left = _AFTERWORDS.sub("", _without_noun(left, framed[-1].noun))
        frame = frame_value(left, shown, right, unit, own, framed[-1] if framed else None, context.indicator)
        if amount.form == "fraction" and unit == "percent" and frame.measure == "level":
            frame.measure = "share"
        if unit == GENERIC and not own and not _counts(left, frame, context, framed):
            roles.update(dict.fromkeys(amount.numbers, Role("unresolved", "no-noun")))
            continue
        if unit == GENERIC and not own and _INDEX.search(frame.indicator):
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
    return amount.unit or GENERIC


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
    bound = clause_field("bound", clause) or (prior.bound if prior and frame.restated else None) or "exact"
    status = read_status(masked, bounds, frame, clause, prior)
    comparison = clause_field("comparison", printed) if measure == "change" and unit != "times" else None
    if comparison is None and frame.restated and prior and measure == "change":
        comparison = prior.comparison
    direction = None if measure != "change" else "down" if signed < 0 else "up"
    out_of = read_whole(amount, clause, prior)
    return Quantity(
        amount.char_start,
        end,
        float(signed),
        None if upper is None else float(upper),
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
