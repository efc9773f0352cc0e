"""An icon's solid variant becomes a frosted plate with a bright rim, before a disc that is seen through it blurred."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.packs.artwork import GRID
from iconbuild.providers.local.palette import between, beyond, companion, neighbour, shifted
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.areas import Areas, areas_of
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.effects import Attributes, filled, gloss, glow, joined, pool, sweep
from iconbuild.providers.local.vectors.geometry import Box
from iconbuild.providers.local.vectors.keyline import Fit
from iconbuild.providers.local.vectors.markup import document, element, moved, shapes

_VIOLET, _ORANGE, _PINK = "#5b57f2", "#ffae3d", "#ff4d8d"
_TURQUOISE, _AZURE = "#2ee6c5", "#2aa8ff"
_DISC, _RADIUS = (172.0, 88.0), 76.0
_HERE, _FRAME = Fit(1.0, 0.0, 0.0), Box(30, 30, GRID - 30, GRID - 30)
_FROST = (1.0, 1.0, 0.96, 0.8, 0.68)  # how opaque the plate is, from the middle of the disc to the far corner
_REACH = 180.0  # radius of the disc's light behind frost, to where the plate is darkest
_RIM = 5.0
_PANE = 0.78  # opacity of the clear glass in windows
_SHADOW = ((6.5, 0.05), (2.5, 0.07))
_FALL = "translate(0 6)"


def colors(tone: Tone) -> tuple[str, ...]:
    """The plate, and both ends of the disc."""
    main = tone.main or _VIOLET
    if not tone.main:
        return (main, _TURQUOISE, _AZURE) if tone.vivid else (main, _ORANGE, _PINK)
    if tone.vivid:
        near = beyond(main)
        return (main, near, _AZURE if near != companion(main) else shifted(near, -0.12, hue=-0.7))
    return (main, tone.light or shifted(neighbour(main), 0.1), neighbour(main))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the glassmorphism look.

    The disc that seems to shine through the plate is painted on it, blurred as behind frost, so that the icon's shape
    stays clear at 24 px; away from the disc the page itself shows through.
    """
    name = "-".join(thing.name for thing in things)
    x, y = _DISC
    box = Box(x - _RADIUS, y - _RADIUS, x + _RADIUS, y + _RADIUS)
    lines = element("defs", {}, sweep(f"{name}-disc", profile.colors[1:], box, _HERE))
    lines += element("circle", {"cx": x, "cy": y, "r": _RADIUS, "fill": f"url(#{name}-disc)"})
    for thing in things:
        lines += _plate(thing, profile)
    return document(lines)


def _plate(thing: Thing, profile: Profile) -> list[str]:
    areas, fit = areas_of(thing.artwork), thing.fit
    ids = [f"{thing.name}-{role}" for role in ("glass", "rim")]
    plate, near, far = profile.colors
    deep = shifted(plate, -0.05)
    light = [between(near, far), far, between(far, plate), plate, deep]
    defs = pool(ids[0], light, _DISC, _REACH, fit, _FROST)
    defs += sweep(ids[1], ["#ffffff"] * 2, _FRAME, fit, [0.9, 0.3])
    shadow = element("g", {"transform": _FALL}, glow(joined(areas.solid), deep, 0.0, _SHADOW))
    glass, rim = (f"url(#{name})" for name in ids)
    lines = [*shadow, *_windows(areas, profile), *filled(areas.solid, glass)]
    if "detail-high" in profile.flags:
        lines += gloss(areas)
    pen: Attributes = {"fill": "none", "stroke": rim, "stroke-width": _RIM / fit.scale, "stroke-linejoin": "round"}
    return [*element("defs", {}, defs), *moved(fit, [*lines, *element("g", pen, shapes(areas.solid))])]


def _windows(areas: Areas, profile: Profile) -> list[str]:
    """Clear glass; none where little detail is asked for."""
    if "detail-low" in profile.flags or not areas.windows:
        return []
    paint: Attributes = {"fill": shifted(profile.colors[0], 0.4, 0.3), "fill-opacity": _PANE}
    return element("g", paint, shapes(areas.windows))
