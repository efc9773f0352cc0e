"""The JSON object of a good answer becomes the picture in it, checked to the last byte."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from iconbuild.errors import PictureError, ProviderError
from iconbuild.model.artifact import MISSHAPEN, WEBP, Payload
from iconbuild.model.purchase import Delivered, Unclear
from iconbuild.model.values import Params
from iconbuild.pictures.decode import check_raster, open_picture, sniff
from iconbuild.providers.iconly.body import amount

FACTS = Params({"source": "iconly"})

_PREFIX = re.compile(r"data:image/[a-z0-9.+-]{1,40};base64,")
_URL_SAFE = str.maketrans("-_", "+/")


def delivered(found: Mapping[str, Any]) -> Delivered | Unclear:
    """The picture and the balance after it; Unclear where there is no whole picture."""
    text = found.get("image_data")
    if not isinstance(text, str):
        return Unclear("the answer has no picture", changed("image_data"))
    try:
        data = _decoded(text)
        _check_whole(data)
    except PictureError as error:
        return Unclear(f"the picture in the answer cannot be used: {error.message}")
    return Delivered(Payload(data, WEBP, FACTS), amount(found.get("remaining_tokens")))


def drawn(delivery: Delivered) -> Delivered:
    """What was delivered as an icon, with a word where it is not square: Iconly's icons are."""
    payload = delivery.payload
    head = check_raster(payload.data, payload.media)
    if head.width == head.height:
        return delivery
    why = f"is {head.width} x {head.height} px and not square, as icons of Iconly are"
    return delivery._replace(payload=payload._replace(facts=Params({**payload.facts, MISSHAPEN: why})))


def changed(field: str) -> ProviderError:
    """The error for an answer without a documented field: the API has changed, and nothing more may be sent."""
    return ProviderError(
        f"Iconly's answer has no usable `{field}`: its API has changed, so nothing more is sent",
        remedy="update iconbuild; `iconbuild ledger` shows what may have been charged",
    )


def _decoded(text: str) -> bytes:
    """Strict base64: one alphabet, whole, padded; a data-URI prefix is taken off."""
    prefix = _PREFIX.match(text)
    text = text[prefix.end() :] if prefix else text
    if ("-" in text or "_" in text) and not ("+" in text or "/" in text):
        text = text.translate(_URL_SAFE)
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise PictureError("it is no whole base64") from None


def _check_whole(data: bytes) -> None:
    """Raise PictureError unless `data` is one WebP that can be decoded, no byte less or more."""
    if sniff(data) != WEBP:
        raise PictureError("it is no WebP")
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        raise PictureError("it is not as long as it says")
    open_picture(Payload(data, WEBP))
