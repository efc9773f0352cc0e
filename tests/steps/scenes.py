"""Pictures to run steps on: random pixels, layers of shapes with tones and soft shadows, icons."""

from __future__ import annotations

from functools import cache
from math import cos, pi, sin
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageDraw, ImageFilter

from iconbuild.model.artifact import SVG, Payload
from iconbuild.pictures.decode import open_picture
from iconbuild.providers.local import LocalProvider
from tests.providers.local.support import drawn, icon

FINE = 8
"""Samples a pixel and axis."""
COLORS = ((59, 130, 246), (220, 40, 30), (15, 23, 42), (250, 204, 21))
TONES = (255, 255, 160, 51)
LOOKS = ("line", "duotone", "flat", "clay-3d", "glyph", "tone", "two-tones")
"""Of our own engine, and two more: a line icon around a translucent layer, in one colour and in two."""
SUBJECT = "gear cog settings"
_CAMERA = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256"><g stroke-linejoin="round">
<path fill="{tone}" d="M208 64h-32l-16-24H96L80 64H48a16 16 0 0 0-16 16v112a16 16 0 0 0 16 16h160a16 16 0 0 0
 16-16V80a16 16 0 0 0-16-16Zm-80 104a36 36 0 1 1 36-36 36 36 0 0 1-36 36Z" opacity="0.25"/>
<path fill="none" stroke="#312e81" stroke-width="16" d="M208 208H48a16 16 0 0 1-16-16V80a16 16 0 0 1 16-16h32l16-24h64
 l16 24h32a16 16 0 0 1 16 16v112a16 16 0 0 1-16 16Z"/>
<circle fill="none" stroke="#312e81" stroke-width="16" cx="128" cy="132" r="36"/></g></svg>"""


class Shape(NamedTuple):
    """One layer: an outline in parts of the picture's side, its turn, colour, alpha, and how far its shadow reaches."""

    kind: str
    x: float
    y: float
    reach: float
    turn: float
    color: tuple[int, int, int]
    tone: int
    shadow: float


_PARTS = st.integers(25, 75).map(lambda part: part / 100)
SHAPES = st.builds(
    Shape,
    st.sampled_from(("disc", "ring", "bar", "triangle", "pentagon", "star")),
    _PARTS,
    _PARTS,
    st.integers(12, 40).map(lambda part: part / 100),
    st.integers(0, 180).map(lambda turn: turn * pi / 180),
    st.sampled_from(COLORS),
    st.sampled_from(TONES),
    st.sampled_from((0, 0, 0, 0.05)),
)
SCENES = st.lists(SHAPES, min_size=1, max_size=3)
NOISE = arrays.arrays(np.uint8, st.tuples(st.integers(1, 14), st.integers(1, 14), st.just(4)))


def scene(shapes: list[Shape], size: int) -> Image.Image:
    """The shapes one over another, composed in floats, so that flat fills are exact."""
    color, alpha = np.zeros((size, size, 3)), np.zeros((size, size, 1))
    for shape in shapes:
        layers = [(_shadow(shape, size), (0, 0, 0))] if shape.shadow else []
        for cover, paint in (*layers, (_outline(shape, size) * shape.tone / 255, shape.color)):
            part = cover[..., None]
            color = part * np.array(paint, float) + (1 - part) * color
            alpha = part + (1 - part) * alpha
    straight = color / np.maximum(alpha, 1e-9)
    return Image.fromarray(np.rint(np.concatenate([straight, alpha * 255], axis=2)).astype(np.uint8))


def cut_hard(image: Image.Image) -> Image.Image:
    """`image` with alpha of one bit: jagged, and without layers."""
    result = image.copy()
    result.putalpha(image.getchannel("A").point([0] * 128 + [255] * 128))
    return result


def _outline(shape: Shape, size: int) -> np.ndarray:
    """Coverage, 0..1."""
    fine = Image.new("L", (size * FINE, size * FINE))
    pen, side = ImageDraw.Draw(fine), size * FINE
    x, y, reach = shape.x * side, shape.y * side, shape.reach * side
    if shape.kind in ("disc", "ring"):
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), 255)
        inner = 0.6 * reach
        if shape.kind == "ring":
            pen.ellipse((x - inner, y - inner, x + inner, y + inner), 0)
    else:
        pen.polygon([(x + reach * a, y + reach * b) for a, b in _corners(shape.kind, shape.turn)], 255)
    return np.asarray(fine.reduce(FINE), float) / 255


def _corners(kind: str, turn: float) -> list[tuple[float, float]]:
    if kind == "bar":
        return [(cos(turn + at), sin(turn + at)) for at in (0.2, pi - 0.2, pi + 0.2, -0.2)]
    count = {"triangle": 3, "pentagon": 5, "star": 10}[kind]
    far = [0.5 if kind == "star" and at % 2 else 1.0 for at in range(count)]
    return [(r * cos(turn + 2 * pi * at / count), r * sin(turn + 2 * pi * at / count)) for at, r in enumerate(far)]


def _shadow(shape: Shape, size: int) -> np.ndarray:
    plane = Image.fromarray(np.rint(_outline(shape._replace(y=shape.y + 0.04), size) * 120).astype(np.uint8))
    return np.asarray(plane.filter(ImageFilter.GaussianBlur(shape.shadow * size)), float) / 255


@cache
def drawing(look: str, size: int, subject: str = SUBJECT) -> Image.Image:
    """An icon as the engine draws it, in colours of the look's own; a camera where the look is one of tone.

    `jagged` is a line icon without grey, in steps of 4 px.
    """
    if look == "jagged":
        small = cut_hard(drawing("line", size // 4, subject))
        return small.resize((size, size), Image.Resampling.NEAREST)
    if look in ("tone", "two-tones"):
        body = _CAMERA.format(tone="#312e81" if look == "tone" else "#f97316")
        return open_picture(Payload(body.encode(), SVG), size)
    return open_picture(drawn(LocalProvider(), icon(subject, look)), size)
