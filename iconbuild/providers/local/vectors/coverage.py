"""A drawing becomes a small mask that answers where it covers the canvas, and how much of another one it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iconbuild.providers.local.packs.artwork import GRID
from iconbuild.providers.local.vectors.markup import document

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDE = 128  # px: two units each
_UNIT = GRID / _SIDE
_HALF = 128  # alpha from which a pixel is covered


class Coverage(NamedTuple):
    """How far a drawing covers each pixel of a small canvas: as a picture (mode L), and as its bytes."""

    image: Image
    rows: bytes

    def at(self, x: float, y: float) -> bool:
        """Whether a point of the 256 grid is covered."""
        column, row = int(x / _UNIT), int(y / _UNIT)
        return 0 <= column < _SIDE and 0 <= row < _SIDE and self.rows[row * _SIDE + column] >= _HALF

    def area(self) -> int:
        """How many pixels are covered."""
        return sum(self.image.histogram()[_HALF:])

    def both(self, other: Coverage) -> Coverage:
        """What this and the other cover."""
        from PIL import ImageChops

        return _coverage(ImageChops.darker(self.image, other.image))

    def either(self, other: Coverage) -> Coverage:
        """What this or the other covers."""
        from PIL import ImageChops

        return _coverage(ImageChops.lighter(self.image, other.image))

    def holds(self, width: float, without: Coverage) -> bool:
        """Whether a square of a width (units) fits into what this covers and `without` does not."""
        from PIL import ImageChops, ImageFilter

        left = ImageChops.subtract(self.image, without.image).reduce(2)
        side = int(width / _UNIT / 4) * 2 + 1
        return left.filter(ImageFilter.MinFilter(side)).getbbox() is not None


def coverage(lines: list[str]) -> Coverage:
    """Where a drawing covers the canvas, as the renderer itself draws it."""
    from iconbuild.pictures.svg import rasterize

    return _coverage(rasterize(document(lines).encode(), _SIDE).getchannel("A"))


def _coverage(image: Image) -> Coverage:
    return Coverage(image, image.tobytes())
