"""The flood reaches what a plain search from the border reaches, on any mask."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from iconbuild.steps.flood import from_border


def searched(mask: np.ndarray) -> np.ndarray:
    height, width = mask.shape
    found = np.zeros_like(mask)
    todo = [(y, x) for y in range(height) for x in range(width) if y in (0, height - 1) or x in (0, width - 1)]
    while todo:
        y, x = todo.pop()
        if 0 <= y < height and 0 <= x < width and mask[y, x] and not found[y, x]:
            found[y, x] = True
            todo += [(y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)]
    return found


@given(arrays.arrays(np.bool_, st.tuples(st.integers(1, 14), st.integers(1, 14))))
@settings(max_examples=150, deadline=None)
def test_any_mask(mask: np.ndarray) -> None:
    assert (from_border(mask) == searched(mask)).all()


def test_a_spiral_and_a_room() -> None:
    rows = [
        "#.#######",
        "#.......#",
        "#######.#",
        "#.....#.#",
        "#.###.#.#",
        "#.#...#.#",
        "#.#####.#",
        "#.......#",
        "#########",
    ]
    mask = np.array([[cell == "." for cell in row] for row in rows])
    assert (from_border(mask) == mask).all()
    mask[0, 1] = False
    assert not from_border(mask).any()
