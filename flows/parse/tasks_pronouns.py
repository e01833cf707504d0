"""Who "It" and "They" are that open a sentence: the authority that the sentence before names."""

from __future__ import annotations

from flows.parse.subject_openings import leading_subject
from flows.parse.tasks_subjects import read_subject

_OPENS = ("It will ", "It shall ", "It plans ", "It is to ", "They will ", "They shall ", "They plan ")


def with_agent(statement: str, before: str) -> str:
    """Return a statement with the authority of the sentence `before` for its pronoun, else as it is.

    "The ministry has closed the mine. It will open another." says what the ministry will do; of firms, schemes and
    things nothing is promised.
    """
    if not statement.startswith(_OPENS):
        return statement
    agent = leading_subject(before)
    if not agent or read_subject(f"The {agent}" if before.startswith("The ") else agent).kind != "agent":
        return statement
    article = "The " if before.startswith(f"The {agent}") else ""
    return f"{article}{agent} {statement.partition(' ')[2]}"
