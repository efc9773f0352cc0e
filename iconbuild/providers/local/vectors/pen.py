"""Polylines become what an unsteady hand makes of them: smooth strokes beside the line, and loose hatching."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, hypot, pi, sin
from random import Random

from iconbuild.providers.local.vectors.geometry import Line, Point

_STEP = 15.0  # units between the points that a hand steers through
_CORNER = 0.75  # cosine of the turn from which on a hand lifts the pen and starts anew
_SHAKE = 2.2  # units by which it strays
_WAVES = ((95.0, 0.65), (38.0, 0.35))  # lengths of its swings and their shares
_OVERSHOOT = 4.5


def sketched(line: Line, random: Random, shake: float = _SHAKE) -> list[list[Point]]:
    """A polyline as pen strokes: from corner to corner, too long at free ends, off the line by about `shake` units."""
    return [_stroke(piece, random, shake, closed=line.closed) for piece in _pieces(line) if _length(piece) > 0.5]


def hatching(lines: Sequence[Line], random: Random, gap: float, turn: float = -0.85) -> list[list[Point]]:
    """Pen strokes about `gap` units apart over the areas, at an angle of `turn` radians; they end near the edge."""
    c, s = cos(-turn), sin(-turn)
    turned = [[(x * c - y * s, x * s + y * c) for x, y in line.points] for line in lines]
    edges = [edge for points in turned for edge in pairwise([*points, points[0]])]
    if not edges:
        return []
    rows = [y for (_, y), _ in edges]
    strokes: list[list[Point]] = []
    row = min(rows) + gap * (0.35 + 0.3 * random.random())
    while row < max(rows):
        for start, end in _spans(edges, row):
            left, right = start + random.uniform(-1.5, 3.5), end - random.uniform(-1.5, 3.5)
            if right - left > gap * 0.4:
                tilt, bow = random.uniform(-2.0, 2.0), random.uniform(-1.6, 1.6)
                path = [(left, row - tilt), ((left + right) / 2, row + bow), (right, row + tilt)]
                strokes.append([(x * c + y * s, y * c - x * s) for x, y in path])
        row += gap * random.uniform(0.85, 1.15)
    return strokes


def smooth(points: Sequence[Point]) -> str:
    """Path data of one stroke: a curve that bends at the points, one decimal."""
    spots = [(round(x * 10), round(y * 10)) for x, y in points]
    middles = [((a + c) // 2, (b + d) // 2) for (a, b), (c, d) in pairwise(spots)]
    words = [f"M{_pair(spots[0])}L{_pair(middles[0])}"]
    for (a, b), spot, (c, d) in zip(middles, spots[1:-1], middles[1:], strict=False):
        words.append(f"q{_pair((spot[0] - a, spot[1] - b))} {_pair((c - a, d - b))}")
    return "".join([*words, f"L{_pair(spots[-1])}"])


def _pair(spot: tuple[int, int]) -> str:
    return " ".join(f"{value // 10}" if value % 10 == 0 else f"{value / 10:.1f}" for value in spot)


def _pieces(line: Line) -> list[list[Point]]:
    """The line cut at its corners; a closed one without corners begins somewhere and ends a little beyond there."""
    points = [*line.points, line.points[0]] if line.closed else line.points
    points = [point for i, point in enumerate(points) if i == 0 or _gap(point, points[i - 1]) > 0.3]
    if len(points) < 2:
        return []
    cuts = [i for i in range(1, len(points) - 1) if _is_corner(points[i - 1], points[i], points[i + 1])]
    if line.closed and not cuts:
        return [[*points, *_beginning(points)]]
    return [points[start : end + 1] for start, end in pairwise([0, *cuts, len(points) - 1])]


def _beginning(points: list[Point]) -> list[Point]:
    """The first few units of a line."""
    count = next((i for i in range(1, len(points)) if _length(points[: i + 1]) > 2 * _OVERSHOOT), len(points) - 1)
    return points[1 : count + 1]


def _is_corner(a: Point, b: Point, c: Point) -> bool:
    one, other = _gap(a, b), _gap(b, c)
    return ((b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1])) / (one * other) < _CORNER


def _stroke(points: list[Point], random: Random, shake: float, *, closed: bool) -> list[Point]:
    length = _length(points)
    path = _spaced(points, max(3, round(length / min(_STEP, length / 7 if length > 30 else _STEP))))
    shake *= min(1.0, 0.35 + length / 160)
    swings = [(2 * pi / wave, share, random.uniform(0, 2 * pi), random.uniform(0, 2 * pi)) for wave, share in _WAVES]
    lean_x, lean_y = random.uniform(-0.4, 0.4) * shake, random.uniform(-0.4, 0.4) * shake
    step = length / (len(path) - 1)
    drawn = []
    for i, (x, y) in enumerate(path):
        dx = sum(share * sin(pace * i * step + phase) for pace, share, phase, _ in swings)
        dy = sum(share * sin(pace * i * step + phase) for pace, share, _, phase in swings)
        drawn.append((x + lean_x + shake * dx, y + lean_y + shake * dy))
    if not closed or length > 40:
        reach = min(_OVERSHOOT, length / 12) * random.uniform(0.3, 1.0)
        drawn = [_beyond(drawn[1], drawn[0], reach), *drawn, _beyond(drawn[-2], drawn[-1], reach)]
    return drawn


def _beyond(before: Point, end: Point, reach: float) -> Point:
    length = _gap(before, end) or 1.0
    return end[0] + (end[0] - before[0]) / length * reach, end[1] + (end[1] - before[1]) / length * reach


def _spaced(points: Sequence[Point], count: int) -> list[Point]:
    """`count` + 1 points at equal distances along a polyline."""
    step = _length(points) / count
    found, walked = [points[0]], 0.0
    for (a, b), (c, d) in pairwise(points):
        length = hypot(c - a, d - b)
        while len(found) < count and walked + length >= step * len(found):
            share = (step * len(found) - walked) / length
            found.append((a + (c - a) * share, b + (d - b) * share))
        walked += length
    return [*found, points[-1]]


def _spans(edges: Sequence[tuple[Point, Point]], row: float) -> list[tuple[float, float]]:
    """Where a line at height `row` lies inside, by the nonzero rule."""
    crossings = sorted(
        (a + (c - a) * (row - b) / (d - b), 1 if d > b else -1) for (a, b), (c, d) in edges if (b <= row) != (d <= row)
    )
    spans, winding = [], 0
    for (left, turn), (right, _) in pairwise(crossings):
        winding += turn
        if winding:
            spans.append((left, right))
    return spans


def _gap(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _length(points: Sequence[Point]) -> float:
    return sum(_gap(one, other) for one, other in pairwise(points))
