"""The values of one sentence, each framed by the words around it."""

from __future__ import annotations

import re

from flows.parse.antecedents import is_plural, names_again
from flows.parse.counted_nouns import counted_noun
from flows.parse.counted_parts import of_which, other_ones, share_noun, what_they_are
from flows.parse.elided_counts import elided_noun
from flows.parse.frames import frame_value
from flows.parse.given import given_to
from flows.parse.growth import go_on_growing, moved_in, moved_last, tell_listed
from flows.parse.marks import OPEN
from flows.parse.measures import POINTS, Framed
from flows.parse.nouns import fold, is_folded, is_pronoun
from flows.parse.owners import give_owner
from flows.parse.quantity import GENERIC, Context, Line, Value
from flows.parse.ranges import Amount
from flows.parse.respective import pair_respective
from flows.parse.roles import Role
from flows.parse.rules import load_part, load_words
from flows.parse.subject_openings import leading_subject
from flows.parse.subject_phrases import subject_before

_LEFT, _RIGHT, _NOUN = 400, 240, 120  # code points read: before, after, past the next value
_INDEX = re.compile(
    r"\b(?:index|gauge|barometer|indices|indexes|PMI|IIP|CPI|PPI|WPI|Dow|Nasdaq|FTSE|Nikkei|S&P)\b", re.IGNORECASE
)
_SIGNED = re.compile(r"[+−-]\d{1,3}(?:,\d{3})+")  # "changed little (+49,000)"
_MARGIN = re.compile(r"[ ]?\([ ]?±[^()]*\)[*]?")  # "⟨4.5 percent⟩ (±1.6 percent)* below the rate of"
_ASIDE = re.compile(r"[ ]?\([^()]{1,60}\)")
CLOSED = re.compile(r"\A[ ]?[)\]](?=[ ])")
_OF_THE = re.compile(r"[ ]of[ ](?:the|our|its|their|these|those|his|her)[ ]")
_POINTS_BACK = re.compile(
    r"\W*(?:Up|Down)[ ](?:by[ ])?"
    r"|\W*(?:The|This|That)[ ](?:growth|increase|rise|expansion|decline|decrease|drop|figure|rate|reading|number|total"
    r"|share|ratio|proportion|pace|gap|surplus|deficit|value|volume|index)(?:[ ]rate)?[ ](?!of\b|in\b|for\b)"
)
# "12 sectors in our strategy have seen": where the subject stands is part of it
_PLACE = re.compile(
    r"[ ](?P<where>(?:from|among|within|across|in|on|under)[ ](?:(?!of[ ]which|[^\s;]*;)\S+[ ]){1,12}?)"
    r"(?=(?:ha(?:s|ve|d)|is|are|w(?:as|ere)|will)[ ])"
)
_OPENING = re.compile(
    r"\s*(?:[A-Z][\w ]{0,40},\s+)?(?:(?:a|total|of|some|about|around|more|over|than|nearly|the|only|at|least|up|to"
    r"|almost|another|all)\s+)*",
    re.IGNORECASE,
)
_UNRULED = frozenset(("value-alone", "value-in-noun", "value-beside-noun", "count-noun"))
# What still speaks of the value before: it is no part of this one's clause.
AFTERWORDS = re.compile(
    r"\A[ ]?(?:(?:year|month)[ -](?:on|over)[ -](?:year|month)|on[ -](?:year|month|quarter)|y-o-y"
    r"|yoy|y/y|(?:from|than) a year (?:earlier|ago)"
    r"|mark|milestone|threshold|barrier|(?:higher|lower)(?=[ ]and[ ])"
    r"|(?:for|over|in) the (?:full|whole|entire) (?:year|month|quarter)"
    r"|per \d[\d,]* [a-z]+|(?:per [\w-]+ ?)?on average|per [\w-]+|in total|a year|an hour|a day|a week|a month"
    r"|(?:over|on|in) the (?:year|month|quarter)|an? (?:barrel|tonne|ton|ounce|gallon|lit(?:re|er)|share|bushel|pound"
    r"|kilo|kilogram|kg|head|unit|piece|person|household|megawatt-hour|kilowatt-hour|passenger|vehicle|container)"
    r"|(?:year|month|quarter|week|day)s? (?:in a row|running|in succession)"
    r"|(?:consecutive|straight|successive) (?:year|month|quarter|week|day)s?"
    r"|on the (?:year|month|quarter|day))\b(?=[ ,;(]|\Z)",
    re.IGNORECASE,
)


