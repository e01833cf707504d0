"""What kind of text a document is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from flows.parse.documents_dates import RUNNING_HEAD, TAIL_DATE, dateline_of
from flows.parse.scan import scan
from flows.parse.segment_kinds import fits
from flows.parse.sieve import matches, sift, table_sieve
from flows.records import Passage

# A set of letters first, and what stands before it looked up behind it: the search leaps from one to the next.
_FIRST_PERSON = re.compile(r"[WwOoIMm](?:(?<=\b[Ww])e|(?<=\b[Oo])ur|(?<=\bI)|(?<=\b[Mm])y)\b")
_REPORTED = re.compile(
    r"\b(?:said|told|(?<!value )(?<!value-)added|noted|stressed|according to|revealed|emphasi[sz]ed|pointed out"
    r"|stated|mentioned|announced|answered)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:readout|presided over|chaired|the meeting|the conference|work conference)\b", re.IGNORECASE
)
# A label of parliamentary reports: an office, its holder's name in brackets.
_PARLIAMENT = re.compile(r"\W*(?:[A-Z][\w'’ -]+ Portrait )?The [A-Z][^()]{3,90} \([A-Z][^()]{2,40}\)\W*\Z")
_WELCOME = re.compile(
    r"\b[Ww]elcome\b[^.!?]{0,60}\b(?:press|news|media) (?:conference|briefing)"
    r"|\b(?:beg[ai]n|open|start) (?:this|our|today['’]s) (?:press|news) conference"
)
# What only a press conference is opened with, whatever its page is called; a literal first: the search leaps to it.
_OPENS = re.compile(r"elcome(?<=\b[Ww]elcome)\b[^.!?]{0,30}\b(?:this|our|today['’]s) (?:press|news) conference\b")
_DECLARED = re.compile(
    r"\A\W*(?:fact ?sheet\b|joint (?:media |press )?(?:statement|communiqu[eé]|declaration)\b)"
    r"|(?:(?<!quality )\bdeclaration|(?<!statistical )\bcommuniqu[eé]|\bjoint statement|\bfact ?sheet)(?: \d{4})?\W*\Z",
    re.IGNORECASE,
)
# Third persons at a conference: the text tells of it.
_OF_CONFERENCE = re.compile(
    r"\b(?:held|hosted|at|during) (?:an?|the|its) (?:[\w-]+ ){0,3}(?:press|news) (?:conference|briefing)\b"
)
_OF_TRANSCRIPT = re.compile(r"\btranscript of\b[^.]{0,120}\b(?:press|news) conference\b", re.IGNORECASE)
_AUTHOR = re.compile(r"\bAuthor ?:|\ABy ", re.IGNORECASE)
_WIRE = re.compile(r"\((?:Reuters|AP|AFP|Xinhua|Bloomberg|UPI|ANI|PTI|IANS)\) ?[-–—]")
_STATISTICS = re.compile(r"\bstatistic(?:s|al)\b|\bflash estimate\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d ?(?:%|per ?cent)")
# A text of figures whose title ends in a month, a quarter or months of a year is a release of them.
_OF_PERIOD = re.compile(
    r"\b(?:first|second|third|fourth) (?:three |two )?(?:quarters?|half|(?:\w+ )?months)(?: of (?:the|this) year)?\W*\Z"
    r"|\b(?:in|for) (?:January|February|March|April|May|June|July|August|September|October|November|December)\W*\Z"
    r"|\bin (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?(?: ?[-–] ?[A-Z][a-z]{2,8}\.?)\W*\Z"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|quarter|half|Q[1-4])"
    r"(?: of)?,? 20\d\d\W*\Z",
    re.IGNORECASE,
)
_TOP = 6
_FEW = 3
_DENSE = 50  # words to a percentage in a release of figures, at most
_SAMPLE = 20_000


def kind_of(text: str, passages: Sequence[Passage]) -> str:
    """Return the kind of a document: "press_conference", "speech" …; "other" if nothing tells."""
    title = TAIL_DATE.sub("", " ".join(p.text for p in passages if p.kind == "title"))
    bylines = [p for p in passages[: 4 * _TOP] if p.kind == "byline"]
    byline = "   ".join(p.text for p in bylines)
    running = next((p.text for p in passages if p.kind == "page_header" and "onference" in p.text), "")
    heading = f"{title}   {byline}   {running}"
    body = [p for p in passages if p.kind in {"paragraph", "list_item"}]
    dialog = sum(p.kind == "label" for p in passages)
    titled = _titled(title)
    sample = text[:_SAMPLE]
    if _DECLARED.search(title.strip()) and not dialog:
        return "other"
    opening = " ".join(p.text[:400] for p in body[:3])
    if not dialog and "speech" not in titled and (_WELCOME.search(opening) or _is_hosted(heading, body)):
        return "press_conference"
    if dialog:
        opening = " ".join(p.text[:300] for p in body[:2])
        told = _told_kind(sample, passages, body)
        return told or _dialog_kind(titled, f"{heading}   {opening}", authored=bool(_AUTHOR.search(byline)))
    if any(_WIRE.match(p.text) for p in body[:2]) and not _is_addressed(body):
        return "news"
    if "speech" in titled or _hits_speech(byline) or _is_addressed(body):
        return "speech"
    dateline = dateline_of(passages)
    if dateline is not None and ("statistical_release" in titled or dateline[0]["agency"]):
        return "news"
    for kind in ("other", "statistical_release", "readout"):
        if kind == "readout" and "press_conference" in titled:
            continue  # who holds one is told of in the news
        if kind in titled and not _is_signed(bylines) and (kind != "other" or not _is_news(sample)):
            return kind
    return _prose_kind(titled, title, sample, bylines, body)


def _told_kind(sample: str, passages: Sequence[Passage], body: Sequence[Passage]) -> str:
    """Return what a dialog itself says that it is, "" if nothing: in labels, a welcome, or heads among its words."""
    if any(p.kind == "label" and _PARLIAMENT.match(p.text) for p in passages):
        return "speech"
    if any(_OF_TRANSCRIPT.search(p.text[:400]) for p in [*passages[:_TOP], *body[:1]]):
        return "press_conference"
    welcomed = any(_OPENS.search(passage.text[:300]) for passage in body[: 2 * _TOP])
    return "press_conference" if welcomed or RUNNING_HEAD.search(sample) else ""


def _is_hosted(heading: str, body: Sequence[Passage]) -> bool:
    """Return whether a page headed "Press conference" gives a statement that greets its audience."""
    if re.search(r"press conference", heading, re.IGNORECASE) is None:
        return False
    words = " ".join(passage.text for passage in body)[:_SAMPLE]
    return _is_addressed(body) or (_speaks_itself(words, _FEW) and not _is_news(words))


def _titled(title: str) -> list[str]:
    sifted = sift(table_sieve("documents"), title)
    rules = (rule for rule in sifted.rules if rule.data.get("where") == "title")
    return [str(rule.data["kind"]) for rule in rules if matches(sifted, rule, title)]


def _is_news(sample: str) -> bool:
    return sum(1 for _ in scan(_REPORTED, sample)) > 1


def _hits_speech(byline: str) -> bool:
    return (
        re.search(r"(?:\A| {3})(?:Speech|Remarks|Statement|Address)(?: of| by)?(?: {3}|\Z)", byline, re.IGNORECASE)
        is not None
    )


def _is_addressed(body: Sequence[Passage]) -> bool:
    return any(fits("salutation", p.text) for p in body[:2])


def _is_signed(bylines: Sequence[Passage]) -> bool:
    return any(_AUTHOR.search(p.text) for p in bylines)


def _dialog_kind(titled: Sequence[str], heading: str, *, authored: bool) -> str:
    if "press_conference" in titled or re.search(
        r"\bpress briefing by\b|\btranscript of (?:an?|the) press briefing\b", heading, re.IGNORECASE
    ):
        return "press_conference"
    if "briefing_qa" in titled and "speech" not in titled:
        return "briefing_qa"
    if re.search(r"press conference", heading, re.IGNORECASE):
        return "press_conference"
    if "briefing_qa" in titled:
        return "briefing_qa"
    if authored or "article" in titled:
        return "article"
    return "speech" if "speech" in titled else "briefing_qa"


def _prose_kind(
    titled: Sequence[str], title: str, sample: str, bylines: Sequence[Passage], body: Sequence[Passage]
) -> str:
    reported = sum(1 for _ in scan(_REPORTED, sample))
    opening = " ".join(p.text for p in body[:2])
    if _is_signed(bylines) and _speaks_itself(sample, reported):
        return "article"
    if any(_STATISTICS.search(p.text) for p in bylines) and reported < _FEW:
        return "statistical_release"
    if _MEETING.search(opening) and not _speaks_itself(sample, _FEW + 1) and "press conference" not in opening:
        return "readout"
    if _is_signed(bylines) and not reported:
        return "article"
    told = _OF_CONFERENCE.search(opening)
    if reported < _FEW - 1 and not told and _is_figures(sample, title):
        return "statistical_release"
    if reported or told or "press_conference" in titled or "briefing_qa" in titled:
        return "news"
    return "article" if _speaks_itself(sample, _FEW) else "other"


def _is_figures(sample: str, title: str) -> bool:
    """Return whether a text gives figures and nobody's view: of a period in its title, or dense and without title."""
    figures = len(_FIGURE.findall(sample))
    dense = not title and figures * _DENSE >= len(sample.split())
    return figures > _FEW and (dense or _OF_PERIOD.search(title) is not None) and not _speaks_itself(sample, 1)


def _speaks_itself(sample: str, times: int) -> bool:
    """Return whether a text speaks of its authors more than so many times: "we", "our", "I", "my"."""
    return any(islice(_FIRST_PERSON.finditer(sample), times, None))
