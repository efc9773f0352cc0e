"""A picture becomes the answer to: is all that can be seen of it one colour, and which."""

from __future__ import annotations

from PIL import Image, ImageChops

Color = tuple[int, int, int]
SEEN = [0] + [255] * 255
"""For `point`: a plane of alpha becomes the mask of all that can be seen at all."""


def one_color(image: Image.Image) -> Color | None:
    """The RGB that every pixel with alpha over 0 has; None where there are several, or no such pixel.

    Such a picture is its alpha plane: half the work, and its colour stays exact.
    """
    return _single(image.histogram(image.getchannel("A")))


def flat(color: Color, alpha: Image.Image) -> Image.Image:
    """The RGBA picture of `color` under the plane `alpha` (mode L)."""
    image = Image.new("RGB", alpha.size, color)
    image.putalpha(alpha)
    return image


def settled(image: Image.Image) -> Image.Image:
    """`image` in one exact colour where it differs from one by rounding only, else `image` itself.

    Renderers keep premultiplied pixels: at alpha 16 only 17 levels of red are left of 256, so the edges of a drawing
    in one colour come out in many. The colour of the densest pixels is tried; the premultiplied pixels must agree
    within one level.
    """
    box = image.getbbox()
    if box is None:
        return image
    part = image.crop(box)  # nothing is learnt from what is empty around a drawing
    alpha = part.getchannel("A")
    densest = max(level for level, count in enumerate(alpha.histogram()) if count)
    color = _single(part.histogram(alpha.point([0] * densest + [255] * (256 - densest))))
    if color is None:
        return image
    drift = ImageChops.difference(flat(color, alpha).convert("RGBa"), part.convert("RGBa")).histogram()
    if any(any(drift[256 * channel + 2 : 256 * channel + 256]) for channel in range(3)):
        return image
    return flat(color, image.getchannel("A"))


def _single(counts: list[int]) -> Color | None:
    levels = []
    for channel in range(3):
        band = counts[256 * channel : 256 * channel + 256]
        if band.count(0) != 255:
            return None
        levels.append(next(level for level, count in enumerate(band) if count))
    return levels[0], levels[1], levels[2]
