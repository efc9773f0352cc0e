"""Smoothing takes away variation and moves nothing; each algorithm keeps what it says it keeps."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from tests.steps.shapes import BLUE, alpha, disc, disc_coverage, picture, radius_of, ring, run, two_colors, variation

ALGORITHMS = ["selective", "gaussian", "morphological", "supersample", "contour"]
STRENGTHS = [1, 2, 4, 7, 10]


def smooth(image: Image.Image, strength: float, algorithm: str = "selective") -> Image.Image:
    return run("smooth", image, {"strength": strength, "algorithm": algorithm})


def rough(radius: float = 60, size: int = 256) -> Image.Image:
    """A disc whose edge is cut by noise."""
    noise = np.random.default_rng(5).normal(0, 1.5, (size, size))
    y, x = np.mgrid[:size, :size] - size / 2
    return picture((np.hypot(x, y) + noise < radius).astype(float))


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_variation_never_grows(algorithm: str) -> None:
    for image in (rough(), ring(256)):
        found = [variation(image), *(variation(smooth(image, strength, algorithm)) for strength in STRENGTHS)]
        assert max(found) <= found[0] * 1.001
        assert found[-1] <= found[1] * 1.001


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("strength", STRENGTHS)
def test_a_disc_keeps_its_radius(algorithm: str, strength: float) -> None:
    image = disc(120.4)
    # Contour: 0.23 sigma^2 / radius, which passes 0.05 px at the strongest only. Morphological: hard corners of pixels.
    tolerance = 0.1 if algorithm == "morphological" or strength == 10 else 0.05
    assert radius_of(smooth(image, strength, algorithm)) == pytest.approx(radius_of(image), abs=tolerance)


@pytest.mark.parametrize("strength", STRENGTHS)
def test_contour_keeps_edges_crisp(strength: float) -> None:
    image = picture(np.repeat((np.arange(256)[None, :] >= 100).astype(float), 256, axis=0))
    row = alpha(smooth(image, strength, "contour"))[128] / 255
    slope = np.abs(np.diff(row)).max()
    assert 1 / slope <= 1.2


@pytest.mark.parametrize("algorithm", ["contour", "supersample", "morphological", "gaussian", "selective"])
def test_a_jagged_disc_comes_closer_to_the_true_one(algorithm: str) -> None:
    truth = disc_coverage(120.4) * 255
    jagged = picture((disc_coverage(120.4) >= 0.5).astype(float))
    strength = 4 if algorithm in {"contour", "supersample", "morphological"} else 1.5
    before = np.sqrt(((alpha(jagged) - truth) ** 2).mean())
    after = np.sqrt(((alpha(smooth(jagged, strength, algorithm)) - truth) ** 2).mean())
    assert after < 0.92 * before


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_one_colour_stays_exact(algorithm: str) -> None:
    for strength in (-5, 5):
        pixels = np.asarray(smooth(rough(), strength, algorithm))
        assert (pixels[pixels[..., 3] > 0][:, :3] == BLUE).all()


def test_selective_leaves_areas_alone() -> None:
    pixels = np.asarray(two_colors(256)).copy()
    pixels[120:136, 100:156, :3] = np.random.default_rng(1).integers(0, 256, (16, 56, 3))
    result = np.asarray(smooth(Image.fromarray(pixels), 5))
    assert (result[120:136, 100:156] == pixels[120:136, 100:156]).all()


def test_morphological_takes_specks_and_pinholes() -> None:
    image = np.asarray(disc(60, 256)).copy()
    image[128, 128, 3] = 0
    image[10:12, 10:12, 3] = 255
    result = alpha(smooth(Image.fromarray(image), 8, "morphological"))
    assert result[128, 128] == 255
    assert result[10, 10] == 0


def test_sharpening_makes_soft_edges_steeper_and_rings_nowhere() -> None:
    soft = smooth(disc(60, 256), 8, "gaussian")
    pictures = [soft, *(smooth(soft, strength) for strength in (-2, -5, -10))]
    slopes = [int(np.abs(np.diff(alpha(image)[128])).max()) for image in pictures]
    assert slopes == sorted(set(slopes))
    assert slopes[-1] > 1.5 * slopes[0]
    assert all(variation(image) <= variation(soft) * 1.001 for image in pictures)
