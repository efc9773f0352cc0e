"""A picture becomes the same picture with thicker or thinner lines: the contour of its alpha moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import number, real, settings, unit
from iconbuild.steps.usual import Usual

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture


class Thickness(Usual):
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

    def remark(self, picture: Picture, params: Params) -> str:
        """That a picture without transparency has no contour to move."""
        if picture.alpha().getextrema() != (255, 255) or params["amount"] == 0:
            return ""
        return "thickness leaves a picture without transparency as it is: take its background away first (remove-bg)"
