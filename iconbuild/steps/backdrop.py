"""A picture becomes what stands before its background: the background's colour is taken out of the edges again."""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from iconbuild.steps.bleed import Mask, spread
from iconbuild.steps.flood import from_border

Values = NDArray[np.float32]
_CLEAN = 3.0
"""Levels of difference from the background that count as none: rounding and faint noise."""


def without_backdrop(image: Image.Image, tolerance: float, unit: float) -> Image.Image:
    """`image` (RGBA) with what is within `tolerance` levels of its border's median, and joined to it, made transparent.

    In a band of 2 x `unit` + 2 px along it alpha and colour are unmixed: pixel = a x F + (1 - a) x background, with F
    the colour of the nearest pixel well inside.
    """
    pixels = np.asarray(image)
    backdrop = _border_color(pixels)
    if backdrop is None:
        return image
    colors = pixels[..., :3].astype(np.float32)
    apart = np.abs(colors - backdrop).max(axis=2)
    ground = from_border((apart <= tolerance) | (pixels[..., 3] == 0))
    if not ground.any():
        return image
    if ground.all():
        return Image.new("RGBA", image.size)
    share, pure = _unmixed(colors, backdrop, apart, ground, unit)
    result = np.empty_like(pixels)
    result[..., :3] = np.rint(pure)
    result[..., 3] = np.rint(pixels[..., 3] * share)
    return Image.fromarray(result)


def _border_color(pixels: NDArray[np.uint8]) -> Values | None:
    """The median colour of the border, None where at least half of it is transparent."""
    border = np.concatenate((pixels[0], pixels[-1], pixels[1:-1, 0], pixels[1:-1, -1]))
    seen = border[border[:, 3] >= 128]
    if 2 * len(seen) <= len(border):
        return None
    color: Values = np.median(seen[:, :3], axis=0).astype(np.float32)
    return color


def _unmixed(colors: Values, backdrop: Values, apart: Values, ground: Mask, unit: float) -> tuple[Values, Values]:
    """Share of the foreground (0..1) and its colour, for every pixel."""
    band = ceil(2 * unit + 2)
    near = _grown(ground, band)
    core = ~_grown(ground, ceil(1 + unit))
    band_mask = (near & ~core & ~ground) | (ground & _grown(~ground, 2))
    front, known = spread(colors, core, band_mask, 2 * band)
    # Lines without an inside: their own strongest pixels are the foreground.
    lost = band_mask & ~known & ~ground
    ridge = lost & (apart >= _highest(apart))
    front, known = spread(front, known | ridge, band_mask, 2 * band)
    way = front - backdrop
    length = np.einsum("ijk,ijk->ij", way, way)
    share = np.einsum("ijk,ijk->ij", colors - backdrop, way) / np.maximum(length, 1)
    share = np.where(length < _CLEAN**2, ~ground, np.clip(share, 0, 1))
    share = np.where(band_mask & known, share, ~ground).astype(np.float32)
    share[ground & (apart <= _CLEAN)] = 0
    mixed = (share > 0) & (share < 1)
    return share, np.where(mixed[..., None], front, colors)


def _grown(mask: Mask, steps: int) -> Mask:
    """`mask` and all pixels at most `steps` away from it, over sides and corners in turn: nearly a disc."""
    for turn in range(steps):
        grown = mask.copy()
        grown[1:] |= mask[:-1]
        grown[:-1] |= mask[1:]
        base = grown.copy() if turn % 2 else mask
        grown[:, 1:] |= base[:, :-1]
        grown[:, :-1] |= base[:, 1:]
        mask = grown
    return mask


def _highest(values: Values) -> Values:
    """The highest value in the 3 x 3 pixels around each."""
    padded = np.pad(values, 1, mode="edge")
    best = np.maximum(np.maximum(padded[:-2], padded[1:-1]), padded[2:])
    return np.asarray(np.maximum(np.maximum(best[:, :-2], best[:, 1:-1]), best[:, 2:]))
