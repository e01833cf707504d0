"""Every number of a text: runs of digits and number words, merged into numerals with their values.

One scan over the text finds digit runs and number words; neighbours that make one number are merged
("two hundred and five", "2.2 billion", "4-1/4", "two-thirds"). A numeral knows nothing of what it counts.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from flows.parse.number_tokens import SHORT_SCALES, Token, find_tokens


class Number(NamedTuple):
    """One numeral: where it stands, what it is worth, and how it was written.

    `form` is ``digits`` | ``words`` | ``ordinal`` | ``fraction`` | ``multiple`` | ``vague`` | ``malformed``;
    `value` is None where the form has none or the number is malformed. `scaled` says that a scale word is in it.
    """

    char_start: int
    char_end: int
    value: Decimal | None
    form: str
    scaled: bool = False


# "3 million two-wheelers", "150 million twenty-foot units"; but "one hundred twenty-five".
_COMPOUND = re.compile(r"-(?!(?:one|two|three|four|five|six|seven|eight|nine)\b)[a-z]", re.IGNORECASE)
_JOIN = re.compile(r"[ \u00a0]{1,2}|-|[ ]and[ ]|[ ]?\r?\n[ ]*")


_MOST_PARTS = 10
_FARTHEST = len(" and a ")  # what joins two tokens is no longer, but for blanks at a line's end
_ONE_PERCENT = (" of one percent", " of one per cent", " of 1 percent", " of 1 per cent")
_ARTICLE = re.compile(r"\b(?:an?)[ -]\Z", re.IGNORECASE)


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """Return every numeral of ``text[start:end]`` in order; they do not overlap. Linear in the length.

    Every run of digits and every number word lies in exactly one numeral.
    """
    tokens = find_tokens(text, start, len(text) if end is None else end)
    numbers: list[Number] = []
    at = 0
    while at < len(tokens):
        number, at = _of_one(text, tokens, *_merge(text, tokens, at))
        numbers.append(number)
    return numbers


def _of_one(text: str, tokens: list[Token], number: Number, at: int) -> tuple[Number, int]:
    """Take in the one of "a quarter of one percent"."""
    if number.form == "fraction" and at < len(tokens) and text.startswith(_ONE_PERCENT, number.char_end):
        return number._replace(char_end=tokens[at].end), at + 1
    return number, at


def _merge(text: str, tokens: list[Token], at: int) -> tuple[Number, int]:
    first = tokens[at]
    if first.kind in {"digits", "short", "unit", "tens", "hundred", "scale"}:
        return _merge_cardinal(text, tokens, at)
    if first.kind == "part" or (first.kind == "fraction" and first.value is not None):
        return _merge_part(text, tokens, at)
    if first.kind == "ordinal":
        return Number(first.start, first.end, first.value, "ordinal"), at + 1
    form = {"adverb": "ordinal", "nil": "words"}.get(first.kind, first.kind)
    return Number(first.start, first.end, None if form == "vague" else first.value, form), at + 1


def _merge_part(text: str, tokens: list[Token], at: int) -> tuple[Number, int]:
    """Merge a part of one: "half a million", "half", "a quarter", "¾ million"."""
    first, value = tokens[at], tokens[at].value or Decimal(0)
    if at + 1 < len(tokens) and tokens[at + 1].kind in {"scale", "hundred"}:
        gap = text[first.end : tokens[at + 1].start]
        if gap.casefold() in {" a ", " ", " of a "}:
            worth = value * (tokens[at + 1].value or 1)
            return Number(first.start, tokens[at + 1].end, worth, "words", scaled=True), at + 2
    return Number(_with_article(text, first), first.end, value, "fraction"), at + 1


def _with_article(text: str, token: Token) -> int:
    article = _ARTICLE.search(text, max(0, token.start - 3), token.start)
    return article.start() if article and token.kind != "fraction" else token.start


def _merge_cardinal(text: str, tokens: list[Token], at: int) -> tuple[Number, int]:
    first = tokens[at]
    if first.kind == "digits" and _stands_alone(text, tokens, at):
        return Number(first.start, first.end, Decimal(0) + (first.value or 0), "digits"), at + 1
    total, group, low = Decimal(0), Decimal(0), Decimal(10**18)
    last, scaled = first, False
    while True:
        token = tokens[at]
        value = token.value or Decimal(0)
        if token.kind == "short":
            word = re.sub(r"[\d.,/ \u00a0\u202f-]", "", text[token.start : token.end])
            group, scaled = value * SHORT_SCALES[word.casefold()], True
        elif token.kind == "hundred":
            group, scaled = (group or Decimal(1)) * 100, True
        elif token.kind in {"scale", "vague"}:
            total, group, low, scaled = _scale(total, group, value, token is first)
        else:
            group += value
        last, at = token, at + 1
        if at == len(tokens) or not _continues(text, last, tokens[at], low, scaled=scaled):
            break
    number = Number(first.start, last.end, total + group, "words" if first.kind != "digits" else "digits", scaled)
    return _fraction_tail(text, tokens, at, number, last)


def _stands_alone(text: str, tokens: list[Token], at: int) -> bool:
    """Is the next token so far away that none of the words and blanks between can join the two?"""
    end = tokens[at].end
    apart = at + 1 == len(tokens) or tokens[at + 1].start - end > _FARTHEST
    return apart and not text[end : end + _FARTHEST].isspace()


def _scale(total: Decimal, group: Decimal, value: Decimal, bare: bool) -> tuple[Decimal, Decimal, Decimal, bool]:  # noqa: FBT001
    """Close a group: "two million" adds to the total; "lakh crore" multiplies what was closed."""
    if bare:
        return value, Decimal(0), value, True
    if not group and total:
        return total * value, Decimal(0), value, True
    return total + group * value, Decimal(0), value, True


def _continues(text: str, last: Token, token: Token, low: Decimal, *, scaled: bool) -> bool:
    gap = text[last.end : token.start]
    if not _JOIN.fullmatch(gap):
        return False
    value = token.value or Decimal(0)
    if token.kind == "vague":  # "Rs 50 crores", but "in 2020 millions of"
        return bool(value) and last.kind != "short" and gap == " " and not text.startswith(" of ", token.end)
    if token.kind in {"scale", "hundred"}:
        return "and" not in gap and last.kind != "short" and (last.kind != "scale" or (last.value or 0) < value)
    if last.kind == "tens":
        return token.kind == "unit" and 0 < value < 10 and "and" not in gap
    if last.kind in {"hundred", "scale"} and token.kind in {"unit", "tens"}:
        return scaled and value < low and last.value != 12 and not _COMPOUND.match(text, token.end)
    return False


def _fraction_tail(text: str, tokens: list[Token], at: int, number: Number, last: Token) -> tuple[Number, int]:
    """Merge what follows a cardinal: "two-thirds", "three quarters", "one fifth", "two and a half million"."""
    if at == len(tokens) or last.kind not in {"unit", "tens", "digits", "scale"}:
        return number, at
    token, gap = tokens[at], text[last.end : tokens[at].start]
    value = number.value or Decimal(0)
    worth = token.value or Decimal(0)
    if gap == " and a " and token.kind == "part":
        return _and_a_half(text, tokens, at, number, value + worth)
    if gap not in {" ", "-"}:
        return number, at
    if token.kind == "part" and last.kind == "unit" and not number.scaled and value * worth < 1:
        return Number(number.char_start, token.end, value * worth, "fraction"), at + 1
    if token.kind == "ordinal" and last.kind == "unit" and value == 1 and worth > 2:
        return Number(number.char_start, token.end, 1 / worth, "fraction"), at + 1
    if token.kind == "ordinal" and last.kind == "unit" and gap == "-" and 1 < value < worth <= _MOST_PARTS:
        return Number(number.char_start, token.end, value / worth, "fraction"), at + 1  # "two-third of the economy"
    if token.kind == "ordinal" and last.kind == "tens":
        return Number(number.char_start, token.end, value + worth, "ordinal"), at + 1
    return number, at


def _and_a_half(text: str, tokens: list[Token], at: int, number: Number, value: Decimal) -> tuple[Number, int]:
    end, after = tokens[at].end, at + 1
    if after < len(tokens) and tokens[after].kind == "scale" and text[end : tokens[after].start] == " ":
        worth = value * (tokens[after].value or 1)
        return Number(number.char_start, tokens[after].end, worth, "words", scaled=True), after + 1
    return Number(number.char_start, end, value, "words"), after
