"""One or two icons get their places on the canvas: centred, side by side, or one as the other's badge."""

from __future__ import annotations

from collections.abc import Sequence
from math import copysign
from typing import NamedTuple

from iconbuild.providers.local.looks.registry import LookSpec
from iconbuild.providers.local.packs.artwork import GRID, Artwork
from iconbuild.providers.local.vectors.extent import STROKE, Extent, extent
from iconbuild.providers.local.vectors.geometry import Box, box_of
from iconbuild.providers.local.vectors.keyline import LEAST, Fit, fit

_DAMPING, _SMALLEST = 0.25, 0.62  # an airplane is a thousand suitcases; beside it a suitcase is drawn at this size
_OVERLAP = 0.34  # of the narrower one's width: enough to belong together and be large, little enough to see both
_NEARER = 0.16  # of the lower one's height: what stands in front stands lower in the picture
_PAIR = Box(13, 22, 243, 226)  # a pair is wide, and looks larger than one object in the same frame
_BADGE = 0.5
_CORNER = 0.9  # where on the first one's diagonal the middle of its badge lies
_BADGED = 231.0  # longest side of both: 21.7 of 24
_LATTICE = 8.0


class Item(NamedTuple):
    """An icon that is to be drawn: its name in its pack, its layers, and its natural size in metres."""

    name: str
    artwork: Artwork
    size: float = 1.0


class Thing(NamedTuple):
    """An icon in its place: a point p of its artwork is drawn at p * scale + (dx, dy) of the 256 canvas."""

    name: str
    artwork: Artwork
    fit: Fit


def arranged(items: Sequence[Item], look: LookSpec) -> list[Thing]:
    """The one or two items in the order they were said, each in its place."""
    shown = [extent(item.artwork, look.layer) for item in items[:2]]
    if len(shown) == 1 or not all(one.points for one in shown):
        fits = [fit(one) for one in shown[:1]]
    elif look.colored:
        fits = _pair(shown, _natural(items[0].size, items[1].size))
    else:
        fits = _with_badge(shown[0], shown[1])
    return [Thing(item.name, item.artwork, place) for item, place in zip(items, fits, strict=False)]


def _natural(first: float, second: float) -> tuple[float, float]:
    """Sizes beside each other, the larger one's 1."""
    largest = max(first, second)
    first, second = (max(_SMALLEST, (size / largest) ** _DAMPING) for size in (first, second))
    return first, second


def _pair(shown: Sequence[Extent], sizes: tuple[float, float]) -> list[Fit]:
    """The second to the right, a little lower and over the first."""
    scales = [fit(one).scale * size for one, size in zip(shown, sizes, strict=True)]
    boxes = [_painted(one, scale) for one, scale in zip(shown, scales, strict=True)]
    overlap = _OVERLAP * min(box.width for box in boxes)
    nearer = _NEARER * min(box.height for box in boxes)
    width = boxes[0].width + boxes[1].width - overlap
    height = max(boxes[0].height + nearer, boxes[1].height)
    shrunk = min(_PAIR.width / width, _PAIR.height / height)
    left = (GRID - width * shrunk) / 2
    base = (GRID + height * shrunk) / 2
    places = []
    for box, scale, lift in zip(boxes, scales, (nearer, 0.0), strict=True):
        places.append(_rounded(scale * shrunk, left - box.left * shrunk, base - (box.bottom + lift) * shrunk))
        left += (box.width - overlap) * shrunk
    return places


def _with_badge(first: Extent, second: Extent) -> list[Fit]:
    """The first as large as it is alone, if there is room; the second half as large at its lower right corner."""
    scale = fit(first).scale
    for _ in range(2):  # the strokes' own width does not shrink, so that one step comes near and the next is right
        large, small = _painted(first, scale), _painted(second, fit(second).scale * _BADGE)
        right = max(large.width, _CORNER * large.width + small.width / 2)
        bottom = max(large.height, _CORNER * large.height + small.height / 2)
        scale *= min(1.0, _BADGED / max(right, bottom))
    left, top = (GRID - right) / 2, (GRID - bottom) / 2
    dx, dy = left - large.left, top - large.top
    if scale == 1:
        dx, dy = _on_lattice(dx), _on_lattice(dy)
    x = dx + large.left + right - small.right
    y = dy + large.top + bottom - small.bottom
    return [_rounded(scale, dx, dy), _rounded(fit(second).scale * _BADGE, x, y)]


def _painted(shown: Extent, scale: float) -> Box:
    """The box of an icon's paint after scaling about the origin."""
    box = box_of(shown.points)
    margin = STROKE / 2 if shown.live else shown.margin * scale
    return Box(box.left * scale, box.top * scale, box.right * scale, box.bottom * scale).grown(margin)


def _on_lattice(shift: float) -> float:
    return copysign(int(abs(shift) / _LATTICE + 0.5) * _LATTICE, shift)


def _rounded(scale: float, dx: float, dy: float) -> Fit:
    return Fit(max(LEAST, round(scale, 3)), round(dx, 2), round(dy, 2))
