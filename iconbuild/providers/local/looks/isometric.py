"""An icon's solid variant becomes a body that stands above a corner: a front, walls in graded tones, a shadow."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, hypot, pi
from typing import NamedTuple

from iconbuild.providers.local.packs.artwork import GRID
from iconbuild.providers.local.palette import companion, from_oklch, to_oklch
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.areas import areas_of
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.effects import filled
from iconbuild.providers.local.vectors.extent import STROKE
from iconbuild.providers.local.vectors.geometry import Point, box_of, outline_points, polylines
from iconbuild.providers.local.vectors.keyline import Fit, convex_hull, hull_side
from iconbuild.providers.local.vectors.markup import document, element, number, shapes
from iconbuild.providers.local.vectors.solid import ACROSS, INWARD, NOTCH, Body, Wall, body, seen, spelled

_INDIGO = "#6366f1"
_DEPTH, _SHALLOWEST, _BY_THICKNESS = 38.0, 17.0, 1.5
_HOLLOW = 0.3  # of the depth
_SIDE, _WIDEST = 166.0, 233.0  # the square that a body's silhouette should equal; no longer side than this
_STEPS = 14  # tones of a curved wall, from the lightest to the darkest
_BEHIND = 0.16  # of the canvas, between two bodies' fronts
_FOOT, _SPREAD = 14.0, 0.3  # what is this near the lowest point touches the ground; the rest of it throws some shade
_LAYER = 2.0  # units between two layers of a body made of strokes
_GLINT = 2.4  # units
_SEAM = 3.0  # units by which walls reach under the front
_WARMER = 0.3  # radians
_PALE = 0.55  # of the way to white, and of the chroma


class Solid(NamedTuple):
    """A thing's body, its depth in units of its artwork, and how far its front is moved on the canvas."""

    thing: Thing
    body: Body
    depth: float
    shift: Point


class Paint(NamedTuple):
    """The colours of one body."""

    front: str
    floor: str
    up: str
    right: str
    shadow: str

    @property
    def pale(self) -> str:
        """Of parts of the front."""
        lightness, chroma, hue = to_oklch(self.front)
        return from_oklch((lightness + _PALE * (0.96 - lightness), chroma * _PALE, hue))


def colors(tone: Tone) -> tuple[str, ...]:
    """Front, floor of hollows, walls that face up and right, shadow; then front and walls of a second object."""
    front = tone.main or tone.dark or _INDIGO
    lightness, chroma, hue = to_oklch(front)
    own = from_oklch((min(0.78, max(0.34, lightness)), chroma, hue))
    other = companion(own)
    floor = tone.light or from_oklch((0.94, min(chroma, 0.035), hue))
    shadow = from_oklch((0.3, min(chroma, 0.05), hue))
    walls, far = (_bright_walls(other), _walls_of(own)) if tone.vivid else (_walls_of(own), _walls_of(other))
    return (own, floor, *walls, shadow, other, *far)


def _walls_of(front: str) -> tuple[str, str]:
    lightness, chroma, hue = to_oklch(front)
    turn = _WARMER if 0.9 < hue < 1.9 else 0.0  # the shade of amber is orange, not olive
    lit = from_oklch((lightness + min(0.16, 0.55 * (0.96 - lightness)), chroma * 0.9, hue))
    return lit, from_oklch((lightness - 0.17, chroma * 0.92, hue - turn))


