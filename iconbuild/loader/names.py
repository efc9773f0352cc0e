"""A name of an icon, a template or a theme becomes a reason to refuse it, or nothing."""

from __future__ import annotations

import re

MAX_NAME = 100
_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,98}[A-Za-z0-9_])?\Z")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9])(?:\..*)?\Z", re.I | re.S)


def is_name(text: str) -> bool:
    """Whether `text` can be the name of an icon: the schema's rule, without the schema."""
    return _NAME.match(text) is not None and _RESERVED.match(text) is None


def refusal(text: str) -> tuple[str, str]:
    """The code of the problem with a name that is none, and why."""
    if text == "":
        return "M014", "it is empty"
    if text.strip(".") == "":
        return "M013", "it stands for a folder"
    if "/" in text or "\\" in text:
        return "M013", "it holds a path separator; names are no paths"
    if re.match(r"[A-Za-z]:", text):
        return "M013", "it begins with a drive letter"
    if text.startswith("~"):
        return "M013", "`~` stands for the home folder"
    if _RESERVED.match(text):
        return "M014", "Windows reserves it for a device"
    if len(text) > MAX_NAME:
        return "M014", f"it has {len(text)} characters, more than {MAX_NAME}"
    if text.endswith((".", " ")):
        return "M014", "Windows drops a dot or a space at the end"
    return "M014", _characters(text)


def _characters(text: str) -> str:
    if not text.isascii():
        return "only ASCII letters, digits, `_` and `-` are the same on every system"
    if text.startswith("-"):
        return "programs would take it for an option, since it begins with `-`"
    if text.endswith("-"):
        return "it ends with `-`"
    return "only letters, digits, `_` and `-` may stand in a name"
