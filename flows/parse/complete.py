"""Framed values become quantities: sign, bound, comparison, status, and the whole that a count is part of."""

from __future__ import annotations

import re
from decimal import Decimal

from flows.parse.aims import spread_aims
from flows.parse.clauses import (
    BESIDE,
    EARLIER,
    clause_field,
    field_of,
    nearest_field,
    read_status,
    read_whole,
    sift_clause,
)
from flows.parse.marks import CLOSE, OPEN
from flows.parse.measures import POINTS, RATIOS
from flows.parse.quantity import GENERIC, Context, Line, Quantity, Value
from flows.parse.sieve import Sifted
from flows.parse.spreading import ON_PERIOD, compared, spread_bound, spread_comparison, spread_difference
from flows.parse.values import AFTERWORDS, CLOSED, fold_between

_REACH = 200  # code points of printed words that may say what a growth is compared with
_MOVED_UP_TO = re.compile(
    r"\b(?:edg|tick|inch|nudg|mov|push|pick|creep|crept|climb|go|gone|went|c[ao]m|shot|br[io]\w*|driv|bid)"
    rf"(?:e|es|ed|ing|s)?[ ]up[ ]to[ ]{OPEN}"
)
_THAN_EARLIER = re.compile(r"\b(?:\w+er|more|less) than (?=(?:the|an?|its|their) )")
_YEARLY = re.compile(r"[Yy](?<!\w[Yy])ear[ -]on[ -]year\b")  # a search leaps to the letter
_YEARLY_ITSELF = re.compile(
    rf"{CLOSE}[^,;]{{0,40}}\byear[ -]on[ -]year\b|\byear[ -]on[ -]year[ ](?:\w+[ ]){{0,3}}(?:of|by)[ ](?:\w+[ ])?{OPEN}"
)
# What the value before is compared with: "lower than that of last year and ⟨0.2⟩ lower than that of 2018".
_OF_PRIOR = re.compile(
    r"\A,?[ ](?:(?:higher|lower|more|less|fewer|faster|slower|up|down)[ ])?(?:than|from|compared[ ](?:with|to))[ ]"
    r"[^,;]{3,60}?(?=,|;|[ ]and[ ])"
)
# A sentence that takes apart what the one before said speaks of the same kind of growth.
_BREAKS_DOWN = re.compile(
    r"(?:Of|Among) (?:this|these|those|them|which|the total|the above)\b"
    r"|In particular\b|Specifically\b|Separately\b"
    r"|(?:In terms of|Grouped by|Broken down by|Classified by|Analy[sz]ed by|By|In view of) [^,;]{3,60},"
    r"|(?:That|Those) (?:of|in|for) "
)
_SAME_GROWTH = re.compile(
    r"(?:The|This|That) (?:growth|increase|rise|expansion|decline|decrease|drop|pace)(?: rate)? (?!of |in |for )"
)
# A mean over several years is no growth over one: "an average annual rate of ⟨7%⟩", "the two-year average was ⟨8.7%⟩".
_AVERAGED = re.compile(
    r"\baverage[ ]annual\b|\bannual[ ]average\b|\b[\w-]+-year[ ]average\b|\baverage[ ](?:growth[ ])?rate[ ]over\b"
    rf"|{CLOSE}[ ](?:a[ ]year[ ])?on[ ]average[ ]over[ ]\w+[ ]\w+[ ]years"
)
# "compared with a rise of ⟨0.4%⟩": the value is what another is compared with.
_REFERRED = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|after|than|from)[ ](?:an?|the|its)[ ]"
    rf"(?:(?:[\w-]+[ ]){{1,4}}of[ ])?{OPEN}"
)
# "fell by ⟨3%⟩ (the same period last year up 5%)": what was then is set beside, and nothing is compared.
_SAME_THEN = re.compile(
    rf"\((?:in[ ])?(?:the[ ])?same[ ](?:period|month|quarter)\b[^(){OPEN}{CLOSE}]*(?:\)|\Z|(?={OPEN}))"
)
_REFERRED_NEXT = re.compile(
    r"\b(?:compared (?:with|to)|against|versus|after|than)[ ](?:an?|the|its)[ ](?:[\w-]+[ ]){1,4}of[ ]?\Z"
)
_AHEAD = re.compile(rf"{CLOSE}[ ]over[ ](?:19|20)\d\d|\bfrom[ ](?:next[ ])?[A-Z][a-z]+")
_THING_END = re.compile(r"[,;.](?!\d)")
_FORMERLY = re.compile(
    r"\b(?:expected|projected|forecast|estimated|previous\w*(?![ ](?:reported|announced|published))|earlier|before"
    r"|last|pre|planned|ago|prior)\b"
)
_AS_MANY_AS = re.compile(rf"{CLOSE}[ ]as[ ]\w+[ ]as[ ](?:in|at|on|a|the|it)\b")
# "⟨1.5 times⟩ that of 2005", "by ⟨1.3 times⟩ compared with 2012"
_TIMES_THEN = re.compile(
    rf"{CLOSE}[ ](?:(?:that|those|the[ ](?:level|figure|number|value))[ ](?:of|in)|compared[ ](?:with|to))[ ]"
    r"(?:19|20)\d\d\b"
)
_RECORD = re.compile(
    rf"(?:,|[ ](?:to|at))[ ](?:the|its|their)[ ](?:\w+[ ])?(?:\w+est|first|worst|best|most)\b[^,;{OPEN}]*"
)
_THAN = re.compile(rf"{CLOSE},?[ ](?:above|below|\w+[ ]than)[ ](?:its|their|the|at|in|that|a|what)\b")
_THAN_THAT = re.compile(rf"{CLOSE}[ ]\w+[ ]than[ ](?:that|those)[ ](?:of|in|for)[ ]")
_THAN_TIME = re.compile(
    rf"{CLOSE}[ ](?:\w+[ ]than[ ](?:in|that[ ](?:of|in))[ ]"
    r"|(?:below|above)[ ](?:(?:the|its|their)[ ][A-Z]\w+|(?:19|20)\d\d)[ ])\w+"
)
_CLAUSE_END = re.compile(r"[,;]|\bwhile\b")
_OF_ALL = re.compile(
    r",? (?:all|both)(?: (?:in|on|at)(?: an?)?)? (?P<how>(?:year|month|quarter)[ -]on[ -](?:year|month|quarter)"
    r"|from a year (?:earlier|ago|before))(?: (?:terms|basis|manner|rates?|growth))?[ .]*\Z"
)
_TAIL = 12  # words
_STREAK = re.compile(
    r"[ ](?:(?:annual|monthly|quarterly|weekly|daily)[ ]\w+[ ]in[ ]a[ ]row"
    r"|(?:consecutive|straight|successive)[ ]\w+(?:[ ]in[ ]a[ ]row)?"
    r"|(?:(?:year|month|quarter|week|day)s?[ ])?(?:in[ ]a[ ]row|running|in[ ]succession))\b"
)
_STREAK_UNIT = re.compile(r"year|annual|month|quarter|week|day|dai")


