"""The days that a document gives: when it was published, and when what it tells of took place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from flows.parse.rules import Rule, load_rules
from flows.parse.sieve import Sieve, each_match, sieve_of, sift
from flows.records import Passage

TAIL_DATE = re.compile(r"[ ]*[|–—-][ ]*(?=[^|]{0,12}\d)[^|]{6,30}\Z|[ ]+(?:19|20)\d\d-\d\d-\d\d\Z")
SPACES = re.compile(r"\s+")
# A literal first, and what stands before it looked up behind it: the search leaps to the literal.
RUNNING_HEAD = re.compile(
    r" Conference (?:(?<=['’]s Press Conference )|(?<=['’]s News Conference ))(?:FINAL|PRELIMINARY|DRAFT)\b"
)
_YEAR = re.compile(r"(?:19|20)(?<![\d,.]\d\d)\d{2}(?!\d|,\d|%)")  # a literal first: the search leaps to it
# These fix no year, for it is to come: "by 2030".
_AHEAD = re.compile(r"[BbuTt](?:(?<=\b[Bb])y|(?<=\bu)ntil|(?<=\b[Tt])hrough)(?: the end of| end[- ]of)? 20\d\d\b")
# Nor do these, with which another year is compared.
_REFERENCE = re.compile(r"\b(?:than(?: in| that of)?|compared (?:with|to)) (?:19|20)\d\d\b")
_EVENTFUL = frozenset({"press_conference", "briefing_qa", "readout", "news", "speech", "other"})
_RANGE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?[ ]?[-–—][ ]?\d{1,2}(?:st|nd|rd|th)?(?:[ ]+[A-Z][a-z]{2,8}|,[ ]*\d{4})")
_STAMP = re.compile(r"[.!?]\s+(?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})\s*\Z")
_PUBLISHED = re.compile(r"(?:Published|Posted|Issued|Released)(?: on)?(?: the)?:? (?=\d|[A-Z])")
_DIGIT = re.compile(r"\d")
_LINE = 60  # code points
_GLUED = re.compile(r"of \d{1,2}(?=[A-Z])")  # "Page 3 of 28March 19"
_PLANS = re.compile(r"(?P<year>20\d\d) [\w ,&-]{0,80}[Ww]ork [Cc]onference\b")
_LATE = 11  # the month from which on such conferences meet
_LEAP = 29
_CONFERENCE = re.compile(r"\bpress conference\b", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S*?/(?P<year>20\d{2})[-/]?(?P<month>[01]\d)[-/]?(?P<day>[0-3]\d)\b")
_WEEKDAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_TITLE_DAY = re.compile(
    r"\b(?:conference|briefing|transcript)\b[^|]{0,80}(?:[:(]|, )[^|()]{0,14}\d{4}\)?\Z"
    r"|\b(?:conference|briefing|meeting|speech)\b[^|]{0,80}\b(?:on|held)\b[^|]{0,40}\d{4}\Z"
    r"|\b(?:statement|address|remarks|lecture)\b[^|]{0,240} on"
    r" (?:\w+day,? )?(?:\d{1,2} [A-Z]|[A-Z][a-z]+ \d)[^|]{0,20}\d{4}\Z"
    r"|\banswered on\b[^|]{0,24}\d{4}\Z"
    r"|\b(?:address|remarks|speech|keynote|lecture)\b[^|]{0,240}, (?:\d{1,2} [a-z]+|[a-z]+ \d{1,2},) \d{4}\Z",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"(?:Published|Posted|Released|Updated|Issued)\b")
_DATE_ALONE = re.compile(r"(?:\w+day,? )?(?:\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+|[A-Z][a-z]+ \d{1,2}),? \d{4}\Z")
_TOLD = re.compile(
    r"\b(?:said|told|announced|reported|revealed)\b[^.;]{0,80}?"
    r"\bon (?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"(?:,? (?P<date>[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})\b)?"
)
_DAY_OF = r"\bon (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
_MET = re.compile(
    rf"\b(?:conference|briefing|meeting|chaired|held|presided)\b[^.;]{{0,120}}{_DAY_OF}"
    rf"|{_DAY_OF}[^.;]{{0,120}}\b(?:conference|briefing|meeting|chaired|presided)\b"
)
_AT_CONFERENCE = re.compile(
    r"\b(?:at|during|attends?|told) (?:an?|the|its|his|her|this)\b[^.;]{0,60}\b(?:conference|briefing|meeting)\b"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun")
_LEAD = 3
_LEAD_LENGTH = 2000  # code points of a passage in which an event is told
_TOP = 8
_SAMPLE = 20_000


class Dates(NamedTuple):
    """When a document was published, and when what it tells of took place; each None where it does not say."""

    published: date | None
    event: date | None


def dates_of(text: str, passages: Sequence[Passage], kind: str) -> Dates:
    """Return a document's dates out of its head, its datelines and its first sentences."""
    published = event = None
    titles = " ".join(p.text for p in passages if p.kind == "title")
    heads = " ".join(p.text for p in passages if p.kind == "page_header")
    of_event = bool(re.search(r"\btranscript\b", titles, re.IGNORECASE) or _CONFERENCE.search(heads))
    for passage in passages:
        if passage.kind in {"byline", "head", "title"} or (passage.kind == "page_header" and of_event):
            line = SPACES.sub(" ", _GLUED.sub(r"\g<0> ", passage.text))
            days = find_dates(line)
            if days and _PUBLISHED.match(line):
                published = published or days[0]
            elif days and (_tells_event(passage, kind, of_event=of_event) or _RANGE.search(line)):
                event = event or days[0]
            elif days and (passage.kind == "byline" or TAIL_DATE.search(passage.text)):
                published = published or days[0]
    event = event or _running_day(text)
    published = published or _stamped(passages)
    published = published or (_dateline_day(text, passages) if kind == "news" else None)
    year = _year(text, passages, published)
    event = event or (_event_day(passages, year, published) if kind in _EVENTFUL else None)
    return Dates(published, _before_its_year(event, titles) if event and not published else event)


