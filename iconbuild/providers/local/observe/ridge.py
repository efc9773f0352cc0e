"""Coverage becomes distances from the edge, and those the width of strokes and the sharpness of their corners."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from iconbuild.providers.local.observe.sheet import Pixels

_CORE = 0.8  # of a stroke's half width: what is this far from the edge is the stroke's core
_BEYOND, _TIP = 0.92, 1.75  # half widths from the core: a round end reaches 0.8, a square corner 1.13, a sharp one more
_CORNER = 0.08  # area between _BEYOND and a right angle's tip, in squared half widths


def edge_distance(coverage: Pixels, reach: float) -> Pixels:
    """The distance in pixels of each pixel's centre from the contour at coverage 0.5; 0 outside, `reach` at most.

    The contour is placed between pixels by their coverage. One pass along an axis finds it exactly, a second across
    takes the nearest of what the first found (Felzenszwalb's parabolas, by trial up to the greatest distance left).
    Both orders are taken, since either misses contours along its first axis by up to a pixel.
    """
    import numpy as np

    padded = np.pad(coverage.astype(np.float32), 1)
    down = _nearest_across(_along(padded), reach)
    right = _nearest_across(_along(np.ascontiguousarray(padded.T)), reach).T
    return np.asarray(np.sqrt(np.minimum(down, right))[1:-1, 1:-1])


def _along(coverage: Pixels) -> Pixels:
    """The distance to the nearest contour up or down the column."""
    import numpy as np

    return np.minimum(_from_above(coverage), _from_above(coverage[::-1])[::-1])


def _from_above(coverage: Pixels) -> Pixels:
    import numpy as np

    rows = np.arange(len(coverage), dtype=np.float32)[:, None]
    inside = coverage >= 0.5
    rise = coverage[1:] - coverage[:-1]
    enters = inside[1:] & ~inside[:-1]
    crossing = np.zeros_like(coverage)
    # Where a column enters, the contour lies this far above the pixel's centre.
    above = np.divide(coverage[1:] - np.float32(0.5), rise, out=np.zeros_like(rise), where=enters)
    crossing[1:] = np.where(enters, rows[1:] - above, 0)
    last = np.maximum.accumulate(crossing, axis=0)
    return np.asarray(np.where(inside, rows - last, 0), dtype=np.float32)


def _nearest_across(along: Pixels, reach: float) -> Pixels:
    """Squared distances: the least of squared distance along a column plus squared distance to that column."""
    import numpy as np

    squared = np.minimum(along, np.float32(reach)) ** 2
    result = squared.copy()
    room = np.empty_like(squared)
    for step in range(1, squared.shape[1]):
        if step * step >= float(result.max()):
            break
        shifted = np.add(squared[:, step:], np.float32(step * step), out=room[:, step:])
        np.minimum(result[:, :-step], shifted, out=result[:, :-step])
        shifted = np.add(squared[:, :-step], np.float32(step * step), out=room[:, step:])
        np.minimum(result[:, step:], shifted, out=result[:, step:])
    return result


def half_widths(distances: Pixels) -> NDArray[np.float32]:
    """Half the width of the strokes at each pixel of their ridge, in pixels; empty where there is no stroke.

    A ridge runs between pixels. Beside it the distance falls by as much as one goes, so half the difference of two
    opposite neighbours is how far the ridge is off.
    """
    import numpy as np

    padded = np.pad(distances, 1)
    rows, columns = distances.shape
    views = {(y, x): padded[1 + y : 1 + y + rows, 1 + x : 1 + x + columns] for y in (-1, 0, 1) for x in (-1, 0, 1)}
    ridge = distances > 0.5
    for view in views.values():
        ridge &= distances >= view
    at = np.nonzero(ridge)
    off = [np.abs(views[y, x][at] - views[-y, -x][at]) / 2 for y, x in ((0, 1), (1, 0), (1, 1), (1, -1))]
    return np.asarray(distances[at] + np.max(off, axis=0), dtype=np.float32) if at[0].size else distances[at]


def sharp_corners(coverage: Pixels, distances: Pixels, half_width: float) -> float:
    """How many right-angled corners strokes of a half width (pixels) have where round ones would have none.

    What a disc in the stroke's core cannot reach is counted. Strokes much thinner than the others have no core; they
    run on where a corner ends, by which they are told.
    """
    import numpy as np

    core = np.float32(_CORE * half_width)
    reach = (_TIP + 0.5) * half_width
    apart = edge_distance(np.float32(0.5) + core - distances, reach)
    inside = coverage >= 0.5
    thin = inside & (apart > _TIP * half_width)
    left = inside & (apart > _BEYOND * half_width) & ~_around(thin, max(2, round(1.5 * half_width)))
    return float(left.sum()) / (_CORNER * half_width * half_width)


def _around(mask: NDArray[np.bool_], radius: int) -> NDArray[np.bool_]:
    """Pixels with one of the mask's in the square of a radius around them."""
    return box_sums(mask, radius) > 0


def box_sums(mask: NDArray[np.bool_], radius: int) -> NDArray[np.int32]:
    """How many pixels of a mask lie in the square of a radius around each pixel."""
    import numpy as np

    sums = np.pad(mask.astype(np.int32), ((radius + 1, radius), (radius + 1, radius)))
    sums = sums.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    width = 2 * radius + 1
    result = sums[width:, width:] - sums[:-width, width:] - sums[width:, :-width] + sums[:-width, :-width]
    return np.asarray(result, dtype=np.int32)
