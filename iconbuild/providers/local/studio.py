"""A look's name, some artwork and a profile become an SVG document."""

from __future__ import annotations

from iconbuild.providers.local import duotone, glyph, line, outline
from iconbuild.providers.local.artwork import Artwork
from iconbuild.providers.local.profile import Profile

_DRAW = {"line": line.draw, "glyph": glyph.draw, "outline": outline.draw, "duotone": duotone.draw}


def draw(name: str, artwork: Artwork, profile: Profile) -> str:
    """The text of the document; `name` is the icon's name in its pack, `profile.look` says how to draw it."""
    return _DRAW[profile.look](name, artwork, profile)
