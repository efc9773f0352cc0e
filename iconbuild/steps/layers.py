"""A picture becomes the parts that are worked on: what is seen of it, and the layers of its alpha."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from iconbuild.pictures.picture import Picture

_SHARE = 0.02
_APART = 12
_SLOPE = 32
"""Levels between a pixel and its neighbours up to which it lies in a shadow or gradient, not on an edge."""
_ROUND, _THIN = 3, 48
"""Levels by which a flat layer may be rounded, and that each thin layer of a shadow or gradient has."""


def flat_levels(alpha: Image) -> tuple[int, ...]:
    """The levels (8..255) that each cover at least 2 % of what is seen, ascending; the top is always one.

    Anti-aliased edges spread over all levels and make none; levels closer than 12 to a commoner one are part of it.
    """
    counts = alpha.histogram()
    seen = sum(counts[8:])
    if seen == 0:
        return ()
    found: list[int] = []
    for level in sorted(range(8, 256), key=lambda level: (-counts[level], -level)):
        if counts[level] < _SHARE * seen:
            break
        if all(abs(level - other) >= _APART for other in found):
            found.append(level)
    top = max(level for level in range(256) if counts[level])
    if not found or top - max(found) >= _APART:
        found.append(top)
    return tuple(sorted(found))


def by_layer(alpha: Image, shape: Callable[[Image], Image], reach: int) -> Image:
    """`alpha` (mode L) put together again from its layers after `shape` has changed the outline of each.

    `shape` gets coverage planes (mode L, 0..255: in the layer or not) and returns such planes. What it makes of soft
    shadows and gradients, which have no outline, counts up to `reach` pixels around hard edges only.
    """
    from PIL import ImageChops

    flat = flat_levels(alpha)
    soft = _soft_levels(alpha, flat)
    top = max(level for level, count in enumerate(alpha.histogram()) if count)
    over = (top,) if flat and top > flat[-1] + 2 else ()
    result, below = None, 0
    for level in sorted({*flat, *soft, *over}):
        span = level - below
        lift = [min(255, max(0, (510 * (value - below) + span) // (2 * span))) for value in range(256)]
        lower = [(2 * value * span + 255) // 510 for value in range(256)]
        before = alpha.point(lift)
        layer = _at_edges(before, shape(before), reach) if soft else shape(before)
        layer = layer.point(lower)
        result = layer if result is None else ImageChops.add(result, layer)
        below = level
    return alpha if result is None else result


def layered(alpha: Image) -> bool:
    """Whether there is more to `alpha` (mode L) than in, out and the edge between them."""
    flat = flat_levels(alpha)
    return flat != (255,) or bool(_soft_levels(alpha, flat))


def _soft_levels(alpha: Image, flat: tuple[int, ...]) -> tuple[int, ...]:
    """Levels that cut shadows and gradients into thin layers, so that an outline on them can be told from them."""
    import numpy as np

    from iconbuild.steps.nearby import highest, lowest

    levels = np.asarray(alpha)
    soft = np.bincount(levels[highest(levels) - lowest(levels) <= _SLOPE], minlength=256)
    soft[:8] = 0
    for level in flat:
        soft[max(0, level - _ROUND) : level + _ROUND + 1] = 0
    if soft.sum() < _SHARE * sum(alpha.histogram()[8:]):
        return ()
    top = int(np.searchsorted(np.cumsum(soft), 0.98 * soft.sum()))
    cuts = range(_THIN, top + _THIN, _THIN)
    return tuple(level for level in cuts if all(abs(level - other) > _ROUND for other in flat))


def _at_edges(before: Image, after: Image, reach: int) -> Image:
    """`after` up to `reach` pixels around the hard edges of `before`, which passes into `before` beyond."""
    import numpy as np
    from PIL import Image, ImageFilter

    from iconbuild.steps.nearby import highest, lowest

    levels = np.asarray(before)
    edge = ((highest(levels) >= 224) & (lowest(levels) < 32)).view(np.uint8) * np.uint8(255)
    mask = Image.fromarray(highest(edge, reach)).filter(ImageFilter.BoxBlur(reach / 2))
    return Image.composite(after, before, mask)


def on_seen(picture: Picture, margin: int, work: Callable[[Picture], Picture]) -> Picture:
    """`picture` after `work` on the part of it that is seen and `margin` pixels around, beyond which nothing changes.

    Half of most icons is empty, so this is half the work. What is left out comes back without colour.
    """
    from PIL.Image import new

    box = picture.pixels.getbbox()
    if box is None:
        return picture
    left, top, right, bottom = box
    box = (
        max(0, left - margin),
        max(0, top - margin),
        min(picture.size[0], right + margin),
        min(picture.size[1], bottom + margin),
    )
    if (box[2] - box[0], box[3] - box[1]) == picture.size:
        return work(picture)
    part = work(picture._replace(pixels=picture.pixels.crop(box)))
    sheet = new(part.pixels.mode, picture.size)
    sheet.paste(part.pixels, box[:2])
    return part._replace(pixels=sheet)
