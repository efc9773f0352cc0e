"""What is sent of a picture: its pixels, and nothing that somebody wrote beside them."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image

from iconbuild.model.artifact import WEBP, Payload
from iconbuild.providers.iconly.attach import attach


def picture(**notes: bytes) -> bytes:
    """A small lossless WebP with notes beside its pixels."""
    file = BytesIO()
    Image.new("RGBA", (8, 8), (200, 10, 20, 255)).save(file, "WEBP", lossless=True, exact=True, **notes)
    return file.getvalue()


def test_a_bare_webp_goes_as_it_is() -> None:
    assert b64decode(attach(Payload(picture(), WEBP))) == picture()


@pytest.mark.parametrize("notes", [{"exif": b"Exif\0\0II*\0secret place"}, {"xmp": b"<x>secret place</x>"}], ids=str)
def test_notes_stay_here(notes: dict[str, bytes]) -> None:
    with_notes = picture(**notes)
    assert b"secret place" in with_notes
    sent = b64decode(attach(Payload(with_notes, WEBP)))
    assert b"secret place" not in sent
    with Image.open(BytesIO(sent)) as image:
        assert image.convert("RGBA").getpixel((4, 4)) == (200, 10, 20, 255)
