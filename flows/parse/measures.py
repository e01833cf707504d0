"""Whether a value is a level, a change or a share, and which way it went."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flows.parse.marks import OPEN
from flows.parse.nouns import phrase_after
from flows.parse.rules import load_part, load_words

_WORDS = load_words("nouns")


FLOWS = _WORDS["flow"]
# These count anything: they do not say what is counted.
GENERIC_NOUNS = frozenset(("head", "units", "items", "pieces", "cases", "sets", "points", "lines"))
_CHANGE_NOUN = re.compile(
    rf"\b(?:{'|'.join(sorted(_WORDS['change_noun']))}|annual rates?(?! of (?:interest|unemployment))"
    r"|(?:[\w-]+-(?:year|month|quarter)|annual|monthly|quarterly|percentage|percent) changes?)\b",
    re.IGNORECASE,
)


_SHARE_NOUN = re.compile(rf"\b(?:{'|'.join(sorted(_WORDS['share_noun']))})\b", re.IGNORECASE)


_RATE_NOUN = re.compile(r"\b(?:unemployment|joblessness|probability|chance|likelihood|odds)\b", re.IGNORECASE)


_GAINS = re.compile(r"\b(?:gains?|losses|net additions|cuts?)\Z", re.IGNORECASE)
OF_WHOLE = re.compile(rf"\A[ ]of[ ](?!(?:which|whom|them|it)\b)(?P<whole>[^,.;:(){OPEN}]+)")


# "debts of twice their income": so many of something else, and no growth.
_OWN_YARDSTICK = re.compile(r"[ ](?:their|its|his|her|our)[ ]")


POINTS = frozenset(("percentage_point", "basis_point"))


RATIOS = frozenset(("percent", *POINTS, "per_mille"))


@dataclass(slots=True)
class Framed:
    """What the clause says of one value."""

    measure: str
    sign: int
    indicator: str
    rule: str
    noun: str = ""
    whole: str = ""
    chained: bool = False
    restated: bool = False
    listed: str = ""  # how the names of a list go on that brackets give values to: "in unemployment rate"
    around: str = ""  # the phrase that a count stands in: "sales of five categories"
    unit: str = ""
    outer: str = ""  # the subject that goes on after the relative clause in which the value stands


@lru_cache(maxsize=1)
def _down() -> re.Pattern[str]:
    less = "off|lower|below|less|fewer|slower|smaller|down|worse|weaker|shorter|cheaper|short"
    verbs, nouns = load_part("frames", "down_verb"), load_part("frames", "down_noun")
    lowering = r"lower\w*|reduc\w*|cut\w*|slash\w*|trim\w*|knock\w*|shrink|bring\w*|brought|pull\w*|drag\w*"
    return re.compile(f"(?:{verbs}|{nouns}|{less}|{lowering})", re.IGNORECASE)


def sign_of(word: str) -> int:
    """Return -1 for words of falling, else 1."""
    return -1 if _down().fullmatch(" ".join(word.split())) else 1


def by_unit(unit: str, subject: str, right: str) -> tuple[str, str]:
    """Measure and whole of a value that its verb leaves open."""
    if unit in POINTS:
        return "change", ""
    if unit == "percent" and _RATE_NOUN.search(subject):
        return "level", ""  # "unemployment, at 8.7 per cent of the labour force": a rate, whatever it is taken of
    if unit == "percent":
        whole = OF_WHOLE.match(right)
        if whole:
            return "share", phrase_after(whole["whole"])
        if _CHANGE_NOUN.search(subject):
            return "change", ""
        if _SHARE_NOUN.search(subject) and not re.search(r"\butili[sz]ation rate\b", subject):
            return "share", ""
    if unit == "times" and _OWN_YARDSTICK.match(right):
        return "level", ""
    if unit == "times" or (unit == "count" and _GAINS.search(subject)):
        return "change", ""
    return "level", ""


RATED = re.compile(r"\b(?:unemployment|interest|utili[sz]ation|rate|rates|target range|yield|index)\b", re.IGNORECASE)
_SHARE_OF = re.compile(
    r"\b(?:(?:share|proportion|weight)(?:[ ](?:in|of)[ ][^,;]{2,60}?)?"
    r"|contribut(?:ion|or)[ ][^,;]{0,40}?\bto[ ][^,;]{2,60}?"
    r"|\b(?:with|an?|the|its|their)[ ](?:\w+[ ])?contribution(?:[ ]rate)?)"
    r"(?:[ ](?:will|would|to|is|are|was|were|has|have|had|be|been|also|further))*,?\Z"
)
_FORECAST_OF = re.compile(r"\b(?P<growth>growth[ ])?(?:projection|forecast|outlook)\b[^,;]*", re.IGNORECASE)


def told_by(before: str, subject: str, prior: Framed | None) -> str:
    """Return the word that tells what a ratio is: a share of something, a growth that is forecast, else the subject."""
    if _SHARE_OF.search(before):
        return "share"
    forecast = _FORECAST_OF.search(before)
    grows = forecast and (forecast["growth"] or (prior and prior.measure == "change"))
    return "growth" if grows and not RATED.search(before) else subject
