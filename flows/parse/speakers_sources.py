"""Whose words are nobody's of those who speak: what reports, bodies and meetings say; and how far a quotation goes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from flows.parse.rules import load_words
from flows.parse.sieve import Sieve, sieve_of, sift
from flows.parse.speakers_answers import replies
from flows.parse.speakers_names import Roster, known_in, name_key
from flows.parse.speakers_people import rule_named
from flows.records import Passage, Sentence

TOLD_BY = re.compile(
    r"\b(?:figures|data|statistics|estimates|records|documents) (?:show|from|released)|\b[Aa]nalysts\b"
    r"|\b(?:[Tt]he two|[Bb]oth) (?:sides|parties|leaders|ministers|delegations) (?:also |further )?"
    r"(?:agreed|exchanged|discussed|signed|reviewed|pledged|decided|concluded|reaffirmed|reached|held|expressed)\b"
)
OPENS_QUOTE = ("“", '"', "‘")
PLAIN = re.compile(r"[a-z]{3,12}")
_BEFORE_SAID = 160
_EARLY, _LONGEST = 24, 600  # passages in which it is said whose words follow, and code points of such a passage
_LEADS = frozenset({"paragraph", "heading", "list_item"})
_EXCERPTS = re.compile(
    r"\b[Ee]xcerpts?\b[^.;]*:\Z|\b[Hh]ere (?:are|is) [^.;]*\b(?:quotes|remarks|comments|statements?)\b[^.;]*:\Z"
    r"|\A(?:Key|Main|Selected|Notable) (?:quotes|comments|remarks|quotations)\W*\Z"
    r"|\b(?:quotes|comments|remarks|excerpts|highlights) follow(?:ed)? from\b"
    r"|\b[Ff]ollowing are [^.;]*\b(?:quotes|comments|remarks|excerpts|highlights)\b"
)
_GIVEN = re.compile(
    r"\b(?:[Tt]his|[Tt]he)[ ](?:information|reply|answer)[ ](?:was|has[ ]been)[ ](?:given|provided|furnished|shared)\b"
)
_TO_CHAIR = re.compile(r"(?:Mr\.? |Madam |Mr\.? Deputy |Madam Deputy )?(?:President|Speaker|Chairman)[,:]")
_INTERPRETS = re.compile(r"\b(?:gave|gives|made|offered|provided) an? (?:\w+ )?interpretation\b")


def through_quotes(text: str, sentences: Sequence[Sentence], said: Sequence[str | None]) -> list[str | None]:
    """Give each sentence of a quotation to whom its end names: "“First, … . Second, … ,” said Zhao"."""
    result = list(said)
    opened: int | None = None
    for index, sentence in enumerate(sentences):
        if opened is not None and (said[index] or sentence.passage != sentences[opened].passage):
            if said[index] and sentence.passage == sentences[opened].passage:
                result[opened:index] = [said[index]] * (index - opened)
            opened = None
        words = text[sentence.char_start : sentence.char_end]
        if said[index] is None and opened is None and words.startswith(OPENS_QUOTE):
            opened = index if words.count(words[0]) % 2 and "”" not in words else None
    return result


def through_open_quotes(
    sentences: Sequence[Sentence], passages: Sequence[Passage], said: Sequence[str | None]
) -> list[str | None]:
    """Give each passage of a quotation that goes on in the next, which opens a quote again, to whom the last names."""
    result = list(said)
    later: str | None = None  # who is named first in the passage behind, if that one opens a quote
    for number, group in groupby(range(len(sentences) - 1, -1, -1), key=lambda index: sentences[index].passage):
        indices = list(group)
        words = passages[number].text
        opens = words.startswith(OPENS_QUOTE)
        named = next((result[index] for index in reversed(indices) if result[index]), None)
        if opens and later and not named and _is_open(words):
            for index in indices:
                result[index] = later
            named = later
        later = named if opens else None
    return result


def given_at_end(
    text: str, sentences: Sequence[Sentence], passages: Sequence[Passage], said: Sequence[str | None]
) -> list[str | None]:
    """Give a reply to a parliament to whom its end names: "This information was given by the minister, Ada Roe"."""
    for index, sentence in enumerate(sentences):
        if said[index]:
            given = _GIVEN.search(text, sentence.char_start, sentence.char_end)
            spoken = [passages[other.passage].kind in _LEADS for other in sentences[:index]] if given else []
            return [said[index] if own else None for own in spoken] + list(said[len(spoken) :])
    return list(said)


def is_quotation(passage: Passage) -> bool:
    """Return whether a passage opens a quote, which goes on to its end or beyond."""
    words = passage.text.rstrip()
    return words.startswith(OPENS_QUOTE) and (words.endswith(("”", '"', "’")) or _is_open(words))


def _is_open(words: str) -> bool:
    return words.count('"') % 2 == 1 if words.startswith('"') else words.count("“") > words.count("”")


def introduced_words(
    text: str, sentences: Sequence[Sentence], passages: Sequence[Passage], roster: Roster
) -> list[str | None]:
    """Return whose words a report gives that says so once: "Here are excerpts from Roe's remarks:", "Key quotes".

    Behind these it is the quotations that are hers; behind "Roe gave an interpretation" it is all that follows.
    """
    said: list[str | None] = [None] * len(sentences)
    opened, all_hers, key = len(passages), False, ""
    replying, _ = replies(passages, roster)
    for index, passage in enumerate(passages[:_EARLY]):
        if replying and _TO_CHAIR.fullmatch(passage.text):
            opened, key, all_hers = index, name_key(replying.name), True
            break
        all_hers = _INTERPRETS.search(passage.text[:_LONGEST]) is not None
        if passage.kind in _LEADS and len(passage.text) < _LONGEST and (all_hers or _EXCERPTS.search(passage.text)):
            near = known_in(roster, passage.text) or known_in(roster, passages[max(0, index - 1)].text)
            if near:
                opened, key = index, name_key(near[-1].name)
                break
    for index, sentence in enumerate(sentences):
        quoted = text.startswith(OPENS_QUOTE, passages[sentence.passage].char_start)
        if sentence.passage > opened and (quoted or all_hers) and passages[sentence.passage].kind in _LEADS:
            said[index] = key
    return said


def until_others(text: str, sentences: Sequence[Sentence], said: Sequence[str | None]) -> list[bool]:
    """Tell of each sentence whether it can be the only speaker's: from where a report or a body is quoted, none is."""
    mine: list[bool] = []
    own = True
    for sentence, key in zip(sentences, said, strict=True):
        own = key is not None or (own and not is_others(text, sentence))
        mine.append(own)
    return mine


def is_others(text: str, sentence: Sentence) -> bool:
    """Return whether a sentence gives what a report, a body or a meeting says: "A survey by Kestrel predicted"."""
    words = text[sentence.char_start : sentence.char_end]
    verbs = load_words("names")["said"]
    if verbs.isdisjoint(PLAIN.findall(words.lower())):
        return TOLD_BY.search(words) is not None
    rules = sift(_sources(), words).rules
    named = any(rule.id == "according-to-source" and rule.pattern.search(words) for rule in rules)
    if named or TOLD_BY.search(words):
        return True
    return any(
        rule.pattern.search(words[max(0, match.start() - _BEFORE_SAID) : match.start()])
        for rule in rules
        if rule.id == "said-source"
        for match in rule_named("said").pattern.finditer(words)
    )


@cache
def _sources() -> Sieve:
    return sieve_of((rule_named("according-to-source"), rule_named("said-source")))
