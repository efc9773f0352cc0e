"""An SVG tree's moves and even scales are folded into its coordinates, stroke widths included."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from iconbuild.pictures.pathdata import Place, number, replaced

HIDDEN = frozenset({"linearGradient", "radialGradient", "clipPath", "mask", "filter", "symbol", "marker"})
"""What is not drawn where it stands, only where it is referred to."""

REFERENCE = re.compile(r"url\(\s*['\"]?#(.*?)['\"]?\s*\)")
_ACROSS = frozenset({"x", "cx", "x1", "x2", "fx"})
_DOWN = frozenset({"y", "cy", "y1", "y2", "fy"})
_LENGTHS = frozenset({"width", "height", "r", "rx", "ry", "fr", "stroke-dashoffset"})
_CALL = re.compile(r"\s*(\w+)\s*\(([^()]*)\)\s*,?")
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_REST = re.compile(r"(?:\s*\w+\s*\([-+.,\deE\s]*\d[.\s]*\)(?:\s*,)?)*\s*")
"""What may stand behind other transforms: with anything else in it the renderer drops the whole attribute."""
_HERE: Place = (1.0, 0.0, 0.0)
_AT_ZERO = {"rect": ("x", "y"), "circle": ("cx", "cy"), "ellipse": ("cx", "cy"), "line": ("x1", "y1", "x2", "y2")}
"""Coordinates that are 0 where nothing is said, and no longer where the drawing is moved."""
_IN_USER_SPACE = {
    "linearGradient": "gradientUnits",
    "radialGradient": "gradientUnits",
    "mask": "maskUnits",
}


_IN_FULL = {
    "linearGradient": ("x1", "y1", "x2", "y2"),
    "radialGradient": ("cx", "cy", "r"),
    "mask": ("x", "y", "width", "height"),
}
"""What is a share of the whole picture where nothing is said."""
_STYLED = re.compile(r"stroke|transform")
"""Properties that hold lengths, where a `style` says them."""


class TangledError(Exception):
    """Coordinates cannot be folded: something is seen from two places, or is measured in other units."""


class _Above(NamedTuple):
    """What an element gets from above: its place, and its stroke.

    `width` is None below a reference, where nobody knows who will draw it; `written` is the width that stands in the
    file, `stroked` whether there is a stroke at all.
    """

    place: Place
    width: float | None = 1.0
    written: float = 1.0
    stroked: bool = False


class Folder:
    """Rewrites one drawing; remembers from where each id is seen."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._named = {str(element.get("id")): element for element in root.iter() if element.get("id")}
        self._unseen = {
            id(element) for holder in root.iter() if holder.tag in {"defs", *HIDDEN} for element in holder.iter()
        }
        self._seen: dict[str, Place] = {}

    def body(self, place: Place) -> list[Element]:
        """New elements for all that is drawn, definitions first; raises TangledError."""
        drawn = [child for child in self._root if id(child) not in self._unseen]
        body = [self._folded(child, _Above(place)) for child in drawn]
        done: dict[str, Element] = {}
        while len(done) < len(self._seen):
            for name in [name for name in self._seen if name not in done]:
                done[name] = self._definition(self._named[name], self._seen[name])
        kept = [done[name] for name in self._named if name in done and id(self._named[name]) in self._unseen]
        if not kept:
            return body
        defs = Element("defs")
        defs.extend(kept)
        return [defs, *body]

    def _definition(self, element: Element, place: Place) -> Element:
        units = _IN_USER_SPACE.get(element.tag)
        if element.tag in HIDDEN and units is None and element.tag != "clipPath":
            raise TangledError
        if (
            element.get("clipPathUnits") == "objectBoundingBox"
            or element.get("maskContentUnits") == "objectBoundingBox"
        ):
            raise TangledError
        if units and (element.get("gradientTransform") or element.get("href")):
            raise TangledError
        if units and element.get(units) != "userSpaceOnUse":
            if element.tag == "mask":
                raise TangledError
            return element
        if not element.attrib.keys() >= set(_IN_FULL.get(element.tag, ())):
            raise TangledError
        return self._folded(element, _Above(place, None, stroked=True))

    def _folded(self, element: Element, above: _Above) -> Element:
        if element.tag == "svg" or _STYLED.search(element.get("style", "")):
            raise TangledError
        own, rest = _taken_apart(element.get("transform", ""))
        place = _inside(above.place, own)
        new = Element(element.tag)
        if rest:
            scale, dx, dy = place
            words = [f"translate({number(dx)} {number(dy)})"] if dx or dy else []
            words += [f"scale({number(scale, 6)})"] if scale != 1 else []
            new.set("transform", " ".join([*words, rest]))
            place = _HERE
        moving = dict.fromkeys(_AT_ZERO.get(element.tag, ()) if place[1] or place[2] else (), "0") | element.attrib
        # A `use` moves what was put in its place already: its own x and y are lengths.
        origin = (place[0], 0.0, 0.0) if element.tag == "use" else place
        for key, value in moving.items():
            if key not in ("transform", "stroke-width"):
                new.set(key, _moved(key, value, origin))
            for name in self._named.keys() & references(key, value):
                if self._seen.setdefault(name, place) != place:
                    raise TangledError
        below = _stroke(element, new, above, place)
        for child in element:
            if id(child) not in self._unseen or id(element) in self._unseen:
                new.append(self._folded(child, below))
        return new


