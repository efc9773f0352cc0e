"""An icon's strokes become glowing tubes of two colours on a dark tile."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from iconbuild.providers.local.packs.artwork import GRID, Shape
from iconbuild.providers.local.palette import companion, from_oklch, shifted, to_oklch
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import badged
from iconbuild.providers.local.vectors.effects import filled, glow, joined
from iconbuild.providers.local.vectors.geometry import box_of, outline_points
from iconbuild.providers.local.vectors.keyline import Fit
from iconbuild.providers.local.vectors.markup import document, dots, element, moved, shapes, stroked

_PINK, _CYAN, _TILE = "#ff2fb3", "#22d9ff", "#18122f"
_INSIDE = Fit(0.76, 30.72, 30.72)  # the icon on its tile
_RADIUS = 56.0
_THICKER = 1.2  # tubes beside the strokes of other looks, whose icons fill the canvas
_GLASS = 0.11  # how much lighter than the tile areas are in much detail
_CORE = 0.42  # width of the bright core, in tubes
_RINGS = ((23.0, 0.022), (18.5, 0.03), (14.5, 0.042), (11.0, 0.056), (7.8, 0.075), (4.8, 0.1), (2.0, 0.15))
_LESSER = 0.62  # strokes smaller than this beside the largest are tubes of the second colour


def colors(tone: Tone) -> tuple[str, ...]:
    """First tube, second tube, tile."""
    first = _bright(tone.main) if tone.main else _PINK
    if tone.light:
        second = _bright(tone.light)
    elif tone.main:
        second = _bright(companion(first) if tone.vivid else shifted(first, hue=-1.1))
    else:
        second = "#ffd23f" if tone.vivid else _CYAN
    return (first, second, _night(tone.dark or first) if tone.main else _TILE)


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the neon look; with `keep-bg` the tile reaches the edges, without round corners."""
    radius = None if "keep-bg" in profile.flags else _RADIUS
    tile = element("rect", {"width": GRID, "height": GRID, "rx": radius, "fill": profile.colors[2]})
    tubes = badged(things, lambda thing: _tubes(thing, profile), weight=profile.weight * _THICKER)
    return document([*tile, *moved(_INSIDE, tubes)])


def _tubes(thing: Thing, profile: Profile) -> list[str]:
    """All glows below all tubes, so that crossing tubes stay crisp."""
    artwork, fit = thing.artwork, thing.fit
    width = profile.weight * _THICKER
    pairs = [pair for pair in zip(_sorted(artwork.strokes), profile.colors, strict=False) if pair[0]]
    lines: list[str] = []
    if "detail-high" in profile.flags:
        lines += filled(artwork.tints, shifted(profile.colors[2], _GLASS))
    for strokes, color in pairs:
        lines += glow(joined(strokes), color, width * GRID / 24 / fit.scale, _scaled(fit))
    for share, warm in ((1.0, False), (_CORE, True)):
        for strokes, color in pairs:
            pen = {"fill": "none", "stroke": _hot(color) if warm else color}
            lines += element("g", {**pen, **stroked(width * share, fit, profile.caps)}, shapes(strokes))
        if artwork.dots:
            second = profile.colors[1]
            lines += element("g", {"fill": _hot(second) if warm else second}, dots(artwork, width * share, fit))
    return moved(fit, lines)


def _sorted(strokes: Sequence[Shape]) -> tuple[list[Shape], list[Shape]]:
    """Strokes of the first colour, and lesser ones of the second."""
    sizes = [_size(shape) for shape in strokes]
    least = _LESSER * max(sizes, default=0.0)
    first = [shape for shape, size in zip(strokes, sizes, strict=True) if size >= least]
    return first, [shape for shape, size in zip(strokes, sizes, strict=True) if size < least]


def _size(shape: Shape) -> float:
    box = box_of(outline_points(shape))
    return hypot(box.width, box.height)


def _scaled(fit: Fit) -> list[tuple[float, float]]:
    return [(reach / fit.scale, opacity) for reach, opacity in _RINGS]


def _bright(color: str) -> str:
    lightness, chroma, hue = to_oklch(color)
    return from_oklch((min(0.85, max(0.68, lightness)), max(chroma, 0.19) if chroma > 0.03 else chroma, hue))


def _night(color: str) -> str:
    _, chroma, hue = to_oklch(color)
    return from_oklch((0.2, min(chroma, 0.045), hue))


def _hot(color: str) -> str:
    _, chroma, hue = to_oklch(color)
    return from_oklch((0.96, chroma * 0.25, hue))
