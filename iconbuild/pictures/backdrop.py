"""Numbers and silhouettes become what stands around a body: a studio tile, and the shadows that fall below."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from iconbuild.pictures.height import CANVAS
from iconbuild.pictures.light import Color

_COARSE = 64  # side that gradients are computed at
_CLEAR = 80  # px: in smaller pictures a shadow is fainter, or it would blur the edge that it lies at
_BLURRED = 128  # side that shadows are blurred at


class Tile(NamedTuple):
    """A studio's wall and floor: its colours in the light, above and below, its corners' radius in units of 256."""

    light: Color
    top: Color
    bottom: Color
    radius: float


def tile(spec: Tile, size: int) -> Image.Image:
    """The tile (RGBA): a pool of light a little above the middle, falling off towards the corners."""
    at = (np.arange(_COARSE, dtype=np.float32) + np.float32(0.5)) / np.float32(_COARSE)
    y, x = at[:, None], at[None, :]
    away = ((x - np.float32(0.5)) ** 2 + (y - np.float32(0.40)) ** 2) * np.float32(2.3)
    pool = np.maximum(0, 1 - away)
    pool = pool * pool
    bands = []
    for light, top, bottom in zip(spec.light, spec.top, spec.bottom, strict=True):
        wall = top + (bottom - top) * y * y
        levels = wall + (light - wall) * pool
        bands.append(Image.fromarray((levels + np.float32(0.5)).astype(np.uint8)))
    picture = Image.merge("RGB", bands).resize((size, size), Image.Resampling.BICUBIC)
    picture.putalpha(_rounded(size, spec.radius * size / CANVAS))
    return picture


def _rounded(size: int, radius: float) -> Image.Image:
    """The mask of a square with round corners, its edge one pixel soft."""
    mask = Image.new("L", (size, size), 255)
    span = int(radius) + 1
    if radius < 0.5 or 2 * span > size + 1:
        return mask
    from_centre = np.maximum(0, np.float32(radius) - np.arange(span, dtype=np.float32) - np.float32(0.5))
    distance = np.sqrt(from_centre[:, None] ** 2 + from_centre[None, :] ** 2)
    levels = np.clip(np.float32(radius + 0.5) - distance, 0, 1) * np.float32(255)
    corner = Image.fromarray((levels + np.float32(0.5)).astype(np.uint8))
    flip, flop = Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.FLIP_TOP_BOTTOM
    far = size - span
    mask.paste(corner, (0, 0))
    mask.paste(corner.transpose(flip), (far, 0))
    mask.paste(corner.transpose(flop), (0, far))
    mask.paste(corner.transpose(flip).transpose(flop), (far, far))
    return mask


class Shadow(NamedTuple):
    """A soft shadow: its colour and strength 0..1; `floor`: it lies on the ground, else on a wall behind."""

    color: Color
    strength: float
    floor: bool


def shadow(spec: Shadow, alpha: Image.Image) -> Image.Image:
    """The mask (L, the size of `alpha`) of the shadow that a silhouette casts."""
    side = min(_BLURRED, alpha.width)
    small = alpha.resize((side, side), Image.Resampling.BOX)
    cast = _on_floor(small, side / CANVAS) if spec.floor else _on_wall(small, side / CANVAS)
    strength = spec.strength * min(1.0, max(0.4, alpha.width / _CLEAR))
    levels = [round(level * strength) for level in range(256)]
    return cast.point(levels).resize(alpha.size, Image.Resampling.BICUBIC)


def _on_wall(small: Image.Image, unit: float) -> Image.Image:
    far = _blurred(_shifted(small, 0, 10 * unit), 8 * unit)
    near = _blurred(_shifted(small, 0, 4 * unit), 3 * unit)
    return ImageChops.lighter(far, near.point([level * 3 // 5 for level in range(256)]))


def _on_floor(small: Image.Image, unit: float) -> Image.Image:
    """The silhouette laid down, wide and faint, and darker where its lowest parts touch the ground."""
    sheet = Image.new("L", small.size)
    box = small.getbbox()
    if box is None:
        return sheet
    left, top, right, bottom = box
    thick = max(1, round(20 * unit))
    laid = small.crop(box).resize((right - left, thick), Image.Resampling.BOX)
    wide = sheet.copy()
    wide.paste(laid, (left, bottom - round(11 * unit)))
    feet = small.crop((left, max(top, bottom - round(14 * unit)), right, bottom))
    flat = feet.resize((right - left, max(1, round(9 * unit))), Image.Resampling.BOX)
    sheet.paste(flat, (left, bottom - round(5 * unit)))
    faint = _blurred(wide, 7 * unit).point([level * 3 // 4 for level in range(256)])
    return ImageChops.add(faint, _blurred(sheet, 3 * unit).point([level * 3 // 5 for level in range(256)]))


def fallen(alpha: Image.Image) -> Image.Image:
    """The mask of the shadow that a body in front drops on the one behind it."""
    side = min(_BLURRED, alpha.width)
    unit = side / CANVAS
    small = alpha.resize((side, side), Image.Resampling.BOX)
    cast = _blurred(_shifted(small, 0, 5 * unit), 6 * unit)
    return cast.point([level // 2 for level in range(256)]).resize(alpha.size, Image.Resampling.BICUBIC)


def _shifted(image: Image.Image, dx: float, dy: float) -> Image.Image:
    sheet = Image.new("L", image.size)
    sheet.paste(image, (round(dx), round(dy)))
    return sheet


def _blurred(image: Image.Image, radius: float) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(radius))
