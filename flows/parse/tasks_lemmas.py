"""The base form of a printed verb, by lists and the spelling rules of English; no model."""

from __future__ import annotations

from functools import cache, lru_cache

from flows.parse.rules import load_words

_VOWELS = frozenset("aeiou")
# Stems that lose a silent e before -ing and -ed: "enhanc", "upgrad", "promot", "organis", "revolv", "continu".
_SILENT = (
    "c",
    "v",
    "z",
    "u",
    "dg",
    "rg",
    "at",
    "is",
    "ur",
    "ar",
    "ir",
    "or",
    "in",
    "id",
    "ut",
    "ot",
    "as",
    "us",
    "bl",
    "pl",
    "tl",
    "gl",
    "dl",
)


@cache
def base_verbs() -> frozenset[str]:
    """Return the verbs of the list in their base form."""
    return load_words("verbs")["base"]


@cache
def _irregular() -> dict[str, str]:
    rows = (row.split() for row in load_words("verbs")["irregular"])
    return {form: row[0] for row in rows for form in row[1:]}


@cache
def _unchanged() -> frozenset[str]:
    return load_words("verbs")["unchanged"]


@lru_cache(maxsize=8192)
def lemma(form: str) -> str:
    """Return the base form of a verb printed in any form and case: "developing", "carried", "built", "taps"."""
    word = form.casefold()
    if word in base_verbs():
        return word
    if word in _irregular():
        return _irregular()[word]
    head, hyphen, tail = word.rpartition("-")
    if hyphen and tail:
        return head + hyphen + lemma(tail)
    if word.startswith("re") and word[2:] in _irregular():
        return "re" + _irregular()[word[2:]]
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return _unbent(word[: -len(ending)], ending)
    return word


@lru_cache(maxsize=8192)
def is_base(word: str) -> bool:
    """Say whether a word is the base form of a listed verb, also behind "re", "over", "out" or a hyphen."""
    low = word.casefold()
    if low in base_verbs():
        return True
    if "-" in low:
        return low.rpartition("-")[2] in base_verbs() and low.partition("-")[0] in {
            "fast",
            "co",
            "re",
            "pre",
            "de",
            "fine",
            "cross",
            "over",
        }
    return any(
        low.startswith(head) and len(low) > len(head) + 3 and low[len(head) :] in base_verbs()
        for head in ("re", "over", "out", "co", "dis", "pre", "inter")
    )


@lru_cache(maxsize=8192)
def is_verb_form(word: str) -> bool:
    """Say whether a word is a verb rather than a noun, in its base form or as "undertakes"."""
    low = word.casefold()
    return lemma(low) not in load_words("verbs")["nominal"] and (
        is_base(low) or (low.endswith("s") and lemma(low) != low and is_base(lemma(low)))
    )


def head_and_particle(word: str) -> tuple[str, str] | None:
    """Split a verb that is joined to its particle: "set-up", "phased-out"."""
    head, hyphen, tail = word.casefold().rpartition("-")
    return (head, tail) if hyphen and head and tail in {"up", "out", "down", "off", "in", "over"} else None


@lru_cache(maxsize=8192)
def is_participle(word: str) -> bool:
    """Say whether a word can be a past participle: "built", "expanded", "set"."""
    joined = head_and_particle(word)
    low = joined[0] if joined else word.casefold()
    if (
        low.endswith("ed")
        and len(low) > len("ped")
        and low not in {"need", "indeed", "speed", "feed", "seed", "exceed", "proceed", "succeed"}
    ):
        return True
    return (
        low in _unchanged()
        or (low in _irregular() and not low.endswith("ing"))
        or low.rpartition("-")[2] in _irregular()
    )


@lru_cache(maxsize=8192)
def is_gerund(word: str) -> bool:
    """Say whether a word can be the -ing form of a verb: "boosting", not "during" or "thing"."""
    low = word.casefold()
    return low.endswith("ing") and len(low) > len("being") and low not in load_words("verbs")["gerund_noun"]


def _unbent(stem: str, ending: str) -> str:
    for candidate in _candidates(stem, ending):
        if candidate in base_verbs():
            return candidate
    if ending == "s":
        return stem
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if _doubled(stem) and not stem.endswith(("ss", "ll", "ff", "zz")):
        return stem[:-1]
    short = len(stem) == len("tak") and stem[0] not in _VOWELS and stem[1] in _VOWELS and stem[2] not in _VOWELS
    return stem + "e" if stem.endswith(_SILENT) or short else stem


def _candidates(stem: str, ending: str) -> tuple[str, ...]:
    if ending == "s":
        return (stem, stem[:-2] + "y", stem[:-1]) if stem.endswith("ie") else (stem, stem[:-1])
    undoubled = (stem[:-1],) if _doubled(stem) else ()
    changed = (stem[:-1] + "y",) if stem.endswith("i") else ()
    return (stem, stem + "e", *undoubled, *changed)


def _doubled(stem: str) -> bool:
    return len(stem) > len("ll") and stem[-1] == stem[-2] and stem[-1] not in _VOWELS