def _running_day(text: str) -> date | None:
    """Return the day in the heads of printed pages that stand among the words of a transcript, again and again."""
    sample = text[:_SAMPLE]
    if not RUNNING_HEAD.search(sample):
        return None
    days = Counter(find_dates(sample)).most_common(1)
    return days[0][0] if days and days[0][1] > 1 else None


def _before_its_year(day: date, title: str) -> date:
    """A conference that is called by the year it plans for meets at the end of the year before."""
    planned = _PLANS.match(title.strip())
    early = planned and int(planned["year"]) == day.year and day.month >= _LATE and day.day < _LEAP
    return day.replace(year=day.year - 1) if early else day


def _stamped(passages: Sequence[Passage]) -> date | None:
    """Return the day of a line "Published on 7 March", or behind the first words: "… held a briefing. May 3, 2021"."""
    for passage in passages[: 2 * _TOP]:
        dated = passage.kind in {"heading", "paragraph", "label"} and _PUBLISHED.match(passage.text)
        if dated and len(passage.text) < _LINE and (days := find_dates(passage.text)):
            return days[0]
    for passage in [p for p in passages[: 2 * _TOP] if p.kind in {"paragraph", "label"}][:_LEAD]:
        stamp = _STAMP.search(passage.text[-40:]) if passage.kind == "paragraph" else None
        if stamp or passage.kind == "label":
            return next(iter(find_dates(stamp["date"])), None) if stamp else None
    return None


def find_dates(text: str, year: int | None = None) -> list[date]:
    """Return the calendar days that a short text names, in order; a day without a year takes `year`, if given."""
    found: list[tuple[int, date]] = []
    for rule in _date_rules() if _DIGIT.search(text) else ():
        for match in rule.pattern.finditer(text):
            day = _day(match, year)
            if day:
                found.append((match.start(), day))
    return [day for _, day in sorted(found)]


@cache
def _date_rules() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules("documents") if rule.id.startswith("date-"))


def _day(match: re.Match[str], default: int | None) -> date | None:
    year = int(match["year"]) if match["year"] else default
    if year is None:
        return None
    month = match["month"].casefold()
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1
    try:
        return date(year, number, int(match["day"]))
    except ValueError:
        return None


def _tells_event(passage: Passage, kind: str, *, of_event: bool) -> bool:
    if passage.kind in {"head", "page_header"}:
        return True
    if passage.kind == "title":
        return _TITLE_DAY.search(passage.text) is not None
    if re.match(r"Delivered\b", passage.text):
        return True
    keyed = re.search(r"\b(?:Published|Released|Updated|Posted|Issued|Source|Dated)\b|\|", passage.text)
    alone = kind == "press_conference" and _DATE_ALONE.match(passage.text.strip()) is not None
    return passage.kind == "byline" and not keyed and (of_event or kind == "speech" or alone)


def _year(text: str, passages: Sequence[Passage], published: date | None) -> int | None:
    """Return the year that the document itself fixes: its publication's, else the one it names most often."""
    if published:
        return published.year
    heads = [p.text for p in passages if p.kind in {"byline", "head"}]
    words = _AHEAD.sub(" ", " ".join([*heads, text[:_SAMPLE]]))
    named = Counter(_YEAR.findall(_REFERENCE.sub(" ", words) if "than" in words or "compared" in words else words))
    return int(named.most_common(1)[0][0]) if named else None


