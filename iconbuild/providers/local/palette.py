"""One colour becomes a pair: an ink, and an accent tint that stays apart from the ink and from white paper."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin

SLATE = "#0f172a"
"""Ink of the line styles where no colour is asked for."""

INDIGO, PERIWINKLE = "#312e81", "#a5b4fc"
"""Ink and accent of duotone where no colour is asked for."""

_PALEST, _DARKEST = 0.875, 0.76  # lightness of an accent beside a mid-tone and beside a black ink
_CHROMA = 0.105  # a tint, not a second loud colour
_LIGHT_INK = 0.76  # above this no lighter tint could be told from white: the accent goes darker instead
_STEP_DOWN = 0.17
_YELLOWS, _TO_AMBER = (1.3, 2.0), 0.55  # radians; a darker yellow of the same hue is olive, so it turns to amber

Triple = tuple[float, float, float]


def tint(ink: str) -> str:
    """The accent for an ink (`#rrggbb`): the same hue, lighter; darker where the ink itself is light."""
    lightness, chroma, hue = to_oklch(ink)
    if lightness > _LIGHT_INK:
        turned = hue - _TO_AMBER if _YELLOWS[0] < hue < _YELLOWS[1] else hue
        return from_oklch((lightness - _STEP_DOWN, min(chroma * 0.9, 0.16), turned))
    pale = _DARKEST + (_PALEST - _DARKEST) * min(1.0, lightness / 0.6)
    return from_oklch((pale, min(chroma, _CHROMA), hue))


def to_oklch(color: str) -> Triple:
    """Lightness 0..1, chroma and hue (radians) of `#rrggbb` in Oklab (Ottosson, 2020)."""
    r, g, b = (_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    green_red = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    blue_yellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(green_red, blue_yellow), atan2(blue_yellow, green_red)


def from_oklch(color: Triple) -> str:
    """The nearest `#rrggbb`: chroma is given up, never lightness or hue, where sRGB cannot show the colour."""
    lightness, chroma, hue = color
    for step in range(41):
        channels = _channels(lightness, chroma * (1 - step / 40), hue)
        if all(-0.002 <= value <= 1.002 for value in channels):
            break
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, value)))):02x}" for value in channels)


def _channels(lightness: float, chroma: float, hue: float) -> Triple:
    green_red, blue_yellow = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * green_red + 0.2158037573 * blue_yellow) ** 3
    medium = (lightness - 0.1055613458 * green_red - 0.0638541728 * blue_yellow) ** 3
    short = (lightness - 0.0894841775 * green_red - 1.2914855480 * blue_yellow) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def contrast(one: str, other: str) -> float:
    """The WCAG 2 contrast ratio of two colours, 1..21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    r, g, b = (_linear(int(color[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


_AMBER, _BLUE, _ORCHID = 1.25, 4.7, 5.4
_GREENS = (1.9, 3.69)
_WARM = (-0.9, 2.0)  # radians, from pink over red to yellow


def shifted(color: str, lightness: float = 0.0, chroma: float = 1.0, hue: float = 0.0) -> str:
    """`color` lighter or darker by a part of Oklab's lightness, its chroma scaled, its hue turned by radians."""
    old_lightness, old_chroma, old_hue = to_oklch(color)
    return from_oklch((min(1.0, max(0.0, old_lightness + lightness)), old_chroma * chroma, old_hue + hue))


def deeper(color: str) -> str:
    """A darker companion of the same hue; amber for a yellow, and a lighter one where `color` is nearly black."""
    lightness, chroma, hue = to_oklch(color)
    if lightness < 0.4:
        return from_oklch((lightness + 0.24, chroma, hue))
    turned = hue - _TO_AMBER if _YELLOWS[0] < hue < _YELLOWS[1] else hue
    return from_oklch((lightness * 0.7, chroma * 0.95, turned))


def companion(color: str) -> str:
    """A second hue to go with `color`: amber beside the cold ones, blue beside the warm ones."""
    lightness, _, hue = to_oklch(color)
    if _WARM[0] < hue < _WARM[1]:
        return from_oklch((0.55 if lightness > 0.7 else 0.8, 0.17 if lightness > 0.7 else 0.1, _BLUE))
    return from_oklch((0.81, 0.17, _AMBER))


def beyond(color: str) -> str:
    """A second hue that light can sweep to from `color`: violet beside greens, where the way to amber is olive."""
    if _GREENS[0] < to_oklch(color)[2] % (2 * pi) < _GREENS[1]:
        return from_oklch((0.7, 0.19, _ORCHID))
    return companion(color)


def between(one: str, other: str) -> str:
    """The colour half way, the shorter way round the hues: a straight mixture of two far ones would be grey."""
    (l1, c1, h1), (l2, c2, _) = to_oklch(one), to_oklch(other)
    return from_oklch(((l1 + l2) / 2, (c1 + c2) / 2, h1 + apart(one, other) / 2))


def apart(one: str, other: str) -> float:
    """How far the hue turns from one colour to another, in radians, -pi..pi."""
    return (to_oklch(other)[2] - to_oklch(one)[2] + pi) % (2 * pi) - pi


def neighbour(color: str) -> str:
    """The other end of a vivid sweep that starts at `color`: red ends in magenta, yellow in orange, blue in violet."""
    lightness, chroma, hue = to_oklch(color)
    warm = -0.2 < hue < _YELLOWS[1]
    return from_oklch(
        (lightness + (-0.1 if lightness > _LIGHT_INK else 0.05), chroma * 1.1, hue + (-0.75 if warm else 0.75))
    )
