"""An icon's strokes become glowing tubes of two colours on a dark tile."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.packs.artwork import GRID, Artwork, Shape
from iconbuild.providers.local.palette import companion, from_oklch, shifted, to_oklch
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import badged
from iconbuild.providers.local.vectors.coverage import Coverage, coverage
from iconbuild.providers.local.vectors.details import inked, length
from iconbuild.providers.local.vectors.effects import Attributes, filled, glow, joined
from iconbuild.providers.local.vectors.geometry import polylines
from iconbuild.providers.local.vectors.keyline import Fit
from iconbuild.providers.local.vectors.markup import document, dots, element, moved, shapes, stroked
from iconbuild.providers.local.vectors.slits import dense

_PINK, _CYAN, _TILE = "#ff2fb3", "#22d9ff", "#18122f"
_INSIDE = Fit(0.76, 30.72, 30.72)  # the icon on its tile
_RADIUS = 56.0
_THICKER = 1.2  # tubes beside the strokes of other looks, whose icons fill the canvas
_EDGE = (4.0, 0.12)  # width of the tile's edge, and how much lighter it is
_DARK = (0.208, 0.056)  # most lightness and chroma of a tile
_GLASS = 0.11  # how much lighter than the tile areas are in much detail
_CORE = 0.42  # width of the bright core, in tubes
_RINGS = ((23.0, 0.022), (18.5, 0.03), (14.5, 0.042), (11.0, 0.056), (7.8, 0.075), (4.8, 0.1), (2.0, 0.15))
_BESIDE = 6.0  # width by which tints are grown, so that the strokes around them are counted in
_MOSTLY = 0.8  # share of a stroke beside tints from which it bounds them
_LESSER = 0.5  # of all that is drawn: more of the second colour would outweigh the first


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
    ground = _night(profile.colors[2])  # a nudge of the palette lightens it
    tile = element("rect", {"width": GRID, "height": GRID, "rx": radius, "fill": ground})
    if radius:
        tile += _edge(shifted(ground, _EDGE[1], 1.5))

    def paint(thing: Thing) -> list[str]:
        """One thing has tubes of two colours; of two things each has its own."""
        if len(things) == 1:
            return _tubes(thing, profile)
        own = profile.colors[thing is things[1]]
        return _tubes(thing, profile._replace(colors=(own, own, profile.colors[2])))

    lit = badged(things, paint, weight=profile.weight * _THICKER)
    return document([*tile, *moved(_INSIDE, lit)])


def _edge(color: str) -> list[str]:
    """The tile's bevel, or it could not be told from a dark page."""
    width = _EDGE[0]
    side, radius = GRID - width, _RADIUS - width / 2
    place: Attributes = {"x": width / 2, "y": width / 2, "width": side, "height": side, "rx": radius}
    return element("rect", {"fill": "none", "stroke": color, "stroke-width": width, **place})


def _tubes(thing: Thing, profile: Profile) -> list[str]:
    """All glows below all tubes, so that crossing tubes stay crisp."""
    artwork, fit = thing.artwork, thing.fit
    width = profile.weight * _THICKER
    pairs = [pair for pair in zip(tubes(artwork), profile.colors, strict=False) if pair[0]]
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


def tubes(artwork: Artwork) -> tuple[list[Shape], list[Shape]]:
    """Strokes of the first colour, and of the second: those that bound tints, or else the details."""
    strokes = artwork.strokes
    lengths = [length(shape) for shape in strokes]
    tinted = coverage(filled(artwork.tints, "#000000", _BESIDE))
    around = [_share(shape, tinted) > _MOSTLY for shape in strokes]
    drawn = sum(one for one, bounds in zip(lengths, around, strict=True) if bounds)
    if not 0 < drawn <= _LESSER * sum(lengths):
        details = {*inked(artwork).detail.strokes}
        around = [shape in details for shape in strokes]
    first = [shape for shape, second in zip(strokes, around, strict=True) if not second]
    return first, [shape for shape, second in zip(strokes, around, strict=True) if second]


def _share(shape: Shape, tinted: Coverage) -> float:
    """How much of a stroke's outline runs in or along tints, 0..1."""
    points = [point for line in polylines(shape) for point in dense(line)]
    return sum(tinted.at(x, y) for x, y in points) / len(points)


def _scaled(fit: Fit) -> list[tuple[float, float]]:
    return [(reach / fit.scale, opacity) for reach, opacity in _RINGS]


def _bright(color: str) -> str:
    lightness, chroma, hue = to_oklch(color)
    return from_oklch((min(0.85, max(0.68, lightness)), max(chroma, 0.19) if chroma > 0.03 else chroma, hue))


def _night(color: str) -> str:
    lightness, chroma, hue = to_oklch(color)
    return from_oklch((min(lightness, _DARK[0]), min(chroma, _DARK[1]), hue))


def _hot(color: str) -> str:
    _, chroma, hue = to_oklch(color)
    return from_oklch((0.96, chroma * 0.25, hue))
