"""A picture becomes the contrast it has on a ground, so that icons that vanish there are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

ENOUGH = 3.0
"""What a picture needs to be seen: WCAG 2.2, success criterion 1.4.11 (Non-text Contrast)."""

_TILE = 0.8  # of the whole picture; a disc that fills its square has 0.785
_LINEAR = tuple(v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in range(256))


def contrast(picture: Image, ground: str) -> float:
    """The contrast ratio (1..21) that the clearest quarter of an RGBA picture's solid pixels reaches on `#rrggbb`.

    A quarter is enough to recognise an icon by; tints and soft edges are left out. A picture without any solid pixel
    has none: 1.0. Relative luminance as in WCAG 2.2.
    """
    below = _luminance(*bytes.fromhex(ground[1:]))
    data = picture.tobytes()
    ratios = sorted(
        _ratio(_luminance(*data[place : place + 3]), below)
        for place in range(0, len(data), 4)
        if data[place + 3] >= 128
    )
    return ratios[len(ratios) * 3 // 4] if ratios else 1.0


def brings_its_ground(picture: Image) -> bool:
    """Whether a picture is a tile, seen against nothing but itself: most of its edge and of itself is solid."""
    alpha = picture.getchannel("A").tobytes()
    return sum(value >= 128 for value in alpha) > _TILE * len(alpha)


def _luminance(red: int, green: int, blue: int) -> float:
    return 0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue]


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
