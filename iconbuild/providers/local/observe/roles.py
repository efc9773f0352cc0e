"""The colours of an icon get their roles: which is the one people would name, which draws, which fills."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi, sqrt
from typing import NamedTuple

from iconbuild.providers.local.observe.clusters import Cluster, paper
from iconbuild.providers.local.observe.sheet import Sheet
from iconbuild.providers.local.palette import contrast, to_oklch

_WHITE = "#ffffff"
_UNSEEN = 1.25  # contrast to white paper below which nothing can be seen on it
_GREY = 0.045  # Oklab chroma below which a colour has no hue to speak of
_INKY = 0.06  # the same of the darkest colour: inks have a cast that nobody names
_TONE = 0.4  # a tone with less than this share of its hue's largest one is a shade or a light
_OTHER_TONES = 0.3  # how much the other tones of a hue count: a sweep of colours is named by none of them
_AS_STRONG = 0.6  # of a pale hue's count makes a deeper one the main colour
_PALE = 0.74  # lightness from which a colour is light
_AREA = 0.03  # an area smaller than this share of the icon is a detail
_SAME_HUE, _SAME_TONE = 0.3, 0.12  # radians and lightness within which areas are one in light and in shade
_MAIN_AGAIN = 0.15  # how much less the main colour is wanted as the light one too


class Roles(NamedTuple):
    """The main, the dark and, where there are two colours, the light colour of an icon, as `#rrggbb`."""

    main: str
    dark: str
    light: str | None


class _Area(NamedTuple):
    color: str
    share: float
    lightness: float
    chroma: float
    hue: float

    def like(self, other: _Area) -> bool:
        """Whether both are of one hue."""
        return (
            abs((self.hue - other.hue + pi) % (2 * pi) - pi) < _SAME_HUE and min(self.chroma, other.chroma) > _GREY / 2
        )


def roles(sheet: Sheet, found: Sequence[Cluster]) -> Roles:
    """The roles of a sheet's colours.

    A white icon on a ground of colour would make white icons on no ground: there the ground's colour draws.
    """
    areas = [_Area(cluster.text, cluster.share, *to_oklch(cluster.text)) for cluster in found]
    dark = min(areas, key=lambda area: area.lightness)
    ground = paper(sheet)
    if ground is not None and contrast(dark.color, _WHITE) < _UNSEEN:
        under = Cluster(ground, 1.0).text
        if contrast(under, _WHITE) > _UNSEEN:
            return Roles(under, under, None)
    main = _main(areas, dark)
    shade = dark.like(main) and main.lightness - dark.lightness < _SAME_TONE  # the main colour turned from the light
    return Roles(main.color, main.color if shade else dark.color, _light(areas, main, dark))


def _main(areas: Sequence[_Area], dark: _Area) -> _Area:
    """The clearest tone of the hue that counts most by area and chroma; the dark colour where all is grey."""
    colored = [area for area in areas if area.chroma >= (_INKY if area is dark else _GREY)]
    if not colored:
        return dark

    def tones(hue: _Area) -> list[_Area]:
        return [area for area in colored if area is hue or area.like(hue)]

    def telling(hue: _Area) -> float:
        parts = sorted(area.share * area.chroma for area in tones(hue))
        return parts[-1] + _OTHER_TONES * sum(parts[:-1])

    chosen = tones(max(colored, key=telling))
    deeper = [area for area in colored if area not in chosen and area.lightness < _PALE]
    if deeper and all(area.lightness >= _PALE for area in chosen):  # pale areas go with a main colour as strong
        other = max(deeper, key=telling)
        chosen = tones(other) if telling(other) > _AS_STRONG * telling(chosen[0]) else chosen
    most = max(area.share for area in chosen)
    clear = [area for area in chosen if area.share >= _TONE * most]
    return _lit(clear, max(clear, key=lambda area: area.chroma * sqrt(area.share)))


def _light(areas: Sequence[_Area], main: _Area, dark: _Area) -> str | None:
    """The most telling pale area, in light rather than in shade; the lightest colour where none is pale."""
    others = [area for area in areas if area is not dark]
    if not others:
        return None
    pale = [area for area in others if area.lightness >= _PALE and area.share >= _AREA and area.chroma >= 0.01]
    if not pale:
        return max(others, key=lambda area: (area.share >= _AREA, area.lightness)).color
    best = max(pale, key=lambda area: area.share * area.chroma**2 * (_MAIN_AGAIN if area is main else 1))
    return _lit(pale, best).color


def _lit(areas: Sequence[_Area], best: _Area) -> _Area:
    """The same area in light: a little lighter and nearly as colourful; two such tones are one colour and its shade."""
    lit = [
        area
        for area in areas
        if area.like(best) and 0 < area.lightness - best.lightness < _SAME_TONE and area.chroma > 0.6 * best.chroma
    ]
    return max(lit or [best], key=lambda area: area.lightness)
