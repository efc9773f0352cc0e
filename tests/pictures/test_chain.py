"""A chain gives the pixels of its steps one by one, whatever it leaves out on the way."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.model.artifact import PNG, Payload
from iconbuild.model.ports import Step
from iconbuild.model.values import Json, Params
from iconbuild.pictures.chain import run_step, stepped
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.encode import encode_fast, encode_picture
from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.registry import STEPS
from tests.steps.shapes import BLUE, disc, on_ground, picture, ring, run_steps, two_colors

PAINT: Json = "#0f172a"
PICTURES = {
    "two colours": two_colors(96),
    "on a ground": on_ground(two_colors(96), (250, 246, 220)),
    "touching the edge": two_colors(96).crop((20, 20, 76, 76)),
    "a tile": Image.new("RGBA", (96, 96)),
}
PICTURES["a tile"].paste(two_colors(96).crop((36, 36, 60, 60)), (10, 20))


def bound(*steps: tuple[str, Json]) -> list[tuple[Step, Params]]:
    return [(STEPS[name], STEPS[name].bind(value)) for name, value in steps]


def kept_between(picture: Picture, steps: list[tuple[Step, Params]]) -> Picture:
    """Each result is a file before the next step opens it."""
    for step, params in steps:
        result = run_step(picture, step, params)
        picture = picture_of(open_picture(Payload(encode_fast(result), PNG)))
    return picture


def outcome(run: Callable[..., Picture], picture: Picture, steps: list[tuple[Step, Params]]) -> object:
    """The colour and pixels of the result, or why there is none."""
    try:
        result = run(picture, steps)
    except PictureError as error:
        return str(error)
    return result.color, result.pixels.mode, encode_picture(result, "webp"), encode_picture(result, "png")


@pytest.mark.parametrize("kind", sorted(PICTURES))
@pytest.mark.parametrize("percent", [0, 10, 50])
@pytest.mark.parametrize("paint", [PAINT, {"color": "#0f172a", "mode": "tint"}])
def test_colours_that_are_painted_over_are_left_out_without_a_trace(kind: str, percent: int, paint: Json) -> None:
    steps = bound(("crop", percent), ("recolor", paint), ("thickness", 2))
    start = picture_of(PICTURES[kind])
    assert outcome(run_steps, start, steps) == outcome(kept_between, start, steps)


@given(st.lists(st.sampled_from(["crop", "recolor", "thickness", "smooth"]), max_size=4), st.integers(-10, 10))
@settings(max_examples=30, deadline=None)
def test_a_chain_is_its_steps_one_by_one(names: list[str], strength: int) -> None:
    values: dict[str, Json] = {"recolor": PAINT, "crop": abs(strength)}
    steps = bound(*((name, values.get(name, strength)) for name in names))
    for image in (ring(48), two_colors(48), picture(np.full((48, 48), 0.04)), Image.new("RGBA", (48, 48))):
        assert outcome(run_steps, picture_of(image), steps) == outcome(kept_between, picture_of(image), steps)


def test_what_becomes_invisible_has_no_colour_left() -> None:
    faint = picture_of(picture(np.full((48, 48), 0.04)))
    result = run_steps(faint, bound(("recolor", PAINT), ("thickness", -10), ("smooth", 4)))
    empty = run_steps(picture_of(Image.new("RGBA", (48, 48), (9, 9, 9, 0))), bound(("recolor", PAINT)))
    assert result.color == (0x0F, 0x17, 0x2A)
    assert (empty.color, empty.pixels.mode, empty.pixels.getextrema()) == (None, "RGBA", ((0, 0),) * 4)


def test_order_matters() -> None:
    steps = bound(("thickness", 8), ("crop", 50))
    start = picture_of(disc(20, 96))
    assert run_steps(start, steps).pixels.tobytes() != run_steps(start, steps[::-1]).pixels.tobytes()


def test_no_steps_change_nothing() -> None:
    start = picture_of(disc(20, 96))
    assert run_steps(start, []) == start


def test_what_a_step_says_comes_with_its_picture() -> None:
    opaque = picture_of(on_ground(two_colors(48), BLUE))
    said = [remark for _, remark in stepped(opaque, bound(("thickness", 2), ("crop", 5)))]
    assert ["without transparency" in remark for remark in said] == [True, False]


def test_what_cannot_be_done_here_is_refused() -> None:
    with pytest.raises(PictureError, match="provider"):
        run_steps(picture_of(disc(20, 96)), bound(("smart-remove-bg", None)))


def test_a_painted_picture_goes_through_a_step_as_its_shape() -> None:
    """Were its colours worked on, they would still be in what the step hands back."""
    crop = STEPS["crop"]
    start = picture_of(two_colors(96))
    painted = run_step(start, crop, crop.bind(10), painted=True)
    assert painted.color == (0, 0, 0)
    assert np.array_equal(np.asarray(painted.pixels), np.asarray(run_step(start, crop, crop.bind(10)).alpha()))
    grounded = picture_of(PICTURES["on a ground"])
    assert run_step(grounded, crop, crop.bind(10), painted=True).color is None
