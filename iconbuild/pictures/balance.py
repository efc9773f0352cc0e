"""A plane made small by a filter with negative lobes keeps its sum: neighbours make up for what clipping changes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Values = NDArray[np.float32]


def lanczos(plane: Image.Image, size: tuple[int, int], total: float) -> Image.Image:
    """`plane` (mode L) resampled to `size`, its levels adding up to `total`.

    Beside a hairline Lanczos goes below nothing, and in its middle over full; cut off, that makes thin lines up to 7 %
    denser. Each pixel that is cut off passes the rest on, in equal parts, to those of its eight neighbours that have
    room. What is left then, about 1 %, is taken from all pixels that are neither empty nor full.
    """
    exact: Values = np.asarray(plane.convert("F").resize(size, Image.Resampling.LANCZOS))
    result = np.clip(exact, 0, 255)
    rest = exact - result
    for part, room in ((np.minimum(rest, 0), result > 0), (np.maximum(rest, 0), result < 255)):
        places = _around(room.astype(np.float32))
        result = result + _around(part / np.maximum(places, 1)) * room
    result = np.clip(result, 0, 255)
    soft = result < 254
    full, partial = float(result[~soft].sum()), float(result[soft].sum())
    if partial:
        result[soft] *= min(1.05, max(0.95, (total - full) / partial))
    return Image.fromarray(np.rint(np.clip(result, 0, 255)).astype(np.uint8))


def _around(values: Values) -> Values:
    """The sum of the 3 x 3 values around each."""
    padded = np.pad(values, 1)
    rows = padded[:-2] + padded[1:-1] + padded[2:]
    return np.asarray(rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:])
