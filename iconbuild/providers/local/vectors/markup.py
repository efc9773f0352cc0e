"""Shapes and paint become the text of an SVG document: one element a line, explicit colours, no background."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from iconbuild.providers.local.packs.artwork import GRID, Artwork, Shape
from iconbuild.providers.local.profile import Profile
from iconbuild.providers.local.vectors.ends import ending_square
from iconbuild.providers.local.vectors.extent import disc
from iconbuild.providers.local.vectors.keyline import Fit

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
    """The strokes as one group and the dots as another, not yet placed; solid shapes where there are no strokes."""
    if not artwork.strokes and artwork.fills:
        return element("g", {"fill": profile.ink}, shapes(artwork.fills))
    strokes = {"fill": "none", "stroke": profile.ink, **stroked(profile.weight, fit, profile.caps)}
    lines = element("g", strokes, stroke_shapes(artwork, profile.caps))
    if artwork.dots:
        lines += element("g", {"fill": profile.ink}, dots(artwork, profile.weight, fit))
    return lines


def stroke_shapes(artwork: Artwork, caps: str) -> list[str]:
    """The strokes as lines, paint left to the group around them, but for caps where square ones would stick out."""
    if caps != "square":
        return shapes(artwork.strokes)
    square = ending_square(artwork.strokes)
    lines = shapes(shape for shape, suited in zip(artwork.strokes, square, strict=True) if suited)
    rounded = shapes(shape for shape, suited in zip(artwork.strokes, square, strict=True) if not suited)
    return [*lines, *(element("g", {"stroke-linecap": "round"}, rounded) if rounded else [])]


def moved(fit: Fit, lines: list[str]) -> list[str]:
    """The lines where the fit puts them; as they are where it leaves artwork in its place."""
    transform = placed(fit)
    return element("g", {"transform": transform}, lines) if transform else lines


def stroked(weight: float, fit: Fit, caps: str) -> dict[str, str | float | None]:
    """The attributes of strokes that are `weight` wide on the 24 grid after they were scaled by `fit`."""
    wide: dict[str, str | float | None] = {"stroke-width": width(weight, fit)}
    if caps == "square":  # artwork counts on caps that reach beyond a stroke's end: butt ones would leave gaps
        return {**wide, "stroke-linecap": "square", "stroke-linejoin": "miter", "stroke-miterlimit": 3}
    return {**wide, "stroke-linecap": "round", "stroke-linejoin": "round"}


def width(weight: float, fit: Fit) -> float:
    """A stroke of `weight` on the 24 grid, in the units of artwork that is scaled by `fit`."""
    return weight * _UNIT / fit.scale


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


def dots(artwork: Artwork, weight: float, fit: Fit) -> list[str]:
    """Dots as discs that grow with the weight of the strokes, to be filled.

    A circle that is filled and stroked would show a seam where its stroke folds over at the middle.
    """
    circles = []
    for x, y, radius in map(disc, artwork.dots):
        circles += element("circle", {"cx": x, "cy": y, "r": radius + width(weight, fit) / 2})
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
