"""What every registered step keeps: size, mode, its input, determinism, identity at 0, symmetry, colours, layers."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image, ImageOps

from iconbuild.errors import PictureError
from iconbuild.model.values import Json, Params
from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.registry import STEPS
from tests.steps.shapes import BLUE, RED, alpha, on_ground, ring, run, two_colors
from tests.threads import in_threads

ALGORITHMS = ["selective", "gaussian", "morphological", "supersample", "contour"]
VALUES: dict[str, list[Json]] = {
    "crop": [0, 10, 50],
    "recolor": ["#0f172a", {"color": "#abc", "mode": "tint"}],
    "thickness": [-10, -5, -2.5, 0.5, 3, 10],
    "smooth": [-6, *({"strength": strength, "algorithm": name} for name in ALGORITHMS for strength in (4, 10))],
    "remove-bg": [3, 10],
}
ZERO: dict[str, list[Json]] = {
    "thickness": [0, 0.0, {"amount": 0}],
    "smooth": [{"strength": 0, "algorithm": name} for name in ALGORITHMS],
    "remove-bg": [0],
}
CASES = [(name, value) for name, values in VALUES.items() for value in values]
PICTURES = {
    "ring": ring(96),
    "two colours": two_colors(96),
    "on a ground": on_ground(ring(96, 255), (250, 246, 220)),
    "wide": two_colors(96).crop((0, 20, 96, 70)),
}


def fingerprint(image: Image.Image) -> tuple[str, tuple[int, int], bytes]:
    return image.mode, image.size, image.tobytes()


def attempt(name: str, image: Image.Image | Picture, value: Json) -> Image.Image:
    """The result, or the picture itself where the step refuses it."""
    picture = picture_of(image) if isinstance(image, Image.Image) else image
    try:
        return STEPS[name].run(picture, STEPS[name].bind(value)).rgba()
    except PictureError as error:
        if not error.remedy:
            raise
        return picture.rgba()


def test_every_step_is_covered() -> None:
    assert set(VALUES) | {"smart-remove-bg"} == set(STEPS)
    assert all(STEPS[name].name == name and STEPS[name].version >= 1 for name in STEPS)


@pytest.mark.parametrize(("name", "value"), CASES, ids=str)
@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_size_mode_and_input_are_kept(name: str, value: Json, kind: str) -> None:
    image = PICTURES[kind].copy()
    before = fingerprint(image)
    result = attempt(name, image, value)
    assert (result.mode, result.size) == ("RGBA", image.size)
    assert fingerprint(image) == before
    assert fingerprint(attempt(name, image, value)) == fingerprint(result)


@pytest.mark.parametrize(("name", "value"), CASES, ids=str)
@pytest.mark.parametrize("size", [(1, 1), (64, 64), (2, 2), (1, 40)])
def test_empty_and_tiny_pictures_pass(name: str, value: Json, size: tuple[int, int]) -> None:
    empty = run(name, Image.new("RGBA", size), value)
    assert empty.size == size
    assert alpha(empty).max() == 0
    dot = attempt(name, Image.new("RGBA", size, (9, 8, 7, 255)), value)
    assert dot.size == size
    if size == (1, 1):
        assert dot.getchannel("A").getextrema() == (255, 255)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in ZERO.items() for value in values])
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 12), st.integers(1, 12), st.just(4))))
@settings(max_examples=15, deadline=None)
def test_zero_changes_nothing(name: str, value: Json, pixels: np.ndarray) -> None:
    picture = picture_of(Image.fromarray(pixels))
    assert STEPS[name].run(picture, STEPS[name].bind(value)) == picture


@pytest.mark.parametrize(("name", "value"), CASES, ids=str)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 14), st.integers(1, 14), st.just(4))))
@settings(max_examples=12, deadline=None)
def test_any_pixels_give_a_picture_or_a_remedy(name: str, value: Json, pixels: np.ndarray) -> None:
    image = Image.fromarray(pixels)
    result = attempt(name, image, value)
    assert (result.mode, result.size) == ("RGBA", image.size)
    assert fingerprint(attempt(name, Image.fromarray(pixels), value)) == fingerprint(result)


@pytest.mark.parametrize(("name", "value"), CASES, ids=str)
@pytest.mark.parametrize("kind", ["ring", "two colours", "on a ground"])
def test_mirrored_in_mirrored_out(name: str, value: Json, kind: str) -> None:
    image = PICTURES[kind]
    straight = np.asarray(attempt(name, image, value)).astype(int)
    mirrored = np.asarray(ImageOps.mirror(attempt(name, ImageOps.mirror(image), value))).astype(int)
    seen = (straight[..., 3] > 8) | (mirrored[..., 3] > 8)
    apart = (np.abs(straight - mirrored).max(axis=2) > 2) & seen
    assert apart.mean() <= 0.001


@pytest.mark.parametrize(("name", "value"), [case for case in CASES if case[0] != "recolor"])
@pytest.mark.parametrize("hidden", [(0, 0, 0), (0, 255, 0)])
def test_no_visible_pixel_gets_a_colour_from_nowhere(name: str, value: Json, hidden: tuple[int, int, int]) -> None:
    """Between blue and red there is no colour with more green than both have, whatever is hidden."""
    pixels = np.asarray(two_colors(128)).copy()
    pixels[pixels[..., 3] == 0, :3] = hidden
    result = np.asarray(run(name, Image.fromarray(pixels), value)).astype(int)
    seen = result[result[..., 3] >= 32]
    low, high = np.minimum(BLUE, RED), np.maximum(BLUE, RED)
    rounding = 2 + 2.5 * 255 / seen[:, 3:]  # of eight premultiplied bits, three times
    assert (seen[:, :3] >= low - rounding).all()
    assert (seen[:, :3] <= high + rounding).all()


@pytest.mark.parametrize(("name", "value"), CASES, ids=str)
@pytest.mark.parametrize("tone", [51, 160])
def test_layers_of_tone_survive(name: str, value: Json, tone: int) -> None:
    image = ring(256, tone)
    result = alpha(run(name, image, value))
    assert abs(int(result[128, 128]) - tone) <= 2
    assert abs(int(np.median(result[108:148, 108:148])) - tone) <= 2
    assert result.max() >= 250


@pytest.mark.parametrize(("name", "value"), [case for case in CASES if case[0] not in ("recolor", "remove-bg")])
def test_an_opaque_picture_stays_opaque(name: str, value: Json) -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (40, 40, 4), dtype=np.uint8)
    pixels[..., 3] = 255
    image = Image.fromarray(pixels)
    result = run(name, image, value)
    assert alpha(result).min() == 255
    if name == "thickness":
        assert fingerprint(result) == fingerprint(image)


@pytest.mark.parametrize(("name", "value"), CASES, ids=str)
@pytest.mark.parametrize("kind", sorted(PICTURES))
def test_a_remark_says_that_nothing_is_done(name: str, value: Json, kind: str) -> None:
    image = PICTURES[kind]
    said = STEPS[name].remark(picture_of(image), STEPS[name].bind(value))
    assert bool(said) == (name == "thickness" and kind == "on a ground")
    if said:
        assert name in said
        assert fingerprint(run(name, image, value)) == fingerprint(image)


@pytest.mark.parametrize(("name", "value"), [(name, values[-1]) for name, values in VALUES.items()])
def test_threads_do_not_meet(name: str, value: Json) -> None:
    expected = {kind: fingerprint(attempt(name, image, value)) for kind, image in PICTURES.items()}

    def work() -> dict[str, object]:
        return {kind: fingerprint(attempt(name, image, value)) for kind, image in PICTURES.items()}

    assert in_threads(work, 3) == [expected] * 3


@pytest.mark.parametrize(("name", "value"), CASES, ids=str)
def test_bound_parameters_are_canonical(name: str, value: Json) -> None:
    params = STEPS[name].bind(value)
    assert STEPS[name].bind(params) == params
    assert Params(params.data).text == params.text


def test_binding_imports_no_picture_library() -> None:
    code = (
        "import sys\n"
        "from iconbuild.steps.registry import STEPS\n"
        "import iconbuild.pictures.chain\n"
        "for name, value in (('crop', 10), ('recolor', '#abc'), ('thickness', 1.5), ('smooth', 3), ('remove-bg', 5),\n"
        "                    ('smart-remove-bg', None)):\n"
        "    STEPS[name].bind(value)\n"
        "print([name for name in ('PIL', 'numpy', 'resvg_py', 'difflib') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