def _bright_walls(color: str) -> tuple[str, str]:
    lightness, chroma, hue = to_oklch(color)
    return color, from_oklch((lightness - 0.2, chroma, hue - _WARMER))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the isometric look."""
    solids = [_solid(thing) for thing in things]
    if len(solids) == 2:  # the second one stands behind the first, and to the right, so that they are side by side
        farther = _BEHIND * GRID
        solids[1] = solids[1]._replace(shift=(farther * INWARD[0], farther * INWARD[1]))
    steps = 1 if "detail-low" in profile.flags else _STEPS
    scale, dx, dy = _view([point for solid in solids for point in _corners(solid)])
    lines: list[str] = []
    for solid, paint in reversed([*zip(solids, _paints(profile.colors), strict=False)]):
        shadow = [] if "detail-low" in profile.flags else _shadow(solid, paint)
        glints = _glints(solid, paint) if "detail-high" in profile.flags else []
        body_lines = [*_walls(solid, paint, steps), *_front(solid, paint), *glints]
        lines += element("g", {"transform": _matrix(solid)}, [*shadow, *body_lines])
    view = f"translate({number(dx)} {number(dy)}) scale({number(scale)})"
    return document(element("g", {"transform": view}, lines))


def _paints(colors: Sequence[str]) -> tuple[Paint, Paint]:
    front, floor, up, right, shadow, other, other_up, other_right = colors
    return Paint(front, floor, up, right, shadow), Paint(other, floor, other_up, other_right, shadow)


def _outline(thing: Thing) -> list[Point]:
    return [point for shape in thing.artwork.fills or thing.artwork.strokes for point in outline_points(shape)]


def _solid(thing: Thing) -> Solid:
    found = body([line for shape in thing.artwork.fills for line in polylines(shape)])
    return Solid(thing, found, min(_DEPTH, max(_SHALLOWEST, found.thickness * _BY_THICKNESS)), (0.0, 0.0))


def _matrix(solid: Solid) -> str:
    """From the artwork to the screen."""
    scale, dx, dy = solid.thing.fit
    x, y = seen((dx, dy))
    values = (scale * ACROSS[0], scale * ACROSS[1], 0.0, scale, x + solid.shift[0], y + solid.shift[1])
    return f"matrix({' '.join(map(number, values))})"


def _corners(solid: Solid) -> list[Point]:
    """The points of a body's front and back on the screen, as far as they decide its box."""
    scale, dx, dy = solid.thing.fit
    front = [seen((x * scale + dx, y * scale + dy)) for x, y in convex_hull(_outline(solid.thing))]
    deep = solid.depth * scale
    sides = [(x + part * INWARD[0], y + part * INWARD[1]) for x, y in front for part in (0.0, deep)]
    return [(x + solid.shift[0], y + solid.shift[1]) for x, y in sides]


def _view(points: list[Point]) -> Fit:
    """Centred on the canvas; as large as other bodies."""
    if not points:
        return Fit(1.0, 0.0, 0.0)
    box = box_of(points)
    scale = min(_SIDE / (hull_side(points) or 1.0), _WIDEST / max(box.width, box.height))
    middle_x, middle_y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return Fit(round(scale, 3), round(GRID / 2 - middle_x * scale, 2), round(GRID / 2 - middle_y * scale, 2))


def _walls(solid: Solid, paint: Paint, steps: int) -> list[str]:
    """Hollows' floors and all walls, each a ribbon from its edge inwards, in the tone of the way it faces."""
    if not solid.thing.artwork.fills:
        return _bars(solid, paint)
    lines: list[str] = []
    deep = _HOLLOW * solid.depth
    floors = [[(x + part, y - part) for x, y in hollow] for hollow in solid.body.hollows for part in (0.0, deep)]
    if floors:
        lines += element("path", {"fill": paint.floor, "d": "".join(f"M{spelled(floor)}Z" for floor in floors)})
    ramp = [_mixed(paint.up, paint.right, step / steps) for step in range(steps + 1)]
    for wall in sorted(solid.body.walls, key=lambda wall: not wall.inner):
        lines += _ribbons(wall, deep if wall.inner else solid.depth, ramp)
    return lines


