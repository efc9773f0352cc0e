"""A picture becomes the same picture with smoother edges, or with sharper ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import choice, number, real, settings, unit

if TYPE_CHECKING:
    from iconbuild.pictures.picture import Picture

ALGORITHMS = ("selective", "gaussian", "morphological", "supersample", "contour")


class Smooth:
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
        if strength == 0 or picture.size == (1, 1) or high == 0:
            return picture
        from iconbuild.steps import smoothing
        from iconbuild.steps.bleed import with_alpha

        if strength < 0:
            return smoothing.sharpened(picture, -strength, unit(picture.size))
        strength *= unit(picture.size)
        algorithm = params["algorithm"]
        if algorithm == "selective":
            return smoothing.selective(picture, strength)
        if low == high:
            return picture
        alpha = picture.alpha()
        if algorithm == "gaussian":
            return with_alpha(picture, smoothing.gaussian(alpha, strength))
        if algorithm == "supersample":
            return with_alpha(picture, smoothing.supersample(alpha, strength))
        if algorithm == "morphological":
            return with_alpha(picture, smoothing.morphological(alpha, strength))
        return with_alpha(picture, smoothing.contour(alpha, strength))
