"""What a run is told: its folders and its date. Read once, at the edge; nothing below looks at a clock."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from flows.errors import NewindError


@dataclass(frozen=True)
class Settings:
    """One run of the flow.

    Attributes:
        raw: the folder of texts.
        dist: the folder of releases.
        date: the release date; it stands in the release, so two runs with one date give the same bytes.
        version: the version to publish, at least as high as the changes ask for; None for just that.
        batch_characters: how much text one parse step takes, in code points; a batch has at least one text.
    """

    raw: Path
    dist: Path
    date: date
    version: str | None = None
    batch_characters: int = 2_000_000


def release_date(environ: Mapping[str, str]) -> date:
    """Return the date of a release nobody gave a date for: that of ``SOURCE_DATE_EPOCH`` in UTC, else today's.

    Raises:
        NewindError: ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """
    epoch = environ.get("SOURCE_DATE_EPOCH", "").strip()
    try:
        return datetime.fromtimestamp(int(epoch) if epoch else time.time(), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise NewindError(
            f"SOURCE_DATE_EPOCH is {epoch!r}; it must be a number of seconds since 1970, or be unset"
        ) from None
