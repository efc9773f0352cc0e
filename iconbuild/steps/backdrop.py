"""A picture becomes what stands before its background: the background's colour is taken out of the edges again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from iconbuild.steps.distance import Mask, signed_distance
from iconbuild.steps.flood import from_border
from iconbuild.steps.inwards import Indices, inner, is_deep

Values = NDArray[np.float32]
Pixels = NDArray[np.uint8]
_CLEAN = 3.0
"""Levels of difference from the background that count as none: rounding and faint noise."""
_OVER = 1.1
"""How much further from the background than the inside an edge has to be to count as a line of its own."""
_OTHER = 48
"""Levels by which an edge has to miss the colour of the inside to be of another part: no noise strays so far."""
_SHADE = 8
"""Levels between neighbours in a gradient or soft shadow, which are of one area."""


class Backdrop(NamedTuple):
    """A background: its colour, and how far its pixels stray from that, in levels (0 where it is flat)."""

    color: Values
    noise: float

    @property
    def clear(self) -> float:
        """Levels up to which a pixel is nothing but background."""
        return max(_CLEAN, self.noise)


def without_backdrop(image: Image.Image, tolerance: float, unit: float) -> Image.Image:
    """`image` (RGBA) with what is within `tolerance` levels of its border's median, and joined to it, made transparent.

    In a band of 2 x `unit` + 2 px along it alpha and colour are unmixed: pixel = a x F + (1 - a) x background, with F
    the colour of the nearest pixel well inside.
    """
    pixels = np.array(image)
    backdrop = _backdrop(pixels)
    if backdrop is None:
        return image
    pixels[pixels[..., 3] == 0, :3] = np.rint(backdrop.color)
    ground = from_border(_like(pixels, backdrop.color, tolerance))
    if not ground.any():
        return image
    if ground.all():
        return Image.new("RGBA", image.size)
    depth = max(unit, 1) + 1.25
    distance = signed_distance((~ground).astype(np.float32), depth)
    at = np.flatnonzero(np.abs(distance) <= depth)
    source = inner(distance, at, depth)
    flat = pixels.reshape(-1, 4)
    share, front = _unmixed(flat, at, source, is_deep(distance, source, depth), backdrop, pixels.shape[1])
    here = flat[at]
    clear = _apart(here, backdrop.color) <= backdrop.clear
    share[_goes_on_inside(flat, at, distance, backdrop.noise) & ~clear] = 1
    share[ground.reshape(-1)[at] & clear] = 0
    mixed = share < 1
    here[mixed, :3] = front[mixed]
    here[:, 3] = np.rint(here[:, 3] * share)
    flat[ground.reshape(-1)] = 0
    flat[at] = here
    return Image.fromarray(pixels)


def _backdrop(pixels: Pixels) -> Backdrop | None:
    """The background that the border shows, None where at least half of the border is transparent."""
    border = np.concatenate((pixels[0], pixels[-1], pixels[1:-1, 0], pixels[1:-1, -1]))
    seen = border[border[:, 3] >= 128]
    if 2 * len(seen) <= len(border):
        return None
    color: Values = np.median(seen[:, :3], axis=0).astype(np.float32)
    # Half of the border tells the noise, so that what touches it does not count.
    return Backdrop(color, 3 * float(np.median(_apart(seen, color))))


def _like(pixels: Pixels, color: Values, tolerance: float) -> Mask:
    """Which pixels are within `tolerance` levels of `color` in each channel, whatever their alpha."""
    height, width, _ = pixels.shape
    least = np.append(np.clip(np.ceil(color - tolerance), 0, 255), 0).astype(np.uint8)
    most = np.append(np.clip(np.floor(color + tolerance), 0, 255), 255).astype(np.uint8)
    # All channels in one row, four answers read as one number: nothing loops over an axis of four.
    rows = pixels.reshape(height, width * 4)
    within = (rows >= np.tile(least, width)) & (rows <= np.tile(most, width))
    like: Mask = within.view(np.uint32) == np.uint32(0x01010101)
    return like


def _unmixed(
    flat: Pixels, at: Indices, source: Indices, pure: Mask, backdrop: Backdrop, width: int
) -> tuple[Values, Pixels]:
    """Share of the foreground (0..1) and its colour, for the flat indices `at`; that colour is looked for at `source`.

    Where it is not `pure`, or belongs to another part than the edge, the strongest pixel beside counts: thin lines.
    """
    thin = np.flatnonzero(~pure)
    source[thin] = _strongest(flat, source[thin], backdrop.color, width)
    beside = _strongest(flat, at, backdrop.color, width)
    stronger, strong = _apart(flat[beside], backdrop.color), _apart(flat[source], backdrop.color)
    lines = stronger > _OVER * strong + backdrop.clear
    lines |= _rest(flat[at, :3] - backdrop.color, flat[source, :3] - backdrop.color) > _OTHER
    lined = np.flatnonzero(lines)
    line = _strongest(flat, beside[lined], backdrop.color, width)
    area = _is_of_area(flat, source[lined], backdrop, width)
    fits = _is_of_line(flat[at[lined]], flat[source[lined]], area, flat[line], backdrop)
    source[lined[fits]] = line[fits]
    share = _share(flat[at, :3] - backdrop.color, flat[source, :3] - backdrop.color)
    return np.clip(share, 0, 1), flat[source, :3]


def _is_of_area(flat: Pixels, at: Indices, backdrop: Backdrop, width: int) -> Mask:
    """Which pixels have two more like themselves around them: a colour of its own, and no mixture in a notch."""
    near = flat[_around(at, (len(flat) // width, width)), :3].astype(np.int16)
    alike = np.abs(near - flat[at, None, :3]).max(axis=2) <= _SHADE + backdrop.noise
    area: Mask = np.count_nonzero(alike, axis=1) >= 3
    return area


def _is_of_line(here: Pixels, inside: Pixels, area: Mask, line: Pixels, backdrop: Backdrop) -> Mask:
    """Which pixels are rather a mixture of background and line than of background and what is inside, or that alone.

    What is inside is only known for sure where it is an `area`.
    """
    mixed = here[:, :3] - backdrop.color
    rests = [_rest(mixed, front[:, :3] - backdrop.color) for front in (inside, line)]
    is_inside = area & (np.abs(mixed - (inside[:, :3] - backdrop.color)).max(axis=1) <= backdrop.clear)
    fits: Mask = ~is_inside & (rests[1] <= rests[0] + backdrop.clear)
    return fits


def _rest(here: Values, front: Values) -> Values:
    """By how many levels `here` is more than a share of `front`, both n x 3 as differences from the background."""
    rest: Values = np.abs(here - _share(here, front)[:, None] * front).max(axis=1)
    return rest


def _share(here: Values, front: Values) -> Values:
    """How much of `front` is in `here`, both n x 3 as differences from the background; all where it is like that."""
    length = np.einsum("ij,ij->i", front, front)
    share: Values = np.einsum("ij,ij->i", here, front) / np.maximum(length, 1)
    share[length < _CLEAN**2] = 1
    return share


def _goes_on_inside(flat: Pixels, at: Indices, distance: Values, noise: float) -> Mask:
    """Which pixels look like a neighbour deeper inside: nothing is mixed into them, whatever else lies near."""
    near, depth = _around(at, distance.shape), distance.reshape(-1)
    apart = np.abs(flat[near, :3].astype(np.int16) - flat[at, None, :3])
    alike = (apart[..., 0] <= noise) & (apart[..., 1] <= noise) & (apart[..., 2] <= noise)
    # Smooth edges end 1.1 px inside at the latest, where they run along a diagonal.
    deeper = depth[near] < np.minimum(depth[at, None] - 0.5, -1.2)
    goes_on: Mask = (alike & deeper).any(axis=1)
    return goes_on


def _strongest(flat: Pixels, at: Indices, backdrop: Values, width: int) -> Indices:
    """Of the 3 x 3 pixels around each of `at`, the one least like the background."""
    near = _around(at, (len(flat) // width, width))
    strongest: Indices = near[np.arange(len(at)), _apart(flat[near], backdrop).argmax(axis=1)]
    return strongest


def _around(at: Indices, shape: tuple[int, ...]) -> Indices:
    """The flat indices (n x 9) of the 3 x 3 pixels around each of `at`, within the picture."""
    row, column = np.divmod(at, shape[1])
    step = np.array([0, -1, 1])
    rows = np.clip(row[:, None] + step, 0, shape[0] - 1)
    columns = np.clip(column[:, None] + step, 0, shape[1] - 1)
    near: Indices = (rows[:, :, None] * shape[1] + columns[:, None, :]).reshape(len(at), 9)
    return near


def _apart(pixels: Pixels, color: Values) -> Values:
    """The largest difference from `color` in any channel, in levels."""
    red, green, blue = (np.abs(pixels[..., channel] - color[channel]) for channel in range(3))
    apart: Values = np.maximum(np.maximum(red, green), blue)
    return apart
