"""A finished picture becomes data URIs of all the sizes a page shows, decoded once."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from typing import TYPE_CHECKING

from iconbuild.model.artifact import SVG
from iconbuild.model.publishing import Source
from iconbuild.pictures.decode import sniff
from iconbuild.pictures.encode import MEDIA, encode_picture
from iconbuild.pictures.svg import check_svg
from iconbuild.pictures.svgfile import without_notes

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_SVG = 24_000
"""Bytes up to which a drawing is embedded as it is; beyond it a picture of it is smaller."""


class Embedded:
    """One picture at `sizes`, and small as pixels. Made at once, so that a page of many holds none of them open."""

    SMALL = 32
    """Pixels a side of `small`."""

    def __init__(self, source: Source, large: int, sizes: Collection[int]) -> None:
        self.facts = source.facts
        self.small: Image = source.at(self.SMALL).rgba()
        self._pngs = {size: _uri(encode_picture(source.at(size), "png"), MEDIA["png"]) for size in sizes}
        self.large = _large(source, large)
        """A data URI to be shown at `large` CSS px: the drawing itself where small, else a PNG of twice as many."""

    def png(self, size: int) -> str:
        """A PNG of `size` x `size` pixels as a data URI; `size` is one of `sizes`."""
        return self._pngs[size]


def _large(source: Source, size: int) -> str:
    data = source.payload.data
    if len(data) <= MAX_SVG and sniff(data) == SVG:
        check_svg(data)  # what may not be opened here is not handed to a browser either
        return _uri(without_notes(data), SVG)
    return _uri(encode_picture(source.at(size * 2), "png"), MEDIA["png"])


def _uri(data: bytes, media: str) -> str:
    return f"data:{media};base64,{b64encode(data).decode('ascii')}"
