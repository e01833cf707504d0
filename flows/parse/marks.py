"""The marks that rules see around a value, ⟨ and ⟩ in their tables: characters that leave words in ASCII as they are.

Python searches, folds and cuts words in ASCII several times as fast as others; nearly all words around values are.
"""

from __future__ import annotations

OPEN, CLOSE = "\x0e", "\x0f"  # no white space, and rarer in texts than any sign that prints


def marked(written: str) -> str:
    """Return a pattern or an example of a rule as it is used: with the marks for ⟨ and ⟩."""
    return written.replace("⟨", OPEN).replace("⟩", CLOSE)
