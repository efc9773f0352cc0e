"""Names of icons become the words that a problem begins with."""

from __future__ import annotations

from collections.abc import Sequence


def who(names: Sequence[str]) -> str:
    """The icon, or how many and which first."""
    return f"icon `{names[0]}`" if len(names) == 1 else f"{len(names)} icons (`{names[0]}` first)"
