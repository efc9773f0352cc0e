"""An icon in its place becomes a body of a scene: its parts in the four paints that stand for materials."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from iconbuild.pictures.scenefile import PAINTS, START
from iconbuild.providers.local.packs.artwork import GRID, Artwork, Shape
from iconbuild.providers.local.vectors.areas import areas_of
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.coverage import Coverage, coverage
from iconbuild.providers.local.vectors.effects import UNDER, filled, unshaded
from iconbuild.providers.local.vectors.extent import STROKE
from iconbuild.providers.local.vectors.faces import faces
from iconbuild.providers.local.vectors.geometry import polylines
from iconbuild.providers.local.vectors.keyline import Fit
from iconbuild.providers.local.vectors.markup import document, element, moved
from iconbuild.providers.local.vectors.slits import narrow_holes, polyline, runs, slits

_MAIN, _SECOND, _LIGHT, _DARK = PAINTS
_EDGE = 1.5  # units that a grown tint goes beyond the edge it shares with the solid variant, which would shine through
_GROOVE = 9.0  # width of what is engraved along a stroke
_INSET = 4.0  # units: what is seen in slits ends half of this before the edge of the body's tints
_CANVAS: dict[str, str | float | None] = {
    "maskUnits": "userSpaceOnUse",
    "x": 0.0,
    "y": 0.0,
    "width": GRID,
    "height": GRID,
}
_MOSTLY = 0.55  # share of the solid variant from which tints are a body
_SAME = 0.8  # share of such tints that the solid variant fills, or they belong to another drawing of the thing
_WITHIN = 0.97  # share of the solid variant that tints cover if they end at its edge, not in the middle of strokes
_BARE = 0.3  # share of a pane that may be covered
_SLIT = 8.0  # units: what has no room for such a square is no slit, but the roughness of small masks
_ROOMY = 28.0  # units: a window that has no room for such a square is a detail


class Clay(NamedTuple):
    """How bodies are modelled; the members are those of `pictures.scenefile.Body`."""

    relief: tuple[float, float, float, float]
    puff: float
    reach: float
    crease: float
    gloss: float
    depth: float


def scene(bodies: Sequence[object], shade: str, *, tile: Mapping[str, object] | None, shadow: object) -> str:
    """The text of a scene."""
    rest = json.dumps({"shade": shade, "tile": tile, "shadow": shadow, "bodies": bodies}, separators=(",", ":"))
    return START + rest[1:]


def body(thing: Thing, materials: Sequence[str], clay: Clay, frame: Fit, *, plain: bool = False) -> dict[str, object]:
    """A thing as a body of a scene; `frame`: where the whole canvas goes; `plain`: without engraved details.

    Artwork in colours of its own keeps them.
    """
    artwork = thing.artwork
    place = Fit(
        thing.fit.scale * frame.scale,
        thing.fit.dx * frame.scale + frame.dx,
        thing.fit.dy * frame.scale + frame.dy,
    )
    own = bool(artwork.picture)
    lines = unshaded(artwork.picture) if own else _parts(artwork, plain=plain)
    return {
        **clay._asdict(),
        "svg": document(moved(place, lines)),
        "materials": [] if own else list(materials),
        "relief": [] if own else list(clay.relief),
    }


def _parts(artwork: Artwork, *, plain: bool) -> list[str]:
    """Back to front: windows, light or tinted, a box's faces below what stands on them; what slits are filled with;
    the solid variant; tints on it; inlays.
    """
    if not artwork.fills:
        return filled([*artwork.tints, *artwork.dots], _SECOND) + _pen(artwork.strokes, _MAIN, STROKE)
    layers = _layers(artwork)
    narrow = _MAIN if layers.boxed else layers.base if plain or layers.trimmed else _DARK
    closed = filled(layers.closed, _LIGHT if layers.roomy else narrow)
    windows = filled(layers.windows, _SECOND, UNDER)
    drawn = windows + closed if layers.boxed and not layers.roomy else closed + windows
    drawn += _pen(layers.slits, layers.base, STROKE + _EDGE) + filled(layers.holes, layers.base, _EDGE)
    drawn += _grooved(layers.beneath, artwork.fills, plain=plain)
    drawn += filled(artwork.fills, layers.base) + filled(layers.parts, _SECOND, STROKE + _EDGE)
    if layers.trimmed:
        drawn += _clipped(artwork.fills, filled(layers.body, _MAIN, STROKE + _EDGE))
    drawn += filled(layers.panes, _LIGHT)
    return drawn if plain else drawn + filled(layers.holes, _DARK) + _pen(layers.inlays, _DARK, _GROOVE)


def _grooved(items: Sequence[Shape], solid: Sequence[Shape], *, plain: bool) -> list[str]:
    """Areas as they are seen in the slits of the solid variant, which become grooves between its banks.

    They are a little smaller than they are: the solid variant may end where they do, and would show a rim.
    """
    if not items:
        return []
    rim: dict[str, str | float | None] = {
        "fill": "#ffffff",
        "stroke": "#000000",
        "stroke-width": _INSET,
        "stroke-linejoin": "round",
    }
    mask = element("mask", {"id": "within", **_CANVAS}, element("g", rim, [item.markup() for item in items]))
    seen = filled(items, _MAIN) if plain else filled(items, _DARK) + _pen(solid, _MAIN, STROKE - _GROOVE)
    return [*mask, *element("g", {"mask": "url(#within)"}, seen)]


def _clipped(items: Sequence[Shape], lines: list[str]) -> list[str]:
    shape = element("clipPath", {"id": "solid"}, [item.markup() for item in items])
    return [*shape, *element("g", {"clip-path": "url(#solid)"}, lines)]


class _Layers(NamedTuple):
    """An icon's shapes by what they are made of.

    `closed` strokes are seen through the solid variant's holes: `roomy` ones, or only narrow ones; `panes` are those
    with nothing in them. `windows` are tints in holes and, where the icon is `boxed`, its faces; `parts` and `body`
    tints on the solid variant, whose paint is `base`; where it is `trimmed`, it shows as trimmings around the body.
    `beneath` is the body where it is seen in slits of the solid variant. `holes` are narrow, `slits` run along
    strokes, `inlays` are those of them that are inside something.
    """

    closed: list[Shape]
    roomy: bool
    panes: list[Shape]
    windows: list[Shape]
    boxed: bool
    trimmed: bool
    base: str
    parts: Sequence[Shape]
    body: Sequence[Shape]
    beneath: Sequence[Shape]
    holes: list[Shape]
    slits: list[Shape]
    inlays: list[Shape]


def _layers(artwork: Artwork) -> _Layers:
    """A slit that is neither in the body nor in a closed stroke lies between two parts, which come to touch there."""
    areas = areas_of(artwork)
    solid, tints = coverage(filled(artwork.fills, _MAIN)), coverage(filled(artwork.tints, _MAIN))
    covered = solid.either(tints)
    # Where tints cover all of the solid variant, they are no areas of their own, but say how far the body goes.
    shared = solid.both(tints).area()
    whole = not areas.parts and not areas.body and shared > _MOSTLY * solid.area()
    fits = shared > _SAME * tints.area() and shared < _WITHIN * solid.area()
    body = areas.body if not whole else artwork.tints if fits else ()
    edged = faces(artwork)
    tinted = {*artwork.tints, *edged}
    closed = [shape for shape in areas.windows if shape not in tinted]
    roomy = coverage(filled(closed, _MAIN)).holds(_ROOMY, covered)
    within = coverage(filled(closed, _MAIN) + filled(body, _MAIN, STROKE))
    along = [run for shape in artwork.strokes for line in polylines(shape) for run in slits(line, solid)]
    dots = [dot for dot in artwork.dots if not solid.at(dot.number("cx"), dot.number("cy"))]
    return _Layers(
        closed,
        roomy,
        [shape for shape in closed if _is_pane(shape, covered)] if roomy else [],
        [] if whole else [shape for shape in areas.windows if shape in tinted],
        bool(edged),
        areas.trimmed,
        _SECOND if areas.trimmed else _MAIN,
        areas.parts,
        body,
        body if coverage(filled(body, _MAIN)).holds(_SLIT, solid) else (),
        [*(hole for shape in artwork.fills for hole in narrow_holes(shape, solid)), *dots],
        [polyline(run) for run in along],
        [polyline(part) for run in along for part in runs(run, lambda point: within.at(*point))],
    )


def _is_pane(shape: Shape, covered: Coverage) -> bool:
    """Whether a closed stroke has hardly anything in it."""
    inside = coverage(filled([shape], _MAIN))
    return covered.both(inside).area() < _BARE * inside.area()


def _pen(items: Sequence[Shape], paint: str, width: float) -> list[str]:
    if not items:
        return []
    pen: dict[str, str | float | None] = {"fill": "none", "stroke": paint, "stroke-width": width}
    marks = [item.markup() for item in items]
    return element("g", {**pen, "stroke-linecap": "round", "stroke-linejoin": "round"}, marks)
