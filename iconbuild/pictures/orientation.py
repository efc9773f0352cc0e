"""EXIF bytes become a turn of the picture: the way up that the camera noted."""

from __future__ import annotations

from PIL.Image import Image, Transpose

_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112


def upright(image: Image, exif: bytes | None) -> Image:
    """`image` turned as its EXIF says; unchanged where it says nothing that can be read."""
    turn = _TURNS.get(_orientation(exif or b""))
    return image if turn is None else image.transpose(turn)


def _orientation(exif: bytes) -> int:
    """The orientation (1..8) in the first directory, 1 where there is none. Source: EXIF 2.32, 4.6.2 and 4.6.4 A.

    Read by hand because Pillow's reader prints warnings about damaged notes that nobody here needs.
    """
    tiff = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order is None:
        return 1

    def number(at: int, length: int) -> int:
        return int.from_bytes(tiff[at : at + length], "little" if order == "little" else "big")

    start = number(4, 4)
    for entry in range(min(number(start, 2), 512)):
        at = start + 2 + 12 * entry
        if number(at, 2) == _ORIENTATION:
            return number(at + 8, 2)
    return 1