def complete_values(line: Line, values: list[Value], context: Context) -> list[Quantity]:
    """Return the quantities of a sentence, and leave in `context` what the next one may lean on."""
    found: list[Quantity] = []
    leading: Quantity | None = None  # the last that is no earlier value, else the first
    for at, value in enumerate(values):
        found.append(_quantity(line, value, _printed(line, values, at), found[-1] if found else None, leading))
        leading = found[-1] if leading is None or found[-1].rule not in EARLIER else leading
    before = _compared_before(line, context)
    found = [_inherited(q, before, context) for q in found] if before else found
    spread_difference(found, values)
    spread_bound(found, values)
    spread_aims(found, values)
    spread_comparison(found, values)
    if alike := _said_of_all(line):
        found = [compared(q, alike) if q.unit == "percent" else q for q in found]
    found = [q._replace(comparison=None) if q.comparison == "" else q for q in found]
    if found:
        context.indicator, context.unit = found[-1].indicator or context.indicator, found[-1].unit
        context.first = found[0].indicator
        context.grew = found[-1].measure == "change"
        yearly = any(quantity.comparison == "year_on_year" for quantity in found) or _YEARLY.search(
            line.text, line.start, line.end
        )
        context.comparison = "year_on_year" if yearly else context.comparison
        context.differs = any(q.unit in POINTS and q.comparison == "versus_reference" for q in found)
    return found


