from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iconbuild.providers.local.vectors.cells import area_cells, enclosed, grown, nearest, outline, stroke_cells
from iconbuild.providers.local.vectors.geometry import Line

coordinate = st.floats(-14, 14).map(lambda value: round(value, 2))
SQUARE = Line([(-2.0, -2.0), (2.0, -2.0), (2.0, 2.0), (-2.0, 2.0)], closed=True)


def test_halves_round_towards_the_middle_on_both_sides() -> None:
    assert [nearest(value) for value in (-1.5, -0.5, 0.5, 1.5, 1.6, -1.6)] == [-1, 0, 0, 1, 2, -2]


def test_a_slope_has_one_cell_in_each_column() -> None:
    cells = stroke_cells(Line([(0.0, 0.0), (8.0, 4.0)], closed=False))
    assert sorted(x for x, _ in cells) == list(range(9))


@given(st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=6))
@example([(2.0, 1.0), (0.0, 0.0), (1.0, 0.0), (1.0, -1.0)])
def test_a_stroke_is_never_torn(points: list[tuple[float, float]]) -> None:
    cells = stroke_cells(Line(points, closed=False))
    start = next(iter(cells))
    reached, front = {start}, [start]
    while front:
        for cell in grown([front.pop()]) & cells - reached:
            reached.add(cell)
            front.append(cell)
    assert reached == cells


@given(st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=5))
def test_a_mirrored_line_has_mirrored_cells(points: list[tuple[float, float]]) -> None:
    if any(abs(abs(c - a) - abs(d - b)) < 0.02 for (a, b), (c, d) in pairwise(points)):
        return  # exactly at 45 degrees a line is neither flat nor steep
    cells = stroke_cells(Line(points, closed=False))
    mirrored = stroke_cells(Line([(-x, y) for x, y in points], closed=False))
    assert {(-x, y) for x, y in cells} == mirrored


def test_corners_are_cut_unless_they_are_wanted() -> None:
    assert len(stroke_cells(SQUARE)) == 12
    assert len(stroke_cells(SQUARE, cornered=True)) == 16


def test_areas_follow_the_nonzero_rule() -> None:
    hole = Line(SQUARE.points[::-1], closed=True)
    around = Line([(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)], closed=True)
    assert (0, 0) in area_cells([around])
    assert (0, 0) not in area_cells([around, hole])
    assert (0, 0) in area_cells([around, SQUARE])
    assert area_cells([]) == set()


def test_what_a_wall_encloses() -> None:
    wall = stroke_cells(SQUARE)
    assert enclosed(wall) == {(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)}
    assert enclosed(wall - {(0, -2)}) == set()
    assert enclosed(set()) == set()


@pytest.mark.parametrize(
    ("cells", "path"),
    [
        ([(0, 0)], "M0 0h1v1h-1z"),
        ([(0, 0), (1, 0), (0, 1), (1, 1)], "M0 0h2v2h-2z"),
        ([(0, 0), (2, 0)], "M0 0h1v1h-1zM2 0h1v1h-1z"),
    ],
)
def test_cells_are_drawn_as_few_rectangles(cells: list[tuple[int, int]], path: str) -> None:
    assert outline(cells) == path
