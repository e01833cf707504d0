"""Which sentences, list items and headings of a text are tasks."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from flows.parse.rules import load_words
from flows.parse.tasks_actions import Action
from flows.parse.tasks_claims import Setting
from flows.parse.tasks_cues import Verdict, judge_sentence, sign_positions, signed
from flows.parse.tasks_lemmas import is_base, lemma
from flows.parse.tasks_lists import (
    BROKEN_OFF,
    announces_list,
    gerund_action,
    imperative_action,
    is_lead_in,
    list_modality,
    ordinal_gerund,
    read_item,
)
from flows.parse.tasks_pronouns import with_agent
from flows.records import Document, Layout, Passage, Sentence, Voices

_READ = frozenset({"heading", "paragraph", "list_item", "note"})
_INCLUDES = re.compile(r"(?:This|These|It|They)\s(?:will\s)?(?:also\s)?includes?\s(?=(?:[a-z]+ly\s)?[a-z-]+ing\b)")
# A last sentence that says itself what the items are.
_OWN_LEAD = re.compile(r"(?<=[.!?] )(?:The|Its|Our|Their) (?:[\w-]+ ){1,6}(?:are|is|include|includes|were):\Z")
_REPORTS = frozenset({"news", "readout"})
_TOLD = re.compile(
    r"\S+ (?:(?!(?:that|which|who|where|what|how|whether|and)\b)\S+ ){1,4}"
    r"(?:said|says|told|was|were|is|are|has|had|have|rose|fell|grew)\b"
)
_FRONTS = frozenset({"At", "By", "In", "From", "Before", "On", "Meanwhile,", "Furthermore,", "Moreover,"})
_GOES_ON = ("It will also ", "They will also ", "It is also to ")  # of the agent of the task in the passage before
_FEWEST_ORDERS = 3  # so many imperative sentences make a text an order
_LONGEST_ITEM = 8  # sentences of one list item that may be one row
_LEAD = 400  # characters over a list that may announce it


class Found(NamedTuple):
    """A task's place and verdict. `heads` says that it is a heading or opens a list item, over what stands below."""

    sentence: int
    passage: int
    char_start: int
    char_end: int
    statement: str
    verdict: Verdict
    heads: bool


class _Scene(NamedTuple):
    """What the sentences of one text are judged by; the last three grow while it is read.

    `tasks` are passages with tasks for children, `announced` the leads that were read, `agenda` the sentences that
    count what is to come: "The work will centre on three fronts."
    """

    text: str
    kind: str
    layout: Layout
    over: list[int | None]
    leads: frozenset[int]
    silent: frozenset[str]
    tasks: set[int]
    announced: dict[int, bool]
    agenda: set[int]


class _Spot(NamedTuple):
    """One sentence: whether a sign stands in it, it opens its passage, follows a task, and is told in a report."""

    sentence: int
    signed: bool
    first: bool
    follows: bool
    told: bool


def find_candidates(text: str, document: Document, layout: Layout, voices: Voices) -> list[Found]:
    """Return the tasks of a text, not yet nested, in its order."""
    scene = _scene(text, document, layout, voices)
    flags = signed(sign_positions(text), [(s.char_start, s.char_end) for s in layout.sentences])
    found: list[Found] = []
    orders: list[Found] = []
    last = -1
    for index, (sentence, flag) in enumerate(zip(layout.sentences, flags, strict=True)):
        first, last = sentence.passage != last, sentence.passage
        kind = layout.passages[sentence.passage].kind
        if found and sentence.char_start < found[-1].char_end:
            continue
        if kind not in _READ or voices.by_sentence[index] in scene.silent:
            continue
        near = bool(found) and found[-1].sentence == index - 1
        follows = near and (not first or text.startswith(_GOES_ON, sentence.char_start))
        told = document.kind in _REPORTS and voices.by_sentence[index] is not None
        row = _read_sentence(scene, _Spot(index, flag, first, follows, told))
        if row:
            found.append(row)
            if row.heads:
                scene.tasks.add(sentence.passage)
        elif kind == "paragraph" and (order := _read_order(text, sentence, index)):
            orders.append(order)
    return sorted(found + orders) if len(orders) >= _FEWEST_ORDERS or _begin_tasks(orders, found) else found


