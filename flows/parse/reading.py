"""Sentence after sentence: the quantities of a text and their times; what opens a paragraph or list is carried on."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from flows.parse.aims import as_planned_for, as_target, is_aimed
from flows.parse.calendars import Anchor
from flows.parse.clauses import EARLIER
from flows.parse.periods import Period, Phrase, find_phrases, resolve_phrases
from flows.parse.quantities import read_sentence
from flows.parse.quantity import Context, Quantity
from flows.parse.roles import Role
from flows.parse.tasks_lists import imperative_action
from flows.parse.texts import Text
from flows.parse.timing import NO_TIME, Timing
from flows.parse.timing_carried import with_headline
from flows.parse.timing_chains import Timed
from flows.parse.timing_lists import opening_of
from flows.parse.timing_openings import as_told, opening_period
from flows.parse.timing_pages import with_cut_phrases
from flows.parse.timing_values import times_of
from flows.records import Sentence


@dataclass(slots=True)
class _Course:
    """How far the reading of a text has come.

    `opened` holds the place of each passage by its id, `openings` the time that each passage so far opens with,
    `timed` the values so far. `passage` is that of the sentence before, `first` the index of its first sentence.
    """

    read: Text
    opened: dict[str, int]
    paged: bool
    context: Context = field(default_factory=Context)
    openings: dict[int, Timing] = field(default_factory=dict)
    timed: list[Timed] = field(default_factory=list)
    passage: int = -1
    first: int = -1


def read_sentences(read: Text, roles: dict[int, Role]) -> list[Timed]:
    """Read every sentence that holds a numeral, and carry the opening times of paragraphs and lists along."""
    passages = read.layout.passages
    opened = {passage.passage_id: place for place, passage in enumerate(passages)}
    course = _Course(read, opened, paged=any(passage.kind == "page_header" for passage in passages))
    for index in range(len(read.layout.sentences)):
        roles.update(_read_on(course, index))
    return course.timed


def _read_on(course: _Course, index: int) -> dict[int, Role]:
    """Read one more sentence; return the roles of its numerals."""
    read = course.read
    sentence = read.layout.sentences[index]
    bounds = (sentence.char_start, sentence.char_end)
    fresh = _enter(course, index)
    context = course.context
    periods = _phrases(course, index)
    _open(course, index, periods, fresh=fresh)
    first, last = (bisect_left(read.starts, bound) for bound in bounds)
    if first == last:
        if read.layout.passages[sentence.passage].kind in _TELLING:
            context.told = context.before = bounds
        return {}
    reading = read_sentence(read.text, bounds, read.numbers, (first, last), periods, read.table, context)
    context.told, context.before = (0, 0) if reading.quantities else bounds, bounds
    if not reading.quantities:
        return reading.roles
    quantities = _as_planned(course, sentence, reading.quantities)
    opening = opening_of(read.layout, sentence.passage, course.openings, course.opened)
    opening = opening._replace(late=False) if fresh and opening.late else opening
    timed = times_of(read, index, quantities, periods, opening)
    rows = [as_planned_for(row, read.text, sentence.char_start, read.calendar.anchor.today) for row in timed]
    course.timed += rows
    told = with_headline(read.layout, course.timed, rows)
    if told.start and not read.calendar.stated.start and read.document.kind == "news":
        course.read = read._replace(calendar=read.calendar._replace(stated=told))
    return reading.roles


_TELLING = frozenset(("paragraph", "list_item"))  # headings and captions name what the text below them names anew
_RUN_IN = 5  # words: "2.1 Mobile." opens a paragraph as a heading would


def _enter(course: _Course, index: int) -> bool:
    """Note the passage of a sentence; return whether the sentence opens it, or follows words run in as a heading."""
    read, sentence = course.read, course.read.layout.sentences[index]
    if sentence.passage == course.passage:
        return not course.openings[course.passage].basis and index == course.first + 1 and _is_run_in(read, index - 1)
    course.passage, course.first = sentence.passage, index
    context = course.context
    compared = context.comparison
    if read.layout.passages[sentence.passage].kind != "list_item":
        course.context = context = _of_paragraph(context)
    context.comparison, context.compared = None, compared
    return True


def _is_run_in(read: Text, index: int) -> bool:
    sentence = read.layout.sentences[index]
    return len(read.text[sentence.char_start : sentence.char_end].split()) < _RUN_IN


def _of_paragraph(context: Context) -> Context:
    """Return what a new paragraph takes over from the one before."""
    earlier = context.indicator or context.earlier
    return Context(earlier=earlier, topic=context.topic, before=context.before, told=context.told)


_FUTURE = re.compile(
    r"\b(?:will|shall|would(?! have\b)|from next|going to|(?:is|are) (?:to|due|scheduled)|plans? to|aims? to"
    r"|must|should|anticipates?|forecasts(?! (?:of|for|that|were|was|are)\b|[.,;])|’ll|'ll"
    r"|(?:directed|instructed|ordered|urged|asked) [^.;]{3,60} to)\b"
)


_FIXED = frozenset(("year", "now"))  # these are the same, past or to come


def _phrases(course: _Course, index: int) -> list[Period]:
    """The time phrases of a sentence; one that speaks of what is to come names months and days that are ahead."""
    read = course.read
    bounds = read.layout.sentences[index][:2]
    anchor = read.calendar.anchor
    phrases = find_phrases(read.text, *bounds, read.signs)
    if not phrases and not course.paged:
        return []
    if any(phrase.kind not in _FIXED for phrase in phrases) and _FUTURE.search(read.text, *bounds):
        periods = _by_clause(read.text, bounds, phrases, anchor)
        anchor = anchor._replace(past=False)
    else:
        periods = resolve_phrases(phrases, anchor)
        ahead = [_is_expected(read.text, bounds[0], phrase) for phrase in phrases]
        if any(ahead):
            coming = resolve_phrases(phrases, anchor._replace(past=False))
            periods = [
                after if is_ahead else here for here, after, is_ahead in zip(periods, coming, ahead, strict=True)
            ]
    periods = with_cut_phrases(read.text, read.layout, index, periods, anchor) if course.paged else periods
    if any(period.kind == "told" for period in periods):
        last, opened = _told_last(course.timed, read.calendar.stated), course.openings.get(course.passage, NO_TIME)
        return as_told(periods, opened if opened.end and opened.at > last.at else last)
    return periods


_EXPECTS = re.compile(
    r"\b(?:expects?|envisages?|foresees?|(?:we|they|staff) (?:now )?(?:project|foresee|predict)|to be \w+ed"
    r"|(?:sees|projects) (?:\w+ )?(?:inflation|growth|GDP|output|prices|demand)"
    r"|(?:is|are) (?:now |also |still )?(?:(?:expected|projected|forecast|likely|set|seen) to|planned for))\b"
    r"[^,;:()]*\Z"
)


def _is_expected(text: str, start: int, phrase: Phrase) -> bool:
    """Does what is expected stand right before a time: "is expected to peak in June"?"""
    return phrase.kind not in _FIXED and _EXPECTS.search(text, start, phrase.char_start) is not None


_CLAUSE = re.compile(r"[;:]|,?[ ]and[ ](?=will\b)|,[ ](?:and|but|while|as|whose|which|who|whereas)\b|\bwhile\b")
_HAPPENED = re.compile(
    r"\b(?:rose|fell|grew|was|were|had|saw|hit|stood|came|went|made|(?!need|speed|feed|indeed)\w{3,}ed)\b"
)


def _by_clause(text: str, bounds: tuple[int, int], phrases: list[Phrase], anchor: Anchor) -> list[Period]:
    """Name what is ahead in a sentence of what will be, but for clauses of what was: "it fell in May, and will"."""
    ahead = resolve_phrases(phrases, anchor._replace(past=False))
    over = resolve_phrases(phrases, anchor)
    breaks = [bounds[0], *(match.start() for match in _CLAUSE.finditer(text, *bounds)), bounds[1]]
    for at, phrase in enumerate(phrases):
        after = bisect_left(breaks, phrase.char_end)
        clause = (breaks[max(after - 1, 0)], breaks[min(after, len(breaks) - 1)])
        if _HAPPENED.search(text, *clause) and not _FUTURE.search(text, *clause):
            ahead[at] = over[at]
    return ahead


def _told_last(timed: list[Timed], stated: Timing) -> Timing:
    return next((t.timing for t in reversed(timed) if t.timing.start and t.timing.end), stated)


_MOMENTS = frozenset(("end", "date"))  # "By the end of March, …": what stands then is told on
_REOPENS = 8  # code points: a later sentence that opens "In 2024, " moves the paragraph's time on
# A sentence that goes on with what the one before told is of its time: "As a result, …", "Of these, …".
_LINKED = re.compile(
    r"(?:As a result|(?:This|That|These|Those) (?:was|were|has|have)|In (?:breakdown|detail|particular)|Specifically"
    r"|(?:Of|Among) (?:this|these|those|them|the total)|By (?:type|source|region|sector)|In total)\b"
)


def _open(course: _Course, index: int, periods: list[Period], *, fresh: bool) -> None:
    """Note the time that a paragraph opens with, or that a lead-in or a later sentence in it moves on to."""
    read, openings = course.read, course.openings
    sentence = read.layout.sentences[index]
    at, words = sentence.passage, read.layout.passages[sentence.passage].text.rstrip()
    leads_in = words.endswith((":", "including", "through", "by")) and not openings.get(at, NO_TIME).basis
    leads_in = leads_in or (bool(periods) and words.endswith(":") and _is_last(read, index))
    if _says_same(read.text, sentence, periods):
        last = _told_last(course.timed, NO_TIME)
        openings[at] = last._replace(basis="paragraph" if last.start else None, late=False)
    elif fresh and not periods and _LINKED.match(read.text, sentence.char_start):
        openings[at] = _of_before(course, index)
    elif fresh or leads_in:
        openings[at] = opening_period(read.text, sentence.char_start, periods, read.calendar)
    elif periods and not words.endswith(":") and periods[0].char_start - sentence.char_start <= _REOPENS:
        moved = opening_period(read.text, sentence.char_start, periods[:1], read.calendar)
        if moved.basis and (openings[at].basis or periods[0].kind in _MOMENTS):
            openings[at] = moved


def _is_last(read: Text, index: int) -> bool:
    """Is it the last sentence of its passage, the lead-in of what is below: "The features in May are as follows:"?"""
    after = read.layout.sentences[index + 1 : index + 2]
    return not after or after[0].passage != read.layout.sentences[index].passage


def _says_same(text: str, sentence: Sentence, periods: list[Period]) -> bool:
    """Does a sentence open "During the same period, " and so speak of the time that the text spoke of last?"""
    if not periods or periods[0].kind != "same" or periods[0].char_start - sentence.char_start > _REOPENS:
        return False
    return text.endswith("same period", 0, periods[0].char_end)


def _of_before(course: _Course, index: int) -> Timing:
    """The time that the paragraph before opens with, else that of the last value of the sentence before."""
    opened = course.openings.get(course.passage - 1, NO_TIME)
    if opened.basis:
        return opened._replace(late=False)
    told = next((t.timing for t in course.timed[-1:] if t.sentence == index - 1), NO_TIME)
    return told._replace(basis="paragraph" if told.start or told.end else None)


def _as_planned(course: _Course, sentence: Sentence, quantities: list[Quantity]) -> list[Quantity]:
    """Read what items of tasks, and of lists of aims, say as targets."""
    read, start = course.read, sentence.char_start
    passages = read.layout.passages
    if is_aimed(passages, sentence.passage, course.opened):
        quantities = [as_target(read.text, start, q) for q in quantities]
    if passages[sentence.passage].kind == "list_item" and (start in read.planned or _orders_on(course, sentence)):
        return [q if q.rule in EARLIER or q.status != "actual" else q._replace(status="target") for q in quantities]
    return quantities


def _orders_on(course: _Course, sentence: Sentence) -> bool:
    """Does a sentence go on with what its item orders: "Promote clean power. Retrofit ⟨400 GW⟩ of coal units."?"""
    opened = course.read.layout.sentences[course.first].char_start in course.read.planned
    return opened and imperative_action(course.read.text[sentence.char_start : sentence.char_end]) is not None
