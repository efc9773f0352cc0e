"""What a look paints of an artwork becomes the points that decide how large it is and where its middle lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from iconbuild.providers.local.looks.registry import Layer
from iconbuild.providers.local.packs.artwork import GRID, Artwork, Shape
from iconbuild.providers.local.vectors.crisp import Level, levels
from iconbuild.providers.local.vectors.geometry import Point, outline_points, polylines

STROKE = 16.0
"""The stroke width that pack artwork is designed for."""

_RASTER = 128  # px; a palette picture is looked at this small
_SEEN, _HALF = 24, 128  # alpha of a pixel that counts, fainter ones are a shadow or a glow; and of one that is covered

PIXEL = int(GRID) // _RASTER
"""Side of the squares in which a picture is looked at."""


class Extent(NamedTuple):
    """Points on the 256 grid, and how far paint reaches beyond them. `live`: strokes, whose width does not scale.

    `columns` and `rows` are its straight upright and level edges.
    """

    points: list[Point]
    margin: float = 0.0
    live: bool = False
    columns: Sequence[Level] = ()
    rows: Sequence[Level] = ()


def extent(artwork: Artwork, layer: Layer) -> Extent:
    """What a look that is placed by `layer` paints; another layer where the artwork lacks that one."""
    if layer == "picture" and artwork.picture:
        return Extent(_picture_points(artwork.picture))
    solid = layer in ("fills", "picture")
    if artwork.fills and (solid or not artwork.strokes):
        return _extent(artwork.fills, 0.0)
    found = _extent(artwork.strokes, STROKE / 2)
    points = [*found.points, *(disc(dot)[:2] for dot in artwork.dots)]
    if layer == "tints":
        points += [point for shape in artwork.tints for point in outline_points(shape)]
    return found._replace(points=points)


def disc(dot: Shape) -> tuple[float, float, float]:
    """A dot as centre and the radius of the circle that, stroked like everything else, looks like it."""
    return dot.number("cx"), dot.number("cy"), max(0.5, dot.number("r") - STROKE / 2)


def _extent(shapes: Iterable[Shape], margin: float) -> Extent:
    lines = [line for shape in shapes for line in polylines(shape)]
    return Extent([point for line in lines for point in line.points], margin, margin > 0, *levels(lines))


def _picture_points(markup: tuple[str, ...]) -> list[Point]:
    """The left and right ends of every row of a small raster of the picture, by the cover of its pixels."""
    alpha = _alpha(markup)
    points: list[Point] = []
    for y in range(_RASTER):
        row = alpha[y * _RASTER : (y + 1) * _RASTER]
        seen = [x for x, value in enumerate(row) if value >= _SEEN]
        if seen:
            left, right = seen[0] + 1 - row[seen[0]] / 255, seen[-1] + row[seen[-1]] / 255
            points += [(x * PIXEL, edge * PIXEL) for x in (left, right) for edge in (y, y + 1)]
    return points


def painted_cells(markup: tuple[str, ...]) -> set[tuple[int, int]]:
    """The squares, `PIXEL` units wide, that a picture covers by more than half."""
    return {(i % _RASTER, i // _RASTER) for i, value in enumerate(_alpha(markup)) if value > _HALF}


@lru_cache(maxsize=32)
def _alpha(markup: tuple[str, ...]) -> bytes:
    from iconbuild.pictures.svg import rasterize
    from iconbuild.providers.local.vectors.markup import document

    return rasterize(document(markup).encode(), _RASTER).getchannel("A").tobytes()
