"""What a moved contour shows: new pixels in the shape's own colour and alpha, layers that come to light, no shadows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.steps.scenes import SCENES, Shape, drawing, scene
from tests.steps.shapes import BLUE, RED, alpha, disc, disc_coverage, picture, ring, run, two_colors

SIZES = st.sampled_from((16, 64))
few = settings(max_examples=25, deadline=None)


@given(SCENES, SIZES, st.sampled_from((1, 3.5, 10)))
@few
def test_no_colour_is_made_up(shapes: list[Shape], size: int, amount: float) -> None:
    image = scene(shapes, size)
    before, after = np.asarray(image), np.asarray(run("thickness", image, amount))
    new = after[..., 3].astype(int) - before[..., 3] > 4  # a rise by a hair leaves a pixel its own colour
    known = {tuple(color) for color in before[before[..., 3] >= 128][:, :3].tolist()}
    assert {tuple(color) for color in after[new][:, :3].tolist()} <= known


def positions(size: int = 256, radius: float = 90.4) -> Image.Image:
    """A disc in which red and green say in which column and row a pixel is."""
    pixels = np.zeros((size, size, 4), np.uint8)
    pixels[..., 1], pixels[..., 0] = np.mgrid[:size, :size]
    pixels[..., 3] = np.rint(disc_coverage(radius, size) * 255)
    return Image.fromarray(pixels)


@pytest.mark.parametrize("amount", [2, 6, 18])
def test_new_pixels_have_the_colour_one_and_a_half_pixels_inside_the_nearest_contour(amount: float) -> None:
    image = positions()
    result = np.asarray(run("thickness", image, min(10, amount))).astype(int)
    rows, columns = np.nonzero((alpha(image) == 0) & (result[..., 3] > 0))
    x, y = columns + 0.5 - 128.3, rows + 0.5 - 127.8
    inner = (90.4 - 1.5) / np.hypot(x, y)
    off = np.hypot(
        result[rows, columns, 0] + 0.5 - 128.3 - x * inner, result[rows, columns, 1] + 0.5 - 127.8 - y * inner
    )
    # The nearest pixel's centre is up to 0.71 px away.
    assert off.mean() <= 0.5
    assert off.max() <= 1.2


def test_a_flat_fill_keeps_its_colour_exactly() -> None:
    for amount in (-4, 4):
        pixels = np.asarray(run("thickness", disc(60, 256), amount))
        assert (pixels[pixels[..., 3] > 0][:, :3] == BLUE).all()


def test_each_side_grows_in_its_own_colour() -> None:
    pixels = np.asarray(run("thickness", two_colors(256), 8))
    assert tuple(pixels[128, 128 - int(256 * 0.35) - 2]) == (*RED, 255)
    assert tuple(pixels[128, 128 + int(256 * 0.35) + 2]) == (*BLUE, 255)


def test_a_translucent_shape_grows_translucent() -> None:
    image = picture(np.asarray(disc(60, 256))[..., 3] / 255 * 0.6)
    result = alpha(run("thickness", image, 6))
    assert result.max() == 153
    assert result[128, 128 + 61] == 153


def test_thin_lines_give_way_to_the_layer_beside_them() -> None:
    thinner = alpha(run("thickness", ring(256), -6))[128]
    inner = 128 + int(256 * 0.3)
    assert abs(thinner[inner - 3] - 51) <= 2
    assert abs(thinner[inner + 1] - 51) <= 2
    assert thinner[inner + 12] == 255
    assert thinner[128 + int(256 * 0.4) + 1] == 0


def test_soft_shadows_outside_go() -> None:
    shape = np.asarray(disc(60, 256))[..., 3] / 255
    y, x = np.mgrid[:256, :256] - 128
    shadow = np.clip(0.4 - (np.hypot(x, y) - 60) / 100, 0, 0.4)
    result = alpha(run("thickness", picture(np.maximum(shape, shadow)), -2))
    assert result[128, 128 + 70] == 0
    assert result[128, 128] == 255


@pytest.mark.parametrize(("look", "color"), [("tone", (49, 46, 129)), ("two-tones", (249, 115, 22))])
@pytest.mark.parametrize(
    ("amount", "size"), [(amount, size) for amount in (-6, -1.5, 1.5, 6) for size in (64, 512)] + [(-6, 1024)]
)
def test_translucent_layers_of_icons_survive(look: str, color: tuple[int, int, int], amount: float, size: int) -> None:
    image = drawing(look, size)
    before, after = np.asarray(image).astype(int), np.asarray(run("thickness", image, amount)).astype(int)
    # From the middle of the layer down to the line of the camera's floor: what the line does not grow over, stays.
    row, column = round(size * 0.72), round(size * 0.25)
    assert before[row, column, 3] == pytest.approx(64, abs=1)
    assert (after[row, column] == before[row, column]).all()
    if amount < 0:
        edge = after[round(size * 0.76) : round(size * 0.81), column]
        assert after[row : round(size * 0.81), column, 3].min() >= 63
        lit = edge[(edge[:, 3] > 55) & (edge[:, 3] < 75)]
        assert len(lit) >= size // 64
        assert np.abs(lit[:, :3] - color).max() <= 4


def test_thin_translucent_lines_stay_translucent() -> None:
    line = np.zeros((64, 64))
    line[30:32, 8:56] = 0.63
    line[8:56, 40] = 0.63
    for amount in (3, 10):
        assert alpha(run("thickness", picture(line), amount)).max() == 161


@pytest.mark.parametrize("amount", [-1.3, -2.5, -5, -8])
@pytest.mark.parametrize("size", [64, 512])
def test_where_a_line_ends_on_a_layer_both_are_mixed_by_what_they_cover(amount: float, size: int) -> None:
    image = drawing("two-tones", size)
    after = np.asarray(run("thickness", image, amount)).astype(float)
    line, layer = np.array([49, 46, 129, 255]), np.array([247, 116, 24, 64])
    column = after[round(size * 0.7) : round(size * 0.8), round(size * 0.25)]
    part = ((column[:, 3:] - 64) / (255 - 64)).clip(0, 1)
    assert 0 < part.sum() < len(part)
    expected = part * line[:3] * 255 + (1 - part) * layer[:3] * 64
    assert np.abs(column[:, :3] * column[:, 3:] - expected).max() <= 2 * 255
