"""An icon's areas become plain areas in a few tones, the lower half of them in the shade."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.palette import companion, deeper, tint
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.areas import areas_of
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.compose import beside
from iconbuild.providers.local.vectors.effects import Tones, gloss, painted, shade, unshaded
from iconbuild.providers.local.vectors.markup import document, moved

_BLUE, _SKY, _NAVY = "#4f7cff", "#afc6ff", "#3850c8"


def colors(tone: Tone) -> tuple[str, ...]:
    """Main areas, second areas, trimmings."""
    main = tone.main or _BLUE
    second = tone.light or (companion(main) if tone.vivid else tint(main) if tone.main else _SKY)
    return (main, second, tone.dark or (deeper(main) if tone.main else _NAVY))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The SVG document of the flat look; artwork in colours of its own is drawn in them."""
    alone = len(things) == 1
    return document(
        beside(things, lambda thing: moved(thing.fit, _areas(thing, profile, alone=alone)), profile.colors[2])
    )


def _areas(thing: Thing, profile: Profile, *, alone: bool) -> list[str]:
    if thing.artwork.picture:
        return list(thing.artwork.picture) if alone else unshaded(thing.artwork.picture)
    areas = areas_of(thing.artwork)
    plain = "detail-low" in profile.flags
    drawn = painted(areas, Tones(*profile.colors), plain=plain)
    return drawn if plain else [*drawn, *shade(areas), *(gloss(areas) if "detail-high" in profile.flags else [])]
