"""What a document says of itself: title, kind, publisher, dates, pages, language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from flows.parse.documents_kind import kind_of
from flows.parse.rules import load_rules, load_words
from flows.records import Document, Layout, Passage, RawText, Voices

_TAIL_DATE = re.compile(r"[ ]*[|–—-][ ]*(?=[^|]{0,12}\d)[^|]{6,30}\Z")
_SPACES = re.compile(r"\s+")
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d{2}(?![\d,%])")
_PAGES = re.compile(r"\bPage (\d{1,4}) of (\d{1,4})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_EVENTFUL = frozenset({"press_conference", "briefing_qa", "readout", "news", "speech", "other"})
_LEAD = 3
_TITLE_DAY = re.compile(
    r"\b(?:conference|briefing|meeting|speech)\b[^|]{0,80}\b(?:on|held)\b[^|]{0,40}\d{4}\Z", re.IGNORECASE
)
_FRONT = 24
_SAMPLE = 20_000


class _Dates(NamedTuple):
    published: date | None
    event: date | None


def describe(raw: RawText, layout: Layout, voices: Voices) -> Document:
    """Return the row of `documents` for a text.

    Args:
        raw: the text and where it came from.
        layout: its passages.
        voices: who speaks in it.

    Returns:
        What the text says, None for what it does not say.
    """
    del voices  # kept in the signature: what a text is may come to hang on who speaks in it
    passages = layout.passages
    kind = kind_of(raw.text, passages)
    dates = _dates(raw.text, passages, kind)
    page, page_count = _pages(passages)
    title = _title(passages)
    return Document(
        document_id=raw.document_id,
        title=title,
        kind=kind,
        publisher=publisher_of(passages),
        published_on=dates.published,
        event_name=_event_name(title, kind, passages),
        event_on=dates.event,
        language=_language(raw.text),
        page=page,
        page_count=page_count,
        source_url=raw.source.url,
        raw_path=raw.path,
        raw_sha256=raw.sha256,
        raw_bytes=raw.bytes,
        characters=len(raw.text),
        words=len(raw.text.split()),
    )


def _title(passages: Sequence[Passage]) -> str | None:
    parts = [_SPACES.sub(" ", p.text) for p in passages if p.kind == "title"]
    if not parts:
        return None
    subject = re.match(r"(?:Subject|Sub|Re) ?: *(.+)", parts[-1], re.IGNORECASE)
    title = subject[1] if subject else " ".join(parts)
    if find_dates(title[-40:]):
        title = _TAIL_DATE.sub("", title)
    return title.strip(" |\ufeff") or None


def publisher_of(passages: Sequence[Passage]) -> str | None:
    """Return the medium or body that the byline names, None if it names none."""
    bylines = [p.text.replace("\xa0", " ") for p in [*passages[:_FRONT], *passages[-_LEAD:]] if p.kind == "byline"]
    source = next(rule for rule in load_rules("documents") if rule.id == "publisher-source")
    masthead = next(rule for rule in load_rules("segment") if rule.id == "masthead")
    for line in bylines:
        match = source.pattern.search(line)
        if match:
            return re.split(r" and (?:The |the )?(?:Rt|Right) Hon", match["who"])[0].strip(" .,")
    heads = [line for line in bylines if masthead.pattern.match(line)]
    for line in [*heads[-1:], *bylines]:
        head = re.split(r"[ ]*\|[ ]*|[ ]{2,}|\t+", line)[0].strip()
        if _is_medium(head) and (head != line.strip() or not find_dates(line)):
            return _title_case(head)
    return None


def _is_medium(head: str) -> bool:
    if (
        not head
        or find_dates(head)
        or ":" in head
        or len(head.split()) > 12
        or re.match(r"By |No\b|of\Z", head, re.IGNORECASE)
    ):
        return False
    kickers = next(rule for rule in load_rules("segment") if rule.id == "kicker")
    body = load_words("names")["body"] | load_words("speakers")["medium"] | {"ledger", "courier", "customs"}
    words = set(re.findall(r"[\w-]+", head.casefold()))
    return kickers.pattern.match(head) is None and " by " not in head and (bool(words & body) or "." in head.strip("."))


def _title_case(name: str) -> str:
    if not name.isupper() or len(name.split()) == 1:
        return name
    small = load_words("documents")["small"]
    words = [word.casefold() if word.casefold() in small else word.capitalize() for word in name.split()]
    return " ".join(words)


def find_dates(text: str, year: int | None = None) -> list[date]:
    """Return the calendar days that a short text names, in order; a day without a year takes `year`, if given."""
    found: list[tuple[int, date]] = []
    for rule in load_rules("documents"):
        if rule.id.startswith("date-"):
            for match in rule.pattern.finditer(text):
                day = _day(match, year)
                if day:
                    found.append((match.start(), day))
    return [day for _, day in sorted(found)]


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


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _dates(text: str, passages: Sequence[Passage], kind: str) -> _Dates:
    published = event = None
    titles = " ".join(p.text for p in passages if p.kind == "title")
    of_event = bool(re.search(r"\btranscript\b", titles, re.IGNORECASE))
    for passage in passages:
        if passage.kind in {"byline", "head", "title"} or (passage.kind == "page_header" and of_event):
            days = find_dates(_SPACES.sub(" ", passage.text))
            if days and _tells_event(passage, kind, of_event=of_event):
                event = event or days[0]
            elif days and (passage.kind == "byline" or _TAIL_DATE.search(passage.text)):
                published = published or days[0]
    year = _year(text, passages, published)
    return _Dates(published, event or (_event_day(passages, year, published) if kind in _EVENTFUL else None))


def _tells_event(passage: Passage, kind: str, *, of_event: bool) -> bool:
    if passage.kind in {"head", "page_header"}:
        return True
    if passage.kind == "title":
        return _TITLE_DAY.search(passage.text) is not None
    if re.match(r"Delivered\b", passage.text):
        return True
    keyed = re.search(r"\b(?:Published|Released|Updated|Posted|Issued|Source|Dated)\b|\|", passage.text)
    return passage.kind == "byline" and not keyed and (of_event or kind == "speech")


def _year(text: str, passages: Sequence[Passage], published: date | None) -> int | None:
    """Return the year that the document itself fixes: its publication's, else the one it names most often."""
    if published:
        return published.year
    heads = [p.text for p in passages if p.kind in {"byline", "head"}]
    named = Counter(_YEAR.findall(" ".join([*heads, text[:_SAMPLE]])))
    return int(named.most_common(1)[0][0]) if named else None


