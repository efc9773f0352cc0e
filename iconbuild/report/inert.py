"""Text from outside becomes text that cannot drive a terminal, markup or CI annotations."""

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


def for_markdown(text: str) -> str:
    """Inert inside a Markdown table cell."""
    safe = inert(text)
    for char in "\\`*_[]<>|":
        safe = safe.replace(char, f"\\{char}")
    return safe


def for_github(text: str) -> str:
    """Inert as the message of a workflow command of GitHub Actions, newlines kept as its escapes."""
    return "%0A".join(inert(line).replace("%", "%25") for line in text.split("\n"))


def for_github_property(text: str) -> str:
    """Inert as a property of a workflow command, such as `file=`, where commas and colons part words."""
    return for_github(text).replace(":", "%3A").replace(",", "%2C")
