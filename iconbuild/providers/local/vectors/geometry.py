"""Shapes become the box their centre lines fill: a small SVG path reader that samples curves and arcs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import acos, ceil, cos, hypot, pi, radians, sin, sqrt
from typing import NamedTuple

from iconbuild.providers.local.packs.artwork import Shape

Point = tuple[float, float]

_TOKEN = re.compile(r"([a-zA-Z])|(-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?)")
_FLAGGED = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_CALL = re.compile(r"(\w+)\(([^)]*)\)")
_ARGUMENTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_SAG = 0.15  # units by which a chord may leave its arc: under a third of a pixel at 512 px


class Box(NamedTuple):
    """A rectangle in the units of its shapes."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def grown(self, margin: float) -> Box:
        """The box with `margin` more on every side."""
        return Box(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)


class Line(NamedTuple):
    """A polyline; a closed one does not repeat its first point on purpose, though its path may have done so."""

    points: list[Point]
    closed: bool


def box_of(points: Sequence[Point]) -> Box:
    """The box around some points, of which there must be one."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def outline_points(shape: Shape) -> list[Point]:
    """Points on the outline of a shape, close enough together that their box is right within a unit."""
    return [point for line in polylines(shape) for point in line.points]


def polylines(shape: Shape) -> list[Line]:
    """A shape's outline as straight pieces, one polyline for each of its subpaths."""
    found = list(_plain(shape))
    transform = dict(shape.attributes).get("transform")
    return [Line(_transformed(line.points, transform), line.closed) for line in found] if transform else found


def _plain(shape: Shape) -> Iterator[Line]:
    number = shape.number
    match shape.tag:
        case "line":
            yield Line([(number("x1"), number("y1")), (number("x2"), number("y2"))], closed=False)
        case "rect":
            yield _rounded(number("x"), number("y"), number("width"), number("height"), _radii(shape))
        case "circle" | "ellipse":
            cx, cy = number("cx"), number("cy")
            rx, ry = (number("r"), number("r")) if shape.tag == "circle" else (number("rx"), number("ry"))
            count = 4 * _arc_steps(max(rx, ry), pi / 2)
            turns = [2 * pi * step / count for step in range(count)]
            yield Line([(cx + rx * cos(turn), cy + ry * sin(turn)) for turn in turns], closed=True)
        case "polyline" | "polygon":
            values = [float(value) for value in _FLAGGED.findall(dict(shape.attributes)["points"])]
            yield Line(list(zip(values[::2], values[1::2], strict=True)), shape.tag == "polygon")
        case _:
            yield from path_lines(dict(shape.attributes)["d"])


def _radii(shape: Shape) -> tuple[float, float]:
    """Corner radii of a rect: one stands for both, and none is more than half the side."""
    rx, ry = shape.number("rx"), shape.number("ry")
    return min(rx or ry, shape.number("width") / 2), min(ry or rx, shape.number("height") / 2)


def _rounded(x: float, y: float, width: float, height: float, radii: tuple[float, float]) -> Line:
    rx, ry = radii
    if not rx:
        return Line([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], closed=True)
    points: list[Point] = []
    count = _arc_steps(max(radii), pi / 2)
    corners = ((width - rx, ry, -pi / 2), (width - rx, height - ry, 0.0), (rx, height - ry, pi / 2), (rx, ry, pi))
    for cx, cy, first in corners:
        turns = [first + pi / 2 * step / count for step in range(count + 1)]
        points += [(x + cx + rx * cos(turn), y + cy + ry * sin(turn)) for turn in turns]
    return Line(points, closed=True)


def _transformed(points: list[Point], transform: str) -> list[Point]:
    """SVG applies the rightmost function first. Only translate and rotate occur in pack artwork."""
    for name, text in reversed(_CALL.findall(transform)):
        values = [float(value) for value in text.replace(",", " ").split()]
        if name == "translate":
            dx, dy = values[0], values[1] if len(values) > 1 else 0.0
            points = [(x + dx, y + dy) for x, y in points]
        elif name == "rotate":
            c, s = cos(radians(values[0])), sin(radians(values[0]))
            points = [(x * c - y * s, x * s + y * c) for x, y in points]
    return points


def path_lines(data: str) -> Iterator[Line]:
    """A path's subpaths as straight pieces."""
    points: list[Point] = []
    for command, found in _traced(data):
        if command == "m" and points:
            yield Line(points, closed=False)
        if command == "m":
            points = []
        points += found
        if command == "z" and points:
            yield Line(points, closed=True)
            points = []
    if len(points) > 1:
        yield Line(points, closed=False)


