"""An icon's solid variant and its strokes become what is left out of it on purpose: narrow holes, and slits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import hypot

from iconbuild.providers.local.packs.artwork import Shape
from iconbuild.providers.local.vectors.coverage import Coverage
from iconbuild.providers.local.vectors.geometry import Line, Point, box_of, polylines
from iconbuild.providers.local.vectors.markup import number

_NARROW = 18.0  # units: a hole narrower than this (twice its area over its length) is a detail, not a window
_STEP = 4.0  # units between the points at which a stroke is asked whether it runs in a slit
# Where a point in a slit is looked around, in units: beside it is nothing, on its banks something.
_BESIDE = ((0.0, 0.0), (4.0, 0.0), (-4.0, 0.0), (0.0, 4.0), (0.0, -4.0))
_BANKS = ((13.0, 0.0), (0.0, 13.0), (9.0, 9.0), (9.0, -9.0))
# A hole whose edge has the solid variant behind it, more than a stroke away, at this share of its points is no handle.
_AROUND, _EMBEDDED = ((22.0, 0.0), (-22.0, 0.0), (0.0, 22.0), (0.0, -22.0)), 0.66


def narrow_holes(shape: Shape, solid: Coverage) -> list[Shape]:
    """The holes of a solid shape that are hardly wider than a stroke and well inside it, without what stands in them.

    Holes turn the other way than what they are in. Those of handles have nothing behind the handle.
    """
    solids, holes = outlines(shape)
    found = []
    for hole in holes:
        rings = [hole, *(points for points in solids if _inside(points, hole))]
        area, around = abs(sum(map(_doubled_area, rings))), sum(map(_around, rings))
        if area < _NARROW * around and _embedded(hole, solid):
            found.append(Shape("path", (("d", "".join(f"M{_listed(points)}Z" for points in rings)),)))
    return found


def outlines(shape: Shape) -> tuple[list[list[Point]], list[list[Point]]]:
    """The outlines of a solid shape that turn the way its largest does, and its holes, which turn the other way."""
    lines = [line.points for line in polylines(shape) if len(line.points) > 2]
    largest = max(map(_doubled_area, lines), key=abs, default=0.0)
    turns = [_doubled_area(points) * largest for points in lines]
    solids = [points for points, turn in zip(lines, turns, strict=True) if turn > 0]
    return solids, [points for points, turn in zip(lines, turns, strict=True) if turn < 0]


def _inside(points: Sequence[Point], hole: Sequence[Point]) -> bool:
    one, other = box_of(points), box_of(hole)
    return one.left > other.left and one.right < other.right and one.top > other.top and one.bottom < other.bottom


def _embedded(points: Sequence[Point], solid: Coverage) -> bool:
    """Whether a hole has the solid variant around it, more than a stroke wide."""
    seen = [solid.at(x + dx, y + dy) for x, y in points for dx, dy in _AROUND]
    return sum(seen) >= _EMBEDDED * len(seen)


def slits(line: Line, solid: Coverage) -> list[list[Point]]:
    """The pieces of a stroke's centre line that run in slits of the solid variant."""
    return runs(dense(line), lambda point: _in_slit(solid, *point))


def runs(line: Sequence[Point], wanted: Callable[[Point], bool]) -> list[list[Point]]:
    """The pieces of a line, of three points at least, whose points are all wanted."""
    found: list[list[Point]] = [[]]
    for point in line:
        if wanted(point):
            found[-1].append(point)
        elif found[-1]:
            found.append([])
    return [run for run in found if len(run) > 2]


def _in_slit(solid: Coverage, x: float, y: float) -> bool:
    """Whether there is nothing at a point, and something on two opposite sides of it."""
    if any(solid.at(x + dx, y + dy) for dx, dy in _BESIDE):
        return False
    return any(solid.at(x + dx, y + dy) and solid.at(x - dx, y - dy) for dx, dy in _BANKS)


def dense(line: Line) -> list[Point]:
    """Points along a line, a few units apart."""
    ends = [*line.points, line.points[0]] if line.closed else line.points
    found: list[Point] = [ends[0]]
    for (a, b), (c, d) in pairwise(ends):
        count = max(1, int(max(abs(c - a), abs(d - b)) / _STEP))
        found += [(a + (c - a) * step / count, b + (d - b) * step / count) for step in range(1, count + 1)]
    return found


def polyline(points: Sequence[Point]) -> Shape:
    """An open line as a shape."""
    return Shape("polyline", (("points", _listed(points)),))


def _listed(points: Sequence[Point]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def _doubled_area(points: Sequence[Point]) -> float:
    return sum(a * d - c * b for (a, b), (c, d) in zip(points, [*points[1:], points[0]], strict=True))


def _around(points: Sequence[Point]) -> float:
    return sum(hypot(c - a, d - b) for (a, b), (c, d) in zip(points, [*points[1:], points[0]], strict=True))
