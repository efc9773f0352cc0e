"""The flag `bias-<colour>` becomes a nudge: each colour of a palette moves towards the colour that was named."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi

from iconbuild.model.ports import RefusedError
from iconbuild.providers.local.palette import from_oklch, to_oklch

WORDS = {
    "amber": "#ffbf00", "aqua": "#00ffff", "azure": "#007fff", "beige": "#f5f5dc", "black": "#000000",
    "blue": "#2563eb", "bronze": "#cd7f32", "brown": "#8b4513", "coral": "#ff7f50", "crimson": "#dc143c",
    "cyan": "#06b6d4", "emerald": "#10b981", "fuchsia": "#e11dd8", "gold": "#ffc400", "gray": "#808080",
    "green": "#16a34a", "grey": "#808080", "indigo": "#4f46e5", "khaki": "#c3b091", "lavender": "#b39ddb",
    "lime": "#84cc16", "magenta": "#e11dd8", "maroon": "#800020", "mint": "#3eb489", "navy": "#1e3a8a",
    "olive": "#808000", "orange": "#f97316", "peach": "#ffb088", "pink": "#ec4899", "plum": "#8e4585",
    "purple": "#9333ea", "red": "#dc2626", "rose": "#f43f5e", "salmon": "#fa8072", "silver": "#c0c0c0",
    "sky": "#38bdf8", "slate": "#64748b", "tan": "#d2b48c", "teal": "#0d9488", "tomato": "#ff6347",
    "turquoise": "#40e0d0", "violet": "#8b5cf6", "white": "#ffffff", "yellow": "#eab308",
}  # fmt: skip
"""The colours that can be named, as `#rrggbb`."""

_PREFIX = "bias-"
_GREY = 0.03  # Oklab chroma of a named colour below which it speaks of lightness, not of hue
_KEPT = 0.15  # of a colour's distance in hue, so that a palette of two hues keeps two
_LIGHTER = 0.25  # of the way in lightness: contrasts within a palette stay
_COLORED = 0.6  # of the way in chroma
_PAPER = 0.985  # lightness of what is meant to be white


def bias_of(flags: Sequence[str]) -> str | None:
    """The colour that a list of flags names; raises ValueError with a sentence for a word that is none."""
    name = next((flag.removeprefix(_PREFIX) for flag in flags if flag.startswith(_PREFIX)), None)
    if name is None or name in WORDS:
        return name
    from difflib import get_close_matches

    near = get_close_matches(name, WORDS, 1)
    hint = f" (did you mean `{_PREFIX}{near[0]}`?)" if near else ""
    raise RefusedError(
        f"flag `{_PREFIX}{name}` names no colour that the local engine knows{hint}; it knows: {', '.join(WORDS)}",
        "flags",
    )


def biased(color: str, name: str) -> str:
    """`color` nudged towards a named colour: nearly all the way in hue, some of it in chroma and lightness.

    White stays white. Black, grey, silver and white take colour away.
    """
    lightness, chroma, hue = to_oklch(color)
    if lightness > _PAPER:
        return color
    wanted_lightness, wanted_chroma, wanted_hue = to_oklch(WORDS[name])
    nudged = lightness + _LIGHTER * (wanted_lightness - lightness)
    if wanted_chroma < _GREY:
        return from_oklch((nudged, chroma * (1 - _COLORED), hue))
    off = (hue - wanted_hue + pi) % (2 * pi) - pi if chroma > _GREY else 0.0
    return from_oklch((nudged, chroma + _COLORED * (wanted_chroma - chroma), wanted_hue + _KEPT * off))
