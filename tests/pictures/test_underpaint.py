"""What is hidden takes the colours around it; what is seen stays as it is."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageDraw

from iconbuild.pictures.underpaint import underpaint

ROUNDED = 2 * 5
"""Levels by which five halvings can be off: a quarter of a value in 8 bits is off by one half, times four."""
SMALL = arrays.arrays(np.uint8, st.tuples(st.integers(1, 17), st.integers(1, 17), st.just(4)))


@given(SMALL, st.integers(0, 255))
@settings(max_examples=80, deadline=None)
def test_what_is_seen_stays_and_the_rest_lies_between(pixels: np.ndarray, limit: int) -> None:
    pixels[pixels[..., 3] < limit, 3] = 0
    shown = pixels[..., 3] > 0
    found = np.asarray(underpaint(Image.fromarray(pixels)))
    assert (found[..., 3] == pixels[..., 3]).all()
    assert (found[shown] == pixels[shown]).all()
    if shown.any():
        low, high = pixels[shown].min(0).astype(int), pixels[shown].max(0).astype(int)
        assert (found[..., :3] >= low[:3] - ROUNDED).all()
        assert (found[..., :3] <= high[:3] + ROUNDED).all()
    else:
        assert not found.any()


@given(SMALL)
@settings(max_examples=40, deadline=None)
def test_hidden_colour_has_no_influence(pixels: np.ndarray) -> None:
    pixels[pixels[..., 3] < 128, 3] = 0
    loud = pixels.copy()
    loud[loud[..., 3] == 0, :3] = (1, 254, 3)
    assert underpaint(Image.fromarray(pixels)).tobytes() == underpaint(Image.fromarray(loud)).tobytes()


def test_colours_reach_the_far_corners_and_change_gently() -> None:
    image = Image.new("RGBA", (128, 96))
    pen = ImageDraw.Draw(image)
    pen.rectangle((50, 30, 62, 60), fill=(220, 20, 20))
    pen.rectangle((63, 30, 75, 60), fill=(20, 20, 220))
    found = np.asarray(underpaint(image)).astype(int)
    assert (found[0, 0, :3] > (90, 10, 10)).all()
    assert found[45, 0, 0] > found[45, 127, 0]
    assert np.abs(np.diff(found[:28, :, :3], axis=0)).max() < 40


def test_an_opaque_picture_is_left_alone() -> None:
    image = Image.new("RGBA", (5, 3), (9, 8, 7, 255))
    assert underpaint(image) is image
