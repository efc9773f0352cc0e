"""An icon's strokes become hollow: a thin contour runs around each of them."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.packs.artwork import GRID
from iconbuild.providers.local.palette import SLATE, companion, from_oklch, to_oklch
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import badged
from iconbuild.providers.local.vectors.markup import (
    document,
    dots,
    element,
    moved,
    number,
    placed,
    shapes,
    stroke_shapes,
    stroked,
)

_OUTSIDE = 2.5  # width of a stroke over both contours, on the 24 grid
_BADGE = 1.3  # a badge's contour, where only its strokes are known: heavier, for it is not doubled


def colors(tone: Tone) -> tuple[str, ...]:
    """The ink, and what fills the hollow strokes where a second colour is asked for."""
    ink = tone.dark or tone.main or SLATE
    return (ink, _filling(tone.main or ink)) if tone.vivid else (ink,)


def _filling(ink: str) -> str:
    lightness, chroma, hue = to_oklch(companion(ink))
    return from_oklch((max(lightness, 0.8), max(chroma, 0.13), hue))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the outline look. A badge is too small for hollow strokes: it is hollow as a whole."""

    def paint(thing: Thing) -> list[str]:
        return _hollow(thing, profile) if thing is things[0] and thing.artwork.strokes else _contour(thing, profile)

    return document(badged(things, paint))


def _hollow(thing: Thing, profile: Profile) -> list[str]:
    """A wide stroke, from which a mask takes a narrower one; or which a filling covers, at half the cost of a mask.

    The ids hold the icon's name and the hollow's width, so that drawings on one page cannot disturb each other.
    """
    hollow = _OUTSIDE - 2 * profile.weight
    body, mask = f"{thing.name}-strokes", f"{thing.name}-hollow-{number(hollow).replace('.', '_')}"
    strokes = {"id": body, "fill": "none", "transform": placed(thing.fit)}
    defs = element("defs", {}, element("g", strokes, stroke_shapes(thing.artwork, profile.caps)))
    wide = _strokes(thing, body, profile, profile.ink, _OUTSIDE)
    if profile.colors[1:]:
        return [*defs, *wide, *_strokes(thing, body, profile, profile.colors[1], hollow)]
    everything = element("path", {"fill": "#fff", "d": f"M0 0H{number(GRID)}V{number(GRID)}H0Z"})
    canvas = {"x": "0", "y": "0", "width": number(GRID), "height": number(GRID)}
    narrow = _strokes(thing, body, profile, "#000", hollow)
    return [
        *defs,
        *element("mask", {"id": mask, "maskUnits": "userSpaceOnUse", **canvas}, [*everything, *narrow]),
        *element("g", {"mask": f"url(#{mask})"}, wide),
    ]


def _strokes(thing: Thing, body: str, profile: Profile, color: str, width: float) -> list[str]:
    lines = element("use", {"href": f"#{body}", "stroke": color, **stroked(width, thing.fit, profile.caps)})
    if thing.artwork.dots:
        discs = dots(thing.artwork, width, thing.fit)
        lines += element("g", {"fill": color, "transform": placed(thing.fit)}, discs)
    return lines


def _contour(thing: Thing, profile: Profile) -> list[str]:
    solid = thing.artwork.fills
    weight = profile.weight if solid else profile.weight * _BADGE
    filling = profile.colors[1] if solid and profile.colors[1:] else "none"
    paint = {"fill": filling, "stroke": profile.ink, **stroked(weight, thing.fit, profile.caps)}
    return moved(thing.fit, element("g", paint, shapes(solid or thing.artwork.strokes)))
