"""The contour moves by the pixels asked for, measured on discs of known radius; fills and layers keep their colour."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from tests.steps.shapes import BLUE, RED, alpha, disc, picture, radius_of, ring, run, two_colors


@pytest.mark.parametrize("radius", [40, 100.3, 180.7])
@pytest.mark.parametrize("amount", [-3, -2.2, -1, 1, 1.5, 2, 3])
def test_a_disc_grows_by_what_is_asked(radius: float, amount: float) -> None:
    image = disc(radius)
    assert radius_of(run("thickness", image, amount)) - radius_of(image) == pytest.approx(amount, abs=0.05)


@pytest.mark.parametrize("amount", [-7.3, 7.3, -10, 10, 0.3, -0.3])
def test_far_and_near_moves(amount: float) -> None:
    image = disc(100.3)
    assert radius_of(run("thickness", image, amount)) - radius_of(image) == pytest.approx(amount, abs=0.05)


def test_the_unit_follows_the_size() -> None:
    assert radius_of(run("thickness", disc(200, 1024), 3)) - radius_of(disc(200, 1024)) == pytest.approx(6, abs=0.05)
    assert radius_of(run("thickness", disc(50, 256), 3)) - radius_of(disc(50, 256)) == pytest.approx(1.5, abs=0.05)


@pytest.mark.parametrize("radius", [40, 100.3])
def test_moves_add_up_and_come_back(radius: float) -> None:
    image = disc(radius)
    twice, once = run("thickness", run("thickness", image, 2), 1), run("thickness", image, 3)
    assert radius_of(twice) == pytest.approx(radius_of(once), abs=0.05)
    back = run("thickness", run("thickness", image, 3), -3)
    assert radius_of(back) == pytest.approx(radius_of(image), abs=0.01)


@pytest.mark.parametrize("image", [disc(60, 256), ring(256), ring(256, 160), two_colors(256)], ids=str)
def test_alpha_only_grows_with_the_amount(image: Image.Image) -> None:
    planes = [alpha(run("thickness", image, amount)) for amount in (-6, -2.5, -1, -0.2, 0, 0.2, 1, 2.5, 6)]
    for thinner, thicker in pairwise(planes):
        assert (thicker >= thinner - 1).all()


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


@pytest.mark.parametrize("level", [0, 90, 255])
def test_pictures_without_a_contour_stay(level: int) -> None:
    image = Image.new("RGBA", (64, 64), (1, 2, 3, level))
    assert run("thickness", image, 5).tobytes() == image.tobytes()
