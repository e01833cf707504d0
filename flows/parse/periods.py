"""Time phrases: found by the rules of ``patterns/periods.toml`` and resolved against the document's own date."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date, timedelta
from typing import NamedTuple

from flows.parse.calendars import Anchor, Span
from flows.parse.rules import Rule
from flows.parse.sieve import each_match, sift, table_sieve
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
        (?: than | as[ ](?:of|at|on|to) | as
          | level
          | compared | comparison | versus | relative | from | (?<!\bbased[ ])on
          | over | against | below | above | since | by | until | till | through | before | after | beginning | starting
          | effective | in | during | at | for | of | between | up[ ]to | throughout | within | to | under )
        (?: [ ] (?: in | at | of | to | with | from | for | the | that | those | by | during
          | (?:whole|level|average|figure|rate|pace|total)(?=[ ](?:of|in|for)\b) ) )*
    ) [ ] (?: the[ ] | around[ ] | about[ ] | mid- | early[ ] | late[ ] )?\Z""",
    re.IGNORECASE | re.VERBOSE,
)


_BACKGROUND = re.compile(
    r"""\b(?: (?:expected|projected|forecast|predicted|anticipated|envisaged|assumed|estimated|pencilled[ ]in|announced
        |published)[ ](?:back[ ])?in | (?:peak|trough|low|high|highs|lows|level|levels)[ ](?:of|in|at|from) )[ ]
        (?:the[ ]|late[ ]|early[ ]|mid-)?\Z
      | \bas[ ](?:much|many|high|low|large|big|fast|long)[ ]as[ ](?:(?:in|at|on)[ ])?(?:the[ ])?\Z
      | \b(?:said|says|announced|reported|released|unveiled|issued|showed|shown|published|reporters|told|noted|added)[ ]
        (?:[^.;,]{1,50}[ ])?on[ ]\Z | \bheld[ ]on[ ]\Z
      | (?:\A|,[ ](?:which[ ]|that[ ]|(?P<whose>whose[ ][^,;]{3,60}?[ ]))?(?:was[ ]|were[ ]|is[ ])?)
        (?P<aside>founded|set[ ]up|built|begun|\w{2,}ed)[ ](?:in|on)[ ](?:the[ ])?\Z""",
    re.IGNORECASE | re.VERBOSE,
)
# What all of these end with: most phrases stand after something else, which shows in their last words.
_BACKGROUND_END = re.compile(r"\b(?:in|of|at|from|as|on)[ ](?:the[ ]|late[ ]|early[ ]|mid-)?\Z", re.IGNORECASE)
_LEAD_REACH = 36  # code points in which the word group before a phrase stands
_END = 12  # code points; the longest has eleven and stands after another
# "from 2.1 per cent in the March report": when the earlier figure was given, not what it speaks of.
_NAMES_A_PAPER = re.compile(r" (?:\w+ )?(?:report|forecasts?|projections?|bulletin|statement|outlook|survey)\b")
# "Since the turnaround began in May 2024, the rate has been cut": what began there opens the span.
_SINCE_BEGUN = re.compile(
    r"\b[Ss]ince [^,;.]{3,60} (?:began|begun|started|peaked|opened)(?: again)? (?:in|on) (?:the )?\Z"
)
# "expanded 5.8 percent in May, data showed Monday": when it was told.
_TOLD = re.compile(
    r"\b(?:said|says|announced|reported|released|showed|shown|published|told|noted|added|confirmed|issued)[ ]\Z"
)
# "index with base 2011-12", "the Climate Conference 2026": a part of a name.
_NAMED = re.compile(
    r"\b(?:[Bb]ase(?:[ ]year)?:?"
    r"|[A-Z][\w’'-]*[ ](?:Conference|Forum|Summit|Expo|Congress|Fair|Games|Olympics|Festival|Award)s?)[ ]\Z"
)
_TELLING = frozenset(("weekday", "now", "date", "relative"))
# "the highest since March", "unchanged since March": how far back a record or a rest goes, not when the value holds.
_SINCE_RECORD = re.compile(
    r"\b(?:\w{2,}est|first|most|least|worst|best|record|high|low|peak|unchanged|steady|stable|flat)"
    r"(?:[ ](?!has\b|have\b|had\b|was\b|were\b|by\b)[\w’'-]+){0,3},?[ ]since[ ](?:the[ ]|late[ ]|early[ ]|mid-)?\Z",
    re.IGNORECASE,
)
_WHEN = re.compile(r",[ ]when[ ]")
_BEFORE = 90  # code points in which what makes a phrase background stands


