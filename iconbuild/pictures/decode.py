"""Bytes from outside become RGBA pixels, within limits that are checked before any pixel is made."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageChops
from PIL.ImageFile import ImageFile

from iconbuild.errors import PictureError
from iconbuild.model.artifact import PNG, SCENE, SVG, WEBP, Payload
from iconbuild.pictures.header import Head, animated, read_head, sniff
from iconbuild.pictures.orientation import upright
from iconbuild.pictures.resize import resize
from iconbuild.pictures.svg import rasterize

__all__ = ["MAX_BYTES", "MAX_SIDE", "check_raster", "open_picture", "sniff"]

MAX_BYTES = 32 << 20
MAX_SIDE = 4096
"""Pixels a side; its square, 16 Mpx, is the limit of the area."""
DEFAULT_SIZE = 512


def open_picture(payload: Payload, size: int | None = None) -> Image.Image:
    """The picture as RGBA with straight alpha; the bytes decide its kind, not the payload's media type.

    A drawing (SVG, scene) is drawn at `size` (512 where None). Another picture keeps its own size, or is fitted into
    `size` x `size`. Raises PictureError for what is not SVG, PNG, WebP or JPEG, for more than 32 MiB or 4096 px a
    side, for several frames, and for damage.
    """
    data = payload.data
    _check_bytes(data)
    media = sniff(data)
    if media == SVG:
        return rasterize(data, size or DEFAULT_SIZE)
    if media == SCENE:
        from iconbuild.pictures.scene import render

        return render(data, size or DEFAULT_SIZE)
    image = _decode(check_raster(data, media), media)
    return image if size is None else resize(image, size)


def check_raster(data: bytes, media: str) -> Head:
    """All that can be checked of a PNG, WebP or JPEG without its pixels; raises PictureError as `open_picture` does."""
    _check_bytes(data)
    head = read_head(data, media)
    _check_side(head.width, head.height)
    return head


def _check_bytes(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise PictureError(
            f"the picture has {len(data):,} bytes, the limit is {MAX_BYTES:,}", remedy="export it smaller"
        )


def _check_side(width: int, height: int) -> None:
    if not (1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE):
        raise PictureError(
            f"the picture is {width} x {height} px; 1 to {MAX_SIDE} px a side can be read",
            remedy="export it smaller" if min(width, height) else "export it again",
        )


def _decode(head: Head, media: str) -> Image.Image:
    try:
        image = _reader(media)(BytesIO(head.data))
        # Again, by the decoder's own reading, and below the size at which Pillow warns of decompression bombs.
        _check_side(*image.size)
        if getattr(image, "n_frames", 1) > 1:
            raise animated()
        image.load()
        deep = media == PNG and head.data[24] == 16
        if image.mode == "P" and head.clear:
            # Pillow takes some lists of alphas for the place of one clear colour: 0 and 10, since 10 ends a line.
            image.info["transparency"] = head.clear
        return upright(_to_rgba(image, deep=deep), head.exif or image.info.get("exif"))
    except (PictureError, MemoryError):
        raise
    except Exception as error:  # decoders fail in many ways on damaged input, and each means the same here
        raise PictureError(
            "the picture is damaged, or of a kind that cannot be read", remedy="fetch or export it again"
        ) from error


def _reader(media: str) -> type[ImageFile]:
    """The one class for a kind of file; Image.open would import every plugin before it finds WebP's."""
    if media == PNG:
        from PIL.PngImagePlugin import PngImageFile

        return PngImageFile
    if media == WEBP:
        from PIL.WebPImagePlugin import WebPImageFile

        return WebPImageFile
    from PIL.JpegImagePlugin import JpegImageFile

    return JpegImageFile


def _to_rgba(image: Image.Image, *, deep: bool) -> Image.Image:
    """Pixels in RGBA8; `deep`: the file has 16 bits a channel, which Pillow keeps for grey only."""
    clear = image.info.get("transparency")
    if image.mode.startswith("I"):
        return _grey16(image.convert("I"), clear)
    if deep and isinstance(clear, tuple):
        image.info["transparency"] = tuple(level >> 8 for level in clear)
    if image.mode == "CMYK":
        return image.convert("RGB").convert("RGBA")
    return image.convert("RGBA")


def _grey16(image: Image.Image, clear: object) -> Image.Image:
    """16-bit grey scaled to 8 bits; the grey level `clear`, if any, becomes transparent."""
    grey = image.point(lambda level: level * (1 / 257) + 0.5).convert("L")
    result = Image.merge("RGB", (grey, grey, grey)).convert("RGBA")
    if isinstance(clear, int):
        above = image.point(lambda level: level * 1 + -clear).convert("L")
        below = image.point(lambda level: level * -1 + clear).convert("L")
        result.putalpha(ImageChops.lighter(above, below).point(lambda level: 255 if level else 0))
    return result
