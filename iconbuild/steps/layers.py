"""The histogram of an alpha plane becomes its layers: the flat levels that areas of the picture have."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_SHARE = 0.02
_APART = 12


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


def by_layer(alpha: Image, shape: Callable[[Image], Image]) -> Image:
    """`alpha` (mode L) put together again from its layers after `shape` has changed the outline of each.

    `shape` gets coverage planes (mode L, 0..255: in the layer or not) and returns such planes.
    """
    from PIL import ImageChops

    result, below = None, 0
    for level in flat_levels(alpha):
        span = level - below
        lift = [min(255, max(0, (510 * (value - below) + span) // (2 * span))) for value in range(256)]
        lower = [(2 * value * span + 255) // 510 for value in range(256)]
        layer = shape(alpha.point(lift)).point(lower)
        result = layer if result is None else ImageChops.add(result, layer)
        below = level
    return alpha if result is None else result
