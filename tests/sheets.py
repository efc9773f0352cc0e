"""`make sheets`: the pictures in docs/: every look over 45 subjects, one sheet for all looks, and the example sets.

The subjects are those of two example sets and 24 further ones. Pictures are drawn at the size they are shown at, twice
as many pixels as the page gives them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from PIL import Image, ImageDraw, ImageFont

from iconbuild.pictures.decode import open_picture
from iconbuild.pictures.resize import resize
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.looks.registry import LOOKS
from tests.providers.local.support import drawn, icon

DOCS = Path(__file__).parents[1] / "docs"
SETS = DOCS.parent / "example-sets"
_FURTHER = """
shopping cart, heart, star, magnifying glass, calendar, camera, lock, envelope, cloud, lightning bolt, gift, rocket,
leaf, coffee cup, bicycle, trophy, music note, map pin, light bulb, paint palette, trash can, folder, umbrella, key
"""
FURTHER = [subject.strip() for subject in _FURTHER.split(",")]
LARGEST = 250_000
EXAMPLES = {
    "saas-dashboard.png": ("saas-dashboard", "icons.yaml", 6),
    "ecommerce-categories.png": ("ecommerce-categories", "icons.yaml", 8),
    "ecommerce-fluent.png": ("ecommerce-categories", "fluent.yaml", 8),
}
COLUMNS, CELL, PICTURE = 9, 128, 96
SHOWN = (
    "analytics dashboard with bar chart",
    "gear cog settings",
    "bell notification alert",
    "t-shirt and hanger clothing",
    "basketball and tennis racket sports equipment",
    "open book with pages reading",
    "headphones and musical note audio",
    "airplane and suitcase luggage travel",
    "camera",
    "gift",
    "rocket",
    "coffee cup",
)


def subjects() -> list[str]:
    """The 45 subjects in order."""
    found = []
    for name in ("saas-dashboard", "ecommerce-categories"):
        icons = yaml.safe_load((SETS / name / "icons.yaml").read_text())["icons"].values()
        found += [icon if isinstance(icon, str) else icon["subject"] for icon in icons]
    return [*found, *FURTHER]


def sheet(engine: LocalProvider, look: str) -> Image.Image:
    """All subjects in one look, on white."""
    everything = subjects()
    page = Image.new("RGB", (COLUMNS * CELL, -(-len(everything) // COLUMNS) * CELL), "white")
    for place, subject in enumerate(everything):
        row, column = divmod(place, COLUMNS)
        _paste(page, open_picture(drawn(engine, icon(subject, look)), PICTURE), column * CELL, row * CELL)
    return page


def overview(engine: LocalProvider) -> Image.Image:
    """A row a look, a few subjects each."""
    label = 190
    page = Image.new("RGB", (label + len(SHOWN) * CELL, len(LOOKS) * CELL), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(22)
    for row, look in enumerate(LOOKS):
        pen.text((16, row * CELL + CELL / 2), look, fill="#334155", font=font, anchor="lm")
        for column, subject in enumerate(SHOWN):
            _paste(page, open_picture(drawn(engine, icon(subject, look)), PICTURE), label + column * CELL, row * CELL)
    return page


def _paste(page: Image.Image, picture: Image.Image, x: int, y: int) -> None:
    page.paste(picture, (x + (CELL - PICTURE) // 2, y + (CELL - PICTURE) // 2), picture)


def example(name: str, manifest: str, columns: int, cache: str) -> Image.Image | None:
    """The icons of an example set as its own manifest makes them; None where its packs are not installed."""
    folder = SETS / name
    data = yaml.safe_load((folder / manifest).read_text())
    if not all((folder / pack).exists() for pack in data.get("packs", ())):
        return None
    made = Path(cache, name, manifest)
    env = {**os.environ, "ICONBUILD_CACHE_DIR": cache}
    command = [sys.executable, "-m", "iconbuild", "build", "-q", "--out-dir", str(made), str(folder / manifest)]
    subprocess.run(command, env=env, check=True)
    rows = -(-len(data["icons"]) // columns)
    page = Image.new("RGB", (columns * CELL, rows * CELL), "white")
    for place, icon_name in enumerate(data["icons"]):
        row, column = divmod(place, columns)
        largest = max(made.rglob(f"{icon_name}-*.webp"), key=lambda path: Image.open(path).width)
        _paste(page, resize(Image.open(largest).convert("RGBA"), PICTURE), column * CELL, row * CELL)
    return page


def save(page: Image.Image, path: Path) -> None:
    """A PNG in full colour, or of 256 colours where that would be too large for a repository."""
    page.save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        page.quantize(256, method=Image.Quantize.MEDIANCUT).save(path, optimize=True)
    print(f"{path.relative_to(DOCS.parent)}: {path.stat().st_size // 1024} KB")


def main() -> None:
    """Draw the sheets that are asked for by the names of their looks, or all of them."""
    (DOCS / "styles").mkdir(exist_ok=True)
    with TemporaryDirectory() as cache:
        engine = LocalProvider(cache)
        for look in sys.argv[1:] or LOOKS:
            save(sheet(engine, look), DOCS / "styles" / f"{look}.png")
        if sys.argv[1:]:
            return
        save(overview(engine), DOCS / "styles.png")
        for file, (name, manifest, columns) in EXAMPLES.items():
            page = example(name, manifest, columns, cache)
            if page is None:
                print(f"{file} is left as it is: run `npm install` in {name} first")
            else:
                save(page, DOCS / file)


if __name__ == "__main__":
    main()