def dateline_of(passages: Sequence[Passage]) -> tuple[re.Match[str], Passage] | None:
    """Return the dateline of a report with the passage that it opens, None if there is none."""
    rules = (_rule("dateline"), _rule("dateline-bracket"))
    for passage in [p for p in passages if p.kind in {"paragraph", "heading"}][:_LEAD]:
        match = next(filter(None, (rule.pattern.match(passage.text[:160]) for rule in rules)), None)
        if match and (match["date"] or match["agency"]):
            return match, passage
    return None


def _rule(name: str) -> Rule:
    return next(rule for rule in load_rules("documents") if rule.id == name)


def _dateline_day(text: str, passages: Sequence[Passage]) -> date | None:
    """Return the day of a report's dateline.

    Its year stands beside it, in the report's address, or is the one of those named in which the weekday fits.
    """
    found = dateline_of(passages)
    if found is None or not found[0]["date"]:
        return None
    match, passage = found
    if match["year"]:
        return next(iter(find_dates(match["date"] + match["year"])), None)
    for line in [p.text for p in passages[:_TOP] if p.kind in {"navigation", "byline", "paragraph"}]:
        address = _ADDRESS.search(line[:400])
        day = _day(address, None) if address else None
        if day and abs((_in_year(match["date"], day.year) or day) - day) < timedelta(days=31):
            return _in_year(match["date"], day.year)
    years = list(dict.fromkeys(map(int, _YEAR.findall(text[:_SAMPLE]))))
    fitting = [year for year in years if _weekday_fits(_in_year(match["date"], year), passage.text)]
    year = fitting[0] if len(fitting) == 1 else _year(text, passages, None)
    return _in_year(match["date"], year) if year else None


def _in_year(day: str, year: int) -> date | None:
    return next(iter(find_dates(day, year)), None)


def _weekday_fits(day: date | None, sentence: str) -> bool:
    named = _WEEKDAY.search(sentence)
    if day is None or named is None:
        return False
    return day.weekday() - _WEEKDAYS.index(named[1]) in {0, 1, -6}


@cache
def _events() -> Sieve:
    rules = (rule for rule in load_rules("documents") if rule.data.get("where") == "event")
    return sieve_of(rule for rule in rules if "date" in rule.pattern.groupindex)


def _event_day(passages: Sequence[Passage], year: int | None, published: date | None) -> date | None:
    leads = [p for p in passages if p.kind in {"paragraph", "heading"}][: 2 * _LEAD]
    for passage in leads:
        words = passage.text[:_LEAD_LENGTH]
        sifted = sift(_events(), words)
        for match in (match for rule in sifted.rules for match in each_match(sifted, rule, words, 0, len(words))):
            days = find_dates(match["date"], year)
            if days and re.match(r"[\w ,.]{0,14}\d", match["date"]):
                return _not_after(days[0], published)
    return _conference_day(leads, year, published) or _told_day(leads, year, published) or _pictured_day(passages)


def _pictured_day(passages: Sequence[Passage]) -> date | None:
    """Return the day of a conference that a report's picture shows: "… at a press conference in Lund, May 3, 2017"."""
    for passage in [p for p in passages[: 2 * _TOP] if p.kind == "caption"]:
        days = find_dates(passage.text[:400])
        if len(days) == 1 and _AT_CONFERENCE.search(passage.text[:400]):
            return days[0]
    return None


def _told_day(leads: Sequence[Passage], year: int | None, published: date | None) -> date | None:
    """Return the day on which a report's source spoke at a conference: "told reporters on Monday, October 6"."""
    for index, passage in enumerate(leads[:_LEAD]):
        match = _TOLD.search(passage.text[:1000])
        near = " ".join(p.text[:1000] for p in leads[index : index + 2])
        if not match or not _AT_CONFERENCE.search(near):
            continue
        if match["date"]:
            return _in_year(match["date"], year) if year else None
        if published:
            back = (published.weekday() - _WEEKDAYS.index(match["weekday"])) % 7
            return published - timedelta(days=back)
    return None


def _conference_day(leads: Sequence[Passage], year: int | None, published: date | None) -> date | None:
    """A report of a meeting on the weekday of its dateline has the day of it: "May 5 (X) -- A meeting on Friday"."""
    found = dateline_of(leads)
    if found is None or not found[0]["date"] or year is None:
        return None
    day = _in_year(found[0]["date"], year)
    words = found[1].text[:_LEAD_LENGTH]
    return _not_after(day, published) if day and _MET.search(words) and _weekday_fits(day, words) else None


def _not_after(day: date, published: date | None) -> date:
    if published and day > published and (day - published).days > 180:
        return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day
    return day
