"""What a document says of its own time: its day, its fiscal years, the period that it states."""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from datetime import date
from functools import cache
from itertools import islice

from flows.parse.calendars import Anchor, move
from flows.parse.countries import fiscal_rule
from flows.parse.periods import Period, find_periods
from flows.parse.rules import load_rules
from flows.parse.sieve import Sieve, matches, sieve_of, sift
from flows.parse.timing import NO_TIME, Calendar, Timing, is_reference, points_back, timing_of
from flows.parse.timing_openings import LASTING, is_aside
from flows.records import Document, Layout

_STATED = frozenset(
    ("opening", "months", "half", "quarter", "year", "relative", "month", "fiscal", "fiscal-part", "week")
)
_VALUE = re.compile(r"\d[\d.,]*[ ]?(?:%|per ?cent|million|billion|trillion|crore|lakh|bn|tonnes|yuan)")
_HEAD = 400  # code points
_SPAN = 120  # code points; so far back a plan shows that a year is of
_BEGINNING = 4000
_YEAR_NAMED = re.compile(r"(?:19|20)(?<![\w.,/-]\d\d)\d\d(?![\w,./-]\d|[\w%])")
# A year that something is compared with, is due by, or began in, is not the one in which a text speaks.
_MONTH = r"(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber"
_PART = rf"(?:(?:the )?first (?:half|quarter|\w+ (?:months|quarters)) of |(?:{_MONTH}) )"
_SAME_PART = r"\b(?:same|corresponding) (?:period|month|quarter|half)(?: year)? (?:of|in) "
_OF_OTHERS = re.compile(
    r"\b(?:than|than in|than that of|compared (?:with|to)|by|until|through|towards?|since|before|against|versus"
    r"|(?:launch|founded|established|set up|opened|introduced|launched) in) (?:the )?(?:end of )?"
    rf"(?:{_PART})?\Z|{_SAME_PART}\Z",
    re.IGNORECASE,
)
# The part of a year with which a text compares the same part of the next, which it need not name.
_A_YEAR_BACK = re.compile(
    rf"{_SAME_PART}\Z|\b(?:than|compared|against|versus) (?:(?:in|with|to) )?{_PART}\Z", re.IGNORECASE
)
_LONGEST = len("compared with the corresponding quarter of ")
# "could grow 5 percent in 2023", "plans to raise revenue in 2023"
_AHEAD = re.compile(
    r"\b(?:will|would|could|may|should|plans?|planned|targets?|goals?|aims?|expect(?:s|ed)?|forecasts?|projected|outlook|set)\b"
    r"[^.;\n]{0,80}[ ](?:in|for)[ ](?:the[ ]year[ ])?\Z"
)
_OF_FIGURES = frozenset(("statistical_release", "other"))
_SPOKEN = 12  # code points; what is shorter is a mark or a label
_TOLD = frozenset(("news", "statistical_release"))
_OF_TURNS = frozenset(("label", "head"))  # passages of a transcript, which has no lead
_LEAD = 2  # sentences in which a report says what it tells of
_LEAD_OF_FIGURES = 4  # where the first may tell who published what
_TOLD_IN = frozenset(("", "in", "for", "during", "of", "over", "from"))
_FRONT = 14  # sentences in which a text states its own period


def day_of(text: str, document: Document) -> date | None:
    """Return the day on which a text speaks: that of its event or publication, else the one that its head gives."""
    return document.event_on or document.published_on or _head_day(text)


def calendar_of(text: str, document: Document, layout: Layout) -> Calendar:
    """Read what the document says of its own time."""
    today = day_of(text, document)
    fiscal = fiscal_rule(text)
    year = None if today else _own_year(text)
    writes = year + 1 if year and _is_last_year(text[:_BEGINNING], year) else year
    anchor = Anchor(today, year, fiscal.month, fiscal.by_start, fiscal.quarters, writes=writes)
    anchor = anchor._replace(told=_told_of(document, anchor))
    days = frozenset(day for day in (document.event_on, document.published_on) if day)
    return Calendar(anchor, _by_quarter(text, _stated(text, document, layout, anchor)), days)


def _by_quarter(text: str, stated: Timing) -> Timing:
    """Widen the month of a title to the quarter whose last it is, where the text has it: "in the June quarter"."""
    if not (stated.start and stated.end) or stated.end.month % 3 or stated.start.month != stated.end.month:
        return stated
    named = re.compile(rf"\b{month_name[stated.end.month]} (?:{stated.end.year} )?quarter\b")
    return stated._replace(start=move(stated.start, -2)) if named.search(text, 0, _BEGINNING) else stated


def _is_last_year(words: str, year: int) -> bool:
    """Who writes "last year" and looks back on a year that the text names most writes in the next one."""
    looks_back = re.search(rf"\b(?:in|during|of|from|since) {year}\b", words, re.IGNORECASE)
    return looks_back is not None and re.search(r"\blast year\b", words, re.IGNORECASE) is not None


