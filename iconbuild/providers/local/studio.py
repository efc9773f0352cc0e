"""Objects, a look's name and a profile become a drawing: the look's own file is imported and asked to draw."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from iconbuild.providers.local.looks.registry import LOOKS
from iconbuild.providers.local.profile import Profile, Tone
from iconbuild.providers.local.vectors.arrange import Item, Thing, arranged


class LookModule(Protocol):
    """What every file in `looks/` has."""

    def colors(self, tone: Tone) -> tuple[str, ...]:
        """The look's palette for a tone: at most eight colours, the icon's own first."""
        ...

    def draw(self, things: Sequence[Thing], profile: Profile) -> str:
        """The document: SVG, or a scene for `pictures.scene`."""
        ...


def module_of(look: str) -> LookModule:
    """The file that draws a look."""
    return cast("LookModule", import_module(f"iconbuild.providers.local.looks.{look.replace('-', '_')}"))


def draw(items: Sequence[Item], profile: Profile) -> str:
    """The text of the document: one or two objects, arranged as the look wants them."""
    return module_of(profile.look).draw(arranged(items, LOOKS[profile.look]), profile)
