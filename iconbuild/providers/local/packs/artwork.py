"""An SVG icon's text becomes shapes sorted by what they are: strokes, dots, tints and fills."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

GRID = 256.0
"""Side of the square that pack artwork is drawn on."""

_TAG = re.compile(r"<(/?)(\w+)((?:\s+[\w:-]+=\"[^\"]*\")*)\s*(/?)>")
_ATTRIBUTE = re.compile(r"([\w:-]+)=\"([^\"]*)\"")
_GEOMETRY = {
    "path": ("d",),
    "line": ("x1", "y1", "x2", "y2"),
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "polyline": ("points",),
    "polygon": ("points",),
}


class Shape(NamedTuple):
    """One element: its tag and geometry attributes (`transform` among them), without any paint."""

    tag: str
    attributes: tuple[tuple[str, str], ...]

    def number(self, name: str) -> float:
        """A numeric attribute; 0 where it is absent, as in SVG."""
        return float(dict(self.attributes).get(name, "0"))

    def markup(self) -> str:
        """The element as SVG text."""
        attributes = "".join(f' {name}="{value}"' for name, value in self.attributes)
        return f"<{self.tag}{attributes}/>"


class Artwork(NamedTuple):
    """The layers of one icon on the 256 grid; any of them may be empty.

    `strokes` are centre lines, `dots` small solid discs that belong to the line drawing (drawn for a stroke of 16),
    `tints` the designer's accent areas, `fills` the solid variant (even-odd does not apply: plain nonzero).
    `picture` is the markup of an icon in colours of its own, ids prefixed with the icon's name; an icon of a palette
    pack has nothing else.
    """

    strokes: tuple[Shape, ...] = ()
    dots: tuple[Shape, ...] = ()
    tints: tuple[Shape, ...] = ()
    fills: tuple[Shape, ...] = ()
    picture: tuple[str, ...] = ()


def parse_strokes(text: str) -> Artwork:
    """Strokes, dots and tints of a live-stroke SVG. Half-transparent strokes and invisible leftovers are dropped."""
    strokes: list[Shape] = []
    dots: list[Shape] = []
    tints: list[Shape] = []
    for shape, paint in _elements(text):
        if "stroke" in paint:
            if "opacity" not in paint:
                strokes.append(shape)
        elif shape.tag == "line":
            continue
        elif "opacity" in paint:
            tints.append(shape)
        elif shape.tag == "circle":
            dots.append(shape)
    return Artwork(tuple(strokes), tuple(dots), tuple(tints))


def parse_fills(text: str, *, tinted: bool = False) -> tuple[Shape, ...]:
    """The solid shapes of an outlined SVG; with `tinted` only its half-transparent ones."""
    return tuple(shape for shape, paint in _elements(text) if ("opacity" in paint) == tinted)


def _elements(text: str) -> Iterator[tuple[Shape, dict[str, str]]]:
    groups: list[dict[str, str]] = []
    for closing, tag, rest, empty in _TAG.findall(text):
        if tag == "g":
            if closing:
                groups.pop()
            elif not empty:
                groups.append(dict(_ATTRIBUTE.findall(rest)))
            continue
        names = _GEOMETRY.get(tag)
        if names is None or closing:
            continue
        paint = {name: value for group in groups for name, value in group.items()}
        paint.update(_ATTRIBUTE.findall(rest))
        if tag == "rect" and paint.get("fill") == "none" and "stroke" not in paint:
            continue  # the invisible square that holds the canvas
        kept = tuple((name, paint[name]) for name in (*names, "transform") if name in paint)
        yield Shape(tag, kept), paint
