"""A request's bytes become fields of the documented names and types, or a refusal; nothing in them can do more."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Collection, Mapping
from typing import NoReturn
from uuid import UUID

from starlette.requests import Request

from iconbuild.errors import PictureError
from iconbuild.model.values import Json
from iconbuild.pictures.header import sniff_artwork
from iconbuild.sandbox.answers import Refusal

MAX_BODY = 48 << 20
"""Bytes of a body; the API's own limit is not documented. A picture of 32 MiB fits in, as base64."""
_RASTERS = ("image/webp", "image/png", "image/jpeg")
HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


async def read_fields(request: Request) -> Fields:
    """The fields of a JSON body; raises Refusal (413 for too large a body, else 400)."""
    data = await read_json(request)
    if not isinstance(data, dict):
        raise Refusal(400, "the body is no JSON object")
    return Fields(data)


async def read_json(request: Request) -> Json:
    """A JSON body; raises Refusal as `read_fields` does."""
    body = await _bytes(request)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refusal(400, "Content-Type must be application/json")
    try:
        data: Json = json.loads(body, parse_constant=_no_number)
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refusal(400, "the body is no JSON") from None
    return data


async def _bytes(request: Request) -> bytes:
    body, size = bytearray(), 0
    async for piece in request.stream():
        size += len(piece)
        if size <= MAX_BODY:
            body += piece
        elif size > 2 * MAX_BODY:  # whoever still sends is not waited for
            break
    if size > MAX_BODY:
        raise Refusal(413, f"the body has more than {MAX_BODY:,} bytes")
    return bytes(body)


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


class Fields:
    """The fields of one body; every reader raises Refusal (400) for a value of the wrong type or range."""

    def __init__(self, data: Mapping[str, Json]) -> None:
        self.data = data

    def only(self, known: Collection[str]) -> None:
        """Refuse names that are not documented."""
        unknown = sorted(set(self.data) - set(known))
        if unknown:
            raise Refusal(400, f"unknown parameter: {unknown[0][:40]}")

    def text(self, name: str, default: str | None = None) -> str:
        """A text without NUL that is not blank; required where there is no `default`."""
        value = self._given(name, default)
        if not isinstance(value, str) or "\0" in value or (not value.strip() and value != default):
            raise Refusal(400, f"{name} must be a text")
        return value

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        """One of some words."""
        value = self.text(name, default)
        if value not in allowed:
            raise Refusal(400, f"{name} must be one of {', '.join(allowed)}")
        return value

    def color(self, name: str, default: str | None = None) -> str:
        """A hex colour, lower case."""
        value = self.text(name, default)
        if not HEX.fullmatch(value):
            raise Refusal(400, f'{name} must be a hex colour such as "#3b82f6"')
        return value.lower()

    def truth(self, name: str) -> bool:
        """true or false; false where it is not given."""
        value = self._given(name, False)
        if not isinstance(value, bool):
            raise Refusal(400, f"{name} must be true or false")
        return value

    def whole(self, name: str, least: int, most: int) -> int:
        """A required whole number within a range."""
        value = self._given(name, None)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise Refusal(400, f"{name} must be a whole number from {least} to {most}")
        return value

    def texts(self, name: str) -> list[str]:
        """A list of texts; empty where it is not given."""
        value = self._given(name, [])
        if not isinstance(value, list):
            raise Refusal(400, f"{name} must be a list of texts")
        found = [item for item in value if isinstance(item, str)]
        if len(found) != len(value):
            raise Refusal(400, f"{name} must be a list of texts")
        return found

    def uuid(self, name: str) -> str | None:
        """A UUID in its usual form; None where it is not given."""
        if name not in self.data:
            return None
        value = self.text(name)
        try:
            return str(UUID(value))
        except ValueError:
            raise Refusal(400, f"{name} must be a UUID") from None

    def picture(self, name: str) -> bytes:
        """The bytes of a WebP, PNG or JPEG in base64, without the prefix of a data URI."""
        try:
            data = b64decode(self.text(name), validate=True)
            known = sniff_artwork(data) in _RASTERS
        except (NotBase64, ValueError):
            raise Refusal(400, f"{name} must be base64") from None
        except PictureError:
            known = False
        if not known:
            raise Refusal(400, f"{name} must be a picture: WebP, PNG or JPEG")
        return data

    def _given(self, name: str, default: Json) -> Json:
        if name not in self.data and default is None:
            raise Refusal(400, f"{name} is required")
        return self.data.get(name, default)