def _begin_tasks(orders: list[Found], found: list[Found]) -> bool:
    """Return whether one of some orders stands beside another task: a plan's text."""
    tasks = {row.sentence for row in found}
    return any(not tasks.isdisjoint((order.sentence - 1, order.sentence + 1)) for order in orders)


def _scene(text: str, document: Document, layout: Layout, voices: Voices) -> _Scene:
    by_id = {passage.passage_id: index for index, passage in enumerate(layout.passages)}
    over = [by_id.get(passage.parent_passage_id or "") for passage in layout.passages]
    pairs = zip(layout.passages, over, strict=True)
    leads = frozenset(parent for passage, parent in pairs if parent is not None and passage.kind == "list_item")
    return _Scene(text, document.kind, layout, over, leads, _silent(voices), set(), {}, set())


def _silent(voices: Voices) -> frozenset[str]:
    """Who only asks, or only presides beside others who speak: what they say is procedure."""
    roles: dict[str, set[str]] = defaultdict(set)
    for appearance in voices.appearances:
        roles[appearance.speaker_id].add(appearance.role)
    spoken = any("speaker" in own for own in roles.values())
    return frozenset(
        who
        for who, own in roles.items()
        if not own & {"speaker", "author"} and ("questioner" in own or ("chair" in own and spoken))
    )


def _lead(scene: _Scene, passage: int) -> str | None:
    """Return the words over an item of a task list, None where the list announces nothing."""
    over = scene.over[passage]
    if over is None or over >= passage:
        return None
    if over not in scene.tasks and over not in scene.announced:
        scene.announced[over] = announces_list(_lead_words(scene, over))
    return _lead_words(scene, over) if over in scene.tasks or scene.announced[over] else None


def _lead_words(scene: _Scene, passage: int) -> str:
    words = " ".join(scene.layout.passages[passage].text[-_LEAD:].split())
    own = _OWN_LEAD.search(words)
    return own[0] if own else words


def _read_sentence(scene: _Scene, spot: _Spot) -> Found | None:
    sentence = scene.layout.sentences[spot.sentence]
    passage = scene.layout.passages[sentence.passage]
    structured = spot.first and passage.kind in {"list_item", "heading"}
    point = bool(scene.agenda) and spot.first
    if not (spot.signed or structured or spot.follows or point):
        return None
    statement = _words_of(scene, sentence.char_start, sentence.char_end)
    if passage.kind != "list_item" and (is_lead_in(statement) or _opens_list(scene, sentence, passage)):
        if announces_list(statement):
            scene.agenda.add(spot.sentence)
        return None
    if structured:
        verdict = _read_structured(scene, spot, passage, statement)
    else:
        told = statement if spot.first else with_agent(statement, _before(scene, spot))
        setting = Setting(scene.kind, follows_task=spot.follows, told=spot.told)
        verdict = judge_sentence(told, setting) if spot.signed else None
    verdict = verdict or (_read_inclusion(statement) or _read_on(statement) if spot.follows else None)
    verdict = verdict or (ordinal_gerund(statement) if point else None)
    if not verdict:
        return None
    end = sentence.char_end
    if structured and passage.kind == "list_item":
        end = _item_end(scene, spot.sentence, whole=_lead(scene, sentence.passage) is not None)
    whole = statement if end == sentence.char_end else _words_of(scene, sentence.char_start, end)
    return Found(spot.sentence, sentence.passage, sentence.char_start, end, whole, verdict, structured)


def _before(scene: _Scene, spot: _Spot) -> str:
    return _words_of(scene, *scene.layout.sentences[spot.sentence - 1][:2])


def _words_of(scene: _Scene, start: int, end: int) -> str:
    return " ".join(scene.text[start:end].split())


def _opens_list(scene: _Scene, sentence: Sentence, passage: Passage) -> bool:
    """A paragraph that breaks off before a list: "We will improve services by"."""
    last = sentence.passage in scene.leads and sentence.char_end == passage.char_end
    return last and passage.kind == "paragraph" and scene.text[sentence.char_end - 1] not in ".!?"


def _read_inclusion(statement: str) -> Verdict | None:
    """What a task includes is a task: "This includes boosting demand"."""
    includes = _INCLUDES.match(statement)
    action = gerund_action(statement[includes.end() :]) if includes else None
    return Verdict("includes", "commitment", action.verb, None) if action else None


