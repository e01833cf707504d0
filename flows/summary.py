"""What a run came to, in words."""

from collections.abc import Mapping

from flows.outcome import Outcome

_IN_BRIEF = ("metrics", "tasks", "speakers", "findings")


def in_brief(rows: Mapping[str, int]) -> str:
    """Return the counts that a reader looks for first: ``176 metrics, 120 tasks, 12 speakers, 9 findings``."""
    return ", ".join(f"{rows[name]:,} {name}" for name in _IN_BRIEF if name in rows)


def headline(outcome: Outcome) -> str:
    """Return the outcome in one line."""
    if outcome.version is None:
        return f"nothing changed since {outcome.previous}"
    return f"published {outcome.version}: {in_brief(outcome.rows)}"


def markdown(outcome: Outcome) -> str:
    """Return the outcome as the Markdown page that Prefect shows."""
    version = outcome.version or f"{outcome.previous} (nothing changed)"
    lines = [f"# Release {version}", ""]
    lines += [f"- {reason}" for reason in outcome.reasons]
    lines += ["", "| resource | rows |", "|---|---:|"]
    lines += [f"| {name} | {count:,} |" for name, count in outcome.rows.items()]
    lines += ["", "| findings | count |", "|---|---:|"]
    lines += [f"| {severity} | {count:,} |" for severity, count in sorted(outcome.findings.items())]
    return "\n".join(lines) + "\n"
