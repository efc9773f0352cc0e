"""A picture on its way through work: bytes and pixels, each made of the other at most once, at every size asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from iconbuild.model.artifact import DRAWINGS, NO_FACTS, PNG, Payload
from iconbuild.model.values import Params
from iconbuild.pictures.decode import DEFAULT_SIZE, open_picture, sniff
from iconbuild.pictures.encode import encode_fast
from iconbuild.pictures.picture import Picture, picture_of
from iconbuild.pictures.resize import Pyramid


class Opened:
    """The bytes of a payload, or the pixels that a step has made. For one thread, while one piece of work lasts."""

    def __init__(self, payload: Payload) -> None:
        self.facts = payload.facts
        self._payload: Payload | None = payload
        self._pixels: Picture | None = None
        self._pyramid: Pyramid | None = None
        self._sizes: dict[int, Picture] = {}

    @classmethod
    def made(cls, picture: Picture, facts: Params = NO_FACTS) -> Opened:
        """Pixels that have no bytes yet."""
        new = cls(Payload(b"", PNG, facts))
        new._payload, new._pixels = None, picture
        return new

    @property
    def payload(self) -> Payload:
        """The bytes; those of pixels are a PNG that is made quickly."""
        if self._payload is None:
            assert self._pixels is not None
            self._payload = Payload(encode_fast(self._pixels), PNG, self.facts)
        return self._payload

    def whole(self, canvas: int = DEFAULT_SIZE) -> Picture:
        """All pixels; a drawing is drawn at `canvas` pixels. Raises PictureError as `open_picture` does."""
        return self.at(canvas) if self._is_drawing else self._decoded()

    def at(self, size: int) -> Picture:
        """`size` x `size` pixels: a drawing is drawn at that size, a picture is fitted into it."""
        if size not in self._sizes:
            self._sizes[size] = self._made_at(size)
        return self._sizes[size]

    def _made_at(self, size: int) -> Picture:
        if self._is_drawing:
            return picture_of(open_picture(self.payload, size))
        self._pyramid = self._pyramid or Pyramid(self._decoded())
        return self._pyramid.at(size)

    @property
    def _is_drawing(self) -> bool:
        return self._pixels is None and sniff(self.payload.data) in DRAWINGS

    def _decoded(self) -> Picture:
        if self._pixels is None:
            self._pixels = picture_of(open_picture(self.payload))
        return self._pixels


class Gallery(Sequence[Opened]):
    """Many pictures, each opened when it is looked at and forgotten after: a large set never stands open at once."""

    def __init__(self, payloads: Sequence[Payload]) -> None:
        self._payloads = payloads

    def __len__(self) -> int:
        return len(self._payloads)

    @overload
    def __getitem__(self, place: int) -> Opened: ...

    @overload
    def __getitem__(self, place: slice) -> Gallery: ...

    def __getitem__(self, place: int | slice) -> Opened | Gallery:
        if isinstance(place, slice):
            return Gallery(self._payloads[place])
        return Opened(self._payloads[place])
