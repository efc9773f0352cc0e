"""An icon's strokes become a line drawing in one ink."""

from __future__ import annotations

from iconbuild.providers.local.artwork import Artwork
from iconbuild.providers.local.drawing import document, line_drawing, moved
from iconbuild.providers.local.keyline import fit_strokes
from iconbuild.providers.local.profile import Profile


def draw(name: str, artwork: Artwork, profile: Profile) -> str:  # noqa: ARG001 (every look has the same signature)
    """The SVG document of the line look."""
    fit = fit_strokes(artwork)
    return document(moved(fit, line_drawing(artwork, profile, fit)))
