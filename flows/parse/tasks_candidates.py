"""Which sentences, list items and headings of a text are tasks."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from flows.parse.rules import load_words
from flows.parse.tasks_actions import Action
from flows.parse.tasks_cues import Setting, Verdict, judge_sentence, sign_positions, signed
from flows.parse.tasks_lemmas import is_base, lemma
from flows.parse.tasks_lists import (
    announces_list,
    gerund_action,
    imperative_action,
    is_lead_in,
    list_modality,
    read_item,
)
from flows.records import Document, Layout, Passage, Sentence, Voices

_READ = frozenset({"heading", "paragraph", "list_item", "note"})
_INCLUDES = re.compile(r"(?:This|These|It|They)\s(?:will\s)?(?:also\s)?includes?\s(?=(?:[a-z]+ly\s)?[a-z-]+ing\b)")
_FEWEST_ORDERS = 3  # so many imperative sentences make a text an order


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
    """What the sentences of one text are judged by."""

    text: str
    kind: str
    layout: Layout
    over: list[int | None]
    leads: frozenset[int]
    silent: frozenset[str]


def find_candidates(text: str, document: Document, layout: Layout, voices: Voices) -> list[Found]:
    """Return the tasks of a text, not yet nested, in its order."""
    scene = _scene(text, document, layout, voices)
    flags = signed(sign_positions(text), [(s.char_start, s.char_end) for s in layout.sentences])
    lists = _TaskLists(scene)
    found: list[Found] = []
    orders: list[Found] = []
    last = -1
    for index, (sentence, flag) in enumerate(zip(layout.sentences, flags, strict=True)):
        passage = layout.passages[sentence.passage]
        first = sentence.passage != last
        last = sentence.passage
        if passage.kind not in _READ or voices.by_sentence[index] in scene.silent:
            continue
        follows = bool(found) and found[-1].sentence == index - 1 and not first
        row = _read_sentence(scene, lists, index, flag=flag, first=first, follows=follows)
        if row:
            found.append(row)
            if row.heads:
                lists.tasks[sentence.passage] = True
        elif passage.kind == "paragraph" and (order := _read_order(text, sentence, index)):
            orders.append(order)
    return sorted(found + orders) if len(orders) >= _FEWEST_ORDERS else found


def _scene(text: str, document: Document, layout: Layout, voices: Voices) -> _Scene:
    by_id = {passage.passage_id: index for index, passage in enumerate(layout.passages)}
    over = [by_id.get(passage.parent_passage_id or "") for passage in layout.passages]
    leads = frozenset(
        parent
        for passage, parent in zip(layout.passages, over, strict=True)
        if parent is not None and passage.kind == "list_item"
    )
    return _Scene(text, document.kind, layout, over, leads, _silent(voices))


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


class _TaskLists:
    """Which passages have tasks for items; read once each, for a long list has one lead."""

    def __init__(self, scene: _Scene) -> None:
        self.scene = scene
        self.tasks: dict[int, bool] = {}
        self.announced: dict[int, bool] = {}

    def lead(self, passage: int) -> str | None:
        """Return the words over an item of a task list, None where the list announces nothing."""
        over = self.scene.over[passage]
        if over is None or over >= passage:
            return None
        if self.tasks.get(over):
            return self._words(over)
        if over not in self.announced:
            self.announced[over] = announces_list(self._words(over))
        return self._words(over) if self.announced[over] else None

    def _words(self, passage: int) -> str:
        return " ".join(self.scene.layout.passages[passage].text[-400:].split())


def _read_sentence(
    scene: _Scene, lists: _TaskLists, index: int, *, flag: bool, first: bool, follows: bool
) -> Found | None:
    sentence = scene.layout.sentences[index]
    passage = scene.layout.passages[sentence.passage]
    structured = first and passage.kind in {"list_item", "heading"}
    if not flag and not structured and not follows:
        return None
    statement = " ".join(scene.text[sentence.char_start : sentence.char_end].split())
    if passage.kind != "list_item" and (is_lead_in(statement) or _opens_list(scene, sentence, passage)):
        return None
    lead = lists.lead(sentence.passage) if structured and passage.kind == "list_item" else None
    verdict = _read_order_item(statement, lead) if lead is not None else None
    if not verdict and (flag or structured):
        verdict = judge_sentence(statement, Setting(scene.kind, lead is not None, follows))
    if not verdict and structured:
        verdict = _read_structured(scene, sentence, passage, statement, lead)
    end = _item_end(scene, index) if verdict and structured and passage.kind == "list_item" else sentence.char_end
    if not verdict and follows and (includes := _INCLUDES.match(statement)):
        action = gerund_action(statement[includes.end() :])
        verdict = Verdict("includes", "commitment", action.verb if action else None, None)
    if not verdict:
        return None
    if end != sentence.char_end:
        statement = " ".join(scene.text[sentence.char_start : end].split())
    return Found(index, sentence.passage, sentence.char_start, end, statement, verdict, structured)


def _opens_list(scene: _Scene, sentence: Sentence, passage: Passage) -> bool:
    return (
        sentence.passage in scene.leads
        and passage.kind == "paragraph"
        and sentence.char_end == passage.char_end
        and (scene.text[sentence.char_end - 1] not in ".!?")
    )


def _read_order_item(statement: str, lead: str) -> Verdict | None:
    """An item that plainly opens with an order is told by it, whatever modals come later."""
    opening = statement.partition(" ")[0]
    verbs = load_words("verbs")
    if not is_base(opening) or opening.casefold() in verbs["compound"] | verbs["adjectival"]:
        return None
    action = imperative_action(statement)
    return Verdict("list-item", list_modality(lead), action.verb, None) if action else None


def _read_structured(
    scene: _Scene, sentence: Sentence, passage: Passage, statement: str, lead: str | None
) -> Verdict | None:
    if lead is not None:
        return read_item(statement, lead)
    numbered = sentence.char_start > passage.char_start
    if not numbered or statement.endswith(("?", ":")):
        return None
    action = imperative_action(statement)
    rule = "imperative-item"
    if not action and passage.kind == "heading":
        action, rule = _heading_gerund(statement), "gerund-heading"
    words = load_words("tasks")
    if (
        not action
        or action.head in words["cognition"]
        or action.head in load_words("verbs")["page"] - {"use", "take", "give"}
    ):
        return None
    return Verdict(rule, "commitment", action.verb, None)


def _heading_gerund(statement: str) -> Action | None:
    """ "Promoting green growth" is a heading of work, "Monitoring" and "Financing of the plan" are not."""
    follows = statement.split()[1:2]
    return (
        gerund_action(statement)
        if follows and follows[0].casefold() not in load_words("tasks")["prepositions"]
        else None
    )


def _item_end(scene: _Scene, index: int) -> int:
    """A list item without a verb of its own is one row as a whole, as far as no task of its own follows."""
    sentences = scene.layout.sentences
    end = sentences[index].char_end
    for sentence in sentences[index + 1 : index + 8]:
        if sentence.passage != sentences[index].passage:
            break
        statement = " ".join(scene.text[sentence.char_start : sentence.char_end].split())
        if judge_sentence(statement, Setting(scene.kind)):
            break
        end = sentence.char_end
    return end


def _read_order(text: str, sentence: Sentence, index: int) -> Found | None:
    """An imperative sentence in running text: an order where a text has several of them."""
    opening = text[sentence.char_start : sentence.char_start + 24].partition(" ")[0]
    if not opening[:1].isupper() or not is_base(opening) or lemma(opening) in load_words("verbs")["page"]:
        return None
    statement = " ".join(text[sentence.char_start : sentence.char_end].split())
    action = None if statement.endswith(("?", ":")) else imperative_action(statement)
    if not action:
        return None
    verdict = Verdict("imperative", "commitment", action.verb, None)
    return Found(index, sentence.passage, sentence.char_start, sentence.char_end, statement, verdict, heads=False)