def _traced(data: str) -> Iterator[tuple[str, list[Point]]]:
    """Every command of a path in lower case, with the points it adds."""
    x = y = start_x = start_y = 0.0
    control: Point | None = None
    previous = ""
    for command, values in _segments(data):
        kind = command.lower()
        base_x, base_y = (x, y) if command.islower() else (0.0, 0.0)
        found: list[Point] = [(x, y)] if previous == "z" and kind not in "mz" else []
        if kind == "z":
            yield kind, []
            x, y, previous = start_x, start_y, kind
            continue
        if kind == "h":
            target = (base_x + values[0], y)
        elif kind == "v":
            target = (x, base_y + values[0])
        else:
            target = (base_x + values[-2], base_y + values[-1])
        if kind == "a":
            found += _arc((x, y), values, target)
        elif kind in "csqt":
            pairs = [(base_x + values[i], base_y + values[i + 1]) for i in range(0, len(values), 2)]
            if kind in "st":
                pairs.insert(0, _mirrored(control if previous in ("cs" if kind == "s" else "qt") else None, x, y))
            found += _bezier([(x, y), *pairs])
            control = pairs[-2]
        x, y = target
        if kind == "m":
            start_x, start_y = x, y
        previous = kind
        yield kind, [*found, (x, y)]


def _mirrored(control: Point | None, x: float, y: float) -> Point:
    return (x, y) if control is None else (2 * x - control[0], 2 * y - control[1])


def _segments(data: str) -> Iterator[tuple[str, list[float]]]:
    """Commands with exactly their arguments; repeated arguments repeat the command, after `m` as `l`."""
    command, values, position = "", list[float](), 0
    while found := _TOKEN.search(data, position):
        position = found.end()
        if found[1]:
            command = found[1]
            if command in "zZ":
                yield command, []
            continue
        text = found[2]
        if command in "aA" and len(values) in (3, 4):  # flags may be written without a space after them
            position = found.start() + 1
            text = text[0]
        values.append(float(text))
        if len(values) == _ARGUMENTS[command.lower()]:
            yield command, values
            values = []
            command = {"m": "l", "M": "L"}.get(command, command)


def _bezier(points: list[Point]) -> Iterator[Point]:
    reach = sum(hypot(c - a, d - b) for (a, b), (c, d) in pairwise(points))
    steps = max(2, min(12, round(sqrt(reach))))
    for step in range(1, steps):
        t, level = step / steps, points
        while len(level) > 1:
            level = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(level)]
        yield level[0]


def _arc(start: Point, values: list[float], end: Point) -> Iterator[Point]:
    """The arc's points by the endpoint-to-centre conversion of the SVG specification, appendix B.2.4."""
    rx, ry, turn, large, sweep = abs(values[0]), abs(values[1]), radians(values[2]), values[3], values[4]
    if not rx or not ry or start == end:
        return
    c, s = cos(turn), sin(turn)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    u, v = c * half_x + s * half_y, c * half_y - s * half_x
    grow = sqrt(max(1.0, (u / rx) ** 2 + (v / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    below = (rx * v) ** 2 + (ry * u) ** 2
    factor = sqrt(max(0.0, (rx * ry) ** 2 / below - 1)) * (-1 if large == sweep else 1)
    cu, cv = factor * rx * v / ry, -factor * ry * u / rx
    centre_x, centre_y = c * cu - s * cv + (start[0] + end[0]) / 2, s * cu + c * cv + (start[1] + end[1]) / 2
    first = _angle((u - cu) / rx, (v - cv) / ry)
    span = (_angle((-u - cu) / rx, (-v - cv) / ry) - first) % (2 * pi)
    if not sweep:
        span -= 2 * pi
    steps = max(2, _arc_steps(max(rx, ry), span))
    for step in range(1, steps):
        angle = first + span * step / steps
        a, b = rx * cos(angle), ry * sin(angle)
        yield centre_x + c * a - s * b, centre_y + s * a + c * b


def _arc_steps(radius: float, span: float) -> int:
    """Into how many chords an arc falls that leave it by less than `_SAG`."""
    return max(1, ceil(abs(span) / (2 * acos(max(0.5, 1 - _SAG / max(radius, _SAG))))))


def _angle(x: float, y: float) -> float:
    angle = acos(max(-1.0, min(1.0, x / (hypot(x, y) or 1.0))))
    return -angle if y < 0 else angle
