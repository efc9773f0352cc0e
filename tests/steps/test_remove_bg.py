"""A flat background goes, its colour goes out of the edges, and what it encloses stays."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tests.steps.shapes import BLUE, RED, alpha, disc, disc_coverage, on_ground, picture, ring, run, two_colors

GROUNDS = [(255, 255, 255), (250, 246, 220), (12, 40, 20)]


def over(image: Image.Image, color: tuple[int, int, int]) -> np.ndarray:
    return np.asarray(on_ground(image, color)).astype(float)[..., :3]


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("strength", [1, 3, 6])
@pytest.mark.parametrize("kind", ["disc", "two colours"])
def test_edges_over_red(ground: tuple[int, int, int], strength: float, kind: str) -> None:
    image = disc(130.3) if kind == "disc" else two_colors(512)
    found = over(run("remove-bg", on_ground(image, ground), strength), (255, 0, 0))
    edge = (alpha(image) > 0) & (alpha(image) < 255)
    error = (found - over(image, (255, 0, 0)))[edge]
    assert np.sqrt((error**2).mean()) <= 8


@pytest.mark.parametrize("ground", GROUNDS)
def test_no_background_is_left_and_no_foreground_goes(ground: tuple[int, int, int]) -> None:
    image = disc(130.3)
    result = alpha(run("remove-bg", on_ground(image, ground), 2))
    assert result[alpha(image) == 0].max() <= 1
    assert result[alpha(image) == 255].min() >= 254


def test_enclosed_areas_of_the_same_colour_stay() -> None:
    image = on_ground(ring(256, 0), (255, 255, 255))
    result = run("remove-bg", image, 3)
    assert result.getpixel((128, 128)) == (255, 255, 255, 255)
    assert result.getpixel((2, 2)) == (0, 0, 0, 0) or alpha(result)[2, 2] == 0


def test_faint_noise_is_background() -> None:
    pixels = np.asarray(on_ground(disc(60, 256), (240, 240, 240))).copy()
    noise = np.random.default_rng(2).integers(-6, 7, pixels.shape[:2])
    ground = disc_coverage(60, 256) == 0
    pixels[ground, :3] = np.clip(pixels[ground, :3] + noise[ground, None], 0, 255)
    result = alpha(run("remove-bg", Image.fromarray(pixels), 4))
    assert result[disc_coverage(64, 256) == 0].max() == 0


def test_thin_lines_keep_their_strength() -> None:
    line = np.zeros((256, 256))
    line[60:200, 100:103] = 1
    result = run("remove-bg", on_ground(picture(line), (255, 255, 255)), 3)
    assert result.getpixel((101, 120)) == (*BLUE, 255)
    assert alpha(result)[120, 98] == 0


def test_each_side_keeps_its_own_colour() -> None:
    result = np.asarray(run("remove-bg", on_ground(two_colors(256), (255, 255, 255)), 3)).astype(int)
    for half, color in ((result[:, :120], RED), (result[:, 136:], BLUE)):
        seen = half[half[..., 3] > 16]
        assert np.abs(seen[:, :3] - color).max() <= 2


@pytest.mark.parametrize("strength", [0, 5, 10])
def test_a_transparent_border_has_no_background(strength: float) -> None:
    image = two_colors(128)
    assert run("remove-bg", image, strength).tobytes() == image.tobytes()


def test_a_picture_that_is_all_background_becomes_empty() -> None:
    assert alpha(run("remove-bg", Image.new("RGBA", (32, 32), "white"), 3)).max() == 0
