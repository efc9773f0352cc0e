from __future__ import annotations

from base64 import b64encode, urlsafe_b64encode
from decimal import Decimal

import pytest

from iconbuild.model.artifact import WEBP, Payload
from iconbuild.model.purchase import Delivered, Unclear
from iconbuild.model.values import Params
from iconbuild.providers.iconly.delivery import delivered
from tests.providers.iconly.replies import png, text_of, webp


def picture_in(text: str) -> Payload | None:
    """The picture of an answer with this text in it; None where it is unclear whether there is one."""
    found = delivered({"image_data": text})
    if isinstance(found, Delivered):
        return found.payload
    assert found.stops is None
    assert text not in found.why or not text
    return None


def test_the_whole_delivery() -> None:
    found = delivered({"image_data": text_of(webp()), "remaining_tokens": 293, "new": "field"})
    assert found == Delivered(Payload(webp(), WEBP, Params({"source": "iconly"})), Decimal(293))


def with_both_alphabets() -> bytes:
    """A WebP whose base64 needs the last two characters of the alphabet."""
    for width in range(1, 200):
        text = text_of(webp(width, 3))
        if "+" in text and "/" in text:
            return webp(width, 3)
    raise AssertionError("none of them needs both")


def test_prefix_and_url_safe_alphabet_are_taken() -> None:
    data = with_both_alphabets()
    plain, url_safe = b64encode(data).decode(), urlsafe_b64encode(data).decode()
    assert plain != url_safe
    for text in (plain, url_safe, f"data:image/webp;base64,{plain}", f"data:image/webp;base64,{url_safe}"):
        found = picture_in(text)
        assert found is not None
        assert found.data == data
    assert picture_in(plain.replace("/", "_")) is None  # both alphabets in one text


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "",
        lambda text: " " + text,
        lambda text: text + "\n",
        lambda text: text[:40] + "\n" + text[40:],
        lambda text: text[:40] + "!" + text[40:],
        lambda text: text[:40] + "=" + text[40:],
        lambda text: text.rstrip("=") + "===",
        lambda text: text + "AAAA",
        lambda text: "data:text/html;base64," + text,
        lambda text: "data:image/webp," + text,
        lambda text: text.replace("A", "\uff21", 1),
        lambda text: text + "\ud800",
        lambda text: "<html>",
    ],
)
@pytest.mark.parametrize("width", [8, 9, 10, 11])
def test_junk_is_not_taken(change: object, width: int) -> None:
    assert callable(change)
    assert picture_in(change(text_of(webp(width)))) is None


def test_a_missing_padding_is_not_made_up() -> None:
    padded = next(text for width in range(1, 50) if (text := text_of(webp(width))).endswith("="))
    assert picture_in(padded) is not None
    assert picture_in(padded.rstrip("=")) is None


def test_a_picture_cut_anywhere_is_found_out() -> None:
    text, data = text_of(webp(64, 64)), webp(64, 64)
    assert all(picture_in(text[:length]) is None for length in range(len(text)))
    assert all(picture_in(text_of(data[:length])) is None for length in range(len(data)))


def test_a_picture_shorter_than_its_container_says_is_found_out() -> None:
    data = bytearray(webp(64, 64))
    data[4:8] = (len(data) - 8 - 6).to_bytes(4, "little")
    assert picture_in(text_of(bytes(data[:-6]))) is None


def test_bytes_behind_the_picture_are_not_taken() -> None:
    assert picture_in(text_of(webp() + b"<script>")) is None


@pytest.mark.parametrize(
    "data", [png(), b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b'{"iconbuild-scene":1}', webp(frames=2)]
)
def test_another_picture_than_one_webp_is_not_taken(data: bytes) -> None:
    assert picture_in(text_of(data)) is None


def test_a_bomb_is_refused_by_its_header() -> None:
    bomb = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + (12_999).to_bytes(3, "little") * 2
    assert len(bomb) == 30
    found = delivered({"image_data": text_of(bomb)})
    assert isinstance(found, Unclear)
    assert "13000 x 13000" in found.why


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (4096, 2)])
def test_any_size_within_limits_is_taken(size: tuple[int, int]) -> None:
    found = picture_in(text_of(webp(*size)))
    assert found is not None
    assert found.data == webp(*size)
