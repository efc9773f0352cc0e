"""Shapes and paint become the text of an SVG document: one element a line, explicit colours, no background."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from iconbuild.providers.local.artwork import GRID, Artwork, Shape
from iconbuild.providers.local.keyline import Fit, disc
from iconbuild.providers.local.profile import Profile

_UNIT = GRID / 24  # one unit of the 24 grid that weights are given on


def document(body: Iterable[str]) -> str:
    """The whole document around `body`, which holds one element a line."""
    side = number(GRID)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">', *indented(body), "</svg>", ""]
    return "\n".join(lines)


def element(tag: str, attributes: Mapping[str, str | float | None], children: Sequence[str] = ()) -> list[str]:
    """An element as lines; attributes that are None are left out."""
    words = [f'{name}="{_text(value)}"' for name, value in attributes.items() if value is not None]
    head = " ".join([tag, *words])
    return [f"<{head}>", *indented(children), f"</{tag}>"] if children else [f"<{head}/>"]


def line_drawing(artwork: Artwork, profile: Profile, fit: Fit) -> list[str]:
    """The strokes as one group, not yet placed; dots are filled as well as stroked."""
    body = shapes(artwork.strokes)
    if artwork.dots:
        body += element("g", {"fill": profile.ink}, dots(artwork))
    return element("g", {"fill": "none", "stroke": profile.ink, **stroked(profile.weight, fit, profile.caps)}, body)


def moved(fit: Fit, lines: list[str]) -> list[str]:
    """The lines where the fit puts them; as they are where it leaves artwork in its place."""
    transform = placed(fit)
    return element("g", {"transform": transform}, lines) if transform else lines


def stroked(weight: float, fit: Fit, caps: str) -> dict[str, str | float | None]:
    """The attributes of strokes that are `weight` wide on the 24 grid after they were scaled by `fit`."""
    square = caps == "square"
    return {
        "stroke-width": weight * _UNIT / fit.scale,
        "stroke-linecap": "butt" if square else "round",
        "stroke-linejoin": "miter" if square else "round",
    }


def placed(fit: Fit) -> str | None:
    """The transform of a fit; None where artwork stays as it was drawn."""
    words = []
    if fit.dx or fit.dy:
        words.append(f"translate({number(fit.dx)} {number(fit.dy)})")
    if fit.scale != 1:
        words.append(f"scale({number(fit.scale)})")
    return " ".join(words) or None


def shapes(items: Iterable[Shape]) -> list[str]:
    """Shapes as lines, paint left to the group around them."""
    return [shape.markup() for shape in items]


def dots(artwork: Artwork) -> list[str]:
    """Dots as small circles that grow with the stroke around them; the group has to fill and to stroke them."""
    circles = []
    for x, y, radius in map(disc, artwork.dots):
        circles += element("circle", {"cx": x, "cy": y, "r": radius})
    return circles


def indented(lines: Iterable[str]) -> list[str]:
    """Lines one level deeper."""
    return [f"  {line}" for line in lines]


def number(value: float) -> str:
    """A number as short as SVG allows, with three decimals at most."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _text(value: str | float | None) -> str:
    return value if isinstance(value, str) else number(value or 0.0)
