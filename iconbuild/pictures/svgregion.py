"""The boxes and transforms of an SVG become how much of the picture a filter can have to work on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import inf, isfinite, sqrt

_CALL = re.compile(r"\s*(\w+)\s*\(([^()]*)\)\s*,?")
_GAP = re.compile(r"[\s,]+")
_PLAIN = re.compile(r"\s*[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?\s*\Z")
_OWN_UNITS = frozenset({"svg", "symbol", "marker"})
"""Elements that give what is in them units of their own."""


class Regions:
    """Notes what a document says of places; never underestimates."""

    def __init__(self) -> None:
        self._box: float | None = None
        self._plain = True
        self._turned = False

    def note(self, name: str, attributes: Mapping[str, str]) -> float:
        """An element that begins, the document's own first; by how much it stretches what is in it, 1 or more."""
        if self._box is None:
            self._box = _box(attributes)
            free = "preserveAspectRatio" not in attributes
        else:
            free = name not in _OWN_UNITS and name != "style"
        self._plain &= free and "style" not in attributes
        return self._turn(attributes.get("transform", ""))

    def share(self, attributes: Mapping[str, str]) -> tuple[float, float]:
        """For a <filter>: its area, and that of the square around it however it is turned, to the whole picture's."""
        sides = [_number(attributes.get(side, "")) for side in ("width", "height")]
        known = attributes.get("filterUnits") == "userSpaceOnUse" and not any(
            key.endswith("href") for key in attributes
        )
        if not (known and self._box and min(sides) > 0):
            return inf, inf
        width, height = sides
        return width * height / self._box, (width * width + height * height) / self._box

    def covered(self, share: tuple[float, float], stretch: float) -> float:
        """At most so much of the picture (0..1) is under a filter that is stretched so, once all of it was seen."""
        return min(1.0, share[self._turned] * stretch * stretch) if self._plain else 1.0

    def _turn(self, text: str) -> float:
        at, stretch = 0, 1.0
        while match := _CALL.match(text, at):
            at = match.end()
            values = [_number(word) for word in _GAP.split(match[2].strip()) if word]
            upright = match[1] in ("translate", "scale") or (match[1] == "matrix" and not any(values[1:3]))
            self._turned |= not upright
            stretch *= max(1.0, _stretch(match[1], values))
        return inf if text[at:].strip() else stretch


def _stretch(name: str, values: list[float]) -> float:
    """By how much a transform lengthens the line that it lengthens most."""
    match name, values:
        case "translate" | "rotate", _:
            return 1.0
        case "scale", [*_] if values:
            return max(map(abs, values))
        case "matrix", [a, b, c, d, _, _]:
            squares, area = a * a + b * b + c * c + d * d, a * d - b * c
            return sqrt((squares + sqrt(max(0.0, squares * squares - 4 * area * area))) / 2)
    return inf


def _box(attributes: Mapping[str, str]) -> float:
    """The area of the document in its own units; 0 where that is not plain."""
    words = attributes.get("viewBox", "").replace(",", " ").split()
    sides = words[2:] if len(words) == 4 else [attributes.get("width", ""), attributes.get("height", "")]
    width, height = map(_number, sides)
    return max(0.0, width) * max(0.0, height)


def _number(text: str) -> float:
    """A plain number; a negative one for what is none, since nothing here may be."""
    value = float(text) if _PLAIN.match(text) else -inf
    return value if isfinite(value) else -inf
