"""Alpha stays byte for byte; solid paints one colour, tint keeps black, white and the colour itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from iconbuild.errors import PictureError
from tests.steps.shapes import ring, run, two_colors

COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(COLORS, st.sampled_from(["solid", "tint"]))
@settings(max_examples=25, deadline=None)
def test_alpha_stays(color: str, mode: str) -> None:
    image = ring(48)
    result = run("recolor", image, {"color": color, "mode": mode})
    assert result.getchannel("A").tobytes() == image.getchannel("A").tobytes()


@given(COLORS)
@settings(max_examples=25, deadline=None)
def test_solid_is_exactly_the_colour_and_idempotent(color: str) -> None:
    result = run("recolor", two_colors(48), color)
    pixels = np.asarray(result)
    assert bytes(np.unique(pixels[pixels[..., 3] > 0][:, :3].reshape(-1, 3), axis=0)) == bytes.fromhex(color[1:])
    assert run("recolor", result, color).tobytes() == result.tobytes()


def test_solid_refuses_an_opaque_picture() -> None:
    with pytest.raises(PictureError) as caught:
        run("recolor", Image.new("RGBA", (8, 8), "red"), "#000000")
    assert "remove-bg" in caught.value.remedy
    assert "tint" in caught.value.remedy


@given(COLORS)
@settings(max_examples=40, deadline=None)
def test_tint_keeps_black_white_and_itself(color: str) -> None:
    image = Image.new("RGBA", (3, 1), "black")
    image.putpixel((1, 0), (255, 255, 255, 255))
    image.putpixel((2, 0), (*bytes.fromhex(color[1:]), 255))  # type: ignore[arg-type]
    result = run("recolor", image, {"color": color, "mode": "tint"})
    assert result.getpixel((0, 0)) == (0, 0, 0, 255)
    assert result.getpixel((1, 0)) == (255, 255, 255, 255)
    itself = result.getpixel((2, 0))
    light = Image.new("RGB", (1, 1), color).convert("L").getpixel((0, 0))
    if light not in (0, 255):
        assert itself == (*bytes.fromhex(color[1:]), 255)


@given(COLORS)
@settings(max_examples=20, deadline=None)
def test_tint_never_turns_light_into_dark(color: str) -> None:
    ramp = Image.merge("RGB", [Image.linear_gradient("L")] * 3).convert("RGBA")
    result = np.asarray(run("recolor", ramp, {"color": color, "mode": "tint"})).astype(int)[:, 0, :3]
    assert (np.diff(result, axis=0) >= 0).all()
