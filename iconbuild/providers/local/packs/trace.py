"""A raster of coverage becomes outlines: marching squares to a fraction of a pixel, straightened."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Point = tuple[float, float]

_LEAST_AREA = 8.0  # square pixels; a smaller loop is dust
_TOLERANCE = 0.06  # pixels that a straight piece may miss a crossing by

_TOP, _RIGHT, _BOTTOM, _LEFT = range(4)
_STEPS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((_TOP, _LEFT),),
    2: ((_RIGHT, _TOP),),
    3: ((_RIGHT, _LEFT),),
    4: ((_BOTTOM, _RIGHT),),
    6: ((_BOTTOM, _TOP),),
    7: ((_BOTTOM, _LEFT),),
    8: ((_LEFT, _BOTTOM),),
    9: ((_TOP, _BOTTOM),),
    11: ((_RIGHT, _BOTTOM),),
    12: ((_LEFT, _RIGHT),),
    13: ((_TOP, _RIGHT),),
    14: ((_LEFT, _TOP),),
}
"""From which side of a cell to which the outline goes; the corners that are inside are 1, 2, 4, 8 clockwise."""
_APART = {5: ((_TOP, _LEFT), (_BOTTOM, _RIGHT)), 10: ((_RIGHT, _TOP), (_LEFT, _BOTTOM))}
_JOINED = {5: ((_TOP, _RIGHT), (_BOTTOM, _LEFT)), 10: ((_LEFT, _TOP), (_RIGHT, _BOTTOM))}


def traced(cover: Plane) -> list[list[Point]]:
    """The outlines of what is covered by half at least (h x w, 0..1), in pixels; holes run the other way round."""
    plane = np.pad(cover, 1)
    loops = []
    for loop in _loops(plane):
        points = straightened(loop)
        if abs(area(points)) >= _LEAST_AREA:
            loops.append([(x - 0.5, y - 0.5) for x, y in points])
    return loops


def _loops(plane: Plane) -> list[list[Point]]:
    """Closed chains of crossings, in units of the padded plane's pixel centres."""
    following, width = _following(plane), plane.shape[1]
    loops = []
    while following:
        first, step = following.popitem()
        loop = [_crossing(plane, first, width)]
        while step != first:
            loop.append(_crossing(plane, step, width))
            step = following.pop(step)
        loops.append(loop)
    return loops


def _following(plane: Plane) -> dict[int, int]:
    """Which crossing follows which. A crossing is 2 * pixel where it lies to the right of it, 2 * pixel + 1 below."""
    inside = (plane >= 0.5).astype(np.uint8)
    code = inside[:-1, :-1] + 2 * inside[:-1, 1:] + 4 * inside[1:, 1:] + 8 * inside[1:, :-1]
    width = plane.shape[1]
    following: dict[int, int] = {}
    rows, columns = np.nonzero((code > 0) & (code < 15))
    for y, x, kind in zip(rows.tolist(), columns.tolist(), code[rows, columns].tolist(), strict=True):
        at = y * width + x
        sides = (2 * at, 2 * at + 3, 2 * (at + width), 2 * at + 1)
        for start, end in _STEPS.get(kind) or _saddle(plane, y, x, kind):
            following[sides[start]] = sides[end]
    return following


def _saddle(plane: Plane, y: int, x: int, kind: int) -> tuple[tuple[int, int], ...]:
    """Two opposite corners are inside: they belong together where the middle is inside too."""
    return (_JOINED if plane[y : y + 2, x : x + 2].mean() >= 0.5 else _APART)[kind]


def _crossing(plane: Plane, crossing: int, width: int) -> Point:
    at, below = divmod(crossing, 2)
    y, x = divmod(at, width)
    here, there = float(plane[y, x]), float(plane[y + below, x + 1 - below])
    share = (0.5 - here) / (there - here)
    return (x, y + share) if below else (x + share, y)


def straightened(loop: Sequence[Point]) -> list[Point]:
    """The loop's points without those that lie on the way (Douglas-Peucker)."""
    half = max(range(len(loop)), key=lambda i: hypot(loop[i][0] - loop[0][0], loop[i][1] - loop[0][1]))
    closed = [*loop, loop[0]]
    kept = {0, half}
    todo = [(0, half), (half, len(loop))]
    while todo:
        low, high = todo.pop()
        far, index = _farthest(closed, low, high)
        if far > _TOLERANCE:
            kept.add(index)
            todo += [(low, index), (index, high)]
    return [loop[index] for index in sorted(kept)]


def _farthest(points: Sequence[Point], low: int, high: int) -> tuple[float, int]:
    (ax, ay), (bx, by) = points[low], points[high]
    length = hypot(bx - ax, by - ay) or 1.0
    best, found = 0.0, low
    for index in range(low + 1, high):
        x, y = points[index]
        off = abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / length
        if off > best:
            best, found = off, index
    return best, found


def area(points: Sequence[Point]) -> float:
    """The area inside a loop, negative for a hole, or the other way round."""
    return sum(a * d - c * b for (a, b), (c, d) in zip(points, [*points[1:], points[0]], strict=True)) / 2
