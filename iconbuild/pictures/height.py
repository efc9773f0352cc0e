"""What covers the canvas, and where its parts meet, becomes a height field: every part puffed up like a cushion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.float32]
"""A square of numbers, float32; heights and distances are in units of the 256 canvas whatever the field's side."""

CANVAS = 256.0
_COARSEST = 8
_SWEEPS = 7
_MOST_SWEEPS = 16


def inflated(cover: Field, reach: float) -> Field:
    """The height over `cover` (0..1; g x g, lower where parts meet): round at every edge, level `reach` from it.

    Solves the screened Poisson equation lap(u) - u / reach^2 = -1 with u = 0 outside, whose sqrt(2 u) is the circle
    over a bar that is narrow against `reach`, from the coarsest grid to the finest: each starts from the one before
    and needs a few sweeps only.
    """
    sides = [cover.shape[0]]
    while sides[-1] > _COARSEST:
        sides.append((sides[-1] + 1) // 2)
    u: Field | None = None
    for side in reversed(sides):
        here = resampled(cover, side, Image.Resampling.BOX)
        start = resampled(u, side, Image.Resampling.BILINEAR) if u is not None else np.zeros_like(here)
        u = _relaxed(start, here, CANVAS / side, reach, _SWEEPS if side > 2 * _COARSEST else _MOST_SWEEPS)
    assert u is not None
    height: Field = np.sqrt(u + u)
    return height


def _relaxed(u: Field, cover: Field, step: float, reach: float, sweeps: int) -> Field:
    """Jacobi sweeps; a cell that is covered in part holds that part of what it would."""
    square = np.float32(step * step)
    gain = cover * np.float32(1 / (4 + step * step / (reach * reach)))
    padded = np.zeros((u.shape[0] + 2, u.shape[1] + 2), np.float32)
    inner = padded[1:-1, 1:-1]
    inner[:] = u
    total = np.empty_like(u)
    for _ in range(sweeps):
        np.add(padded[:-2, 1:-1], padded[2:, 1:-1], out=total)
        total += padded[1:-1, :-2]
        total += padded[1:-1, 2:]
        total += square
        np.multiply(total, gain, out=inner)
    return inner


def softened(field: Field, passes: int) -> Field:
    """The field under `passes` of the kernel 1 2 1 in both directions, the edge repeated."""
    for _ in range(passes):
        wide = np.pad(field, 1, mode="edge")
        across = wide[:, :-2] + wide[:, 2:] + 2 * wide[:, 1:-1]
        field = (across[:-2] + across[2:] + 2 * across[1:-1]) * np.float32(1 / 16)
    return field


def resampled(field: Field, side: int, how: Image.Resampling) -> Field:
    """The field at another side length."""
    if field.shape == (side, side):
        return field
    return np.asarray(Image.fromarray(np.ascontiguousarray(field)).resize((side, side), how))
