"""Colours spread from where they are known: flat ones stay flat, hidden ones have no say, and arguments stay."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from iconbuild.pictures.picture import Picture
from iconbuild.steps.bleed import grown, spread, with_alpha
from tests.steps.shapes import BLUE, RED, disc, two_colors

MASKS = arrays.arrays(np.bool_, st.tuples(st.integers(1, 12), st.integers(1, 12)))


@given(MASKS)
@settings(max_examples=50, deadline=None)
def test_grown_takes_in_all_neighbours(mask: np.ndarray) -> None:
    expected = np.zeros_like(mask)
    for row, column in np.argwhere(mask):
        expected[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2] = True
    assert (grown(mask) == expected).all()


@given(MASKS, st.integers(0, 6))
@settings(max_examples=50, deadline=None)
def test_values_spread_ring_by_ring(known: np.ndarray, rings: int) -> None:
    values = np.where(known[..., None], np.array([7.0, 200.0]), 99).astype(np.float32)
    before = values.copy(), known.copy()
    filled, reached = spread(values, known, np.ones_like(known), rings)
    expected = known
    for _ in range(rings):
        expected = grown(expected)
    assert (reached == expected).all()
    assert np.abs(filled[reached] - (7, 200)).max(initial=0) < 1e-3
    assert (filled[~reached] == 99).all()
    assert (values == before[0]).all()
    assert (known == before[1]).all()


def test_only_what_is_wanted_is_filled() -> None:
    known, wanted = np.zeros((2, 5, 9), np.bool_)
    known[:, 0], wanted[:, :3] = True, True
    _, reached = spread(np.ones((5, 9, 1), np.float32), known, wanted, 9)
    assert (reached == wanted).all()


def test_what_becomes_visible_takes_its_neighbours_colour() -> None:
    image = two_colors(64)
    pixels = np.array(image)
    pixels[pixels[..., 3] == 0, :3] = (0, 255, 0)
    wider = disc(28, 64).getchannel("A")
    result = np.asarray(with_alpha(Picture(Image.fromarray(pixels)), wider).rgba()).astype(int)
    assert (result[..., 3] == np.asarray(wider)).all()
    seen = result[..., 3] > 0
    left, right = np.arange(64) < 28, np.arange(64) > 36
    assert np.abs(result[:, left][seen[:, left]][:, :3] - RED).max() <= 1
    assert np.abs(result[:, right][seen[:, right]][:, :3] - BLUE).max() <= 1


def test_a_picture_in_one_colour_keeps_it() -> None:
    image = disc(20, 64)
    wider = disc(24, 64).getchannel("A")
    result = with_alpha(Picture(image.getchannel("A"), BLUE), wider)
    assert result == Picture(wider, BLUE)
