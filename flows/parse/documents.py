"""What a document says of itself: title, kind, publisher, dates, pages, language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from flows.parse.documents_dates import SPACES, TAIL_DATE, dateline_of, dates_of, find_dates
from flows.parse.documents_kind import kind_of
from flows.parse.rules import load_rules, load_words
from flows.records import Document, Layout, Passage, RawText

_MARKDOWN = re.compile(r"\A#{1,6} +(?=\S)|\A(?:\*{1,3}|_{1,3})(?=\w)|(?<=\w)\*{1,3}\Z")
_PAGES = re.compile(r"\bPage (\d{1,4}) of (\d{1,4})(?!\d)", re.IGNORECASE)
_BUTTONS = re.compile(r"\A(?:\d+ Comment\(s\)[ ]*)?(?:(?:Print|E-?mail|Share|Tweet)[ ]+)*(?=\S)")
_RUNNING = re.compile(
    r"(?:Page \d+ of \d+|[A-Z][a-z]+ \d{1,2}, \d{4}|\bFINAL\b|\bPRELIMINARY\b|\bDRAFT\b)", re.IGNORECASE
)
# What follows the name of a journal: its edition and its issue.
_ISSUE = re.compile(r",[ ]+(?:(?:[A-Z]\w+[ ]){1,2}[Ee]dition\b|(?:No|Vol|Issue|Number)\b)")
_GENRE = re.compile(
    r"\A(?:READOUT|NEWS|SPEECH|TRANSCRIPT|STATEMENT|(?:PRESS )?RELEASE|BRIEFING|REMARKS)[ ]*\|[ ]*", re.IGNORECASE
)
_BULLET = re.compile(r"\A[•·▪●■◆*–-][ ]+(?=\S)")
_KEY = re.compile(r"\A(?:Department|Ministry|Office|Bureau|Agency)[ ]?:[ ]*")
_SHORT_FORM = re.compile(r"[ ]\([A-Z]{2,8}\)\Z")
_GOVERNMENT = re.compile(r"\A(?:The )?Government of [A-Z][\w ]+\Z", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-z])(?=(?:Updated|Published|Posted) ?:)")  # a site's name and the key behind it
_BRACKETED = re.compile(r"\A\(([A-Z][^()]{3,40})\)[ ]*(?=\d)")
_SIGNED = re.compile(r"[Bb]y [A-Z][^()|]{2,40}\((?P<medium>[A-Z][^()]{2,40})\)\s*\Z")
_NUMBER = re.compile(r"\d+")
_HEADS = frozenset(
    {"president", "vice-president", "minister", "governor", "chancellor", "director", "chair", "premier"}
)
_LEAD = 3
_FRONT = 24
_SAMPLE = 20_000
_TWELFTH = 12


def describe(raw: RawText, layout: Layout) -> Document:
    """Return the row of `documents` for a text.

    Args:
        raw: the text and where it came from.
        layout: its passages.

    Returns:
        What the text says, None for what it does not say.
    """
    passages = layout.passages
    words = raw.text.split()
    kind = kind_of(raw.text, passages)
    dates = dates_of(raw.text, passages, kind)
    page, page_count = _pages(passages)
    title = _title(passages)
    return Document(
        document_id=raw.document_id,
        title=title,
        kind=kind,
        publisher=_publisher(passages) or (_releasing_body(passages) if kind == "statistical_release" else None),
        published_on=dates.published,
        event_name=_event_name(title, kind, passages),
        event_on=dates.event,
        language=_language(words if len(raw.text) <= _SAMPLE else raw.text[:_SAMPLE].split()),
        page=page,
        page_count=page_count,
        source_url=raw.source.url,
        raw_path=raw.path,
        raw_sha256=raw.sha256,
        raw_bytes=raw.bytes,
        characters=len(raw.text),
        words=len(words),
    )


def _title(passages: Sequence[Passage]) -> str | None:
    parts = [SPACES.sub(" ", p.text) for p in passages if p.kind == "title"]
    if not parts:
        return _running_title(passages)
    subject = re.match(r"(?:Subject|Sub|Re) ?: *(.+)", parts[-1], re.IGNORECASE)
    title = subject[1] if subject else " ".join(parts)
    if find_dates(title[-40:]):
        title = TAIL_DATE.sub("", title)
    title = _BULLET.sub("", _GENRE.sub("", title))
    return _MARKDOWN.sub("", title.strip(" |\ufeff")).strip() or None


def _running_title(passages: Sequence[Passage]) -> str | None:
    """Return the title that the heads of printed pages repeat, where the text has none of its own."""
    heads = [passage.text for passage in passages if passage.kind == "page_header" and _PAGES.search(passage.text)]
    bare = SPACES.sub(" ", _RUNNING.sub(" ", heads[0])).strip(" |–—-") if heads else ""
    return bare if len(bare.split()) > 1 else None


def _publisher(passages: Sequence[Passage]) -> str | None:
    """Return the medium or body that the byline names, None if it names none."""
    near = [*passages[:_FRONT], *passages[-_LEAD:]]
    noted = [p for p in passages[: 2 * _LEAD] if p.kind == "note"]
    named = [*(p for p in near if p.kind == "byline"), *noted]
    bylines = [_GLUED.sub("  ", _BRACKETED.sub(r"\1  ", p.text.replace("\xa0", " "))) for p in named]
    source = next(rule for rule in load_rules("documents") if rule.id == "publisher-source")
    masthead = next(rule for rule in load_rules("segment") if rule.id == "masthead")
    for line in bylines:
        match = source.pattern.search(line)
        if match:
            who = re.split(r" and (?:The |the )?(?:Rt|Right) Hon", match["who"])[0]
            return _ISSUE.split(who)[0].strip(" .,")
    signed = next(filter(None, map(_SIGNED.match, bylines)), None)
    if signed and _is_medium(signed["medium"]):
        return str(signed["medium"])
    heads = [line for line in bylines if masthead.pattern.match(line)]
    for printed in [*heads[-1:], *bylines]:
        line = _BUTTONS.sub("", printed)
        pieces = re.split(r"[ ]*\|[ ]*|[ ]{2,}|\t+|[ ](?=\d{4}-\d\d-\d\d)", line)
        head = pieces[len(pieces) > 2 and re.match(r"By ", pieces[0], re.IGNORECASE) is not None].strip()
        head = _SHORT_FORM.sub("", _KEY.sub("", head))
        if find_dates(head):
            head = re.split(r"[ ][-–—·][ ]|,[ ](?=[A-Z][a-z]{2,8}\.? \d)", head)[0].strip()
        if _is_medium(head) and (head != line.strip() or not find_dates(line)):
            return _title_case(head)
    dateline = dateline_of(passages)
    if dateline and dateline[0]["agency"]:
        return dateline[0]["agency"]
    return next((_title_case(line) for line in bylines if _GOVERNMENT.match(line)), None)


def _releasing_body(passages: Sequence[Passage]) -> str | None:
    """Return the body that a release of figures itself says reported them today, or made the estimate."""
    rules = [rule for rule in load_rules("documents") if rule.data.get("where") == "release"]
    for passage in [p for p in passages if p.kind == "paragraph"][:_LEAD]:
        for rule in rules:
            match = rule.pattern.search(passage.text[:1000])
            if match:
                return match["who"].strip()
    return None


def _is_medium(head: str) -> bool:
    if (
        not head
        or find_dates(head)
        or ":" in head
        or "@" in head
        or len(head.split()) > 12
        or re.match(r"By |No\b|of\Z", head, re.IGNORECASE)
    ):
        return False
    kickers = next(rule for rule in load_rules("segment") if rule.id == "kicker")
    body = (
        load_words("names")["body"] | load_words("speakers")["medium"] | {"ledger", "courier", "customs", "statistics"}
    )
    words = set(re.findall(r"[\w-]+", head.casefold()))
    if words & _HEADS:
        return False
    return kickers.pattern.match(head) is None and " by " not in head and (bool(words & body) or "." in head.strip("."))


def _title_case(name: str) -> str:
    if not name.isupper() or len(name.split()) == 1:
        return name
    small = load_words("documents")["small"]
    words = [word.casefold() if word.casefold() in small else word.capitalize() for word in name.split()]
    return " ".join(words)


def _event_name(title: str | None, kind: str, passages: Sequence[Passage]) -> str | None:
    if kind in {"press_conference", "briefing_qa"} and title:
        return title
    if kind not in {"readout", "news"}:
        return None
    rule = next(rule for rule in load_rules("documents") if rule.id == "event-name")
    for passage in [p for p in passages if p.kind in {"title", "paragraph"}][:_LEAD]:
        match = rule.pattern.search(passage.text[:1000])
        if match:
            return SPACES.sub(" ", match[0])
    return None


def _pages(passages: Sequence[Passage]) -> tuple[int | None, int | None]:
    """Return page and page count: the first page has no way back, the last none on; between them nothing tells."""
    for passage in reversed(passages):
        numbers = (
            [int(number) for number in _NUMBER.findall(passage.text[:400])] if passage.kind == "navigation" else []
        )
        if len(numbers) > 2 and numbers == sorted(numbers) and numbers[0]:
            text = passage.text.strip()
            back, on = text[0] in "<«\u2039←P", text[-1] in ">»\u203a→t"
            count = numbers[-1]
            return (None, count) if back == on else ((numbers[0], count) if on else (count, count))
    found = [match for p in passages if p.kind == "page_header" for match in _PAGES.finditer(p.text)]
    heads = [match for match in found if int(match[1]) and int(match[2])]
    if not heads:
        return None, None
    only = int(heads[0][1]) if len(heads) == 1 and heads[0][2] != "1" else None
    return only, int(heads[0][2])


def _language(words: Sequence[str]) -> str:
    """Return "en" where one word of twelve is one of the commonest of English; no more are looked at than tell."""
    english = load_words("documents")["english"]
    common = (word for word in words if word.casefold() in english)
    enough = sum(1 for _ in islice(common, -(-len(words) // _TWELFTH)))
    return "en" if enough * _TWELFTH >= len(words) > 0 else "und"
