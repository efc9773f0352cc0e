"""Strokes that meet like the edges of a box become the box's faces: holes of the solid variant that are no handles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import atan2, hypot, pi

from iconbuild.providers.local.packs.artwork import Artwork, Shape
from iconbuild.providers.local.vectors.geometry import Line, Point, polylines
from iconbuild.providers.local.vectors.markup import number
from iconbuild.providers.local.vectors.slits import outlines

_TOUCHING = 2.5  # units between an edge and a corner that it ends at
_FAR = 6.0  # units: a nearer point says too little about the way an edge runs
_ALONG = 0.3  # radians between edges that count as one
_WIDEST = 2.85  # radians between neighbouring edges at the corner of a box; where a handle meets a rim there are more
_STRAIGHT = 0.15  # of the way around a hole
_BESIDE = 16.0  # units from such a corner to the holes around it


def faces(artwork: Artwork) -> list[Shape]:
    """The holes around each corner where three edges meet, as closed paths."""
    corners = _corners([line for shape in artwork.strokes for line in polylines(shape)])
    if not corners:
        return []
    return [
        Shape("path", (("d", f"M{'L'.join(f'{number(x)} {number(y)}' for x, y in hole)}Z"),))
        for shape in artwork.fills
        for hole in outlines(shape)[1]
        if _is_straight(hole) and any(hypot(x - a, y - b) < _BESIDE for x, y in hole for a, b in corners)
    ]


def _is_straight(hole: Sequence[Point]) -> bool:
    """Whether a hole has a straight side; loops have none."""
    sides = [hypot(c - a, d - b) for (a, b), (c, d) in pairwise([*hole, hole[0]])]
    return max(sides) > _STRAIGHT * sum(sides)


def _corners(lines: Sequence[Line]) -> list[Point]:
    """Ends of strokes where three edges meet and none of them goes straight on."""
    edges = [edge for line in lines for edge in pairwise([*line.points, *line.points[: line.closed]])]
    ends = [end for line in lines if not line.closed for end in (line.points[0], line.points[-1])]
    return [end for end in ends if _is_corner(_ways(end, edges))]


def _ways(end: Point, edges: Sequence[tuple[Point, Point]]) -> list[float]:
    """The directions in which edges leave a point, each once, in order."""
    x, y = end
    found: list[float] = []
    for edge in edges:
        if _distance(end, *edge) < _TOUCHING:
            found += [atan2(b - y, a - x) for a, b in edge if hypot(a - x, b - y) > _FAR]
    kept: list[float] = []
    for way in sorted(found):
        if not kept or (way - kept[-1] > _ALONG and kept[0] + 2 * pi - way > _ALONG):
            kept.append(way)
    return kept


def _is_corner(ways: Sequence[float]) -> bool:
    return len(ways) > 2 and max(b - a for a, b in pairwise([*ways, ways[0] + 2 * pi])) < _WIDEST


def _distance(point: Point, one: Point, other: Point) -> float:
    (x, y), (a, b), (c, d) = point, one, other
    length = (c - a) ** 2 + (d - b) ** 2
    share = min(1.0, max(0.0, ((x - a) * (c - a) + (y - b) * (d - b)) / length)) if length else 0.0
    return hypot(x - a - share * (c - a), y - b - share * (d - b))
