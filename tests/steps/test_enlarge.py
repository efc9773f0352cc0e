"""An enlarged window shows nothing that the pixels around do not; alpha alone is as true as bicubic."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from iconbuild.pictures.picture import Picture
from iconbuild.steps.enlarge import enlarged
from tests.steps.scenes import SCENES, Shape, scene
from tests.steps.shapes import BLUE, disc, disc_coverage

WINDOWS = st.tuples(st.floats(2, 10), st.floats(2, 10), st.floats(12, 30), st.floats(12, 30))


@given(SCENES, WINDOWS, st.integers(30, 60))
@settings(max_examples=40, deadline=None)
def test_between_the_pixels_around(shapes: list[Shape], window: tuple[float, float, float, float], side: int) -> None:
    image = scene(shapes, 32)
    levels = np.asarray(image.convert("RGBa")).astype(int)
    result = np.asarray(enlarged(Picture(image), window, (side, side), mixed=True).convert("RGBa")).astype(int)
    x, y = (
        np.floor(window[axis] - 0.5 + (np.arange(side) + 0.5) * (window[axis + 2] - window[axis]) / side).astype(int)
        for axis in (0, 1)
    )
    around = np.array([levels[y + dy][:, x + dx] for dx in (-1, 0, 1, 2) for dy in (-1, 0, 1, 2)])
    assert (result >= around.min(axis=0) - 1).all()  # colour is rounded twice
    assert (result <= around.max(axis=0) + 1).all()


@given(SCENES, WINDOWS, st.integers(30, 60))
@settings(max_examples=30, deadline=None)
def test_mirrored_windows_are_mirrored(
    shapes: list[Shape], window: tuple[float, float, float, float], side: int
) -> None:
    image = scene(shapes, 32)
    turned = (32 - window[2], window[1], 32 - window[0], window[3])
    one = enlarged(Picture(image), window, (side, side), mixed=True).convert("RGBa")
    other = ImageOps.mirror(enlarged(Picture(ImageOps.mirror(image)), turned, (side, side), mixed=True).convert("RGBa"))
    apart = np.abs(np.asarray(one).astype(int) - np.asarray(other)).max(axis=2)
    assert (apart > 1).mean() <= 0.001


def test_edges_are_as_true_as_plain_bicubic() -> None:
    plane, window = disc(60.3, 256).getchannel("A"), (32.0, 32.0, 224.0, 224.0)
    truth = disc_coverage(60.3 / 0.75, 256, (128 + 0.3 / 0.75, 128 - 0.2 / 0.75)) * 255
    ours = enlarged(Picture(plane, BLUE), window, (256, 256), mixed=False)
    plain = plane.resize((256, 256), Image.Resampling.BICUBIC, window)
    errors = [float(((np.asarray(found) - truth) ** 2).mean()) for found in (ours, plain)]
    assert errors[0] <= 1.02 * errors[1]
