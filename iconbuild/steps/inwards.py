"""Pixels at an edge become the pixels a little inside it, which have the shape's own colour and alpha."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from iconbuild.steps.distance import Mask
from iconbuild.steps.planes import Plane

Indices = NDArray[np.intp]
DEPTH = 1.5
"""Pixels inside the contour from which colour and alpha are those of the shape and not of its edge."""
_SHORT = 0.79
"""Pixels by which one may come out less deep and still be inside: at 1.5 px that leaves half a pixel's diagonal."""


def inner(distance: Plane, at: Indices, depth: float = DEPTH) -> Indices:
    """For each of the flat indices `at`, that of the pixel `depth` px inside the nearest contour.

    `distance` is signed (h x w, negative inside). A line too thin to have such an inside gives its ridge.
    """
    height, width = distance.shape
    flat = distance.reshape(-1)
    row, column = np.divmod(at, width)
    here = flat[at]
    down = _slope(here, flat[at - width * (row > 0)], flat[at + width * (row < height - 1)])
    right = _slope(here, flat[at - (column > 0)], flat[at + (column < width - 1)])
    # A hundredth more, so that what lies halfway between two pixels goes to the inner one on every side of a shape.
    way = np.maximum(here + np.float32(depth + 0.01), 0) / np.maximum(np.hypot(down, right), np.float32(1e-3))
    source: Indices = _whole(row + way * down, height) * width + _whole(column + way * right, width)
    shallow = np.flatnonzero(~is_deep(distance, source, depth))
    if len(shallow):
        source[shallow] = _ridge(distance, at[shallow], depth)
    return source


def is_deep(distance: Plane, at: Indices, depth: float = DEPTH) -> Mask:
    """Which of the flat indices `at` are `depth` px inside, as far as whole pixels can be."""
    deep: Mask = distance.reshape(-1)[at] <= _SHORT - depth
    return deep


def _slope(here: Plane, before: Plane, after: Plane) -> Plane:
    """How much nearer the better neighbour of two is, negative where it is the one before; 0 where both are alike."""
    fall: Plane = np.maximum(here - np.minimum(before, after), 0) * np.sign(before - after)
    return fall


def _whole(place: Plane, size: int) -> Indices:
    whole: Indices = np.clip(np.rint(place), 0, size - 1).astype(np.intp)
    return whole


def _ridge(distance: Plane, at: Indices, depth: float) -> Indices:
    """Where one comes from `at` by going on to the neighbour deepest inside, at most to `depth`."""
    width = distance.shape[1]
    line = width + 2
    flat = np.pad(np.maximum(distance, -depth), 1, constant_values=np.inf).reshape(-1)
    around = np.array([0, -1, 1, -line, line, -line - 1, -line + 1, line - 1, line + 1])
    place, before = at + line + 1 + 2 * (at // width), at
    while (place != before).any():
        near = place[:, None] + around
        place, before = near[np.arange(len(near)), flat[near].argmin(axis=1)], place
    ridge: Indices = (place // line - 1) * width + place % line - 1
    return ridge
