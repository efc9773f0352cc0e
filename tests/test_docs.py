"""The pictures that the README shows are there, small, and one for each look."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

from iconbuild.providers.local.looks.registry import LOOKS

ROOT = Path(__file__).parents[1]
LARGEST = 300_000


def test_there_is_a_sheet_for_every_look() -> None:
    assert {path.stem for path in (ROOT / "docs" / "styles").glob("*.png")} == set(LOOKS)


def test_pictures_are_small_enough_for_a_repository() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs").rglob("*.png")}
    assert max(sizes.values()) < LARGEST, sizes


def test_the_readme_shows_what_is_there() -> None:
    named = re.findall(r"!\[[^\]]+\]\((docs/[^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert "docs/styles.png" in named
    for name in named:
        with Image.open(ROOT / name) as picture:
            picture.verify()
