"""Pixels become the few colours that somebody chose: edges, noise and specks are left out."""

from __future__ import annotations

from math import dist
from typing import TYPE_CHECKING, NamedTuple

from iconbuild.providers.local.observe.sheet import Sheet, distance, visible

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from iconbuild.providers.local.observe.sheet import Mask, Pixels

    Table = NDArray[np.float64]

MOST = 6
"""No more colours than this are told apart."""

_BITS = 5  # of each channel, for the cells that are clustered in place of pixels
_FLAT = 8 / 255  # neighbours differ by less inside an area, also after JPEG
_LEVEL = 2 / 255
_SHARE = 0.025  # a colour with less than this of what is visible is a speck
_SPECK = 0.0015
_NEW = 0.036  # Oklab distance from which a colour is another one
_FIRM, _STAIN = 0.2, 0.22  # share of even pixels, and RGB distance, below which a colour is a stain of another one
_BREATH, _PALE = 0.3, 0.1  # share, and RGB distance from the ground, below which a colour is noise on the ground
_ROUNDS = 10


class Cluster(NamedTuple):
    """One colour: `color`, 0..1 RGB; `share` of the visible pixels that lie inside areas of any colour, 0..1."""

    color: tuple[float, float, float]
    share: float

    @property
    def text(self) -> str:
        """`#rrggbb`."""
        return "#" + "".join(f"{round(255 * level):02x}" for level in self.color)


def clusters(sheet: Sheet) -> list[Cluster]:
    """The colours of a sheet without its ground, largest share first; empty where nothing is drawn.

    Weighted k-means in Oklab over the cells of a coarse colour cube. Each further seed is the cell with the greatest
    weight times squared distance from the seeds before it, so nothing is drawn by lot; sums are taken cell by cell.
    """
    seen = visible(sheet)
    if seen.sum() < 2:
        return []
    even = _even(sheet.points)
    inside = seen & (even | _farthest(sheet, seen))
    if not inside.any():
        inside = seen
    straight = _straight(sheet.points[inside])
    cells, of_cell, weights = _cells(straight)
    lab = _oklab(cells)
    belongs = _means(lab, weights, _seeds(lab, weights))[of_cell]
    firm = even[inside]
    members = [belongs == which for which in range(int(belongs.max()) + 1)]
    found = [(_cluster(straight, firm, mask), float(firm[mask].mean())) for mask in members if mask.any()]
    found.sort(key=lambda pair: (-pair[0].share, pair[0].color))
    if sheet.ground is None:
        return [cluster for cluster, _ in found if cluster.share >= _SHARE] or [found[0][0]]
    return _chosen(found, paper(sheet))


def even_areas(sheet: Sheet) -> Mask:
    """Pixels that look like all four neighbours."""
    return _even(sheet.points)


def _chosen(found: list[tuple[Cluster, float]], ground: tuple[float, float, float] | None) -> list[Cluster]:
    """The clusters, each with its share inside even areas, that are no specks and no stains along the edges.

    Codecs spread colour over edges. What has hardly an even pixel and is near the ground or a larger colour is such.
    """
    kept: list[Cluster] = []
    for cluster, firm in found:
        near = [other.color for other in kept] + ([ground] if ground else [])
        stain = firm < _FIRM and any(dist(cluster.color, color) < _STAIN for color in near)
        stain |= ground is not None and cluster.share < _BREATH and dist(cluster.color, ground) < _PALE
        if not kept or (cluster.share >= _SHARE and not stain):
            kept.append(cluster)
    return kept


def paper(sheet: Sheet) -> tuple[float, float, float] | None:
    """The ground's colour, 0..1 RGB, where it has one."""
    if not sheet.opaque or sheet.ground is None:
        return None
    r, g, b = (float(level) for level in sheet.ground.reshape(-1, 4)[0, :3])
    return r, g, b


def _cluster(straight: Pixels, firm: Mask, members: Mask) -> Cluster:
    """Median colour of the members, of those well inside areas where there are enough of them."""
    import numpy as np

    count = int(members.sum())
    best = members & firm
    chosen = straight[best if best.sum() >= max(12, 0.1 * count) else members]
    r, g, b = (float(level) for level in np.median(chosen, axis=0))
    return Cluster((r, g, b), count / len(straight))


