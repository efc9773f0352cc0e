"""Areas and tones become paint, and light falls on it: shades, sweeps, glows and soft shadows without any filter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from iconbuild.providers.local.packs.artwork import GRID, Shape
from iconbuild.providers.local.vectors.areas import Areas, doubled_area
from iconbuild.providers.local.vectors.extent import STROKE
from iconbuild.providers.local.vectors.geometry import Box, Line, Point, box_of, polylines
from iconbuild.providers.local.vectors.keyline import Fit
from iconbuild.providers.local.vectors.markup import element, shapes

GROWN = STROKE + 2
"""Stroke width for areas that end where the solid variant ends: a little beyond, or its edge would show around them."""

UNDER = 6.0
"""Stroke width for windows: they reach under the edges of the solid variant, or a seam would show."""

_FILTER = re.compile(r'<filter\b[^>]*\bid="([^"]+)"[^>]*>(.*?)</filter>', re.DOTALL)
_SHADE, _BAND = 0.11, 0.26  # opacity of the dark half, and of the gloss across the bright one
_BAND_FROM, _BAND_TO = -0.56, -0.38  # where the gloss lies, in half sides from the middle

Attributes = dict[str, str | float | None]


class Tones(NamedTuple):
    """The paints of areas: main ones, second ones, trimmings. Each is a colour or `url(#sweep)`."""

    main: str
    second: str
    dark: str


def painted(areas: Areas, tones: Tones, *, plain: bool = False, contour: tuple[str, float] = ("", 0.0)) -> list[str]:
    """Areas in their tones, back to front; `plain`: without what is drawn inside an area.

    `contour`: a colour, and how far it reaches beyond every grown area.
    """
    ink, width = contour
    base = tones.dark if areas.trimmed else tones.main
    inner = tones.second if areas.body else tones.main
    lines = filled(areas.windows, tones.second, UNDER) + filled(areas.solid, base)
    for grown, paint in ((areas.parts, tones.second), (areas.body, tones.main)):
        if width:
            lines += filled(grown, ink, GROWN + 2 * width)
        lines += filled(grown, paint, GROWN)
    if plain:
        return lines
    lines += lined(areas.across, tones.dark if areas.trimmed else inner)
    return lines + lined(areas.within, inner) + filled(areas.dots, inner)


def filled(items: Sequence[Shape], paint: str, width: float = 0.0) -> list[str]:
    """Shapes in one paint, wider by half of `width` all round, with round corners."""
    if not items:
        return []
    grown: Attributes = {}
    if width:
        grown = {"stroke": paint, "stroke-width": width, "stroke-linejoin": "round", "stroke-linecap": "round"}
    return element("g", {"fill": paint, **grown}, shapes(items))


def lined(items: Sequence[Shape], paint: str, width: float = STROKE) -> list[str]:
    """The strokes of shapes in one paint."""
    if not items:
        return []
    pen: Attributes = {"fill": "none", "stroke": paint, "stroke-width": width}
    return element("g", {**pen, "stroke-linecap": "round", "stroke-linejoin": "round"}, shapes(items))


def sweep(name: str, stops: Sequence[str], box: Box, fit: Fit, opacities: Sequence[float] = ()) -> list[str]:
    """The linear gradient `name` from the upper left to the lower right corner of a box on the canvas.

    It is written for paint that `fit` moves, so that several things can share one sweep.
    """
    x1, y1 = (box.left - fit.dx) / fit.scale, (box.top - fit.dy) / fit.scale
    x2, y2 = (box.right - fit.dx) / fit.scale, (box.bottom - fit.dy) / fit.scale
    where: Attributes = {"gradientUnits": "userSpaceOnUse", "x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return element("linearGradient", {"id": name, **where}, _stops(stops, opacities))


def pool(
    name: str, stops: Sequence[str], middle: Point, radius: float, fit: Fit, opacities: Sequence[float] = ()
) -> list[str]:
    """The radial gradient `name` around a point of the canvas, written for paint that `fit` moves."""
    x, y = (middle[0] - fit.dx) / fit.scale, (middle[1] - fit.dy) / fit.scale
    where: Attributes = {"gradientUnits": "userSpaceOnUse", "cx": x, "cy": y, "r": radius / fit.scale}
    return element("radialGradient", {"id": name, **where}, _stops(stops, opacities))


def _stops(colors: Sequence[str], opacities: Sequence[float]) -> list[str]:
    lines: list[str] = []
    for index, color in enumerate(colors):
        see_through = opacities[index] if opacities else None
        offset = index / (len(colors) - 1)
        lines += element("stop", {"offset": offset, "stop-color": color, "stop-opacity": see_through})
    return lines


def shade(areas: Areas, paint: str = "#2a0a3a", opacity: float = _SHADE) -> list[str]:
    """The icon's lower right half in another tone, a little darker."""
    lines = _covered(areas)
    x, y, _ = _middle(lines)
    return _light([_cut(line, 1.0, x + y) for line in lines], paint, opacity)


