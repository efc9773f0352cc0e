"""What an icon's request asks for, or an anchor shows, becomes the profile that the icon is drawn with."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from iconbuild.providers.local.bias import bias_of, biased
from iconbuild.providers.local.looks.registry import LOOKS
from iconbuild.providers.local.palette import to_oklch
from iconbuild.providers.local.profile import BOLDEST, THINNEST, WEIGHTS, Profile, Seen, Tone
from iconbuild.providers.local.studio import module_of

CONTOURS = {"detail-low": 0.9, "detail-medium": 0.75, "detail-high": 0.6}
"""Stroke width of the outline look on the 24 grid by flag; a heavier one closes the gaps it runs around."""

_INKS = (0.4, 0.12)  # Oklab lightness and chroma: a colour above both is no ink
_VISIBLE = {"hand-drawn": 0.69}
"""How wide a look's strokes are seen, as a part of their weight: two thin goes of a pen lie side by side."""

_SQUARE = 0.75  # side of a square of the pixel look on the 24 grid


def asked(look: str, color: str | None, flags: Sequence[str]) -> Profile:
    """The profile of an icon that follows no anchor."""
    bias = bias_of(flags)
    own = module_of(look).colors(Tone(color, vivid="color" in flags))
    colors = tuple(biased(each, bias) for each in own) if bias else own
    main = colors[0] if color is None else biased(color, bias) if bias else color
    weights = CONTOURS if look == "outline" else WEIGHTS
    weight = next((weights[flag] for flag in flags if flag in weights), weights["detail-medium"])
    return Profile(look, colors, main, weight, flags=_kept(look, flags))


def following(look: str, anchor: Profile | Seen, flags: Sequence[str]) -> Profile:
    """The profile of an icon that follows an anchor: its own look in the anchor's colours, weight, caps and flags.

    An anchor of this engine in the same look is followed to the letter. One in another look hands on the colour that
    people would call its own, and the look makes its palette of that; two looks have no roles of colours in common.
    Of a picture the dark and the light colour are seen too: line drawings take the dark one, coloured looks turn
    their own palette towards all three, since colours mapped one by one make blotches.
    """
    if isinstance(anchor, Profile) and anchor.look == look and _whole(anchor):
        return anchor._replace(flags=_kept(look, (*anchor.flags, *flags)))
    if isinstance(anchor, Profile):
        tone = Tone(anchor.main, vivid="color" in anchor.flags)
        weight, kept = anchor.weight, _kept(look, (*anchor.flags, *flags))
    else:
        dark = anchor.dark if anchor.dark != anchor.main else None
        tone = Tone(_start(anchor) if look == "gradient" else anchor.main, dark, anchor.light)
        weight, kept = _drawn_with(look, anchor), _kept(look, (*flags, *_pen(look, anchor.weight)))
    heaviest = CONTOURS["detail-low"] if look == "outline" else BOLDEST
    caps = "round" if look == "pixel" and isinstance(anchor, Seen) else anchor.caps  # squares have corners anyway
    return Profile(look, module_of(look).colors(tone), anchor.main, min(heaviest, max(THINNEST, weight)), caps, kept)


def _start(anchor: Seen) -> str:
    """Where a sweep of colours begins: at the darkest colour seen, if that is one and no ink."""
    lightness, chroma, _ = to_oklch(anchor.dark)
    return anchor.dark if lightness > _INKS[0] and chroma > _INKS[1] else anchor.main


def _drawn_with(look: str, anchor: Seen) -> float:
    """The weight under which a look's strokes are seen as wide as an anchor's; a tube's core is not its width."""
    if look == "neon" and anchor.kind == "multi":
        return WEIGHTS["detail-medium"]
    return round(anchor.weight / _VISIBLE.get(look, 1.0), 2)


def _pen(look: str, weight: float) -> tuple[str, ...]:
    """The flag under which the pixel look draws as boldly as an anchor: its pen is one square wide or two."""
    return ("detail-low",) if look == "pixel" and weight > _SQUARE * sqrt(2) else ()


def _whole(anchor: Profile) -> bool:
    """Whether a profile that was kept with a picture has the colours that its look draws with, in number."""
    colors = module_of(anchor.look).colors
    return len(anchor.colors) in (len(colors(Tone())), len(colors(Tone(anchor.main))))


def _kept(look: str, flags: Sequence[str]) -> tuple[str, ...]:
    """The flags that a look draws by, each once."""
    return tuple(dict.fromkeys(flag for flag in flags if flag in LOOKS[look].flags))
