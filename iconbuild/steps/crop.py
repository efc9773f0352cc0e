"""A picture becomes the same picture with its empty edge cut away and its content in the middle."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import number, real, settings

if TYPE_CHECKING:
    from PIL.Image import Image

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

    def run(self, image: Image, params: Params) -> Image:
        """The same size again. 0 only moves, by whole pixels; more scales up, as far as the content fits."""
        border = _border(image)
        box = _content(image, border)
        if box is None or image.size == (1, 1):
            return image
        left, top, right, bottom = box
        width, height = image.size
        scale = max(1 - real(params, "percent") / 100, (right - left) / width, (bottom - top) / height)
        if scale >= 1:
            # Towards zero, not down: a mirrored picture moves by the mirrored distance.
            return _moved(image, int((width - left - right) / 2), int((height - top - bottom) / 2), border)
        x, y, w, h = (left + right) / 2, (top + bottom) / 2, width * scale, height * scale
        return _window(image, (x - w / 2, y - h / 2, x + w / 2, y + h / 2), border)


def _border(image: Image) -> tuple[int, ...]:
    """What lies around the content: the border's colour where all of the border is opaque, else nothing."""
    right, bottom = image.width - 1, image.height - 1
    edges = (
        (0, 0, right + 1, 1),
        (0, bottom, right + 1, bottom + 1),
        (0, 0, 1, bottom + 1),
        (right, 0, right + 1, bottom + 1),
    )
    strips = [image.crop(edge) for edge in edges]
    if any(strip.getchannel("A").histogram()[255] != strip.width * strip.height for strip in strips):
        return 0, 0, 0, 0
    counts = [sum(levels) for levels in zip(*(strip.histogram() for strip in strips), strict=True)]
    return (*(_median(counts[256 * channel : 256 * channel + 256]) for channel in range(3)), 255)


def _median(counts: list[int]) -> int:
    seen, half = 0, sum(counts) / 2
    return next(level for level, count in enumerate(counts) if (seen := seen + count) >= half)


def _content(image: Image, border: tuple[int, ...]) -> Box | None:
    from PIL import ImageChops
    from PIL.Image import new

    if border[3] == 0:
        plane = image.getchannel("A")
    else:
        apart = ImageChops.difference(image.convert("RGB"), new("RGB", image.size, border[:3]))
        red, green, blue = apart.split()
        plane = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return plane.point([0] * _VISIBLE + [255] * (256 - _VISIBLE)).getbbox()


def _moved(image: Image, dx: int, dy: int, border: tuple[int, ...]) -> Image:
    if (dx, dy) == (0, 0):
        return image
    return _sheet(image, (-dx, -dy, image.width - dx, image.height - dy), border)


def _sheet(image: Image, box: Box, border: tuple[int, ...]) -> Image:
    """The pixels of `box`, which may reach outside the picture."""
    from PIL.Image import new

    if border[3] == 0:
        return image.crop(box)
    sheet = new("RGBA", (box[2] - box[0], box[3] - box[1]), border)
    sheet.paste(image, (-box[0], -box[1]))
    return sheet


def _window(image: Image, window: tuple[float, float, float, float], border: tuple[int, ...]) -> Image:
    """`window` of `image`, which may lie between pixels and reach outside, at the size of `image`."""
    from PIL.Image import Resampling

    from iconbuild.pictures.plain import flat, one_color

    outer = (floor(window[0]) - 4, floor(window[1]) - 4, ceil(window[2]) + 4, ceil(window[3]) + 4)
    inner = (window[0] - outer[0], window[1] - outer[1], window[2] - outer[0], window[3] - outer[1])
    sheet = _sheet(image, outer, border)
    color = one_color(sheet)
    # Without a second lobe there is no ghost line along an edge; colours get no negative lobe either, they would ring.
    alpha = sheet.getchannel("A").resize(image.size, Resampling.BICUBIC, inner)
    if color is not None:
        return flat(color, alpha)
    result = sheet.convert("RGBa").resize(image.size, Resampling.HAMMING, inner).convert("RGBA")
    result.putalpha(alpha)
    return result
