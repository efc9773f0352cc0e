"""The highest and lowest around a pixel are those of rank filters; what is limited shows what those do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageFilter

from iconbuild.steps.nearby import highest, limited, limits_of, lowest, without_halos
from tests.steps.scenes import SCENES, Shape, scene

PLANES = arrays.arrays(np.uint8, st.tuples(st.integers(1, 20), st.integers(1, 20)))


@given(PLANES, st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_as_rank_filters(plane: np.ndarray, reach: int) -> None:
    padded = {edge: np.pad(plane, reach, constant_values=edge) for edge in (0, 255)}
    windows = {edge: np.lib.stride_tricks.sliding_window_view(padded[edge], (2 * reach + 1,) * 2) for edge in padded}
    assert (highest(plane, reach) == windows[0].max((2, 3))).all()
    assert (lowest(plane, reach) == windows[255].min((2, 3))).all()


@given(PLANES, st.integers(1, 9))
@settings(max_examples=30, deadline=None)
def test_along_one_axis(plane: np.ndarray, reach: int) -> None:
    padded = np.pad(plane, ((reach, reach), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1, axis=0)
    assert (highest(plane, reach, (0,)) == windows.max(2)).all()
    assert (lowest(255 - plane.T, reach, (1,)) == 255 - windows.max(2).T).all()


@pytest.mark.parametrize("reach", [1, 4])
def test_every_channel_is_a_plane_of_its_own(reach: int) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (20, 30, 4)).astype(np.uint8)
    found = highest(pixels, reach)
    for channel in range(4):
        plane = Image.fromarray(pixels[..., channel]).filter(ImageFilter.MaxFilter(2 * reach + 1))
        # Pillow leaves the border as it is.
        inside = np.s_[reach:-reach, reach:-reach]
        assert (found[inside][..., channel] == np.asarray(plane)[inside]).all()


def premultiplied_noise(seed: int) -> np.ndarray:
    pixels = np.random.default_rng(seed).integers(0, 256, (9, 11, 4)).astype(np.uint8)
    return np.asarray(Image.fromarray(pixels).convert("RGBa"))


@given(st.integers(0, 2**31), st.integers(0, 2**31))
@settings(max_examples=40, deadline=None)
def test_limited_is_between_neighbours_on_black_and_on_white(one: int, other: int) -> None:
    before, after = premultiplied_noise(one), premultiplied_noise(other)
    kept = limited(after, limits_of(before, 1)).astype(int)
    for ground in (0, 255):
        # On this ground each channel is seen as its premultiplied level and what alpha lets through.
        shown, shows = (levels + (255 - levels[..., 3:].astype(int)) * (ground // 255) for levels in (before, kept))
        low, high = lowest(shown.astype(np.uint8)), highest(shown.astype(np.uint8))
        assert (shows[..., :3] >= low[..., :3]).all()
        assert (shows[..., :3] <= high[..., :3]).all()
    assert (limited(before, limits_of(before, 1)) == before).all()


@given(SCENES, st.integers(1, 5))
@settings(max_examples=20, deadline=None)
def test_what_has_no_halo_stays_as_it_is(shapes: list[Shape], reach: int) -> None:
    image = scene(shapes, 32)
    assert without_halos(image, image, reach).tobytes() == image.tobytes()
