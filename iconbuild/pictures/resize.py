"""A picture becomes a square one of another size, without fringes."""

from __future__ import annotations

from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.pictures.plain import flat, one_color

MAX_SIZE = 4096
_PYRAMID = 3.0
"""Sources this many times the target are first averaged down to it in whole steps: twice as fast, no visible change."""


def resize(image: Image.Image, size: int) -> Image.Image:
    """`image` (RGBA) fitted into `size` x `size`: aspect kept, centred, the rest transparent.

    Lanczos on premultiplied pixels, so the colour under alpha 0 never leaks. Raises PictureError outside 1..4096 px.
    """
    if not 1 <= size <= MAX_SIZE:
        raise PictureError(f"a picture can be 1 to {MAX_SIZE} px, not {size} px")
    scale = size / max(image.size)
    fitted = _scale(image, (max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    if fitted.size == (size, size):
        return fitted
    sheet = Image.new("RGBA", (size, size))
    sheet.paste(fitted, ((size - fitted.width) // 2, (size - fitted.height) // 2))
    return sheet


def _scale(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.size == size:
        return image
    lanczos = Image.Resampling.LANCZOS
    color = one_color(image)
    if color is not None:
        return flat(color, image.getchannel("A").resize(size, lanczos, reducing_gap=_PYRAMID))
    return image.convert("RGBa").resize(size, lanczos, reducing_gap=_PYRAMID).convert("RGBA")
