"""A picture becomes the same picture in another colour, its alpha untouched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from iconbuild.errors import PictureError
from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import choice, settings
from iconbuild.steps.usual import Usual

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})\Z")
MODES = ("solid", "tint")


class Recolor(Usual):
    """`recolor: "#0f172a"` paints all that is visible; mode `tint` keeps light and shade."""

    name = "recolor"
    version = 1

    def bind(self, value: Json) -> Params:
        """`"#rgb"`, `"#rrggbb"`, or `{color, mode: solid | tint}`."""
        given = settings(self.name, value, "color", ("color", "mode"))
        mode = choice(self.name, "mode", given.get("mode", "solid"), MODES)
        return Params({"color": _color(given["color"]), "mode": mode})

    def run(self, picture: Picture, params: Params) -> Picture:
        """`solid`: one colour under the same alpha. `tint`: black stays, white stays, the colour lies between.

        Raises PictureError where `solid` is to paint an opaque picture, which would become one flat square.
        """
        text = str(params["color"])
        color = int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
        return _solid(picture, color) if params["mode"] == "solid" else _tint(picture, color)

    def paints_all(self, params: Params) -> bool:
        """In mode `solid` nothing is left of any colour."""
        return params["mode"] == "solid"


def _color(value: Json) -> str:
    if value is None:
        raise ValueError('recolor needs a colour; quote it, # begins a comment: "#3b82f6"')
    text = value.strip().lower() if isinstance(value, str) else ""
    if not _HEX.match(text):
        shown = str(value)[:40] if isinstance(value, (str, int, float)) else type(value).__name__
        raise ValueError(f'recolor: `color` is "#rgb" or "#rrggbb", not {shown}')
    return text if len(text) == 7 else "#" + "".join(2 * digit for digit in text[1:])


def _solid(picture: Picture, color: tuple[int, int, int]) -> Picture:
    from iconbuild.pictures.picture import Picture

    alpha = picture.alpha()
    if picture.size != (1, 1) and alpha.getextrema()[0] == 255:
        raise PictureError(
            "recolor would fill the whole picture: it has no transparent part",
            remedy="take its background away first (remove-bg), or use recolor with `mode: tint`",
        )
    return Picture(alpha, color)


def _tint(picture: Picture, color: tuple[int, int, int]) -> Picture:
    """Luminance becomes colour through the colour's own luminance, so that the colour itself stays as it is."""
    from PIL.Image import merge

    from iconbuild.pictures.picture import Picture, picture_of

    middle = min(254, max(1, _luminance(color)))
    if picture.color:
        level = _luminance(picture.color)
        red, green, blue = (_between(level, middle, high) for high in color)
        return Picture(picture.pixels, (red, green, blue))
    grey = picture.pixels.convert("RGB").convert("L")
    planes = [grey.point([_between(level, middle, high) for level in range(256)]) for high in color]
    return picture_of(merge("RGBA", (*planes, picture.alpha())))


def _luminance(color: tuple[int, int, int]) -> int:
    """ITU-R 601 luma, 0..255, rounded as Pillow does it."""
    red, green, blue = color
    return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16


def _between(level: int, middle: int, high: int) -> int:
    """`level` on the line from (0, 0) through (middle, high) to (255, 255), rounded."""
    if level <= middle:
        return (2 * level * high + middle) // (2 * middle)
    return high + (2 * (level - middle) * (255 - high) + 255 - middle) // (2 * (255 - middle))
