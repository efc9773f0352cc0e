"""Strokes become those that may end square and those that end aslant on another, which a square cap would pierce."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from iconbuild.providers.local.packs.artwork import Shape
from iconbuild.providers.local.vectors.geometry import Line, Point, polylines

_TOUCHING = 3.0  # units between an end and a stroke that it lies on
_ASLANT = (0.3, 0.97)  # cosines of the angle between two strokes that are neither across nor along each other

Edge = tuple[Point, Point]


def ending_square(strokes: Sequence[Shape]) -> list[bool]:
    """For each stroke whether a square cap suits its ends; closed ones have none, so that it does."""
    drawn = [polylines(shape) for shape in strokes]
    edges = [[edge for line in lines for edge in _edges(line)] for lines in drawn]
    suited = []
    for index, lines in enumerate(drawn):
        others = [edge for i, found in enumerate(edges) if i != index for edge in found]
        suited.append(not any(_pierces(end, others) for line in lines if not line.closed for end in _ends(line)))
    return suited


def _edges(line: Line) -> list[Edge]:
    points = [*line.points, line.points[0]] if line.closed else line.points
    return [(one, other) for one, other in pairwise(points) if one != other]


def _ends(line: Line) -> list[Edge]:
    """Both ends of a line, each from the point before it to itself."""
    edges = _edges(line)
    return [(edges[0][1], edges[0][0]), edges[-1]] if edges else []


def _pierces(end: Edge, others: Sequence[Edge]) -> bool:
    (a, b), (x, y) = end
    near = [edge for edge in others if _distance((x, y), edge) < _TOUCHING]
    return any(_ASLANT[0] < _along((x - a, y - b), edge) < _ASLANT[1] for edge in near)


def _along(way: Point, edge: Edge) -> float:
    (a, b), (c, d) = edge
    return abs(way[0] * (c - a) + way[1] * (d - b)) / (hypot(*way) * hypot(c - a, d - b))


def _distance(point: Point, edge: Edge) -> float:
    (x, y), ((a, b), (c, d)) = point, edge
    length = (c - a) ** 2 + (d - b) ** 2
    share = min(1.0, max(0.0, ((x - a) * (c - a) + (y - b) * (d - b)) / length))
    return hypot(x - a - share * (c - a), y - b - share * (d - b))
