"""Pixels on their way through steps and sizes: RGBA, or of a picture in one colour its alpha plane alone."""

from __future__ import annotations

from typing import NamedTuple

from PIL.Image import Image, new

from iconbuild.pictures.plain import Color, flat, one_color


class Picture(NamedTuple):
    """A picture with straight alpha. RGB under alpha 0 means nothing.

    With a `color`, `pixels` is the alpha plane (mode L) of a picture in that colour: half the work, and the colour
    stays exact. Without one, `pixels` is RGBA. Use `picture_of`, which always picks the same form for the same picture.
    """

    pixels: Image
    color: Color | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.size

    def smallest(self) -> Picture:
        """The same picture as `picture_of` gives it: what cannot be seen has no colour."""
        if self.color and self.pixels.getextrema() != (0, 0):
            return self
        return picture_of(self.rgba())

    def outlined(self) -> Picture:
        """Its shape alone, in black."""
        return Picture(self.alpha(), (0, 0, 0))

    def alpha(self) -> Image:
        """The alpha plane, mode L."""
        return self.pixels if self.color else self.pixels.getchannel("A")

    def rgba(self) -> Image:
        """All four channels."""
        return flat(self.color, self.pixels) if self.color else self.pixels


def picture_of(image: Image) -> Picture:
    """`image` (RGBA) in its smallest form."""
    color = one_color(image)
    if color:
        return Picture(image.getchannel("A"), color)
    return Picture(image if image.getbbox() else new("RGBA", image.size))
