"""Pictures measured by their pixels alone, in other ways than the engine's own: stroke width, colours, optical size."""

from __future__ import annotations

from io import BytesIO
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from iconbuild.model.artifact import JPEG, PNG, WEBP, Payload
from iconbuild.pictures.decode import open_picture

SIZE = 512

Pixels = NDArray[np.float64]
Mask = NDArray[np.bool_]


def encoded(picture: Payload, media: str, size: int = SIZE) -> Payload:
    """A picture as somebody hands it over: PNG, lossy WebP (80), JPEG on white (85); nothing known about it."""
    image = open_picture(picture, size)
    file = BytesIO()
    if media == PNG:
        image.save(file, "PNG")
    elif media == WEBP:
        image.save(file, "WEBP", quality=80)
    else:
        paper = Image.new("RGB", image.size, "#ffffff")
        paper.paste(image, mask=image.getchannel("A"))
        paper.save(file, "JPEG", quality=85)
    return Payload(file.getvalue(), media)


MEDIA = (PNG, WEBP, JPEG)


def pixels(picture: Payload, size: int = SIZE) -> Pixels:
    """RGB on white and alpha, all 0..255."""
    rgba = np.asarray(open_picture(picture, size), dtype=np.float64)
    alpha = rgba[..., 3:] / 255
    return np.concatenate([rgba[..., :3] * alpha + 255 * (1 - alpha), rgba[..., 3:]], axis=-1)


def main_colors(picture: Payload, least: float = 0.03) -> list[str]:
    """The exact colours of at least a share of the opaque pixels, most frequent first."""
    rgba = np.asarray(open_picture(picture, SIZE // 2))
    solid = rgba[rgba[..., 3] == 255][:, :3].astype(np.int64)
    codes, counts = np.unique(solid[:, 0] << 16 | solid[:, 1] << 8 | solid[:, 2], return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return [f"#{codes[place]:06x}" for place in order if counts[place] >= least * len(solid)]


def stroke_width(picture: Payload, ink: str, size: int = 2 * SIZE) -> float:
    """The usual width of what is drawn in `ink`, on the 24 grid.

    Through each of its pixels the ink is measured across and down. Of a straight stroke these are the sides of a
    triangle whose height is the width; of a bent one nearly so.
    """
    drawn = _drawn_in(pixels(picture, size), ink)
    across, down = _runs(drawn)[drawn], _runs(drawn.T).T[drawn]
    return float(np.median(across * down / np.hypot(across, down))) * 24 / size


def _drawn_in(seen: Pixels, ink: str) -> Mask:
    """Pixels nearer to the ink than half way to white."""
    color = np.array([int(ink[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)
    apart = np.sqrt(((seen[..., :3] - color) ** 2).sum(axis=-1))
    return (apart < np.sqrt(((color - 255) ** 2).sum()) / 2) & (apart < _half_way(seen, color))


def _half_way(seen: Pixels, color: NDArray[np.float64]) -> float:
    """Half the distance from a colour to the nearest other one that fills an area."""
    solid = seen[::4, ::4][seen[::4, ::4, 3] == 255][:, :3]
    colors, counts = np.unique(solid, axis=0, return_counts=True)
    large = colors[counts > 0.03 * len(solid)]
    others = np.sqrt(((large - color) ** 2).sum(axis=-1))
    return float(min(others[others > 12], default=800.0)) / 2


def _runs(mask: Mask) -> Pixels:
    """For each pixel of a mask the length of the horizontal run that it lies in; 0 elsewhere."""
    line = np.pad(mask, ((0, 0), (1, 1))).ravel()
    changes = np.flatnonzero(line[1:] != line[:-1]) + 1
    starts, ends = changes[::2], changes[1::2]
    lengths = np.zeros(line.shape)
    lengths[line] = np.repeat(ends - starts, ends - starts)
    return lengths.reshape(mask.shape[0], -1)[:, 1:-1]


def optical_size(picture: Payload) -> float:
    """The side of the square as large as the convex hull of what is seen, on the 24 grid."""
    from iconbuild.providers.local.vectors.keyline import convex_hull

    drawn = pixels(picture)[..., 3] > 96
    corners = []
    for y in np.flatnonzero(drawn.any(axis=1)).tolist():
        columns = np.flatnonzero(drawn[y])
        corners += [(float(x), float(y + dy)) for x in (columns[0], columns[-1] + 1) for dy in (0, 1)]
    hull = convex_hull(corners)
    doubled = sum(a * d - c * b for (a, b), (c, d) in zip(hull, [*hull[1:], hull[0]], strict=True))
    return sqrt(doubled / 2) * 24 / SIZE