def _compared_before(line: Line, context: Context) -> str | None:
    """Return what the growth before was compared with, if the sentence goes on with it: "That of tin rose by 5%"."""
    if _SAME_GROWTH.match(line.text, line.start):
        return context.comparison or context.compared
    return context.comparison if _BREAKS_DOWN.match(line.text, line.start) else None


def _inherited(quantity: Quantity, before: str, context: Context) -> Quantity:
    """Compare growth, and differences of growth, as the sentence before did."""
    if quantity.unit == "percent":
        return compared(quantity, before)
    return compared(quantity, "versus_reference") if quantity.unit in POINTS and context.differs else quantity


def _printed(line: Line, values: list[Value], at: int) -> str:
    """Return the words between the values on either side, as printed: time phrases say what growth is compared with."""
    here = values[at].amount
    floor = values[at - 1].amount.char_end if at else line.start
    ceiling = values[at + 1].amount.char_start if at + 1 < len(values) else line.end
    left = fold_between(line.text[max(floor, here.char_start - _REACH) : here.char_start])
    right = fold_between(line.text[here.char_end : min(ceiling, here.char_end + _REACH)]).rstrip(" ")
    shown = " ".join(line.text[here.char_start : here.char_end].split())
    return f"{_OF_PRIOR.sub('', AFTERWORDS.sub('', CLOSED.sub('', left))) if at else left}{OPEN}{shown}{CLOSE}{right}"


def _quantity(line: Line, value: Value, printed: str, prior: Quantity | None, leading: Quantity | None) -> Quantity:
    amount, frame = value.amount, value.frame
    shown = printed[printed.index(OPEN) : printed.index(CLOSE) + 1]
    clause = f"{value.left}{shown}{value.right}"
    falls = frame.measure == "change" and frame.sign < 0
    number = amount.value or Decimal(0)
    told = sift_clause(clause)
    status = read_status(line, frame, clause, leading, told)
    unit, end = _streak(line, value) if amount.unit == "streak" else (amount.unit or GENERIC, amount.char_end)
    measure = "streak" if amount.unit == "streak" else frame.measure
    upper = None if amount.upper is None else float(-abs(amount.upper) if falls else amount.upper)
    signed = float(-abs(number) if falls else number)
    return Quantity(
        char_start=amount.char_start,
        char_end=end,
        value=signed,
        value_upper=upper,
        unit=unit,
        noun=frame.noun,
        direction=None if measure != "change" else "down" if signed < (1 if unit == "times" else 0) else "up",
        bound=_bound(clause, frame.rule, told) or (prior.bound if prior and frame.restated else "exact"),
        indicator=frame.indicator,
        measure=measure,
        comparison=_comparison(line, value, printed, status, prior) if measure == "change" else None,
        status=status,
        out_of=read_whole(amount, clause, prior),
        rule=frame.rule,
        numbers=amount.numbers,
    )


def _bound(clause: str, rule: str, told: Sifted) -> str | None:
    """Read the bound; in "moved up to 3.4 per cent" and "lower than the 6.8 percent in May" there is none."""
    if " up to " in clause and _MOVED_UP_TO.search(clause):
        return None
    if rule in EARLIER or rule in BESIDE:
        return clause_field("bound", _THAN_EARLIER.sub("", clause))
    return field_of("bound", told, clause)


