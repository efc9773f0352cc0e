"""An icon's strokes and tinted areas become a line drawing over an accent."""

from __future__ import annotations

from iconbuild.providers.local.artwork import Artwork
from iconbuild.providers.local.drawing import document, element, line_drawing, moved, shapes
from iconbuild.providers.local.keyline import fit_strokes
from iconbuild.providers.local.profile import Profile


def draw(name: str, artwork: Artwork, profile: Profile) -> str:  # noqa: ARG001 (every look has the same signature)
    """The SVG document of the duotone look; tints end under the middle of the strokes, so no slit can show."""
    fit = fit_strokes(artwork, tinted=True)
    body: list[str] = []
    if artwork.tints:
        body += element("g", {"fill": profile.accent}, shapes(artwork.tints))
    return document(moved(fit, [*body, *line_drawing(artwork, profile, fit)]))
