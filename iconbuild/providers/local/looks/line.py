"""An icon's strokes become a line drawing in one ink, or with the details in a second one."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.packs.artwork import GRID
from iconbuild.providers.local.palette import SLATE, companion, from_oklch, to_oklch
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import badged
from iconbuild.providers.local.vectors.details import Cut, inked
from iconbuild.providers.local.vectors.markup import document, element, line_drawing, moved, number, shapes, stroked


def colors(tone: Tone) -> tuple[str, ...]:
    """The ink, and a second one where that is asked for."""
    ink = tone.dark or tone.main or SLATE
    return (ink, _accent(tone.main or ink)) if tone.vivid else (ink,)


def _accent(ink: str) -> str:
    """A second hue that is dark enough for a thin line on white."""
    lightness, chroma, hue = to_oklch(companion(ink))
    return from_oklch((min(lightness, 0.7), max(chroma, 0.17), hue))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the line look; of two things the second is in the second ink."""

    def paint(thing: Thing) -> list[str]:
        if len(profile.colors) == 1:
            return moved(thing.fit, line_drawing(thing.artwork, profile, thing.fit))
        accented = profile._replace(colors=profile.colors[1:])
        if len(things) == 1:
            return moved(thing.fit, _two_inks(thing, profile, accented))
        return moved(thing.fit, line_drawing(thing.artwork, accented if thing is things[1] else profile, thing.fit))

    return document(badged(things, paint, weight=profile.weight))


def _two_inks(thing: Thing, profile: Profile, accented: Profile) -> list[str]:
    main, detail, cut = inked(thing.artwork)
    if cut is None:
        return [*line_drawing(detail, accented, thing.fit), *line_drawing(main, profile, thing.fit)]
    gap = 2 * profile.weight * GRID / 24 / thing.fit.scale  # a stroke's width is left free between round caps
    second = Cut(cut.start, cut.length - gap, cut.whole)
    first = Cut((cut.start + cut.length) % cut.whole, cut.whole - cut.length - gap, cut.whole)
    return [*_dash(thing, profile, first), *_dash(thing, accented, second)]


def _dash(thing: Thing, profile: Profile, part: Cut) -> list[str]:
    """The stretch of a lone stroke as its only dash."""
    dash: dict[str, str | float | None] = {
        "stroke-dasharray": f"{number(part.length)} {number(part.whole - part.length)}",
        "stroke-dashoffset": -part.start,
    }
    stroke = {"fill": "none", "stroke": profile.ink, **stroked(profile.weight, thing.fit, profile.caps), **dash}
    return element("g", stroke, shapes(thing.artwork.strokes))
