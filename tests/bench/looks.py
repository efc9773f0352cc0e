"""What one picture costs in each look: CPU milliseconds beside the same SVG drawn by resvg alone and by CairoSVG."""

from __future__ import annotations

import time
from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import TypeVar

import resvg_py

from iconbuild.model.artifact import SVG, Payload
from iconbuild.pictures.decode import open_picture
from iconbuild.providers.local import LocalProvider
from iconbuild.providers.local.looks.registry import LOOKS
from tests.providers.local.support import icon

T = TypeVar("T")

SUBJECTS = ("house", "bell", "gear", "credit card", "camera", "shopping cart", "chat bubble", "paw print")
PAIRS = ("t-shirt and hanger", "headphones and musical note")
EMPTY = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 256 256"/>'
LIT = ("clay-3d", "product", "glassmorphism", "neon", "sticker")
REACH = {512: (15, 80), 1024: (150, 150)}


def looks() -> None:
    """Print a row a look: the document, its picture at 512 and 1024 px, and the two other renderers at 512 px.

    The first line is the least that any picture costs; where it is much more than 8 ms, the machine was busy.
    """
    cairo = _cairo()
    empty = _each(lambda data: open_picture(Payload(data, SVG), 512), [EMPTY] * 10)
    print(f"\nan empty drawing at 512 px: {empty:.1f} ms CPU, {_each(_resvg, [Payload(EMPTY, SVG)] * 10):.1f} in resvg")
    heads = f"{'document':>9}{'512 px':>8}{'reach':>6}{'pair':>7}{'1024 px':>9}{'reach':>6}{'resvg':>8}{'cairo':>8}"
    print(f"{'ms CPU a picture':18}{heads}")
    with TemporaryDirectory() as cache:
        engine = LocalProvider(cache)
        for look in LOOKS:
            _row(engine, look, cairo)


def _row(engine: LocalProvider, look: str, cairo: Callable[[bytes], object] | None) -> None:
    requests = [engine.request(icon(subject, look), reference=False) for subject in SUBJECTS]
    pictures = [engine.generate(request, None) for request in requests]
    pairs = [engine.generate(engine.request(icon(subject, look), reference=False), None) for subject in PAIRS]
    lit = look in LIT
    document = _each(lambda request: engine.generate(request, None), requests)
    small = _each(lambda picture: open_picture(picture, 512), pictures)
    pair = _each(lambda picture: open_picture(picture, 512), pairs)
    large = _each(lambda picture: open_picture(picture, 1024), pictures[:5])
    plain = all(picture.media == SVG for picture in pictures)
    bare = _each(_resvg, pictures) if plain else None
    other = _each(lambda picture: cairo(picture.data), pictures) if plain and cairo else None
    reach = [REACH[size][lit] for size in (512, 1024)]
    cells = [f"{value:8.1f}" if value is not None else f"{'-':>8}" for value in (bare, other)]
    drawn = f"{small:8.1f}{reach[0]:>6}{pair:7.1f}{large:9.1f}{reach[1]:>6}"
    print(f"{look:18}{document:9.1f}{drawn}{''.join(cells)}", flush=True)


def _each(work: Callable[[T], object], items: list[T], rounds: int = 3) -> float:
    """The median of a few rounds, milliseconds an item, after one round to warm up."""
    for item in items:
        work(item)
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        for item in items:
            work(item)
        taken.append((time.process_time() - began) * 1000 / len(items))
    return sorted(taken)[rounds // 2]


def _resvg(picture: Payload) -> object:
    return resvg_py.svg_to_bytes(svg_string=picture.data.decode(), width=512, height=512, skip_system_fonts=True)


def _cairo() -> Callable[[bytes], object] | None:
    try:
        import cairosvg
    except (ImportError, OSError):  # the package, or the library behind it
        return None
    return lambda data: cairosvg.svg2png(bytestring=data, output_width=512, output_height=512)


if __name__ == "__main__":
    looks()