def find_periods(text: str, start: int, end: int, anchor: date | Anchor | None) -> list[Period]:
    """Return the time phrases of ``text[start:end]`` in order, without overlap, resolved against `anchor`.

    A phrase that the document does not fix has no dates; it is returned all the same.
    """
    words = text[start:end]
    leaning = anchor if isinstance(anchor, Anchor) else Anchor(anchor)
    if "\n" in words or "\r" in words:
        return _unwrapped(text, start, end, leaning)
    found: list[tuple[int, int, int, re.Match[str], Rule]] = []
    sifted = sift(table_sieve("periods"), words)
    for order, rule in enumerate(sifted.rules):
        found += [(m.start(), order, m.end(), m, rule) for m in each_match(sifted, rule, text, start, end)]
    if not found:
        return []
    periods: list[Period] = []
    taken = bytearray(end - start)  # a flag a code point, so that a sentence of a thousand dates stays linear
    for begin, _, stop, match, rule in sorted(found, key=lambda f: (f[1], f[0])):
        if not any(taken[begin - start : stop - start]):
            taken[begin - start : stop - start] = b"\1" * (stop - begin)
            periods.append(_period(text, start, match, rule, leaning))
    return _following(sorted(periods, key=lambda period: period.char_start), leaning)


def _following(periods: list[Period], anchor: Anchor) -> list[Period]:
    """Let "the next two years" begin where a phrase before it ends: "1.7 percent this year, and 2 percent over …"."""
    if anchor.today is None or not any(period.kind == "coming" for period in periods):
        return periods
    year_end = date(anchor.today.year, 12, 31)
    for at, period in enumerate(periods):
        after = any(before.end == year_end for before in periods[:at])
        if after and period.kind == "coming" and period.start and period.end and period.end.year > anchor.today.year:
            years = date(period.start.year + 1, 1, 1), date(period.end.year, 12, 31)
            periods[at] = period._replace(start=years[0], end=years[1])
    return periods


_WRAP = re.compile(r"[ \t]*[\r\n]\s*")


def _unwrapped(text: str, start: int, end: int, anchor: Anchor) -> list[Period]:
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
        period._replace(char_start=place(period.char_start), char_end=place(period.char_end - 1) + 1)
        for period in find_periods(joined, 0, len(joined), anchor)
    ]


def _period(text: str, start: int, match: re.Match[str], rule: Rule, anchor: Anchor) -> Period:
    lead = _LEAD.search(text, max(start, match.start() - _LEAD_REACH), match.start())
    word = lead["lead"].casefold() if lead else ""
    if word in {"in", "on"} and _SINCE_BEGUN.search(text, max(start, match.start() - _BEFORE), match.start()):
        word = "since"
    if lead and word.startswith("since") and lead.start() > start and _WHEN.match(text, match.end()):
        word = "in"  # "the highest since May 2023, when it was 6.6%": that month, and no time since
    groups = match.groupdict()
    kind = str(rule.data["kind"])
    begin, end = RESOLVERS[kind]({k: v for k, v in groups.items() if v is not None}, anchor)
    begin, end = _bounded(begin, end, word, kind)
    floor = max(start, match.start() - _BEFORE)
    aside = _NAMED.search(text, floor, match.start()) is not None or (
        _NAMES_A_PAPER.match(text, match.end()) is not None
        or _is_background(text, floor, match, since=word.startswith("since"))
        if word
        else kind in _TELLING and _TOLD.search(text, floor, match.start()) is not None
    )
    return Period(match.start(), match.end(), begin, end, kind, word, rule.id, aside)


def _is_background(text: str, floor: int, match: re.Match[str], *, since: bool) -> bool:
    """Does the phrase date something else: "lower than expected in May", "The plant, opened in 2019, makes"?"""
    if since:
        return _SINCE_RECORD.search(text, floor, match.start()) is not None
    if not _BACKGROUND_END.search(text, max(floor, match.start() - _END), match.start()):
        return False
    found = _BACKGROUND.search(text[floor : match.start()])
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
