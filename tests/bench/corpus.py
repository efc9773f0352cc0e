"""Drawings become folders of pictures to measure with: 200 icons of 512 px, and any number of small ones."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.model.artifact import SVG, Payload
from iconbuild.pictures.decode import open_picture
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.looks.registry import LOOKS
from tests.providers.local.support import icon, table

OWN, EMOJI, SIDE, SMALL = 120, 80, 512, 64


def icons(folder: Path, pack: Path | None) -> None:
    """Write 200 icons of 512 px: 120 by our own engine in all looks, 80 of an emoji pack (its `icons.json`).

    Without a pack there are 200 of our own. WebP, lossless, with alpha: what a service for icons hands out.
    """
    folder.mkdir(parents=True)
    emoji = list(islice(_emoji(pack), EMOJI)) if pack else []
    own = islice(_own(), OWN + EMOJI - len(emoji))
    for number, picture in enumerate([*own, *emoji]):
        picture.save(folder / f"icon-{number:03}.webp", lossless=True, method=4, quality=20)


def small(folder: Path, source: Path, count: int) -> None:
    """Write `count` icons of 64 px, all different: those of `source`, each turned by another angle every time."""
    folder.mkdir(parents=True)
    large = sorted(source.iterdir())
    pictures = [Image.open(path).convert("RGBa").resize((SMALL, SMALL)) for path in large]
    for number in range(count):
        turn, which = divmod(number, len(pictures))
        angle = 360 * turn * len(pictures) / count
        picture = pictures[which].rotate(angle, Image.Resampling.BILINEAR).convert("RGBA")
        picture.save(folder / f"icon-{number:05}.png", compress_level=1)


def _own() -> Iterator[Image.Image]:
    """Pictures of the embedded engine, one look after another, so that any number has about all looks alike."""
    subjects = [*table("independent.json"), *table("everyday.json")]
    with TemporaryDirectory() as cache:
        engine = LocalProvider(cache)
        for subject, look in product(subjects, LOOKS):
            request = engine.request(icon(subject, look), reference=False)
            picture = open_picture(engine.generate(request, None), SIDE)
            if picture.getchannel("A").getextrema() == (0, 255):
                yield picture


def _emoji(pack: Path) -> Iterator[Image.Image]:
    """Pictures of an Iconify pack, taken from all of it; those that are no plain drawing are left out."""
    data = json.loads(pack.read_bytes())
    found: Mapping[str, Mapping[str, str]] = data["icons"]
    for name in sorted(found)[:: max(1, len(found) // (2 * EMOJI))]:
        box = f"0 0 {data.get('width', 16)} {data.get('height', 16)}"
        text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{found[name]["body"]}</svg>'
        try:
            picture = open_picture(Payload(text.encode(), SVG), SIDE)
        except PictureError:
            continue
        if picture.getchannel("A").getextrema() == (0, 255):
            yield picture


def main(folder: str, source: str | None = None, count: str | None = None) -> None:
    """FOLDER [PACK] writes the 200 icons, FOLDER ICONS COUNT small ones made of those in ICONS."""
    if source and count:
        small(Path(folder), Path(source), int(count))
    else:
        icons(Path(folder), Path(source) if source else None)


if __name__ == "__main__":
    main(*sys.argv[1:])
