"""Planes and pictures become smoother or sharper ones: five ways to smooth, one to sharpen.

For smoothing `strength` is already times u, so that sigmas and radii are in pixels.
"""

from __future__ import annotations

from math import ceil, pi, sqrt

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.distance import offset
from iconbuild.steps.layers import by_layer
from iconbuild.steps.planes import Plane, to_image, to_plane


def gaussian(alpha: Image.Image, strength: float) -> Image.Image:
    """Alpha blurred with sigma 0.35 x strength: edges get soft."""
    return alpha.filter(ImageFilter.GaussianBlur(0.35 * strength))


def contour(alpha: Image.Image, strength: float) -> Image.Image:
    """The outline blurred with sigma 0.6 x strength, then made steep again: corners get round, edges stay crisp."""
    sigma = 0.6 * strength

    def shape(layer: Image.Image) -> Image.Image:
        blurred = _level_blur(to_plane(layer), sigma)
        # A straight edge blurred this way has the slope sqrt(2) - 1/2 over sigma sqrt(pi) in its middle.
        steep = sigma * sqrt(pi) / (sqrt(2) - 0.5)
        return to_image(0.5 + (blurred - 0.5) * max(1.0, steep))

    return by_layer(alpha, shape)


def supersample(alpha: Image.Image, strength: float) -> Image.Image:
    """The outline drawn at twice the size, blurred, cut at one half and averaged down."""
    double = (alpha.width * 2, alpha.height * 2)
    blur = ImageFilter.GaussianBlur(0.7 * strength)
    slope = max(1.0, 0.7 * strength * sqrt(pi) / (sqrt(2) - 0.5))
    cut = [round(min(255.0, max(0.0, 127.5 + (value - 127.5) * slope))) for value in range(256)]

    def shape(layer: Image.Image) -> Image.Image:
        once = layer.resize(double, Image.Resampling.BICUBIC).filter(blur)
        return Image.blend(once, once.filter(blur), -1.0).point(cut).reduce(2)

    return by_layer(alpha, shape)


def morphological(alpha: Image.Image, strength: float) -> Image.Image:
    """Opened and closed by a disc of radius 0.3 x strength: specks and pinholes go, straight edges stay."""
    radius = 0.3 * strength

    def shape(layer: Image.Image) -> Image.Image:
        plane = to_plane(layer)
        for shift in (-radius, 2 * radius, -radius):
            plane = offset(plane, shift)
        return to_image(plane)

    return by_layer(alpha, shape)


def selective(picture: Picture, strength: float) -> Picture:
    """Blurred with sigma 0.35 x strength, only in a band along the edges of alpha, so that areas keep their detail."""
    alpha = picture.alpha()
    span = ImageChops.subtract(alpha.filter(ImageFilter.MaxFilter(3)), alpha.filter(ImageFilter.MinFilter(3)))
    reach = 2 * ceil(strength / 4) + 1
    edge = span.point([0] * 16 + [255] * 240).filter(ImageFilter.MaxFilter(reach))
    band = edge.filter(ImageFilter.BoxBlur(reach / 2))
    blur = ImageFilter.GaussianBlur(0.35 * strength)
    if picture.color:
        return Picture(Image.composite(alpha.filter(blur), alpha, band), picture.color)
    before = picture.pixels.convert("RGBa")
    pairs = zip(before.filter(blur).split(), before.split(), strict=True)
    planes = [Image.composite(soft, hard, band) for soft, hard in pairs]
    return picture_of(Image.merge("RGBa", planes).convert("RGBA"))


def sharpened(picture: Picture, strength: float, unit: float) -> Picture:
    """Unsharp mask on premultiplied pixels, kept between the darkest and lightest neighbour so that nothing rings.

    Here `strength` is the plain number, since only the radius grows with the picture.
    """
    mask = ImageFilter.UnsharpMask(radius=(1.5 + 0.15 * strength) * unit, percent=round(25 * strength), threshold=0)
    alpha = picture.alpha()
    sharp = _between(alpha.filter(mask), alpha, alpha)
    if picture.color:
        return Picture(sharp, picture.color)
    image = picture.pixels
    hidden = alpha.point([255] + [0] * 255)
    wide = Image.merge("RGBa", [plane.filter(mask) for plane in image.convert("RGBa").split()]).convert("RGBA")
    planes = []
    for new, old in zip(wide.split()[:3], image.split()[:3], strict=True):
        # What is hidden is no neighbour: white where the darkest is looked for, black where the lightest is.
        lightest = ImageChops.subtract(old, hidden)
        planes.append(_between(new, ImageChops.lighter(old, hidden), lightest))
    return picture_of(Image.merge("RGBA", (*planes, sharp)))


def _between(plane: Image.Image, low: Image.Image, high: Image.Image) -> Image.Image:
    """`plane` kept within the least of `low` and the greatest of `high` in the 3 x 3 pixels around each."""
    least, greatest = low.filter(ImageFilter.MinFilter(3)), high.filter(ImageFilter.MaxFilter(3))
    return ImageChops.lighter(least, ImageChops.darker(greatest, plane))


def _level_blur(plane: Plane, sigma: float) -> Plane:
    """`plane` blurred by 2G - GG: as smooth as a Gaussian G, but round shapes do not shrink (no second moment)."""
    once = _blur(plane, sigma)
    return 2 * once - _blur(once, sigma)


def _blur(plane: Plane, sigma: float) -> Plane:
    """A Gaussian in float: 8 bits, steepened afterwards, would show steps."""
    radius = ceil(3 * sigma)
    weights = np.exp(-0.5 * (np.arange(radius + 1) / sigma) ** 2)
    weights = (weights / (2 * weights.sum() - weights[0])).astype(np.float32)
    for _ in range(2):
        padded = np.pad(plane, ((radius, radius), (0, 0)), mode="edge")
        height = len(plane)
        total = padded[radius : radius + height] * weights[0]
        for step in range(1, radius + 1):
            pair = padded[radius - step : radius - step + height] + padded[radius + step : radius + step + height]
            pair *= weights[step]
            total += pair
        plane = np.ascontiguousarray(total.T)
    return plane
