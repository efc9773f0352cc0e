"""A picture becomes the same picture with its empty edge cut away and its content in the middle."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import number, real, settings

if TYPE_CHECKING:
    from PIL.Image import Image

    from iconbuild.pictures.picture import Picture

Box = tuple[int, int, int, int]
_VISIBLE = 8
"""Levels of alpha, or of difference from the border, from which a pixel counts as content."""


class Crop:
    """`crop: 10` shows the middle 90 % of the width and height, around the content; nothing visible is ever cut."""

    name = "crop"
    version = 1

    def bind(self, value: Json) -> Params:
        """`10` or `{percent: 10}`, 0 to 50."""
        given = settings(self.name, value, "percent", ("percent",))
        return Params({"percent": number(self.name, "percent", given["percent"], 0, 50)})

    def run(self, picture: Picture, params: Params) -> Picture:
        """The same size again. 0 only moves, by whole pixels; more scales up, as far as the content fits."""
        border = _border(picture)
        box = _content(picture, border)
        if box is None or picture.size == (1, 1):
            return picture
        left, top, right, bottom = box
        width, height = picture.size
        scale = max(1 - real(params, "percent") / 100, (right - left) / width, (bottom - top) / height)
        if scale >= 1:
            # Towards zero, not down: a mirrored picture moves by the mirrored distance.
            return _moved(picture, int((width - left - right) / 2), int((height - top - bottom) / 2), border)
        x, y, w, h = (left + right) / 2, (top + bottom) / 2, width * scale, height * scale
        return _window(picture, (x - w / 2, y - h / 2, x + w / 2, y + h / 2), border)


def _border(picture: Picture) -> tuple[int, ...]:
    """What lies around the content: the border's colour where all of the border is opaque, else nothing."""
    right, bottom = picture.size[0] - 1, picture.size[1] - 1
    edges = (
        (0, 0, right + 1, 1),
        (0, bottom, right + 1, bottom + 1),
        (0, 0, 1, bottom + 1),
        (right, 0, right + 1, bottom + 1),
    )
    alpha = picture.alpha()
    if any(alpha.crop(edge).getextrema()[0] != 255 for edge in edges):
        return 0, 0, 0, 0
    if picture.color:
        return (*picture.color, 255)
    strips = [picture.pixels.crop(edge) for edge in edges]
    counts = [sum(levels) for levels in zip(*(strip.histogram() for strip in strips), strict=True)]
    return (*(_median(counts[256 * channel : 256 * channel + 256]) for channel in range(3)), 255)


def _median(counts: list[int]) -> int:
    seen, half = 0, sum(counts) / 2
    return next(level for level, count in enumerate(counts) if (seen := seen + count) >= half)


def _content(picture: Picture, border: tuple[int, ...]) -> Box | None:
    from PIL import ImageChops
    from PIL.Image import new

    if border[3] == 0:
        plane = picture.alpha()
    else:
        apart = ImageChops.difference(picture.rgba().convert("RGB"), new("RGB", picture.size, border[:3]))
        red, green, blue = apart.split()
        plane = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return plane.point([0] * _VISIBLE + [255] * (256 - _VISIBLE)).getbbox()


def _moved(picture: Picture, dx: int, dy: int, border: tuple[int, ...]) -> Picture:
    if (dx, dy) == (0, 0):
        return picture
    width, height = picture.size
    return picture._replace(pixels=_sheet(picture, (-dx, -dy, width - dx, height - dy), border))


def _sheet(picture: Picture, box: Box, border: tuple[int, ...]) -> Image:
    """The pixels of `box`, which may reach outside the picture; an alpha plane where `picture` is one."""
    from PIL.Image import new

    pixels = picture.pixels
    if border[3] == 0:
        return pixels.crop(box)
    sheet = new(pixels.mode, (box[2] - box[0], box[3] - box[1]), 255 if picture.color else border)
    sheet.paste(pixels, (-box[0], -box[1]))
    return sheet


def _window(picture: Picture, window: tuple[float, float, float, float], border: tuple[int, ...]) -> Picture:
    """`window` of `picture`, which may lie between pixels and reach outside, at the same size."""
    from PIL.Image import Resampling

    from iconbuild.pictures.picture import picture_of

    outer = (floor(window[0]) - 4, floor(window[1]) - 4, ceil(window[2]) + 4, ceil(window[3]) + 4)
    inner = (window[0] - outer[0], window[1] - outer[1], window[2] - outer[0], window[3] - outer[1])
    sheet = _sheet(picture, outer, border)
    plane = sheet if picture.color else sheet.getchannel("A")
    # Without a second lobe there is no ghost line along an edge; colours get no negative lobe either, they would ring.
    alpha = plane.resize(picture.size, Resampling.BICUBIC, inner)
    if picture.color:
        return picture._replace(pixels=alpha)
    result = sheet.convert("RGBa").resize(picture.size, Resampling.HAMMING, inner).convert("RGBA")
    result.putalpha(alpha)
    return picture_of(result)
