"""Pictures to send, and answers looked at as pictures."""

from __future__ import annotations

from base64 import b64decode, b64encode
from io import BytesIO

from PIL import Image, ImageDraw


def base64_of(image: Image.Image, fmt: str = "webp") -> str:
    """A picture as it is sent."""
    out = BytesIO()
    image.save(out, fmt, **({"lossless": True} if fmt == "webp" else {}))
    return b64encode(out.getvalue()).decode()


def ring(color: str = "#2563eb", size: int = 128, fmt: str = "png") -> str:
    """A ring on nothing, a fifth of it empty on each side."""
    image = Image.new("RGBA", (size, size))
    ImageDraw.Draw(image).ellipse([size * 0.2, size * 0.2, size * 0.8, size * 0.8], outline=color, width=size // 12)
    return base64_of(image, fmt)


def on_white(size: int = 128) -> str:
    """A dark square on opaque white."""
    image = Image.new("RGB", (size, size), "white")
    ImageDraw.Draw(image).rectangle([size // 4, size // 4, size * 3 // 4, size * 3 // 4], fill="#1e293b")
    return base64_of(image)


def plain(color: str = "#2563eb", size: int = 300) -> str:
    """One colour everywhere: there is nothing to be seen."""
    return base64_of(Image.new("RGB", (size, size), color), "png")


def opened(text: str) -> Image.Image:
    """The picture in an answer, which has to be WebP without the prefix of a data URI."""
    data = b64decode(text, validate=True)
    with Image.open(BytesIO(data)) as image:
        assert image.format == "WEBP"
        return image.convert("RGBA")


def colors(image: Image.Image) -> set[tuple[int, ...]]:
    """The colours of what can be seen."""
    found = image.getcolors(1 << 20) or []
    return {value[:3] for _, value in found if isinstance(value, tuple) and value[3]}
