"""The pieces that numerals are merged from: runs of digits and number words, each with its worth."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from flows.parse.rules import load_words

MAX_DIGITS = 40  # longer runs are identifiers or noise, and no double holds them
_DIGITS = 0x20000  # all digits of Unicode stand before


_WORDS = load_words("numbers")


_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "quadrillion": Decimal(10**15),
    "quintillion": Decimal(10**18),
    "lakh": Decimal(10**5),
    "crore": Decimal(10**7),
    "dozen": Decimal(12),
}


SHORT_SCALES = {
    "t": Decimal(10**12),
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "mil": Decimal(10**6),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "bln": Decimal(10**9),
    "tn": Decimal(10**12),
    "trn": Decimal(10**12),
    "cr": Decimal(10**7),
    "crore": Decimal(10**7),
    "lakh": Decimal(10**5),
    "million": Decimal(10**6),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
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


_GLUED = "|".join(sorted(SHORT_SCALES.keys() - {"t"}, key=len, reverse=True))  # "5t" is a weight
# "4.8 bn tonnes"; a lone "m" is a million before a noun, a metre elsewhere.
_APART = r"(?:bn|bln|mn|mln|tn|trn)\b|m(?=[ ](?:[a-z]+s|people)\b)"
_TOKEN = re.compile(
    rf"(?P<digits>(?:\d{{1,3}}(?:[ ]\d{{3}})+(?![\d,])|\d+(?:[,\u00a0\u202f]\d+)*)(?:\.\d+)?)"
    rf"(?P<mixed>[ -]?[{_GLYPH_SET}]|[ -]\d{{1,2}}/\d{{1,2}}(?![\d/])|/\d{{1,4}}(?![\d/]))?"
    rf"(?:(?P<ordinal>(?:st|nd|rd|th)\b)|(?P<scale>(?:{_GLUED})\b|[ ](?:{_APART}))|(?P<big>[KMBT]n?\b))?"
    rf"|(?P<glyph>[{_GLYPH_SET}])"
)
_CURRENCY = frozenset("$€£¥₹")
_WESTERN = re.compile(r"\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:\.\d+)?\Z")


_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?\Z")


_DATE_PAIR = re.compile(r"(\d{1,2}),((?:19|20)\d\d)\Z")


class Token(NamedTuple):
    """One piece of a numeral, and its worth where it has one."""

    start: int
    end: int
    kind: str  # digits | unit | tens | hundred | scale | ordinal | part | multiple | vague | malformed | fraction
    value: Decimal | None  # of a vague one what it is worth behind a number: "50 crores"


def find_tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the pieces of numerals in ``text[start:end]``, in order."""
    tokens: list[Token] = []
    shown, read = text[start:end], start
    signs, worth = _signs()
    for sign, begin, stop in signs.find_matches_as_indexes(shown):
        if sign < len(worth):
            if not _in_word(shown, begin - 1) and not _in_word(shown, stop):
                tokens.append(Token(start + begin, start + stop, *worth[sign]))
        elif start + begin >= read and (run := _TOKEN.match(text, start + begin, end)):
            tokens += _read_digits(run)
            read = run.end()
    return sorted(tokens)


def _read_digits(match: re.Match[str]) -> list[Token]:
    """Turn one run of digits into pieces: mostly one, two where a date or a fraction is printed in one run."""
    if match["glyph"]:
        return [Token(match.start(), match.end(), "fraction", Decimal(_GLYPHS[match["glyph"]]))]
    return _digit_tokens(match)


@cache
def _signs() -> tuple[AhoCorasick, tuple[tuple[str, Decimal | None], ...]]:
    """Every number word in the three cases that texts print, and what each is worth; behind them, what opens a run."""
    words = sorted({*_SCALES, *(word for forms in _WORDS.values() for word in forms)})
    forms = [form for word in words for form in (word, word.capitalize(), word.upper())]
    worth = tuple(_classify(form.casefold()) for form in forms)
    digits = filter(str.isdecimal, map(chr, range(_DIGITS)))
    return AhoCorasick([*forms, *digits, *_GLYPHS], matchkind=MatchKind.LeftmostLongest), worth


def _in_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


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
    return ("nil", Decimal(0)) if word == "nil" else ("vague", _SCALES.get(word.removesuffix("s")))


def _digit_tokens(match: re.Match[str]) -> list[Token]:
    printed, begin = match["digits"], match.start()
    if pair := _DATE_PAIR.match(printed):  # "March 5,2024" lacks its blank; it is no number with a group
        cut = begin + len(pair[1]) + 1
        day = Token(begin, cut - 1, "digits", Decimal(pair[1]))
        return [day, Token(cut, match.end(), "digits", Decimal(pair[2]))]
    value = _plain_value(printed)
    if value is None:
        return [Token(begin, match.end(), "malformed", None)]
    if match["ordinal"]:
        return [Token(begin, match.end(), "ordinal", value)]
    if match["mixed"]:
        return _mixed_tokens(match, value)
    if match["scale"]:
        return [Token(begin, match.end(), "short", value)]
    if match["big"]:
        money = match.string[begin - 1 : begin] in _CURRENCY  # "$5M" is money; "4K" is a screen
        return [
            Token(begin, match.end(), "short", value) if money else Token(begin, match.start("big"), "digits", value)
        ]
    return [Token(begin, match.end(), "digits", value)]


def _plain_value(printed: str) -> Decimal | None:
    if len(printed) > MAX_DIGITS:
        return None
    if not printed.isdecimal() and (not printed.isascii() or "," in printed or " " in printed):
        if not (_WESTERN.match(printed) or _INDIAN.match(printed)):
            return None
        printed = re.sub(r"[ ,\u00a0\u202f]", "", printed)
    return Decimal(printed)


def _mixed_tokens(match: re.Match[str], value: Decimal) -> list[Token]:
    mixed, begin, end = match["mixed"], match.start(), match.end()
    if mixed[-1] in _GLYPHS:
        return [Token(begin, end, "digits", value + Decimal(_GLYPHS[mixed[-1]]))]
    if mixed[0] == "/":
        return _slash_tokens(begin, end, match["digits"], value, mixed)
    over, under = mixed[1:].split("/")
    if int(under) > int(over) > 0 and len(match["digits"]) < 3:
        return [Token(begin, end, "digits", value + Decimal(over) / Decimal(under))]
    cut = begin + len(match["digits"])
    return [Token(begin, cut, "digits", value), Token(cut + 1, end, "malformed", None)]


def _slash_tokens(begin: int, end: int, digits: str, value: Decimal, mixed: str) -> list[Token]:
    under = Decimal(mixed[1:])
    if under > value > 0 and len(digits) < 3 and len(mixed) < 4 and under <= 32:
        return [Token(begin, end, "fraction", value / under)]
    cut = begin + len(digits)
    return [Token(begin, cut, "digits", value), Token(cut + 1, end, "digits", under)]
