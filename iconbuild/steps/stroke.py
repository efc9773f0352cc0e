"""A picture becomes the same picture with the contour of its alpha moved; layers of tone inside it keep theirs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.bleed import Mask, grown, spread
from iconbuild.steps.distance import coverage, signed_distance
from iconbuild.steps.layers import flat_levels
from iconbuild.steps.planes import Plane, to_image, to_plane

_FULL = 250
"""The highest alpha of a layer of tone; what is denser is a full layer."""
_DEPTH = 1.5
"""Pixels inside the contour from which colour and alpha are those of the shape and not of its edge."""


def moved(picture: Picture, shift: float) -> Picture:
    """`picture` with its 50 % contour moved outwards by `shift` pixels, inwards where negative."""
    plane = picture.alpha()
    alpha = to_plane(plane)
    distance = signed_distance(alpha, abs(shift) + _DEPTH + 0.5)
    if not (distance < 0).any() or not (distance > 0).any():
        return picture
    cover = coverage(distance, shift)
    tones = tuple(level for level in flat_levels(plane) if level <= _FULL)
    if picture.color and not tones:
        # One colour, one layer: the alpha plane is the whole picture.
        new = np.maximum(alpha, cover) if shift > 0 else np.minimum(alpha, cover)
        return Picture(to_image(new), picture.color)
    pixels = np.asarray(picture.rgba())
    cap, colors = _from_inside(pixels, distance, shift)
    result = pixels.copy()
    if shift > 0:
        new, other = np.maximum(alpha, cap * cover), cap * cover > alpha
    else:
        floor, layer = _tone(alpha, tones, -shift)
        new, other = np.minimum(alpha, np.maximum(cap * cover, floor)), (floor > cap * cover) & ~layer
        colors, known = spread(result[..., :3].astype(np.float32), layer, other, int(2 - shift) + 3)
        other &= known
    result[other, :3] = np.rint(colors[other])
    result[..., 3] = np.asarray(to_image(new))
    return picture_of(Image.fromarray(result))


def _from_inside(pixels: NDArray[np.uint8], distance: Plane, shift: float) -> tuple[Plane, NDArray[np.float32]]:
    """Alpha (0..1) and RGB of every pixel as they are a little inside the nearest contour.

    Lines too thin to have an inside give the colour of their ridge, and full alpha.
    """
    deep = distance <= -_DEPTH
    ridge = ~deep & (distance < 0) & _highest(pixels[..., 3]) & ~grown(grown(grown(deep)))
    values = pixels.astype(np.float32)
    values[ridge | (values[..., 3] > _FULL), 3] = 255
    rings = int(max(shift, 0) + 2 * _DEPTH) + 3
    filled, known = spread(values, deep | ridge, (distance <= max(shift, 0) + 1) & ~deep, rings)
    filled[..., 3][~known] = 255
    return filled[..., 3] * np.float32(1 / 255), filled[..., :3]


def _highest(alpha: NDArray[np.uint8]) -> Mask:
    """Pixels that no neighbour of theirs tops."""
    padded = np.pad(alpha, 1, mode="edge")
    best = np.maximum(np.maximum(padded[:-2], padded[1:-1]), padded[2:])
    best = np.maximum(np.maximum(best[:, :-2], best[:, 1:-1]), best[:, 2:])
    return np.asarray(alpha >= best)


def _tone(alpha: Plane, tones: tuple[int, ...], shift: float) -> tuple[Plane, Mask]:
    """What is left where a line gives way: the layers of less than half alpha follow it up to its new edge.

    Returns the alpha they ask for, and where they were before.
    """
    floor, layers = np.zeros_like(alpha), np.zeros(alpha.shape, np.bool_)
    for tone in tones:
        level = np.float32(tone / 255)
        layer = np.abs(alpha - level) < 2.5 / 255
        # Edges pass through every level: only areas of at least 3 x 3 pixels are a layer.
        layer &= grown(~grown(~layer))
        if level < 0.5 and layer.any():
            spread_out = coverage(signed_distance(layer.astype(np.float32), shift + 3), shift + 1)
            np.maximum(floor, level * spread_out, out=floor)
            layers |= layer
    return floor, layers