def _read_on(statement: str) -> Verdict | None:
    """An order that goes on with the task before it: "First, we should plan. Further optimise the grid."."""
    if statement.endswith(("?", ":")) or not statement[:1].isupper() or not statement.endswith("."):
        return None
    action = imperative_action(statement)
    words = load_words("verbs")
    elsewhere = load_words("tasks")["cognition"] | words["page"] | words["compound"] | words["adjectival"]
    return Verdict("imperative", "commitment", action.verb, None) if action and action.head not in elsewhere else None


def _read_structured(scene: _Scene, spot: _Spot, passage: Passage, statement: str) -> Verdict | None:
    """Read what opens a list item, or a heading: an order first, then by its modals, then by its form."""
    sentence = scene.layout.sentences[spot.sentence]
    lead = _lead(scene, sentence.passage) if passage.kind == "list_item" else None
    verdict = _read_order_item(statement, lead) if lead is not None else None
    verdict = verdict or judge_sentence(statement, Setting(scene.kind, item=lead is not None))
    if verdict or lead is not None:
        return verdict or read_item(statement, lead or "")
    numbered = sentence.char_start > passage.char_start
    return _read_numbered(statement, heading=passage.kind == "heading") if numbered else None


def _read_order_item(statement: str, lead: str) -> Verdict | None:
    """An item that plainly opens with an order is told by it, whatever modals come later."""
    opening = statement.partition(" ")[0]
    verbs = load_words("verbs")
    if not is_base(opening) or opening.casefold() in verbs["compound"] | verbs["adjectival"]:
        return None
    action = imperative_action(statement)
    return Verdict("list-item", list_modality(lead), action.verb, None) if action else None


def _read_numbered(statement: str, *, heading: bool) -> Verdict | None:
    """A numbered heading or item that nothing announces is a task where it is worded as an order or as work."""
    if statement.endswith(("?", ":")) or " " not in statement or BROKEN_OFF.search(statement[-8:]):
        return None
    action, rule = imperative_action(statement), "imperative-item"
    if not action and heading:
        action, rule = _heading_gerund(statement), "gerund-heading"
    elsewhere = load_words("tasks")["cognition"] | (load_words("verbs")["page"] - {"use", "take", "give"})
    return Verdict(rule, "commitment", action.verb, None) if action and action.head not in elsewhere else None


def _heading_gerund(statement: str) -> Action | None:
    """Tell "Promoting green growth" from "Monitoring" and "Financing of the plan"."""
    follows = statement.split()[1:2]
    named = follows and follows[0].casefold() not in load_words("tasks")["prepositions"]
    return gerund_action(statement) if named else None


def _item_end(scene: _Scene, index: int, *, whole: bool) -> int:
    """A list item is one row as a whole, as far as no further task follows in it."""
    sentences = scene.layout.sentences
    end = sentences[index].char_end
    for sentence in sentences[index + 1 : index + _LONGEST_ITEM]:
        if sentence.passage != sentences[index].passage:
            break
        words = _words_of(scene, sentence.char_start, sentence.char_end)
        if not whole and judge_sentence(words, Setting(scene.kind)):
            break
        end = sentence.char_end
    return end


def _read_order(text: str, sentence: Sentence, index: int) -> Found | None:
    """An imperative sentence in running text: an order where a text has several of them."""
    opening = text[sentence.char_start : sentence.char_start + 24].partition(" ")[0]
    fronted = opening in _FRONTS
    if not (fronted or (opening[:1].isupper() and is_base(opening))) or lemma(opening) in load_words("verbs")["page"]:
        return None
    statement = " ".join(text[sentence.char_start : sentence.char_end].split())
    action = imperative_action(statement) if statement.rstrip('”’")')[-1:] in {".", ";", "!"} else None
    second = statement.split(" ", 2)[1:2]
    titled = not load_words("names")["office"].isdisjoint(word.casefold() for word in second)
    if not action or titled or _TOLD.match(statement):  # "Finance Minister Ada Roe said", "Help desks were opened"
        return None
    verdict = Verdict("imperative", "commitment", action.verb, None)
    return Found(index, sentence.passage, sentence.char_start, sentence.char_end, statement, verdict, heads=False)
