"""An icon's layers become the areas that coloured looks paint: what is main, what is second, what shows through."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from iconbuild.providers.local.packs.artwork import GRID, Artwork, Shape
from iconbuild.providers.local.vectors.faces import faces
from iconbuild.providers.local.vectors.geometry import Line, polylines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_RASTER = 64  # px: 4 units each, half of what a stroke reaches beyond its centre line
_HALF_STROKE = 2  # px
_SOLID = 0.5  # share of a tint that the solid variant fills; the others are windows in it
_BODY = 0.55  # share of the solid variant from which a tint is the icon's body, and the rest its trimmings
_WHOLE = 0.975  # share from which there are no trimmings
_WITHIN, _ACROSS = 0.9, 0.4  # share of a stroke inside an area


class Areas(NamedTuple):
    """Areas in the order they are painted, each over the ones before.

    `windows` show through the holes of `solid`, the solid variant. `parts` and `body` are to be grown by half a stroke,
    so that they end where the solid variant ends. `across` are strokes that lead out of a grown area, `within` those
    that stay inside one, `dots` are discs inside one. `trimmed`: what is seen of the solid variant beyond the
    `body` are trimmings: a base, a handle. Otherwise it belongs to the body.
    """

    windows: tuple[Shape, ...]
    solid: tuple[Shape, ...]
    trimmed: bool
    parts: tuple[Shape, ...]
    body: tuple[Shape, ...]
    across: tuple[Shape, ...]
    within: tuple[Shape, ...]
    dots: tuple[Shape, ...]


def areas_of(artwork: Artwork) -> Areas:
    """The areas of artwork that has a solid variant."""
    solid = _mask(artwork.fills)
    filled = [shape for shape in artwork.tints if _share(_mask([shape]), solid) >= _SOLID]
    closed = [shape for shape in artwork.strokes if _closed(shape)]
    windows = _windows([*closed, *artwork.tints, *faces(artwork)], solid)
    grown = _grown(_mask(filled), _HALF_STROKE)
    share = _share(solid, grown)
    if share >= _WHOLE:
        filled = []
    is_body = share >= _BODY
    inside = _shrunk(_mask(filled))
    shares = [(shape, _share(_trace(shape), inside)) for shape in artwork.strokes] if filled else []
    return Areas(
        windows,
        artwork.fills,
        _BODY <= share < _WHOLE,
        () if is_body else tuple(filled),
        tuple(filled) if is_body else (),
        tuple(shape for shape, share in shares if _ACROSS <= share < _WITHIN),
        tuple(shape for shape, share in shares if share >= _WITHIN),
        tuple(dot for dot in artwork.dots if filled and _share(_trace(dot), inside) >= _WITHIN),
    )


def _windows(shapes: Sequence[Shape], solid: Mask) -> tuple[Shape, ...]:
    """The smallest shapes that cover all that any of them shows through the holes of the solid variant."""
    masks = sorted(((_mask([shape]), shape) for shape in shapes), key=lambda pair: int(pair[0].sum()))
    seen, kept = solid.copy(), list[Shape]()
    for mask, shape in masks:
        if (mask & ~seen).any():
            kept.append(shape)
            seen |= _grown(mask, 1)
    return tuple(kept)


def _closed(shape: Shape) -> bool:
    return all(line.closed or line.points[0] == line.points[-1] for line in polylines(shape))


def _mask(shapes: Sequence[Shape]) -> Mask:
    """Where shapes are filled, nonzero rule within each."""
    import numpy as np

    found = np.zeros((_RASTER, _RASTER), dtype=np.bool_)
    for shape in shapes:
        turns = np.zeros((_RASTER, _RASTER), dtype=np.int8)
        for line in polylines(shape):
            turns += _polygon(line) * np.int8(1 if doubled_area(line) > 0 else -1)
        found |= turns != 0
    return found


def _polygon(line: Line) -> NDArray[np.int8]:
    import numpy as np
    from PIL import Image, ImageDraw

    sheet = Image.new("L", (_RASTER, _RASTER))
    if len(line.points) > 2:
        ImageDraw.Draw(sheet).polygon(_scaled(line), fill=1)
    return np.asarray(sheet, dtype=np.int8)


def _trace(shape: Shape) -> Mask:
    """Where the centre lines of a shape run."""
    import numpy as np
    from PIL import Image, ImageDraw

    sheet = Image.new("L", (_RASTER, _RASTER))
    for line in polylines(shape):
        points = _scaled(line)
        ImageDraw.Draw(sheet).line([*points, points[0]] if line.closed else points, fill=1)
    return np.asarray(sheet, dtype=np.bool_)


def _scaled(line: Line) -> list[tuple[float, float]]:
    unit = _RASTER / GRID
    return [(x * unit, y * unit) for x, y in line.points]


def doubled_area(line: Line) -> float:
    """Twice the area that a polyline encloses; positive where it runs clockwise on the screen."""
    points = line.points
    return sum(a * d - c * b for (a, b), (c, d) in zip(points, [*points[1:], points[0]], strict=True))


def _share(part: Mask, whole: Mask) -> float:
    """How much of `part` lies in `whole`, 0..1; 0 where there is no part."""
    count = int(part.sum())
    return int((part & whole).sum()) / count if count else 0.0


def _grown(mask: Mask, pixels: int) -> Mask:
    """Some pixels more all round."""
    import numpy as np

    for _ in range(pixels):
        padded = np.pad(mask, 1)
        mask = mask | padded[2:, 1:-1] | padded[:-2, 1:-1] | padded[1:-1, 2:] | padded[1:-1, :-2]
    return mask


def _shrunk(mask: Mask) -> Mask:
    """One pixel less all round, so that lines along the edge are not inside."""
    import numpy as np

    padded = np.pad(mask, 1)
    return mask & padded[2:, 1:-1] & padded[:-2, 1:-1] & padded[1:-1, 2:] & padded[1:-1, :-2]
