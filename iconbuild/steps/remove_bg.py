"""A picture on a flat background becomes the same picture on none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import number, real, settings, unit
from iconbuild.steps.usual import Usual

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture


class RemoveBg(Usual):
    """`remove-bg: 5` takes away what is like the border and connected to it; areas inside stay."""

    name = "remove-bg"
    version = 1

    def bind(self, value: Json) -> Params:
        """`5` or `{strength: 5}`, 0 to 10: how far the background may be from flat."""
        given = settings(self.name, value, "strength", ("strength",))
        return Params({"strength": number(self.name, "strength", given["strength"], 0, 10)})

    def run(self, picture: Picture, params: Params) -> Picture:
        """The same size again; a picture whose border is transparent already comes back unchanged."""
        strength = real(params, "strength")
        if strength == 0 or min(picture.size) < 3:
            return picture
        from iconbuild.pictures.picture import picture_of
        from iconbuild.steps.backdrop import without_backdrop

        return picture_of(without_backdrop(picture.rgba(), 4 * strength, unit(picture.size)))
