"""A sheet and its colours become the coverage of one colour: how much of each pixel its areas fill."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from iconbuild.providers.local.observe.clusters import Cluster, even_areas
from iconbuild.providers.local.observe.ridge import box_sums
from iconbuild.providers.local.observe.sheet import SIDE, Sheet, distance, dot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from iconbuild.providers.local.observe.sheet import Mask, Pixels

MARGIN = 24
"""Empty pixels added on each side of a coverage, so that nothing that is measured touches a border."""

_BESIDE = 3  # pixels: edges are two or three wide, so the area beyond one shows within this distance
_FINEST = 0.01  # nearer colours, as squared RGB distance, make no mixtures that could be measured


class Areas(NamedTuple):
    """Which colour each pixel shows: `nearest`, 0 for the ground, then the clusters in order; `even`: no edge there."""

    nearest: NDArray[np.intp]
    even: Mask
    centres: Pixels


def areas(sheet: Sheet, found: Sequence[Cluster]) -> Areas:
    """The nearest colour of each pixel, an edge pixel's too."""
    import numpy as np

    centres = np.array([(*cluster.color, 1.0) for cluster in found], dtype=np.float32)
    away = [distance(sheet.points, centre) for centre in centres]
    ground = np.full_like(away[0], np.inf) if sheet.ground is None else distance(sheet.points, sheet.ground)
    return Areas(np.argmin(np.stack([ground, *away]), axis=0), even_areas(sheet), centres)


def coverage(sheet: Sheet, seen: Areas, which: int) -> Pixels:
    """How much of each pixel the cluster `which` covers, 0..1, brought to about `SIDE` pixels a side, with a margin.

    An edge pixel is a mixture of the cluster and of what lies beyond, which decides where its middle is: half way
    from a dark ink to a pale tint is not half way to white paper.
    """
    import numpy as np

    ink = seen.centres[which]
    beyond = np.zeros_like(sheet.points) if sheet.ground is None else sheet.ground
    others = [place for place in range(len(seen.centres)) if place != which]
    if others:
        counts = [box_sums(seen.even & (seen.nearest == place + 1), _BESIDE) for place in others]
        ground = box_sums(seen.even & (seen.nearest == 0), _BESIDE)
        most = np.argmax(np.stack([ground, *counts]), axis=0)
        beyond = np.where((most == 0)[..., None], beyond, seen.centres[others][np.maximum(most - 1, 0)])
    along = ink - beyond
    share = np.clip(dot(sheet.points - beyond, along) / np.maximum(dot(along, along), _FINEST), 0, 1)
    if others:
        foreign = seen.even & (seen.nearest != which + 1)
        share = np.where(foreign, 0, np.where(seen.even, 1, share))
    return _enlarged(np.asarray(share, dtype=np.float32))


def silhouette(sheet: Sheet, seen: Areas) -> Pixels:
    """How much of each pixel is not ground, at the same size."""
    import numpy as np

    if sheet.ground is not None and not sheet.opaque:
        return _enlarged(sheet.points[..., 3])
    return _enlarged(np.asarray(seen.nearest > 0, dtype=np.float32))


def enlargement(sheet: Sheet) -> float:
    """Pixels of a coverage for one of the sheet."""
    return max(1.0, SIDE / float(max(sheet.points.shape[:2])))


def _enlarged(share: Pixels) -> Pixels:
    import numpy as np
    from PIL import Image

    scale = SIDE / max(share.shape)
    if scale > 1:
        size = max(1, round(share.shape[1] * scale)), max(1, round(share.shape[0] * scale))
        share = np.asarray(Image.fromarray(share, "F").resize(size, Image.Resampling.BICUBIC))
    return np.pad(share, MARGIN)
