"""An alpha plane becomes the signed distance of every pixel to the line where alpha is one half."""

from __future__ import annotations

from math import hypot

import numpy as np
from numpy.typing import NDArray

from iconbuild.steps.planes import Plane

Mask = NDArray[np.bool_]
Box = tuple[slice, slice]
"""Rows and columns of a part of a picture."""
_FAR = np.float32(1e12)
_NEAR = np.float32(4)
_LIKE = 0.3
"""Pixels by which the nearest crossing may miss its place on a straight line: round shapes are nearly straight."""
_LONG = 8
"""How far along rows and columns crossings are always looked for: lines of slope 1 : 8 still show both."""


def offset(alpha: Plane, shift: float) -> Plane:
    """Coverage (0..1) of the shape of `alpha` with its contour moved outwards by `shift` pixels."""
    moved = np.zeros_like(alpha)
    box = around(alpha >= 0.5, abs(shift) + 1)
    moved[box] = coverage(signed_distance(alpha[box], abs(shift) + 0.5), shift)
    return moved


def around(mask: Mask, margin: float) -> Box:
    """The box around what is set in `mask` (h x w), wider by at least `margin` pixels, within the picture."""
    found = []
    for axis in (1, 0):
        seen = np.flatnonzero(mask.any(axis=axis))
        first, last = (int(seen[0]), int(seen[-1])) if len(seen) else (0, -1)
        found.append(slice(max(0, first - int(margin) - 1), last + int(margin) + 2))
    return found[0], found[1]


def coverage(distance: Plane, shift: float) -> Plane:
    """Coverage (0..1) of the pixels of a shape grown by `shift`: a ramp of one pixel across its contour."""
    cover: Plane = np.clip(np.float32(0.5 + shift) - distance, 0, 1)
    return cover


def signed_distance(alpha: Plane, reach: float) -> Plane:
    """Pixels to the contour of `alpha` (h x w, 0..1), negative inside.

    What is over `reach` away comes out over `reach`, and no more is said of it. The contour is taken where it crosses
    the lines between pixel centres, to a fraction of a pixel, in both directions. The distance to these points is
    exact (a separable squared-distance transform); up to 3 px that to the line itself is made from it, and further
    out it is longer than that by 0.01 px on average.
    """
    radius = int(hypot(reach, 0.71))  # a straight line has a crossing within half a pixel's diagonal of any point
    span = max(radius, _LONG)
    margin = span + 2
    plane = np.pad(alpha, margin, mode="edge")
    inside = plane >= 0.5
    core, here, beyond = slice(margin, -margin), slice(margin, -margin - 1), slice(margin + 1, -margin)
    across = _along(plane, _changes(inside, (core, here), (core, beyond)), 1, span)
    line = plane.shape[1]
    down = _along(plane, _changes(inside, (here, core), (beyond, core)), line, span)
    # The margin parts the rows, so that flat arrays can be moved against each other in both directions.
    distance = np.minimum(across, down)
    for squared, stride in ((across, line), (down, 1)):
        for step in range(1, radius + 1):
            moved, by = squared + np.float32(step * step), step * stride
            np.minimum(distance[by:], moved[:-by], out=distance[by:])
            np.minimum(distance[:-by], moved[by:], out=distance[:-by])
    near = np.flatnonzero(distance < _NEAR**2)
    np.sqrt(distance, out=distance)
    distance[near] = _to_line(distance[near], _leg(across[near]), _leg(down[near]))
    np.negative(distance, out=distance, where=inside.reshape(-1))
    return distance.reshape(plane.shape)[core, core]


def _changes(inside: Mask, here: Box, beyond: Box) -> NDArray[np.intp]:
    """Flat indices of the pixels of `here` that the contour parts from the next ones, those of `beyond`."""
    change = np.zeros_like(inside)
    np.not_equal(inside[here], inside[beyond], out=change[here])
    return np.flatnonzero(change)


def _along(plane: Plane, at: NDArray[np.intp], stride: int, span: int) -> Plane:
    """Along its row or column, the squared distance of every pixel to the nearest crossing, up to `span` pixels.

    The contour crosses between the flat indices `at` and `at` + `stride`. Returns a flat plane.
    """
    part = _crossing(plane.reshape(-1), at, stride)
    rest = 1 - part
    squared = np.full(plane.size, _FAR, np.float32)
    for step in range(span, -1, -1):
        # From far to near, so that what is nearer has the last word; only the two sides of one step may meet.
        squared[at - step * stride] = (part + np.float32(step)) ** 2
        other = at + (step + 1) * stride
        squared[other] = np.minimum(squared[other], (rest + np.float32(step)) ** 2)
    return squared


def _crossing(flat: Plane, at: NDArray[np.intp], stride: int) -> Plane:
    """Where between the pixels `at` and the next the contour lies, in pixels from the former.

    A straight edge between empty and full is found exactly by its covered area, everything else by interpolation.
    """
    outer, inner = flat[at - stride], flat[at]
    next_inner, next_outer = flat[at + stride], flat[at + 2 * stride]
    between = (np.float32(0.5) - inner) / (next_inner - inner)
    area = outer + inner + next_inner + next_outer
    by_area = np.where(outer > next_outer, area - np.float32(1.5), np.float32(2.5) - area)
    clean = (np.minimum(outer, next_outer) < 0.002) & (np.maximum(outer, next_outer) > 0.998)
    part: Plane = np.clip(np.where(clean, by_area, between), 0, 1)
    return part


def _to_line(distance: Plane, across: Plane, down: Plane) -> Plane:
    """Distances to the nearest crossing made those to the line itself, which runs nearer in between.

    The crossings of a pixel's own row and column give the line's slope, and so where a straight line would cross the
    other rows and columns: how far its nearest crossing lies to the side of the foot of the height, and what that
    adds to the distance. This is taken off again, except where the nearest crossing is not where such a line has it,
    or 4 px away. From 3 px on the one passes into the other.
    """
    side = np.maximum(np.hypot(across, down), np.float32(1e-6))
    height = across * down / side
    aside = np.minimum(_aside(across, down, side), _aside(down, across, side))
    expected = np.hypot(height, aside)
    trust = np.minimum(_NEAR - distance, 1)
    trust[np.abs(distance - expected) > _LIKE] = 0
    line: Plane = distance - trust * (expected - height)
    return line


def _leg(squared: Plane) -> Plane:
    """The distance along a row or column; what was only found because `reach` is long counts as not there."""
    leg: Plane = np.sqrt(np.where(squared < (_LONG + 1) ** 2, squared, _FAR))
    return leg


def _aside(leg: Plane, other: Plane, side: Plane) -> Plane:
    """How far the nearest of a straight line's crossings with all rows (or columns) lies from its point nearest to us.

    `leg` is the distance along our own row (or column) to the line, `other` that along the other, `side` joins both.
    """
    own, spacing = leg * leg / side, side / np.maximum(other, np.float32(1e-6))
    aside: Plane = np.abs(own - np.rint(own / spacing) * spacing)
    return aside
