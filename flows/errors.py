"""Every exception that the package raises on purpose. Messages are one line a fault: what, where, what to do."""

from __future__ import annotations

from collections.abc import Sequence


class NewindError(Exception):
    """Base of all. The command line prints it without a trace and exits with `exit_code`."""

    exit_code = 1


class CallError(NewindError):
    """The command was called wrongly."""

    exit_code = 2


class CalledOffError(NewindError):
    """Ctrl-C; the message says what had been done by then."""

    exit_code = 130


class RawFolderError(NewindError):
    """The raw folder is missing, empty, or no folder."""


class RawTextsError(NewindError):
    """One or more raw texts cannot be read; `faults` holds one line for each, `sound` counts those without a fault."""

    def __init__(self, faults: Sequence[str], sound: int = 0) -> None:
        """Join the faults, one a line, and say how the sound texts can be published without them."""
        others = "the other text" if sound == 1 else f"the other {sound:,} texts"
        super().__init__("\n".join([*faults, *([f"--quarantine publishes {others} without them"] if sound else [])]))
        self.faults, self.sound = tuple(faults), sound

    def __reduce__(self) -> tuple[type[RawTextsError], tuple[tuple[str, ...], int]]:
        """Survive the way between processes: an exception is rebuilt from its arguments."""
        return type(self), (self.faults, self.sound)


class StaleParserError(NewindError):
    """The parser that was compiled is not that of its sources."""


class RuleError(NewindError):
    """A pattern table is wrong: an id twice, an expression that does not compile, a proof that fails."""


class VocabularyError(NewindError):
    """A vocabulary is wrong: a form in two rows, a broader entity that is none."""


class SchemaError(NewindError):
    """A Table Schema in ``schemas/`` is wrong."""


class InvalidTablesError(NewindError):
    """Rows break their schema; `violations` holds one line for each, with table, row key, field, value and rule."""

    def __init__(self, violations: Sequence[str]) -> None:
        """Join the violations, one a line, under a count."""
        count = len(violations)
        head = f"{count} violation{'s' * (count != 1)} of the schemas; nothing was published:"
        super().__init__("\n".join([head, *violations]))
        self.violations = tuple(violations)

    def __reduce__(self) -> tuple[type[InvalidTablesError], tuple[tuple[str, ...]]]:
        """Survive the way between processes: an exception is rebuilt from its arguments."""
        return type(self), (self.violations,)


class TargetError(NewindError):
    """The place of releases cannot be used: not writable, not a folder, full."""


class ReleaseExistsError(NewindError):
    """This version is out already; a published release is never changed."""


class ReleaseNotFoundError(NewindError):
    """There is no such release."""


class VersionError(NewindError):
    """A version that is none, or lower than the changes ask for."""


class RowNotFoundError(NewindError):
    """No row has this id."""


class QueryError(NewindError):
    """A query that DuckDB refuses."""
