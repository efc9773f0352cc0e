"""An alpha plane becomes the signed distance of every pixel to the line where alpha is one half."""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from iconbuild.steps.planes import Plane

_FAR = np.float32(1e4)
_NEAR = np.float32(2)


def signed_distance(alpha: Plane, reach: float) -> Plane:
    """Pixels to the contour of `alpha` (h x w, 0..1), negative inside; beyond `reach` only the sign means something.

    The contour is taken where it crosses the lines between pixel centres, to a fraction of a pixel, in both
    directions. The distance to these points is exact (a separable squared-distance transform cut off at `reach`); it
    is longer than that to the line between them by at most 0.03 px on average from 2 px on, and nearer than that the
    line itself is used.
    """
    radius = ceil(reach) + 1
    across = _crossing_distance(alpha)
    down = np.ascontiguousarray(_crossing_distance(np.ascontiguousarray(alpha.T)).T)
    by_rows = _nearest(across, radius)
    by_columns = _nearest(np.ascontiguousarray(down.T), radius).T
    distance = np.sqrt(np.minimum(by_rows, by_columns))
    near = np.nonzero(distance < _NEAR)
    distance[near] = _to_line(distance[near], across[near], down[near])
    signed: Plane = np.where(alpha >= 0.5, -distance, distance)
    return signed


def _to_line(distance: Plane, across: Plane, down: Plane) -> Plane:
    """Distances under 2 px made those to the line itself: the height over the crossings of a pixel's row and column.

    Where the two do not belong to one straight line, the nearest crossing would lie over half a pixel to the side of
    the height's foot, or nearer than the height: the distance to the points stays. Between 1.25 and 2 px the one
    passes into the other.
    """
    height = across * down / np.maximum(np.hypot(across, down), np.float32(1e-6))
    trust = np.clip((_NEAR - distance) / np.float32(0.75), 0, 1)
    trust[(distance**2 - height**2 > 0.3) | (height > distance + 0.01)] = 0
    line: Plane = distance + trust * (height - distance)
    return line


def offset(alpha: Plane, shift: float) -> Plane:
    """Coverage (0..1) of the shape of `alpha` with its contour moved outwards by `shift` pixels."""
    return coverage(signed_distance(alpha, abs(shift) + 1.5), shift)


def coverage(distance: Plane, shift: float) -> Plane:
    """Coverage (0..1) of the pixels of a shape grown by `shift`: a ramp of one pixel across its contour."""
    cover: Plane = np.clip(np.float32(0.5 + shift) - distance, 0, 1)
    return cover


def _crossing_distance(alpha: Plane) -> Plane:
    """Along its row, the distance of every pixel to the nearest point where the contour crosses that row."""
    inside = alpha >= 0.5
    row, left = np.nonzero(inside[:, 1:] != inside[:, :-1])
    at = _crossing(alpha, row, left)
    before = np.full(alpha.shape, -_FAR, np.float32)
    before[row, left + 1] = at
    after = np.full(alpha.shape, _FAR, np.float32)
    after[row, left] = at
    before = np.maximum.accumulate(before, axis=1)
    after = np.minimum.accumulate(after[:, ::-1], axis=1)[:, ::-1]
    x = np.arange(alpha.shape[1], dtype=np.float32)
    along: Plane = np.minimum(x - before, after - x)
    return along


def _crossing(alpha: Plane, row: NDArray[np.intp], left: NDArray[np.intp]) -> Plane:
    """Where between the pixels `left` and `left + 1` the contour lies, in pixels from the row's start.

    A straight edge between empty and full is found exactly by its covered area, everything else by interpolation.
    """
    last = alpha.shape[1] - 1
    outer_left, inner_left = alpha[row, np.maximum(left - 1, 0)], alpha[row, left]
    inner_right, outer_right = alpha[row, left + 1], alpha[row, np.minimum(left + 2, last)]
    between = (0.5 - inner_left) / (inner_right - inner_left)
    area = outer_left + inner_left + inner_right + outer_right
    by_area = np.where(outer_left > outer_right, area - 1.5, 2.5 - area)
    clean = (np.minimum(outer_left, outer_right) < 0.002) & (np.maximum(outer_left, outer_right) > 0.998)
    at: Plane = (left + np.clip(np.where(clean, by_area, between), 0, 1)).astype(np.float32)
    return at


def _nearest(along: Plane, radius: int) -> Plane:
    """Squared distances to the crossings of all rows up to `radius` away, from those of each row alone."""
    squared = np.minimum(along, _FAR) ** 2
    best = squared.copy()
    for step in range(1, min(radius, len(along) - 1) + 1):
        moved = squared + np.float32(step * step)
        np.minimum(best[step:], moved[:-step], out=best[step:])
        np.minimum(best[:-step], moved[step:], out=best[:-step])
    return best
