"""Planes and pictures become smoother or sharper ones: five ways to smooth, one to sharpen.

For smoothing `strength` is already times u, so that sigmas and radii are in pixels.
"""

from __future__ import annotations

from math import ceil

import numpy as np
from PIL import Image, ImageFilter

from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.pictures.plain import SEEN
from iconbuild.steps.bleed import with_alpha
from iconbuild.steps.distance import coverage, offset, signed_distance
from iconbuild.steps.layers import by_layer, layered
from iconbuild.steps.nearby import Levels, highest, lowest, without_halos
from iconbuild.steps.outline import outline_blur
from iconbuild.steps.planes import Plane, to_image, to_plane

_EDGE = 16
"""Levels of alpha between a pixel and its neighbours from which it lies on an edge."""
_RAMP = np.float32(1 / 3)
"""Slope of an edge, in full steps a pixel, on its way through 8 bits to twice the size: neither cut off nor coarse."""
_NOISE, _SURE = np.float32(0.18), np.float32(0.3)
"""A contour moved there and back differs by less than the one without a cause, by more than the other with one."""
_SWING = 1.4
"""How far from a step in it, in sigmas, a blurred outline starts to swing to the other side."""
_WAVE = np.float32(127)
"""Levels up to which such a swing is taken back; what changes by twice as many is no swing."""


def gaussian(alpha: Image.Image, strength: float) -> Image.Image:
    """Alpha blurred with sigma 0.35 x strength: edges get soft."""
    return alpha.filter(ImageFilter.GaussianBlur(0.35 * strength))


def contour(alpha: Image.Image, strength: float) -> Image.Image:
    """The outline blurred with sigma 0.6 x strength, then made steep again: corners get round, edges stay crisp."""
    sigma = 0.6 * strength

    def shape(layer: Image.Image) -> Image.Image:
        blurred, slope = outline_blur(to_plane(layer), sigma)
        return _without_waves(to_image(_steep(blurred, max(1.0, 1 / slope))), layer, _SWING * sigma)

    return by_layer(alpha, shape, ceil(strength) + 1)


def supersample(alpha: Image.Image, strength: float) -> Image.Image:
    """The outline blurred with sigma 0.35 x strength, cut at one half at twice the size and averaged down."""
    sigma = 0.35 * strength
    cut = [round(min(255.0, max(0.0, 127.5 + (level - 127.5) * 2 / float(_RAMP)))) for level in range(256)]

    def shape(layer: Image.Image) -> Image.Image:
        blurred, slope = outline_blur(to_plane(layer), sigma)
        wide = to_image(_steep(blurred, float(_RAMP) / slope))
        twice = wide.resize((layer.width * 2, layer.height * 2), Image.Resampling.BILINEAR)
        sampled = twice.point(cut).reduce(2)
        if sigma >= 0.75:
            return _without_waves(sampled, layer, _SWING * sigma)
        # Two samples a pixel know less than 8 bits: what is hardly blurred is better off with what it has.
        plain = to_image(_steep(blurred, max(1.0, 1 / slope)))
        return _without_waves(Image.blend(plain, sampled, max(0.0, 2 * sigma - 0.5)), layer, _SWING * sigma)

    return by_layer(alpha, shape, ceil(0.6 * strength) + 1)


def _without_waves(after: Image.Image, before: Image.Image, reach: float) -> Image.Image:
    """`after` (mode L) between the pixels of `before` up to `reach` away in the same row, and in the same column.

    A blur that keeps circles as they are overshoots: where an outline steps aside by a pixel, it swings by 0.03 pixels
    to the other side before and after, and next to a right angle it bulges by half a pixel. In an even row or column
    this would be seen, and variation would grow. What is too thin for the blur has to go all the same.
    """
    old, new = np.asarray(before), np.asarray(after)
    low, high = ([best(old, max(1, round(reach)), (axis,)) for axis in (0, 1)] for best in (lowest, highest))
    kept: Levels = np.minimum(np.maximum(new, np.maximum(*low)), np.minimum(*high))
    at = np.flatnonzero(kept != new)
    plain, waved = (plane.reshape(-1)[at].astype(np.float32) for plane in (kept, new))
    kept.reshape(-1)[at] = np.rint(waved + (plain - waved) * np.clip(2 - np.abs(plain - waved) / _WAVE, 0, 1))
    return Image.fromarray(kept)


def _steep(plane: Plane, gain: float) -> Plane:
    """`plane` with its distance from one half times `gain`."""
    steep: Plane = plane - np.float32(0.5)
    steep *= np.float32(gain)
    steep += np.float32(0.5)
    return steep


