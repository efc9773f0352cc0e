"""An icon's line drawing falls into what it is made of and what is drawn in a second ink."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import NamedTuple

from iconbuild.providers.local.packs.artwork import Artwork, Shape
from iconbuild.providers.local.vectors.geometry import polylines

_SHORT = 0.55  # of the longest stroke: shorter ones are details
_MOST = 0.5  # of all that is drawn: a second ink should not outweigh the first
_EQUAL = 1.04  # times as long: still a pair, such as the two wheels of a cart
_PART, _BEGINS = 0.26, 0.55  # of a single stroke: how much of it is in the second ink, and from where on


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
    lengths = [_length(shape) for shape in artwork.strokes]
    if not lengths:
        return Inked(artwork, Artwork())
    short = _short(lengths, bool(artwork.dots))
    if not short and not artwork.dots:
        whole = lengths[0]
        return Inked(artwork, Artwork(), Cut(_BEGINS * whole, _PART * whole, whole))
    main = tuple(shape for i, shape in enumerate(artwork.strokes) if i not in short)
    detail = tuple(shape for i, shape in enumerate(artwork.strokes) if i in short)
    return Inked(artwork._replace(strokes=main, dots=()), Artwork(strokes=detail, dots=artwork.dots))


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


def _length(shape: Shape) -> float:
    total = 0.0
    for line in polylines(shape):
        points = [*line.points, line.points[0]] if line.closed else line.points
        total += sum(hypot(c - a, d - b) for (a, b), (c, d) in pairwise(points))
    return total
