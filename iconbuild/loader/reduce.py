"""A manifest's values become the small document the schema has to look at: equal icons once, checked texts as one."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple

from iconbuild.loader.names import is_name
from iconbuild.model.values import Json, canonical

_CONTROL = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f"
# Spaces, then something else: written so that no text makes it go back and forth.
_TEXT = re.compile(rf"(?:(?![{_CONTROL}])\s)*[^\s{_CONTROL}][^{_CONTROL}]*\Z")
_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})\Z")
MAX_TEXT = 1000
MAX_TAKE = 1_000_000


class Reduced(NamedTuple):
    """`document` is what the schema sees; `twins` are the other icons for which a representative stands."""

    document: dict[str, Json]
    twins: dict[str, list[str]]

    def digest(self) -> str:
        """The document's name: icons count by shape, and by name only where the schema will refuse the name."""
        icons = self.document.get("icons")
        if not isinstance(icons, dict):
            return sha256(canonical(self.document).encode()).hexdigest()
        shapes = sorted(canonical(value) for value in icons.values())
        refused = sorted(name for name in icons if not is_name(name))
        return sha256(canonical({**self.document, "icons": [shapes, refused]}).encode()).hexdigest()


def is_text(value: Json) -> bool:
    """Whether a value is a subject by the schema's rule: 1 to 1000 characters, not blank, no control characters."""
    if not isinstance(value, str) or not 0 < len(value) <= MAX_TEXT:
        return False
    return (value.isprintable() and not value.isspace()) or _TEXT.match(value) is not None


def reduce(data: dict[str, Json]) -> Reduced:
    """The reduced form of a whole manifest; it is valid exactly where `data` is."""
    icons = data.get("icons")
    if not isinstance(icons, dict):
        return Reduced(data, {})
    seen: dict[object, str] = {}
    kept: dict[str, Json] = {}
    twins: dict[str, list[str]] = {}
    for name, value in icons.items():
        # A name that the schema will refuse has to stay under its own name, and so does its value.
        small, shape = (value, name) if not is_name(name) else _shape(value)
        first = seen.setdefault(shape, name)
        if first == name:
            kept[name] = small
        else:
            twins.setdefault(first, []).append(name)
    return Reduced({**data, "icons": kept}, twins)


def _shape(value: Json) -> tuple[Json, object]:
    """A value with its checked leaves replaced, and what makes it equal to others (never equal to a name)."""
    if isinstance(value, str):
        return ("subject", True) if is_text(value) else (value, (value,))
    if not isinstance(value, dict):
        return value, (repr(value),)
    small = dict(value)
    if is_text(small.get("subject")):
        small["subject"] = "subject"
    take, color = small.get("take"), small.get("color")
    if type(take) is int and 1 <= take <= MAX_TAKE:
        small["take"] = 1
    if isinstance(color, str) and _COLOR.match(color):
        small["color"] = "#000000"
    return small, (repr(small),)
