"""Small circles of a line drawing become dots that look as large as its strokes."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.packs.affine import Segment
from iconbuild.providers.local.packs.artwork import Shape

_PEN = 16.0  # the stroke that looks draw with by default
_BLOB = 1.0  # units by which the hole in a small ring may be wider than half its stroke to be closed
_LEAST_DOT = 10.0  # a dot is a little wider than the strokes beside it, or it looks smaller


def disc(x: float, y: float, radius: float, width: float) -> Shape:
    """A dot that belongs to strokes of `width`, as large as it is beside the usual ones."""
    usual = max(_LEAST_DOT, radius * _PEN / width)
    numbers = zip(("cx", "cy", "r"), (x, y, usual), strict=True)
    return Shape("circle", tuple((name, f"{value:.2f}".rstrip("0").rstrip(".")) for name, value in numbers))


def dot_like(outline: Sequence[Segment], width: float) -> tuple[float, float, float] | None:
    """Middle and radius of a stroked outline that looks like a dot: of no length, or a ring without a hole."""
    ends = [values[-2:] for _, values in outline if values]
    xs, ys = [x for x, _ in ends], [y for _, y in ends]
    across, down = max(xs) - min(xs), max(ys) - min(ys)
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    if max(across, down) < 1.0:
        return (*middle, width / 2) if len(outline) <= 3 else None
    arcs = [values for command, values in outline if command == "A"]
    if not arcs or len(arcs) < len(outline) - 2 or (outline[-1][0] != "Z" and ends[0] != ends[-1]):
        return None
    radius = arcs[0][0]
    if radius > width / 2 + _BLOB or any(abs(arc[0] - arc[1]) > 0.01 or arc[0] != radius for arc in arcs):
        return None
    return (*middle, radius + width / 2)
