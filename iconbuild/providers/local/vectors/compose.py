"""One or two things and a way to paint one become one drawing: a badge in a gap, or a pair with a shadow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from iconbuild.providers.local.packs.artwork import GRID
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.cells import outline
from iconbuild.providers.local.vectors.extent import PIXEL, STROKE, painted_cells
from iconbuild.providers.local.vectors.markup import element, moved, number, shapes, width

Paint = Callable[[Thing], list[str]]
"""The markup of one thing in its place, one element a line."""

GAP = 11.0
"""Width of the gap around a badge on the 256 grid: one pixel at 24 px."""

_SHADOW = ((12.0, 0.1), (7.0, 0.12), (3.0, 0.14))  # how far beyond the silhouette, how dark: soft without a filter
_FALL = (-5.0, 5.0)  # where a shadow falls: the light comes from the upper right, over the front one


def badged(things: Sequence[Thing], paint: Paint, gap: float = GAP, weight: float | None = None) -> list[str]:
    """The first thing with the second's silhouette, grown by `gap` (units of the 256 grid), knocked out; the second.

    `weight`: the second is drawn with strokes this wide on the 24 grid, from whose edge the gap is measured.
    """
    if len(things) == 1:
        return paint(things[0])
    first, second = things[:2]
    hole = f"{first.name}-{second.name}-gap"
    side = number(GRID)
    everything = element("path", {"fill": "#fff", "d": f"M0 0H{side}V{side}H0Z"})
    mask = element("mask", _canvas(hole), [*everything, *_covered(second, "#000", gap, weight)])
    return [*mask, *element("g", {"mask": f"url(#{hole})"}, paint(first)), *paint(second)]


def beside(things: Sequence[Thing], paint: Paint, shade: str = "#0f172a") -> list[str]:
    """The first thing behind the second, which casts a shadow in `shade` on it."""
    if len(things) == 1:
        return paint(things[0])
    first, second = things[:2]
    cast = f"{first.name}-{second.name}-cast"
    rings = [line for grow, light in _falling() for line in silhouette(second, _grey(light), grow)]
    fallen = element("g", {"transform": f"translate({number(_FALL[0])} {number(_FALL[1])})"}, rings)
    mask = element("mask", _canvas(cast), fallen)
    return [*paint(first), *mask, *element("g", {"mask": f"url(#{cast})"}, silhouette(first, shade)), *paint(second)]


def _falling() -> list[tuple[float, float]]:
    """How far the rings of a shadow reach and how dark they are together with those around them, widest first."""
    through, rings = 1.0, []
    for grow, opacity in _SHADOW:
        through *= 1 - opacity
        rings.append((grow, 1 - through))
    return rings


def _grey(light: float) -> str:
    """What a mask lets through to this part."""
    return "#" + 3 * f"{round(255 * light):02x}"


def silhouette(thing: Thing, color: str, grow: float = 0.0) -> list[str]:
    """All that a thing covers, in one colour, wider by `grow` units of the 256 grid on every side.

    That of a picture is made of squares of two units: of use behind it, not in its place.
    """
    artwork, wider = thing.artwork, 2 * grow / thing.fit.scale
    if artwork.picture:
        squares = outline(painted_cells(artwork.picture), PIXEL)
        return moved(thing.fit, element("path", _solid(color, wider) | {"d": squares}))
    if not artwork.fills:
        return moved(thing.fit, element("g", _solid(color, wider + STROKE), shapes(artwork.strokes)))
    paint = _solid(color, wider) if grow else {"fill": color}
    return moved(thing.fit, element("g", paint, shapes(artwork.fills)))


def _covered(thing: Thing, color: str, grow: float, weight: float | None) -> list[str]:
    """The silhouette with everything inside its lines, however they are drawn: what lies behind a badge."""
    artwork = thing.artwork
    if artwork.picture or not artwork.strokes:
        return silhouette(thing, color, grow)
    wide = STROKE if weight is None else width(weight, thing.fit)
    lines = element("g", _solid(color, wide + 2 * grow / thing.fit.scale), shapes(artwork.strokes))
    return [*moved(thing.fit, lines), *(silhouette(thing, color, grow) if artwork.fills else [])]


def _solid(color: str, width: float) -> dict[str, str | float | None]:
    rounded: dict[str, str | float | None] = {"stroke-linejoin": "round", "stroke-linecap": "round"}
    return {"fill": color, "stroke": color, "stroke-width": width, **rounded}


def _canvas(name: str) -> dict[str, str | float | None]:
    return {"id": name, "maskUnits": "userSpaceOnUse", "x": "0", "y": "0", "width": GRID, "height": GRID}