def _ribbons(wall: Wall, deep: float, ramp: Sequence[str]) -> list[str]:
    """One element for each stretch of a wall in one tone; each reaches under the next and under the front."""
    tones = [_tone(normal, ramp) for normal in wall.normals]
    near = _under(wall.points)
    lines: list[str] = []
    start = 0
    for end in range(1, len(tones) + 1):
        if end < len(tones) and tones[end] == tones[start]:
            continue
        back = [(x + deep, y - deep) for x, y in reversed(wall.points[start : end + 2])]
        lines += element("path", {"fill": tones[start], "d": f"M{spelled([*near[start : end + 2], *back])}Z"})
        start = end
    return lines


def _under(edge: Sequence[Point]) -> list[Point]:
    """The edge moved under the front, but for what is so near its ends that it would come out on the other side."""
    (a, b), (c, d) = edge[0], edge[-1]
    moved = []
    for x, y in edge:
        seam = _SEAM * min(1.0, hypot(x - a, y - b) / NOTCH, hypot(x - c, y - d) / NOTCH)
        moved.append((x - seam, y + seam))
    return moved


def _tone(normal: Point, ramp: Sequence[str]) -> str:
    """The colour of a wall by the way it faces: those that face up are lit, those that face right are not."""
    share = (1 + normal[0] + normal[1]) / 2
    return ramp[min(len(ramp) - 1, max(0, round(share * (len(ramp) - 1))))]


def _mixed(one: str, other: str, share: float) -> str:
    """Between two colours, without the grey that lies between them in sRGB."""
    (a, b, c), (d, e, f) = to_oklch(one), to_oklch(other)
    turn = (f - c + pi) % (2 * pi) - pi
    return from_oklch((a + (d - a) * share, b + (e - b) * share, c + turn * share))


def _bars(solid: Solid, paint: Paint) -> list[str]:
    """The depth of artwork that has strokes only: the strokes again and again, from the back to the front."""
    lines: list[str] = []
    count = ceil(solid.depth / _LAYER)
    for layer in range(count, 0, -1):
        deep = number(layer * solid.depth / count)
        lines += element(
            "g",
            {**_stroke(paint.right), "transform": f"translate({deep} -{deep})"},
            shapes(solid.thing.artwork.strokes),
        )
    return lines


def _front(solid: Solid, paint: Paint) -> list[str]:
    if solid.thing.artwork.fills:
        parts = areas_of(solid.thing.artwork).parts
        return filled(solid.thing.artwork.fills, paint.front) + filled(parts, paint.pale, STROKE)
    return element("g", _stroke(paint.front), shapes(solid.thing.artwork.strokes))


def _glints(solid: Solid, paint: Paint) -> list[str]:
    """Light on the edges between the front and the walls."""
    d = "".join(f"M{spelled(wall.points)}" for wall in solid.body.walls)
    return element("path", {**_stroke(paint.floor), "stroke-width": _GLINT, "d": d}) if d else []


def _stroke(color: str) -> dict[str, str | float | None]:
    pen: dict[str, str | float | None] = {"fill": "none", "stroke": color, "stroke-width": STROKE}
    return {**pen, "stroke-linecap": "round", "stroke-linejoin": "round"}


def _shadow(solid: Solid, paint: Paint) -> list[str]:
    """What the body keeps from the light on the ground, fading out over two steps."""
    points = _outline(solid.thing)
    if not points:
        return []
    box = box_of(points)
    standing = [x for x, y in points if y > box.bottom - _FOOT]
    left, right = min(standing), max(standing)
    left, right = left + _SPREAD * (box.left - left), right + _SPREAD * (box.right - right)
    lines: list[str] = []
    for grow, opacity in ((10.0, 0.05), (6.0, 0.06), (2.0, 0.07)):
        ground = {
            "x": left + 4 - grow,
            "y": -grow,
            "width": right - left + 8 + 2 * grow,
            "height": solid.depth + 2 * grow,
        }
        lines += element("rect", {**ground, "rx": grow + 4, "fill": paint.shadow, "fill-opacity": opacity})
    return element("g", {"transform": f"matrix(1 0 1 -1 0 {number(box.bottom)})"}, lines)
