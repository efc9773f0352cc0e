"""One drawing of a plain icon becomes the layers it does not come with: solid variant, tint, or contour.

Each is composed as a small raster, which knows what strokes enclose between them, and traced back to outlines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import dist

import numpy as np
from numpy.typing import NDArray

from iconbuild.pictures.pathdata import number
from iconbuild.pictures.svg import rasterize
from iconbuild.providers.local.packs.artwork import GRID, Shape
from iconbuild.providers.local.packs.trace import Plane, Point, area, traced

SIDE = 256
"""Pixels of the raster, one a unit of the grid: outlines are found to a tenth of one."""

_INSETS = (8.0, 6.0, 4.5, 3.0, 2.0, 1.0)  # units; half the stroke that looks draw with by default, and thinner ones
_KEPT = 0.95  # of a shape's area its contour has to give back when it is drawn
_RIM = 1.1  # strokes wide: where the rim turns inwards, strokes come out from under one that is just as wide
_HANDLE = 0.67  # of the largest closed outline's area; an area that several strokes enclose is filled from there on
_SPECK = 128.0  # square pixels; smaller holes and islands are not worth their outline
_SLIT = 2.0  # pixels; half the width of a gap between two lines that run side by side, which is closed
_OVERLAP = 1.5  # units by which a tint stays away from the outer edge of half a stroke, so that stubs leave no slivers


def solid_and_tint(
    body: Sequence[str], closed: Sequence[Shape], width: float
) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """From a line drawing in blue strokes of `width`: the solid variant, and the area up to the middle of its strokes.

    The solid variant is everything that the strokes enclose; strokes inside are cut out of it, and a rim as wide as a
    stroke keeps it whole. A drawing that encloses nothing is its own solid variant, and has no tint. `closed` are the
    outlines that are closed by themselves: what others enclose beside a large one is a handle, and stays hollow.
    """
    red = "#f00"  # where a closed outline lies under strokes nobody asks for it
    _, lines, inside = _layers([f'<g fill="{red}">', *_painted(closed), "</g>", *body])
    filled = _filled(lines, inside)
    if filled is None:
        return _shapes(lines), ()
    contour = _shapes(filled)
    rim, half, _ = _layers(
        [*_stroked(contour, 2 * _RIM * width, red), *_stroked(contour, width + 2 * _OVERLAP, "#00f")]
    )
    return _shapes(filled * (1 - lines * (1 - rim))), _shapes(filled * (1 - half))


def solid_and_contour(body: Sequence[str]) -> tuple[tuple[Shape, ...], tuple[Shape, ...]]:
    """From any drawing in one ink: its outlines, and the line that a pen runs along inside of them.

    Stroked with the usual pen the line covers the edge of the shape and ends where the shape ends; where a shape is
    thinner than the pen, it runs through its middle.
    """
    cover = _drawn(body)
    outlines = _shapes(cover)
    return outlines, _contour(cover, _INSETS) or outlines


def _contour(cover: Plane, insets: Sequence[float]) -> tuple[Shape, ...]:
    """The line as far inside as it can be without losing much; what it loses as a whole gets a line of its own."""
    outlines, whole = _shapes(cover), float(cover.sum())
    inner: tuple[Shape, ...] = ()
    core = again = cover * 0
    for index, inset in enumerate(insets):
        core = cover * (1 - _drawn(_stroked(outlines, 2 * inset)))
        inner = _shapes(core)
        again = _drawn(_stroked(inner, 2 * inset))
        if float(np.maximum(again * cover, core).sum()) >= _KEPT * whole:
            insets = insets[index + 1 :]
            break
    specks = [loop for loop in traced(core * (1 - again)) if abs(area(loop)) < max(_SPECK, _SLIT * _length(loop))]
    found = (*inner, *_outlined(specks))
    lost = cover * ~_reached(cover >= 0.5, core >= 0.5)
    if not inner or not insets or float((lost >= 0.5).sum()) < _SPECK:
        return found
    return (*found, *_contour(lost, insets))


def _drawn(body: Sequence[str]) -> Plane:
    """The coverage of a drawing on the grid, whatever its colours."""
    return _layers(body)[0]


def _layers(body: Sequence[str]) -> tuple[Plane, Plane, Plane]:
    """The coverage of a drawing on the grid: of all of it, of what is blue in it, and of what is red."""
    side = f"{GRID:g}"
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">{"".join(body)}</svg>'
    channels = np.asarray(rasterize(text.encode(), SIDE), np.float32) / np.float32(255)
    alpha = channels[:, :, 3]
    return alpha, channels[:, :, 2] * alpha, channels[:, :, 0] * alpha


def _painted(shapes: Sequence[Shape]) -> list[str]:
    return [shape.markup() for shape in shapes]


def _stroked(shapes: Sequence[Shape], width: float, color: str = "#00f") -> list[str]:
    paint = f'<g fill="none" stroke="{color}" stroke-width="{width:g}" stroke-linejoin="round">'
    return [paint, *_painted(shapes), "</g>"]


def _filled(lines: Plane, closed: Plane) -> Plane | None:
    """The drawing with all that it encloses, except for handles; None where it encloses nothing."""
    lines, closed = np.pad(lines, 1), np.pad(closed, 1)
    free = lines < 0.5
    outside = _reached(free, (0, 0))
    largest = max((abs(area(loop)) for loop in traced(closed)), default=0.0)
    left = free & ~outside & (closed < 0.5)
    while left.any():
        region = _reached(free, np.unravel_index(int(left.argmax()), left.shape))
        left &= ~region
        if float(region.sum()) < _HANDLE * largest:
            outside |= region
    if bool((outside == free).all()):
        return None
    near = outside.copy()
    for _ in range(2):
        near[1:] |= near[:-1]
        near[:-1] |= near[1:]
        near[:, 1:] |= near[:, :-1]
        near[:, :-1] |= near[:, 1:]
    return np.where(near, lines, np.float32(1))[1:-1, 1:-1]


def _reached(free: NDArray[np.bool_], start: tuple[np.intp | int, ...] | NDArray[np.bool_]) -> NDArray[np.bool_]:
    """What of `free` is connected to one of its pixels, or to some: whole runs at a time, rows and columns in turn."""
    reached = np.zeros_like(free)
    reached[start] = True
    while True:
        spread = _along_rows(free.T, _along_rows(free, reached).T).T
        if bool((spread == reached).all()):
            return reached
        reached = spread


def _along_rows(free: NDArray[np.bool_], reached: NDArray[np.bool_]) -> NDArray[np.bool_]:
    # A row's first pixel begins a new run, so that none goes on in the next row.
    begins = ~free
    begins[:, 0] = True
    run = np.cumsum(begins.ravel())
    hit = np.zeros(int(run[-1]) + 1, np.bool_)
    hit[run[reached.ravel()]] = True
    return np.asarray(hit[run].reshape(free.shape) & free)


def _shapes(cover: Plane) -> tuple[Shape, ...]:
    """All outlines of a raster but its specks, as one path, so that holes stay holes."""
    return _outlined([loop for loop in traced(cover) if abs(area(loop)) >= _SPECK])


def _length(loop: Sequence[Point]) -> float:
    return sum(dist(one, other) for one, other in pairwise([*loop, loop[0]]))


def _outlined(loops: Sequence[Sequence[Point]]) -> tuple[Shape, ...]:
    data = "".join(_path(loop) for loop in loops)
    return (Shape("path", (("d", data),)),) if data else ()


def _path(loop: Sequence[Point]) -> str:
    """A loop in tenths of a unit, each point said by its distance from the last one."""
    tenths = [(round(x * 10 * GRID / SIDE), round(y * 10 * GRID / SIDE)) for x, y in loop]
    x, y = tenths[0]
    steps = [(c - a, d - b) for (a, b), (c, d) in pairwise(tenths) if (a, b) != (c, d)]
    words = [number(value / 10, 1) for step in steps for value in step]
    return f"M{number(x / 10, 1)} {number(y / 10, 1)}l{' '.join(words)}z"
