"""The text of a key becomes a Secret, or a reason why it is none that never quotes it."""

from __future__ import annotations

import re
from typing import NamedTuple

from iconbuild.errors import CredentialError
from iconbuild.model.secret import Secret


class _Shape(NamedTuple):
    pattern: re.Pattern[str]
    described: str


_SHAPES = {
    "iconly": _Shape(
        re.compile(r"ik_[A-Za-z0-9_-]{4,200}"), "an Iconly key is `ik_` and 4 to 200 letters, digits, `_` or `-`"
    )
}
_STRANGERS = (
    (re.compile(r"[A-Za-z-]+:\s|Bearer\s"), "a whole header, and not a key alone"),
    (re.compile(r"ifk_test_"), "a test key of IconFlow, which are good for nothing else"),
    (re.compile(r"ifk_"), "an IconFlow key"),
    (re.compile(r"i[ar]t_"), "a sign-in token of IconFlow"),
    (re.compile(r"sk-"), "a key of a service for language models"),
    (re.compile(r"[A-Za-z0-9_-]{32,200}\Z"), "an Ideogram key, which has no prefix"),
)


def checked_key(provider: str, text: str, source: str) -> tuple[Secret, tuple[str, ...]]:
    """`text` as the key of `provider`, and notes; `source` says where it was found.

    White space around it is left out, with a note. Raises CredentialError for all else that is not in order, before
    anything is sent.
    """
    key = text.strip()
    wrong = _wrong(provider, key)
    if wrong:
        described = _SHAPES[provider].described
        raise CredentialError(f"the key in {source} {wrong}", remedy=f"{described}; nothing was sent")
    return Secret(key), (f"white space around the key in {source} was left out",) if key != text else ()


def _wrong(provider: str, key: str) -> str:
    """What is wrong with a key; nothing where it is in order."""
    shape = _SHAPES[provider].pattern
    if shape.fullmatch(key):
        return ""
    if not key:
        return "is empty"
    stranger = next((said for pattern, said in _STRANGERS if pattern.match(key)), None)
    if stranger and not key.startswith("ik_"):
        return f"looks like {stranger}"
    if any(char.isspace() for char in key):
        return "has white space inside"
    if not (key.isascii() and key.isprintable()):
        return "holds control characters or letters beyond ASCII"
    return "does not have the shape of one"
