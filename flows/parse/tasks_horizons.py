"""When a task is due."""

from __future__ import annotations

import re
from datetime import date

from flows.parse.calendars import Anchor
from flows.parse.periods import Period, find_periods
from flows.parse.sieve import Signs

_DUE = ("by", "before", "until", "till", "through", "from", "within", "up to", "as of", "no later", "since")
_IN_TIME = (*_DUE, "in", "during", "over", "throughout", "for", "at", "on", "between", "after")
# Words without which no sentence sets a date, whatever else of time stands in it. A set of rare characters first, and
# what stands before one of them looked up behind it: the search leaps from one to the next.
_TIME = re.compile(
    r"""[12ymqkcJFMASONDHQYP](?:
        (?<=1)9\d\d | (?<=2)0\d\d
      | (?<=(?<!every[ ])(?<!-)y)ear(?!-) | (?<=m)onth | (?<=q)uarter | (?<=week) | (?<=dec)ade | (?<=day)s
      | (?<=tom)orrow
      | (?<=[ ]J)(?:anuary|une|uly|(?:an|un|ul)(?=[ .]))\b
      | (?<=[ ]F)(?:ebruary|eb(?=[ .]))\b
      | (?<=[ ]M)(?:arch|ay|ar(?=[ .]))\b
      | (?<=[ ]A)(?:pril|ugust|(?:pr|ug)(?=[ .]))\b
      | (?<=[ ]S)ept(?:ember|(?=[ .]))\b | (?<=[ ]S)ep(?=[ .])
      | (?<=[ ]O)ct(?:ober|(?=[ .]))\b
      | (?<=[ ]N)ov(?:ember|(?=[ .]))\b
      | (?<=[ ]D)ec(?:ember|(?=[ .]))\b
      | (?<=\b[HQ])[1-4]\b | (?<=\bFY) | (?<=P)lan[ ]period
    )""",
    re.VERBOSE,
)
# "On a tour in May the premier called for efforts": when it was said, not when it is due
_TOLD = re.compile(r"\b(?:called (?:for|on|upon)|urged|ordered|instructed|directed|asked)\b")
_DAYS = frozenset({"month", "date", "days", "weekday", "week"})
_NAMED = frozenset({"plan", "congress"})


def find_horizon(text: str, start: int, end: int, anchor: Anchor, signs: Signs) -> tuple[date | None, date | None]:
    """Return the first and last day within which a task is due, None where its sentence does not say.

    Args:
        text: the document.
        start: where the task's sentence begins.
        end: where it ends.
        anchor: the document's own date, from which months are ahead; a period wholly before it is no horizon.
        signs: those of time phrases in the document.
    """
    if not _TIME.search(text[start:end]):
        return None, None
    for period in find_periods(text, start, end, anchor, signs):
        told = period.kind in _DAYS and not period.lead.startswith(_DUE) and _TOLD.search(text, period.char_end, end)
        if not told and _is_due(period, anchor.today):
            return period.start, period.end
    return None, None


def _is_due(period: Period, today: date | None) -> bool:
    last = period.end or period.start
    if last is None or period.lead.startswith(("than", "as ", "compared", "over the level")):
        return False
    if today is None:
        return period.lead.startswith(_DUE)
    if last < today or (period.lead.startswith("since") and period.start is not None and period.start > today):
        return False
    return period.lead.startswith(_IN_TIME) or (not period.lead and period.kind not in _NAMED)