def _event_day(passages: Sequence[Passage], year: int | None, published: date | None) -> date | None:
    leads = [p for p in passages if p.kind in {"paragraph", "heading"}][: 2 * _LEAD]
    for passage in leads:
        for rule in load_rules("documents"):
            if rule.data.get("where") == "event" and "date" in rule.pattern.groupindex:
                for match in rule.pattern.finditer(passage.text[:2000]):
                    days = find_dates(match["date"], year)
                    if days and re.match(r"[\w ,.]{0,14}\d", match["date"]):
                        return _not_after(days[0], published)
    return _dateline_day(leads, year, published)


def _dateline_day(leads: Iterable[Passage], year: int | None, published: date | None) -> date | None:
    """A report of a conference that gives no day of its own has the day of its dateline."""
    for passage in leads:
        dateline = re.match(r"[A-Z][A-Z .'-]{2,30}, ([A-Z][a-z]{2,8}\.? \d{1,2})\b", passage.text)
        if dateline:
            days = find_dates(dateline[1], year)
            text = " ".join(p.text for p in leads)
            return _not_after(days[0], published) if days and re.search(r"conference|briefing|meeting", text) else None
    return None


def _not_after(day: date, published: date | None) -> date:
    if published and day > published and (day - published).days > 180:
        return day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else day
    return day


def _event_name(title: str | None, kind: str, passages: Sequence[Passage]) -> str | None:
    if kind in {"press_conference", "briefing_qa"} and title:
        return title
    if kind not in {"readout", "news"}:
        return None
    rule = next(rule for rule in load_rules("documents") if rule.id == "event-name")
    for passage in [p for p in passages if p.kind in {"title", "paragraph"}][:_LEAD]:
        match = rule.pattern.search(passage.text[:1000])
        if match:
            return _SPACES.sub(" ", match[0])
    return None


def _pages(passages: Sequence[Passage]) -> tuple[int | None, int | None]:
    """Return page and page count: the first page has no way back, the last none on; between them nothing tells."""
    for passage in reversed(passages):
        numbers = (
            [int(number) for number in _NUMBER.findall(passage.text[:400])] if passage.kind == "navigation" else []
        )
        if len(numbers) > 2 and numbers == sorted(numbers):
            text = passage.text.strip()
            back, on = text[0] in "<«\u2039←P", text[-1] in ">»\u203a→t"
            count = numbers[-1]
            return (None, count) if back == on else ((numbers[0], count) if on else (count, count))
    heads = [match for p in passages if p.kind == "page_header" for match in _PAGES.finditer(p.text)]
    if not heads:
        return None, None
    only = int(heads[0][1]) if len(heads) == 1 and heads[0][2] != "1" else None
    return only, int(heads[0][2])


def _language(text: str) -> str:
    words = text[:_SAMPLE].casefold().split()
    common = sum(word in load_words("documents")["english"] for word in words)
    return "en" if common * 12 >= len(words) > 0 else "und"
