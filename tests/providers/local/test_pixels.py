"""Every look as a strip of pixels that was looked at; ICONBUILD_UPDATE_GOLDENS=1 draws them anew (raise REVISION)."""

from __future__ import annotations

import os

import numpy as np
import pytest
from PIL import Image

from iconbuild.pictures.decode import open_picture
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.looks.registry import LOOKS
from tests.providers.local.support import HERE, drawn, icon

FOLDER = HERE / "golden" / "pixels"
SUBJECTS = ("house", "gear", "credit card", "camera", "bell", "t-shirt and hanger")
SIZE = 64
LEVELS = 2


@pytest.mark.parametrize("look", LOOKS)
def test_golden_strip(provider: LocalProvider, look: str) -> None:
    strip = Image.new("RGBA", (SIZE * len(SUBJECTS), SIZE))
    for place, subject in enumerate(SUBJECTS):
        strip.paste(open_picture(drawn(provider, icon(subject, look)), SIZE), (place * SIZE, 0))
    path = FOLDER / f"{look}.png"
    if os.environ.get("ICONBUILD_UPDATE_GOLDENS") == "1":
        strip.save(path, optimize=True)
    apart = np.abs(_premultiplied(strip) - _premultiplied(Image.open(path)))
    assert apart.max() <= LEVELS


def test_every_strip_has_a_look() -> None:
    assert {path.stem for path in FOLDER.glob("*.png")} == set(LOOKS)


def _premultiplied(image: Image.Image) -> np.ndarray:
    pixels = np.asarray(image.convert("RGBA"), dtype=np.float64)
    return np.concatenate([pixels[..., :3] * pixels[..., 3:] / 255, pixels[..., 3:]], axis=-1)
