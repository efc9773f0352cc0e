"""Places on a grid do not touch, stay inside, and keep their proportions at every scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iconbuild.outputs.grid import Grid


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (2, 2), (4, 2), (5, 3), (6, 3), (9, 3), (10, 4), (10_000, 100)])
def test_near_square(count: int, columns: int) -> None:
    assert Grid.near_square(count) == columns


@given(st.integers(1, 64), st.integers(0, 8), st.integers(1, 9), st.integers(1, 60), st.integers(1, 4))
def test_cells_keep_apart_and_inside(cell: int, padding: int, columns: int, count: int, scale: int) -> None:
    grid = Grid(cell, padding, min(columns, count), count)
    corners = [grid.corner(place) for place in range(count)]
    assert len(set(corners)) == count
    pitch = cell + padding
    for x, y in corners:
        assert (x - padding) % pitch == (y - padding) % pitch == 0
        assert padding <= x <= grid.width - pitch
        assert padding <= y <= grid.height - pitch
    larger = grid.scaled(scale)
    assert [larger.corner(place) for place in range(count)] == [(x * scale, y * scale) for x, y in corners]
    assert (larger.width, larger.height) == (grid.width * scale, grid.height * scale)


def test_a_grid_survives_being_a_parameter() -> None:
    assert Grid.of(Grid(64, 2, 3, 6).data()) == Grid(64, 2, 3, 6)
