"""Distances to straight edges of any direction are right to a fraction of a pixel, near and far, inside and outside."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iconbuild.steps.distance import around, coverage, offset, signed_distance
from tests.steps.shapes import disc_coverage

SIDE = 40


def half_plane(turn: float, place: float) -> tuple[np.ndarray, np.ndarray]:
    """Alpha in 256 levels of all that lies beyond a straight line, and every pixel's distance to it."""
    axis = np.arange(SIDE) + 0.5 - SIDE / 2
    distance = axis[None, :] * np.cos(turn) + axis[:, None] * np.sin(turn) - place
    # The area of a pixel beyond a line is the second difference of a parabola.
    long, short = sorted((max(abs(np.cos(turn)), 1e-3), max(abs(np.sin(turn)), 1e-3)), reverse=True)
    corners = (((long + short) / 2, 1), ((long - short) / 2, -1), ((short - long) / 2, -1), (-(long + short) / 2, 1))
    area = sum(sign * np.maximum(at - distance, 0) ** 2 / 2 for at, sign in corners) / (long * short)
    return (np.rint(np.clip(area, 0, 1) * 255) / 255).astype(np.float32), distance


@given(st.floats(0, 6.3), st.floats(-1, 1), st.sampled_from((0.1, 0.5, 0.97, 1.97, 2.5, 2.97, 7.5)))
@example(1, 0, 0.97)
@settings(max_examples=60, deadline=None)
def test_straight_edges(turn: float, place: float, reach: float) -> None:
    alpha, expected = half_plane(turn, place)
    found = signed_distance(alpha, reach)
    middle = np.s_[10:-10, 10:-10]
    near = np.abs(expected[middle]) <= reach
    error = (found - expected)[middle][near]
    assert np.abs(error).max(initial=0) <= 0.08
    assert abs(error.mean() if error.size else 0) <= 0.03
    beyond = np.abs(expected[middle]) > reach + 0.1
    assert (np.abs(found[middle][beyond]) > reach).all()
    assert (np.sign(found[middle][beyond]) == np.sign(expected[middle][beyond])).all()


@pytest.mark.parametrize("turn", [0, np.pi / 4, np.pi / 2, np.arctan(0.5)])
@pytest.mark.parametrize("place", [0, 0.25, 0.5])
def test_edges_along_the_grid_and_its_diagonals_are_exact_up_to_three_pixels(turn: float, place: float) -> None:
    alpha, expected = half_plane(turn, place)
    found = signed_distance(alpha, 3)
    near = np.abs(expected) <= 3
    near[:10], near[-10:], near[:, :10], near[:, -10:] = False, False, False, False
    assert np.abs(found - expected)[near].max() <= 0.03


@pytest.mark.parametrize("radius", [8, 16.3, 40])
@pytest.mark.parametrize("shift", [-3, -1, -0.4, 0.4, 1, 3])
def test_round_shapes(radius: float, shift: float) -> None:
    alpha = disc_coverage(radius, 100).astype(np.float32)
    areas = alpha.sum(), offset(alpha, shift).sum()
    before, after = np.sqrt(np.array(areas) / np.pi)
    assert after - before == pytest.approx(shift, abs=0.05)


def test_what_is_within_reach_does_not_hang_on_it() -> None:
    alpha = np.maximum(disc_coverage(12.3, 64), disc_coverage(5, 64, (50, 20))).astype(np.float32)
    far = signed_distance(alpha, 11)
    for reach in (0.6, 1.5, 3, 5.2):
        near = np.abs(far) <= reach
        assert (signed_distance(alpha, reach)[near] == far[near]).all()


def test_the_border_of_the_picture_is_no_contour() -> None:
    alpha = np.zeros((20, 30), np.float32)
    alpha[:, :12] = 1
    assert (offset(alpha, 2)[:, :14] == 1).all()
    assert (offset(alpha, 2)[:, 14:] == 0).all()
    assert (offset(alpha, -2)[:, :10] == 1).all()
    assert (offset(alpha, -2)[:, 10:] == 0).all()


@pytest.mark.parametrize("level", [0, 1])
@pytest.mark.parametrize("shift", [-2, 2])
@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (12, 12)])
def test_without_a_contour_nothing_moves(level: int, shift: float, shape: tuple[int, int]) -> None:
    alpha = np.full(shape, level, np.float32)
    assert (offset(alpha, shift) == alpha).all()


def test_coverage_is_a_ramp_of_one_pixel() -> None:
    distance = np.array([[-1, 0.5, 1, 1.25, 1.5, 3]], np.float32)
    assert coverage(distance, 1).tolist() == [[1, 1, 0.5, 0.25, 0, 0]]


def test_the_box_around_a_mask_stays_in_the_picture() -> None:
    mask = np.zeros((10, 20), np.bool_)
    mask[1, 17] = True
    rows, columns = around(mask, 3)
    assert np.arange(10)[rows].tolist() == list(range(6))
    assert np.arange(20)[columns].tolist() == list(range(13, 20))
    assert mask[around(np.zeros_like(mask), 0)].size <= 9