def _even(points: Pixels) -> Mask:
    import numpy as np

    result = np.ones(points.shape[:2], dtype=bool)
    across, down = _alike(points[:, 1:], points[:, :-1]), _alike(points[1:], points[:-1])
    result[:, 1:] &= across
    result[:, :-1] &= across
    result[1:] &= down
    result[:-1] &= down
    return result


def _alike(one: Pixels, other: Pixels) -> Mask:
    import numpy as np

    most = np.abs(one[..., 0] - other[..., 0])
    for channel in range(1, one.shape[-1]):
        np.maximum(most, np.abs(one[..., channel] - other[..., channel]), out=most)
    return np.asarray(most < _FLAT)


def _farthest(sheet: Sheet, seen: Mask) -> Mask:
    """Pixels at least as far from the ground as their neighbours: the middle of strokes too thin to be even."""
    import numpy as np

    if sheet.ground is None:
        return seen
    far = np.pad(distance(sheet.points, sheet.ground), 1)
    rows, columns = seen.shape
    here = far[1:-1, 1:-1] + np.float32(_LEVEL)
    shifts = ((0, 1), (2, 1), (1, 0), (1, 2))
    return np.asarray(np.logical_and.reduce([here >= far[y : y + rows, x : x + columns] for y, x in shifts]))


def _straight(points: Pixels) -> Pixels:
    import numpy as np

    return np.asarray(np.clip(points[..., :3] / np.maximum(points[..., 3:], 1e-6), 0, 1))


def _cells(colors: Pixels) -> tuple[Table, NDArray[np.intp], Table]:
    """Mean colours of the cells in use, the cell of each pixel, and the share of the pixels in each cell."""
    import numpy as np

    fine = np.round(colors * 255).astype(np.int64)
    cut = fine >> (8 - _BITS)
    codes = (cut[:, 0] << 2 * _BITS) | (cut[:, 1] << _BITS) | cut[:, 2]
    counts = np.bincount(codes, minlength=1 << 3 * _BITS)
    used = np.nonzero(counts)[0]
    sums = [np.bincount(codes, weights=fine[:, channel], minlength=len(counts))[used] for channel in range(3)]
    number = np.zeros(len(counts), dtype=np.intp)
    number[used] = np.arange(len(used))
    weights = counts[used] / len(colors)
    return np.stack(sums, axis=-1) / counts[used][:, None] / 255, number[codes], weights


def _oklab(colors: Table) -> Table:
    """Oklab of 0..1 RGB (Ottosson, 2020), channel by channel."""
    import numpy as np

    linear = np.where(colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)
    r, g, b = linear[:, 0], linear[:, 1], linear[:, 2]
    long = np.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = np.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = np.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    green_red = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    blue_yellow = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return np.stack([lightness, green_red, blue_yellow], axis=-1)


def _seeds(lab: Table, weights: Table) -> Table:
    import numpy as np

    heavy = weights >= min(_SPECK, float(weights.mean()))
    chosen = [int(np.argmax(weights))]
    nearest = _apart(lab, lab[chosen[0]])
    while len(chosen) < MOST:
        pull = np.where(heavy & (nearest > _NEW), weights * nearest * nearest, 0.0)
        if not pull.any():
            break
        chosen.append(int(np.argmax(pull)))
        nearest = np.minimum(nearest, _apart(lab, lab[chosen[-1]]))
    return lab[chosen]


def _means(lab: Table, weights: Table, centres: Table) -> NDArray[np.intp]:
    """The cluster of each cell after Lloyd's rounds; clusters that came too close together are one."""
    import numpy as np

    for _ in range(_ROUNDS):
        nearest = np.argmin(np.stack([_apart(lab, centre) for centre in centres]), axis=0)
        moved = centres.copy()
        total = np.bincount(nearest, weights=weights, minlength=len(centres))
        for channel in range(3):
            sums = np.bincount(nearest, weights=weights * lab[:, channel], minlength=len(centres))
            moved[:, channel] = np.where(total > 0, sums / np.maximum(total, 1e-12), centres[:, channel])
        if np.abs(moved - centres).max() < 1e-6:
            break
        centres = moved
    for one in range(len(centres)):
        for other in range(one):
            if float(_apart(centres[one][None], centres[other])[0]) < _NEW:
                nearest = np.where(nearest == one, nearest.dtype.type(other), nearest)
    return np.asarray(nearest)


def _apart(lab: Table, centre: Table) -> Table:
    import numpy as np

    difference = lab - centre
    return np.asarray(np.sqrt((difference * difference).sum(axis=-1)))
