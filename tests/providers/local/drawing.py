"""Icons of the installed pack as looks draw them, and what can be measured on the pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from iconbuild.pictures.svg import rasterize
from iconbuild.providers.local.looks.registry import LOOKS
from iconbuild.providers.local.packs.phosphor import PhosphorPack
from iconbuild.providers.local.studio import draw
from iconbuild.providers.local.tuning import asked
from iconbuild.providers.local.vectors.arrange import Item, Thing, arranged
from iconbuild.providers.local.vectors.keyline import convex_hull, hull_side

PACK = PhosphorPack()
EVERYDAY = (
    "chart-bar", "users", "gear", "credit-card", "chat", "bell", "laptop", "t-shirt", "house-line", "basketball",
    "book-open", "car", "paw-print", "crown", "headphones", "airplane", "shopping-cart", "heart", "star", "calendar",
    "camera", "lock", "envelope", "cloud", "gift", "rocket", "leaf", "coffee", "trophy", "map-pin", "trash", "key",
)  # fmt: skip


def item(name: str, size: float = 1.0) -> Item:
    return Item(name, PACK.artwork(name), size)


def things(look: str, *items: Item) -> list[Thing]:
    return arranged(items, LOOKS[look])


def document(look: str, *names: str, color: str | None = None, flags: tuple[str, ...] = ()) -> str:
    """The SVG text of one or two icons."""
    return draw([item(name) for name in names], asked(look, color, flags))


def pixels(svg: str, size: int = 256) -> NDArray[np.uint8]:
    """Height x width x RGBA."""
    return np.asarray(rasterize(svg.encode(), size))


def optical_side(alpha: NDArray[np.uint8]) -> float:
    """Side of the square that equals the hull of all painted pixels, in shares of the picture's side."""
    rows, columns = np.nonzero(alpha > 100)
    corners = [
        (float(x + dx), float(y + dy)) for x, y in zip(columns, rows, strict=True) for dx in (0, 1) for dy in (0, 1)
    ]
    return hull_side(convex_hull(corners)) / len(alpha)


def box(alpha: NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is painted."""
    rows, columns = np.nonzero(alpha > 100)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1
