"""What would be published, without publishing it."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from flows.parse.assemble import assemble
from flows.quarantine import divide, parse_or_reject
from flows.read import read_raw
from flows.release.build import plan_release
from flows.release.changes import Change, differences_text
from flows.release.names import CHANGES_TABLE
from flows.release.objects import Access
from flows.release.parquet import write_tables
from flows.release.target import open_target
from flows.release.validate import validate
from flows.schema import to_tables
from flows.settings import Settings
from flows.summary import in_brief
from flows.vocabulary import default_vocabulary


class Preview(NamedTuple):
    """What a run would publish.

    Attributes:
        change: what makes it differ from the release before.
        documents: the ids of its documents.
        findings: how many findings of each code it has.
        rejected: a line for each text that would be set aside, with the reason.
    """

    change: Change
    documents: tuple[str, ...]
    findings: Mapping[str, int]
    rejected: tuple[str, ...]


def preview(settings: Settings, access: Access) -> Preview:
    """Do all that publishing does but publish: no file is left behind.

    Args:
        settings: the run that would be.
        access: how to reach the target, if it is a store.

    Raises:
        NewindError: whatever `flows.publish.publish` raises before it builds a release.
    """
    vocabulary = default_vocabulary()
    raw = read_raw(settings.raw, quarantine=settings.quarantine)
    results = [parse_or_reject(text, vocabulary) for text in raw.texts]
    parsed, rejected = divide(results, quarantine=settings.quarantine)
    tables = to_tables({**assemble(parsed, vocabulary), "rejected": [*raw.rejected, *rejected]})
    validate(tables)
    with TemporaryDirectory(prefix="newind-") as folder:
        staged = Path(folder, "release")
        staged.mkdir()
        write_tables(tables, staged)
        planned = plan_release(staged, open_target(settings.target, access).newest(staged), settings.version)
    rows = {name: table.num_rows for name, table in tables.items() if name != CHANGES_TABLE}
    change = Change(planned.plan, settings.date, planned.compared, rows)
    documents = tuple(tables["documents"]["document_id"].to_pylist())
    aside = tuple(f"{row['raw_path']}: it {row['reason']}" for row in tables["rejected"].to_pylist())
    return Preview(change, documents, Counter(tables["findings"]["code"].to_pylist()), aside)


def preview_text(seen: Preview) -> str:
    """Return a preview in words, with the differences from the release before."""
    plan = seen.change.plan
    if plan.version is None:
        return f"nothing would be published: {plan.reasons[0].sentence}\n"
    after = f" would follow {plan.previous}" if plan.previous else " would be the first release"
    findings = ", ".join(f"{count:,} {code}" for code, count in sorted(seen.findings.items())) or "none"
    aside = "".join(f"rejected {line}\n" for line in seen.rejected)
    head = f"{plan.version}{after}: {in_brief(seen.change.rows)}\nfindings: {findings}\n{aside}"
    return "\n".join([head, differences_text(seen.change, seen.documents)])
