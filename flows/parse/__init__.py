"""Text in, rows out: nothing here reads a file, a clock, an environment, a locale or a network.

>>> parsed = parse_text("Exports grew by 5.2 percent in 2023.")
>>> parsed.metrics[0].value, parsed.metrics[0].indicator, parsed.metrics[0].period_end.isoformat()
(5.2, 'Exports', '2023-12-31')
"""

from __future__ import annotations

import hashlib

from flows.errors import RawTextsError
from flows.parse.counts import count_mismatches
from flows.parse.documents import describe
from flows.parse.mentions import find_mentions
from flows.parse.metrics import find_metrics
from flows.parse.periods import time_signs
from flows.parse.segment import segment
from flows.parse.speakers import find_speakers
from flows.parse.tasks import find_tasks
from flows.records import Parsed, RawText
from flows.vocabulary import Vocabulary, default_vocabulary


def parse_text(text: str, *, document_id: str = "text") -> Parsed:
    """Parse one text by the vocabularies that the package ships.

    Args:
        text: any string; offsets of the rows are its code points.
        document_id: the prefix of every id.

    Returns:
        The rows of all tables that one text gives, as records.

    Raises:
        RawTextsError: the string is no text: it holds a lone surrogate.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        fault = f"{document_id}: code point {error.start} is half of a surrogate pair; decode the text as UTF-8 first"
        raise RawTextsError([fault]) from None
    raw = RawText(document_id, f"raw/{document_id}.txt", text, hashlib.sha256(data).hexdigest(), len(data))
    return parse_raw(raw, default_vocabulary())


def parse_raw(raw: RawText, vocabulary: Vocabulary) -> Parsed:
    """Parse one raw text by a vocabulary. The same text and vocabulary give the same rows."""
    layout = segment(raw.text, raw.document_id)
    document = describe(raw, layout)
    voices = find_speakers(raw.text, layout, document)
    mentions = find_mentions(raw.text, voices.passages, vocabulary, raw.document_id)
    signs = time_signs(raw.text)
    tasks = find_tasks(raw.text, document, layout, voices, vocabulary, signs)
    found = find_metrics(raw.text, document, layout, voices, mentions, tasks, vocabulary, signs)
    mismatches = count_mismatches(voices.passages, found.numerals)
    return Parsed(
        document,
        voices.speakers,
        voices.appearances,
        voices.passages,
        found.metrics,
        tasks,
        mentions,
        found.numerals,
        (*found.findings, *mismatches),
    )
