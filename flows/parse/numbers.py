"""Every number of a text: runs of digits and number words, merged into numerals with their values.

One scan over the text finds digit runs and number words; neighbours that make one number are merged
("two hundred and five", "2.2 billion", "4-1/4", "two-thirds"). A numeral knows nothing of what it counts.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from flows.parse.rules import load_words

MAX_DIGITS = 40  # longer runs are identifiers or noise, and no double holds them


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


_WORDS = load_words("numbers")
_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "quadrillion": Decimal(10**15),
    "lakh": Decimal(10**5),
    "crore": Decimal(10**7),
    "dozen": Decimal(12),
}
_SHORT_SCALES = {
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "bln": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
    "cr": Decimal(10**7),
}
_ORDER = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"]
_ORDER += ["twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"]
_UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_UNITS += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_CARDINALS = {word: Decimal(i) for i, word in enumerate(_UNITS)} | {
    word: Decimal(10 * i) for i, word in enumerate(_TENS, 2)
}
_ORDINALS = {word: Decimal(i) for i, word in enumerate(_ORDER, 1)} | {"twentieth": Decimal(20)}
_PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, "twentieths": 20, "hundredths": 100} | {
    f"{word}s": i for i, word in enumerate(_ORDER[:10], 1) if i > 2
}
_MULTIPLES = {
    **dict.fromkeys(("twice", "double", "doubled", "doubles", "doubling"), Decimal(2)),
    **dict.fromkeys(("thrice", "triple", "tripled", "triples", "tripling", "treble", "trebled"), Decimal(3)),
    **dict.fromkeys(("quadruple", "quadrupled", "quadrupling"), Decimal(4)),
    "quintupled": Decimal(5),
    **dict.fromkeys(("halved", "halving"), Decimal("0.5")),
    **{f"{word}fold": Decimal(i) for i, word in enumerate(_UNITS) if f"{word}fold" in _WORDS["fold"]},
    "hundredfold": Decimal(100),
    "thousandfold": Decimal(1000),
}
_GLYPHS = {"¼": "0.25", "½": "0.5", "¾": "0.75", "⅓": "0.333333", "⅔": "0.666667", "⅕": "0.2", "⅖": "0.4", "⅗": "0.6"}
_GLYPHS |= {"⅘": "0.8", "⅙": "0.166667", "⅚": "0.833333", "⅛": "0.125", "⅜": "0.375", "⅝": "0.625", "⅞": "0.875"}
_GLYPH_SET = "".join(_GLYPHS)

_TOKEN = re.compile(
    rf"(?P<digits>\d+(?:[,\u00a0\u202f]\d+)*(?:\.\d+)?)"
    rf"(?P<mixed>[ -]?[{_GLYPH_SET}]|[ -]\d{{1,2}}/\d{{1,2}}(?![\d/])|/\d{{1,4}}(?![\d/]))?"
    r"(?:(?P<ordinal>(?:st|nd|rd|th)\b)|(?P<scale>(?:k|mn|mln|m|bn|bln|b|tn|trn|cr)\b))?"
    rf"|(?P<glyph>[{_GLYPH_SET}])"
    rf"|\b(?P<word>(?i:{'|'.join(sorted({*_SCALES, *(w for c in _WORDS.values() for w in c)}, key=len, reverse=True))}))\b"
)
_WESTERN = re.compile(r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?\Z")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?\Z")
_DATE_PAIR = re.compile(r"(\d{1,2}),((?:19|20)\d\d)\Z")
_YEAR_PAIR = re.compile(r"(?:19|20)\d\d\Z")
_JOIN = re.compile(r"[ \u00a0-]|[ ]and[ ]|[ ]?\r?\n[ ]*")
_ARTICLE = re.compile(r"\b(?:an?)[ -]\Z", re.IGNORECASE)


class _Token(NamedTuple):
    start: int
    end: int
    kind: str  # digits | unit | tens | hundred | scale | ordinal | part | multiple | vague | malformed | fraction
    value: Decimal | None


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """Return every numeral of ``text[start:end]`` in order; they do not overlap. Linear in the length.

    Every run of digits and every number word lies in exactly one numeral.
    """
    tokens = [
        token for match in _TOKEN.finditer(text, start, len(text) if end is None else end) for token in _read(match)
    ]
    numbers: list[Number] = []
    at = 0
    while at < len(tokens):
        number, at = _merge(text, tokens, at)
        numbers.append(number)
    return numbers


def _read(match: re.Match[str]) -> list[_Token]:
    if match["word"]:
        return [_word_token(match)]
    if match["glyph"]:
        return [_Token(match.start(), match.end(), "fraction", Decimal(_GLYPHS[match["glyph"]]))]
    return _digit_tokens(match)


def _word_token(match: re.Match[str]) -> _Token:
    word = match["word"].casefold()
    kind, value = _classify(word)
    return _Token(match.start(), match.end(), kind, value)


def _classify(word: str) -> tuple[str, Decimal | None]:
    if word in _CARDINALS:
        return ("tens" if word in _WORDS["tens"] else "unit"), _CARDINALS[word]
    if word in _SCALES:
        return ("hundred" if word == "hundred" else "scale"), _SCALES[word]
    if word in _ORDINALS:
        return "ordinal", _ORDINALS[word]
    if word in _WORDS["adverb"]:
        return "adverb", _ORDINALS[word.removesuffix("ly")]
    if word in _PARTS:
        return "part", Decimal(1) / Decimal(_PARTS[word])
    if word in _MULTIPLES:
        return "multiple", _MULTIPLES[word]
    return ("nil", Decimal(0)) if word == "nil" else ("vague", None)


def _digit_tokens(match: re.Match[str]) -> list[_Token]:
    printed, begin = match["digits"], match.start()
    if pair := _DATE_PAIR.match(printed):  # "March 5,2024" lacks its blank; it is no number with a group
        cut = begin + len(pair[1]) + 1
        day = _Token(begin, cut - 1, "digits", Decimal(pair[1]))
        return [day, _Token(cut, match.end(), "digits", Decimal(pair[2]))]
    value = _plain_value(printed)
    if value is None:
        return [_Token(begin, match.end(), "malformed", None)]
    if match["ordinal"]:
        return [_Token(begin, match.end(), "ordinal", value)]
    if match["mixed"]:
        return _mixed_tokens(match, value)
    if match["scale"]:
        return [_Token(begin, match.end(), "short", value)]
    return [_Token(begin, match.end(), "digits", value)]


def _plain_value(printed: str) -> Decimal | None:
    if len(printed) > MAX_DIGITS:
        return None
    if not printed.isascii() or "," in printed:
        if not (_WESTERN.match(printed) or _INDIAN.match(printed)):
            return None
        printed = re.sub(r"[,\u00a0\u202f]", "", printed)
    return Decimal(printed)


def _mixed_tokens(match: re.Match[str], value: Decimal) -> list[_Token]:
    mixed, begin, end = match["mixed"], match.start(), match.end()
    if mixed[-1] in _GLYPHS:
        return [_Token(begin, end, "digits", value + Decimal(_GLYPHS[mixed[-1]]))]
    if mixed[0] == "/":
        return _slash_tokens(begin, end, match["digits"], value, mixed)
    over, under = mixed[1:].split("/")
    if int(under) > int(over) > 0 and len(match["digits"]) < 3:
        return [_Token(begin, end, "digits", value + Decimal(over) / Decimal(under))]
    cut = begin + len(match["digits"])
    return [_Token(begin, cut, "digits", value), _Token(cut + 1, end, "malformed", None)]


def _slash_tokens(begin: int, end: int, digits: str, value: Decimal, mixed: str) -> list[_Token]:
    under = Decimal(mixed[1:])
    if under > value > 0 and len(digits) < 3 and len(mixed) < 4 and under <= 32:
        return [_Token(begin, end, "fraction", value / under)]
    cut = begin + len(digits)
    return [_Token(begin, cut, "digits", value), _Token(cut + 1, end, "digits", under)]


def _merge(text: str, tokens: list[_Token], at: int) -> tuple[Number, int]:
    first = tokens[at]
    if first.kind in {"digits", "short", "unit", "tens", "hundred", "scale"}:
        return _merge_cardinal(text, tokens, at)
    if first.kind == "part" or (first.kind == "fraction" and first.value is not None):
        return _merge_part(text, tokens, at)
    if first.kind == "ordinal":
        return Number(first.start, first.end, first.value, "ordinal"), at + 1
    form = {"adverb": "ordinal", "nil": "words"}.get(first.kind, first.kind)
    return Number(first.start, first.end, first.value, form), at + 1


def _merge_part(text: str, tokens: list[_Token], at: int) -> tuple[Number, int]:
    """ "half a million", "half", "a quarter", "¾ million"."""
    first, value = tokens[at], tokens[at].value or Decimal(0)
    if at + 1 < len(tokens) and tokens[at + 1].kind in {"scale", "hundred"}:
        gap = text[first.end : tokens[at + 1].start]
        if gap.casefold() in {" a ", " ", " of a "}:
            worth = value * (tokens[at + 1].value or 1)
            return Number(first.start, tokens[at + 1].end, worth, "words", scaled=True), at + 2
    return Number(_with_article(text, first), first.end, value, "fraction"), at + 1


def _with_article(text: str, token: _Token) -> int:
    article = _ARTICLE.search(text, max(0, token.start - 3), token.start)
    return article.start() if article and token.kind != "fraction" else token.start


def _merge_cardinal(text: str, tokens: list[_Token], at: int) -> tuple[Number, int]:
    first = tokens[at]
    total, group, low = Decimal(0), Decimal(0), Decimal(10**18)
    last, scaled = first, False
    while True:
        token = tokens[at]
        value = token.value or Decimal(0)
        if token.kind == "short":
            word = re.sub(r"[\d.,/ \u00a0\u202f-]", "", text[token.start : token.end])
            group, scaled = value * _SHORT_SCALES[word.casefold()], True
        elif token.kind == "hundred":
            group, scaled = (group or Decimal(1)) * 100, True
        elif token.kind == "scale":
            total, group, low, scaled = _scale(total, group, value, token is first)
        else:
            group += value
        last, at = token, at + 1
        if at == len(tokens) or not _continues(text, last, tokens[at], low, scaled=scaled):
            break
    number = Number(first.start, last.end, total + group, "words" if first.kind != "digits" else "digits", scaled)
    return _fraction_tail(text, tokens, at, number, last)


def _scale(total: Decimal, group: Decimal, value: Decimal, bare: bool) -> tuple[Decimal, Decimal, Decimal, bool]:  # noqa: FBT001
    """Close a group: "two million" adds to the total; "lakh crore" multiplies what was closed."""
    if bare:
        return value, Decimal(0), value, True
    if not group and total:
        return total * value, Decimal(0), value, True
    return total + group * value, Decimal(0), value, True


def _continues(text: str, last: _Token, token: _Token, low: Decimal, *, scaled: bool) -> bool:
    gap = text[last.end : token.start]
    if not _JOIN.fullmatch(gap):
        return False
    value = token.value or Decimal(0)
    if token.kind in {"scale", "hundred"}:
        return (
            "and" not in gap
            and last.kind != "short"
            and (last.kind != "scale" or (last.value, value) == (10**5, 10**7))
        )
    if last.kind == "tens":
        return token.kind == "unit" and 0 < value < 10 and "and" not in gap
    if last.kind in {"hundred", "scale"} and token.kind in {"unit", "tens"}:
        return scaled and value < low and last.value != 12
    return False


def _fraction_tail(text: str, tokens: list[_Token], at: int, number: Number, last: _Token) -> tuple[Number, int]:
    """ "two-thirds", "three quarters", "one half", "one fifth", "two and a half million"."""
    if at == len(tokens) or last.kind not in {"unit", "tens", "digits", "scale"}:
        return number, at
    token, gap = tokens[at], text[last.end : tokens[at].start]
    value = number.value or Decimal(0)
    if gap in {" ", "-"} and token.kind == "part" and last.kind == "unit" and not number.scaled:
        if value * (token.value or 0) < 1:
            return Number(number.char_start, token.end, value * (token.value or 0), "fraction"), at + 1
    if (
        gap in {" ", "-"}
        and token.kind == "ordinal"
        and last.kind == "unit"
        and value == 1
        and token.value
        and token.value > 2
    ):
        return Number(number.char_start, token.end, 1 / token.value, "fraction"), at + 1
    if gap in {"-", " "} and token.kind == "ordinal" and last.kind == "tens":
        return Number(number.char_start, token.end, value + (token.value or 0), "ordinal"), at + 1
    if gap == " and a " and token.kind == "part":
        return _and_a_half(text, tokens, at, number, value + (token.value or 0))
    return number, at


def _and_a_half(text: str, tokens: list[_Token], at: int, number: Number, value: Decimal) -> tuple[Number, int]:
    end, after = tokens[at].end, at + 1
    if after < len(tokens) and tokens[after].kind == "scale" and text[end : tokens[after].start] == " ":
        return Number(
            number.char_start, tokens[after].end, value * (tokens[after].value or 1), "words", True
        ), after + 1  # noqa: FBT003
    return Number(number.char_start, end, value, "words"), after
