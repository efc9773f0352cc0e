"""Values known at some pixels spread to their neighbours, so that pixels that become visible have a colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from iconbuild.pictures.picture import Picture, picture_of

Values = NDArray[np.float32]
Mask = NDArray[np.bool_]
_WEIGHT = np.array([1, 1, 1, 1, 0.7, 0.7, 0.7, 0.7], np.float32)
"""Sides count more than corners, which are further away."""
_MUCH, _DENSE = 64, 160
"""A pixel that rises by so much joins the layer above it: its colour comes from where that layer is dense."""
_SEEN = 32
"""Alpha from which a pixel's colour is trusted: below it, 8 bits of premultiplied colour have lost too much."""


def spread(values: Values, known: Mask, wanted: Mask, rings: int) -> tuple[Values, Mask]:
    """`values` (h x w x n) filled in at `wanted` from the nearest `known` pixels, ring by ring, `rings` pixels far.

    Each pixel takes the mean of its known neighbours of the ring before, so flat colours stay flat and mirrored
    pictures spread mirrored. Returns the new values and the pixels that are known now; the arguments are left alone.
    """
    height, width, depth = values.shape
    padded = np.zeros((height + 2, width + 2, depth), np.float32)
    padded[1:-1, 1:-1] = values
    seen = np.zeros((height + 2, width + 2), np.bool_)
    seen[1:-1, 1:-1] = known
    unseen = np.zeros_like(seen)
    unseen[1:-1, 1:-1] = wanted & ~known
    flat, flags, line = padded.reshape(-1, depth), seen.reshape(-1), width + 2
    around = np.array([-1, 1, -line, line, -line - 1, -line + 1, line - 1, line + 1])
    for _ in range(rings):
        ring = np.flatnonzero(grown(seen) & unseen)
        if not len(ring):
            break
        near = ring[:, None] + around
        share = flags[near] * _WEIGHT
        share /= (share @ np.ones(8, np.float32))[:, None]
        flat[ring] = np.einsum("ij,ijk->ik", share, flat[near])
        flags[ring] = True
        unseen.reshape(-1)[ring] = False
    return padded[1:-1, 1:-1], seen[1:-1, 1:-1]


def grown(mask: Mask) -> Mask:
    """`mask` and the pixels that touch it by a side or a corner."""
    tall = mask.copy()
    tall[1:] |= mask[:-1]
    tall[:-1] |= mask[1:]
    wide = tall.copy()
    wide[:, 1:] |= tall[:, :-1]
    wide[:, :-1] |= tall[:, 1:]
    return wide


def with_alpha(picture: Picture, alpha: Image.Image) -> Picture:
    """`picture` under the plane `alpha` (mode L); what is seen more than before takes its neighbours' colour."""
    if picture.color:
        return Picture(alpha, picture.color)
    pixels, new = np.asarray(picture.pixels), np.asarray(alpha)
    old = pixels[..., 3]
    result, bare = pixels.copy(), (new > old) & (old == 0)

    def fill(wanted: Mask, trusted: Mask) -> None:
        if wanted.any():
            filled, known = spread(pixels[..., :3].astype(np.float32), trusted & ~wanted, wanted, max(picture.size))
            known &= wanted
            result[known, :3] = np.rint(filled[known])
            np.copyto(bare, False, where=known)

    fill((new > old) & (old < _SEEN), old >= _SEEN)
    fill((new > old) & (new - old > _MUCH), old >= _DENSE)
    # Some are next to nothing of that kind.
    fill(bare, old > 0)
    result[..., 3] = new
    return picture_of(Image.fromarray(result))
