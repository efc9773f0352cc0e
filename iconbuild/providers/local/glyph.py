"""An icon's solid variant becomes a silhouette in one ink."""

from __future__ import annotations

from iconbuild.providers.local.artwork import Artwork
from iconbuild.providers.local.drawing import document, element, moved, shapes
from iconbuild.providers.local.keyline import fit_fills
from iconbuild.providers.local.profile import Profile


def draw(name: str, artwork: Artwork, profile: Profile) -> str:  # noqa: ARG001 (every look has the same signature)
    """The SVG document of the glyph look."""
    solid = element("g", {"fill": profile.ink}, shapes(artwork.fills))
    return document(moved(fit_fills(artwork), solid))
