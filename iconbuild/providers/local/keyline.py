"""The shape of an icon becomes its place on the canvas: optically centred, visually as large as its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import copysign, floor, hypot, pi, sqrt
from typing import NamedTuple

from iconbuild.providers.local.artwork import GRID, Artwork, Shape
from iconbuild.providers.local.geometry import Point, box_of, outline_points

STROKE = 16.0
"""The stroke width that pack artwork is designed for."""

_SIDE = 188.0  # side of the square whose area an icon's hull should have: 17.6 of 24, the usual square keyline
_LARGEST = 228.0  # no side longer than 21.4 of 24, so that wide icons keep air around them
_DAMPING = 0.5  # how far sizes are evened out: the artwork comes balanced, only outliers should move
_GROWTH = 1.1  # a cross or a chevron is meant to be lighter than a house
_AS_DRAWN = (0.955, 1.05)  # pack artwork sits on a lattice that is crisp at 16, 32 and 64 px: leave it there if it fits
_LATTICE = 8.0
_EDGE = 12.0  # the paint's box keeps this distance from the canvas, whatever its mass asks for
_BY_MASS = 0.5  # how much the centre of mass counts against the middle of the box


class Fit(NamedTuple):
    """Where artwork goes: a point p of the 256 grid is drawn at p * scale + (dx, dy)."""

    scale: float
    dx: float
    dy: float


def fit_strokes(artwork: Artwork, *, tinted: bool = False) -> Fit:
    """The place of an icon's line drawing, the same for every stroke width; `tinted`: its tints are drawn as well."""
    points = _points(artwork.strokes) + [(x, y) for x, y, _ in map(disc, artwork.dots)]
    return _fit(points + _points(artwork.tints) if tinted else points, STROKE / 2)


def fit_fills(artwork: Artwork) -> Fit:
    """The place of an icon's solid variant."""
    return _fit(_points(artwork.fills), 0.0)


def disc(dot: Shape) -> tuple[float, float, float]:
    """A dot as centre and the radius of the circle that, stroked like everything else, looks like it."""
    return dot.number("cx"), dot.number("cy"), max(0.5, dot.number("r") - STROKE / 2)


def _points(shapes: Iterable[Shape]) -> list[Point]:
    return [point for shape in shapes for point in outline_points(shape)]


def _fit(points: list[Point], margin: float) -> Fit:
    if not points:
        return Fit(1.0, 0.0, 0.0)
    hull = convex_hull(points)
    box = box_of(hull).grown(margin)
    area, mass_x, mass_y = _mass(hull)
    around = sum(hypot(c - a, d - b) for (a, b), (c, d) in zip(hull, hull[1:] + hull[:1], strict=True))
    side = sqrt(area + around * margin + pi * margin * margin)  # Steiner's formula for the hull of the painted strokes
    longest = max(box.width, box.height)
    scale = min((_SIDE / side) ** _DAMPING, _GROWTH, _LARGEST / longest)
    as_drawn = _AS_DRAWN[0] <= scale <= _AS_DRAWN[1]
    scale = 1.0 if as_drawn else round(scale, 3)
    dx = _shift(box.left * scale, box.right * scale, mass_x * scale)
    dy = _shift(box.top * scale, box.bottom * scale, mass_y * scale)
    return Fit(scale, _on_lattice(dx), _on_lattice(dy)) if as_drawn else Fit(scale, round(dx, 2), round(dy, 2))


def _shift(low: float, high: float, mass: float) -> float:
    """How far to move a side from `low` to `high`, whose mass is centred at `mass`, to the middle of the canvas."""
    wanted = GRID / 2 - (_BY_MASS * mass + (1 - _BY_MASS) * (low + high) / 2)
    return min(max(wanted, _EDGE - low), GRID - _EDGE - high)


def _on_lattice(shift: float) -> float:
    """Whole steps of the lattice; the artwork stays where it is unless that is well off the middle."""
    return copysign(floor(abs(shift) / _LATTICE + 0.35) * _LATTICE, shift)


def convex_hull(points: Iterable[Point]) -> list[Point]:
    """The hull's corners, counter-clockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return lower[:-1] + upper[:-1]


def _chain(ordered: Sequence[Point]) -> list[Point]:
    chain: list[Point] = []
    for x, y in ordered:
        while len(chain) > 1:
            (a, b), (c, d) = chain[-2:]
            if (c - a) * (y - b) - (d - b) * (x - a) > 0:
                break
            chain.pop()
        chain.append((x, y))
    return chain


def _mass(hull: Sequence[Point]) -> tuple[float, float, float]:
    """Area and centroid of a convex polygon; the mean of its corners where it has no area."""
    doubled = moment_x = moment_y = 0.0
    for (a, b), (c, d) in zip(hull, [*hull[1:], hull[0]], strict=True):
        cross = a * d - c * b
        doubled += cross
        moment_x += (a + c) * cross
        moment_y += (b + d) * cross
    if abs(doubled) < 1e-6:
        return 0.0, sum(x for x, _ in hull) / len(hull), sum(y for _, y in hull) / len(hull)
    return doubled / 2, moment_x / (3 * doubled), moment_y / (3 * doubled)
