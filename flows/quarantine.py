"""Texts that cannot be parsed: named and stopped at, or set aside so that the others can be published."""

from collections.abc import Iterable, Sequence

from flows.errors import RawTextsError
from flows.parse import parse_raw
from flows.records import Parsed, RawText, Rejected
from flows.vocabulary import Vocabulary


def parse_or_reject(text: RawText, vocabulary: Vocabulary) -> Parsed | Rejected:
    """Return the rows of a text, or the text with the reason why there are none."""
    try:
        return parse_raw(text, vocabulary)
    except Exception as error:  # noqa: BLE001 - whatever one text does to the parser must not take the others along
        told = " ".join(f"{type(error).__name__}: {error}".split())
        reason = f"cannot be parsed ({told}); this is a fault of the parser: report it with the text"
        return Rejected(text.path, text.document_id, reason, text.bytes, text.sha256)


def divide(parsed: Iterable[Parsed | Rejected], *, quarantine: bool) -> tuple[Sequence[Parsed], Sequence[Rejected]]:
    """Return what was parsed, and what was not.

    Raises:
        RawTextsError: something was not parsed, and `quarantine` is false or nothing else is left.
    """
    results = list(parsed)
    good = [it for it in results if isinstance(it, Parsed)]
    rejected = [it for it in results if isinstance(it, Rejected)]
    if rejected and not (quarantine and good):
        raise RawTextsError([f"{it.raw_path}: {it.reason}" for it in rejected], len(good))
    return good, rejected
