"""An icon's strokes become a sketch: an unsteady pen that goes over each line twice, and loose hatching."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random
from zlib import crc32

from iconbuild.providers.local.packs.artwork import GRID, Shape
from iconbuild.providers.local.palette import companion, from_oklch, tint, to_oklch
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import badged
from iconbuild.providers.local.vectors.extent import disc
from iconbuild.providers.local.vectors.geometry import Line, Point, polylines
from iconbuild.providers.local.vectors.markup import document, element
from iconbuild.providers.local.vectors.pen import hatching, sketched, smooth

_INK, _AMBER = "#1e2a3b", "#fbbf24"
_PENS = (0.68, 0.56)  # widths of the two goes of the pen, as parts of the weight
_HATCH, _PEN = 10.5, 5.2  # from line to line, and the width of the crayon


def colors(tone: Tone) -> tuple[str, ...]:
    """Pen and crayon."""
    asked = tone.main or tone.dark
    if asked is None:
        return (_INK, _vivid(_INK) if tone.vivid else _AMBER)
    pen = tone.dark or asked
    return (pen, _vivid(asked) if tone.vivid else tone.light or tint(asked))


def _vivid(color: str) -> str:
    _, chroma, hue = to_oklch(companion(color))
    return from_oklch((0.78, max(chroma, 0.14), hue))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the hand-drawn look. The hand depends on the icon's name, so that it is always the same."""

    def paint(thing: Thing) -> list[str]:
        random = Random(crc32(thing.name.encode()))  # noqa: S311 (a shaky hand, no secret)
        return [*_hatched(thing, profile, random), *_pens(thing, profile, random)]

    rounded = {"fill": "none", "stroke-linecap": "round", "stroke-linejoin": "round"}
    return document(element("g", rounded, badged(things, paint, weight=profile.weight)))


def _hatched(thing: Thing, profile: Profile, random: Random) -> list[str]:
    artwork = thing.artwork
    areas = _placed(artwork.tints if artwork.strokes else artwork.fills, thing)
    strokes = hatching(areas, random, _HATCH * (1.35 if "detail-low" in profile.flags else 1.0))
    if "detail-high" in profile.flags:
        strokes += hatching(areas, random, _HATCH * 1.5, 0.75)
    if not strokes:
        return []
    d = "".join(map(smooth, strokes))
    return element("path", {"stroke": profile.colors[1], "stroke-width": _PEN, "d": d})


def _pens(thing: Thing, profile: Profile, random: Random) -> list[str]:
    artwork = thing.artwork
    lines = _placed(artwork.strokes or artwork.fills, thing)
    body: list[str] = []
    for width in _PENS[:1] if "detail-low" in profile.flags else _PENS:
        d = "".join(smooth(stroke) for line in lines for stroke in sketched(line, random))
        body += element("path", {"stroke-width": width * profile.weight * GRID / 24, "d": d})
    for x, y, radius in map(disc, artwork.dots):
        center = (x * thing.fit.scale + thing.fit.dx, y * thing.fit.scale + thing.fit.dy)
        body += _blot(center, radius * thing.fit.scale + profile.weight * GRID / 48, profile.ink, random)
    return element("g", {"stroke": profile.ink}, body)


def _blot(center: Point, radius: float, ink: str, random: Random) -> list[str]:
    """A dot as an ellipse that is nearly a circle."""
    rx, ry = radius * random.uniform(0.9, 1.08), radius * random.uniform(0.9, 1.08)
    cx, cy = center[0] + random.uniform(-1, 1), center[1] + random.uniform(-1, 1)
    return element("ellipse", {"cx": cx, "cy": cy, "rx": rx, "ry": ry, "fill": ink, "stroke": "none"})


def _placed(shapes: Iterable[Shape], thing: Thing) -> list[Line]:
    """The outlines on the canvas, so that the hand shakes alike at every scale."""
    scale, dx, dy = thing.fit
    lines = [line for shape in shapes for line in polylines(shape)]
    return [Line([(x * scale + dx, y * scale + dy) for x, y in line.points], line.closed) for line in lines]
