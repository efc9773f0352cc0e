"""Any anchor picture becomes what other icons follow: its colours, its kind, and the width and ends of its strokes."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import TYPE_CHECKING

from iconbuild.errors import PictureError
from iconbuild.model.artifact import Payload
from iconbuild.providers.local.observe.clusters import Cluster, clusters
from iconbuild.providers.local.observe.cover import areas, coverage, enlargement, silhouette
from iconbuild.providers.local.observe.ridge import edge_distance, half_widths, sharp_corners
from iconbuild.providers.local.observe.roles import roles
from iconbuild.providers.local.observe.sheet import Sheet, open_sheet
from iconbuild.providers.local.palette import to_oklch
from iconbuild.providers.local.profile import WEIGHTS, Seen
from iconbuild.providers.local.vectors.keyline import convex_hull

if TYPE_CHECKING:
    from iconbuild.providers.local.observe.sheet import Mask, Pixels

_LIVE, _LONGEST = 17.6, 21.4  # sides on the 24 grid: of the square that an icon's hull fills, and of its longer side
_PLAUSIBLE = (0.78, 1.35)  # how far an icon may be off that and still be taken to be drawn on its canvas's own grid
_CROPPED = 0.985  # an icon that fills more than this of its canvas both ways was cropped
_SOLID, _STROKE = 4.0, 3.4  # places wider than this on the 24 grid, or a wider stroke than there is, make a glyph
_ALIKE, _MOSTLY = 0.15, 0.5  # strokes are of one width where half of their ridge is within this of its median
_REACH = 4.0  # units of the 24 grid: no distance from an edge need be known beyond the widest stroke's joints
_JOINTS = 0.08  # share of a line drawing's area that may be so wide, where strokes run together
_ROUND_BY = 1.25  # sharp corners up to this many are noise, in a solid shape twice as many
_CLEAR = 1.75  # half a stroke's width in pixels of the picture, below which ends look alike
_CONTOUR = 0.73  # thinner strokes of a coloured icon are a contour or a light, no strokes to follow
_FINE = 0.95  # the ends of thinner strokes on the 24 grid tell nothing


def observed(picture: Payload) -> Seen:
    """The profile of a picture (SVG, PNG, WebP, JPEG); raises PictureError where nothing can be seen in it."""
    try:
        sheet = open_sheet(picture)
    except PictureError as error:
        raise PictureError(f"the anchor picture: {error.message}", remedy=error.remedy) from error
    found = clusters(sheet)
    if not found:
        raise PictureError("nothing can be seen in the anchor picture", remedy="choose a picture with an icon in it")
    darkest = min(range(len(found)), key=lambda place: to_oklch(found[place].text)[0])
    weight, caps = _strokes(sheet, found, darkest)
    kind = ("line" if weight else "glyph", "duotone", "multi")[min(len(found), 3) - 1]
    if weight is None or (kind == "multi" and weight < _CONTOUR):
        weight = WEIGHTS["detail-medium"]
    return Seen(kind, *roles(sheet, found), weight, caps)


def _strokes(sheet: Sheet, found: Sequence[Cluster], darkest: int) -> tuple[float | None, str]:
    """Width on the 24 grid, and caps, of the strokes in the darkest colour or, if it has none, in all of them.

    None and the corners of the whole shape where there are no strokes; without a ground there is no shape either.
    """
    if sheet.ground is None:
        return None, "round"
    seen = areas(sheet, found)
    unit = _unit(sheet, seen.nearest > 0)
    cover = coverage(sheet, seen, darkest)
    distances = edge_distance(cover, _REACH / unit)
    width = _width(distances, unit)
    if width is None and len(found) > 1:
        cover = silhouette(sheet, seen)
        distances = edge_distance(cover, _REACH / unit)
        width = _width(distances, unit)
    half = (width or WEIGHTS["detail-medium"]) / 2 / unit
    clear = half > max(_CLEAR * enlargement(sheet), _FINE / 2 / unit)
    sharp = clear and sharp_corners(cover, distances, half) > _ROUND_BY * (2 if width is None else 1)
    return width, "square" if sharp else "round"


def _unit(sheet: Sheet, drawn: Mask) -> float:
    """Units of the 24 grid per pixel of a coverage.

    The canvas is the grid, unless the icon is cropped tight or lost in space: then its own size is what it would be
    among icons of this engine.
    """
    import numpy as np

    grid = 24 / (sheet.side * enlargement(sheet))
    spans = []
    for y in np.nonzero(drawn.any(axis=1))[0].tolist():
        columns = np.nonzero(drawn[y])[0]
        left, right = float(columns[0]), float(columns[-1]) + 1
        spans += [(left, float(y)), (right, float(y)), (left, y + 1.0), (right, y + 1.0)]
    if not spans:
        return grid
    width, height = (max(spot[axis] for spot in spans) - min(spot[axis] for spot in spans) for axis in (0, 1))
    live = min(_LIVE / sqrt(_area(convex_hull(spans))), _LONGEST / max(width, height))
    cropped = height > _CROPPED * drawn.shape[0] and width > _CROPPED * drawn.shape[1]
    fits = _PLAUSIBLE[0] <= live * sheet.side / 24 <= _PLAUSIBLE[1] and not cropped
    return grid if fits else live / enlargement(sheet)


def _area(hull: Sequence[tuple[float, float]]) -> float:
    return sum(a * d - c * b for (a, b), (c, d) in zip(hull, [*hull[1:], hull[0]], strict=True)) / 2


def _width(distances: Pixels, unit: float) -> float | None:
    """The width of the strokes on the 24 grid; None where the shape is no line drawing."""
    import numpy as np

    half = half_widths(distances)
    if not half.size:
        return None
    middle = float(np.median(half))
    width = 2 * unit * middle
    alike = float((np.abs(half - middle) <= _ALIKE * middle).mean())
    wide = float((distances > max(_SOLID / unit / 2, 2 * middle)).sum()) / float((distances > 0).sum())
    return round(width, 2) if 0.01 < width <= _STROKE and wide <= _JOINTS and alike >= _MOSTLY else None
