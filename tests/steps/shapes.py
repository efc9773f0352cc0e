"""Pictures with known geometry: discs and lines as exact coverage, layers of tone, two colours."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from iconbuild.pictures.chain import Bound, stepped
from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.steps.registry import STEPS

BLUE = (59, 130, 246)
RED = (220, 40, 30)


def run(step: str, image: Image.Image, value: object) -> Image.Image:
    tool = STEPS[step]
    return tool.run(picture_of(image), tool.bind(value)).rgba()  # type: ignore[arg-type]


def disc_coverage(radius: float, size: int = 512, center: tuple[float, float] | None = None) -> np.ndarray:
    """Coverage (0..1) of a disc, 12 x 12 samples in each pixel of its edge."""
    cx, cy = center or (size / 2 + 0.3, size / 2 - 0.2)
    axis = np.arange(size) + 0.5
    distance = np.hypot(axis[None, :] - cx, axis[:, None] - cy)
    coverage = (distance < radius).astype(float)
    rows, columns = np.nonzero(np.abs(distance - radius) < 1)
    offsets = (np.arange(12) + 0.5) / 12
    x = columns[:, None, None] + offsets[None, None, :] - cx
    y = rows[:, None, None] + offsets[None, :, None] - cy
    coverage[rows, columns] = (x * x + y * y <= radius * radius).mean((1, 2))
    return coverage


def picture(coverage: np.ndarray, color: tuple[int, int, int] = BLUE) -> Image.Image:
    pixels = np.empty((*coverage.shape, 4), np.uint8)
    pixels[..., :3] = color
    pixels[..., 3] = np.rint(coverage * 255)
    return Image.fromarray(pixels)


def disc(radius: float, size: int = 512, color: tuple[int, int, int] = BLUE) -> Image.Image:
    return picture(disc_coverage(radius, size), color)


def jagged(radius: float, size: int = 512) -> Image.Image:
    """A disc of 1-bit alpha."""
    return picture((disc_coverage(radius, size) >= 0.5).astype(float))


def edge_width(image: Image.Image, radius: float) -> float:
    """The width in pixels of a disc's edge: that of an even ramp with as much of it neither in nor out."""
    cover = alpha(image) / 255
    return float(6 * (cover * (1 - cover)).sum() / (2 * np.pi * radius))


def radius_of(image: Image.Image) -> float:
    """The radius of the disc with the area that alpha covers."""
    return float(np.sqrt(np.asarray(image)[..., 3].astype(float).sum() / 255 / np.pi))


def ring(size: int = 256, tone: int = 51, color: tuple[int, int, int] = BLUE) -> Image.Image:
    """A line around a layer of tone, as in duotone icons."""
    outer, inner = disc_coverage(size * 0.4, size), disc_coverage(size * 0.3, size)
    return picture(outer - inner + inner * tone / 255, color)


def two_colors(size: int = 256) -> Image.Image:
    pixels = np.asarray(disc(size * 0.35, size)).copy()
    pixels[:, : size // 2, :3] = RED
    return Image.fromarray(pixels)


def on_ground(image: Image.Image, color: tuple[int, int, int]) -> Image.Image:
    ground = Image.new("RGBA", image.size, (*color, 255))
    ground.alpha_composite(image)
    return ground


def alpha(image: Image.Image) -> np.ndarray:
    return np.asarray(image)[..., 3].astype(int)


def variation(image: Image.Image) -> float:
    plane = alpha(image).astype(float)
    return float(np.abs(np.diff(plane, axis=0)).sum() + np.abs(np.diff(plane, axis=1)).sum())


def run_steps(start: Picture, steps: Sequence[Bound]) -> Picture:
    """`start` after all steps."""
    return [start, *(after for after, _ in stepped(start, steps))][-1]
