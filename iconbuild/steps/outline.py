"""A coverage plane becomes one whose outline is smoother but, on average, nowhere else."""

from __future__ import annotations

from math import ceil

import numpy as np

from iconbuild.steps.planes import Plane

_ROWS = 64
"""Rows that are blurred at a time: what they need stays in the processor's cache."""


def outline_blur(plane: Plane, sigma: float) -> tuple[Plane, float]:
    """`plane` (h x w, 0..1) blurred by a mixture of a Gaussian G and GG, and the slope a hard edge has after it.

    A Gaussian alone draws a curved outline towards its inside, by the second moment along the edge times the
    curvature. The mixture a G + (1 - a) GG has none: an outline that waves with frequency w keeps 2 e - e^2 of the
    wave, where e = exp(-(w sigma)^2 / 2), so that waves go and circles keep their radius.
    """
    weights = _gaussian(sigma)
    peak = float(weights[0])
    peak_of_both = float(2 * (weights**2).sum() - weights[0] ** 2)
    share = 2 * peak_of_both / (2 * peak_of_both - peak)
    once = _blur(plane, weights)
    twice = _blur(once, weights)
    once *= np.float32(share)
    twice *= np.float32(1 - share)
    once += twice
    return once, share * peak + (1 - share) * peak_of_both


def _gaussian(sigma: float) -> Plane:
    """One half of a Gaussian, its middle first; both halves sum up to 1."""
    weights = np.exp(-0.5 * (np.arange(max(1, ceil(3 * sigma)) + 1) / sigma) ** 2)
    half: Plane = (weights / (2 * weights.sum() - weights[0])).astype(np.float32)
    return half


def _blur(plane: Plane, weights: Plane) -> Plane:
    """A symmetric filter down and across, in float: 8 bits, made steep afterwards, would show steps."""
    radius = len(weights) - 1
    height, width = plane.shape
    padded, result = np.pad(plane, radius, mode="edge"), np.empty_like(plane)
    rows = np.empty((min(_ROWS, height), width + 2 * radius), np.float32)
    spare = np.empty_like(rows)
    for top in range(0, height, _ROWS):
        count = min(_ROWS, height - top)
        _weighted(padded[top : top + count + 2 * radius], weights, rows[:count], spare[:count])
        _weighted(rows[:count].T, weights, result[top : top + count].T, spare[:count, :width].T)
    return result


def _weighted(padded: Plane, weights: Plane, total: Plane, spare: Plane) -> None:
    """Into `total` the weighted sum of `padded` along its first axis; mirrored pictures give mirrored sums."""
    radius, length = len(weights) - 1, len(total)
    np.multiply(padded[radius : radius + length], weights[0], out=total)
    for step in range(1, radius + 1):
        low, high = radius - step, radius + step
        np.add(padded[low : low + length], padded[high : high + length], out=spare)
        spare *= weights[step]
        total += spare
