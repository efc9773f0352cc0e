"""Levels of pixels become the highest and the lowest of the pixels around each, and others stay between them."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Levels = NDArray[np.uint8]
"""h x w, or h x w x channels."""
Any = TypeVar("Any", NDArray[np.uint8], NDArray[np.uint32], NDArray[np.uint64])


class Limits(NamedTuple):
    """What a pixel may show, on any ground: each h x w x 4, premultiplied.

    On black a channel is seen as its level c, on white as c with the 255 - alpha of the ground; other grounds lie in
    between. So c stays between `low` and `high`, and alpha - c, what white is seen to miss, between `least` and `most`.
    """

    low: Levels
    high: Levels
    least: Levels
    most: Levels


def limits_of(before: Levels, reach: int) -> Limits:
    """The limits that the pixels of `before` (RGBa) up to `reach` away set."""
    missing = _missing(before)
    return Limits(lowest(before, reach), highest(before, reach), lowest(missing, reach), highest(missing, reach))


def limited(after: Levels, limits: Limits) -> Levels:
    """`after` (RGBa) within `limits`: alpha first, then the colours, for which there always is room left."""
    alpha = _fourfold(np.minimum(np.maximum(after[..., 3], limits.low[..., 3]), limits.high[..., 3]))
    least = np.maximum(alpha, limits.most) - limits.most  # no level is under 0
    np.maximum(least, limits.low, out=least)
    most = np.minimum(alpha - limits.least, limits.high)
    kept: Levels = np.minimum(np.maximum(after, least), most)
    return kept


def _missing(levels: Levels) -> Levels:
    """What each channel of `levels` (RGBa) leaves of alpha."""
    return _fourfold(levels[..., 3]) - levels


def _fourfold(plane: Levels) -> Levels:
    """`plane` (h x w) for each of four channels, in one piece: a stretched axis of four would be ten times slower."""
    return (plane.astype(np.uint32) * np.uint32(0x01010101)).view(np.uint8).reshape(*plane.shape, 4)


def without_halos(after: Image.Image, before: Image.Image, reach: int) -> Image.Image:
    """`after` (RGBA) with no colour that, under its alpha, is not between those up to `reach` away in `before` (RGBA).

    A colour that was seen through at one alpha is another one at more. So where tones meet, what is not between them
    becomes a mixture of the faintest and the densest pixel around that has its alpha.
    """
    seen, levels = np.asarray(after.convert("RGBa")), np.asarray(before.convert("RGBa"))
    kept = limited(seen, limits_of(levels, reach))
    # What differs by one level only was rounded: it keeps its colour, which is exact.
    at = np.nonzero((np.maximum(kept, seen) - np.minimum(kept, seen) > 1).any(axis=2))
    if not len(at[0]):
        return after
    # Seen as one number, a pixel is the greater the higher its alpha.
    pixels = levels.view(np.uint32)[..., 0]
    faint, dense = (best(pixels, reach)[at] for best in (lowest, highest))
    low, high = (found.view(np.uint8).reshape(-1, 4).astype(np.float32) for found in (faint, dense))
    result = np.array(after)
    alpha = np.clip(result[at][:, 3:], low[:, 3:], high[:, 3:])
    color = low + (high - low) * (alpha - low[:, 3:]) / np.maximum(1, high[:, 3:] - low[:, 3:])
    result[at] = np.rint(np.concatenate([color[:, :3] * 255 / np.maximum(alpha, 1), alpha], axis=1))
    return Image.fromarray(result)


def highest(levels: Any, reach: int = 1, axes: tuple[int, ...] = (0, 1)) -> Any:
    """The highest of the pixels up to `reach` rows (axis 0) and columns (axis 1) away."""
    return _around(levels, reach, axes, np.maximum)


def lowest(levels: Any, reach: int = 1, axes: tuple[int, ...] = (0, 1)) -> Any:
    """The lowest of the pixels up to `reach` rows (axis 0) and columns (axis 1) away."""
    return _around(levels, reach, axes, np.minimum)


def _around(levels: Any, reach: int, axes: tuple[int, ...], best: np.ufunc) -> Any:
    """By whole rows, and in steps that double: far faster than Pillow's rank filters, and other threads go on."""
    for axis in axes:
        done = 0
        while done < reach:
            step = min(done + 1, reach - done)
            here, beyond = (slice(step, None), slice(-step)) if axis == 0 else (np.s_[:, step:], np.s_[:, :-step])
            wider = levels.copy()
            best(wider[here], levels[beyond], out=wider[here])
            best(wider[beyond], levels[here], out=wider[beyond])
            levels, done = wider, done + step
    return levels
