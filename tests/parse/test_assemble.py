"""The tables of many texts: speakers joined, disagreements and copies found, rows in the order of their keys."""

from __future__ import annotations

from flows.parse import parse_text
from flows.parse.assemble import assemble, find_conflicts
from flows.records import Finding, Parsed, Speaker
from flows.schema import resource_names
from flows.vocabulary import default_vocabulary


def text(document_id: str, day: str, body: str, office: str = "Minister of Trade") -> Parsed:
    head = f"Date: {day}\n\nSpeakers:\nLi Wei, {office}\n\n"
    return parse_text(
        f"{head}Li Wei: Good morning.\n\nXinhua: How was trade?\n\nLi Wei: {body}\n", document_id=document_id
    )


def minister(*parsed: Parsed) -> Speaker:
    rows = assemble(parsed, default_vocabulary())["speakers"]
    [speaker] = [row for row in rows if isinstance(row, Speaker) and row.name == "Li Wei"]
    return speaker


def findings(code: str, *parsed: Parsed) -> list[Finding]:
    rows = assemble(parsed, default_vocabulary())["findings"]
    return [row for row in rows if isinstance(row, Finding) and row.code == code]


def test_every_resource_is_there_in_the_order_of_the_contract() -> None:
    ours = tuple(name for name in resource_names() if name not in {"rejected", "changes"})
    assert tuple(assemble([], default_vocabulary())) == ours


def test_rows_stand_in_the_order_of_their_keys() -> None:
    parsed = [text(name, "July 24, 2024", "In 2023, exports grew by 5 percent to 12 tonnes.") for name in "cab"]
    tables = assemble(parsed, default_vocabulary())
    for name, rows in tables.items():
        keys = [row[:3] if name == "appearances" else row[0] for row in rows]
        assert keys == sorted(keys)
        assert len(set(keys)) == len(keys)


def test_the_order_of_the_texts_does_not_matter() -> None:
    parsed = [
        text(name, f"July 2{at}, 2024", f"In 2023, exports grew by {at} percent.") for at, name in enumerate("cab")
    ]
    vocabulary = default_vocabulary()
    assert assemble(parsed, vocabulary) == assemble(parsed[::-1], vocabulary)


def test_a_speaker_has_one_row_with_the_latest_position() -> None:
    earlier = text("z-earlier", "July 24, 2023", "Good morning.", "Vice Minister of Trade")
    later = text("a-later", "July 24, 2024", "Good morning.", "Minister of Trade")
    speaker = minister(later, earlier)
    assert speaker.position == "Minister of Trade"


def test_what_the_latest_document_leaves_open_an_earlier_one_fills() -> None:
    earlier = text("earlier", "July 24, 2023", "Good morning.")
    turns = "Li Wei: Good morning.\n\nXinhua: How was trade?\n\nLi Wei: It grew.\n"
    later = parse_text(f"Date: July 24, 2024\n\n{turns}", document_id="later")
    speaker = minister(earlier, later)
    assert speaker.position == "Minister of Trade"


def test_documents_that_disagree_are_a_finding_that_names_the_rows() -> None:
    one = text("one", "July 24, 2024", "In 2023, exports grew by 5 percent.")
    two = text("two", "July 25, 2024", "In 2023, exports grew by 6 percent.")
    [finding] = findings("conflicting-values", one, two)
    assert finding.metric_ids == (one.metrics[0].metric_id, two.metrics[0].metric_id)
    assert "5 percent in one" in finding.message
    assert "6 percent in two" in finding.message


def test_documents_that_agree_or_speak_of_other_things_are_none() -> None:
    one = text("one", "July 24, 2024", "In 2023, exports grew by 5 percent.")
    for body in (
        "In 2023, exports grew by 5.0 percent.",
        "In 2022, exports grew by 6 percent.",
        "In 2023, imports grew by 6 percent.",
        "In 2023, exports grew by over 4 percent.",
        "Exports grew by 6 percent.",
    ):
        assert not findings("conflicting-values", one, text("two", "July 25, 2024", body)), body


def test_one_document_does_not_disagree_with_itself() -> None:
    body = "In 2023, exports grew by 5 percent.\n\nIn 2023, exports grew by 6 percent."
    assert not findings("conflicting-values", text("one", "July 24, 2024", body))


def test_a_forecast_does_not_disagree_with_what_came() -> None:
    one, two = (text(name, "July 24, 2024", "In 2023, exports grew by 5 percent.").metrics[0] for name in ("a", "b"))
    assert find_conflicts([one, two._replace(value=6.0)])
    assert not find_conflicts([one, two._replace(value=6.0, status="expected")])


def test_a_text_that_is_there_twice_is_a_finding() -> None:
    one = text("one", "July 24, 2024", "In 2023, exports grew by 5 percent.")
    two = text("two", "July 24, 2024", "In 2023, exports grew by 5 percent.")
    [finding] = findings("duplicate-document", one, two)
    assert finding.document_id == "two"
    assert "one" in finding.message
    assert not findings("duplicate-document", one)
