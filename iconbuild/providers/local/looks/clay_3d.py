"""An icon's areas become soft bodies of clay in a few matt colours, modelled and lit by the scene renderer."""

from __future__ import annotations

from collections.abc import Sequence

from iconbuild.providers.local.palette import companion, deeper, from_oklch, tint, to_oklch
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.arrange import Thing
from iconbuild.providers.local.vectors.keyline import Fit
from iconbuild.providers.local.vectors.modelled import Clay, body, scene

_SOFT = ("#8b7cf6", "#ffb27a", "#fff3e6", "#5a45c4")  # violet, peach, cream, plum
_VIVID = ("#ff6b81", "#ffc83d", "#fff6e0", "#b3285a")  # coral, yellow, cream, wine
_FRAME = Fit(0.93, 9.0, 4.0)  # room for the shadow below
_SHADE = "#8468b4"
_CLAY = Clay(relief=(0.0, 5.0, -5.0, -6.0), puff=0.85, reach=26.0, crease=0.75, gloss=0.10, depth=0.85)
_GLAZED = 0.6


def colors(tone: Tone) -> tuple[str, ...]:
    """Main body, second body, light insets, engraved details."""
    if tone.main is None:
        return _VIVID if tone.vivid else _SOFT
    second = companion(tone.main) if tone.vivid else tone.light or tint(tone.main)
    light = from_oklch((0.97, 0.015, to_oklch(tone.main)[2]))
    return (tone.main, second, light, tone.dark or deeper(tone.main))


def draw(things: Sequence[Thing], profile: Profile) -> str:
    """The scene of the clay look; a second thing has the first two colours exchanged."""
    first, second, light, dark = profile.colors
    clay = _CLAY._replace(gloss=_GLAZED, crease=1.0) if "detail-high" in profile.flags else _CLAY
    plain = "detail-low" in profile.flags
    palettes = ((first, second, light, dark), (second, first, light, dark))
    bodies = [body(*pair, clay, _FRAME, plain=plain) for pair in zip(things, palettes, strict=False)]
    return scene(bodies, _SHADE, tile=None, shadow={"color": deeper(dark), "strength": 0.42, "floor": False})
