"""Text from outside becomes text that cannot drive a terminal, markup or CI annotations."""

from __future__ import annotations

from iconbuild.model.inert import LONGEST, inert

__all__ = ["LONGEST", "for_github", "for_github_property", "for_markdown", "inert"]


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
