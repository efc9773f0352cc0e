"""A picture becomes pixels and the ground they lie on, so that edges are plain mixtures of what meets there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from iconbuild.model.artifact import SCENE, SVG, Payload
from iconbuild.pictures.decode import open_picture, sniff

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    Pixels = NDArray[np.float32]
    Mask = NDArray[np.bool_]

SIDE = 320
"""Larger pictures are averaged down to it: fine enough for thin strokes, coarse enough to be quick."""

SEEN = 14 / 255
"""RGB distance from the ground, 0..1 a channel, from which something is drawn there."""

_OPAQUE = 250  # below, a picture has a transparent ground
_AGREE = 0.55  # share of the border that must show the ground
_TILE_FLAT, _TILE_SQUARE, _TILE_LEAST = 0.93, 0.05, 0.5
_RINGS = (0.02, 0.06, 0.1)  # depths in a tile, as shares of its side; a frame of strokes is thinner than the last


class Sheet(NamedTuple):
    """Pixels on their ground.

    `points`: height x width x 4, premultiplied RGBA 0..1, in which every edge is a straight mixture. `ground`: the
    same shape or 1 x 1 x 4, zeros where the ground is transparent, None where nothing can be told from a ground.
    `side`: the longer side of the canvas in pixels.
    """

    points: Pixels
    ground: Pixels | None
    side: int

    @property
    def opaque(self) -> bool:
        """Whether the ground is a colour."""
        return self.ground is not None and float(self.ground.flat[3]) > 0.5


def open_sheet(picture: Payload) -> Sheet:
    """The pixels of a picture (SVG, scene, PNG, WebP, JPEG); raises PictureError for what cannot be opened."""
    import numpy as np

    drawing = sniff(picture.data) in (SVG, SCENE)
    points = np.asarray(_reduced(open_picture(picture, SIDE if drawing else None)), dtype=np.float32) / np.float32(255)
    ground = _ground(points)
    sheet = Sheet(points, ground, max(points.shape[:2]))
    return _without_tile(sheet) if ground is not None else sheet


def visible(sheet: Sheet) -> Mask:
    """Where something is drawn: opaque enough, or unlike the ground; everywhere where there is no ground."""
    import numpy as np

    if sheet.ground is None:
        return np.ones(sheet.points.shape[:2], dtype=bool)
    if not sheet.opaque:
        return np.asarray(sheet.points[..., 3] >= 0.5)
    return np.asarray(distance(sheet.points, sheet.ground) > SEEN)


def distance(points: Pixels, other: Pixels) -> Pixels:
    """Euclidean distance along the last axis."""
    import numpy as np

    apart = points - other
    return np.asarray(np.sqrt(dot(apart, apart)))


def dot(one: Pixels, other: Pixels) -> Pixels:
    """The scalar product along the last axis, summed in its order on every machine."""
    import numpy as np

    total = one[..., 0] * other[..., 0]
    for channel in range(1, one.shape[-1]):
        total = total + one[..., channel] * other[..., channel]
    return np.asarray(total)


def _reduced(image: Image.Image) -> Image.Image:
    """Premultiplied, and averaged down to `SIDE`; smaller pictures keep their own pixels."""
    from PIL.Image import Resampling

    scale = SIDE / max(image.size)
    image = image.convert("RGBa")
    if scale >= 1:
        return image
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Resampling.BOX, reducing_gap=2.0)


def _ground(points: Pixels) -> Pixels | None:
    """What lies under the icon: nothing, one colour, or an even slope of colour; None where none of them is seen."""
    import numpy as np

    if float(points[..., 3].min()) * 255 < _OPAQUE:
        return np.zeros((1, 1, 4), dtype=np.float32)
    border = _ring(points, 0)
    flat = np.median(border, axis=0)
    near = distance(border, flat) < SEEN
    if float(near.mean()) >= _AGREE:
        return np.asarray(np.median(border[near], axis=0)[None, None], dtype=np.float32)
    corners = points[:: max(1, len(points) - 1), :: max(1, points.shape[1] - 1)].reshape(-1, 4)
    if float(distance(corners, np.median(corners, axis=0)).max()) < SEEN:
        return np.asarray(np.median(corners, axis=0)[None, None], dtype=np.float32)
    slope = _slope(points)
    return slope if float((distance(_ring(points, 0), _ring(slope, 0)) < 2 * SEEN).mean()) >= _AGREE else None


def _slope(points: Pixels) -> Pixels:
    """The plane through the border's colours by least squares; on a border x, y and 1 are independent."""
    import numpy as np

    rows, columns = points.shape[:2]
    y, x = np.meshgrid(np.linspace(-1, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
    place, colors = np.stack([x, y], axis=-1).astype(np.float32), _ring(points, 0)
    border = _ring(place, 0)
    plane = np.zeros((rows, columns, points.shape[2])) + colors.mean(axis=0)
    for axis in (0, 1):
        along = border[:, axis]
        squares = float((along * along).sum())
        tilt = (along[:, None] * colors).sum(axis=0) / squares if squares else 0.0
        plane += place[..., axis : axis + 1] * tilt
    return np.asarray(plane, dtype=np.float32)


def _ring(points: Pixels, depth: int) -> Pixels:
    """The pixels `depth` inside the border, as rows of channels."""
    import numpy as np

    inner = points[depth : len(points) - depth, depth : points.shape[1] - depth]
    return np.concatenate([inner[0], inner[-1], inner[:, 0], inner[:, -1]])


def _without_tile(sheet: Sheet) -> Sheet:
    """The inside of a tile, with the tile as its ground, where the picture is one; otherwise the sheet itself.

    A tile is square, of one colour along several rings, and what lies on it is not what lies around it: the latter
    tells it from a solid icon with something cut out.
    """
    import numpy as np

    seen = visible(sheet)
    if sheet.ground is None or sheet.ground.shape[0] > 1 or not seen.any():
        return sheet
    rows, columns = np.nonzero(seen.any(axis=1))[0], np.nonzero(seen.any(axis=0))[0]
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    if min(height, width) < max(_TILE_LEAST * sheet.side, 16) or abs(height - width) > _TILE_SQUARE * max(
        height, width
    ):
        return sheet
    inner = sheet.points[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    rings = [_ring(inner, max(1, round(depth * min(height, width)))) for depth in _RINGS]
    color = np.median(np.concatenate(rings), axis=0)
    if color[3] < 0.98 or any(float((distance(ring, color) < SEEN).mean()) < need for ring, need in _needed(rings)):
        return sheet
    inside = max(2, round(_RINGS[1] * min(height, width)))
    core = inner[inside:-inside, inside:-inside]
    drawn = distance(core, color) > 2 * SEEN
    ground = sheet.ground.reshape(4)
    foreign = drawn & (distance(core, ground) > 4 * SEEN)
    if foreign.sum() < max(0.5 * float(drawn.sum()), 0.01 * drawn.size):
        return sheet
    return Sheet(core, np.asarray(color[None, None], dtype=np.float32), max(height, width))


def _needed(rings: list[Pixels]) -> list[tuple[Pixels, float]]:
    """Rings with the share of each that must have the tile's colour; the outer ones are cut by its round corners."""
    return list(zip(rings, (0.6, 0.8, _TILE_FLAT), strict=True))
