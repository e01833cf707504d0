"""When a task is due."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.parse.periods import Period, find_periods

if TYPE_CHECKING:
    from datetime import date

    from flows.parse.sieve import Signs

_DUE = ("by", "before", "until", "till", "through", "from", "within", "up to", "as of", "no later", "since")
_IN_TIME = (*_DUE, "in", "during", "over", "throughout", "for", "at", "on", "between", "after")
# Words without which no sentence sets a date, whatever else of time stands in it.
_TIME = re.compile(
    r"(?:19|20)\d\d|(?<!every )(?<!-)year(?!-)|month|quarter|week|decade|tomorrow"
    r"|[ ](?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?=[ .]))\b"
    r"|\b[HQ][1-4]\b|\bFY|days|Plan[ ]period"
)
_NAMED = frozenset({"plan", "congress"})


def find_horizon(text: str, start: int, end: int, today: date | None, signs: Signs) -> tuple[date | None, date | None]:
    """Return the first and last day within which a task is due, None where its sentence does not say.

    Args:
        text: the document.
        start: where the task's sentence begins.
        end: where it ends.
        today: the document's own date; a period wholly before it is no horizon.
        signs: those of time phrases in the document.
    """
    periods = find_periods(text, start, end, today, signs)
    if not periods or not _TIME.search(text, start, end):
        return None, None
    for period in periods:
        if _is_due(period, today):
            return period.start, period.end
    return None, None


def _is_due(period: Period, today: date | None) -> bool:
    last = period.end or period.start
    if last is None or period.lead.startswith(("than", "as ", "compared", "over the level")):
        return False
    if today is None:
        return period.lead.startswith(_DUE)
    if last < today:
        return False
    return period.lead.startswith(_IN_TIME) or (not period.lead and period.kind not in _NAMED)
