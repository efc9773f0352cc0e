"""Two pictures become the number of levels by which one shows what the other does not have nearby: halos."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from iconbuild.model.values import Json
from iconbuild.steps.binding import real, unit
from iconbuild.steps.registry import STEPS

Color = tuple[int, int, int]
GROUNDS: dict[str, Color] = {"red": (255, 0, 0), "black": (0, 0, 0), "white": (255, 255, 255)}
TRUSTED = 128
"""Alpha of the contour: what is inside it may grow, and lines too thin to be dense may get dense."""


def over(image: Image.Image, ground: Color) -> np.ndarray:
    """What is seen of `image` (RGBA) on `ground`: h x w x 6, red, green, blue and how far each is over the next."""
    below = Image.new("RGBA", image.size, (*ground, 255))
    below.alpha_composite(image)
    return with_hues(np.asarray(below)[..., :3].astype(np.int16))


def with_hues(levels: np.ndarray) -> np.ndarray:
    """Levels and their differences: what two colours are mixed to lies between them in both, an olive does not."""
    return np.concatenate([levels, levels - np.roll(levels, -1, axis=-1)], axis=-1)


def local(values: np.ndarray, reach: int, best: np.ufunc) -> np.ndarray:
    """The least (`np.minimum`) or greatest (`np.maximum`) value in the square that reaches `reach` px to each side."""
    for axis in (0, 1):
        turned = np.moveaxis(values, axis, 0)
        grown = np.concatenate([turned[:1]] * reach + [turned] + [turned[-1:]] * reach)
        done, wanted = 1, 2 * reach + 1
        while done < wanted:
            step = min(done, wanted - done)
            grown = best(grown[:-step], grown[step:])
            done += step
        values = np.moveaxis(grown, 0, axis)
    return values


def solid(image: Image.Image) -> Image.Image:
    """`image` with what lies inside its contour opaque and nothing of the rest: what growing may show."""
    result = image.copy()
    result.putalpha(image.getchannel("A").point([0] * TRUSTED + [255] * (256 - TRUSTED)))
    return result


class Field(NamedTuple):
    """For each pixel of a result the place it comes from (rows, columns), and how far around it a step may look.

    The places are those of the picture with `margin` px of nothing around it.
    """

    rows: np.ndarray
    columns: np.ndarray
    reach: int
    margin: int = 0

    def opened(self, image: Image.Image) -> Image.Image:
        """`image` with the margin."""
        return ImageOps.expand(image, self.margin, (0, 0, 0, 0)) if self.margin else image

    def range_of(self, levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The least and greatest of `levels` (h x w, ...) around the place that each pixel of the result comes from.

        Signed, so that they can be compared.
        """
        least, greatest = (local(levels, self.reach, best) for best in (np.minimum, np.maximum))
        places = self.rows[:, None], self.columns[None, :]
        return least[places].astype(np.int16), greatest[places].astype(np.int16)


def field_of(name: str, value: Json, image: Image.Image) -> Field:
    """Where the step `name` takes the pixels of its result from."""
    params, u = STEPS[name].bind(value), unit(image.size)
    amount = next((abs(real(params, key)) for key in ("amount", "strength", "percent") if key in params), 0.0)
    if name == "crop":
        return _window(image, 1 - amount / 100)
    reach = ceil({"thickness": 1.0, "smooth": 2.0}.get(name, 0) * amount * u) + 3
    return Field(np.arange(image.height), np.arange(image.width), reach)


def _window(image: Image.Image, wanted: float) -> Field:
    """The window of crop, as it is defined: around the middle of what has alpha 8 or more, and no smaller than that."""
    box = image.getchannel("A").point([0] * 8 + [255] * 248).getbbox() or (0, 0, *image.size)
    scale = max(wanted, (box[2] - box[0]) / image.width, (box[3] - box[1]) / image.height)
    places = []
    for side, low, high in ((image.height, box[1], box[3]), (image.width, box[0], box[2])):
        start = (low + high) / 2 - side * scale / 2
        places.append(np.floor(start + (np.arange(side) + 0.5) * scale).astype(int))
    outside = [max(-axis[0], axis[-1] - side) for axis, side in zip(places, image.size[::-1], strict=True)]
    margin = 1 + max(0, *outside)
    return Field(places[0] + margin, places[1] + margin, 3, margin)


def range_over(image: Image.Image, ground: Color, field: Field) -> tuple[np.ndarray, np.ndarray]:
    """The darkest and lightest levels that `image` shows on `ground` around the place each pixel comes from."""
    return field.range_of(over(field.opened(image), ground))


def cut_out(image: Image.Image, paper: Color) -> Image.Image:
    """What taking away `paper` from under `image` should leave: what is enclosed, the paper included, stays opaque."""
    empty = image.getchannel("A").point([255] + [0] * 255)
    wide = ImageOps.expand(empty, 1, 255)
    ImageDraw.floodfill(wide, (0, 0), 128)
    outside = wide.crop((1, 1, image.width + 1, image.height + 1)).point(lambda level: 255 * (level == 128))
    result = Image.new("RGBA", image.size, (*paper, 255))
    result.alpha_composite(image)
    result.paste(image, mask=outside.filter(ImageFilter.MaxFilter(5)))
    return result
