"""A folder of WebP files becomes what can be said of them: how many of each size, how heavy, and is the work done."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from PIL import Image, ImageStat

BLUE = (0x3B, 0x82, 0xF6)


def made(folder: Path) -> dict[str, object]:
    """Files by side, bytes in all, the mean coverage (0..1) at 64 px, and the names of those in a wrong colour."""
    sizes: Counter[str] = Counter()
    ink, weight, wrong = 0.0, 0, []
    for path in sorted(folder.rglob("*.webp")):
        weight += path.stat().st_size
        with Image.open(path) as picture:
            sizes["x".join(map(str, picture.size))] += 1
            if picture.size == (64, 64):
                clear = picture.convert("RGBA")
                ink += ImageStat.Stat(clear.getchannel("A")).mean[0] / 255
                wrong += [path.name] if _off(clear) else []
    return {"sizes": sizes, "bytes": weight, "ink": ink / max(1, sizes["64x64"]), "wrong": wrong}


def _off(picture: Image.Image) -> bool:
    """Is what is well seen of `picture` another colour than the one asked for, or nothing at all?"""
    seen = picture.getchannel("A").point([0] * 128 + [255] * 128)
    if seen.getextrema()[1] == 0:
        return True
    extremes = ImageStat.Stat(picture.convert("RGB"), seen).extrema
    return any(abs(level - wanted) > 2 for ends, wanted in zip(extremes, BLUE, strict=True) for level in ends)


if __name__ == "__main__":
    json.dump(made(Path(sys.argv[1])), sys.stdout)
