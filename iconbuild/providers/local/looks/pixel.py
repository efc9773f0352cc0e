"""An icon's strokes and tints become squares of a coarse grid: contours one square wide, areas in a few tones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import hypot
from typing import NamedTuple

from iconbuild.providers.local.packs.artwork import GRID, Shape
from iconbuild.providers.local.palette import SLATE, from_oklch, tint, to_oklch
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.cells import Cell, area_cells, around, enclosed, grown, outline, stroke_cells
from iconbuild.providers.local.vectors.geometry import Line, box_of, outline_points, polylines
from iconbuild.providers.local.vectors.markup import document, element, number

_CELLS = 32  # of pack artwork's lattice: whole pixels at 32, 64, 96 px and so on
_CELL = GRID / _CELLS
_NEARLY = 0.06  # so much of its size an icon gives up for its lattice
_FALLBACK = "#b6c5fa"


class Grid(NamedTuple):
    """Where the point (x, y) of some artwork lies, as a cell, and how large the artwork is drawn around it."""

    scale: float
    x: float
    y: float
    column: int
    row: int


class Sprite(NamedTuple):
    """Cells by what they are. `lit` and `shaded` are parts of the area `tone`."""

    ink: set[Cell]
    tone: set[Cell]
    paper: set[Cell]
    lit: set[Cell]
    shaded: set[Cell]


def colors(tone: Tone) -> tuple[str, ...]:
    """Ink, tone, paper, and the tone where light falls on it and where it does not."""
    ink = tone.dark or tone.main or SLATE
    area = tone.light or (tint(ink) if tone.main or tone.dark else _FALLBACK)
    lightness, chroma, hue = to_oklch(area)
    if tone.vivid:
        hue = to_oklch(ink)[2] + 2.6
        area = from_oklch((lightness := 0.8, chroma := 0.15, hue))
    paper = from_oklch((0.965, min(chroma, 0.02), hue))
    lit = from_oklch((min(0.96, lightness + 0.09), chroma * 0.6, hue))
    return (ink, area, paper, lit, from_oklch((lightness - 0.12, chroma * 1.1, hue)))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the pixel look."""
    sprites = [_sprite(thing, profile) for thing in things]
    if len(sprites) == 2:
        hole = grown(set().union(*sprites[1]))
        sprites[0] = Sprite(*(layer - hole for layer in sprites[0]))
    merged = Sprite(*(set().union(*layers) for layers in zip(*sprites, strict=True)))
    ink, tone, paper, lit, shaded = profile.colors
    body = _layer(set().union(*merged), ink)  # under the areas too, so that no slit shows where they meet the contour
    for cells, color in zip(merged[1:], (tone, paper, lit, shaded), strict=True):
        body += _layer(cells, color)
    return document(element("g", {"transform": f"scale({number(_CELL)})"}, body))


def _layer(cells: set[Cell], color: str) -> list[str]:
    return element("path", {"fill": color, "d": outline(cells)}) if cells else []


def _sprite(thing: Thing, profile: Profile) -> Sprite:
    artwork, grid = thing.artwork, _grid(thing)
    ink: set[Cell] = set()
    if not artwork.strokes:
        return Sprite(_placed(area_cells(_lines(artwork.fills, grid)), grid), set(), set(), set(), set())
    for line in _lines(artwork.strokes, grid):
        ink |= stroke_cells(line, cornered=profile.caps == "square")
    for dot in artwork.dots:
        ink |= _dot(dot, grid)
    if "detail-low" in profile.flags:  # a pen two cells wide, whose middle is a corner of the lattice
        ink = {(x - dx, y - dy) for x, y in ink for dx in (0, 1) for dy in (0, 1)}
    tone = area_cells(_lines(artwork.tints, grid)) - ink
    paper = enclosed(ink) - tone
    inside = ink | tone | paper
    tone = {cell for cell in tone if sum(near not in inside for near in around(cell)) < 2}  # a corner that sticks out
    return Sprite(*(_placed(layer, grid) for layer in (ink, tone, paper, *_lights(tone, ink, profile))))


def _grid(thing: Thing) -> Grid:
    """The cells around the middle of a thing; one that nearly keeps its size falls on the lattice it was drawn on."""
    scale, dx, dy = thing.fit
    points = [point for shape in thing.artwork.strokes or thing.artwork.fills for point in outline_points(shape)]
    if not points:
        return Grid(1.0, 0.0, 0.0, 0, 0)
    box = box_of(points)
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    column, row = (x * scale + dx) / _CELL, (y * scale + dy) / _CELL
    if abs(scale - 1) > _NEARLY:
        return Grid(scale, x, y, round(column), round(row))
    column, row = round(column - x / _CELL) + x / _CELL, round(row - y / _CELL) + y / _CELL
    return Grid(1.0, x - column % 1 * _CELL, y - row % 1 * _CELL, int(column), int(row))


def _placed(cells: set[Cell], grid: Grid) -> set[Cell]:
    return {(x + grid.column, y + grid.row) for x, y in cells}


def _lights(tone: set[Cell], ink: set[Cell], profile: Profile) -> tuple[set[Cell], set[Cell]]:
    """Light from the upper left: a row of the tone along the contour there is lit, one opposite lies in shade."""
    if "detail-low" in profile.flags:
        return set(), set()
    shaded = {(x, y) for x, y in tone if (x + 1, y) in ink or (x, y + 1) in ink}
    lit = {(x, y) for x, y in tone if (x - 1, y) in ink or (x, y - 1) in ink} - shaded
    if "detail-high" in profile.flags:
        shaded |= {(x, y) for x, y in tone - lit if (x + 1, y) in shaded or (x, y + 1) in shaded}
        lit |= {(x, y) for x, y in tone - shaded if (x - 1, y) in lit and (x, y - 1) in lit}
    return lit, shaded


def _lines(shapes: Iterable[Shape], grid: Grid) -> list[Line]:
    """The outlines in units of a cell, from the grid's middle."""
    scale, left, top = grid.scale / _CELL, grid.x, grid.y
    lines = [line for shape in shapes for line in polylines(shape)]
    return [Line([((x - left) * scale, (y - top) * scale) for x, y in line.points], line.closed) for line in lines]


def _dot(dot: Shape, grid: Grid) -> set[Cell]:
    (line,) = _lines([dot], grid)
    count = len(line.points)
    x, y = sum(x for x, _ in line.points) / count, sum(y for _, y in line.points) / count
    radius = hypot(line.points[0][0] - x, line.points[0][1] - y)
    reach = radius - 0.35
    middle = stroke_cells(Line([(x, y)], closed=False))
    return middle | {cell for cell in grown(middle) if hypot(cell[0] - x, cell[1] - y) <= reach}
