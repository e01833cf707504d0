"""The last touch to a phrase that says what is measured: no growth rate of what grows, no half of a clause."""

from __future__ import annotations

import re

from flows.parse.nouns import trim

_GROWTH_OF = re.compile(
    r"\A(?:(?:annual|average|real|nominal|year-on-year|overall|monthly|quarterly|record|sharp|strong"
    r"|steady|further)[ ])*"
    r"(?:(?:(?:negative|positive)[ ])?growth(?:[ ]rates?)?(?:[ ](?:recorded|seen|registered))?[ ](?:of|in|for)"
    r"|(?:rises|falls|increases|decreases|declines|gains|drops)[ ]in)"
    r"[ ](?:both[ ])?(?:the[ ])?(?=\w)",
    re.IGNORECASE,
)
_MOVES = re.compile(r"growth|s[ ]in[ ]")
_ITS_GROWTH = re.compile(r"(?<=\w)(?:['’]s?)?[ ]growth[ ]rates?(?:[ ]for[ ].*)?\Z")
_MOST_BLANKS = 2  # in what names nothing
_POSSESSIVE = ("'s", "’s")
# What a phrase does not open with: on the back "of" food inflation, skilled "with a" central outlay, "while" exports.
_OPENING = re.compile(
    r"\A(?:(?:result(?:ed|ing)[ ]in|translat(?:ed|ing)[ ]into|culminat(?:ed|ing)[ ]in)(?:[ ]an?)?"
    r"|(?:each|\w{3,}ed)[ ]with(?:[ ]an?)?|including"
    r"|(?:observed|recorded|registered|noted|seen|reported)[ ](?:in|for)"
    r"|(?:of|with)(?:[ ](?:an?|the|its))?|while|whereas|namely(?:[ ]in)?"
    r"|(?:dragged|pulled|weighed)[ ]down[ ]by|(?:led|driven|propelled|supported|boosted|fuelled)[ ]by)[ ](?=\w)"
)
_HALF_CLAUSE = re.compile(
    r"\A(?:and|to|or|but|under|from|into|through|at|by|excluding|including|despite|without|having|short[ ]of)[ ]"
    r"|,[ ](?:and[ ])?to[ ]\w"
)


# Times, frames of a clause and halves of one measure nothing: "at the end", "registering", "the seven-month period".
_NO_THING = re.compile(
    r"(?:(?:\w+-\w+|full|same|previous|whole|straight|current|reporting|corresponding)[ ])?"
    r"(?:end|period|month|year|quarter|half|world|same|time|(?:first|second|third)[ ]time)(?:[ ]of)?|\W+"
    r"|(?:registering|recording|posting|putting|bringing|outpacing|marking|representing|reaching|hitting|showing|seeing"
    r"|followed|following|after|despite|amid|driving|lifting|beating|surpassing|exceeding|contracting|pushing|taking|making|leaving|reporting|recorded|registered|reported|posted|projected|expected|estimated"
    r"|marginal|slight|slightly|sharp|modest|mild|(?:sharp|high|low|strong|weak|large|big|great|steep|fast|slow)e?st)",
    re.IGNORECASE,
)


# A record is one of what is measured: "breaking the previous global record of".
_RECORD = re.compile(
    r"(?:(?:the|its|previous|global|own|new|all-time|annual|monthly|quarterly"
    r"|yearly|daily|historic|national|world|last|earlier)[ ])*records?(?:[ ]high)?"
)


_CHANGES = re.compile(
    r"(?:(?:followed|following|after)[ ])?(?:(?:\w+-on-\w+|monthly|annual|quarterly|yearly)[ ])?changes"
)
_WHOSE = re.compile(r"\A.*\bwhose[ ](?=\w)")  # "shopkeepers whose annual turnover (is)"
_ON_PERIOD = re.compile(r"\b(?P<time>year|month|quarter)[ -]on[ -](?P=time)[ ](?!growth|change|rate|basis)")
_IN_THE_TIME = re.compile(r"[ ](?:in|for|during|over)[ ]the[ ](?:month|quarter|year|period|week)\Z")
_FOOTNOTE = re.compile(r"\d(?<=[a-z]{4}\d)\b")  # "the volume of retail trade1"


def says_nothing(phrase: str) -> bool:
    """Say whether a phrase is a time or a half of a clause, and names nothing that could be measured."""
    long = phrase.count(" ") > _MOST_BLANKS and phrase[:1].isalnum()
    return not long and _NO_THING.fullmatch(phrase) is not None


def named(indicator: str, measure: str, known: str) -> str:
    """Return an indicator as it is to read.

    Args:
        indicator: the phrase found.
        measure: what the value is; a change is not of a growth rate, but of what grows.
        known: what was measured last, for a phrase that is none.
    """
    if indicator.startswith(")"):
        indicator = trim(indicator.lstrip(") "))  # "tin (⟨2%⟩), and steel (⟨3%⟩)"
    indicator = _OPENING.sub("", _WHOSE.sub("", _FOOTNOTE.sub("", indicator)))
    if known and (
        not indicator or says_nothing(indicator) or _RECORD.fullmatch(indicator) or _CHANGES.fullmatch(indicator)
    ):
        return known
    if known and _HALF_CLAUSE.search(indicator):
        return known
    if "-on-" in indicator or " on " in indicator:
        indicator = _ON_PERIOD.sub("", indicator)
    indicator = _IN_THE_TIME.sub("", indicator)
    if known and measure == "level" and indicator.endswith(known) and _GROWTH_OF.sub("", indicator) == known:
        return known  # "growth of 5% in output, reaching ⟨3 million tonnes⟩"
    plain = indicator[:-2] if indicator.endswith(_POSSESSIVE) else indicator
    if measure != "change" or not _MOVES.search(plain):
        return plain
    return _ITS_GROWTH.sub("", _GROWTH_OF.sub("", plain))
