"""One picture at several sizes becomes a Windows icon file, as browsers ask for it under `favicon.ico`.

Each size is a PNG of its own: a tenth of the bytes of bitmaps, and read by browsers and by Windows since Vista. They
have 32 bits a pixel, since Windows promises to read no other kind there. Pillow's writer would scale one picture.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from iconbuild.errors import PictureError
from iconbuild.model.artifact import MAX_ICO
from iconbuild.pictures.encode import encode_deep
from iconbuild.pictures.picture import Picture

_HEAD, _ENTRY = struct.Struct("<HHH"), struct.Struct("<BBBBHHII")
_ICON, _NO_PALETTE, _PLANES, _BITS = 1, 0, 1, 32


def encode_ico(pictures: Sequence[Picture]) -> bytes:
    """The file of `pictures`, in their order; no metadata, the same bytes whatever is hidden.

    Raises PictureError where there are none, and where one is larger than 256 px.
    """
    if not pictures:
        raise PictureError("a .ico file holds at least one picture", remedy="name a size for it")
    largest = max(max(picture.size) for picture in pictures)
    if largest > MAX_ICO:
        raise PictureError(f"a .ico file holds pictures of at most {MAX_ICO} px, not {largest}", remedy="scale it down")
    bodies = [encode_deep(picture) for picture in pictures]
    entries, at = [], _HEAD.size + _ENTRY.size * len(pictures)
    for picture, body in zip(pictures, bodies, strict=True):
        width, height = (side % MAX_ICO for side in picture.size)
        entries.append(_ENTRY.pack(width, height, _NO_PALETTE, 0, _PLANES, _BITS, len(body), at))
        at += len(body)
    return b"".join((_HEAD.pack(0, _ICON, len(pictures)), *entries, *bodies))
