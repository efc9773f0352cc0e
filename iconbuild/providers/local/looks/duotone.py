"""An icon's strokes and tinted areas become a line drawing over an accent."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.palette import INDIGO, PERIWINKLE, companion, tint
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import badged
from iconbuild.providers.local.vectors.markup import document, element, line_drawing, moved, shapes


def colors(tone: Tone) -> tuple[str, ...]:
    """Ink and accent."""
    ink = tone.dark or tone.main
    if tone.vivid:
        return (ink or INDIGO, tone.light or companion(ink or INDIGO))
    return (ink or INDIGO, tone.light or (tint(ink) if ink else PERIWINKLE))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the duotone look; tints end under the middle of the strokes, so no slit can show."""
    return document(badged(things, lambda thing: _drawn(thing, profile), weight=profile.weight))


def _drawn(thing: Thing, profile: Profile) -> list[str]:
    artwork, fit = thing.artwork, thing.fit
    body: list[str] = []
    if artwork.tints:
        body += element("g", {"fill": profile.colors[1]}, shapes(artwork.tints))
    return moved(fit, [*body, *line_drawing(artwork, profile, fit)])
