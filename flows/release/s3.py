"""S3 and what speaks its language, by obstore: credentials and endpoint by the usual AWS_… of the environment."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from flows.errors import TargetError
from flows.release.objects import without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_SECRETS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
_TAKEN = (
    *_SECRETS,
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_SKIP_SIGNATURE",
    "AWS_VIRTUAL_HOSTED_STYLE_REQUEST",
)
_ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_GIVE = "give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_SKIP_SIGNATURE=true for a public bucket"

# What a server's error codes ask of the user; the first that is found in a message counts.
_ADVICE = {
    "NoSuchBucket": "there is no such bucket; create it, or name another",
    "InvalidAccessKeyId": f"the credentials are wrong (InvalidAccessKeyId); {_GIVE}",
    "SignatureDoesNotMatch": f"the credentials are wrong (SignatureDoesNotMatch); {_GIVE}",
    "ExpiredToken": "the credentials have expired; renew them",
    "QuotaExceeded": "the store is full (QuotaExceeded); free some space, or have the quota raised",
    "507 Insufficient Storage": "the store is full; free some space",
    "AccessDenied": "the store does not allow this (AccessDenied); have it allowed, or use other credentials",
    "403 Forbidden": f"the store does not allow this (403 Forbidden); {_GIVE}",
    "401 Unauthorized": f"the store does not know who asks (401 Unauthorized); {_GIVE}",
    "error sending request": "the store cannot be reached; see to the network, and to AWS_ENDPOINT_URL",
    "timed out": "the store does not answer in time; try again later",
}


class S3Objects:
    """A bucket, or what is under a prefix of its keys."""

    def __init__(self, address: str, settings: Mapping[str, str]) -> None:
        """Open the bucket that ``s3://bucket/prefix`` names.

        Raises:
            TargetError: there are no credentials, or the address names no bucket.
        """
        self._address = address
        self._secrets = [settings[name] for name in _SECRETS if name in settings]
        _check_credentials(address, settings)
        bucket, prefix = urlsplit(address).netloc, urlsplit(address).path.strip("/")
        if not bucket:
            raise TargetError(f"{address}: this names no bucket; write s3://bucket/prefix")
        endpoint = next((settings[name] for name in _ENDPOINTS if name in settings), "")
        taken = {name.lower(): settings[name] for name in _TAKEN if name in settings}
        with self._told():
            self._store = S3Store(
                bucket,
                prefix=prefix or None,
                disable_bulk_delete=True,  # not every server can
                config=taken,  # type: ignore[arg-type]  # it takes these names, too
                client_options={
                    "allow_http": endpoint.startswith("http://"),
                    "connect_timeout": "5s",
                    "read_timeout": "60s",
                    "timeout": "1h",
                },
                retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=30)},
            )

    def read(self, key: str) -> bytes:
        """Return an object's bytes; raises FileNotFoundError."""
        with self._told():
            return bytes(obstore.get(self._store, key).bytes())

    def head(self, key: str, length: int) -> bytes:
        """Return an object's first bytes; raises FileNotFoundError."""
        with self._told():
            return bytes(obstore.get_range(self._store, key, start=0, length=length))

    def chunks(self, key: str) -> Iterator[bytes]:
        """Yield an object's bytes in pieces; raises FileNotFoundError."""
        with self._told():
            for chunk in obstore.get(self._store, key).stream():
                yield bytes(chunk)

    def list_keys(self, under: str = "") -> list[str]:
        """Return the keys of all objects in a folder, sorted."""
        with self._told():
            listed = obstore.list(self._store, prefix=under or None)
            return sorted(str(entry["path"]) for batch in listed for entry in batch)

    def write(self, key: str, data: bytes) -> None:
        """Make an object, or replace it."""
        with self._told():
            obstore.put(self._store, key, data)

    def upload(self, key: str, path: Path) -> None:
        """Make an object of a file, or replace it."""
        with self._told():
            obstore.put(self._store, key, path)

    def create(self, key: str, data: bytes) -> None:
        """Make an object that is not there; raises FileExistsError if it is, in a store that honours conditions."""
        with self._told():
            obstore.put(self._store, key, data, mode="create", use_multipart=False)

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects; none that is gone already is a fault."""
        with self._told():
            obstore.delete(self._store, list(keys))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what obstore raises into one line."""
        try:
            yield
        except AlreadyExistsError:
            raise FileExistsError(self._address) from None
        except FileNotFoundError as error:
            if "NoSuchBucket" in str(error):
                raise TargetError(f"{self._address}: {_ADVICE['NoSuchBucket']}") from None
            raise
        except (BaseError, OSError, ValueError) as error:
            raise TargetError(f"{self._address}: {_reason(error, self._secrets)}") from None


def _check_credentials(address: str, settings: Mapping[str, str]) -> None:
    """Tell of missing credentials where no machine of AWS can give any: a store with an endpoint of its own."""
    own = any(name in settings for name in _ENDPOINTS)
    public = settings.get("AWS_SKIP_SIGNATURE", "").lower() in {"true", "1"}
    missing = [name for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY") if name not in settings]
    if missing and not public and (own or len(missing) == 1):
        raise TargetError(f"{address}: there are no credentials ({' and '.join(missing)} not set); {_GIVE}")


def _reason(error: Exception, secrets: Iterable[str]) -> str:
    text = str(error).partition("\n\nDebug source")[0]
    if "latest/api/token" in text:
        return f"there are no credentials; {_GIVE}"
    for sign, advice in _ADVICE.items():
        if sign in text:
            return advice
    return without_secrets(re.sub(r"<[^<>]*>", " ", text), secrets)
