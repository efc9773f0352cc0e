"""Folders of small pictures for `iconbuild apply`, each different."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from tests.system.project import Project

STEPS = ("--step", "recolor=#0f172a", "--step", "thickness=4")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="8" fill="#c00"/></svg>'


def drawn(number: int = 0, size: int = 48) -> Image.Image:
    """An ellipse in one colour; both follow from `number`."""
    image = Image.new("RGBA", (size, size))
    color = (number % 256, 40 + number // 256, 200, 255)
    ImageDraw.Draw(image).ellipse((6, 6, 20 + number % (size - 26), size - 8), fill=color)
    return image


def picture(path: Path, number: int = 0, size: int = 48) -> Path:
    """A file of `drawn`, in the format of its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image = drawn(number, size)
    (image.convert("RGB") if path.suffix.lower() in (".jpg", ".jpeg") else image).save(path)
    return path


def many(project: Project, count: int, size: int = 48, folder: str = "icons") -> list[str]:
    """So many pictures in a folder of the project; their names."""
    return [picture(project.root / folder / f"i{number:04}.png", number, size).name for number in range(count)]


def opened(data: bytes) -> Image.Image:
    """A picture's pixels; fails where it is not whole."""
    image = Image.open(BytesIO(data))
    image.load()
    return image.convert("RGBA")


def events(text: str) -> list[dict[str, Any]]:
    """What `--format ndjson` has said."""
    return [json.loads(line) for line in text.splitlines()]
