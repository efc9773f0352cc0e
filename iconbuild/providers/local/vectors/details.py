"""An icon's line drawing falls into what it is made of and what is drawn in a second ink."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise, permutations
from math import atan2, hypot, pi
from typing import NamedTuple

from iconbuild.providers.local.packs.artwork import Artwork, Shape
from iconbuild.providers.local.vectors.geometry import Point, polylines
from iconbuild.providers.local.vectors.slits import dense

_SHORT = 0.55  # of the longest stroke: shorter ones are details
_MOST = 0.5  # of all that is drawn: a second ink should not outweigh the first
_EQUAL = 1.04  # times as long: still a pair, such as the two wheels of a cart
_PART, _BEGINS = 0.35, 0.55  # of a single stroke: how much of it is in the second ink, and from where on
_FEW = 48  # corners: of more no stretch stands out
_OFF = 0.2  # by how much more or less of it there may be, if that part lies between corners
_SHARP, _NEAR = 0.8, 4  # radians by which a line turns at a corner, and how many points to either side that takes


class Inked(NamedTuple):
    """Artwork for the first ink and for the second; or, for a lone stroke, where on its length the second begins."""

    main: Artwork
    detail: Artwork
    cut: Cut | None = None


class Cut(NamedTuple):
    """A stretch of a stroke, and the length of all of it, in units of the 256 grid."""

    start: float
    length: float
    whole: float


def inked(artwork: Artwork) -> Inked:
    """The dots and the short strokes for the second ink; a part of it where there is but one stroke."""
    lengths = [length(shape) for shape in artwork.strokes]
    if not lengths:
        return Inked(artwork, Artwork())
    short = _short(lengths, bool(artwork.dots))
    if not short and not artwork.dots:
        return Inked(artwork, Artwork(), _cut(artwork.strokes[0]))
    main = tuple(shape for i, shape in enumerate(artwork.strokes) if i not in short)
    detail = tuple(shape for i, shape in enumerate(artwork.strokes) if i in short)
    return Inked(artwork._replace(strokes=main, dots=()), Artwork(strokes=detail, dots=artwork.dots))


def _cut(shape: Shape) -> Cut:
    """The stretch between two corners or ends that is nearest to the wanted part of a stroke; rather low and right."""
    lines = polylines(shape)
    whole = length(shape)
    points = dense(lines[0]) if len(lines) == 1 and whole else []
    nodes = _corners(points, closed=lines[0].closed)[:_FEW]
    found = []
    for start, end in permutations(nodes, 2):
        long = (end - start) % whole or whole
        x, y = points[int((start + long / 2) % whole / whole * (len(points) - 1))]
        found.append((round(abs(long / whole - _PART), 1), -x - y, start, long))
    best = min(found, default=(1.0, 0.0, 0.0, 0.0))
    return Cut(best[2], best[3], whole) if best[0] <= _OFF else Cut(_BEGINS * whole, _PART * whole, whole)


def _corners(points: Sequence[Point], *, closed: bool) -> list[float]:
    """How far along a line it turns sharply; the ends of an open one too."""
    if len(points) <= 2 * _NEAR:
        return []
    places = [0.0, *accumulate(hypot(c - a, d - b) for (a, b), (c, d) in pairwise(points))]
    found = [] if closed else [0.0, places[-1]]
    turns = [_turn(points, at, closed=closed) for at in range(len(points))]
    for at, turn in enumerate(turns):
        if turn > _SHARP and turn == max(turns[max(0, at - _NEAR) : at + _NEAR + 1]):
            found.append(places[at])
    return found


def _turn(points: Sequence[Point], at: int, *, closed: bool) -> float:
    """By how many radians a line turns from a little before a point to a little after it."""
    before, after = at - _NEAR, at + _NEAR
    if not closed and (before < 0 or after >= len(points)):
        return 0.0
    (a, b), (x, y), (c, d) = points[before], points[at], points[after % len(points)]
    turn = atan2(d - y, c - x) - atan2(y - b, x - a)
    return abs((turn + pi) % (2 * pi) - pi)


def _short(lengths: list[float], has_dots: bool) -> set[int]:
    """Which strokes are details: the short ones, as long as they are not too much together; equals go together."""
    found: list[int] = []
    order = sorted(range(len(lengths)), key=lambda index: lengths[index])
    while len(found) < len(order):
        shortest = lengths[order[len(found)]]
        equals = [index for index in order[len(found) :] if lengths[index] <= _EQUAL * shortest]
        drawn = sum(lengths[index] for index in [*found, *equals])
        if shortest > _SHORT * max(lengths) or drawn > _MOST * sum(lengths):
            break
        found += equals
    if not found and not has_dots and len(order) > 1:  # something has to be in the second ink
        found = order[-1:] if lengths[order[-1]] <= _MOST * sum(lengths) else order[:1]
    return set(found)


def length(shape: Shape) -> float:
    """How far a pen travels along all lines of a shape, in units of the 256 grid."""
    total = 0.0
    for line in polylines(shape):
        points = [*line.points, line.points[0]] if line.closed else line.points
        total += sum(hypot(c - a, d - b) for (a, b), (c, d) in pairwise(points))
    return total
