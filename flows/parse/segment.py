"""A text cut into passages and sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flows.parse.segment_front import front_kinds
from flows.parse.segment_heads import head_runs, signature
from flows.parse.segment_kinds import Block, label_kinds, plain_kind
from flows.parse.segment_lines import Line, read_lines
from flows.parse.segment_lists import body_blocks
from flows.parse.segment_nesting import Place, nest
from flows.parse.segment_tables import fixed_lines
from flows.parse.segment_wrap import join_wrapped, wrap_width
from flows.parse.sentences import split_sentences
from flows.records import Layout, Passage, Sentence

_WHOLE = frozenset({"heading", "title"})
_RUNNING = frozenset({"paragraph", "list_item", "caption", "note"})


def segment(text: str, document_id: str) -> Layout:
    """Cut a text into passages, so that each of its characters but white space lies in exactly one, and in sentences.

    A list item's passage spans its bullet, its sentences start behind it; so it is with the numbers of headings and
    paragraphs. A label that stands on the line of the words it opens is a passage of its own. Labels, bylines, heads,
    navigation, heads of printed pages and tables have no sentences; a heading or title is one sentence.

    Args:
        text: any string; its newlines may be of any kind, and mixed.
        document_id: what every passage's id begins with.

    Returns:
        Passages and sentences in the text's order, without speakers. Cost is linear in the text's length.
    """
    blocks = list(_split_labels(text, _blocks(text)))
    places = nest(blocks)
    ids = [f"{document_id}:p{block.line.start}" for block in blocks]
    passages = tuple(
        _passage(text, document_id, ids, index, block, place)
        for index, (block, place) in enumerate(zip(blocks, places, strict=True))
    )
    return Layout(passages, tuple(_sentences(text, blocks)))


def _passage(text: str, document_id: str, ids: Sequence[str], index: int, block: Block, place: Place) -> Passage:
    start, end = block.line.start, block.line.end
    above = None if place.parent is None else ids[place.parent]
    return Passage(ids[index], document_id, index, block.kind, above, place.depth, None, start, end, text[start:end])


def _blocks(text: str) -> list[Block]:
    read = read_lines(text)
    fixed = fixed_lines(read)
    joined = join_wrapped(read, frozenset(fixed), wrap_width(read))
    lines, kinds = _with_tables(joined, fixed, read)
    kinds = [kind or plain_kind(line.words) for line, kind in zip(lines, kinds, strict=True)]
    body = front_kinds(lines, kinds)
    head_runs(lines, kinds)
    signature(lines, kinds, body)
    labels = label_kinds(lines, kinds, text, body)
    return body_blocks(lines, kinds, labels)


def _with_tables(
    joined: Iterable[tuple[Line, bool]], fixed: dict[int, str], read: Sequence[Line]
) -> tuple[list[Line], list[str]]:
    """Return the lines and their fixed kinds, the rows of a table made one."""
    by_start = {read[index].start: kind for index, kind in fixed.items()}
    lines: list[Line] = []
    kinds: list[str] = []
    for line, is_fixed in joined:
        kind = by_start[line.start] if is_fixed else ""
        if kind == "table" and kinds and kinds[-1] == "table" and line.breaks < 3:
            lines[-1] = lines[-1]._replace(end=line.end)
        else:
            lines.append(line)
            kinds.append(kind)
    return lines, kinds


def _split_labels(text: str, blocks: Iterable[Block]) -> Iterable[Block]:
    """Part each label from the words behind it."""
    for block in blocks:
        line = block.line
        at = text.find(line.words[:1], line.start) + block.mark if block.kind == "label" else 0
        rest = _skip_blanks(text, at, line.end) if at else line.end
        if not at or rest >= line.end:
            yield block
            continue
        yield block._replace(line=line._replace(end=at, words=line.words[: block.mark]))
        yield Block(line._replace(start=rest, breaks=0, words=line.words[block.mark :].strip()), "paragraph")


def _skip_blanks(text: str, start: int, end: int) -> int:
    gap = text[start : start + 200]
    return min(end, start + len(gap) - len(gap.lstrip()))


def _sentences(text: str, blocks: Iterable[Block]) -> Iterable[Sentence]:
    for index, block in enumerate(blocks):
        start, end = block.line.start, block.line.end
        if block.mark and block.kind != "label":
            start = min(end, text.find(block.line.words[:1], start) + block.mark)
        if block.kind in _WHOLE and start < end:
            yield Sentence(start, end, index)
        elif block.kind in _RUNNING:
            yield from (Sentence(one, two, index) for one, two in split_sentences(text, start, end))
