"""Layers put together again are the picture, and what is empty around a picture is neither looked at nor changed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.layers import by_layer, flat_levels, on_seen
from tests.steps.scenes import LOOKS, SCENES, Shape, drawing, scene
from tests.steps.shapes import alpha, disc, ring


def same(layer: Image.Image) -> Image.Image:
    return layer


@given(SCENES, st.sampled_from([16, 64]), st.integers(1, 9))
@settings(max_examples=40, deadline=None)
def test_unchanged_layers_make_the_same_alpha(shapes: list[Shape], size: int, reach: int) -> None:
    plane = scene(shapes, size).getchannel("A")
    again = by_layer(plane, same, reach)
    assert np.abs(np.asarray(again).astype(int) - np.asarray(plane)).max() <= 2


@pytest.mark.parametrize("look", LOOKS)
def test_unchanged_layers_of_icons_make_the_same_alpha(look: str) -> None:
    plane = drawing(look, 512).getchannel("A")
    assert ImageChops.difference(by_layer(plane, same, 4), plane).getextrema()[1] <= 2


def test_levels_of_a_line_and_its_layer() -> None:
    assert flat_levels(disc(60, 256).getchannel("A")) == (255,)
    assert flat_levels(ring(256, 51).getchannel("A")) == (51, 255)
    assert flat_levels(Image.new("L", (9, 9))) == ()


@given(st.integers(0, 80), st.integers(0, 80), st.integers(0, 30))
@settings(max_examples=30, deadline=None)
def test_only_what_is_seen_is_worked_on(left: int, top: int, margin: int) -> None:
    image, sizes = Image.new("RGBA", (128, 128), (9, 9, 9, 0)), []
    image.paste(disc(20, 48), (left, top))

    def work(part: Picture) -> Picture:
        sizes.append(part.size)
        return part

    for picture in (picture_of(image), Picture(image)):
        result = on_seen(picture, margin, work)
        assert (alpha(result.rgba()) == alpha(image)).all()
        assert result.rgba().convert("RGBa").tobytes() == image.convert("RGBa").tobytes()
    assert max(max(size) for size in sizes) <= 42 + 2 * margin
    empty = Picture(Image.new("RGBA", (5, 5)))
    assert on_seen(empty, margin, work) == empty
