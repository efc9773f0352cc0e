"""AVIF files: alpha exact, colours close at every size, nothing hidden in them, the same bytes each time."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from iconbuild.model.artifact import SVG, Payload
from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.encode import encode
from tests.threads import in_threads

Pixels = np.ndarray
BODIES = {
    "one colour": '<path d="M3 12 12 3l9 9v9H3z" fill="#dc2626"/><circle cx="19" cy="5" r="3" fill="#dc2626"/>',
    "duotone": '<path d="M4 6h16v12H4z" fill="#4338ca" fill-opacity=".35"/>'
    '<path d="M4 6h16v12H4z" fill="none" stroke="#312e81" stroke-width="2"/>',
    "colours": '<circle cx="12" cy="12" r="10" fill="#facc15"/><circle cx="8" cy="10" r="2" fill="#dc2626"/>'
    '<circle cx="16" cy="10" r="2" fill="#0ea5e9"/><path d="M7 15h10v3H7z" fill="#fff"/>',
    "gradient": '<linearGradient id="g" x2="1" y2="1"><stop stop-color="#f97316"/><stop offset="1" '
    'stop-color="#7c3aed" stop-opacity=".3"/></linearGradient><rect x="2" y="2" width="20" height="20" rx="6" '
    'fill="url(#g)"/>',
    "tile": '<path d="M0 0h24v24H0z" fill="#0f172a"/><circle cx="12" cy="12" r="7" fill="#22d3ee"/>',
}
LEAST_DB = 46.0
"""Peak signal-to-noise over black, grey and white grounds."""
CLOSE = 16
"""Levels that no pixel of a small icon is off on any of these grounds, and one in ten thousand of a large one."""


def drawn(kind: str, size: int) -> Image.Image:
    body = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{BODIES[kind]}</svg>'
    return open_picture(Payload(body.encode(), SVG), size)


def decoded(data: bytes) -> Pixels:
    with Image.open(BytesIO(data)) as image:
        assert image.format == "AVIF"
        return np.asarray(image.convert("RGBA")).astype(float)


def off(before: Pixels, after: Pixels) -> Pixels:
    """Errors of what is seen over black, grey and white."""
    errors = []
    for ground in (0, 128, 255):
        one, other = (p[..., :3] * p[..., 3:] / 255 + ground * (1 - p[..., 3:] / 255) for p in (before, after))
        errors.append(np.abs(one - other))
    return np.array(errors)


@pytest.mark.parametrize("size", [16, 24, 64, 256, 1024])
@pytest.mark.parametrize("kind", BODIES)
def test_icons_come_back_close_and_their_alpha_exact(kind: str, size: int) -> None:
    image = drawn(kind, size)
    before, after = np.asarray(image).astype(float), decoded(encode(image, "avif"))
    assert (before[..., 3] == after[..., 3]).all()
    error = off(before, after)
    assert 20 * np.log10(255 / max(1e-9, np.sqrt((error**2).mean()))) > LEAST_DB
    assert (error > CLOSE).sum() <= 1e-4 * error.size * (size > 64)
    assert error.max() <= (2 if kind == "one colour" else 64)


@pytest.mark.parametrize(
    "color", [(220, 38, 38), (255, 255, 255), (0, 0, 0), (29, 78, 216), (0, 255, 0), (255, 0, 255)]
)
def test_a_picture_in_one_colour_keeps_it(color: tuple[int, int, int]) -> None:
    image = Image.new("RGBA", (48, 48), color)
    image.putalpha(drawn("one colour", 48).getchannel("A"))
    after = decoded(encode(image, "avif"))
    shown = after[..., 3] > 0
    assert np.abs(after[shown][:, :3] - color).max() <= 2  # what 8 bits of luma and chroma can tell apart
    assert len(np.unique(after[shown][:, :3], axis=0)) == 1


def test_no_hidden_colour_bleeds_into_the_edge() -> None:
    image = drawn("colours", 64)
    pixels = np.asarray(image).copy()
    pixels[pixels[..., 3] == 0, :3] = (0, 0, 0)
    after = decoded(encode(Image.fromarray(pixels), "avif"))
    edge = (pixels[..., 3] > 0) & (pixels[..., 3] < 255)
    assert edge.sum() > 100
    assert off(pixels[edge].astype(float), after[edge]).max() <= 8


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(4))))
@settings(max_examples=30, deadline=None)
def test_any_small_picture_keeps_its_alpha_and_size(pixels: np.ndarray) -> None:
    after = decoded(encode(Image.fromarray(pixels), "avif"))
    assert after.shape == pixels.shape
    assert (after[..., 3] == pixels[..., 3]).all()


@pytest.mark.parametrize("size", [1, 2, 33, 512])
def test_an_empty_picture_stays_empty(size: int) -> None:
    data = encode(Image.new("RGBA", (size, size), (255, 0, 0, 0)), "avif")
    assert not decoded(data)[..., 3].any()
    assert len(data) < 1000


def test_nothing_but_pixels_is_in_the_file() -> None:
    image = drawn("duotone", 64)
    image.info.update({"exif": b"Exif\0\0secret", "icc_profile": b"secret", "xmp": b"secret"})
    data = encode(image, "avif")
    head = data[: data.index(b"mdat")]
    assert data[4:12] == b"ftypavif"
    assert head.count(b"infe") == 2
    assert head.count(b"av01") >= 2
    for kind in (b"Exif", b"mime", b"prof", b"rICC", b"secret"):
        assert kind not in head


def test_the_same_bytes_from_many_threads() -> None:
    images = [drawn(kind, size) for kind in BODIES for size in (24, 200)]
    expected = [encode(image, "avif") for image in images]
    assert in_threads(lambda: [encode(image, "avif") for image in images], 4) == [expected] * 4


def test_a_pillow_without_it_is_told_of() -> None:
    program = (
        "import sys\n"
        "sys.modules['PIL._avif'] = None\n"
        "from PIL import Image\n"
        "from iconbuild.errors import PictureError\n"
        "from iconbuild.outputs.files import Files\n"
        "from iconbuild.pictures.encode import encode\n"
        "try: encode(Image.new('RGBA', (1, 1)), 'avif')\n"
        "except PictureError as error: print(error.message, error.remedy, sep='; ')\n"
        "try: Files().bind({'dir': 'd', 'formats': ['avif']})\n"
        "except ValueError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    first, second = done.stdout.splitlines()
    assert first.startswith("the installed Pillow cannot write AVIF: its own wheels of 11.3")
    assert second.startswith("`formats` has `avif`, and the installed Pillow cannot write AVIF: its own wheels of 11.3")
