"""A picture becomes the same picture with smoother edges, or with sharper ones."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import choice, number, real, settings, unit
from iconbuild.steps.usual import Usual

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture

ALGORITHMS = ("selective", "gaussian", "morphological", "supersample", "contour")


class Smooth(Usual):
    """`smooth: 3` smooths, `smooth: -3` sharpens; `algorithm` says how smoothing is done."""

    name = "smooth"
    version = 1

    def bind(self, value: Json) -> Params:
        """`3` or `{strength: 3, algorithm: contour}`, -10 to 10; `selective` unless said otherwise."""
        given = settings(self.name, value, "strength", ("strength", "algorithm"))
        strength = number(self.name, "strength", given["strength"], -10, 10)
        algorithm = choice(self.name, "algorithm", given.get("algorithm", "selective"), ALGORITHMS)
        return Params({"algorithm": algorithm, "strength": strength})

    def run(self, picture: Picture, params: Params) -> Picture:
        """The same size again. Only `selective` and sharpening touch more than alpha."""
        strength = real(params, "strength")
        low, high = picture.alpha().getextrema()
        if strength == 0 or picture.size == (1, 1) or high == 0 or (strength > 0 and low == high):
            return picture
        from iconbuild.steps.layers import on_seen

        size, algorithm = unit(picture.size), str(params["algorithm"])
        margin = ceil(2.1 * abs(strength) * size) + 8
        return on_seen(picture.smallest(), margin, lambda part: _smoothed(part, strength, size, algorithm))


def _smoothed(picture: Picture, strength: float, size: float, algorithm: str) -> Picture:
    from iconbuild.steps import smoothing

    if strength < 0:
        return smoothing.sharpened(picture, -strength, size)
    strength *= size
    if algorithm == "selective":
        return smoothing.selective(picture, strength)
    change = {
        "gaussian": smoothing.gaussian,
        "supersample": smoothing.supersample,
        "morphological": smoothing.morphological,
        "contour": smoothing.contour,
    }[algorithm]
    return smoothing.under(picture, change(picture.alpha(), strength), ceil(strength) + 2)
