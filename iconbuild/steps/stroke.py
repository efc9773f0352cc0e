"""A picture becomes the same picture with the contour of its alpha moved; layers of tone inside it keep theirs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.bleed import Mask, grown, spread
from iconbuild.steps.distance import around, coverage, signed_distance
from iconbuild.steps.inwards import DEPTH, Indices, inner, is_deep
from iconbuild.steps.layers import flat_levels
from iconbuild.steps.planes import Plane

Levels = NDArray[np.uint8]
_HAIR = 4
"""The most that alpha may rise in a pixel that keeps its colour, if it had as much before."""
_FULL = 250
"""The highest alpha of a layer of tone; what is denser is a full layer."""


def moved(picture: Picture, shift: float) -> Picture:
    """`picture` with its 50 % contour moved outwards by `shift` pixels, inwards where negative."""
    result = np.array(picture.pixels)
    levels = result if picture.color else result[..., 3]
    inside = levels >= 128
    if inside.all() or not inside.any():
        return picture
    tones = tuple(level for level in flat_levels(picture.alpha()) if level <= _FULL)
    box = around(inside if shift > 0 else levels > 0, abs(shift) + 2)
    part = result[box]
    colors = None if picture.color else part[..., :3]
    old = np.ascontiguousarray(levels[box])
    levels[box] = _grown(old, tones, shift, colors) if shift > 0 else _shrunk(old, tones, -shift, colors)
    image = Image.fromarray(result)
    return Picture(image, picture.color) if picture.color else picture_of(image)


def _grown(levels: Levels, tones: tuple[int, ...], shift: float, colors: Levels | None) -> Levels:
    """Alpha with the contour `shift` pixels further out; `colors` (h x w x 3) gets those of what is new."""
    distance = _field(levels, shift)
    if _is_full(levels, distance, tones):
        new = np.maximum(_rounded(coverage(distance, shift) * 255), levels)
        if colors is None:
            return new
        at = np.flatnonzero(new > levels)
        source = inner(distance, at)
    else:
        # A translucent edge is as wide in pixels: its contour, nearer to its inner end, has more of it before it.
        at = np.flatnonzero((levels < 255) & (distance > -DEPTH) & (distance < shift + 1))
        source = inner(distance, at)
        edge = _edge(_cap(levels, distance, source, tones), shift - distance.reshape(-1)[at])
        new = levels.copy()
        new.reshape(-1)[at] = np.maximum(edge, levels.reshape(-1)[at])
    if colors is not None:
        before = levels.reshape(-1)[at]
        # A rise by a hair leaves a pixel its own colour: it would turn into its neighbour for all to see.
        rises = new.reshape(-1)[at] - before > np.minimum(before, _HAIR)
        there, here = (np.divmod(places[rises], levels.shape[1]) for places in (source, at))
        colors[here] = colors[there]
    return new


def _shrunk(levels: Levels, tones: tuple[int, ...], shift: float, colors: Levels | None) -> Levels:
    """Alpha with the contour `shift` pixels further in; `colors` (h x w x 3) gets those of layers come to light."""
    distance = _field(levels, shift)
    cover = coverage(distance, -shift)
    left = cover * 255
    layers = _layers(levels, tones)
    if not _is_full(levels, distance, tones):
        at = np.flatnonzero((np.abs(distance + shift) < 1) & (levels > 0))
        source = inner(distance, at)
        cap = np.maximum(_cap(levels, distance, source, tones), levels.reshape(-1)[at])
        left.reshape(-1)[at] = _edge(cap, -shift - distance.reshape(-1)[at])
        if colors is not None and layers:
            _take_out(colors, levels, layers[0][0], at, source)
    for layer, lift in layers:
        # Two pixels more than where it is flat: over its own edge and that of what lies on it.
        wide = grown(grown(layer)).astype(np.float32)
        under = coverage(signed_distance(np.maximum(_plane(levels), wide), shift + 0.5), -shift)
        light = lift * np.maximum(np.maximum(under, wide) - cover, 0)
        if colors is not None:
            _bring_to_light(colors, layer, light * (levels > 0), left, shift)
        left += light
    return np.minimum(_rounded(left), levels)


def _field(levels: Levels, shift: float) -> Plane:
    """Distances as far as they are asked for: by edges, and by the search for what lies inside them."""
    return signed_distance(_plane(levels), max(shift + 1, 2 * DEPTH))


def _edge(cap: Plane, inside: Plane) -> Levels:
    """Alpha of pixels `inside` px within a contour that is half alpha, at the edge of a shape of alpha `cap` (0..255).

    Its ramp is one pixel wide.
    """
    return _rounded(np.clip(np.float32(127.5) + cap * inside, 0, cap))


def _is_full(levels: Levels, distance: Plane, tones: tuple[int, ...]) -> bool:
    """Whether all of the shape is dense, so that its alpha is its coverage."""
    return not tones and not ((levels <= _FULL) & (distance <= -DEPTH)).any()


def _cap(levels: Levels, distance: Plane, source: Indices, tones: tuple[int, ...]) -> Plane:
    """The alpha (0..255) that the shape has at `source`.

    Full where that is so thin that its alpha only says how much of the pixel it covers, unless it is that of a layer.
    """
    cap = levels.reshape(-1)[source].astype(np.float32)
    known = is_deep(distance, source)
    for tone in tones:
        known |= np.abs(cap - tone) < 2.5
    cap[~known | (cap > _FULL)] = 255
    return cap


def _layers(levels: Levels, tones: tuple[int, ...]) -> list[tuple[Mask, int]]:
    """The layers under half alpha, faintest first: where it or a denser one lies open, and by how much it lifts."""
    found: list[tuple[Mask, int]] = []
    open_ = np.zeros(levels.shape, np.bool_)
    faint = [tone for tone in tones if tone < 128]
    for tone, below in reversed(list(zip(faint, [0, *faint], strict=False))):
        layer = np.abs(levels.astype(np.int16) - tone) < 3
        # Edges pass through every level: only areas of at least 3 x 3 pixels are a layer.
        open_ = open_ | grown(~grown(~layer))
        found.append((open_, tone - below))
    return found[::-1]


def _take_out(colors: Levels, levels: Levels, layer: Mask, at: Indices, source: Indices) -> None:
    """Give the flat indices `at`, where a line ends on a `layer` that is mixed into it, the line's own colour."""
    beside = (grown(grown(layer)) & ~layer).reshape(-1)[at]
    mixed = beside & (levels.reshape(-1)[at] < levels.reshape(-1)[source])
    line = levels.shape[1]
    there, here = np.divmod(source[mixed], line), np.divmod(at[mixed], line)
    colors[here] = colors[there]


def _bring_to_light(colors: Levels, layer: Mask, light: Plane, left: Plane, shift: float) -> None:
    """Mix into `colors` that of `layer`, which lies beside them, by its alpha `light` to that of what is `left`."""
    wanted = (light > 0) & ~layer
    filled, known = spread(colors.astype(np.float32), layer, wanted, int(2 * shift) + 6)
    change = np.nonzero(wanted & known)
    share = (light[change] / (light[change] + left[change]))[:, None]
    colors[change] = np.rint(colors[change] * (1 - share) + filled[change] * share)


def _plane(levels: Levels) -> Plane:
    return levels * np.float32(1 / 255)


def _rounded(values: Plane) -> Levels:
    return np.rint(values).astype(np.uint8)
