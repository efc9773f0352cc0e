"""Outlines that are drawn anew stay even where they were, and what is too thin for it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageDraw

from iconbuild.steps.smoothing import contour, morphological, supersample

Smooth = Callable[[Image.Image, float], Image.Image]


@pytest.mark.parametrize("smooth", [contour, morphological, supersample])
@pytest.mark.parametrize("strength", [1, 2, 4, 7, 10])
def test_straight_edges_run_evenly_into_corners_and_steps(smooth: Smooth, strength: float) -> None:
    """Nothing bulges over an edge next to its end, and nothing dents it next to a step of four pixels."""
    shape = Image.new("L", (200, 200))
    shape.paste(255, (40, 50, 160, 150))
    shape.paste(255, (100, 46, 160, 50))
    after = smooth(shape, strength)
    assert after.point([0] * 16 + [255] * 240).getbbox() == shape.getbbox()
    assert after.crop((70, 50, 130, 150)).getextrema() == (255, 255)


@pytest.mark.parametrize("smooth", [contour, supersample])
@pytest.mark.parametrize("end", [(450, 60), (450, 250), (60, 450)])
def test_a_line_too_thin_for_the_blur_goes_whichever_way_it_runs(smooth: Smooth, end: tuple[int, int]) -> None:
    plane = Image.new("L", (512, 512))
    ImageDraw.Draw(plane).line((60, 60, *end), 255)
    assert not smooth(plane, 10).getbbox()
