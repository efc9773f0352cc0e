"""An icon's areas become a sticker: flat colours, a dark contour, a white die-cut rim and a soft shadow."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.palette import companion, deeper, from_oklch, tint, to_oklch
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.areas import areas_of
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import silhouette
from iconbuild.providers.local.vectors.effects import (
    Tones,
    filled,
    gloss,
    glow,
    joined,
    painted,
    shade,
    unshaded,
)
from iconbuild.providers.local.vectors.keyline import Fit
from iconbuild.providers.local.vectors.markup import document, element, moved

_CORAL, _HONEY, _RASPBERRY, _NIGHT = "#ff6b5e", "#ffd25e", "#c93a5e", "#2b1c44"
_TURQUOISE, _PLUM = "#5fe0d3", "#7a4ff0"
_RIM, _CONTOUR = 13.0, {"detail-low": 9.0, "detail-high": 5.0}
_USUAL = 6.5  # width of the contour outside of its area
_ROOM = Fit(0.865, 17.28, 14.3)  # what makes room for the rim, and for the shadow below it
_SHADOW = ((10.0, 0.02), (8.0, 0.025), (6.0, 0.03), (4.0, 0.035), (2.0, 0.04), (0.0, 0.06))
_FALL, _SHADE = 7.0, "#0f172a"


def colors(tone: Tone) -> tuple[str, ...]:
    """Main areas, second areas, trimmings, contour."""
    main = tone.main or _CORAL
    if not tone.main:
        return (main, _TURQUOISE, _PLUM, _NIGHT) if tone.vivid else (main, _HONEY, _RASPBERRY, _NIGHT)
    second = tone.light or (companion(main) if tone.vivid else tint(main))
    return (main, second, deeper(main), tone.dark or _ink(main))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the sticker look; artwork in colours of its own is cut out as it is."""
    body: list[str] = []
    for thing in things:
        body += _cut_out(thing, alone=len(things) == 1) if thing.artwork.picture else _drawn(thing, profile)
    return document(moved(_ROOM, body))


def _cut_out(thing: Thing, *, alone: bool) -> list[str]:
    """A picture on a white rim around all it covers, without a contour."""
    reach = _RIM + _USUAL / 2
    shadow: list[str] = []
    for grow, opacity in _SHADOW:
        shadow += element("g", {"opacity": opacity}, silhouette(thing, _SHADE, reach + grow))
    picture = moved(thing.fit, list(thing.artwork.picture) if alone else unshaded(thing.artwork.picture))
    fallen = element("g", {"transform": f"translate(0 {_FALL})"}, shadow)
    return [*fallen, *silhouette(thing, "#ffffff", reach), *picture]


def _drawn(thing: Thing, profile: Profile) -> list[str]:
    areas = areas_of(thing.artwork)
    scale = thing.fit.scale
    contour = next((width for flag, width in _CONTOUR.items() if flag in profile.flags), _USUAL) / scale
    plain, rich = "detail-low" in profile.flags, "detail-high" in profile.flags
    rim = 2 * (contour + _RIM / scale)
    shadow = element("g", {"transform": f"translate(0 {_FALL})"}, glow(joined(areas.solid), _SHADE, rim, _SHADOW))
    white = filled(areas.windows, "#ffffff", rim) + filled(areas.solid, "#ffffff", rim)
    main, second, trimmings, ink = profile.colors
    inked = filled(areas.windows, ink, 2 * contour) + filled(areas.solid, ink, 2 * contour)
    tones = Tones(main, second, trimmings)
    drawn = painted(areas, tones, plain=plain, contour=(ink, contour))
    lit = [*shade(areas), *(gloss(areas) if rich else [])] if not plain else []
    return moved(thing.fit, [*shadow, *white, *inked, *drawn, *lit])


def _ink(main: str) -> str:
    _, chroma, hue = to_oklch(main)
    return from_oklch((0.27, min(chroma, 0.09), hue))
