"""What a value of a bare sentence is about: the noun phrase beside it, or the subject of its clause."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.parse.bare_nouns import is_head
from flows.parse.marks import OPEN
from flows.parse.nouns import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    SUBORDINATORS,
    bare_word,
    fold,
)
from flows.parse.rules import load_words
from flows.parse.tasks_lemmas import lemma

_WORDS = load_words("bare")
_VERBS, _ADVERBS = _WORDS["verb"], _WORDS["adverb"] | ADVERBS
_BASE = load_words("verbs")["base"]
_LISTED = _BASE - load_words("verbs")["nominal"]
# Where one clause of a sentence ends and another begins.
_CLAUSE = re.compile(
    r"[;:—]|[“\"](?=\w)|,?[ ](?:while|whereas|when|after|because|although|though|but|before|since|if|until|that|as)[ ]"
    r"|,[ ](?:and|or|with|which|who|where)[ ]|[ ](?:which|who)[ ]|,[ ]|[ ]and[ ]"
    r"|[ ](?:said|says|say|claimed|believes?|thinks?|estimates?|reckons?|found|showed|heard)[ ]"
    r"(?=(?:the|an?|it|he|she|they|its|his|her|their|this|that|[A-Z]\w+)[ ])"
)
_ROUGH = _WORDS["rough"]
_STOPS = PREPOSITIONS | DETERMINERS | CONJUNCTIONS | SUBORDINATORS | {"aged", "ended", "ending", "following"}
_OPENERS = frozenset(
    ("in", "on", "at", "by", "from", "during", "for", "with", "over", "under", "among", "across", "of")
)
_OF = re.compile(r"[ ](?:of|worth[ ]of)[ ](?:the[ ]|its[ ]|their[ ]|his[ ]|her[ ]|all[ ]|our[ ])?")
_BESIDE = re.compile(r"[ -]([^\W\d_][\w'’-]*(?:[ -][^\W\d_][\w'’-]*){0,4})")
_WORD = re.compile(r"\d[\d,.]*|[^\s,;:()“”\"]+")
_SAYING = frozenset(("said", "says", "say", "claimed", "estimates", "found", "showed", "heard", "that", "as"))
_SCALES = frozenset(("hundred", "thousand", "million", "billion", "trillion"))
_RELATIVE = frozenset(("which", "who", "that"))
_CONJUNCTIONS = frozenset(
    ("while", "whereas", "when", "after", "because", "although", "though", "before", "since", "if")
)
NUMBERS = load_words("numbers")["unit"] | load_words("numbers")["tens"]
_LONGEST = 10
_SHORT_PAST = 3
_LONG_ING = 5
_REGISTERED = re.compile(r"\w+ed[ ](?:at|in|by|on|to|from|for|as)\b")
_AS_YOUNG_AS = re.compile(r"\bas[ ](?:young|old|far|late|early|tall)[ ]as[ ]*\Z")
_MEASURES = frozenset(
    ("percent", "%", "per", "years", "months", "weeks", "days", "hours", "minutes", "decades", "miles")
)
_DIMENSIONS = frozenset(("deep", "long", "high", "tall", "wide", "thick", "old", "strong"))


def phrase_beside(text: str, at: int, end: int) -> str:
    """Return the noun phrase right behind a value that ends at `at`: "Treasury note" of "10-year Treasury note"."""
    match = _BESIDE.match(text, at, end)
    words: list[str] = []
    for word in match[1].split() if match else ():
        bare = bare_word(word)
        if bare in _DIMENSIONS and not words:
            continue  # "a 20-metre deep ravine"
        if bare.endswith("ed") and not words and _REGISTERED.match(match[1] if match else ""):
            break
        if bare in _STOPS | AUXILIARIES | _ADVERBS or is_verb(bare, after=words):
            break
        words.append(word)
        if word.endswith("."):
            break
    return fold(" ".join(words)).strip(" .,")


def phrase_of(text: str, at: int, end: int) -> str:
    """Return what a value that ends at `at` is of: "cocaine" of "2.5 tonnes of cocaine", "" where no "of" follows."""
    of = _OF.match(text, at, end)
    if not of:
        return ""
    words, last = list[str](), of.end()
    for match in _WORD.finditer(text, of.end(), min(end, of.end() + 120)):
        bare = bare_word(match[0])
        gap = text[last : match.start()]
        if (
            (words and gap.strip() and not (gap == ", " and len(words) == 1 and not is_head(bare_word(words[0]))))
            or is_verb(bare, after=words)
            or bare in AUXILIARIES
            or len(words) == _LONGEST
        ):
            break
        if words and bare in (PREPOSITIONS - {"of", "in", "for"}) | {"and", "or", "a", "an"}:
            break
        if not bare[:1].isdigit() and bare not in _SCALES:
            words.append(match[0])
        last = match.end()
    return fold(" ".join(words)).strip(" .,")


def clause_subject(left: str) -> str:
    """Return the subject of the clause that a value stands in; `left` are the words of the sentence before it.

    Of "The fire destroyed 30 homes and forced" it is "fire"; a clause that opens with its verb has the subject of
    the clause before it, a relative clause what it stands behind.
    """
    parts, led, stand_in = _parts(left), False, ""
    for at in range(len(parts) - 1, -1, -1):
        opener, words = parts[at][0], parts[at][1].split()
        relative = not stand_in and opener in _RELATIVE and at > 0 and may_be_verb(bare_word(words[0]))
        if relative and (antecedent := phrase_before(parts[at - 1][1])) and antecedent[0].isalpha():
            return antecedent
        if opener in _CONJUNCTIONS and _is_long_gerund(bare_word(words[0])) and _takes_object(words[1:2]):
            led = True
            continue  # "after hitting a tree"
        verb = _first_verb(words, first=not at or opener in _CONJUNCTIONS)
        if verb is None and opener == "with":
            verb = next((i for i, word in enumerate(words) if i and _is_absolute(bare_word(word))), None)
        if verb is None and at == len(parts) - 1:
            verb = _last_verb(parts[at][1])
        if verb and bare_word(words[verb]) in _SAYING:
            told = words[verb + 1 :]  # "the report said net new orders rose"
            words, verb = (told, later) if (later := _first_verb(told, first=True)) else (words, verb)
        whole = (led or stand_in) and verb is None and (not at or opener in _SAYING)
        found = _subject(words[: verb or (len(words) if whole else 0)])
        led = led or (verb is not None and not found)
        if found.casefold() in _WORDS["stand_in"]:
            stand_in = stand_in or found
        elif found:
            return found
    return stand_in


def _is_absolute(bare: str) -> bool:
    """Does a word stand for the verb behind "with": "with sales up 10 per cent", "with shops adding 50 jobs"?"""
    return bare in {"up", "down", "off", "worth", "at"} or _is_long_gerund(bare)


def _takes_object(words: list[str]) -> bool:
    return not words or bare_word(words[0]) in DETERMINERS | PREPOSITIONS | NUMBERS or words[0][0].isdigit()


def _is_long_gerund(bare: str) -> bool:
    return bare.endswith("ing") and len(bare) > _LONG_ING


def opens_clause(left: str) -> bool:
    """Do nothing but bounds stand between the start of a clause and a value: "and some ⟨7,000⟩ buildings were"?"""
    parts = _parts(left + OPEN)
    words = without_bound(parts[-1][1].rstrip(OPEN)) if parts else ["-"]
    return not words or bare_word(words[-1]) in {"said", "says", "say", "that"}


def may_be_verb(bare: str) -> bool:
    """Is a word a verb by its form, or the base form of one?"""
    return _verbal(bare) or lemma(bare) in _BASE


def phrase_before(left: str) -> str:
    """Return the noun phrase that the words before a value end with: "jury" of "A jury of", "ravine" of "a ravine"."""
    words = without_bound(left)
    if words and words[-1].endswith("ing"):
        words.pop()  # "a family earning $75,000"
    at = len(words)
    while at and len(words) - at < _LONGEST and (at == len(words) or not words[at - 1].endswith((",", ";", ":"))):
        bare = bare_word(words[at - 1])
        verb = at < len(words) and is_verb(bare, after=words[: at - 1])
        if bare in _STOPS or bare in AUXILIARIES | _VERBS or bare[:1].isdigit() or verb:
            break
        at -= 1
    return " ".join(words[at:]).strip(" ,")


def without_bound(left: str) -> list[str]:
    """Return the words before a value without those that only bound it: "more than", "an estimated", "of about"."""
    words = _AS_YOUNG_AS.sub("", left).split()
    while words:
        last = bare_word(words[-1])
        measured = last in _WORDS["measured"] and len(words) > 1 and words[-2].casefold() in {"a", "an"}
        if not measured and last not in _ROUGH:
            break
        words.pop()
    return words


def is_of(left: str) -> bool:
    """Do the words before a value end with "of" or "worth", bounds aside: "a speed of about"?"""
    return bool(set(left.split()[len(without_bound(left)) :]) & {"of", "worth"})


def phrase_alone(left: str) -> str:
    """Return the noun phrase that is all that stands before a value: "Net profit" of "Net profit more than"."""
    parts = [part for _, part in _parts(" ".join(without_bound(left))) if not _opens_aside(part)]
    words = parts[0].split() if parts and bare_word(parts[-1].split()[-1]) not in _SAYING else []
    cut = next((at for at, word in enumerate(words) if at and bare_word(word) in PREPOSITIONS - {"of"}), len(words))
    return _subject(words[:cut]) if _first_verb(words, first=True) is None else ""


def subject_ahead(text: str, at: int, end: int) -> str:
    """Return the subject of the clause behind the next comma: "profit" of ", profit fell"."""
    words = text[at:end].partition(", ")[2].split()
    verb = _first_verb(words, first=True)
    found = _subject(words[:verb]) if verb and not any("," in word for word in words[:verb]) else ""
    opens = found.partition(" ")[0].casefold()
    return "" if not opens[:1].isalpha() or opens in CONJUNCTIONS or opens in _WORDS["stand_in"] else found


def _opens_aside(part: str) -> bool:
    return bare_word(part.split(maxsplit=1)[0]) in _OPENERS | PREPOSITIONS


def _parts(left: str) -> list[tuple[str, str]]:
    """Cut the words before a value into clauses; each stands behind the word that opens it, "" for the first."""
    found, at, opener = list[tuple[str, str]](), 0, ""
    for match in _CLAUSE.finditer(left):
        found.append((opener, left[at : match.start()]))
        at, opener = match.end(), match[0].strip(" ,") or ","
    return [part for part in (*found, (opener, left[at:])) if part[1].strip()]


def _first_verb(words: list[str], *, first: bool) -> int | None:
    """Return where the verb stands; a clause that is not the `first` may open with it: "which employs"."""
    for at, word in enumerate(words):
        bare = bare_word(word)
        if word[0].isupper() and (at or first):
            continue
        opens = not at and not first and (_verbal(bare) or (bare.endswith("ing") and len(bare) > 4))
        says = at > 0 and bare in _LISTED and is_head(bare_word(words[at - 1]))  # "job cuts represent"
        if opens or says or is_verb(bare, after=words[:at]):
            return at
    return None


def _last_verb(part: str) -> int | None:
    """Return where a word stands right before the value that may be a noun elsewhere: "covers" of "The race covers"."""
    words = without_bound(part)
    last = bare_word(words[-1]) if len(words) > 1 else ""
    return len(words) - 1 if last.endswith("s") and lemma(last) in _BASE else None


def _subject(words: list[str]) -> str:
    """Return the subject without what opens its clause: "In May", a determiner, a number."""
    at = 0
    if words and (bare_word(words[0]) in _OPENERS or (words[0][0].isdigit() and len(words) == 1)):
        return ""
    while at < len(words) and (bare_word(words[at]) in _ADVERBS | _ROUGH - DETERMINERS or not words[at][0].isalnum()):
        at += 1
    while at < len(words) and bare_word(words[at]) in DETERMINERS:
        at += 1
    end = len(words)
    while end - at > 1 and words[end - 1].islower() and (words[end - 1].endswith("ly") or words[end - 1] in ADVERBS):
        end -= 1
    found = words[at:end]
    counted = bool(found) and (found[0][0].isdigit() or bare_word(found[0]) in NUMBERS)
    if counted and len(found) > 1 and found[1] in _MEASURES:
        return ""
    return fold(" ".join(found[:_LONGEST])).strip(" ,")


@lru_cache(maxsize=8192)
def _verbal(bare: str) -> bool:
    """Is a word a verb by its form or by the lists?"""
    if bare in _VERBS or bare in AUXILIARIES:
        return True
    if bare.endswith("ed") and len(bare) > _SHORT_PAST and not bare.endswith("eed"):
        return True
    base = lemma(bare)
    return base != bare and base in _LISTED and not bare.endswith("ing")


def is_verb(bare: str, *, after: list[str]) -> bool:
    """Say whether a lower-case word is the verb behind the words `after`; a form that may be a noun needs a subject."""
    if not _verbal(bare):
        return False
    before = bare_word(after[-1]) if after else ""
    if bare in AUXILIARIES or bare in _VERBS:
        return bare in AUXILIARIES or not before.endswith(("'s", "’s"))
    if before.endswith(("'s", "’s")) or (bare.endswith("s") and (before[:1].isdigit() or before in NUMBERS)):
        return False  # "eight assists", "Pfizer's shot"
    if bare.endswith("ed"):
        return bool(after) and before not in DETERMINERS | PREPOSITIONS
    return bool(after) and before not in DETERMINERS | PREPOSITIONS and (not is_head(bare) or not is_head(before))