def frame_values(
    line: Line, amounts: list[Amount], roles: dict[int, Role], context: Context, *, bare: bool = False
) -> list[Value]:
    """Frame the amounts of a sentence that may be quantities, in order.

    A bare number that counts nothing is left out, and its role becomes ``unresolved``.
    """
    values: list[Value] = []
    for at, amount in enumerate(amounts):
        after = amounts[at + 1].char_start if at + 1 < len(amounts) else None
        value = _frame(line, amount, after, values, context, bare=bare)
        if value:
            values.append(value)
        else:
            roles.update(dict.fromkeys(amount.numbers, Role("unresolved", "no-noun")))
    _share_whole(values)
    _share_difference(values)
    share_noun(values)
    tell_listed(line, values)
    pair_respective(line, values, context)
    return values


def _share_whole(values: list[Value]) -> None:
    """Let a whole hold for all shares before it: "took up ⟨29%⟩ and ⟨25%⟩ of the market"."""
    for here, after in zip(reversed(values[:-1]), reversed(values[1:]), strict=True):
        frame, whole = here.frame, after.frame.whole
        if (
            frame.measure == "share"
            and whole
            and not frame.whole
            and after.frame.indicator == f"{frame.indicator} of {whole}"
        ):
            frame.whole, frame.noun, frame.indicator = whole, frame.noun or frame.indicator, after.frame.indicator


def _share_difference(values: list[Value]) -> None:
    """Let a difference be told of all points of a list: "⟨3.1⟩ and ⟨2.2 percentage points⟩ higher than in May"."""
    for here, after in zip(reversed(values[:-1]), reversed(values[1:]), strict=True):
        listed = here.amount.unit == after.amount.unit and not here.amount.own_unit
        if after.frame.rule == "change-than" and listed and here.amount.unit in POINTS:
            here.frame.measure, here.frame.sign, here.frame.rule = "change", after.frame.sign, "change-than"


def _frame(
    line: Line, amount: Amount, after: int | None, values: list[Value], context: Context, *, bare: bool
) -> Value | None:
    unit, prior = amount.unit or GENERIC, values[-1].frame if values else None
    left, right = _words_before(line, amount, values), _words_after(line, amount, after)
    own = _own_noun(line, amount, after) if unit == GENERIC else ""
    named = what_they_are(right) if unit == GENERIC else ""
    own = named or of_which(left, own, prior, right) or other_ones(own, prior)
    frame = frame_value(
        left, _blanked(line, amount.char_start, amount.char_end), right, unit, own, prior, _spoken_of(line, context)
    )
    if named and prior and prior.unit == "count":
        frame.noun = prior.noun or frame.noun  # what follows counts the same: "and ⟨30⟩ are in mining"
    if amount.form == "fraction" and unit == "percent" and frame.measure == "level":
        printed = line.text[amount.char_start : amount.char_end].endswith(("%", "cent"))
        frame.measure = "level" if printed else "share"  # "the rate stands at ⟨1/2 per cent⟩", "⟨half⟩ of the firms"
    if unit == GENERIC and not own and _SIGNED.match(line.text, amount.char_start):
        nearest = subject_before(left.rstrip(" ("), "")
        frame = Framed("change", 1, nearest or (prior.indicator if prior else frame.indicator), "signed-count")
    elif unit == GENERIC and not own and (elided := elided_noun(left, right, prior) or moved_in(left, prior, context)):
        frame = Framed("level", 1, elided, "count-elided", elided, unit=unit)
    elif unit == GENERIC and not own:
        if not _counts(left, frame, context, values) and not bare:
            return None
        amount.unit = "index" if _INDEX.search(frame.indicator) else _money(amount, frame, values)
    give_owner(line, left, frame, values, context)
    go_on_growing(line, frame, values, context)
    return Value(amount, frame, left, right)


