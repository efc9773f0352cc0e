"""What a scalar as written becomes is decided by the field it stands in, never by how it looks."""

from __future__ import annotations

import re
from typing import Literal

from iconbuild.model.values import Json

Field = Literal["number", "boolean", "text"]

# A test derives these three from the schema, so that they cannot drift.
NUMBERS = frozenset(
    """amount columns crop icons padding percent remove-bg scales size sizes smooth strength take thickness tokens
    usd version""".split()  # noqa: SIM905 a list of words reads better than a list of literals
)
BOOLEANS = frozenset(["current-color", "smart-remove-bg", "strict"])
TEXTS = frozenset(
    "algorithm color css dir file formats json mode name path prefix recolor theme themes title".split()  # noqa: SIM905
)
"""Fields of steps and outputs that hold text, also where it looks like a number."""

NULLS = frozenset(["", "~", "null", "Null", "NULL"])
_TRUTH = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}

# Nothing that two readers would read differently: no leading zeros, exponents, underscores, .inf, and no more
# digits than a double holds.
_NUMBER = re.compile(r"[-+]?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?\Z", re.ASCII)
_LIKE_NUMBER = re.compile(r"[-+]?(?:\d[\d_.]*(?:[eE][-+]?\d*)?|0[xob][0-9A-Fa-f_]+|\.\d+|\.(?:inf|nan))\Z", re.I | re.A)
_HIDDEN = re.compile(r"[ \t]*(#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3}))(?![0-9A-Za-z])")


def field_kind(key: str, *, bound: bool) -> Field | None:
    """What the field `key` holds; None in a step or an output (`bound`) that the loader has no word for."""
    if bound and key in TEXTS:
        return "text"
    if key in NUMBERS:
        return "number"
    if key in BOOLEANS:
        return "boolean"
    return None if bound else "text"


def read_plain(text: str, kind: Field | None) -> Json:
    """An unquoted scalar's value in a field of that kind; text as written where it is not of that kind."""
    if kind in (None, "boolean") and text in _TRUTH:
        return _TRUTH[text]
    return text if kind in ("text", "boolean") else _number(text)


def looks_numeric(text: str) -> bool:
    """Whether people who wrote `text` meant a number, such as 0123, 1e3, .nan or one of 5,000 digits."""
    return len(text) > 0 and _LIKE_NUMBER.match(text) is not None


def hidden_color(text: str, index: int) -> str:
    """The colour in the comment that follows an empty value at `index`, or nothing."""
    found = _HIDDEN.match(text, index)
    return found[1] if found else ""


def _number(text: str) -> Json:
    if not _NUMBER.match(text):
        return text
    return float(text) if "." in text else int(text)
