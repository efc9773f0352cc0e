"""A picture becomes square ones of other sizes, without fringes, from one pyramid of halves."""

from __future__ import annotations

from functools import cached_property

from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.pictures.plain import SEEN

MAX_SIZE = 4096
_GAP = 2
"""Halves that are still this many times the target serve as its source: three times as fast, rms below 2 levels."""
_DRIFT = 0.005
"""The share by which the sum of alpha may change before it is looked after."""


def resize(image: Image.Image, size: int) -> Image.Image:
    """`image` (RGBA) fitted into `size` x `size`; see `Pyramid.at`."""
    return Pyramid(picture_of(image)).at(size).rgba()


class Pyramid:
    """One picture at many sizes: what is averaged down for one of them serves the smaller ones. For one thread.

    A size depends on the picture alone, never on what was asked for before it.
    """

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._halves: list[Image.Image] = []
        """Premultiplied, or the alpha plane; each half as wide and high as the one before."""

    def at(self, size: int) -> Picture:
        """Fitted into `size` x `size`: aspect kept, centred, the rest transparent.

        Lanczos on premultiplied pixels, so hidden colour never leaks. Raises PictureError outside 1..4096 px.
        """
        if not 1 <= size <= MAX_SIZE:
            raise PictureError(f"a picture can be 1 to {MAX_SIZE} px, not {size} px")
        width, height = self._picture.size
        scale = size / max(width, height)
        fitted = self._scaled((max(1, round(width * scale)), max(1, round(height * scale))))
        if fitted.size == (size, size):
            return fitted
        sheet = Image.new(fitted.pixels.mode, (size, size))
        sheet.paste(fitted.pixels, ((size - fitted.size[0]) // 2, (size - fitted.size[1]) // 2))
        return Picture(sheet, fitted.color)

    def _scaled(self, size: tuple[int, int]) -> Picture:
        picture = self._picture
        if picture.size == size:
            return picture
        source = self._source(max(size))
        small = source.resize(size, Image.Resampling.LANCZOS)
        if picture.color:
            return Picture(self._balanced(source, small), picture.color).smallest()
        result = small.convert("RGBA")
        result.putalpha(self._balanced(source.getchannel("a"), small.getchannel("a")))
        return picture_of(result)

    def _balanced(self, source: Image.Image, small: Image.Image) -> Image.Image:
        """`small`, the alpha plane of `source` resampled, with as much alpha as it ought to have."""
        width, height = self._picture.size
        total = self._alpha * (small.width * small.height) / (width * height)
        if abs(_sum(small) - total) <= _DRIFT * total:
            return small
        from iconbuild.pictures.balance import lanczos

        # What is empty has no colour to be seen in, and stays empty.
        return Image.composite(lanczos(source, small.size, total), small, small.point(SEEN))

    @cached_property
    def _alpha(self) -> int:
        return _sum(self._picture.alpha())

    def _source(self, longest: int) -> Image.Image:
        """The smallest half that is still twice the size asked for; halves exist where no pixel is cut in two."""
        if not self._halves:
            pixels = self._picture.pixels
            self._halves.append(pixels if self._picture.color else pixels.convert("RGBa"))
        level = 0
        while max(self._halves[level].size) >= 2 * _GAP * longest and not any(n % 2 for n in self._halves[level].size):
            if level + 1 == len(self._halves):
                self._halves.append(self._halves[level].reduce(2))
            level += 1
        return self._halves[level]


def _sum(plane: Image.Image) -> int:
    return sum(level * count for level, count in enumerate(plane.histogram()))
