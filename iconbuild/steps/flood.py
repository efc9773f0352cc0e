"""A mask becomes the part of it that is connected to the picture's border."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


def from_border(mask: Mask) -> Mask:
    """The pixels of `mask` that can be reached from the border over sides (not corners) of pixels of `mask`.

    Works on the runs of each row, of which there are a few thousand, not on the pixels.
    """
    height, width = mask.shape
    line = width + 1
    # A pixel that is not set ends each row, so that the runs of a flat array are those of the rows.
    flat = np.zeros(1 + height * line, np.bool_)
    flat[1:].reshape(height, line)[:, :width] = mask
    turns = np.flatnonzero(flat[1:] != flat[:-1])
    first, last = turns[::2], turns[1::2]
    lost = ~_reached(first // line, first % line, (last - 1) % line + 1, height, width)
    for start, end in zip(first[lost].tolist(), last[lost].tolist(), strict=True):
        flat[1 + start : 1 + end] = False
    return flat[1:].reshape(height, line)[:, :width]


def _reached(row: NDArray[np.intp], start: NDArray[np.intp], end: NDArray[np.intp], height: int, width: int) -> Mask:
    """Which of the runs (ordered; `end` is the first pixel after one) touch the border, or a run that does so."""
    first = np.searchsorted(row, np.arange(height + 1)).tolist()
    seed = (row == 0) | (row == height - 1) | (start == 0) | (end == width)
    rows, starts, ends, reached = row.tolist(), start.tolist(), end.tolist(), seed.tolist()
    todo = np.flatnonzero(seed).tolist()
    while todo:
        run = todo.pop()
        y, left, right = rows[run], starts[run], ends[run]
        for beside in (y - 1, y + 1):
            if not 0 <= beside < height:
                continue
            for other in range(first[beside], first[beside + 1]):
                if starts[other] >= right:
                    break
                if not reached[other] and ends[other] > left:
                    reached[other] = True
                    todo.append(other)
    return np.array(reached, np.bool_)
