"""Content comes to the middle, grows by what is asked, and is never cut."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.steps.shapes import BLUE, alpha, on_ground, run


def box_of(image: Image.Image) -> tuple[int, int, int, int]:
    box = image.getchannel("A").point([0] * 8 + [255] * 248).getbbox()
    assert box is not None
    return box


def block(left: int, top: int, width: int, height: int, size: tuple[int, int] = (120, 120)) -> Image.Image:
    image = Image.new("RGBA", size)
    image.paste((*BLUE, 255), (left, top, left + width, top + height))
    return image


@given(st.integers(0, 90), st.integers(0, 90), st.integers(1, 30), st.integers(1, 30), st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_the_middle_is_the_middle(left: int, top: int, width: int, height: int, percent: int) -> None:
    result = run("crop", block(left, top, width, height), percent)
    box = box_of(result)
    tolerance = 0.5
    assert abs((box[0] + box[2]) / 2 - 60) <= tolerance
    assert abs((box[1] + box[3]) / 2 - 60) <= tolerance
    pixels = np.asarray(result)
    assert (pixels[pixels[..., 3] > 0][:, :3] == BLUE).all()


@given(st.integers(0, 80), st.integers(0, 80), st.integers(1, 40), st.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_zero_moves_by_whole_pixels_and_is_idempotent(left: int, top: int, width: int, height: int) -> None:
    image = block(left, top, width, height)
    once = run("crop", image, 0)
    assert alpha(once).sum() == alpha(image).sum()
    assert [entry for entry in once.getcolors() or [] if entry[1] == (*BLUE, 255)] == [(width * height, (*BLUE, 255))]
    assert run("crop", once, 0).tobytes() == once.tobytes()


@pytest.mark.parametrize("percent", [10, 25, 50])
def test_content_grows_by_the_window(percent: int) -> None:
    result = run("crop", block(20, 30, 40, 40), percent)
    assert np.sqrt(alpha(result).sum() / 255) == pytest.approx(40 / (1 - percent / 100), abs=0.2)


@pytest.mark.parametrize("percent", [0, 30, 50])
def test_what_does_not_fit_is_not_cut(percent: int) -> None:
    image = block(2, 10, 114, 20)
    result = run("crop", image, percent)
    left, top, right, bottom = box_of(result)
    assert right - left >= 114
    scale = (right - left) / 114
    assert bottom - top == pytest.approx(20 * scale, abs=1.5)
    assert alpha(result).sum() == pytest.approx(alpha(image).sum() * scale**2, rel=0.03)


def test_opaque_borders_are_background() -> None:
    ground = (250, 246, 220)
    result = run("crop", on_ground(block(10, 10, 30, 30), ground), 20)
    assert alpha(result).min() == 255
    pixels = np.asarray(result).astype(int)
    ys, xs = np.nonzero(np.abs(pixels[..., :3] - ground).max(axis=2) > 40)
    assert abs((xs.min() + xs.max() + 1) / 2 - 60) <= 0.5
    assert abs((ys.min() + ys.max() + 1) / 2 - 60) <= 0.5
    assert tuple(pixels[0, 0, :3]) == ground


def test_pictures_that_are_not_square() -> None:
    result = run("crop", block(4, 4, 20, 20, (160, 80)), 25)
    left, top, right, bottom = box_of(result)
    assert result.size == (160, 80)
    assert (left + right) / 2 == pytest.approx(80, abs=0.5)
    assert (top + bottom) / 2 == pytest.approx(40, abs=0.5)
    assert right - left == pytest.approx(bottom - top, abs=1)
