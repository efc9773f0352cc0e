"""Text from outside becomes one line that cannot drive a terminal."""

from __future__ import annotations

import unicodedata

LONGEST = 300
_UNSAFE = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])


def inert(text: str, limit: int = LONGEST) -> str:
    """One line of at most `limit` characters; control, format and bidirectional characters are written out."""
    safe = "".join(char if unicodedata.category(char) not in _UNSAFE else _written_out(char) for char in text)
    return safe if len(safe) <= limit else f"{safe[: limit - 1]}…"


def _written_out(char: str) -> str:
    return {"\n": "\\n", "\r": "\\r", "\t": " "}.get(char, f"\\u{ord(char):04x}")
