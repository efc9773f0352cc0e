"""What every registered step keeps on layered shapes and on icons of our own engine, from 16 to 1024 px."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from iconbuild.errors import PictureError
from iconbuild.model.artifact import PNG, Payload
from iconbuild.model.values import Json
from iconbuild.pictures.chain import run_step
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.encode import encode_fast
from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.registry import STEPS
from tests.contracts.test_steps import CASES, ZERO, attempt, fingerprint
from tests.steps.halo import GROUNDS, cut_out, field_of, over, range_over, solid, with_hues
from tests.steps.scenes import COLORS, LOOKS, NOISE, SCENES, Shape, cut_hard, drawing, scene
from tests.steps.shapes import on_ground, run, run_steps, variation

Property = Callable[[str, Json, Image.Image], None]
PAPER = (250, 246, 220)
ICONS = [(look, size) for look in LOOKS for size in (16, 64)]
ICONS += [(look, 512) for look in ("jagged", "two-tones", "clay-3d")]
SOME = settings(max_examples=12, deadline=None, derandomize=True)
"""The same pictures in every run. Rare ones are looked for with more examples, not met by chance in a build."""
STRONGEST = [case for case, after in zip(CASES, [*CASES[1:], ("", None)], strict=True) if case[0] != after[0]]


def given_to(name: str, image: Image.Image) -> Image.Image:
    """`image` as the step `name` has work with it: remove-bg needs a background."""
    return on_ground(image, PAPER) if name == "remove-bg" else image


def seen(image: Image.Image) -> np.ndarray:
    """Premultiplied levels, so that hidden colour is no difference: h x w x 4."""
    return np.asarray(image.convert("RGBa")).astype(np.int16)


def same(one: Image.Image, other: Image.Image) -> None:
    apart = np.abs(seen(one) - seen(other)).max(axis=2)
    assert not apart.any(), f"{(apart > 0).sum()} px differ, by up to {apart.max()} levels"


def mirrored_in_mirrored_out(name: str, value: Json, image: Image.Image) -> None:
    """But for 0.1 % of the pixels, or of a small picture one and its mirror image, where a tie falls."""
    image = given_to(name, image)
    straight = seen(attempt(name, image, value))
    for turn in (ImageOps.mirror, ImageOps.flip):
        apart = np.abs(straight - seen(turn(attempt(name, turn(image), value)))).max(axis=2)
        assert (apart > 1).sum() <= max(2, 0.001 * apart.size), (
            f"{turn.__name__}: {(apart > 1).sum()} px, up to {apart.max()} levels"
        )


def hidden_colour_means_nothing(name: str, value: Json, image: Image.Image) -> None:
    pixels = np.asarray(image).copy()
    pixels[pixels[..., 3] == 0, :3] = (0, 255, 0)
    same(attempt(name, Image.fromarray(pixels), value), attempt(name, image, value))


def form_means_nothing(name: str, value: Json, image: Image.Image) -> None:
    plane = picture_of(image)
    if plane.color:
        same(attempt(name, plane, value), attempt(name, Picture(image), value))


def no_colour_comes_from_nowhere(name: str, value: Json, image: Image.Image) -> None:
    """On red, black and white nothing is seen that `image` does not show nearby; where alpha may go, the ground is."""
    if name == "recolor":
        return
    result, field = attempt(name, given_to(name, image), value), field_of(name, value, image)
    before = cut_out(image, PAPER) if name == "remove-bg" else image
    for name_of_ground, ground in GROUNDS.items():
        low, high = range_over(before, ground, field)
        if name in ("thickness", "remove-bg"):
            here = with_hues(np.array(ground))
            low, high = np.minimum(low, here), np.maximum(high, here)
        if name == "thickness":
            lowest, highest = range_over(solid(image), ground, field)
            low, high = np.minimum(low, lowest), np.maximum(high, highest)
        new = over(result, ground)
        apart = (np.maximum(low - new, new - high) - TOLERANCE).max(axis=2)
        if name == "remove-bg":
            wrong = np.maximum(apart, 0)[np.asarray(before)[..., 3] < 255]
            assert np.sqrt((wrong.astype(float) ** 2).mean()) <= EDGE, name_of_ground
            apart -= 4 * EDGE
        far = (apart > 0).sum()
        # Where a shape ends at the picture's border, or paper lies in a wedge of two colours, nothing tells them.
        allowed = max(2, 0.001 * apart.size) if name == "remove-bg" else 0
        assert far <= allowed, f"{far} px, by up to {apart.max()} levels too far, on {name_of_ground}"


TOLERANCE = np.array((4, 4, 4, 8, 8, 8))
"""Levels: premultiplied colour, alpha, straight colour and what is seen are rounded; differences have two of each."""
EDGE = 8
"""Levels by which the edges of remove-bg may err, rms: what is mixed with a background is found again, not known."""


def flat_layers_stay(name: str, value: Json, image: Image.Image) -> None:
    """Where alpha is the same all around, it is the same afterwards."""
    result, field = attempt(name, given_to(name, image), value), field_of(name, value, image)
    before = cut_out(image, PAPER) if name == "remove-bg" else image
    low, high = field._replace(reach=field.reach + 1).range_of(np.asarray(field.opened(before))[..., 3])
    apart = np.abs(np.asarray(result)[..., 3] - low)[low == high]
    assert (apart <= 2).all(), f"{(apart > 2).sum()} px, up to {apart.max()} levels"


def smoothing_adds_no_variation(name: str, value: Json, image: Image.Image) -> None:
    """But for what rounding adds, a level in 51 of the faintest layer.

    Stairs of one bit, too, gain up to 1.6 % from the kernel 2G - GG, without which discs would lose their radius.
    """
    if name == "smooth" and isinstance(value, dict):
        before, after = variation(image), variation(run(name, image, value))
        assert after <= 1.02 * before, f"{after / before - 1:+.2%}"


PROPERTIES = [
    mirrored_in_mirrored_out,
    hidden_colour_means_nothing,
    form_means_nothing,
    no_colour_comes_from_nowhere,
    flat_layers_stay,
    smoothing_adds_no_variation,
]


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
@pytest.mark.parametrize(("name", "value"), CASES, ids=str)
@given(SCENES, st.booleans())
@SOME
def test_over_layered_shapes(name: str, value: Json, holds: Property, shapes: list[Shape], jagged: bool) -> None:
    if name == "remove-bg":  # what is translucent takes on its background's colour for good
        shapes = [shape._replace(tone=255, shadow=0) for shape in shapes]
    image = scene(shapes, 40)
    holds(name, value, cut_hard(image) if jagged else image)


@pytest.mark.parametrize("holds", [hidden_colour_means_nothing, form_means_nothing], ids=lambda holds: holds.__name__)
@pytest.mark.parametrize(("name", "value"), CASES, ids=str)
@given(NOISE, st.booleans())
@SOME
def test_over_noise(name: str, value: Json, holds: Property, pixels: np.ndarray, plain: bool) -> None:
    if plain:
        pixels[..., :3] = COLORS[0]
    holds(name, value, Image.fromarray(pixels))


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
@pytest.mark.parametrize(("name", "value"), CASES, ids=str)
@pytest.mark.parametrize(("look", "size"), ICONS)
def test_over_icons(name: str, value: Json, look: str, size: int, holds: Property) -> None:
    if name == "remove-bg" and holds in (no_colour_comes_from_nowhere, flat_layers_stay):
        if look == "clay-3d":
            pytest.skip("a soft shadow on paper is paper that is a little darker: where it ends is not defined")
        if size == 16 and look in ("line", "tone", "two-tones"):
            pytest.skip("a line that covers two pixels by halves is the same picture as a pale line of two pixels")
    holds(name, value, drawing(look, size))


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
@pytest.mark.parametrize(("name", "value"), STRONGEST, ids=str)
def test_over_a_large_icon(name: str, value: Json, holds: Property) -> None:
    holds(name, value, drawing("two-tones", 1024))


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in ZERO.items() for value in values])
@pytest.mark.parametrize("size", [16, 64, 512, 1024])
def test_zero_leaves_icons_alone(name: str, value: Json, size: int) -> None:
    for look in LOOKS if size < 512 else ("two-tones",):
        picture = picture_of(given_to(name, drawing(look, size)))
        assert STEPS[name].run(picture, STEPS[name].bind(value)) == picture


@pytest.mark.parametrize("size", [16, 64, 512, 1024])
def test_crop_zero_only_moves(size: int) -> None:
    for look in LOOKS if size < 512 else ("line",):
        image = drawing(look, size)
        moved = run("crop", image, 0)
        assert sorted(moved.getchannel("A").histogram()) == sorted(image.getchannel("A").histogram())
        assert fingerprint(run("crop", moved, 0)) == fingerprint(moved)


@given(SCENES, st.lists(st.sampled_from(CASES), min_size=2, max_size=4))
@settings(SOME, max_examples=60)
def test_one_by_one_is_the_chain(shapes: list[Shape], steps: list[tuple[str, Json]]) -> None:
    """With a file between the steps, as the program runs them, and each on what the one before gave: the same bytes."""
    start = picture_of(scene(shapes, 40))
    bound = [(STEPS[name], STEPS[name].bind(value)) for name, value in steps]
    try:
        alone = run_steps(start, bound)
    except PictureError:
        assume(False)
    kept = plain = start
    for step, params in bound:
        kept = picture_of(open_picture(Payload(encode_fast(run_step(kept, step, params)), PNG)))
        plain = step.run(plain, params)
    assert encode_fast(kept) == encode_fast(alone) == encode_fast(picture_of(plain.rgba()))


def digest() -> str:
    """Of what all steps make of three icons."""
    total = hashlib.sha256()
    for name, value in CASES:
        for look in ("line", "two-tones", "clay-3d"):
            total.update(seen(attempt(name, given_to(name, drawing(look, 48)), value)).tobytes())
    return total.hexdigest()


def test_processes_and_threads_agree() -> None:
    code = "from tests.contracts.test_step_pictures import digest; print(digest())"
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("0", "1")
    }
    with ThreadPoolExecutor(3) as pool:
        found.update(pool.map(lambda _: digest(), range(3)))
    assert found == {digest()}
