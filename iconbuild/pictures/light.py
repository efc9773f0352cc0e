"""A height field becomes light: a picture to multiply a body's colours by, and a picture to add to them."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

import numpy as np
from PIL import Image

from iconbuild.pictures.height import CANVAS, Field, resampled, softened

Color = tuple[int, int, int]


class Surface(NamedTuple):
    """How a body takes light: gloss 0 (matt) .. 1 (lacquer), depth 0 (lit evenly) .. 1, and its shadows' colour."""

    gloss: float
    depth: float
    shade: Color


def _unit(x: float, y: float, z: float) -> tuple[float, float, float]:
    length = sqrt(x * x + y * y + z * z)
    return x / length, y / length, z / length


_KEY = _unit(-0.42, -0.62, 0.68)
"""The key light, from above left and in front; y points down."""
_HALF = _unit(_KEY[0], _KEY[1], _KEY[2] + 1)
_FLAT = (0.5 + 0.5 * _KEY[2]) ** 2
_WARM = (1.0, 0.86, 0.72)
_CLOSE = 7.0  # units: how far an occluder darkens what lies below it


def lit(height: Field, surface: Surface) -> tuple[Image.Image, Image.Image]:
    """The light on `height` (g x g): two RGB pictures of g x g, a factor (255 = unchanged) and an addition."""
    unit = CANVAS / height.shape[0]
    wide = np.pad(height, 1, mode="edge")
    slope = np.float32(0.5 / unit)
    dx = (wide[1:-1, 2:] - wide[1:-1, :-2]) * slope
    dy = (wide[2:, 1:-1] - wide[:-2, 1:-1]) * slope
    nz = 1 / np.sqrt(1 + dx * dx + dy * dy)
    nx, ny = -dx * nz, -dy * nz
    wrapped = 0.5 + 0.5 * (nx * _KEY[0] + ny * _KEY[1] + nz * _KEY[2])
    wrapped *= wrapped
    open_sky = _open(height)
    factor = np.minimum(1, wrapped * np.float32(1 / _FLAT)) * open_sky
    added = np.maximum(0, wrapped - np.float32(_FLAT)) * np.float32(0.55 * surface.depth)
    added += _glint(nx, ny, nz, surface.gloss)
    bounce = np.maximum(0, ny) * (1 - nz) * open_sky * np.float32(0.30 * surface.depth)
    return _tinted(factor, surface), _sum(added, bounce)


def _open(height: Field) -> Field:
    """How much of the sky a point sees, 0..1: less in creases and beside what stands higher."""
    side = height.shape[0]
    coarse = max(8, min(side, round(CANVAS / _CLOSE * 2)))
    around = resampled(resampled(height, coarse, Image.Resampling.BOX), side, Image.Resampling.BICUBIC)
    sunk = np.maximum(0, softened(around, 1) - height)
    seen: Field = np.maximum(np.float32(0.45), 1 - sunk * np.float32(0.05))
    return seen


def _glint(nx: Field, ny: Field, nz: Field, gloss: float) -> Field:
    """A broad sheen, and on gloss a tight highlight over it."""
    facing = np.maximum(0, nx * _HALF[0] + ny * _HALF[1] + nz * _HALF[2])
    sheen = _raised(facing, 3)
    tight = _raised(sheen, 3)
    flat_sheen = np.float32(_HALF[2] ** 8)
    broad = np.maximum(0, sheen - flat_sheen)
    glint: Field = broad * np.float32(0.10 + 0.25 * gloss) + tight * np.float32(0.75 * gloss)
    return glint


def _raised(field: Field, doublings: int) -> Field:
    """The field to the power 2^doublings, by products alone: powers differ from machine to machine."""
    for _ in range(doublings):
        field = field * field
    return field


def _tinted(factor: Field, surface: Surface) -> Image.Image:
    """From the shadows' colour where `factor` is 0 to white where it is 1."""
    bands = []
    for level in surface.shade:
        low = 1 - surface.depth * (1 - level / 255)
        bands.append(_band(np.float32(255 * low) + factor * np.float32(255 * (1 - low))))
    return Image.merge("RGB", bands)


def _sum(white: Field, warm: Field) -> Image.Image:
    return Image.merge("RGB", [_band((white + warm * np.float32(part)) * np.float32(255)) for part in _WARM])


def _band(levels: Field) -> Image.Image:
    return Image.fromarray(np.clip(levels + np.float32(0.5), 0, 255).astype(np.uint8))
