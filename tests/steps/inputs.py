"""`python -m tests.steps.inputs`: draws the input of every case in tests/cases/steps anew, by the name it has there.

The pictures are small and on purpose difficult: thin lines, layers of tone, colours that touch, soft shadows, jagged
edges, grounds of colour and noise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import yaml
from PIL import Image

from tests.steps.scenes import Shape, drawing, scene
from tests.steps.shapes import BLUE, RED, disc, disc_coverage, on_ground, picture, ring, two_colors

CASES = Path(__file__).parents[1] / "cases" / "steps"
DARK = (15, 23, 42)


def jagged() -> Image.Image:
    """A disc of 1-bit alpha with a speck, a pinhole and a spike."""
    cover = (disc_coverage(30.4, 96) >= 0.5).astype(float)
    cover[47:49, 50:51] = 0
    cover[6:8, 80:82] = 1
    cover[4:20, 47:49] = 1
    return picture(cover)


def off_centre(size: tuple[int, int] = (64, 64)) -> Image.Image:
    """A small bar with a soft end near a corner."""
    image = Image.new("RGBA", size)
    image.paste((*RED, 255), (3, 5, 17, 12))
    image.paste((*RED, 90), (17, 5, 20, 12))
    return image


def tall() -> Image.Image:
    """Content that nearly fills the height and little of the width."""
    image = Image.new("RGBA", (64, 64))
    image.paste((*BLUE, 255), (8, 2, 18, 60))
    return image


def photo() -> Image.Image:
    """An opaque picture without a flat ground."""
    y, x = np.mgrid[:48, :48]
    pixels = np.stack([5 * x, 5 * y, 255 - 2 * (x + y), np.full_like(x, 255)], axis=2)
    pixels[12:36, 20:28, :3] = DARK
    return Image.fromarray(pixels.astype(np.uint8))


def noisy_ground() -> Image.Image:
    """A disc on grey that is not quite flat, as a photograph of paper is."""
    pixels = np.asarray(on_ground(disc(26, 80, RED), (236, 238, 240))).astype(int)
    noise = np.random.default_rng(4).integers(-5, 6, pixels.shape[:2])
    pixels[..., :3] += np.where(disc_coverage(28, 80) == 0, noise, 0)[..., None]
    return Image.fromarray(pixels.astype(np.uint8))


def lines_on_dark() -> Image.Image:
    """A cross of lines one and a half pixels wide, on a dark ground."""
    cover = np.zeros((64, 64))
    cover[10:54, 30], cover[10:54, 31] = 1, 0.5
    cover[40, 8:56], cover[41, 8:56] = 1, 0.5
    return on_ground(picture(cover, (250, 204, 21)), DARK)


INPUTS: Mapping[str, Callable[[], Image.Image]] = {
    "line icon": lambda: drawing("line", 96),
    "duotone icon": lambda: drawing("duotone", 96),
    "tone icon": lambda: drawing("tone", 96),
    "two-tones icon": lambda: drawing("two-tones", 96),
    "flat icon": lambda: drawing("flat", 64),
    "clay icon": lambda: drawing("clay-3d", 64),
    "glyph": lambda: drawing("glyph", 64),
    "flat icon on white": lambda: on_ground(drawing("flat", 64), (255, 255, 255)),
    "line icon on white": lambda: on_ground(drawing("line", 96), (255, 255, 255)),
    "ring on cream": lambda: on_ground(ring(64, 0), (250, 246, 220)),
    "ring around a tone": lambda: ring(96),
    "ring around a dense tone": lambda: ring(96, 160, RED),
    "translucent disc": lambda: picture(disc_coverage(26, 80) * 0.6),
    "thin translucent ring": lambda: scene([Shape("ring", 0.5, 0.5, 0.3, 0, BLUE, 160, 0)], 32),
    "two colours": lambda: two_colors(96),
    "two colours on white": lambda: on_ground(two_colors(96), (255, 255, 255)),
    "star with a shadow": lambda: scene([Shape("star", 0.5, 0.48, 0.38, 0.3, RED, 255, 0.05)], 64),
    "jagged disc": jagged,
    "off centre": off_centre,
    "off centre, wide": lambda: off_centre((80, 40)),
    "tall": tall,
    "photo": photo,
    "noisy ground": noisy_ground,
    "lines on dark": lines_on_dark,
    "white": lambda: Image.new("RGBA", (32, 32), "white"),
    "nothing": lambda: Image.new("RGBA", (32, 32)),
}


def main() -> None:
    """Write every case's input.png."""
    for path in sorted(CASES.glob("*/step.yaml")):
        case = yaml.safe_load(path.read_text(encoding="utf-8"))
        INPUTS[case["input"]]().save(path.with_name("input.png"), optimize=True)


if __name__ == "__main__":
    main()
