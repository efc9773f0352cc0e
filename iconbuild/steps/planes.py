"""One channel of a picture becomes an array of floats, and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.float32]
"""h x w, 0..1."""


def to_plane(image: Image.Image) -> Plane:
    """The levels of a picture in mode L, divided by 255."""
    plane: Plane = np.asarray(image, np.float32) * np.float32(1 / 255)
    return plane


def to_image(plane: Plane) -> Image.Image:
    """A picture in mode L; what lies outside 0..1 is cut off, the rest is rounded."""
    return Image.fromarray(np.rint(np.clip(plane, 0, 1) * 255).astype(np.uint8))
