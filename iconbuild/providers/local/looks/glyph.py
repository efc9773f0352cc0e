"""An icon's solid variant becomes a silhouette in one ink, two-toned where that is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.palette import INDIGO, SLATE, companion, tint
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.areas import Areas, areas_of
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import badged
from iconbuild.providers.local.vectors.coverage import coverage
from iconbuild.providers.local.vectors.effects import GROWN, UNDER, filled, shade
from iconbuild.providers.local.vectors.markup import document, moved

_BOLDER = 6.0  # width of the stroke that makes little detail bold and closes small holes

_SEEN = 0.03  # share of the solid variant


def colors(tone: Tone) -> tuple[str, ...]:
    """The ink, and a second tone for `color` and much detail."""
    if tone.vivid:
        ink = tone.dark or tone.main or INDIGO
        return (ink, tone.light or companion(ink))
    ink = tone.dark or tone.main or SLATE
    return (ink, tone.light or tint(ink))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the glyph look."""
    return document(badged(things, lambda thing: moved(thing.fit, _drawn(thing, profile))))


def _drawn(thing: Thing, profile: Profile) -> list[str]:
    ink, second, flags = profile.ink, profile.colors[-1], profile.flags
    bolder = _BOLDER if "detail-low" in flags else 0.0
    solid = filled(thing.artwork.fills, ink, bolder)
    if "color" not in flags and "detail-high" not in flags:
        return solid
    areas = areas_of(thing.artwork)
    if areas.windows or areas.parts:
        return [*filled(areas.windows, second, UNDER), *solid, *filled(areas.parts, second, GROWN)]
    if areas.trimmed and _trimmings_show(areas):
        return [*filled(areas.solid, second, bolder), *filled(areas.body, ink, GROWN + bolder)]
    return [*filled(areas.solid, second, bolder), *shade(areas, ink, 1.0)]  # it has no parts, so that a half is one


def _trimmings_show(areas: Areas) -> bool:
    """Whether more than the rounding of corners is left of the solid variant beside the body."""
    solid, body = coverage(filled(areas.solid, "#000000")), coverage(filled(areas.body, "#000000", GROWN))
    return solid.area() - solid.both(body).area() > _SEEN * solid.area()