def gloss(areas: Areas) -> list[str]:
    """A bright band across the icon's upper left."""
    lines = _covered(areas)
    x, y, half = _middle(lines)
    low, high = x + y + _BAND_FROM * half, x + y + _BAND_TO * half
    return _light([_cut(_cut(line, 1.0, low), -1.0, -high) for line in lines], "#ffffff", _BAND)


def _light(lines: Iterable[list[Point]], paint: str, opacity: float) -> list[str]:
    data = outline(lines)
    return element("path", {"fill": paint, "fill-opacity": opacity, "d": data}) if data else []


def outline(lines: Iterable[Sequence[Point]], *, closed: bool = True) -> str:
    """Path data of polylines, to a tenth of a unit."""
    end = "Z" if closed else ""
    return "".join(f"M{'L'.join(f'{round(x, 1):g} {round(y, 1):g}' for x, y in line)}{end}" for line in lines if line)


def _covered(areas: Areas) -> list[list[Point]]:
    """Outlines of all that the areas cover, which the nonzero rule joins: what fills turns one way, holes the other."""
    plain = [points for shape in (*areas.solid, *areas.windows) for points in _turned(polylines(shape))]
    grown = [points for shape in (*areas.parts, *areas.body) for points in _turned(polylines(shape))]
    return plain + [_widened(points, GROWN / 2) for points in grown]


def _widened(points: Sequence[Point], margin: float) -> list[Point]:
    """A clockwise polygon with `margin` more all round, its corners bevelled."""
    wider: list[Point] = []
    for (a, b), (c, d) in pairwise([*points, *points[:1]]):
        length = hypot(c - a, d - b)
        if length:
            across, along = margin * (d - b) / length, margin * (a - c) / length
            wider += [(a + across, b + along), (c + across, d + along)]
    return wider


def _turned(lines: list[Line]) -> list[list[Point]]:
    """The outlines of a shape, the largest of them clockwise on the screen."""
    largest = max(map(doubled_area, lines), key=abs, default=0.0)
    return [line.points if largest > 0 else line.points[::-1] for line in lines]


def _middle(lines: Sequence[Sequence[Point]]) -> tuple[float, float, float]:
    """The middle of the lines' box and half of its longer side."""
    points = [point for line in lines for point in line]
    box = box_of(points or [(GRID / 2, GRID / 2)])
    return (box.left + box.right) / 2, (box.top + box.bottom) / 2, max(box.width, box.height) / 2


def _cut(points: Sequence[Point], sign: float, bound: float) -> list[Point]:
    """The part of a polygon where sign * (x + y) >= bound (Sutherland and Hodgman)."""
    kept: list[Point] = []
    for (a, b), (c, d) in pairwise([*points, *points[:1]]):
        before, after = sign * (a + b) - bound, sign * (c + d) - bound
        if before >= 0:
            kept.append((a, b))
        if before * after < 0:
            share = before / (before - after)
            kept.append((a + (c - a) * share, b + (d - b) * share))
    return kept


def glow(data: str, paint: str, width: float, rings: Sequence[tuple[float, float]]) -> list[str]:
    """A path's soft surroundings: strokes that reach ever less far beyond `width`, each adding its opacity."""
    lines: list[str] = []
    for reach, opacity in rings:
        pen: Attributes = {"stroke": paint, "stroke-opacity": opacity, "stroke-width": width + 2 * reach}
        soft: Attributes = {"stroke-linecap": "round", "stroke-linejoin": "round"}
        lines += element("path", {"fill": "none", **pen, **soft, "d": data})
    return lines


def joined(items: Iterable[Shape]) -> str:
    """The path data of shapes as one path, so that a translucent stroke is not darker where they cross."""
    return "".join(map(_data, items))


def _data(shape: Shape) -> str:
    given = dict(shape.attributes)
    if shape.tag == "path" and "transform" not in given and given["d"].startswith("M"):
        return given["d"]
    return "".join(outline([line.points], closed=line.closed) for line in polylines(shape))


def unshaded(picture: Sequence[str]) -> list[str]:
    """A picture without the inner shadows that filters draw, at half the work: for half the size, or other light.

    Such a filter subtracts an outline from itself moved, which takes arithmetic; glows and blurs do not.
    """
    text = "\n".join(picture)
    for name, steps in _FILTER.findall(text):
        if 'operator="arithmetic"' in steps:
            text = text.replace(f' filter="url(#{name})"', "")
    return text.split("\n")
