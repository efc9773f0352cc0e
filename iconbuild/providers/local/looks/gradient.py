"""An icon's solid variant becomes a shape under one sweep of colours, with a paler sweep in its windows."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.palette import apart, between, beyond, from_oklch, neighbour, shifted, tint, to_oklch
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.areas import areas_of
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import beside
from iconbuild.providers.local.vectors.effects import GROWN, UNDER, filled, shade, sweep
from iconbuild.providers.local.vectors.geometry import Box
from iconbuild.providers.local.vectors.markup import document, element, moved

_VIOLET, _PINK = "#5b4bff", "#ff4fa3"
_FAR = 1.7  # radians; mixtures of hues further apart are grey
_LIGHT = 0.76  # lightness of a main colour beside which nothing paler can be told from white
_PALE, _FAINT = 0.87, 0.5  # least lightness of a window, and what it keeps of the chroma
_SWEEP = Box(36, 36, 220, 220)  # an icon's usual frame: colours beyond it would never be seen


def colors(tone: Tone) -> tuple[str, ...]:
    """Both ends of the sweep, and both ends of the paler one."""
    start = tone.main or _VIOLET
    end = beyond(start) if tone.vivid else neighbour(start) if tone.main else _PINK
    if tone.light:
        return (start, end, tone.light, tone.light)
    paler = tint if to_oklch(start)[0] > _LIGHT else _pale
    return (start, end, paler(start), paler(end))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the gradient look."""
    shadow = shifted(profile.colors[0], -0.25)
    return document(beside(things, lambda thing: _swept(thing, profile), shadow))


def _swept(thing: Thing, profile: Profile) -> list[str]:
    areas = areas_of(thing.artwork)
    start, end, pale_start, pale_end = profile.colors
    full, pale = f"{thing.name}-full", f"{thing.name}-pale"
    solid = filled(areas.solid, f"url(#{full})")
    way = [start, end] if abs(apart(start, end)) < _FAR else [start, between(start, end), end]
    defs = sweep(full, way, _SWEEP, thing.fit)
    if "detail-low" not in profile.flags:
        defs += sweep(pale, [pale_start, pale_end], _SWEEP, thing.fit)
        windows = filled(areas.windows, f"url(#{pale})", UNDER)
        solid = [*windows, *solid, *filled(areas.parts, f"url(#{pale})", GROWN)]
    if "detail-high" in profile.flags:
        solid += shade(areas)
    return [*element("defs", {}, defs), *moved(thing.fit, solid)]


def _pale(color: str) -> str:
    lightness, chroma, hue = to_oklch(color)
    return from_oklch((max(_PALE, lightness), chroma * _FAINT, hue))
