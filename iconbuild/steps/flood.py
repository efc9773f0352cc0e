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
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    row, start = np.nonzero(edges == 1)
    end = np.nonzero(edges == -1)[1]
    first = np.searchsorted(row, np.arange(height + 1)).tolist()
    rows, starts, ends = row.tolist(), start.tolist(), end.tolist()
    reached = [y in (0, height - 1) or a == 0 or b == width for y, a, b in zip(rows, starts, ends, strict=True)]
    todo = [run for run, yes in enumerate(reached) if yes]
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
    change = np.zeros((height, width + 1), np.int8)
    kept = np.array(reached, np.bool_)
    change[row[kept], start[kept]] = 1
    change[row[kept], end[kept]] = -1
    return np.cumsum(change, axis=1, dtype=np.int8)[:, :width].astype(np.bool_)
