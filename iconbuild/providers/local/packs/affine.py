"""Shapes and the transforms around them become shapes on the grid: numbers only, no transform left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from math import atan2, cos, degrees, hypot, isfinite, radians, sin, sqrt, tan
from typing import NamedTuple

from iconbuild.pictures.pathdata import segments

_CALL = re.compile(r"\s*(\w+)\s*\(([^()]*)\)\s*,?")
_SEPARATOR = re.compile(r"[\s,]+")
_POINTS = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")

Point = tuple[float, float]

Segment = tuple[str, tuple[float, ...]]
"""A command with absolute numbers, one of M L C Q A Z."""


class Matrix(NamedTuple):
    """(x, y) goes to (a x + c y + e, b x + d y + f), as in SVG."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, inner: Matrix) -> Matrix:
        """The transform that does `inner` first, then this one."""
        (a, b, c, d, e, f), (g, h, i, j, k, m) = self, inner
        return Matrix(a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)

    def point(self, x: float, y: float) -> Point:
        """Where a point goes."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    @property
    def scale(self) -> float:
        """How much longer lines get; the mean where that depends on their direction."""
        return sqrt(abs(self.a * self.d - self.b * self.c))

    @property
    def even(self) -> bool:
        """Whether circles stay circles."""
        size = max(map(abs, self[:4]))
        same = abs(hypot(self.a, self.b) - hypot(self.c, self.d)) <= 1e-6 * size
        return same and abs(self.a * self.c + self.b * self.d) <= 1e-6 * size * size


def transform(text: str) -> Matrix:
    """The matrix of a `transform` attribute; raises ValueError for what is none."""
    matrix, at = Matrix(), 0
    while match := _CALL.match(text, at):
        values = [float(word) for word in _SEPARATOR.split(match[2].strip()) if word]
        matrix, at = matrix.then(_single(match[1], values)), match.end()
    if text[at:].strip() or not all(map(isfinite, matrix)):
        raise ValueError(f"`{text[:40]}` is no transform")
    return matrix


def _single(name: str, values: Sequence[float]) -> Matrix:
    match name, len(values):
        case "matrix", 6:
            return Matrix(*values)
        case "translate", 1 | 2:
            return Matrix(e=values[0], f=values[1] if len(values) > 1 else 0.0)
        case "scale", 1 | 2:
            return Matrix(a=values[0], d=values[-1])
        case "rotate", 1 | 3:
            c, s = cos(radians(values[0])), sin(radians(values[0]))
            x, y = values[1:] or (0.0, 0.0)
            return Matrix(c, s, -s, c, x - c * x + s * y, y - s * x - c * y)
        case "skewX", 1:
            return Matrix(c=tan(radians(values[0])))
        case "skewY", 1:
            return Matrix(b=tan(radians(values[0])))
    raise ValueError(f"`{name}` with {len(values)} numbers is no transform")


def subpaths(tag: str, attributes: Mapping[str, str], matrix: Matrix) -> list[list[Segment]]:
    """The outlines of an element on the grid, each beginning with its move; raises ValueError for damaged geometry."""
    found: list[list[Segment]] = []
    for command, values in _absolute(segments(_data(tag, attributes))):
        if command == "M" or not found:
            found.append([])
        found[-1].append((command, _through(matrix, command, values)))
    return found


def _data(tag: str, attributes: Mapping[str, str]) -> str:
    """Any shape as path data."""

    def number(name: str, default: float = 0.0) -> float:
        return float(attributes.get(name, default))

    match tag:
        case "path":
            return attributes.get("d", "")
        case "line":
            return f"M{number('x1')} {number('y1')}L{number('x2')} {number('y2')}"
        case "polyline" | "polygon":
            words = _POINTS.findall(attributes.get("points", ""))
            pairs = [" ".join(pair) for pair in zip(words[::2], words[1::2], strict=False)]
            return "M" + "L".join(pairs) + ("Z" if tag == "polygon" else "") if pairs else ""
        case "circle" | "ellipse":
            rx = number("r") if tag == "circle" else number("rx")
            ry = rx if tag == "circle" else number("ry")
            cx, cy = number("cx"), number("cy")
            half = f"A{rx} {ry} 0 1 1 "
            return f"M{cx - rx} {cy}{half}{cx + rx} {cy}{half}{cx - rx} {cy}Z"
    x, y, width, height = number("x"), number("y"), number("width"), number("height")
    rx = min(number("rx", number("ry")), width / 2)
    ry = min(number("ry", number("rx")), height / 2)
    corner = f"A{rx} {ry} 0 0 1 "
    if not rx or not ry:
        return f"M{x} {y}H{x + width}V{y + height}H{x}Z"
    return (
        f"M{x + rx} {y}H{x + width - rx}{corner}{x + width} {y + ry}V{y + height - ry}{corner}{x + width - rx} "
        f"{y + height}H{x + rx}{corner}{x} {y + height - ry}V{y + ry}{corner}{x + rx} {y}Z"
    )


def _absolute(items: Iterator[tuple[str, list[float]]]) -> Iterator[Segment]:
    """Relative, level, upright and smooth segments written out."""
    x = y = start_x = start_y = 0.0
    control: Point | None = None
    previous = ""
    for command, numbers in items:
        kind, values = command.upper(), list(numbers)
        if kind == "Z":
            x, y, previous = start_x, start_y, kind
            yield kind, ()
            continue
        base_x, base_y = (x, y) if command.islower() else (0.0, 0.0)
        if kind in "HV":
            values = [base_x + values[0], y] if kind == "H" else [x, base_y + values[0]]
        elif kind == "A":
            values[5:] = [values[5] + base_x, values[6] + base_y]
        else:
            values = [value + (base_y if index % 2 else base_x) for index, value in enumerate(values)]
        if kind in "ST":
            follows = control is not None and previous in {"S": "SC", "T": "TQ"}[kind]
            values[:0] = (2 * x - control[0], 2 * y - control[1]) if follows and control else (x, y)
        if kind in "SCTQ":
            control = (values[-4], values[-3])
        x, y, previous = values[-2], values[-1], kind
        if kind == "M":
            start_x, start_y = x, y
        yield {"H": "L", "V": "L", "S": "C", "T": "Q"}.get(kind, kind), tuple(values)


def _through(matrix: Matrix, command: str, values: Sequence[float]) -> tuple[float, ...]:
    if command == "A":
        rx, ry, turn = _ellipse(matrix, *values[:3])
        mirrored = matrix.a * matrix.d < matrix.b * matrix.c
        sweep = 1 - values[4] if mirrored else values[4]
        return (rx, ry, turn, values[3], sweep, *matrix.point(values[5], values[6]))
    return tuple(value for x, y in zip(values[::2], values[1::2], strict=True) for value in matrix.point(x, y))


def _ellipse(matrix: Matrix, rx: float, ry: float, turn: float) -> tuple[float, float, float]:
    """Radii and turn (degrees) of a transformed ellipse: the singular values of the map from the unit circle."""
    c, s = cos(radians(turn)), sin(radians(turn))
    m00, m10 = (matrix.a * c + matrix.c * s) * rx, (matrix.b * c + matrix.d * s) * rx
    m01, m11 = (matrix.c * c - matrix.a * s) * ry, (matrix.d * c - matrix.b * s) * ry
    even, odd = hypot(m00 + m11, m10 - m01) / 2, hypot(m00 - m11, m10 + m01) / 2
    tilt = (atan2(m10 - m01, m00 + m11) + atan2(m10 + m01, m00 - m11)) / 2
    return even + odd, abs(even - odd), degrees(tilt)


def path_data(outlines: Sequence[Sequence[Segment]]) -> str:
    """Outlines as the text of a path, to a hundredth of a unit; raises ValueError where a number is beyond reason."""
    words = []
    for command, values in (segment for outline in outlines for segment in outline):
        if not all(abs(value) < 1e6 for value in values):
            raise ValueError("a coordinate is beyond reason")
        words.append(command + " ".join(_short(value) for value in values))
    return "".join(words)


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
