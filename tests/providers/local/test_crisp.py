import pytest

from iconbuild.providers.local.vectors.crisp import levels, sharpest
from iconbuild.providers.local.vectors.geometry import Line

SQUARE = Line([(40.0, 40.0), (200.0, 40.0), (200.0, 120.0), (40.0, 120.0)], closed=True)


def test_straight_edges_are_found_with_their_lengths() -> None:
    columns, rows = levels([SQUARE])
    assert sorted(columns) == [(40.0, 24.0), (40.0, 80.0), (200.0, 24.0), (200.0, 80.0)]
    assert sorted(rows) == [(40.0, 24.0), (40.0, 160.0), (120.0, 24.0), (120.0, 160.0)]
    assert levels([]) == ([], [])


def test_slanted_and_tiny_edges_count_only_as_extremes() -> None:
    columns, rows = levels([Line([(0.0, 0.0), (90.0, 60.0), (90.0, 66.0)], closed=False)])
    assert columns == [(0.0, 24.0), (90.0, 24.0)]
    assert rows == [(0.0, 24.0), (66.0, 24.0)]


@pytest.mark.parametrize("start", [40.0, 42.0, 44.5, 37.0])
def test_a_line_is_moved_between_the_pixels(start: float) -> None:
    shift, _ = sharpest([(start, 100.0)], 1.0, 0.0, [step / 2 for step in range(-10, 11)], 8.0)
    assert (start + shift) % 8 == 0


def test_a_better_place_far_off_is_not_worth_it() -> None:
    shift, cost = sharpest([(32.0, 100.0)], 1.0, 0.0, [0.0, 24.0], 8.0)
    assert shift == 0
    assert 0 < cost < 1
