"""The concept of a value of a bare sentence: what it is of, what stands beside it, or the subject of its clause."""

from __future__ import annotations

import re

from flows.parse.measures import RATIOS
from flows.parse.nouns import PREPOSITIONS, bare_word
from flows.parse.phrases import (
    NUMBERS,
    clause_subject,
    is_of,
    is_verb,
    may_be_verb,
    opens_clause,
    phrase_alone,
    phrase_before,
    phrase_beside,
    phrase_of,
    subject_ahead,
)
from flows.parse.quantity import GENERIC, Line, Quantity
from flows.parse.roles import TIME_UNITS
from flows.parse.rules import load_part, load_pattern, load_words

OF_THEM = (" of them", " of whom", " of which", " of these")
_WORDS = load_words("bare")
_DOING = load_pattern("concepts", "doing")
_DEEP = load_pattern("concepts", "deep")
_BEING = load_pattern("concepts", "being")
_OLDER = load_pattern("concepts", "older")
_CHAINED = load_pattern("concepts", "chained")
_AT = load_pattern("concepts", "at")
_APPOSED = load_pattern("concepts", "apposed")
_OBJECT = load_pattern("concepts", "object")
_COMPARED = load_pattern("concepts", "compared-noun")
_MONEY_IN = load_pattern("concepts", "money-in")
_CHANGE = re.compile(
    rf"(?:{load_part('frames', 'up_noun')}|{load_part('frames', 'down_noun')}|stake|share|majority|interest)\b"
)
_ASIDE = re.compile(
    r"[ ]?[(][^()]{1,40}[)](?=[ ][a-z])|[)](?=[ ][a-z])"
    r"|,[ ][$€£¥]?\d[\d.,]*(?:[ ](?:million|billion|trillion)|-\w+)(?=[ ][a-z])"
)
_WHICH_IS = load_pattern("concepts", "which-is")
_GRADED = load_pattern("concepts", "graded")
_GRADE = load_pattern("concepts", "grade-behind")
_ARTICLE = load_pattern("concepts", "with-article")
# Rules that find another noun phrase than the subject: "raised its key rate to", "growth in exports of".
_TRUSTED = ("change-noun", "change-verb-object", "change-off", "to-level", "from-level", "share", "goal", "label")
_FRAMED = ("change-", "level-verb", "chain", "restated")
_TAIL = 160  # code points behind a value in which its noun phrase must end
_NEAR = 160
_WORD = 24
_VAGUE = _WORDS["general"] | (_WORDS["adverb"] - {"wounded", "injured", "dead", "missing", "homeless", "others"})
_LED = PREPOSITIONS | {"following", "ended", "ending"}


def concept(line: Line, left: str, quantity: Quantity, end: int, prior: Quantity | None) -> str:
    """Return the words of what a value is about.

    Args:
        line: the sentence.
        left: its words before the value, folded, with a blank at the end.
        quantity: the value, with the indicator that its frame found.
        end: where its unit or counted noun ends.
        prior: the value before it, finished.
    """
    subject, stop = clause_subject(left), min(line.end, quantity.char_end + _TAIL)
    beside = _beside(line, left, quantity, end)
    if beside and not (quantity.unit.isupper() and _is_general(beside)):
        whole = quantity.measure == "share" and subject and not _is_general(subject)
        return f"{subject} of {beside}" if whole else beside
    if prior and _leans(line, left, quantity, prior):
        return prior.indicator if not line.text.startswith(OF_THEM, quantity.char_end) else prior.noun
    if prior and _WHICH_IS.search(left[-_NEAR:]):
        return prior.indicator  # "$2.16 per gallon, which is four cents more"
    before = phrase_before(left) if is_of(left) or _stands_behind(line, left[-_NEAR:], quantity) else ""
    if before and subject and before.count(" ") <= 1 and before not in subject:
        return f"{before} of {subject}"
    if before and (quantity.noun or not _is_general(before)):
        return quantity.noun if _is_general(before) else before  # "80 percent of the 1.2 million doses"
    if "respectively" in line.text[quantity.char_end : stop]:
        return quantity.indicator
    return _of_clause(line, left, quantity, end, prior, subject)


def _of_clause(line: Line, left: str, quantity: Quantity, end: int, prior: Quantity | None, subject: str) -> str:
    """Return whom the clause speaks of, or the clause that follows where the value stands in the words before it."""
    if quantity.noun and _acts(line, end) and opens_clause(left):
        return quantity.noun  # "and some 7,000 buildings were destroyed"
    ahead = "" if set(",;:") & set(left) else subject_ahead(line.text, end, min(line.end, end + _TAIL))
    if ahead and not subject and bare_word(left.split(" ", 1)[0]) in PREPOSITIONS:
        return ahead  # "At 4,000 pages, the bill is"
    return _by_clause(subject, left, quantity, prior) or quantity.noun or ahead or quantity.indicator


def _acts(line: Line, end: int) -> bool:
    """Does a verb follow what is counted?"""
    after = line.text[end : min(line.end, end + _WORD)].split()
    return bool(after) and may_be_verb(bare_word(after[0]))


