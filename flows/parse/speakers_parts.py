"""What part somebody plays in a transcript: who asks, who answers, and who gives the floor."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.parse.scan import scan
from flows.parse.speakers_names import Person
from flows.parse.speakers_turns import Turn

_HANDS_OVER = re.compile(
    r"\bfloor\b|\b(?:next|last|first|one more|final|another) question|questions?,? please|identify (?:the|your)"
    r"|name your|we have invited|joining us|joined by|let['’]s (?:go to|welcome|continue|give|hear|turn to)"
    r"|that(?:['’]s| is) all for (?:today|now)|(?:conference|briefing) (?:ends|is over|concludes|has ended|is closed)"
    r"|over to you"
    r"|welcome to|take your questions|will (?:now )?(?:take|answer) questions|has the floor|, please\.|go ahead"
    r"|raise your hand|moderate|\b(?:go|come|turn) (?:next )?to the \w+ row"
    r"|in the (?:front|second|third|back|middle) row|\Aorder[.!]|come to order"
    r"|(?:is|are) (?:now )?recognized|yields back",
    re.IGNORECASE,
)
_GREETS = re.compile(
    r"\b(?:[Gg]ood (?:morning|afternoon|evening|day)|[Ll]adies and gentlemen|[Tt]hank you|[Ww]elcome|[Ff]riends|[Dd]ear"
    r"|I am|I['’]m|[Ww]e are|[Mm]y colleagues)\b"
)
_ASKS_LAST = re.compile(r"\?\W*(?:[Tt]hank(?:s| you)[^.?]*\.?)?\s*\Z")
_PLEASED = "be pleased to state"  # what a member of a parliament asks of a minister
_NAME_CALL = 5
_SHORT_TURN = 150  # words within which nobody gives a statement and then hands over
_GIVES_FLOOR = re.compile(r"\b(?:give|hand|pass|turn|yield)\b[^.]{0,20} floor to\b|\bwe have invited\b", re.IGNORECASE)


def role_of(person: Person, own: Sequence[Turn], total: int, parts: frozenset[str]) -> str:
    """Return "chair", "questioner" or "speaker" for somebody with turns of his or her own.

    Args:
        person: who it is.
        own: the person's turns.
        total: the words of all turns of the text.
        parts: what the labels of these turns, or the head, say themselves.
    """
    if "chair" in parts:
        return "chair"
    if person.kind == "organisation" or "questioner" in parts or all(_PLEASED in turn.spoken for turn in own):
        return "questioner"
    words = sum(turn.words for turn in own)
    presides = words < _SHORT_TURN * len(own) and any(_GIVES_FLOOR.search(turn.spoken) for turn in own)
    small = words * 2 < total or presides
    listed = person.source == "head"
    if small and not (listed and "listed" in parts) and sum(map(_hands_over, own)) * 2 > len(own):
        return "chair"
    asks = sum("?" in turn.spoken for turn in own)
    if "named" in parts:
        return "speaker"
    return "questioner" if small and not listed and person.position is None and asks * 2 > len(own) else "speaker"


def _hands_over(turn: Turn) -> bool:
    """Return whether a turn calls somebody by name or gives the floor; a short question does neither."""
    called = turn.words < _NAME_CALL and not turn.spoken.endswith(("?", "?”"))
    return called or any(scan(_HANDS_OVER, turn.spoken))


def asks_last(words: str) -> bool:
    """Return whether words end in a question, and in thanks behind it."""
    return _ASKS_LAST.search(words) is not None


def is_statement(turn: Turn) -> bool:
    """Return whether words before the first label are a speaker's own, and neither a question nor a report."""
    if asks_last(turn.spoken) and turn.words < _SHORT_TURN:
        return False
    return _GREETS.search(turn.spoken[:400]) is not None
