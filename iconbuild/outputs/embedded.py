"""A finished picture becomes data URIs of all the sizes a page shows, decoded once."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

from iconbuild.model.artifact import DRAWINGS, SVG, Payload
from iconbuild.pictures.decode import open_picture, sniff
from iconbuild.pictures.encode import MEDIA, encode
from iconbuild.pictures.resize import resize
from iconbuild.pictures.svg import check_svg

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_SVG = 24_000
"""Bytes up to which a drawing is embedded as it is; beyond it a picture of it is smaller."""


class Embedded:
    """The pictures of one payload; each size is made when it is first asked for. Used by one page, one thread."""

    def __init__(self, payload: Payload) -> None:
        self.facts = payload.facts
        self._payload = payload
        self._kind = sniff(payload.data)
        self._pixels = None if self._kind in DRAWINGS else open_picture(payload, None)
        self._made: dict[int, str] = {}

    def picture(self, size: int) -> Image:
        """RGBA, `size` x `size`: drawings are drawn at that size, pictures are resized to it."""
        return open_picture(self._payload, size) if self._pixels is None else resize(self._pixels, size)

    def png(self, size: int) -> str:
        """A PNG of `size` x `size` pixels as a data URI."""
        if size not in self._made:
            self._made[size] = _uri(encode(self.picture(size), "png"), MEDIA["png"])
        return self._made[size]

    def sharp(self, size: int) -> str:
        """The drawing itself where it is small enough, else a PNG with two pixels for each of `size` CSS px."""
        if self._kind == SVG and len(self._payload.data) <= MAX_SVG:
            check_svg(self._payload.data)  # what may not be opened here is not handed to a browser either
            return _uri(self._payload.data, SVG)
        return self.png(size * 2)


def _uri(data: bytes, media: str) -> str:
    return f"data:{media};base64,{b64encode(data).decode('ascii')}"
