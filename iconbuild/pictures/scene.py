"""A scene document becomes pixels: SVG bodies are puffed up, lit, and set before a tile with their shadows.

The way of a picture: each body is drawn once by the SVG renderer, in paints that stand for its materials (or in its
own colours). Its cover, cut where materials or colours meet, is inflated to a height field on a grid of 256 at most;
the field becomes light, which is enlarged and laid over the colours at full size, so that edges stay as sharp as the
renderer drew them. Shadows are blurred small. Everything is products, sums and square roots: the same on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PIL import Image, ImageChops

from iconbuild.errors import PictureError
from iconbuild.pictures.backdrop import Shadow, fallen, shadow, tile
from iconbuild.pictures.height import Field, inflated, softened
from iconbuild.pictures.light import Color, Surface, lit
from iconbuild.pictures.scenefile import Body, read
from iconbuild.pictures.svg import MAX_SIZE, rasterize

_GRID = 256
_SMALL = 192
_GRADUAL = 0.07  # a change of paint from cell to cell up to which it is a gradient, not an edge


def render(data: bytes, size: int) -> Image.Image:
    """The scene of a document drawn into `size` x `size` RGBA pixels.

    Raises PictureError for what is no scene of version 1, for bodies that `check_svg` refuses, and outside 1..4096 px.
    """
    if not 1 <= size <= MAX_SIZE:
        raise PictureError(f"a scene can be drawn at 1 to {MAX_SIZE} px, not at {size} px")
    scene = read(data)
    drawn = [_modelled(body, _drawn(body, size), scene.shade) for body in scene.bodies]
    for behind, front in pairwise(drawn):
        behind.paste(_dimmed(behind, scene.shade), mask=_within(fallen(front.getchannel("A")), behind))
    canvas = tile(scene.tile, size) if scene.tile else Image.new("RGBA", (size, size))
    if scene.shadow:
        _cast(canvas, scene.shadow, [body.getchannel("A") for body in drawn])
    for body in drawn:
        canvas.alpha_composite(body)
    return canvas


def _drawn(body: Body, size: int) -> Image.Image:
    """The body's own drawing. Artwork in many colours lays equal edges over each other, which come out jagged: it is
    drawn twice as large where a picture is so small that this shows.
    """
    data = body.svg.encode("utf-8", "surrogatepass")  # what is no text in the end is refused by name
    if body.materials or size > _SMALL:
        return rasterize(data, size)
    return rasterize(data, 2 * size).convert("RGBa").reduce(2).convert("RGBA")


def _modelled(body: Body, drawn: Image.Image, shade: Color) -> Image.Image:
    """`drawn` with the body's colours under the light that its shape takes; its alpha as it was."""
    box = drawn.getbbox()
    if box is None:
        return drawn
    lights = lit(_height(body, drawn), Surface(body.gloss, body.depth, shade))
    part = drawn.crop(box)
    colors = part.convert("RGB")
    if body.materials:
        colors = colors.convert("RGB", _matrix(body.materials))
    ratio = lights[0].width / drawn.width
    area = (box[0] * ratio, box[1] * ratio, box[2] * ratio, box[3] * ratio)
    for light, laid in zip(lights, (ImageChops.multiply, ImageChops.add), strict=True):
        colors = laid(colors, light.resize(part.size, Image.Resampling.BICUBIC, box=area))
    colors.putalpha(part.getchannel("A"))
    drawn.paste(colors, box[:2])
    return drawn


def _matrix(materials: Sequence[Color]) -> tuple[float, ...]:
    """Shares of red, green and blue, and what is missing of white's, become a mixture of four colours."""
    first, second, third, fourth = materials
    rows = zip(first, second, third, fourth, strict=True)
    return tuple(n for a, b, c, d in rows for n in ((a - d) / 255, (b - d) / 255, (c - d) / 255, float(d)))


def _height(body: Body, drawn: Image.Image) -> Field:
    side = min(_GRID, drawn.width)
    small = drawn.convert("RGBa").resize((side, side), Image.Resampling.BOX)
    bands = [np.asarray(band, np.float32) * np.float32(1 / 255) for band in small.split()]
    cover = bands[3]
    passes = max(1, round(2 * side / _GRID))
    height = inflated(cover * (1 - np.float32(body.crease) * _seams(bands, passes)), body.reach)
    height = softened(height, passes) * np.float32(body.puff)
    if body.materials:
        shares = [*bands[:3], np.maximum(0, cover - bands[0] - bands[1] - bands[2])]
        for share, relief in zip(shares, body.relief, strict=True):
            if relief:
                height = height + softened(share, 2 * passes) * np.float32(relief)
    return height


def _seams(bands: Sequence[Field], passes: int) -> Field:
    """1 where parts of different paint meet, 0 within a part and along the outer edge."""
    cover = softened(bands[3], passes)
    seam = np.zeros_like(cover)
    for band in bands[:3]:
        blurred = softened(band, passes)
        wide = np.pad(blurred, 1, mode="edge")
        over = np.pad(cover, 1, mode="edge")
        # The edge of the silhouette moves a band and the cover alike; only what differs is a seam inside.
        share = blurred / np.maximum(cover, np.float32(0.05))
        across = (wide[1:-1, 2:] - wide[1:-1, :-2]) - share * (over[1:-1, 2:] - over[1:-1, :-2])
        down = (wide[2:, 1:-1] - wide[:-2, 1:-1]) - share * (over[2:, 1:-1] - over[:-2, 1:-1])
        seam = np.maximum(seam, np.abs(across) + np.abs(down))
    cut: Field = np.clip((seam - np.float32(_GRADUAL)) * np.float32(2.4), 0, 1)
    return cut


def _within(mask: Image.Image, body: Image.Image) -> Image.Image:
    return ImageChops.darker(mask, body.getchannel("A"))


def _dimmed(body: Image.Image, shade: Color) -> Image.Image:
    low = tuple(level // 2 for level in shade)
    dark = ImageChops.multiply(body.convert("RGB"), Image.new("RGB", body.size, low))
    dark.putalpha(body.getchannel("A"))
    return dark


def _cast(canvas: Image.Image, spec: Shadow, alphas: Sequence[Image.Image]) -> None:
    whole = alphas[0]
    for alpha in alphas[1:]:
        whole = ImageChops.lighter(whole, alpha)
    dark = Image.new("RGB", canvas.size, spec.color)
    mask = shadow(spec, whole)
    dark.putalpha(mask)
    canvas.alpha_composite(dark)
