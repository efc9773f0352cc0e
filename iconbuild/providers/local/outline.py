"""An icon's strokes become hollow: a thin contour runs around each of them."""

from __future__ import annotations

from iconbuild.providers.local.artwork import GRID, Artwork
from iconbuild.providers.local.drawing import document, dots, element, number, placed, shapes, stroked
from iconbuild.providers.local.keyline import fit_strokes
from iconbuild.providers.local.profile import Profile

_OUTSIDE = 2.5  # width of a stroke over both contours, on the 24 grid


def draw(name: str, artwork: Artwork, profile: Profile) -> str:
    """The SVG document of the outline look: a wide stroke, from which a mask takes a narrower one.

    The ids hold the icon's name and the hollow's width, so that drawings on one page cannot disturb each other.
    """
    fit = fit_strokes(artwork)
    hollow = _OUTSIDE - 2 * profile.weight
    body, mask = f"{name}-strokes", f"{name}-hollow-{number(hollow).replace('.', '_')}"
    place = placed(fit)
    wide, narrow = (stroked(width, fit, profile.caps) for width in (_OUTSIDE, hollow))
    everything = element("path", {"fill": "#fff", "d": f"M0 0H{number(GRID)}V{number(GRID)}H0Z"})
    cut = element("use", {"href": f"#{body}", "stroke": "#000", **narrow})
    visible = element("use", {"href": f"#{body}", "stroke": profile.ink, **wide})
    if artwork.dots:
        cut += element("g", {"fill": "#000", "transform": place}, dots(artwork, hollow, fit))
        visible += element("g", {"fill": profile.ink, "transform": place}, dots(artwork, _OUTSIDE, fit))
    canvas: dict[str, str | float | None] = {
        "maskUnits": "userSpaceOnUse",
        "x": "0",
        "y": "0",
        "width": GRID,
        "height": GRID,
    }
    return document(
        [
            *element(
                "defs", {}, element("g", {"id": body, "fill": "none", "transform": place}, shapes(artwork.strokes))
            ),
            *element("mask", {"id": mask, **canvas}, [*everything, *cut]),
            *element("g", {"mask": f"url(#{mask})"}, visible),
        ]
    )