def _beside(line: Line, left: str, quantity: Quantity, end: int) -> str:
    """Return what the value is of, or the noun right behind it; a part of a group is about who has it."""
    text, stop = line.text, min(line.end, end + _TAIL)
    aside = _ASIDE.match(text, end, stop)
    end = aside.end() if aside else end
    compound = (
        "-" in text[quantity.char_start : end]
        or text.endswith(("year old", "year-old"), quantity.char_start, end)
        or text.startswith("-", end)
        or bool(_ARTICLE.search(left[-_NEAR:]))
    )
    if quantity.unit in RATIOS:
        compared = _COMPARED.match(text, end, stop) if compound else None
        if compared:
            return phrase_beside(text, compared.end(), stop)  # "a 33% greater risk of"
        whole = quantity.noun or phrase_of(text, end, stop)
        return whole or (_described(text, end, stop, quantity) if compound else "")
    grade = _GRADE.match(text, quantity.char_end, stop) if quantity.unit == GENERIC else None
    if grade or (
        quantity.unit == GENERIC and _GRADED.search(left[-_WORD:] + text[quantity.char_start : quantity.char_end])
    ):
        return phrase_beside(text, grade.end() if grade else end, stop)  # "a magnitude 6 earthquake"
    if quantity.unit == GENERIC and (end == quantity.char_end or text.startswith(" of ", quantity.char_end)):
        return ""  # "six of their last eight games"
    in_things = _MONEY_IN.match(text, end, stop) if quantity.unit.isupper() else None
    beside = phrase_beside(text, in_things.end() - 1, stop) if in_things else phrase_of(text, end, stop)
    if not beside and compound and (quantity.unit != GENERIC or text.startswith("-", quantity.char_end)):
        beside = phrase_beside(text, end, stop)
    return beside


def _described(text: str, end: int, stop: int, quantity: Quantity) -> str:
    """Return the noun that a ratio describes: "chance" of "a 30 per cent chance"; a change is known to its frame."""
    noun = phrase_beside(text, end, stop)
    if not noun or noun.casefold() in _WORDS["mark"]:
        return ""
    return noun if quantity.rule == "value-beside-noun" or not _CHANGE.match(noun) else ""


def _leans(line: Line, left: str, quantity: Quantity, prior: Quantity) -> bool:
    """Is the value about what the value before is about: "12 of them", "seven women and five men", "nine and 11"?"""
    if line.text.startswith(OF_THEM, quantity.char_end):
        return bool(prior.noun)
    counted = quantity.unit == GENERIC or quantity.unit.endswith("_of_age")
    chained = counted and prior.unit == quantity.unit and bool(_CHAINED.search(left[-_NEAR:]))
    return chained and prior.indicator != prior.noun


def _by_clause(subject: str, left: str, quantity: Quantity, prior: Quantity | None) -> str:
    """Return what the frame measures where it knows better than the subject of the clause."""
    if quantity.rule == "change-noun-before" and prior and _APPOSED.search(left[-_NEAR:]):
        return prior.indicator
    moved = _OBJECT.search(left[-_NEAR:])
    if moved:
        return (moved["np"] or moved["np2"] or moved["np3"]).partition(" by ")[0].partition(" to ")[0]
    framed = quantity.indicator
    own = bool(quantity.noun) and framed.startswith(quantity.noun.split(" per ")[0])
    known = framed if framed and not own and not _is_general(framed) else ""
    borrowed = subject.casefold() in _WORDS["stand_in"] and framed not in left
    if known and quantity.unit not in TIME_UNITS and (borrowed or _is_trusted(quantity, prior, subject)):
        return subject if subject.endswith(known) else known
    alone = phrase_alone(left)
    if not subject and not alone and quantity.noun:
        return quantity.noun
    for phrase in (subject, alone):
        if phrase and not _is_general(phrase):
            return phrase
    return known or (prior.indicator if prior else "")


def _stands_behind(line: Line, near: str, quantity: Quantity) -> bool:
    """Does the value describe the noun before it: "a ravine 60 metres deep", "boys, aged nine", "patients over 65"?"""
    if quantity.unit.endswith("_of_age") and not line.text.endswith(
        ("old", "age"), quantity.char_start, quantity.char_end
    ):
        return True
    if _DOING.search(near) or near.endswith(("'s ", "’s ")):
        return True
    if quantity.unit not in TIME_UNITS and _DEEP.match(
        line.text[quantity.char_end : min(line.end, quantity.char_end + 20)]
    ):
        return not _BEING.search(near)
    at = _AT.search(near)
    if at and (quantity.rule == "level-of-noun" or at["link"] == "with"):
        noun = bare_word(at["noun"])
        return noun not in PREPOSITIONS and not is_verb(noun, after=["it"])
    return quantity.unit == GENERIC and not quantity.noun and bool(_OLDER.search(near))


def _is_general(phrase: str) -> bool:
    """Does a phrase open with a verb or a preposition, or say too little to be a concept?"""
    words = phrase.casefold().split()
    if (
        words[0] in _LED
        or (len(words) == 1 and words[0].endswith("ly"))
        or not phrase[0].isalnum()
        or not any(map(str.isalpha, phrase))
    ):
        return True
    if all(word in _VAGUE or word.partition("-")[0] in NUMBERS for word in words):
        return True
    return phrase[0].islower() and not words[0].endswith("s") and is_verb(words[0], after=["it"])


def _is_trusted(quantity: Quantity, prior: Quantity | None, subject: str) -> bool:
    """Does the frame know the noun phrase: by its own rule, by ellipsis, or from a list that "respectively" pairs?"""
    if quantity.rule.startswith(_TRUSTED) or quantity.rule.endswith("-elided"):
        return True
    borrowed = prior is not None and quantity.indicator in {prior.noun, prior.indicator}
    return quantity.rule.startswith(_FRAMED) and not borrowed and not subject
