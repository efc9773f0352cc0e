"""A picture becomes the same picture with thicker or thinner lines: the contour of its alpha moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import number, real, settings, unit

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture


class Thickness:
    """`thickness: 2` moves each edge outwards by 2 px at 512 px, `-2` inwards."""

    name = "thickness"
    version = 1

    def bind(self, value: Json) -> Params:
        """`1.5` or `{amount: 1.5}`, -10 to 10."""
        given = settings(self.name, value, "amount", ("amount",))
        return Params({"amount": number(self.name, "amount", given["amount"], -10, 10)})

    def run(self, picture: Picture, params: Params) -> Picture:
        """The same size again; a picture without an edge (empty, opaque, nothing over half) comes back unchanged."""
        shift = real(params, "amount") * unit(picture.size)
        low, high = picture.alpha().getextrema()
        if shift == 0 or low == high:
            return picture
        from iconbuild.steps.stroke import moved

        return moved(picture, shift)
