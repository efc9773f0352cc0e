"""A picture becomes the same picture with its empty edge cut away and its content in the middle."""

from __future__ import annotations

from functools import reduce
from math import ceil, floor
from typing import TYPE_CHECKING

from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import number, real, settings
from iconbuild.steps.usual import Usual

if TYPE_CHECKING:
    from PIL.Image import Image

    from iconbuild.pictures.picture import Picture

Box = tuple[int, int, int, int]
Window = tuple[float, float, float, float]
_VISIBLE = 8
"""Levels of alpha, or of difference from the border, from which a pixel counts as content."""


class Crop(Usual):
    """`crop: 10` shows the middle 90 % of the width and height, around the content; nothing visible is ever cut."""

    name = "crop"
    version = 1

    def bind(self, value: Json) -> Params:
        """`10` or `{percent: 10}`, 0 to 50."""
        given = settings(self.name, value, "percent", ("percent",))
        return Params({"percent": number(self.name, "percent", given["percent"], 0, 50)})

    def run(self, picture: Picture, params: Params) -> Picture:
        """The same size again. 0 only moves, by whole pixels; more scales up, as far as the content fits."""
        picture = picture.smallest()
        return _cropped(picture, params, mixed=picture.color is None)

    def shape(self, picture: Picture, params: Params) -> Picture | None:
        """In black; None where the border is opaque, since then its colour says what is content."""
        return None if picture.color or _border(picture)[3] else _cropped(picture.outlined(), params, mixed=True)


def _cropped(picture: Picture, params: Params, *, mixed: bool) -> Picture:
    """`mixed`: several colours, or the shape of a picture in several."""
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
    return _centred(picture, ((left + right) / 2, (top + bottom) / 2), scale, border, mixed=mixed)


def _border(picture: Picture) -> tuple[int, ...]:
    """What lies around the content: the border's colour where all of the border is opaque, else nothing."""
    right, bottom = picture.size[0] - 1, picture.size[1] - 1
    edges = (
        (0, 0, right + 1, 1),
        (0, bottom, right + 1, bottom + 1),
        (0, 0, 1, bottom + 1),
        (right, 0, right + 1, bottom + 1),
    )
    strips = [picture.pixels.crop(edge) for edge in edges]
    if any((strip if picture.color else strip.getchannel("A")).getextrema()[0] != 255 for strip in strips):
        return 0, 0, 0, 0
    if picture.color:
        return (*picture.color, 255)
    counts = [sum(levels) for levels in zip(*(strip.histogram() for strip in strips), strict=True)]
    return (*(_median(counts[256 * channel : 256 * channel + 256]) for channel in range(3)), 255)


def _median(counts: list[int]) -> int:
    seen, half = 0, sum(counts) / 2
    return next(level for level, count in enumerate(counts) if (seen := seen + count) >= half)


def _content(picture: Picture, border: tuple[int, ...]) -> Box | None:
    """The box around all that differs from the border, in colour or, where the border is opaque, by being less so."""
    from PIL import ImageChops
    from PIL.Image import new

    if border[3] == 0:
        plane = picture.alpha()
    elif picture.color:
        plane = ImageChops.invert(picture.pixels)
    else:
        apart = ImageChops.difference(picture.pixels, new("RGBA", picture.size, border)).split()
        plane = reduce(ImageChops.lighter, apart)
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


def _centred(
    picture: Picture, middle: tuple[float, float], scale: float, border: tuple[int, ...], *, mixed: bool
) -> Picture:
    """The window of `scale` around `middle`, at the size of the picture.

    An edge that starts faint ends elsewhere once it is scaled up, by up to two pixels. Where that leaves the content
    off the middle, the window follows it.
    """
    result, (x, y), (width, height) = picture, middle, picture.size
    for _ in range(3):
        w, h = width * scale, height * scale
        result = _window(picture, (x - w / 2, y - h / 2, x + w / 2, y + h / 2), border, mixed=mixed)
        box = _content(result, border)
        if box is None:
            break
        right, down = (box[0] + box[2] - width) / 2, (box[1] + box[3] - height) / 2
        if max(abs(right), abs(down)) <= 0.5:
            break
        x, y = x + right * scale, y + down * scale
    return result


def _window(picture: Picture, window: Window, border: tuple[int, ...], *, mixed: bool) -> Picture:
    """`window` of `picture`, which may lie between pixels and reach outside, at the same size."""
    from PIL.Image import new

    from iconbuild.steps.enlarge import enlarged

    (left, top, right, bottom), (width, height) = window, picture.size
    across, down = (right - left) / width, (bottom - top) / height
    seen = (picture.pixels.getbbox() if border[3] == 0 else None) or (0, 0, width, height)
    # What is seen, with the two pixels that the filter reaches, is somewhere in the result, and nothing is elsewhere.
    place = (
        max(0, floor((seen[0] - 2 - left) / across)),
        max(0, floor((seen[1] - 2 - top) / down)),
        min(width, ceil((seen[2] + 2 - left) / across)),
        min(height, ceil((seen[3] + 2 - top) / down)),
    )
    if border[3]:
        place = (0, 0, width, height)
    source = (left + place[0] * across, top + place[1] * down, left + place[2] * across, top + place[3] * down)
    outer = (floor(source[0]) - 4, floor(source[1]) - 4, ceil(source[2]) + 4, ceil(source[3]) + 4)
    inner = (source[0] - outer[0], source[1] - outer[1], source[2] - outer[0], source[3] - outer[1])
    part = picture._replace(pixels=_sheet(picture, outer, border))
    pixels = enlarged(part, inner, (place[2] - place[0], place[3] - place[1]), mixed=mixed)
    sheet = new(pixels.mode, picture.size)
    sheet.paste(pixels, place[:2])
    return picture._replace(pixels=sheet).smallest()
