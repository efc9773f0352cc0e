"""Rasters of coverage become outlines, exact to a fraction of a pixel."""

from __future__ import annotations

from math import hypot, pi

import numpy as np
import pytest
from numpy.typing import NDArray

from iconbuild.providers.local.packs.trace import area, traced

Y, X = np.mgrid[0:96, 0:96] + 0.5


def disc(x: float, y: float, radius: float) -> NDArray[np.float32]:
    """The coverage of a disc, its edge a ramp of one pixel."""
    return np.asarray(np.clip(radius - np.hypot(X - x, Y - y) + 0.5, 0, 1), np.float32)


def test_a_disc_is_found_to_a_tenth_of_a_pixel() -> None:
    (loop,) = traced(disc(40.3, 50.7, 30.2))
    assert max(abs(hypot(x - 40.3, y - 50.7) - 30.2) for x, y in loop) < 0.1
    assert abs(area(loop)) == pytest.approx(pi * 30.2**2, rel=0.005)
    assert len(loop) < 110


def test_a_hole_runs_the_other_way_round() -> None:
    outer, inner = sorted(traced(disc(48, 48, 40) - disc(48, 48, 20)), key=lambda loop: -abs(area(loop)))
    assert area(outer) * area(inner) < 0
    assert abs(area(outer)) == pytest.approx(4 * abs(area(inner)), rel=0.01)


def test_a_shape_that_fills_the_picture_is_closed_along_its_border() -> None:
    (loop,) = traced(np.ones((96, 96), np.float32))
    assert abs(area(loop)) == pytest.approx(96 * 96, rel=0.001)


def test_shapes_that_touch_at_a_corner_stay_whole() -> None:
    plane = np.zeros((96, 96), np.float32)
    plane[10:40, 10:40] = plane[40:70, 40:70] = 1
    assert sum(abs(area(loop)) for loop in traced(plane)) == pytest.approx(2 * 30 * 30, rel=0.01)
    assert sum(abs(area(loop)) for loop in traced(1 - plane)) > 96 * 96


def test_nothing_and_dust_have_no_outline() -> None:
    plane = np.zeros((96, 96), np.float32)
    assert traced(plane) == []
    plane[5, 5] = 1
    assert traced(plane) == []