def _stroke(element: Element, new: Element, above: _Above, place: Place) -> _Above:
    """The stroke width of `new`, written where it is said and where a scale in between changed what it means."""
    said, paint = element.get("stroke-width"), element.get("stroke")
    stroked = above.stroked if paint is None else paint != "none"
    if said is not None:
        width = _length(said)
        new.set("stroke-width", number(width * place[0]))
        return _Above(place, width, width * place[0], stroked)
    if above.width is None:
        if stroked and place[0] != above.place[0]:
            raise TangledError
        return _Above(place, None, above.written, stroked)
    wanted = above.width * place[0]
    if stroked and len(element) == 0 and abs(wanted - above.written) > 1e-9:
        new.set("stroke-width", number(wanted))
    return _Above(place, above.width, above.written, stroked)


def _length(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise TangledError from None


def references(key: str, value: str) -> list[str]:
    """The ids that an attribute refers to."""
    return [value[1:]] if key == "href" else REFERENCE.findall(value)


def _moved(key: str, value: str, place: Place) -> str:
    """An attribute's value at `place`."""
    scale, dx, dy = place
    try:
        if key == "d":
            return replaced(value, place)
        if key == "points":
            numbers = [float(text) for text in value.replace(",", " ").split()]
            return " ".join(number(v * scale + (dy if i % 2 else dx)) for i, v in enumerate(numbers))
        if key in _ACROSS or key in _DOWN:
            return number(float(value) * scale + (dx if key in _ACROSS else dy))
        if key in _LENGTHS:
            return number(float(value) * scale)
        if key == "stroke-dasharray" and value != "none":
            return " ".join(number(float(text) * scale) for text in value.replace(",", " ").split())
    except ValueError:
        raise TangledError from None
    return value


def _taken_apart(transform: str) -> tuple[Place, str]:
    """The moves and even scales that a transform begins with, and the rest of it."""
    place, at = _HERE, 0
    while match := _CALL.match(transform, at):
        own = _place(match[1], match[2].replace(",", " ").split())
        if own is None:
            break
        place, at = _inside(place, own), match.end()
    if not _REST.fullmatch(transform, at):
        raise TangledError
    return place, transform[at:].strip()


def _place(name: str, words: list[str]) -> Place | None:
    """A move or an even scale; None for any other transform, and for what is none."""
    if name not in ("translate", "scale") or len(words) not in (1, 2) or not all(map(_PLAIN.fullmatch, words)):
        return None
    values = [float(word) for word in words]
    if name == "translate":
        return 1.0, values[0], values[1] if len(values) > 1 else 0.0
    return (values[0], 0.0, 0.0) if values[0] > 0 and values[0] == values[-1] else None


def _inside(outer: Place, inner: Place) -> Place:
    return outer[0] * inner[0], outer[0] * inner[1] + outer[1], outer[0] * inner[2] + outer[2]
