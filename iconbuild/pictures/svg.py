"""SVG bytes become pixels, after everything active, external or explosive in them has been refused."""

from __future__ import annotations

from io import BytesIO

import resvg_py
from PIL import Image
from PIL.PngImagePlugin import PngImageFile

from iconbuild.errors import PictureError
from iconbuild.pictures.plain import settled
from iconbuild.pictures.svgcheck import check_svg

__all__ = ["MAX_SIZE", "check_svg", "rasterize"]

MAX_SIZE = 4096


def rasterize(data: bytes, size: int) -> Image.Image:
    """`data` drawn into `size` x `size` RGBA pixels: aspect kept, centred, the rest transparent.

    Raises PictureError where `check_svg` does, where the drawing cannot be rendered, and for a size outside 1..4096.
    """
    if not 1 <= size <= MAX_SIZE:
        raise PictureError(f"an SVG can be drawn at 1 to {MAX_SIZE} px, not at {size} px")
    check_svg(data)
    drawn = settled(_draw(data.decode("utf-8-sig"), size))
    if drawn.size == (size, size):
        return drawn
    sheet = Image.new("RGBA", (size, size))
    sheet.paste(drawn, ((size - drawn.width) // 2, (size - drawn.height) // 2))
    return sheet


def _draw(text: str, size: int) -> Image.Image:
    try:
        png = resvg_py.svg_to_bytes(svg_string=text, width=size, height=size, skip_system_fonts=True)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a Rust panic is no Exception
        raise PictureError(
            f"the SVG cannot be drawn: {str(error)[:200]}", remedy="open it in an editor and save it as plain SVG"
        ) from None
    return PngImageFile(BytesIO(png)).convert("RGBA")