def _told_of(document: Document, anchor: Anchor) -> date | None:
    """The end of the month or quarter whose figures a release's title names: "Building approvals, Dec 2016"."""
    title = document.title or ""
    if document.kind not in _OF_FIGURES:
        return None
    named = (p for p in find_periods(title, 0, len(title), anchor) if p.kind in {"month", "quarter"} and p.start)
    return next((p.end for p in named if anchor.today is None or _is_over(p, anchor)), None)


def _head_day(text: str) -> date | None:
    """The day that stands by itself in the head of a text whose dates have no place of their own."""
    for period in find_periods(text, 0, min(len(text), _HEAD), None):
        if period.kind in {"date", "iso"} and not period.lead and period.start:
            return period.start
    return None


def _own_year(text: str) -> int | None:
    """The year that an undated text names most often in its beginning: its months and quarters are of that year.

    Of two that it names as often the later one; a year that something is planned for only where it names no other.
    Where all that it names are compared with, it is the one after: "9 percent more than in the first half of 2021".
    """
    years = [(match[0], match.start()) for match in _YEAR_NAMED.finditer(text, 0, _BEGINNING)]
    found = [(year, at) for year, at in years if not _OF_OTHERS.search(text, max(0, at - _LONGEST), at)]
    told = [year for year, at in found if not _AHEAD.search(text[max(0, at - _SPAN) : at])]
    named = Counter(told or [year for year, _ in found])
    if named:
        return int(max(named, key=lambda year: (named[year], year)))
    back = [int(year) for year, at in years if _A_YEAR_BACK.search(text, max(0, at - _LONGEST), at)]
    return max(back) + 1 if back else None


def _stated(text: str, document: Document, layout: Layout, anchor: Anchor) -> Timing:
    if document.kind in {"speech", "article"}:
        return NO_TIME
    figures = document.kind == "statistical_release"
    for name in (document.title, document.event_name):
        for period in find_periods(name or "", 0, len(name or ""), anchor):
            if _states(period, anchor) and (period.lead or (figures and _is_over(period, anchor))):
                return timing_of(name or "", period, "document")
    if document.kind == "other":
        spoken = any(passage.kind in _OF_TURNS for passage in layout.passages)
        return NO_TIME if spoken else _stated_in_lead(text, layout, anchor)
    stated = _stated_in_words(text, layout, anchor, figures=figures)
    if document.kind not in _TOLD or stated.start:
        return stated
    return _stated_in_lead(text, layout, anchor, _LEAD_OF_FIGURES if figures else _LEAD)


def _stated_in_lead(text: str, layout: Layout, anchor: Anchor, sentences: int = _LEAD) -> Timing:
    """The time of which a report tells at first, of what runs on alone: "Trade grew in the first quarter by 3%"."""
    for lead in [s for s in layout.sentences if layout.passages[s.passage].kind == "paragraph"][:sentences]:
        periods = find_periods(text, lead.char_start, lead.char_end, anchor)
        named = [p for p in periods if not (is_reference(p) or points_back(text, p))]
        named = [p for p in named if not is_aside(text, lead.char_start, p)]
        found = [p for p in named if _states(p, anchor) and (p.lead in _TOLD_IN or p.kind == "days")]
        if found:
            one = len({(p.start, p.end) for p in found}) == 1
            return timing_of(text, found[0], "document")._replace(late=True) if one else NO_TIME
    return NO_TIME


def _stated_in_words(text: str, layout: Layout, anchor: Anchor, *, figures: bool) -> Timing:
    """Find the sentence that says what the text speaks of; one with a value speaks of that value, unless `figures`."""
    sieve = _sieve_of_matter()
    spoken = (s for s in layout.sentences if s.char_end - s.char_start >= _SPOKEN)
    for sentence in islice(spoken, _FRONT):
        words = text[sentence.char_start : sentence.char_end]
        sifted = sift(sieve, words)
        if not any(matches(sifted, rule, words) for rule in sifted.rules):
            continue
        if _VALUE.search(words) and not figures:
            continue
        for period in find_periods(text, sentence.char_start, sentence.char_end, anchor):
            if _in_bracket(text, sentence.char_start, period):
                continue
            if _states(period, anchor) and period.lead in {"in", "for", "during", "of", "over"}:
                return timing_of(text, period, "document")
    return NO_TIME


def _in_bracket(text: str, start: int, period: Period) -> bool:
    """Does the phrase stand in a bracket that is open: "director (he was appointed in March)"?"""
    return text.rfind("(", start, period.char_start) > text.rfind(")", start, period.char_start)


@cache
def _sieve_of_matter() -> Sieve:
    return sieve_of(load_rules("context")[:1])


def _is_over(period: Period, anchor: Anchor) -> bool:
    """Is it past? "Retail trade, March 2025" of May is; "Labour market overview: July 2025" names its own month."""
    return period.end is not None and anchor.today is not None and period.end < anchor.today


def _states(period: Period, anchor: Anchor) -> bool:
    ended = period.end is not None and (
        anchor.today is None or period.end <= anchor.today or period.start != period.end
    )
    future = anchor.today is not None and period.start is not None and period.start > anchor.today
    stated = period.kind in _STATED or (period.kind == "days" and period.lead.startswith(LASTING))
    return stated and ended and not future
