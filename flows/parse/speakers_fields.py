"""Names of ministries that are lists: "Trade, Industry and Energy" is one word while people are looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from flows.parse.rules import load_words
from flows.parse.scan import scan
from flows.records import Passage

# Letters that look like a comma and a blank: what they join is one name to every pattern.
_KEPT = str.maketrans({",": "\u02cf", " ": "\u02cd"})
_PRINTED = str.maketrans({"\u02cf": ",", "\u02cd": " "})
_BODY = (
    r"(?:inist(?:ry|ers?)(?: [A-Z][\w.-]+){0,3}|epartment|ecretary|ommittee|ommission(?:er)?|gency|uthority)"
    r" (?:of|for|on) "
)


@cache
def _lists() -> re.Pattern[str]:
    field = rf"(?:[\w-]+ ){{0,2}}?(?:{'|'.join(sorted(load_words('names')['field'], key=len, reverse=True))})\b"
    listed = rf"(?P<list>{field}(?:, {field}){{1,4}},? and {field})"
    return re.compile(rf"{_BODY}(?:the )?(?:State for )?{listed}", re.IGNORECASE)


def keep_commas(text: str) -> str:
    """Return a text in which the lists that ministries are called by are single words, each letter in its place.

    >>> printed(keep_commas("the Minister of Trade, Industry and Energy, Ahn Duk")).count(",")
    2
    """
    pieces: list[str] = []
    at = 0
    for match in scan(_lists(), text):
        pieces += [text[at : match.start("list")], match["list"].translate(_KEPT)]
        at = match.end("list")
    return "".join([*pieces, text[at:]])


def kept_in(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return passages with such commas in their texts."""
    return tuple(passage._replace(text=keep_commas(passage.text)) for passage in passages)


def printed(phrase: str | None) -> str | None:
    """Return a phrase as the text prints it."""
    return phrase.translate(_PRINTED) if phrase else phrase
