"""One check as SQL, and the words that checks are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from flows.release.sql import literal, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

TABLE = "{table}"
"""Stands in a check for the table whose rows it tells of."""

# What `str.split` takes for white space, as a class of RE2.
_OTHER = r"\t-\r\x{1c}-\x{1f}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
_SPACE = f"[ {_OTHER}]+"
_UNFOLDED = f"[{_OTHER}]|  |^ | $"


class Check(NamedTuple):
    """One rule as SQL; a row of `source` where `fault` holds breaks it.

    Attributes:
        resource: the table whose rows are told.
        field: the field whose value is told.
        fault: a condition on ``t``, the table, and on what `source` joins to it.
        rule: what to say, made of the values of `parts`.
        parts: expressions that `rule` is given, one argument each.
        source: what stands behind FROM, with `TABLE` for the table itself; checks that share it are one scan.
        probe: a query that gives true where a row may be at fault, much cheaper than to look for the rows.
        follows: the fields that make this check needless where all their own checks hold: a cell that names a row
            is right where that row's key is.
    """

    resource: str
    field: str
    fault: str
    rule: Callable[..., str]
    parts: tuple[str, ...] = ()
    source: str = f"{TABLE} AS t"
    probe: str | None = None
    follows: frozenset[tuple[str, str]] = frozenset()


def field(word: str) -> str:
    """Return a field of the table that is checked."""
    return f"t.{quoted(word)}"


def folded(expression: str) -> str:
    """Return a text with every run of white space as one space, and none at its ends.

    Most stand so as they are, which is seen in a tenth of the time.
    """
    made = f"trim(regexp_replace({expression}, {literal(_SPACE)}, ' ', 'g'), ' ')"
    return f"CASE WHEN regexp_matches({expression}, {literal(_UNFOLDED)}) THEN {made} ELSE {expression} END"


def says(rule: str) -> Callable[..., str]:
    """Return a rule that says the same of every row."""
    return lambda *_: rule


def typed(value: Any, kind: str) -> str:
    """Return a bound or choice of a Table Schema as a value of its column's type."""
    if kind == "boolean":
        return "true" if value in (True, "true", "True", "TRUE", "1") else "false"
    if kind == "string":
        return literal(value)
    return f"CAST({literal(str(value))} AS {'DATE' if kind == 'date' else 'BIGINT' if kind == 'integer' else 'DOUBLE'})"
