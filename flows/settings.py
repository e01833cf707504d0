"""What a run is told: its folders and its date. Read once, at the edge; nothing below looks at a clock."""

import json
import os
import time
from collections.abc import Callable, Mapping
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flows.errors import NewindError

RUNNERS = ("local", "processes", "dask", "ray")


@dataclass(frozen=True)
class Settings:
    """One run of the flow.

    Attributes:
        raw: the folder of texts.
        dist: the folder of releases.
        date: the release date; it stands in the release, so two runs with one date give the same bytes.
        version: the version to publish, at least as high as the changes ask for; None for just that.
        quarantine: publish what can be read and parsed where some texts cannot, and list those in `rejected`.
        to: the target to publish to, a folder or the URL of a store; None for `dist`.
        single_publisher: whether the user answers for there being one publisher only, where a store cannot tell.
        validator: who holds the rows against their schemas, one of `flows.release.validate.Validator`.
        runner: what parses the texts, one of `RUNNERS`.
        workers: how many batches at once; None for one a processor.
        cluster: the address of a Dask or Ray cluster to join; None starts one on this machine.
        cache: the folder or bucket that keeps what was parsed, for the next run; None keeps nothing.
        batch_bytes: how much text one parse step takes at most; a batch has at least one text.
    """

    raw: Path
    dist: Path
    date: date
    version: str | None = None
    quarantine: bool = False
    to: str | None = None
    single_publisher: bool = False
    validator: str = "auto"
    runner: str = "local"
    workers: int | None = None
    cluster: str | None = None
    cache: str | None = None
    batch_bytes: int = 2_000_000

    @property
    def target(self) -> str:
        """The folder or URL of the releases."""
        return self.to or str(self.dist)

    @property
    def in_bucket(self) -> bool:
        """Whether what was parsed is kept in a bucket, not in a folder."""
        return "://" in (self.cache or "")


def worker_count(settings: Settings) -> int:
    """Return how many batches are parsed at once."""
    return settings.workers or os.cpu_count() or 1


def names_server() -> bool:
    """Say whether the environment names a Prefect server; Prefect has other places for that, too."""
    return bool(os.environ.get("PREFECT_API_URL"))


def storage_settings() -> dict[str, str]:
    """Return what the environment says of object stores: the variables of AWS, by their usual names.

    Credentials that are not among them are those of the profile `AWS_PROFILE` in the usual file, if there is one.

    Raises:
        NewindError: that file cannot be read.
    """
    told = {name: value for name, value in os.environ.items() if name.startswith("AWS_") and value}
    path = Path(told.get("AWS_SHARED_CREDENTIALS_FILE") or Path(os.environ.get("HOME", ""), ".aws/credentials"))
    if "AWS_ACCESS_KEY_ID" in told or not path.is_file():
        return told
    return {**_profile(path, told.get("AWS_PROFILE", "default")), **told}


def _profile(path: Path, name: str) -> dict[str, str]:
    profiles = ConfigParser(interpolation=None)
    try:
        profiles.read_string(path.read_text("utf-8"))
    except (OSError, ValueError, ConfigParserError):
        raise NewindError(
            f"{path}: this file of credentials cannot be read; mend it, or set AWS_ACCESS_KEY_ID"
        ) from None
    return {key.upper(): value for key, value in profiles.items(name)} if profiles.has_section(name) else {}


def to_json(settings: Settings) -> str:
    """Return settings as one line of text, for `from_json` in another process."""
    return json.dumps(asdict(settings), default=str)


def from_json(text: str) -> Settings:
    """Return the settings that `to_json` wrote."""
    told = json.loads(text)
    readers: dict[Any, Callable[[str], Any]] = {Path: Path, date: date.fromisoformat}
    read = {it.name: readers[it.type](told[it.name]) for it in fields(Settings) if it.type in readers}
    return Settings(**{**told, **read})


def cache_folder(environ: Mapping[str, str]) -> str | None:
    """Return where parsed texts are kept for nobody who said so: in the user's cache; None where there is none."""
    cache = Path(environ.get("XDG_CACHE_HOME") or Path(environ.get("HOME", ""), ".cache"))
    return str(cache / "newind" / "parsed") if cache.is_absolute() else None


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