def _comparison(line: Line, value: Value, printed: str, status: str, prior: Quantity | None) -> str | None:
    amount, frame = value.amount, value.frame
    if amount.unit == "times":
        return "versus_reference" if _AS_MANY_AS.search(printed) or _TIMES_THEN.search(printed) else None
    if frame.rule in EARLIER and prior and prior.comparison in ON_PERIOD:
        return prior.comparison  # "6.9 percent, compared with the ⟨6.8-percent⟩ increase for the first quarter"
    clause_end = _CLAUSE_END.search(printed, printed.index(CLOSE))
    if _AVERAGED.search(printed, 0, clause_end.start() if clause_end else len(printed)):
        return ""
    printed = _SAME_THEN.sub("", printed) if "same" in printed else printed
    shown = _REFERRED.sub(OPEN, _RECORD.sub("", printed))
    found = nearest_field("comparison", _REFERRED_NEXT.sub("", _own_words(frame.rule, shown)))
    if found in {None, "versus_reference"} and amount.unit == "percent":
        found = line.by_dates or found
    if found is None and frame.rule == "change-than" and _THAN.search(printed):
        found = "versus_reference"
    if found == "versus_reference" and (_is_elsewhere(line, value) or (status != "actual" and _AHEAD.search(printed))):
        return None
    stands = prior is not None and prior.measure == "level"  # "the rate was 5%, 0.2 points lower than that of"
    if found == "year_on_year" and amount.unit in POINTS and not stands and _THAN_THAT.search(printed):
        return "versus_reference"
    growth = prior is not None and prior.measure == "change" and prior.unit == "percent"
    if found in ON_PERIOD and amount.unit in POINTS and growth and not _YEARLY_ITSELF.search(printed):
        return "versus_reference"  # a difference inside a growth statement: "6.2%, 1.6 points higher than last year"
    said_again = frame.restated or (frame.rule == "change-noun-before" and _is_said_again(prior, printed))
    return found or (prior.comparison if prior and said_again else None)


def _is_said_again(prior: Quantity | None, printed: str) -> bool:
    """Say in percent what was said of an amount: "150 tons less than in the year before, a drop of 0.1 percent"."""
    return prior is not None and prior.measure == "change" and prior.unit not in RATIOS and printed.startswith(", a")


def _own_words(rule: str, printed: str) -> str:
    """Leave out what is said before a difference that tells what it is from: "⟨0.2 points⟩ lower than in 2018"."""
    return printed[printed.index(OPEN) :] if rule == "change-than" and _THAN_TIME.search(printed) else printed


def _is_elsewhere(line: Line, value: Value) -> bool:
    """Is it compared with another thing and not with another time: "higher than the national average"?"""
    start = value.amount.char_end
    end = _THING_END.search(line.text, start, line.end)
    stop = end.start() if end else line.end
    timed = line.text[start:stop] != line.masked[start - line.start : stop - line.start]
    return value.frame.rule == "change-than" and not timed and not _FORMERLY.search(line.text, start, stop)


def _streak(line: Line, value: Value) -> tuple[str, int]:
    """Return unit and end of a streak: "14th consecutive year" counts years and ends with them."""
    end = value.amount.char_end
    tail = _STREAK.match(line.text, end, line.end)
    end = tail.end() if tail else end
    word = _STREAK_UNIT.search(line.text, value.amount.char_start, end)
    return ("year" if word[0] == "annual" else word[0]) if word else GENERIC, end


def _said_of_all(line: Line) -> str | None:
    """Return what a sentence says at its end of all of its growth: "rose by 5% and 7%, both year on year"."""
    words = line.text[line.start : line.end]
    told = _OF_ALL.search(" ".join(words.split()[-_TAIL:])) if "all" in words or "both" in words else None
    return clause_field("comparison", f"{OPEN}{CLOSE} {told['how']}") if told else None
