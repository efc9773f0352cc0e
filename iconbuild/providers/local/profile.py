"""What an icon's request asks for, or an anchor shows, becomes the colours, weight and caps to draw with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from iconbuild.model.values import Json, Params
from iconbuild.providers.local.bias import bias_of, biased
from iconbuild.providers.local.looks.registry import LOOKS
from iconbuild.providers.local.palette import to_oklch

WEIGHTS = {"detail-low": 1.875, "detail-medium": 1.5, "detail-high": 1.125}
"""Stroke width on the 24 grid by flag: little detail is drawn bold, much detail fine."""

CONTOUR = 0.75
"""Stroke width of the outline look on the 24 grid."""

_HEAVIEST_CONTOUR = 0.9  # a heavier one closes the gaps it runs around
_THINNEST, _BOLDEST = 0.5, 3.0
_INKS = (0.4, 0.12)  # Oklab lightness and chroma: a colour above both is no ink
_VISIBLE = {"hand-drawn": 0.69}
"""How wide a look's strokes are seen, as a part of their weight: two thin goes of a pen lie side by side."""

_SQUARE = 0.75  # side of a square of the pixel look on the 24 grid
_COLOR = re.compile(r"#[0-9a-f]{6}")
_MOST = 8


class Tone(NamedTuple):
    """The colours a look is asked to work with, as `#rrggbb`; None where it is free to choose.

    `main`: the colour people would call the icon's. `dark`: for strokes and contours. `light`: for a second, paler
    area. `vivid`: the flag `color`, a second hue instead of a tone of the first.
    """

    main: str | None = None
    dark: str | None = None
    light: str | None = None
    vivid: bool = False


class Profile(NamedTuple):
    """How an icon is drawn. Sets agree because all their icons have one.

    `colors`: the look's palette in the order its file names them, as `#rrggbb`; `weight`: visible stroke width on the
    24 grid; `caps`: `round` or `square`, for caps and joins; `flags`: those that reach the drawing (`detail-*`,
    `keep-bg`, `color`); `main`: the colour that followers in another look start from.
    """

    look: str
    colors: tuple[str, ...]
    main: str
    weight: float = WEIGHTS["detail-medium"]
    caps: str = "round"
    flags: tuple[str, ...] = ()

    @property
    def ink(self) -> str:
        """The first colour of the palette: of strokes, or of the largest area."""
        return self.colors[0]

    def facts(self) -> dict[str, Json]:
        """The profile as it is kept with a picture."""
        return {**self._asdict(), "colors": list[Json](self.colors), "flags": list[Json](self.flags)}


def asked(look: str, color: str | None, flags: Sequence[str]) -> Profile:
    """The profile of an icon that follows no anchor."""
    bias = bias_of(flags)
    colors = tuple(biased(own, bias) if bias else own for own in _palette(look, Tone(color, vivid="color" in flags)))
    main = colors[0] if color is None else biased(color, bias) if bias else color
    weight = next((WEIGHTS[flag] for flag in flags if flag in WEIGHTS), WEIGHTS["detail-medium"])
    return Profile(look, colors, main, CONTOUR if look == "outline" else weight, flags=_kept(look, flags))


def following(look: str, anchor: Profile | Seen, flags: Sequence[str]) -> Profile:
    """The profile of an icon that follows an anchor: its own look in the anchor's colours, weight, caps and flags.

    An anchor of this engine in the same look is followed to the letter. One in another look hands on the colour that
    people would call its own, and the look makes its palette of that; two looks have no roles of colours in common.
    Of a picture the dark and the light colour are seen too: line drawings take the dark one, coloured looks turn
    their own palette towards all three, since colours mapped one by one make blotches.
    """
    if isinstance(anchor, Profile) and anchor.look == look:
        return anchor
    if isinstance(anchor, Profile):
        tone = Tone(anchor.main, vivid="color" in anchor.flags)
        weight, kept = anchor.weight, _kept(look, (*anchor.flags, *flags))
    else:
        dark = anchor.dark if anchor.dark != anchor.main else None
        tone = Tone(_start(anchor) if look == "gradient" else anchor.main, dark, anchor.light)
        weight, kept = _drawn_with(look, anchor), _kept(look, (*flags, *_pen(look, anchor.weight)))
    heaviest = _HEAVIEST_CONTOUR if look == "outline" else _BOLDEST
    caps = "round" if look == "pixel" and isinstance(anchor, Seen) else anchor.caps  # squares have corners anyway
    return Profile(look, _palette(look, tone), anchor.main, min(heaviest, max(_THINNEST, weight)), caps, kept)


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


class Seen(NamedTuple):
    """What can be seen in a picture that this engine did not draw: colours as `#rrggbb`, strokes on the 24 grid.

    `kind`: `line`, `duotone`, `glyph` or `multi` (more than two colours). `light` is None where there is one colour.
    """

    kind: str
    main: str
    dark: str
    light: str | None
    weight: float
    caps: str


def stored(facts: Params) -> Profile | None:
    """The profile that a picture of this engine carries; None for any other picture."""
    found = facts.get("profile")
    if not isinstance(found, dict):
        return None
    look, colors, main, flags = found.get("look"), found.get("colors"), found.get("main"), found.get("flags")
    weight, caps = found.get("weight"), found.get("caps")
    if not isinstance(look, str) or look not in LOOKS or caps not in ("round", "square"):
        return None
    if not isinstance(colors, (list, tuple)) or not 0 < len(colors) <= _MOST or not isinstance(flags, (list, tuple)):
        return None
    if not all(isinstance(color, str) and _COLOR.fullmatch(color) for color in (*colors, main)):
        return None
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not _THINNEST <= weight <= _BOLDEST:
        return None
    texts = tuple(map(str, colors)), tuple(map(str, flags))
    return Profile(look, texts[0], str(main), float(weight), str(caps), texts[1])


def _palette(look: str, tone: Tone) -> tuple[str, ...]:
    from iconbuild.providers.local.studio import module_of

    return module_of(look).colors(tone)


def _kept(look: str, flags: Sequence[str]) -> tuple[str, ...]:
    """The flags that a look draws by, each once."""
    return tuple(dict.fromkeys(flag for flag in flags if flag in LOOKS[look].flags))
