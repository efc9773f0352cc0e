"""The shape of an icon becomes its place on the canvas: optically centred, visually as large as its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor, hypot, pi, sqrt
from typing import NamedTuple

from iconbuild.providers.local.packs.artwork import GRID
from iconbuild.providers.local.vectors.crisp import Level, sharpest
from iconbuild.providers.local.vectors.extent import Extent
from iconbuild.providers.local.vectors.geometry import Point, box_of

_SIDE = 183.0  # side of the square whose area an icon's hull should have: 17 of 24, the usual square keyline
_TOLERANCE = 0.035  # artwork comes balanced: what is this near the keyline stays as it was drawn
_LARGEST = 240.0  # no side longer than 22.5 of 24, so that wide icons keep air around them
_GROWTH = 1.1  # a cross or a chevron is meant to be lighter than a house
_LATTICE = 8.0  # the artwork's own, which is crisp at 32 and 64 px, and every second line of it at 16 px
_EDGE = 8.0  # the paint's box keeps this distance from the canvas, whatever its mass asks for
_BY_MASS = 0.5  # how much the centre of mass counts against the middle of the box
_HARDLY = 0.015  # a change of size this small is not worth leaving the lattice for
LEAST = 0.001
"""No artwork is drawn smaller than this: strokes are divided by their scale."""

_REACH = 5.0  # units off the optical middle that crispness may cost
_RESIZED = tuple(1 + step * 0.004 for step in (0, -1, 1, -2, 2, -3, 3, -4, 4))  # so much size may it cost


class Fit(NamedTuple):
    """Where artwork goes: a point p of the 256 grid is drawn at p * scale + (dx, dy)."""

    scale: float
    dx: float
    dy: float


def fit(shown: Extent) -> Fit:
    """The place of an icon that stands alone, the same for every stroke width."""
    points, margin = shown.points, shown.margin
    if not points:
        return Fit(1.0, 0.0, 0.0)
    hull = convex_hull(points)
    box = box_of(hull).grown(margin)
    area, mass_x, mass_y = _mass(hull)
    around = sum(hypot(c - a, d - b) for (a, b), (c, d) in zip(hull, hull[1:] + hull[:1], strict=True))
    side = sqrt(area + around * margin + pi * margin * margin)  # Steiner's formula for the hull of the painted strokes
    limit = max(LEAST, min(_GROWTH, _LARGEST / (max(box.width, box.height) or 1.0)))
    scale = _scale(side, limit)
    sizes = [1.0] if scale == 1 else [max(LEAST, round(min(limit, scale * part), 3)) for part in _RESIZED]
    tried = []
    for size in sizes:
        dx, blur_x = _placed(shown.columns, size, _room(box.left, box.right, mass_x, size), shown.margin)
        dy, blur_y = _placed(shown.rows, size, _room(box.top, box.bottom, mass_y, size), shown.margin)
        tried.append((blur_x + blur_y, Fit(size, round(dx, 2), round(dy, 2))))
    return min(tried, key=lambda one: one[0])[1]


def _scale(side: float, limit: float) -> float:
    """1 for artwork near the keyline; what brings it there for any other, as far as the limit allows."""
    near = 1 + _TOLERANCE
    wanted = min(max(1.0, _SIDE / near / side), _SIDE * near / side) if side else 1.0
    scale = min(wanted, limit)
    return 1.0 if abs(scale - 1) < _HARDLY else scale


def _placed(edges: Sequence[Level], scale: float, room: tuple[float, float, float], half: float) -> Level:
    """The shift near the wanted one that leaves edges crisp; a step of the lattice where artwork keeps its size."""
    least, wanted, most = room
    if scale == 1:
        below = floor(wanted / _LATTICE) * _LATTICE
        choices = [below, below + _LATTICE]
    elif edges:
        choices = [wanted + step / 2 for step in range(round(-2 * _REACH), round(2 * _REACH) + 1)]
    else:
        choices = []
    fitting = [shift for shift in choices if abs(shift - wanted) <= _REACH and least <= shift <= most]
    return sharpest(edges, scale, wanted, fitting or [wanted], half)


def _room(low: float, high: float, mass: float, scale: float) -> tuple[float, float, float]:
    """How far a side from `low` to `high` may be moved: at least, to the optical middle of the canvas, at most.

    The optical middle is between that of its box and `mass`, its centre of mass.
    """
    wanted = GRID / 2 - scale * (_BY_MASS * mass + (1 - _BY_MASS) * (low + high) / 2)
    least, most = _EDGE - low * scale, GRID - _EDGE - high * scale
    return least, min(max(wanted, least), most), most


def convex_hull(points: Iterable[Point]) -> list[Point]:
    """The hull's corners, counter-clockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    lower, upper = _chain(ordered), _chain(ordered[::-1])
    return lower[:-1] + upper[:-1]


def hull_side(points: Iterable[Point]) -> float:
    """The side of the square that is as large as the hull of some points."""
    hull = convex_hull(points)
    return sqrt(_mass(hull)[0]) if len(hull) > 2 else 0.0


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
