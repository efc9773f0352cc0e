"""How icons are drawn, so that a set agrees: colours, weight and caps, as asked for, as drawn, as seen in a picture."""

from __future__ import annotations

import re
from typing import NamedTuple

from iconbuild.model.values import Json, Params
from iconbuild.providers.local.looks.registry import LOOKS

WEIGHTS = {"detail-low": 1.875, "detail-medium": 1.5, "detail-high": 1.125}
"""Stroke width on the 24 grid by flag: little detail is drawn bold, much detail fine."""

THINNEST, BOLDEST = 0.5, 3.0
"""The weights that a drawing bears, on the 24 grid."""

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
    if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not THINNEST <= weight <= BOLDEST:
        return None
    texts = tuple(map(str, colors)), tuple(map(str, flags))
    return Profile(look, texts[0], str(main), float(weight), str(caps), texts[1])