def morphological(alpha: Image.Image, strength: float) -> Image.Image:
    """Opened and closed by a disc of radius 0.3 x strength: specks and pinholes go, straight edges stay."""
    radius = 0.3 * strength

    def shape(layer: Image.Image) -> Image.Image:
        before, levels = to_plane(layer), np.asarray(layer)
        distance = signed_distance(before, radius + 0.5)
        drawn = coverage(distance, 0)
        change = offset(offset(coverage(distance, -radius), 2 * radius), -radius) - drawn
        # Where there is an edge it may be drawn anew, which takes the steps out of it. A soft one would become hard.
        crisp = np.clip((highest(levels) - lowest(levels)) * np.float32(1 / 55) - np.float32(200 / 55), 0, 1)
        change += crisp * (drawn - before)
        # What is taken or filled is no wider than the disc: a pixel cannot change by more than that.
        np.clip(change, np.float32(-2 * radius), np.float32(2 * radius), out=change)
        moved = to_image(before + change * np.clip((np.abs(change) - _NOISE) / (_SURE - _NOISE), 0, 1))
        return _without_waves(moved, layer, ceil(radius))

    return by_layer(alpha, shape, ceil(2 * radius) + 1)


def under(picture: Picture, alpha: Image.Image, reach: int) -> Picture:
    """`picture` under the plane `alpha`, which what lies up to `reach` pixels away has made; colour is bled outward."""
    result = with_alpha(picture, alpha)
    if picture.color or result.color or not layered(picture.alpha()):
        return result
    return Picture(without_halos(result.pixels, picture.pixels, reach)).smallest()


def selective(picture: Picture, strength: float) -> Picture:
    """Blurred with sigma 0.35 x strength, only in a band along the edges of alpha, so that areas keep their detail."""
    alpha = picture.alpha()
    band = _band(alpha, ceil(strength / 4))
    blur = ImageFilter.GaussianBlur(0.35 * strength)
    if picture.color:
        return Picture(Image.composite(alpha.filter(blur), alpha, band), picture.color)
    before = picture.pixels.convert("RGBa")
    after = Image.composite(before.filter(blur), before, band).convert("RGBA")
    # Outside the band nothing was changed: 8 bits of premultiplied colour shall not cost it anything either.
    return picture_of(Image.composite(after, picture.pixels, band.point(SEEN)))


def _band(alpha: Image.Image, reach: int) -> Image.Image:
    """255 up to `reach` pixels around every edge of `alpha`, falling to 0 over the width of that."""
    levels = np.asarray(alpha)
    edge = (highest(levels) - lowest(levels) >= _EDGE).view(np.uint8) * np.uint8(255)
    return Image.fromarray(highest(edge, reach)).filter(ImageFilter.BoxBlur(reach + 0.5))


def sharpened(picture: Picture, strength: float, unit: float) -> Picture:
    """Unsharp mask, as far as pixels can follow it towards one of their neighbours: nothing rings, no colour is new.

    Here `strength` is the plain number, since only the radius grows with the picture. A picture in several colours is
    masked by what is seen of each pixel, half by alpha and half by light, and its pixels move as a whole.
    """
    mask = ImageFilter.UnsharpMask(radius=(1.5 + 0.15 * strength) * unit, percent=round(25 * strength), threshold=0)
    if picture.color:
        levels, sharp = (np.asarray(plane) for plane in (picture.pixels, picture.pixels.filter(mask)))
        return Picture(Image.fromarray(np.maximum(lowest(levels), np.minimum(highest(levels), sharp))), picture.color)
    pixels = np.asarray(picture.pixels.convert("RGBa"))
    light = _light(pixels)
    wanted = np.asarray(Image.fromarray(light).filter(mask))
    # The level first and the pixel behind it, as one number: the highest neighbour comes with its colour.
    keyed = (light.astype(np.uint64) << np.uint64(32)) | pixels.view(np.uint32)[..., 0]
    at = np.nonzero(wanted != light)
    goal = np.where(wanted[at] > light[at], highest(keyed)[at], lowest(keyed)[at])
    old, new = (plane[at].astype(np.float32) for plane in (light, wanted))
    way = (goal >> np.uint64(32)).astype(np.float32) - old
    share = np.minimum(1, np.divide(new - old, way, out=np.zeros_like(old), where=way != 0))[:, None]
    target = goal.astype(np.uint32).view(np.uint8).reshape(-1, 4).astype(np.float32)
    moved = pixels[at] * (1 - share) + target * share
    result = np.array(picture.pixels)
    changed = share[:, 0] > 0
    at, moved = tuple(places[changed] for places in at), moved[changed]
    moved[:, :3] *= 255 / np.maximum(1, moved[:, 3:])
    result[at] = np.rint(np.minimum(moved, 255))
    return picture_of(Image.fromarray(result))


def _light(pixels: Levels) -> Levels:
    """The mean of alpha and luminance of premultiplied pixels: both kinds of edges are edges in it."""
    red, green, blue, alpha = (pixels[..., channel].astype(np.uint16) for channel in range(4))
    mean: Levels = ((77 * red + 150 * green + 29 * blue + 256 * alpha + 256) >> 9).astype(np.uint8)
    return mean
