"""Straight edges become a small shift and a small change of size that let them fall between pixels, not across them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from iconbuild.providers.local.packs.artwork import GRID
from iconbuild.providers.local.vectors.geometry import Line, box_of

Level = tuple[float, float]
"""Where an upright edge is on the x axis (or a level one on the y axis), and how long it is."""

_SIZES = (16, 20, 24, 32)  # px: larger drawings are crisp wherever their edges fall
_STRAIGHT, _SHORTEST = 0.5, 12.0  # units that an edge may lean, and from which length on it counts
_EXTREME = 24.0  # units of straight edge that the extreme point of a curve is worth
_DRIFT = 0.006  # cost of a unit, squared, off the optical middle


def levels(lines: Iterable[Line]) -> tuple[list[Level], list[Level]]:
    """The upright edges and the level edges of an outline; the sides of its box count as short ones."""
    columns: list[Level] = []
    rows: list[Level] = []
    points = []
    for line in lines:
        points += line.points
        for (a, b), (c, d) in pairwise([*line.points, line.points[0]] if line.closed else line.points):
            if abs(a - c) < _STRAIGHT and abs(b - d) > _SHORTEST:
                columns.append((a, abs(b - d)))
            elif abs(b - d) < _STRAIGHT and abs(a - c) > _SHORTEST:
                rows.append((b, abs(a - c)))
    if points:
        box = box_of(points)
        columns += [(box.left, _EXTREME), (box.right, _EXTREME)]
        rows += [(box.top, _EXTREME), (box.bottom, _EXTREME)]
    return columns, rows


def sharpest(edges: Sequence[Level], scale: float, wanted: float, choices: Iterable[float], half: float) -> Level:
    """The best of some shifts, and its cost: blur, 0..1, with a price on every unit off the `wanted` one.

    An edge at p is drawn at p * scale + shift; paint ends `half` units to both sides of it.
    """
    whole = sum(length for _, length in edges) or 1.0
    priced = [
        (
            sum(length * _blur(round(2 * (place * scale + shift)), half) for place, length in edges) / whole
            + _DRIFT * (shift - wanted) ** 2,
            abs(shift - wanted),
            shift,
        )
        for shift in choices
    ]
    cost, _, shift = min(priced)
    return shift, cost


@lru_cache(maxsize=2048)
def _blur(doubled: int, half: float) -> float:
    """How grey the edges of a line in the middle of `doubled` half units are, on average over the sizes."""
    ends = (doubled / 2 - half, doubled / 2 + half) if half else (doubled / 2,)
    shares = [end * size / GRID % 1 for size in _SIZES for end in ends]
    return sum(4 * share * (1 - share) for share in shares) / len(shares)
