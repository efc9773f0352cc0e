"""Pixels become the bytes of a file: small, without metadata, by settings that are pinned; all but AVIF lossless."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import BytesIO

from PIL import Image

from iconbuild.errors import PictureError
from iconbuild.model.artifact import MEDIA
from iconbuild.pictures.avif import CODEC, NO_AVIF, writes_avif
from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.pictures.plain import SEEN, Color, flat
from iconbuild.pictures.underpaint import underpaint

__all__ = ["MEDIA", "encode", "encode_deep", "encode_fast", "encode_picture"]

_FAST, _SMALL, _SMALLEST = 1, 6, 9
"""PNG levels: for results that are worked on, for files that are shipped, and for the small ones in a `.ico`."""

_AVIF = {
    "codec": CODEC,
    "speed": 8,
    "subsampling": "4:4:4",
    "range": "full",
    "max_threads": 1,
    "tile_rows": 0,
    "tile_cols": 0,
    "autotiling": False,
    "icc_profile": b"",
    "advanced": {"alpha:lossless": "1", "color:tune": "ssim", "tune-content": "screen"},
}
"""Lossless alpha costs flat icons nothing and keeps edges exact. The tuning that is for drawn content rather than
photographs makes both planes smaller; the one for SSIM has half the greatest error of the encoder's own choice."""
_COLORS, _ONE_COLOR = 90, 100
"""AVIF qualities. At 75 corners of small icons soften, at 90 nothing is seen; one flat colour is nearly free at 100."""


def encode(image: Image.Image, fmt: str) -> bytes:
    """The file of `image` (RGBA); see `encode_picture`."""
    return encode_picture(picture_of(image), fmt)


def encode_picture(picture: Picture, fmt: str) -> bytes:
    """The file of `picture` in `fmt`, one of MEDIA.

    PNG and WebP are lossless for everything visible, AVIF for alpha. No metadata. What RGB lies under alpha 0 has no
    influence on the bytes. They hang on the installed Pillow: another version may bring another encoder.
    Raises PictureError for another format, and for a picture that the format cannot hold.
    """
    if fmt not in MEDIA:
        raise PictureError(f"there is no format `{fmt}`", remedy="use one of " + ", ".join(MEDIA))
    try:
        return _ENCODERS[fmt](picture)
    except (OSError, ValueError) as error:
        raise PictureError(f"the picture cannot be written as {fmt}: {error}") from error


def encode_fast(picture: Picture) -> bytes:
    """A PNG of `picture` made quickly, for results that are kept to be worked on; hidden colour is dropped."""
    if picture.color:
        return _indexed_by_alpha(picture.pixels, picture.color, _FAST)
    return _save(_without_hidden(picture.pixels), "png", compress_level=_FAST)


def encode_deep(picture: Picture) -> bytes:
    """A PNG of `picture` with 32 bits a pixel, for readers that know no palettes."""
    return _save(_without_hidden(picture.rgba()), "png", compress_level=_SMALLEST)


def _webp(picture: Picture) -> bytes:
    if not picture.color:
        return _save(_without_hidden(picture.pixels), "webp", lossless=True, method=4, quality=20)
    # The colour everywhere, also where nothing is seen, leaves the encoder the alpha plane alone: fewest bytes.
    plain = flat(picture.color, picture.pixels)
    return _save(plain, "webp", lossless=True, method=1, quality=0, exact=True)


def _png(picture: Picture) -> bytes:
    if picture.color:
        return _indexed_by_alpha(picture.pixels, picture.color, _SMALL)
    clean = _without_hidden(picture.pixels)
    found = clean.getcolors(256)
    if found is None:
        return _save(clean, "png", compress_level=_SMALL)
    # Least opaque first: the list of alphas in the file ends at the last that is not opaque.
    colors = sorted((value for _, value in found if isinstance(value, tuple)), key=lambda value: (value[3], value))
    index = {int.from_bytes(value, sys.byteorder): at for at, value in enumerate(colors)}
    rows = bytes(map(index.__getitem__, memoryview(clean.tobytes()).cast("I")))
    return _indexed(rows, clean.size, colors, _SMALL)


def _avif(picture: Picture) -> bytes:
    if not writes_avif():
        raise PictureError(NO_AVIF, remedy="install one of them, or leave avif out")
    if picture.color:
        return _save(flat(picture.color, picture.pixels), "avif", quality=_ONE_COLOR, **_AVIF)
    return _save(underpaint(picture.pixels), "avif", quality=_COLORS, **_AVIF)


_ENCODERS = {"png": _png, "webp": _webp, "avif": _avif}


def _indexed_by_alpha(alpha: Image.Image, color: Color, level: int) -> bytes:
    used = [value for value, count in enumerate(alpha.histogram()) if count]
    ranks = bytearray(256)
    for rank, value in enumerate(used):
        ranks[value] = rank
    colors = [(*(color if value else (0, 0, 0)), value) for value in used]
    return _indexed(alpha.tobytes().translate(bytes(ranks)), alpha.size, colors, level)


def _indexed(rows: bytes, size: tuple[int, int], colors: Sequence[tuple[int, ...]], level: int) -> bytes:
    image = Image.frombytes("P", size, rows)
    image.putpalette([value for color in colors for value in color[:3]])
    alphas = bytes(color[3] for color in colors).rstrip(b"\xff")
    if alphas:
        return _save(image, "png", compress_level=level, transparency=alphas)
    return _save(image, "png", compress_level=level)


def _without_hidden(image: Image.Image) -> Image.Image:
    """`image` with black under alpha 0, and without anything but its pixels."""
    clean = Image.new("RGBA", image.size)
    shown = image.getchannel("A").point(SEEN)
    clean.paste(image, mask=shown)
    return clean


class _Named(BytesIO):
    """A buffer with a file's name: from it Pillow finds the one plugin it needs; a format's name makes it load all."""

    def __init__(self, fmt: str) -> None:
        super().__init__()
        self.name = f"picture.{fmt}"


def _save(image: Image.Image, fmt: str, **options: object) -> bytes:
    out = _Named(fmt)
    image.save(out, None, **options)
    return out.getvalue()