_MONEY = load_words("nouns")["money"]


def _money(amount: Amount, frame: Framed, values: list[Value]) -> str | None:
    """Return the currency of a sum that names none behind one that does: "orders were 4 billion yen, profit ⟨1⟩"."""
    head = frame.indicator.partition(" of ")[0].rpartition(" ")[2].casefold()
    told = (value.amount.unit or "" for value in reversed(values) if value.amount.scaled)
    return next(filter(str.isupper, told), None) if amount.scaled and head in _MONEY else None


_OPENS = re.compile(r"\W*(?:(?P<it>It|They)|(?:The|This|These|Such|That|Those)[ ](?P<np>\w+(?:[ ]\w+)?))[ ]")
_SAYING = re.compile(
    r"\A.*\b(?:said|says|noted|added|stressed|announced|reported|showed)(?:[ ]\w+day)?[ ](?:that[ ])?", re.DOTALL
)


def _subject_before(line: Line, context: Context) -> str:
    """Return whom the sentence before speaks of, where this one goes on with it: "They rose", "The funds stood at"."""
    opens = _OPENS.match(line.text, line.start, line.end) if context.told[1] else None
    if not opens:
        return ""
    told = fold(line.text[slice(*context.told)])
    subject = leading_subject(_SAYING.sub("", told)) or leading_subject(told)
    if opens["it"]:
        return "" if is_pronoun(subject) else subject
    names = [opens["np"], opens["np"].partition(" ")[0]]
    return subject if any(names_again(name, subject) for name in names) else ""


_THEY = re.compile(r"\W*They[ ]")


def _agreeing(line: Line, context: Context) -> str:
    """Return what "They" stands for where what was measured last is one thing, and what was measured first many."""
    they = context.first and _THEY.match(line.text, line.start, line.end)
    return context.first if they and is_plural(context.first) and not is_plural(context.indicator) else ""


def _spoken_of(line: Line, context: Context) -> str:
    """Return what was measured last; of the paragraph before only where the sentence plainly points back to it."""
    told = moved_last(line, context) or _subject_before(line, context) or _agreeing(line, context)
    if told:
        return told
    return context.indicator or (context.earlier if _POINTS_BACK.match(line.text, line.start, line.end) else "")


def _blanked(line: Line, start: int, end: int) -> str:
    return fold(line.masked[start - line.start : end - line.start])


_REST_OF_STREAK = re.compile(
    r"\A[ ](?:consecutive|straight|successive)[ ](?:(?:annual|monthly|quarterly)[ ])?[a-z]+s?(?=[ ,.;])"
)


_MOVED = re.compile(
    rf"\A[ -](?:{load_part('frames', 'up_noun')}|{load_part('frames', 'down_noun')})\b(?=,|;|[ ](?:and|while|but)\b)"
)


def _words_before(line: Line, amount: Amount, values: list[Value]) -> str:
    floor = values[-1].amount.char_end if values else line.start
    words = line.masked[max(floor, amount.char_start - _LEFT) - line.start : amount.char_start - line.start]
    left = fold_between(words)
    rule = values[-1].frame.rule if values else ""
    left = _MOVED.sub("", left) if rule.startswith("change-noun-after") else left
    left = _REST_OF_STREAK.sub("", left) if rule == "streak" else left
    left = _TOLD_ASIDE.sub("", left) if values and left.count(",") > 1 else left
    return AFTERWORDS.sub("", _without_noun(CLOSED.sub("", left), values[-1].frame.noun)) if values else left


