"""Time phrases: found by the rules of ``patterns/periods.toml`` and resolved against the document's own date."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta
from typing import NamedTuple

from flows.parse.calendars import Anchor, Span, move
from flows.parse.literals import fold_case
from flows.parse.rules import Rule
from flows.parse.sieve import Signs, each_match, find_signs, sift, sift_part, table_sieve
from flows.parse.time_phrases import RESOLVERS


class Period(NamedTuple):
    """A time phrase and the days that it covers.

    `start` and `end` are None where the text does not fix them. `kind` is the rule's. `lead` is the word group
    before the phrase ("by", "since", "than in", …), lower-case, "" where there is none. `background` is set where
    it dates something else than what is told: a forecast's making, a peak, the founding of what is spoken of.
    """

    char_start: int
    char_end: int
    start: date | None
    end: date | None
    kind: str
    lead: str
    rule: str
    background: bool = False


_LEAD = re.compile(
    r"""\b(?P<lead>
        (?: than | ahead[ ]of | (?:flat|on[ ](?:a[ ])?par|in[ ]line)(?=[ ]with[ ]) | as[ ](?:of|at|on|to) | as
          | (?:that|those)(?=[ ]of[ ]) | level
          | compared | comparison | versus | relative | from | (?<!\bbased[ ])on
          | over | against | below | above | since | by | until | till | through | before | after | beginning | starting
          | effective | in | during | at | for | of | between | up[ ]to | throughout | within | to | under )
        (?: [ ] (?: in | at | of | to | with | from | for | the | that | those | by | during
          | revised | preliminary
          | (?:whole|level|average|figure|rate|pace|total)(?=[ ](?:of|in|for)\b) ) )*
    ) [ ] (?: the[ ] | around[ ] | about[ ] | mid- | early[ ] | late[ ] )?\Z""",
    re.VERBOSE,
)


# The words that these see have their case folded.
_BACKGROUND = re.compile(
    r"""\b(?: (?:expected|projected|forecast|predicted|anticipated|envisaged|assumed|estimated|pencilled[ ]in|announced
        |published)[ ](?:back[ ])?in | prices[ ]of | (?:peak|trough|low|high|highs|lows|level|levels|record)[ ]
        (?:(?:reached|hit|seen|set|recorded|registered|touched|last[ ]seen)[ ])?(?:of|in|at|from) )[ ]
        (?:the[ ]|late[ ]|early[ ]|mid-)?\Z
      | \bas[ ](?:much|many|high|low|large|big|fast|long)[ ]as[ ](?:(?:in|at|on)[ ])?(?:the[ ])?\Z
      | \b(?:said|says|announced|reported|released|unveiled|issued|showed|shown|published|reporters|told|noted
        |(?<!value[ ])added)[ ]
        (?:(?![^.;,]{0,50}\b(?:would|will|to)[ ])[^.;,]{1,50}[ ])?on[ ]\Z | \bheld[ ]on[ ]\Z
      | \baccording[ ]to[ ][^.;]{3,80}[ ]on[ ]\Z
      | (?:\A|,[ ](?:which[ ]|that[ ]|(?P<whose>whose[ ][^,;]{3,60}?[ ]))?(?:was[ ]|were[ ]|is[ ])?)
        (?P<aside>founded|set[ ]up|built|begun|\w{2,}ed)[ ](?:in|on)[ ](?:the[ ])?\Z""",
    re.VERBOSE,
)
# What all of these end with: most phrases stand after something else, which shows in their last words.
_BACKGROUND_END = re.compile(r"\b(?:in|of|at|from|as|on)[ ](?:the[ ]|late[ ]|early[ ]|mid-)?\Z")
_LEAD_REACH = 36  # code points in which the word group before a phrase stands
_LED_BY = frozenset(" -")  # what it ends with
_BASED = 7  # code points before it that are seen
_END = 12  # code points; the longest has eleven and stands after another
# "from 2.1 per cent in the March report": when the earlier figure was given, not what it speaks of.
_NAMES_A_PAPER = re.compile(
    r" (?:(?!the |its |our |their )\w+ )?(?:report|forecasts?|projections?|bulletin|statement|outlook|survey)\b"
)
# "the 2008-2009 recession": what the years name.
_NAMES_AN_EVENT = re.compile(
    r" (?:(?:global|great|financial|economic|Asian) ){0,2}"
    r"(?:recession|crisis|earthquake|pandemic|outbreak|war|floods?|boom)\b"
)
# "Since the turnaround began in May 2024, the rate has been cut": what began there opens the span.
_SINCE_BEGUN = re.compile(
    r"\b[Ss]ince (?:[^,;.]{3,60} (?:began|begun|started|peaked|opened)(?: again)?"
    r"|(?:the|its|their) (?:\w+ )?(?:onset|start|beginning|launch|introduction|founding|foundation|establishment"
    r"|inception|adoption|implementation|outbreak|opening|creation|reform|release)(?: of [^,;.]{3,60})?)"
    r" (?:in|on) (?:the )?\Z"
)
# "expanded 5.8 percent in May, data showed Monday": when it was told.
_TOLD = re.compile(
    r"\b(?:said|says|announced|reported|released|showed|shown|published|told|noted|(?<!value[ ])added|confirmed"
    r"|(?<!\bbe[ ])(?<!\bbeen[ ])(?<!\bwere[ ])issued|statement|(?:press|news) release|circular|interview)[ ]\Z"
)
# "exceeding its 2019 traffic": what a value is set beside.
_PASSED = re.compile(
    r"\b(?:exceed\w*|surpass\w*|beat\w*|topp\w+|overtak\w+|above|below|than|over|matching) (?:its|their|the) \Z"
)
# "index with base 2011-12", "the Climate Conference 2026": a part of a name.
_NAMED = re.compile(
    r"\b(?:[Bb]ase(?:[ ]year)?:?"
    r"|[A-Z][\w’'-]*[ ](?:Conference|Forum|Summit|Expo|Congress|Fair|Games|Olympics|Festival|Award)s?)[ ]\Z"
)
# "the National Steel Policy, 2017 envisages", "the Master Plan 2030 (MP 2030)": a year that names a paper or a plan.
_NAMED_YEAR = re.compile(
    r"\b[A-Z][\w’'-]*[ ](?:Policy|Plan|Act|Bill|Rules|Regulations?|Order|Code|Vision|Agenda|Strategy|Mission|Roadmap"
    r"|Programme|Program|Scheme|Initiative|Framework|Blueprint|Charter|Guidelines|Law),?[ ]\Z"
    r"|\b(?:Vision|Agenda|Horizon|Made[ ]in[ ]China)[ ]\Z|[A-Z][ ][(][A-Z]{2,}[ ]\Z|\d[ ][(][A-Z]{2,}[ ]\Z"
)
_NAMED_SMALL = ("ase", "ase:", "year", "year:")
_YEARLY = frozenset(("year", "years", "fiscal"))
_TELLING = frozenset(("weekday", "now", "date", "relative"))
# "the highest since March", "unchanged since March": how far back a record or a rest goes, not when the value holds.
_SINCE_RECORD = re.compile(
    r"\b(?:\w{2,}est|first|most|least|worst|best|record|high|low|peak|unchanged|steady|stable|flat)"
    r"(?:[ ](?!has\b|have\b|had\b|was\b|were\b|by\b)[\w’'-]+){0,3},?[ ]since[ ](?:the[ ]|late[ ]|early[ ]|mid-)?\Z",
    re.IGNORECASE,
)
_WHEN = re.compile(r",[ ]when[ ]")
_BEFORE = 90  # code points in which what makes a phrase background stands


class Phrase(NamedTuple):
    """A time phrase as it stands: what a `Period` has besides its days, and the `groups` that those are read off."""

    char_start: int
    char_end: int
    groups: dict[str, str]
    kind: str
    lead: str
    rule: str
    background: bool


def time_signs(text: str) -> Signs:
    """Find in one pass over a text what its time phrases are found by."""
    return find_signs(table_sieve("periods"), text)


def find_periods(
    text: str, start: int, end: int, anchor: date | Anchor | None, signs: Signs | None = None
) -> list[Period]:
    """Return the time phrases of ``text[start:end]`` in order, without overlap, resolved against `anchor`.

    A phrase that the document does not fix has no dates; it is returned all the same. `signs` are the whole text's,
    where more than one part of it is read.
    """
    return resolve_phrases(find_phrases(text, start, end, signs), anchor)


def resolve_phrases(phrases: list[Phrase], anchor: date | Anchor | None) -> list[Period]:
    """Return the phrases with the days that they have by `anchor`."""
    if not phrases:
        return []
    leaning = anchor if isinstance(anchor, Anchor) else Anchor(anchor)
    periods: list[Period] = []
    for start, end, groups, kind, lead, rule, background in phrases:
        first, last = RESOLVERS[kind](groups, leaning)
        if kind == "quarter" and leaning.fiscal_quarters and periods and set(groups) == {"q"}:
            first, last = _quarter_of(periods, int(groups["q"])) or (first, last)
        periods.append(Period(start, end, *_bounded(first, last, lead, kind), kind, lead, rule, background))
    return _following(periods, leaning)


def _quarter_of(periods: list[Period], quarter: int) -> Span | None:
    """Return a quarter of the fiscal year named before it: "growth of 6.5% for 2023-24, with Q2 at"."""
    years = [period for period in periods if period.kind == "fiscal" and period.start]
    begin = move(years[-1].start, 3 * (quarter - 1)) if years and years[-1].start else None
    return (begin, move(begin, 3) - timedelta(days=1)) if begin else None


def find_phrases(text: str, start: int, end: int, signs: Signs | None = None) -> list[Phrase]:
    """Return the time phrases of ``text[start:end]`` in order, without overlap."""
    if text.find("\n", start, end) >= 0 or text.find("\r", start, end) >= 0:
        return _unwrapped(text, start, end)
    sifted = sift_part(signs, start, end) if signs else sift(table_sieve("periods"), text[start:end])
    if not sifted.rules:
        return []
    matches = [(match, rule) for rule in sifted.rules for match in each_match(sifted, rule, text, start, end)]
    if len(matches) < 2:
        return [_phrase(text, start, match, rule) for match, rule in matches]
    phrases: list[Phrase] = []
    taken = bytearray(end - start)  # a flag a code point, so that a sentence of a thousand dates stays linear
    for match, rule in matches:
        begin, stop = match.start() - start, match.end() - start
        if taken.find(1, begin, stop) < 0:
            taken[begin:stop] = b"\1" * (stop - begin)
            phrases.append(_phrase(text, start, match, rule))
    phrases.sort()
    return phrases


def _following(periods: list[Period], anchor: Anchor) -> list[Period]:
    """Let "the next two years" begin where a phrase before it ends: "1.7 percent this year, and 2 percent over …"."""
    if anchor.today is None or not any(period.kind == "coming" for period in periods[1:]):
        return periods
    year_end = date(anchor.today.year, 12, 31)
    for at, period in enumerate(periods):
        after = any(before.end == year_end for before in periods[:at])
        if after and period.kind == "coming" and period.start and period.end and period.end.year > anchor.today.year:
            years = date(period.start.year + 1, 1, 1), date(period.end.year, 12, 31)
            periods[at] = period._replace(start=years[0], end=years[1])
    return periods


_WRAP = re.compile(r"[ \t]*[\r\n]\s*")


def _unwrapped(text: str, start: int, end: int) -> list[Phrase]:
    """Find phrases across line ends: join the lines, and move what is found back to where it stands."""
    pieces: list[str] = []
    begins, shifts = [0], [start]  # offsets in the joined text, and how far the printed ones lie beyond them
    at = length = 0
    for wrap in _WRAP.finditer(text, start, end):
        head = text[start + at : wrap.start()]
        pieces += [head, " "]
        length += len(head) + 1
        at = wrap.end() - start
        begins.append(length)
        shifts.append(start + at - length)
    joined = "".join([*pieces, text[start + at : end]])

    def place(offset: int) -> int:
        return offset + shifts[bisect_right(begins, offset) - 1]

    return [
        phrase._replace(char_start=place(phrase.char_start), char_end=place(phrase.char_end - 1) + 1)
        for phrase in find_phrases(joined, 0, len(joined))
    ]


def _phrase(text: str, opened: int, match: re.Match[str], rule: Rule) -> Phrase:
    start, end = match.span()
    floor = max(opened, start - _BEFORE)
    word, led_from = _lead_of(text, opened, start)
    if word in {"in", "on"} and text.find("ince ", floor, start) >= 0 and _SINCE_BEGUN.search(text, floor, start):
        word = "since"
    if led_from > opened and word.startswith("since") and _WHEN.match(text, end):
        word = "in"  # "the highest since May 2023, when it was 6.6%": that month, and no time since
    kind = str(rule.data["kind"])
    aside = _is_name(text, floor, match, kind) or (
        _NAMES_A_PAPER.match(text, end) is not None
        or _is_background(text, floor, match, since=word.startswith("since"))
        if word
        else (kind in _TELLING and _TOLD.search(text, floor, start) is not None)
        or (kind == "year" and _PASSED.search(text, max(floor, start - _LEAD_REACH), start) is not None)
    )
    aside = aside or (kind == "ago" and start > opened and not _AGO_DATES.search(text, opened, start))
    groups = {name: words for name, words in match.groupdict().items() if words is not None}
    return Phrase(start, end, groups, kind, word, rule.id, aside)


# "from 3 million sets a decade ago", "Ten years ago, output was": elsewhere it tells when something was founded.
_AGO_DATES = re.compile(r"\d[\d.,]*(?:[ ]?%|[ ][\w$-]+){0,3}[ ](?:just[ ]|only[ ])?\Z|(?:[.—–]|--)[ ]\Z")


def _lead_of(text: str, opened: int, start: int) -> tuple[str, int]:
    """Return the word group before a phrase, "" for none, and where it begins; it stands behind `opened`."""
    if text[start - 1 : start] not in _LED_BY:
        return "", opened
    begin = max(opened, start - _LEAD_REACH)
    shown = max(0, begin - _BASED)
    lead = _LEAD.search(fold_case(text[shown:start]), begin - shown)
    return (lead["lead"], shown + lead.start()) if lead else ("", opened)


def _is_name(text: str, floor: int, match: re.Match[str], kind: str) -> bool:
    """Is the phrase a part of a name: "the 2008 crisis", "the Climate Conference 2026", "the Steel Policy, 2017"?"""
    if kind in _YEARLY and _NAMES_AN_EVENT.match(text, match.end()):
        return True
    last = text[floor : match.start() - 1].rpartition(" ")[2]
    if last.islower() and not last.endswith(_NAMED_SMALL):
        return False  # the last word of other names has a capital
    forms = (_NAMED, _NAMED_YEAR) if kind == "year" else (_NAMED,)
    return any(form.search(text, floor, match.start()) for form in forms)


def _is_background(text: str, floor: int, match: re.Match[str], *, since: bool) -> bool:
    """Does the phrase date something else: "lower than expected in May", "The plant, opened in 2019, makes"?"""
    if since:
        return _SINCE_RECORD.search(text, floor, match.start()) is not None
    before = fold_case(text[floor : match.start()])
    if not _BACKGROUND_END.search(before, max(0, len(before) - _END)):
        return False
    found = _BACKGROUND.search(before)
    return found is not None and (
        not found["aside"] or bool(found["whose"]) or text[match.end() : match.end() + 1] == ","
    )


def _bounded(begin: date | None, end: date | None, lead: str, kind: str) -> Span:
    """Apply "since", "from", "through": they open one side of the span."""
    if lead.startswith("since") and kind != "to-date":
        return begin, None
    if lead == "before" and begin is not None and kind in {"year", "month", "date", "quarter", "half"}:
        return None, begin - timedelta(days=1)
    if lead in {"through", "until", "till", "up to"} and kind in {"year", "month", "date", "end"}:
        return None, end
    return begin, end
