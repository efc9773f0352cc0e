"""A window of a picture becomes a larger picture, without ghost lines along its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture
    from iconbuild.steps.nearby import Levels

Window = tuple[float, float, float, float]
Places = NDArray[np.intp]


def enlarged(picture: Picture, window: Window, size: tuple[int, int], *, mixed: bool) -> Image.Image:
    """`window` of `picture`, which has at least a pixel on all sides of it, at `size`: RGBA, or the alpha plane.

    Several colours are `mixed` with weights over 0 only, so that each is between those around, on any ground. Alpha of
    one colour is bicubic, which is truer along slanted edges, and is kept between the four pixels that a pixel's centre
    lies among.
    """
    if mixed:
        whole = picture.pixels if picture.color else picture.pixels.convert("RGBa")
        return whole.resize(size, Image.Resampling.HAMMING, window).convert("L" if picture.color else "RGBA")
    levels = np.asarray(picture.pixels)
    bicubic = np.asarray(picture.pixels.resize(size, Image.Resampling.BICUBIC, window))
    x, y = (_among(window[axis], window[axis + 2], size[axis]) for axis in (0, 1))
    low, high = (_best(best, levels, x, y) for best in (np.minimum, np.maximum))
    return Image.fromarray(np.minimum(np.maximum(bicubic, low), high))


def _among(start: float, end: float, count: int) -> tuple[Places, Places]:
    """Of `count` pixels between `start` and `end` the pixels before and behind their centres; one twice if it is met.

    Places are rounded, so that mirrored windows find mirrored pixels.
    """
    centres = np.round(start - 0.5 + (np.arange(count) + 0.5) * ((end - start) / count), 6)
    return np.floor(centres).astype(np.intp), np.ceil(centres).astype(np.intp)


def _best(best: np.ufunc, levels: Levels, x: tuple[Places, Places], y: tuple[Places, Places]) -> Levels:
    """The `best` (np.minimum, np.maximum) of the pixels in columns `x` and rows `y`."""
    rows = best(levels[y[0]], levels[y[1]])
    return np.asarray(best(*(np.take(rows, places, axis=1) for places in x)))
