"""Any anchor picture becomes the profile that other icons follow: its ink, accent and stroke width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.errors import PictureError
from iconbuild.model.artifact import Payload
from iconbuild.pictures.decode import open_picture
from iconbuild.providers.local.palette import to_oklch
from iconbuild.providers.local.profile import WEIGHTS, Profile

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SIDE = 384
_LIVE = 20.5  # how much of the 24 grid an icon usually fills
_SHARE = 0.03  # a colour that covers less of what is visible is an edge or a speck
_APART = 36.0  # RGB distance below which two colours are one
_MOST = 5
_SOLID, _STROKE = 4.0, 3.4  # a place wider than this on the 24 grid, or a wider stroke than there is, makes a glyph


def observed(picture: Payload) -> Profile:
    """The profile of a picture (SVG, PNG, WebP, JPEG); raises PictureError where nothing can be seen in it."""
    import numpy as np

    pixels = np.asarray(open_picture(picture, _SIDE), dtype=np.float32)
    color, visible = pixels[..., :3], _visible(pixels)
    clusters = _clusters(color[visible])
    if not clusters:
        raise PictureError("nothing can be seen in the anchor picture", remedy="choose a picture with an icon in it")
    ink = min(clusters, key=lambda hexed: to_oklch(hexed)[0])
    accent = next((hexed for hexed in clusters if hexed != ink), None)
    drawn = visible & _nearest(color, clusters, ink)
    rows, columns = np.nonzero(visible)
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    unit = _unit(max(width, height))
    distance = edge_distance(drawn)
    weight = stroke_width(distance) * unit
    widest = 2 * unit * float(distance.max())
    solid = accent is None and (weight > _STROKE or widest > max(_SOLID, 2 * weight))
    look = "glyph" if solid else "duotone" if accent else "line"
    return Profile(look, ink, accent, WEIGHTS["detail-medium"] if solid else round(weight, 2))


def _unit(longest: int) -> float:
    """Units of the 24 grid per pixel; where the picture is cropped tight or lost in space, by the icon's own size."""
    return 24 / _SIDE if 0.7 <= longest / _SIDE <= 0.97 else _LIVE / longest


def _visible(pixels: NDArray[np.float32]) -> NDArray[np.bool_]:
    """What is not background: opaque enough, or unlike the border where the picture has no transparency at all."""
    import numpy as np

    opaque: NDArray[np.bool_] = pixels[..., 3] >= 128
    if not bool(opaque.all()):
        return opaque
    border = np.concatenate([pixels[0, :, :3], pixels[-1, :, :3], pixels[:, 0, :3], pixels[:, -1, :3]])
    apart = pixels[..., :3] - np.median(border, axis=0)
    return np.asarray(np.sqrt((apart * apart).sum(axis=-1)) > _APART)


def _clusters(colors: NDArray[np.float32]) -> list[str]:
    """The main colours as `#rrggbb`, largest first: repeatedly the fullest cell of a coarse colour cube."""
    import numpy as np

    found: list[str] = []
    total = len(colors)
    while len(colors) and len(found) < _MOST:
        cells = (colors.astype(np.int32) >> 4) @ np.array([256, 16, 1])
        counts = np.bincount(cells, minlength=4096)
        centre = np.median(colors[cells == int(counts.argmax())], axis=0)
        apart = colors - centre
        near = np.sqrt((apart * apart).sum(axis=-1)) < _APART
        if near.sum() < _SHARE * total:
            break
        found.append("#" + "".join(f"{round(float(level)):02x}" for level in np.median(colors[near], axis=0)))
        colors = colors[~near]
    return found


def _nearest(color: NDArray[np.float32], clusters: list[str], chosen: str) -> NDArray[np.bool_]:
    import numpy as np

    apart = []
    for hexed in clusters:
        difference = color - np.array([int(hexed[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float32)
        apart.append((difference * difference).sum(axis=-1))
    return np.asarray(np.argmin(np.stack(apart), axis=0) == clusters.index(chosen))


def stroke_width(distance: NDArray[np.float32]) -> float:
    """Twice the median of a mask's edge distances along its ridge, in pixels; 0 for an empty mask."""
    import numpy as np

    padded = np.pad(distance, 1)
    rows, columns = distance.shape
    around = [padded[dy : dy + rows, dx : dx + columns] for dy in range(3) for dx in range(3)]
    ridge = distance[(distance > 0) & (distance >= np.max(around, axis=0))]
    # Distances end at the centre of the first pixel outside: half a pixel too far for odd widths, right for even ones.
    return float(2 * np.median(ridge) - 0.25) if ridge.size else 0.0


def edge_distance(mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The exact distance of each pixel of a mask to the nearest one outside it (Felzenszwalb's two passes)."""
    import numpy as np

    padded = np.pad(mask, 1)
    rows, columns = padded.shape
    down = np.where(padded, np.float32(rows + columns), np.float32(0))
    for y in range(1, rows):
        down[y] = np.minimum(down[y], down[y - 1] + 1)
    for y in range(rows - 2, -1, -1):
        down[y] = np.minimum(down[y], down[y + 1] + 1)
    steps = np.arange(columns, dtype=np.float32)
    across = (steps[:, None] - steps[None, :]) ** 2
    squared = np.stack([(across + row[None, :] ** 2).min(axis=1) for row in down])
    return np.asarray(np.sqrt(squared)[1:-1, 1:-1], dtype=np.float32)
