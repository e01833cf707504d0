"""A text that breaks the parser is named, and takes no other text along."""

import pytest

from flows import quarantine
from flows.errors import RawTextsError
from flows.parse import parse_raw
from flows.quarantine import divide, parse_or_reject
from flows.records import Parsed, RawText, Rejected
from flows.vocabulary import Vocabulary, default_vocabulary


def _text(name: str) -> RawText:
    return RawText(name, f"raw/{name}.txt", "Exports grew by 5 percent.", "0" * 64, 26)


@pytest.fixture
def results(monkeypatch: pytest.MonkeyPatch) -> list[Parsed | Rejected]:
    """A text that was parsed, and one on which the parser failed."""

    def fail_on_one(text: RawText, vocabulary: Vocabulary) -> Parsed:
        if text.document_id == "poison":
            raise ZeroDivisionError("division\nby zero")
        return parse_raw(text, vocabulary)

    monkeypatch.setattr(quarantine, "parse_raw", fail_on_one)
    return [parse_or_reject(_text(name), default_vocabulary()) for name in ("good", "poison")]


def test_what_cannot_be_parsed_is_named_in_one_line(results: list[Parsed | Rejected]) -> None:
    with pytest.raises(RawTextsError) as raised:
        divide(results, quarantine=False)
    told = (
        "cannot be parsed (ZeroDivisionError: division by zero); this is a fault of the parser: report it with the text"
    )
    assert raised.value.faults == (f"raw/poison.txt: {told}",)
    assert str(raised.value).splitlines()[1:] == ["--quarantine publishes the other text without them"]


def test_a_quarantine_keeps_the_others(results: list[Parsed | Rejected]) -> None:
    good, rejected = divide(results, quarantine=True)
    assert [it.document.document_id for it in good] == ["good"]
    assert [(it.raw_path, it.document_id, it.bytes, it.sha256) for it in rejected] == [
        ("raw/poison.txt", "poison", 26, "0" * 64)
    ]


def test_a_quarantine_of_everything_is_an_error(results: list[Parsed | Rejected]) -> None:
    with pytest.raises(RawTextsError, match="poison"):
        divide(results[1:], quarantine=True)
