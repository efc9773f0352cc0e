"""Bad pictures as artwork, row by row of the table in the safety notes, through the real program."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

from PIL import Image

from tests.pictures.samples import SIGNATURE, chunk, files, gradient, png, saved
from tests.system.artwork import FILES, failed_alone, following, importing
from tests.system.project import Project

SVG_CASES = Path(__file__).parents[1] / "cases/svg/refused"


def test_i01_pictures_that_are_cut_short(project: Project) -> None:
    cut = {}
    for number, data in enumerate(files().values()):
        for end in (40 + number, len(data) // 3, len(data) - 12, len(data) - 1):
            cut[f"{number}-{end}.png"] = data[:end]
    importing(project, cut)
    failed_alone(project, dict.fromkeys(cut, "cut short"))


def test_i01_an_anchor_that_is_cut_short(project: Project) -> None:
    following(project, "brand.png", files()["PNG"][:-20])
    failed_alone(project, {"brand.png": "cut short"})


def test_i01_pixels_that_are_damaged_inside(project: Project) -> None:
    """The file is whole by its parts; only the decoder can tell."""
    noise = zlib.compress(os.urandom(4000))[:-900]
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 6, 0, 0, 0))
    data = SIGNATURE + header + chunk(b"IDAT", noise) + chunk(b"IEND", b"")
    importing(project, {"a.png": data})
    done = project.run("build")
    assert done.code == 1
    assert done.err.count("a.png: the picture is damaged") == 1
    following(project, "a.png", data)
    done = project.run("build")
    assert done.code == 1
    assert done.err.count("a.png: the picture is damaged") == 1
    assert all(name.startswith("home") for name in project.tree())


def test_i02_a_bit_that_flips_in_the_cache(project: Project) -> None:
    """Each entry is forgotten and made again: same files, and the broken bytes are in none of them."""
    importing(project, {"a.png": saved(gradient(64), "PNG")}, FILES, "sprite: sheet.png", "html: all.html")
    project.run("build").ok()
    outputs = {
        "dist": project.tree(),
        **{name: (project.root / name).read_bytes() for name in ("sheet.png", "all.html")},
    }
    blobs = sorted(path for path in project.cache.glob("v1/blobs/*/*") if path.is_file())
    assert len(blobs) >= 12
    for path in blobs:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    for path in [*(project.root / "dist").iterdir(), project.root / "sheet.png", project.root / "all.html"]:
        path.unlink()
    project.run("build").ok()
    assert outputs["dist"] == project.tree()
    assert outputs["sheet.png"] == (project.root / "sheet.png").read_bytes()
    assert outputs["all.html"] == (project.root / "all.html").read_bytes()
    project.run("cache", "verify").ok()


def _too_large() -> dict[str, bytes]:
    jpeg = bytearray(saved(Image.new("RGB", (16, 16)), "JPEG"))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", 65000, 65001)
    return {
        "13000 x 13000": png(13000, 13000, 8, 6, b""),
        "1 x 2147483648": png(1, 1 << 31, 8, 6, b""),
        "0 x 10": png(0, 10, 8, 6, b""),
        "4097 x 1": png(4097, 1, 8, 0, bytes(4097)),
        "65001 x 65000": bytes(jpeg),
    }


def test_i04_pictures_that_are_too_large_or_have_no_size(project: Project) -> None:
    large = {f"{size.replace(' ', '')}.png": (size, data) for size, data in _too_large().items()}
    importing(project, {name: data for name, (_, data) in large.items()})
    failed_alone(project, {name: f"{size} px" for name, (size, _) in large.items()})


def _bombs() -> dict[str, bytes]:
    lossless = bytearray(saved(Image.new("RGB", (16, 16)), "WEBP", lossless=True))
    bits = int.from_bytes(lossless[21:25], "little") | 0xFFFFFFF
    lossless[21:25] = bits.to_bytes(4, "little")
    canvas = bytearray(files()["WEBP lossy with alpha"])
    canvas[24:30] = b"\xff" * 6
    real = saved(Image.new("RGB", (4200, 4200)), "WEBP", lossless=True)
    return {"16384 x 16384": bytes(lossless), "16777216 x 16777216": bytes(canvas), "4200 x 4200": real}


def test_i05_small_files_with_many_pixels(project: Project) -> None:
    bombs = {f"{size.replace(' ', '')}.webp": (size, data) for size, data in _bombs().items()}
    importing(project, {name: data for name, (_, data) in bombs.items()})
    failed_alone(project, {name: f"{size} px" for name, (size, _) in bombs.items()})


def test_i11_drawings_that_are_active_or_explosive(project: Project) -> None:
    """The element that is refused is named."""
    words = {
        "script.svg": "<script>",
        "onload.svg": "onload",
        "foreign-object.svg": "<foreignObject>",
        "image-external.svg": "<image>",
        "use-external.svg": "<use>",
        "doctype.svg": "DOCTYPE",
        "external-entity.svg": "DOCTYPE",
        "use-bomb.svg": "<g>",
        "style-element-import.svg": "<style>",
    }
    importing(project, {path.name: path.read_bytes() for path in sorted(SVG_CASES.glob("*.svg"))})
    failed_alone(project, {**dict.fromkeys((path.name for path in SVG_CASES.glob("*.svg")), ""), **words})
