"""A picture becomes the base64 text of a WebP as Iconly takes it: bare WebP as it is, anything else without loss."""

from __future__ import annotations

from base64 import b64encode

from iconbuild.errors import PictureError
from iconbuild.model.artifact import WEBP, Payload

_METADATA = 0x20 | 0x08 | 0x04
"""The bits of an extended header for a profile, EXIF and XMP."""
MOST_BYTES = 8_000_000
"""Of a WebP that is sent; Iconly documents no limit, so this is ours."""


def attach(payload: Payload) -> str:
    """Base64 of the picture as WebP; a drawing is drawn at 512 px.

    Raises PictureError for what cannot be read, or has more than 8 MB or 4096 px a side.
    """
    try:
        data = _webp(payload)
        if len(data) > MOST_BYTES:
            raise PictureError(
                f"it has {len(data):,} bytes, the limit is {MOST_BYTES:,}", remedy="use a smaller picture"
            )
    except PictureError as error:
        raise PictureError(
            f"a picture cannot be sent to Iconly: {error.message}; nothing was spent", remedy=error.remedy
        ) from error
    return b64encode(data).decode("ascii")


def _webp(payload: Payload) -> bytes:
    from iconbuild.pictures.decode import check_raster, open_picture, sniff
    from iconbuild.pictures.encode import encode

    if sniff(payload.data) == WEBP:
        check_raster(payload.data, WEBP)
        if not _has_metadata(payload.data):
            return payload.data
    return encode(open_picture(payload), "webp")


def _has_metadata(data: bytes) -> bool:
    """Whether a WebP says that it has a profile, EXIF or XMP, which are nobody's business."""
    return data[12:16] == b"VP8X" and bool(data[20] & _METADATA)
