"""The blurred outline of a disc stays where it is, waves in an outline go, and mirrored shapes stay mirrored."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iconbuild.steps.outline import outline_blur
from tests.steps.shapes import disc_coverage

SIGMAS = [0.2, 0.6, 1.5, 3, 6]


def crossing(row: np.ndarray) -> float:
    """Where `row`, which falls from 1 to 0, is one half."""
    at = int(np.argmax(row < 0.5))
    return at - 1 + (row[at - 1] - 0.5) / (row[at - 1] - row[at])


@pytest.mark.parametrize("sigma", SIGMAS)
def test_the_slope_is_that_of_a_hard_edge(sigma: float) -> None:
    plane = np.repeat((np.arange(80)[None, :] < 40).astype(np.float32), 80, axis=0)
    blurred, slope = outline_blur(plane, sigma)
    assert np.abs(np.diff(blurred[40])).max() == pytest.approx(slope, rel=1e-3)


@pytest.mark.parametrize("sigma", [1.5, 3, 6])
@pytest.mark.parametrize("radius", [40.3, 100.3])
def test_a_circle_keeps_its_radius(sigma: float, radius: float) -> None:
    plane = disc_coverage(radius, 256, (128.5, 128.5)).astype(np.float32)
    blurred, _ = outline_blur(plane, sigma)
    assert crossing(blurred[128, 128:]) == pytest.approx(radius, abs=0.04)


@pytest.mark.parametrize("sigma", [1.5, 3])
def test_waves_go_as_said(sigma: float) -> None:
    y, x = np.mgrid[:192, :96].astype(np.float32)
    length, height = 24, 0.5
    edge = 48 + height * np.cos(2 * np.pi * (y - 96) / length)
    blurred, slope = outline_blur(np.clip(edge - x + 0.5, 0, 1).astype(np.float32), sigma)
    left = crossing(blurred[96]) - crossing(blurred[96 + length // 2])
    fading = np.exp(-((2 * np.pi / length * sigma) ** 2) / 2)
    assert left / (2 * height) == pytest.approx(2 * fading - fading**2, abs=0.02)
    assert slope > 0


@given(st.integers(1, 140), st.integers(1, 140), st.floats(0.05, 8), st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_mirrored_in_mirrored_out(height: int, width: int, sigma: float, seed: int) -> None:
    plane = np.random.default_rng(seed).random((height, width), np.float32)
    blurred, _ = outline_blur(plane, sigma)
    assert (outline_blur(plane[::-1, ::-1].copy(), sigma)[0] == blurred[::-1, ::-1]).all()
    assert blurred.mean() == pytest.approx(plane.mean(), abs=0.35)
    assert np.abs(outline_blur(np.ones_like(plane), sigma)[0] - 1).max() <= 1e-4
