"""Each pixel of an edge finds the inside of the nearest contour, and that of a thin line its ridge."""

from __future__ import annotations

import numpy as np
import pytest

from iconbuild.steps.distance import signed_distance
from iconbuild.steps.inwards import inner, is_deep
from tests.steps.shapes import disc_coverage


@pytest.mark.parametrize("depth", [1.5, 2.25, 4])
def test_the_source_lies_straight_inside(depth: float) -> None:
    distance = signed_distance(disc_coverage(40.4, 128).astype(np.float32), 12)
    at = np.flatnonzero((distance > -1) & (distance < 9))
    source = inner(distance, at, depth)
    assert is_deep(distance, source, depth).all()
    y, x = np.divmod(at, 128)
    y, x = y + 0.5 - 63.8, x + 0.5 - 64.3
    along = (40.4 - depth) / np.hypot(x, y)
    # The nearest pixel's centre is up to 0.71 px away; where it is deep already, it stays.
    off = np.hypot(source // 128 + 0.5 - 63.8 - y * along, source % 128 + 0.5 - 64.3 - x * along)
    assert off.max() <= 1.2


def test_a_thin_line_gives_its_ridge() -> None:
    alpha = np.zeros((24, 40), np.float32)
    alpha[11, 4:36], alpha[12, 4:36] = 0.6, 1
    distance = signed_distance(alpha, 8)
    at = np.flatnonzero(np.abs(distance) < 6)
    source = inner(distance, at)
    assert not is_deep(distance, source).any()
    assert set((source // 40).tolist()) == {12}


def test_between_two_shapes_each_side_keeps_to_its_own() -> None:
    alpha = np.zeros((30, 30), np.float32)
    alpha[:, :11] = alpha[:, 18:] = 1
    distance = signed_distance(alpha, 6)
    at = np.flatnonzero(distance > 0)
    source = inner(distance, at)
    column = at % 30
    assert (source[column < 14] % 30 < 11).all()
    assert (source[column > 14] % 30 >= 18).all()
    assert is_deep(distance, source).all()