# "fell 8 percent, the agency said on Friday, after a drop of ⟨7 percent⟩": who told it stands between commas.
_TOLD_ASIDE = re.compile(
    r",[ ](?:according[ ]to[ ][^,;]{3,60}|(?:[\w’'.&-]+[ ]){1,7}(?:said|say|show(?:ed|s)?|noted|reported|added"
    r"|announced|indicated|revealed)(?:[ ](?:in|on|at)\b[^,;]{0,40})?[ ]*),"
    r"(?=[ ](?:after|following|compared|versus|against|up|down|from|(?:slow|eas|accelerat|quicken|cool|rebound|recover"
    r"|narrow|widen|ris|fall|mov|edg|climb|dropp)ing|an?[ ](?:increase|decrease|rise|fall|drop|gain|decline|growth)"
    r"|(?:slow|fast|high|low|bett|wors)er?[ ]than|(?:less|more)[ ]than)\b)"
)


def _without_noun(left: str, noun: str) -> str:
    """Leave out what the value before counted: "27 centres, two clusters"."""
    opened = left.lstrip(" ")
    return left[len(left) - len(opened) + len(noun) :] if noun and opened.startswith(noun) else left


def _words_after(line: Line, amount: Amount, after: int | None) -> str:
    start = amount.char_end
    if after is not None and amount.unit and amount.unit.isupper():
        between = fold_between(line.masked[start - line.start : after - line.start])
        if given := given_to(between, line.masked, after - line.start):
            return given
    aside = _ASIDE.match(line.masked, start - line.start)
    if aside and after is not None and after < aside.end() + line.start:
        start, after = aside.end() + line.start, None  # "3.8 trillion yuan ($566 billion) in infrastructure"
    end = min(line.end if after is None else after, start + _RIGHT)
    words = line.masked[start - line.start : end - line.start]
    return f"{fold_between(words).rstrip(' ')}{'' if after is None else f' {OPEN}'}"


_BLANKED = re.compile(r"[ ]\([ ]\)")  # a time in brackets: "during the plan period (    ) to"


def fold_between(words: str) -> str:
    """Fold white space, one blank at either end where there was any; a dash is a dash, however it is typed."""
    folded = words.strip(" ") if is_folded(words) else " ".join(words.split())
    folded = folded.replace(" -- ", " — ") if " -- " in folded else folded
    folded = _BLANKED.sub("", folded) if "( " in folded else folded
    folded = _MARGIN.sub("", folded).strip() if "±" in folded else folded
    opened, closed = " " if words[:1].isspace() else "", " " if words[-1:].isspace() else ""
    return f"{opened}{folded}{closed}" if folded else ""


def _own_noun(line: Line, amount: Amount, after: int | None) -> str:
    """Return the noun phrase that a bare number counts; "two of the injured" counts the injured."""
    start = amount.noun_at or amount.char_end
    end = min(line.end, max(line.end if after is None else after, start) + _NOUN)
    near = line.masked[start - line.start : end - line.start]
    of = _OF_THE.match(near) if amount.out_of is None else None
    noun = counted_noun(near, of.end() if of else 0, len(near))
    place = _PLACE.match(near, len(noun) + 1) if noun and near.startswith(noun, 1) else None
    ahead = line.masked[: amount.char_start - line.start]
    return noun if place is None or not _OPENING.fullmatch(ahead) else f"{noun} {place['where'].strip()}"


def _counts(left: str, frame: Framed, context: Context, values: list[Value]) -> bool:
    """Say whether a verb, or a count before it, tells what a bare number counts."""
    if frame.rule not in _UNRULED:
        return bool(frame.indicator)
    if not left.strip() and context.indicator and not values:
        frame.indicator, frame.rule = context.indicator, "count-elided"
        return True
    return False
