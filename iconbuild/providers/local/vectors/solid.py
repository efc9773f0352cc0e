"""Flat shapes become a solid body in isometric view: which walls of it are seen, and in what order to paint them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from iconbuild.providers.local.vectors.geometry import Line, Point
from iconbuild.providers.local.vectors.markup import number

ACROSS = (0.866, 0.5)
"""Where one unit to the right on a body's front goes on the screen; one unit down stays one unit down."""

INWARD = (0.866, -0.5)
"""Where one unit from a body's front to its back goes on the screen."""


NOTCH = 5.0
"""How far from its ends a wall has a point more."""

_SAME = 0.05  # units between points that count as one


class Wall(NamedTuple):
    """A run of seen edges, in the plane of the front; `normals`: one a piece, pointing out of the body, length 1.

    `inner`: it lies in a hollow.
    """

    points: list[Point]
    normals: list[Point]
    inner: bool


class Body(NamedTuple):
    """What is seen beside a body's front: hollows' outlines, and walls from the farthest to the nearest."""

    hollows: list[list[Point]]
    walls: list[Wall]
    thickness: float


def body(lines: Sequence[Line]) -> Body:
    """The body whose front the closed outlines fill by the nonzero rule."""
    contours = [contour for contour in (_tidied(line.points) for line in lines) if len(contour) > 2]
    areas = [_area(contour) for contour in contours]
    hollows: list[list[Point]] = []
    walls: list[Wall] = []
    solid = around = 0.0
    for index, contour in enumerate(contours):
        outside = sum(_winding(other, contour[0]) for i, other in enumerate(contours) if i != index)
        inner = outside != 0
        if inner and outside + (1 if areas[index] > 0 else -1) != 0:
            continue  # an outline within the body, which bounds nothing
        solid += abs(areas[index]) * (-1 if inner else 1)
        around += sum(hypot(c - a, d - b) for (a, b), (c, d) in _edges(contour))
        if inner:
            hollows.append(contour)
        walls += _walls(contour, flip=(areas[index] < 0) != inner, inner=inner)
    return Body(hollows, _ordered(walls), 2 * solid / (around or 1.0))


def seen(point: Point) -> Point:
    """A point of the front on the screen."""
    x, y = point
    return x * ACROSS[0], y + x * ACROSS[1]


def spelled(points: Sequence[Point]) -> str:
    """Points as path data with one decimal, each relative to the one before."""
    words: list[str] = []
    last = (0, 0)
    for x, y in points:
        spot = (round(x * 10), round(y * 10))
        words.append(f"{number((spot[0] - last[0]) / 10)} {number((spot[1] - last[1]) / 10)}")
        last = spot
    return f"{words[0]}l{' '.join(words[1:])}"


def _tidied(points: Sequence[Point]) -> list[Point]:
    """Without points that repeat the one before."""
    before = [points[-1], *points[:-1]]
    return [(x, y) for (x, y), (a, b) in zip(points, before, strict=True) if hypot(x - a, y - b) > _SAME]


def _edges(contour: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(zip(contour, [*contour[1:], contour[0]], strict=True))


def _area(contour: Sequence[Point]) -> float:
    return sum(a * d - c * b for (a, b), (c, d) in _edges(contour)) / 2


def _winding(contour: Sequence[Point], point: Point) -> int:
    x, y = point
    count = 0
    for (a, b), (c, d) in _edges(contour):
        if (b <= y) != (d <= y) and a + (c - a) * (y - b) / (d - b) > x:
            count += 1 if d > b else -1
    return count


def _walls(contour: Sequence[Point], *, flip: bool, inner: bool) -> list[Wall]:
    """Runs of edges that face the viewer: their normals point right or up rather than left or down."""
    normals = []
    for (a, b), (c, d) in _edges(contour):
        length = hypot(c - a, d - b) * (-1 if flip else 1)
        normals.append(((d - b) / length, (a - c) / length))
    facing = [nx - ny > 1e-3 for nx, ny in normals]
    count = len(contour)
    runs: list[Wall] = []
    for start in range(count):
        if facing[start] and not facing[start - 1]:
            end = start
            while facing[end % count] and end < start + count:
                end += 1
            steps = range(start, end)
            points = [contour[i % count] for i in (*steps, end)]
            runs.append(_notched(Wall(points, [normals[i % count] for i in steps], inner)))
    return runs


def _notched(wall: Wall) -> Wall:
    """The wall with a point more near its ends, from which on it may reach under the front without sticking out."""
    points, normals, inner = wall
    if hypot(points[1][0] - points[0][0], points[1][1] - points[0][1]) > 2 * NOTCH:
        points, normals = [points[0], _toward(*points[:2]), *points[1:]], [normals[0], *normals]
    if hypot(points[-1][0] - points[-2][0], points[-1][1] - points[-2][1]) > 2 * NOTCH:
        points, normals = [*points[:-1], _toward(points[-1], points[-2]), points[-1]], [*normals, normals[-1]]
    return Wall(points, normals, inner)


def _toward(one: Point, other: Point) -> Point:
    share = NOTCH / hypot(other[0] - one[0], other[1] - one[1])
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _ordered(walls: list[Wall]) -> list[Wall]:
    """Farthest first. Runs are monotone across the line of sight and never cross, so that an order always exists."""
    tracks = [sorted((_side(point), _nearness(point)) for point in wall.points) for wall in walls]
    behind = [{j for j in range(len(walls)) if j != i and _is_before(tracks[i], tracks[j])} for i in range(len(walls))]
    order: list[int] = []
    left = set(range(len(walls)))
    while left:
        ready = sorted(i for i in left if not behind[i] & left) or sorted(left)[:1]
        order += ready
        left -= set(ready)
    return [walls[i] for i in order]


def _side(point: Point) -> float:
    """Position across the direction in which walls run on the screen."""
    x, y = seen(point)
    return x * INWARD[1] - y * INWARD[0]


def _nearness(point: Point) -> float:
    x, y = seen(point)
    return x * INWARD[0] + y * INWARD[1]


def _is_before(one: list[Point], other: list[Point]) -> bool:
    """Whether `one` hides a part of `other`: it begins farther along the direction of the walls."""
    low, high = max(one[0][0], other[0][0]), min(one[-1][0], other[-1][0])
    return high - low > 0.2 and _at(one, (low + high) / 2) > _at(other, (low + high) / 2)


def _at(track: list[Point], side: float) -> float:
    for (a, b), (c, d) in pairwise(track):
        if a <= side <= c:
            return b + (d - b) * (side - a) / (c - a) if c > a else b
    return track[-1][1]
