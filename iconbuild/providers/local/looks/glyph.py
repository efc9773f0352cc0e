"""An icon's solid variant becomes a silhouette in one ink, two-toned where that is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.palette import INDIGO, SLATE, companion, tint
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.areas import areas_of
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import badged
from iconbuild.providers.local.vectors.effects import GROWN, UNDER, filled
from iconbuild.providers.local.vectors.markup import document, moved

_BOLDER = 6.0  # width of the stroke that makes little detail bold and closes small holes


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
    return [*filled(areas.windows, second, UNDER), *solid, *filled(areas.parts, second, GROWN)]
