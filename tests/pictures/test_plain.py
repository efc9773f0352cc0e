"""One colour is found where there is one, and a renderer's rounding is undone only where it is rounding."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from iconbuild.pictures.plain import flat, one_color, settled

COLORS = st.tuples(*[st.integers(0, 255)] * 3)


def ramp() -> Image.Image:
    return Image.fromarray(np.arange(256, dtype=np.uint8).reshape(16, 16))


@given(COLORS)
@settings(max_examples=40, deadline=None)
def test_rounding_of_premultiplied_pixels_is_undone(color: tuple[int, int, int]) -> None:
    exact = flat(color, ramp())
    rounded = exact.convert("RGBa").convert("RGBA")
    assert one_color(exact) == color
    assert one_color(settled(rounded)) == color
    assert settled(rounded).getchannel("A").tobytes() == exact.getchannel("A").tobytes()


def test_two_colours_stay_as_they_are() -> None:
    image = flat((200, 10, 10), ramp())
    image.paste((10, 10, 200, 255), (0, 0, 4, 4))
    assert one_color(image) is None
    assert settled(image) is image


def test_a_tone_of_another_colour_is_no_rounding() -> None:
    image = flat((200, 10, 10), ramp())
    image.paste((10, 10, 200, 60), (0, 0, 4, 4))
    assert settled(image) is image


def test_a_small_drawing_on_a_large_sheet_is_settled_in_its_place() -> None:
    exact = Image.new("RGBA", (64, 48), (37, 99, 235, 0))
    exact.paste(flat((37, 99, 235), ramp()), (9, 20))
    cleared = exact.convert("RGBa").convert("RGBA")
    assert one_color(cleared) is None
    assert settled(cleared).tobytes() == exact.tobytes()


def test_nothing_seen_is_no_colour() -> None:
    empty = Image.new("RGBA", (4, 4), (9, 9, 9, 0))
    assert one_color(empty) is None
    assert settled(empty) is empty
