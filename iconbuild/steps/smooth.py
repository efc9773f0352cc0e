"""A picture becomes the same picture with smoother edges, or with sharper ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from iconbuild.model.values import Json, Params
from iconbuild.steps.binding import choice, number, real, settings, unit

if TYPE_CHECKING:
    from PIL.Image import Image

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

    def run(self, image: Image, params: Params) -> Image:
        """The same size again. Only `selective` and sharpening touch more than alpha."""
        strength = real(params, "strength")
        low, high = image.getchannel("A").getextrema()
        if strength == 0 or image.size == (1, 1) or high == 0:
            return image
        from iconbuild.steps import smoothing
        from iconbuild.steps.bleed import with_alpha

        if strength < 0:
            return smoothing.sharpened(image, -strength, unit(image.size))
        strength *= unit(image.size)
        algorithm = params["algorithm"]
        if algorithm == "selective":
            return smoothing.selective(image, strength)
        if low == high:
            return image
        alpha = image.getchannel("A")
        if algorithm == "gaussian":
            return with_alpha(image, smoothing.gaussian(alpha, strength))
        if algorithm == "supersample":
            return with_alpha(image, smoothing.supersample(alpha, strength))
        if algorithm == "morphological":
            return with_alpha(image, smoothing.morphological(alpha, strength))
        return with_alpha(image, smoothing.contour(alpha, strength))
